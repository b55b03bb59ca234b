"""`trinhky sign`: files on disk, one PIN, each result judged before it is put in place."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.bootstrap import Processes, workbench
from app.cli.numbers import UsedNumbers
from app.cli.opinions import read_opinion, with_level
from app.cli.outputs import aside_of, check_writable, put_in_place
from app.cli.terminal import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Terminal, read_secret
from app.errors import AppError
from app.settings import Settings
from app.workflow.certificates import check_certificate
from app.workflow.checking import check_file
from app.workflow.converting import is_word
from app.workflow.copying import copy_notes
from app.workflow.dates import leader_date_notes
from app.workflow.extending import raise_in_place
from app.workflow.leaders import check_signed_by_leader
from app.workflow.making import choose_certificate, make_signature
from app.workflow.numbers import NumberInUse
from app.workflow.office import Workbench
from app.workflow.planning import Planned, at_this_moment, plan_signature
from app.workflow.showing import corner_wish
from app.workflow.soundness import content_notes
from app.workflow.wish import Wish
from app.workflow.writing import number_text
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.terms import PadesLevel, SignatureKind
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, TokenInfo

PERSONAL_KINDS = (SignatureKind.PERSONAL, SignatureKind.INITIAL)
CORNER_KINDS = (SignatureKind.ATTACHMENT, SignatureKind.INCOMING, SignatureKind.COPY)
STOPPERS = ("token.", "worker.")
"""After an error of these the token is in doubt: the rest of a batch is left, what is finished stays."""
Expected = (AppError, SigningError, PdfError)


@dataclass
class Job:
    """One file on its way; `row` is its line in the JSON summary."""

    path: Path
    out: Path
    row: dict[str, Any]
    numbers: UsedNumbers
    planned: Planned | None = None
    used: NumberInUse | None = None
    opinion: str = field(default="", repr=False)
    doubts: tuple[str, ...] = ()


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Plan every file, then read the PIN once, then sign one after the other; exit code 0 only if all are signed."""
    if len(arguments.files) > 1 and not arguments.batch:
        terminal.error_code("usage.many_files")
        return EXIT_USAGE
    if arguments.out is not None and len(arguments.files) > 1:
        terminal.error_code("usage.out_of_batch")
        return EXIT_USAGE
    if arguments.level != PadesLevel.B_B.value and not (arguments.tsa or settings.tsa):
        terminal.error_code("usage.no_tsa")
        return EXIT_USAGE
    numbers = UsedNumbers(settings.data)
    jobs = [_job(path, arguments, numbers) for path in arguments.files]
    trust, modules = tuple(arguments.trust), tuple(arguments.module)
    with Processes.of(
        settings, trust=trust, modules=modules, profile_id=arguments.profile
    ) as processes:
        processes.start()
        processes.services.start()
        bench = workbench(
            settings,
            processes,
            profile_id=arguments.profile,
            level=PadesLevel(arguments.level),
            tsa_urls=tuple(arguments.tsa),
        )
        bench = replace(bench, digest=arguments.digest, rsa_pss=bench.rsa_pss or arguments.pss)
        try:
            token, certificate = find_certificate(bench, arguments)
            if arguments.pss and not certificate.can_pss:
                raise SigningError("token.no_pss", subject=certificate.subject)
            doubts = check_certificate(bench, certificate, token)
            for code in doubts:
                terminal.note(terminal.words(code))
            needs_pin = not (token.pin_pad or arguments.dry_run)
            text = read_opinion(arguments, needs_pin=needs_pin)
        except Expected as error:
            _stop(jobs, terminal.error(error))
        else:
            for job in jobs:
                job.opinion, job.doubts = text, doubts
                _plan(job, bench, certificate, arguments, terminal)
            ready = [job for job in jobs if job.planned is not None]
            if ready and not arguments.dry_run:
                _open_and_sign(ready, bench, (token, certificate), arguments, terminal)
    terminal.result({"schema": "trinhky.sign/1", "files": [job.row for job in jobs]})
    good = all(job.row["error"] is None for job in jobs)
    return EXIT_OK if good else EXIT_FAILED


def find_certificate(bench: Workbench, arguments: Namespace) -> tuple[TokenInfo, CertificateInfo]:
    """Choose token and certificate: the ones asked for, else the first that fits the kind of signature.

    Raises:
        AppError: `workflow.no_certificate`, `workflow.certificate_unusable`, `workflow.person_for_agency`,
            `workflow.agency_for_person`.
        SigningError: `token.none`.
    """
    tokens = [token for module in bench.token.survey() for token in module.tokens]
    if arguments.token is not None:
        tokens = [token for token in tokens if token.serial == arguments.token]
    if not tokens:
        raise SigningError("token.none", serial=arguments.token)
    purpose = "person" if SignatureKind(arguments.kind) in PERSONAL_KINDS else "agency"
    certificates = tuple(item for token in tokens for item in token.certificates)
    chosen = choose_certificate(certificates, purpose, arguments.certificate, arguments.signer)
    _check_purpose(chosen, purpose, arguments)
    return next(token for token in tokens if chosen in token.certificates), chosen


def _check_purpose(chosen: CertificateInfo, purpose: str, arguments: Namespace) -> None:
    if (purpose, chosen.purpose) == ("agency", "person"):
        raise AppError("workflow.person_for_agency", subject=chosen.subject)
    # At a level of an internal form a unit may sign with its own key (Decision 599/QĐ-BHXH, Annex 02).
    is_level = arguments.opinion_level is not None
    if (purpose, chosen.purpose) == ("person", "agency") and not is_level:
        raise AppError("workflow.agency_for_person", subject=chosen.subject)


def _job(path: Path, arguments: Namespace, numbers: UsedNumbers) -> Job:
    out = arguments.out
    if out is None:
        out = (arguments.out_dir or path.parent) / f"{path.stem}.signed.pdf"
    row = {
        "path": str(path),
        "out": None,
        "status": "skipped",
        "sha256": None,
        "level": None,
        "error": None,
    }
    return Job(path, out, row, numbers)


def _plan(
    job: Job,
    bench: Workbench,
    certificate: CertificateInfo,
    arguments: Namespace,
    terminal: Terminal,
) -> None:
    page_index, box = arguments.box or (None, None)
    try:
        if not job.path.is_file():
            raise AppError("usage.no_file", path=str(job.path))
        if is_word(job.path):
            raise AppError("usage.word_file", path=str(job.path))
        if arguments.image is not None and not arguments.image.is_file():
            raise AppError("usage.no_file", path=str(arguments.image))
        if not arguments.dry_run:
            check_writable(job.out)
        wish = replace(
            _wish(bench, certificate, arguments),
            signer=arguments.signer,
            page_index=page_index,
            box=box,
            number=_number(bench, arguments) or None,
            issue_date=arguments.date,
            reason=arguments.reason,
            blanks=tuple(arguments.blank),
        )
        base = job.path.absolute()
        wish, notes = with_level(bench, base, wish, job.opinion, arguments.opinion_level)
        if wish.kind is SignatureKind.SEAL:
            report = check_file(bench.judge, bench.eyes, base)
            notes = check_signed_by_leader(bench.profile, report)
            notes = (*notes, *leader_date_notes(bench, report, wish.issue_date))
        if wish.kind is SignatureKind.COPY:
            report = check_file(bench.judge, bench.eyes, base)
            notes = (*notes, *copy_notes(report, arguments.form))
        job.planned = plan_signature(bench, base, wish, certificate)
        job.used, more = job.numbers.plan(bench, base, wish, job.planned, arguments.symbol)
        if arguments.dry_run:
            more = (*more, *content_notes(bench, base))
    except Expected as error:
        job.row |= {"status": "failed", "error": terminal.error(error)}
        return
    for code in (*notes, *more, *job.planned.notes):
        terminal.note(f"{job.path}: {terminal.words(code)}")
    if arguments.dry_run:
        _tell_plan(job, job.planned, certificate, terminal)


def _wish(bench: Workbench, certificate: CertificateInfo, arguments: Namespace) -> Wish:
    """Return what the signature shows: the profile's text for a corner, else the image, else who signs."""
    kind = SignatureKind(arguments.kind)
    image = arguments.image.absolute() if arguments.image else None
    if kind not in CORNER_KINDS:
        return Wish(kind, image=image)
    if kind is SignatureKind.COPY and arguments.form not in bench.profile.copies.forms:
        raise AppError("workflow.copy_form_unused", form="copy." + arguments.form)
    wish = corner_wish(
        bench,
        kind,
        certificate.subject,
        image=image,
        number=_number(bench, arguments),
        symbol=arguments.symbol or "",
        form=arguments.form,
    )
    return wish if wish.image or wish.block else replace(wish, image=image)


def _number(bench: Workbench, arguments: Namespace) -> str:
    """Return the number as the office's rules write it; empty where none is given."""
    if arguments.number is None:
        return ""
    return number_text(int(arguments.number), bench.profile.number.digits)


def _tell_plan(
    job: Job, planned: Planned, certificate: CertificateInfo, terminal: Terminal
) -> None:
    place, box = planned.place, planned.place.box_mm
    sides = [round(side, 1) for side in (box.left_mm, box.top_mm, box.right_mm, box.bottom_mm)]
    fields = [item.name for item in planned.request.prepare] or [
        item.name for item in planned.request.fill
    ]
    job.row["plan"] = {
        "certificate": certificate.subject,
        "page": place.page.page_index + 1,
        "box_mm": sides,
        "confidence": round(place.confidence, 2),
        "fields": fields,
        "certificate_notes": job.doubts,
    }
    terminal.say(
        f"{job.path}: {certificate.subject} · {terminal.short('label.page')} {place.page.page_index + 1} "
        f"{sides} mm · {', '.join(fields)}"
    )


def _open_and_sign(
    jobs: list[Job],
    bench: Workbench,
    chosen: tuple[TokenInfo, CertificateInfo],
    arguments: Namespace,
    terminal: Terminal,
) -> None:
    try:
        _login(bench, *chosen, arguments)
    except Expected as error:
        _stop(jobs, terminal.error(error))
    else:
        _sign_all(jobs, bench, terminal)


def _login(
    bench: Workbench, token: TokenInfo, certificate: CertificateInfo, arguments: Namespace
) -> None:
    pin = Pin("" if token.pin_pad else read_secret(f"PIN ({token.label}, {certificate.subject}): "))
    bench.token.login(
        token.module, token.serial, certificate.sha256, pin, last_try=arguments.last_try
    )


def _sign_all(jobs: list[Job], bench: Workbench, terminal: Terminal) -> None:
    for index, job in enumerate(jobs):
        assert job.planned is not None
        try:
            _sign_one(job, job.planned, bench, terminal)
        except Expected as error:
            job.row |= {"status": "failed", "error": terminal.error(error)}
            if error.code.startswith(STOPPERS):
                _stop(jobs[index + 1 :], job.row["error"])
                return


def _sign_one(job: Job, planned: Planned, bench: Workbench, terminal: Terminal) -> None:
    aside = aside_of(job.out)
    request = at_this_moment(bench, planned)
    made = make_signature(bench, job.path.absolute(), aside, request)
    sha256, level, notes = made.file.sha256, made.file.level, made.notes
    if bench.level in (PadesLevel.B_LT, PadesLevel.B_LTA):
        sha256, reached, more = raise_in_place(bench, aside, sha256, bench.level)
        level, notes = reached or level, (*notes, *more)
    put_in_place(aside, job.out)
    if job.used is not None:
        job.numbers.note(job.used)
    job.row |= {
        "out": str(job.out),
        "status": "signed",
        "sha256": sha256,
        "level": level.value,
    }
    terminal.say(f"{job.out}: {terminal.short('label.signed')} · {level.value} · {sha256}")
    for code in dict.fromkeys(notes):
        terminal.note(f"{job.path}: {terminal.words(code)}")


def _stop(jobs: list[Job], error: dict[str, str]) -> None:
    """Mark what was not signed: the first refused PIN or lost token ends a batch."""
    for job in jobs:
        job.row |= {"status": "skipped", "error": error}
