"""`trinhky verify`: the verdict first, then the three sections of each signature."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from app.bootstrap import Processes
from app.cli.terminal import EXIT_USAGE, Terminal, on_one_line
from app.cli.trust_words import anchor_words, status_words
from app.clock import vietnam_time
from app.settings import Settings
from app.workflow.checking import check_each
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
    """Judge files in parallel and print them in the order given; the exit code is the worst file's."""
    paths = [Path(item) for item in arguments.files]
    trust = tuple(arguments.trust)
    for path in trust:
        if not path.exists():
            terminal.error_code("usage.no_file", {"path": str(path)})
            return EXIT_USAGE
    with Processes.of(settings, trust=trust, profile_id=arguments.profile) as processes:
        processes.start(token=False)
        found = dict(
            check_each(
                processes.verify, processes.render, paths, at=arguments.at, online=arguments.online
            )
        )
    reports = [found[index] for index in range(len(paths))]
    for report in reports:
        tell(report, terminal, settings)
    terminal.result(reports_as_json(reports))
    worst = next(
        verdict for verdict in WORST_FIRST if any(item.verdict is verdict for item in reports)
    )
    return EXIT_CODES[worst]


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
        line("trust_status", status_words(found.status, terminal))
    for change in found.changes_after:
        allowed = terminal.short("change." + ("allowed" if change.allowed else "not_allowed"))
        what = terminal.short("change." + change.what.value)
        where = f" ({on_one_line(change.detail)})" if change.detail else ""
        terminal.say(f"      {terminal.short('label.change')}: {what}{where}: {allowed}")
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
