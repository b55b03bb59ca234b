"""`trinhky verify`: the verdict first, then the three sections of each signature."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from app.bootstrap import Processes
from app.cli.terminal import EXIT_USAGE, Terminal, on_one_line
from app.cli.trust_words import anchor_words
from app.clock import system_clock, vietnam_time
from app.errors import AppError
from app.settings import Settings
from app.workers.verify import VerifyClient
from app.workflow.checking import check_each
from app.workflow.folders import FoundFile, files_among
from app.workflow.report_words import change_texts, status_text, validity_text
from app.workflow.reporting import ReportForm, check_free, check_of, write_check
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.report import FileReport, SignatureReport
from signing.report_json import reports_as_json
from signing.terms import WORST_FIRST, Verdict

EXIT_CODES = {
    Verdict.VALID: 0,
    Verdict.INVALID: 1,
    Verdict.UNDETERMINED: 2,
    Verdict.UNSIGNED: 3,
    Verdict.UNREADABLE: 4,
}


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Judge files in parallel and print them in the order given; the exit code is the worst file's.

    It is that of wrong usage where nothing can be judged, or a report cannot be written where it was asked for.
    """
    trust = tuple(arguments.trust)
    try:
        for out in filter(None, (arguments.report, arguments.summary)):
            check_free(out, may_replace=arguments.yes)
        for path in trust:
            if not path.exists():
                raise AppError("usage.no_file", path=str(path))
        files = _files(arguments, terminal)
    except AppError as error:
        terminal.error(error)
        return EXIT_USAGE
    checked_at = system_clock()
    with Processes.of(settings, trust=trust, profile_id=arguments.profile) as processes:
        processes.start(token=False)
        reports = _judged(files, arguments, terminal, settings, processes)
        found = tuple(zip(files, reports, strict=True))
        is_written = _write(found, checked_at, arguments, terminal, processes.verify)
    terminal.result(reports_as_json(reports))
    worst = next(
        verdict for verdict in WORST_FIRST if any(item.verdict is verdict for item in reports)
    )
    return EXIT_CODES[worst] if is_written else EXIT_USAGE


def _write(
    found: tuple[tuple[FoundFile, FileReport], ...],
    checked_at: datetime,
    arguments: Namespace,
    terminal: Terminal,
    judge: VerifyClient,
) -> bool:
    """Write report and table where they are asked for; say whether all went well."""
    wanted: dict[ReportForm, Path | None] = {"pdf": arguments.report, "csv": arguments.summary}
    outs = {form: out for form, out in wanted.items() if out is not None}
    if not outs:
        return True
    codes = {"pdf": "report.written", "csv": "report.table_written"}
    try:
        check = check_of(judge, found, checked_at, as_of=arguments.at, is_online=arguments.online)
        for form, out in outs.items():
            write_check(judge, check, out, form, terminal.language, may_replace=arguments.yes)
            terminal.note(terminal.short(codes[form], {"path": str(out)}))
    except (AppError, PdfError, SigningError) as error:
        terminal.error(error)
        return False
    return True


def _files(arguments: Namespace, terminal: Terminal) -> tuple[FoundFile, ...]:
    paths = [Path(item) for item in arguments.files]
    for folder in (path for path in paths if path.is_dir()):
        count = len(files_among((folder,)))
        told = {"folder": on_one_line(str(folder)), "count": count}
        terminal.note(terminal.short("report.found", told))
    files = files_among(paths)
    if not files:
        raise AppError("verify.no_files", path=str(paths[0]))
    return files


def _judged(
    files: tuple[FoundFile, ...],
    arguments: Namespace,
    terminal: Terminal,
    settings: Settings,
    processes: Processes,
) -> list[FileReport]:
    """Judge all files; each is told as soon as those before it are."""
    found: dict[int, FileReport] = {}
    told = 0
    paths = [file.path for file in files]
    for index, report in check_each(
        processes.verify, processes.render, paths, at=arguments.at, online=arguments.online
    ):
        found[index] = report
        while told in found:
            tell(found[told], terminal, settings)
            told += 1
    return [found[index] for index in range(len(files))]


def tell(report: FileReport, terminal: Terminal, settings: Settings) -> None:
    """Print a file's verdict, then its signatures."""
    path = on_one_line(str(report.path))
    terminal.say(f"{path}: {terminal.words('verdict.' + report.verdict.value)}")
    if report.reason:
        terminal.say(f"  {terminal.words(report.reason, {'file': path})}")
    for item in report.signatures:
        _tell_signature(item, terminal, settings)
    for active in report.active_content:
        terminal.say(f"  {terminal.short('label.active_content')}: {on_one_line(active)}")


def _tell_signature(item: SignatureReport, terminal: Terminal, settings: Settings) -> None:
    def line(label: str, *values: str | None) -> None:
        shown = [on_one_line(value) for value in values if value]
        if shown:
            terminal.say(f"    {terminal.short('label.' + label)}: {' · '.join(shown)}")

    verdict = terminal.short("verdict." + item.verdict.value)
    terminal.say(
        f"  [{on_one_line(item.field)}] {terminal.short('kind.' + item.kind.value)}: {verdict}"
    )
    line("signer", item.signer, item.organization)
    line("issuer", item.issuer)
    line("validity", validity_text(item, terminal.language))
    claimed = item.signature_info.claimed_time
    line(
        "signature_info",
        terminal.short("verdict." + item.signature_info.verdict.value),
        item.signature_info.algorithm,
        item.signature_info.digest,
        str(item.signature_info.level or ""),
        vietnam_time(claimed).strftime("%d/%m/%Y %H:%M:%S") if claimed else None,
    )
    found = item.authentication
    line(
        "authentication",
        terminal.short("verdict." + found.verdict.value),
        terminal.short("integrity." + (found.integrity or "unknown")),
        terminal.short("coverage." + found.coverage.value),
        terminal.short("trusted." + ("yes" if found.trusted else "no")),
        terminal.short("revocation." + found.revocation),
        item.subindication,
    )
    if found.anchor is not None:
        line("trust_path", anchor_words(found.anchor, terminal, settings))
    if found.status is not None:
        line("trust_status", status_text(found.status, system_clock(), terminal.language))
    for text in change_texts(found.changes_after, terminal.language):
        terminal.say(f"      {terminal.short('label.change')}: {text}")
    stamp = item.timestamp
    line(
        "timestamp",
        terminal.short("verdict." + stamp.verdict.value),
        vietnam_time(stamp.time).strftime("%d/%m/%Y %H:%M:%S +07:00")
        if stamp.time
        else terminal.short("timestamp.claim_only"),
        stamp.authority,
    )
    for code in item.warnings:
        terminal.say(f"    ! {terminal.short(code)}")
    if item.reason:
        terminal.say(f"    > {terminal.words(item.reason)}")
