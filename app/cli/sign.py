"""`trinhky sign`: files on disk, one PIN, each result judged before it is put in place."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.bootstrap import Processes, workbench
from app.cli.numbers import UsedNumbers
from app.cli.opinions import read_opinion
from app.cli.outputs import aside_of, put_in_place
from app.cli.settling import Expected, Job, Refused, keep_results_apart, settle
from app.cli.terminal import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Terminal, read_secret
from app.errors import AppError
from app.settings import Settings
from app.store import open_evidence
from app.workflow.batch import AT_ONCE, in_doubt, work_through
from app.workflow.certificates import check_certificate
from app.workflow.evidence_keeping import NOT_KEPT, keep_evidence
from app.workflow.extending import raise_in_place
from app.workflow.making import choose_certificate, make_signature
from app.workflow.number_signature import plan_on
from app.workflow.office import Workbench
from app.workflow.planning import Planned, at_this_moment
from signing.errors import SigningError
from signing.request import SignedFile
from signing.terms import OF_A_PERSON, PadesLevel, SignatureKind
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, OpenedKey, TokenInfo, is_key_file

UNSEALED = "numbered"
"""Suffix of a result that has its number and not its seal."""


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
    trust, modules = tuple(arguments.trust), tuple(arguments.module)
    with (
        ExitStack() as kept,
        Processes.of(
            settings, trust=trust, modules=modules, profile_id=arguments.profile
        ) as processes,
    ):
        jobs = [_job(path, arguments, numbers, kept) for path in arguments.files]
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
                job.opinion, job.doubts, job.data = text, doubts, settings.data
                settle(job, bench, certificate, arguments, terminal)
            keep_results_apart((job for job in jobs if job.steps), terminal)
            ready = [job for job in jobs if job.steps]
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
        SigningError: `token.none`, or what is wrong with a key file where there is nothing else.
    """
    modules = bench.token.survey()
    tokens = [token for module in modules for token in module.tokens]
    if arguments.token is not None:
        tokens = [token for token in tokens if token.serial == arguments.token]
    if not tokens:
        for module in modules:
            if module.problem is not None and is_key_file(module.path):
                raise SigningError(module.problem, module=module.path)
        raise SigningError("token.none", serial=arguments.token)
    purpose = "person" if SignatureKind(arguments.kind) in OF_A_PERSON else "agency"
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


def _job(path: Path, arguments: Namespace, numbers: UsedNumbers, kept: ExitStack) -> Job:
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
    return Job(path, out, row, numbers, kept)


def _open_and_sign(
    jobs: list[Job],
    bench: Workbench,
    chosen: tuple[TokenInfo, CertificateInfo],
    arguments: Namespace,
    terminal: Terminal,
) -> None:
    login = partial(_login, bench, *chosen, arguments, terminal)
    try:
        opened = login()
    except Expected as error:
        _stop(jobs, terminal.error(error))
        return
    if opened.wants_pin_each_time and len(jobs) > 1:
        told = {"signed": 0, "count": len(jobs)}
        terminal.note(terminal.words("token.pin_for_each", told))
    _sign_all(jobs, bench, chosen[1], _Opener(login, opened.wants_pin_each_time), terminal)


@dataclass
class _Opener:
    """Called before each signature: opens a key anew that wants its PIN each time, and was opened for the first."""

    login: Callable[[], OpenedKey]
    is_one_by_one: bool
    is_open: bool = True

    def __call__(self) -> None:
        if not self.is_open:
            self.login()
        self.is_open = not self.is_one_by_one


def _login(
    bench: Workbench,
    token: TokenInfo,
    certificate: CertificateInfo,
    arguments: Namespace,
    terminal: Terminal,
) -> OpenedKey:
    asked = terminal.short("label.password") if token.is_file else "PIN"
    prompt = f"{asked} ({token.label}, {certificate.subject}): "
    pin = Pin("" if token.pin_pad else read_secret(prompt))
    return bench.token.login(
        token.module, token.serial, certificate.sha256, pin, last_try=arguments.last_try
    )


def _sign_all(
    jobs: list[Job],
    bench: Workbench,
    certificate: CertificateInfo,
    opened: _Opener,
    terminal: Terminal,
) -> None:
    def one(job: Job) -> Refused | None:
        try:
            _sign_one(job, bench, certificate, opened, terminal)
        except Expected as error:
            return error
        return None

    def ended(job: Job, error: Refused | None) -> None:
        if error is not None:
            job.row |= {"status": "failed", "error": terminal.error(error)}

    # What carries a number is made in the order of the files.
    is_apart = not opened.is_one_by_one and not any(job.used is not None for job in jobs)
    left = work_through(jobs, one, _doubt, ended, at_once=AT_ONCE if is_apart else 1)
    if left is not None and left.why is not None:
        _stop(left.items, terminal.error(left.why))


def _doubt(error: Refused | None) -> str | None:
    return None if error is None else in_doubt(error.code, error.params)


def _sign_one(
    job: Job, bench: Workbench, certificate: CertificateInfo, opened: _Opener, terminal: Terminal
) -> None:
    base = job.base
    notes: list[str] = []
    made = None
    for number, planned in enumerate(job.steps):
        aside = aside_of(job.out, f"{number}.")
        try:
            step = planned if made is None else plan_on(bench, base, planned, certificate)
            opened()
            made = make_signature(bench, base, aside, at_this_moment(bench, step))
        except Expected:
            if made is not None:
                _keep_what_is_signed(job, base, made.file, terminal)
                notes += _keep_evidence(job, bench, job.steps[number - 1], made.file.sha256)
                _note(job, notes, terminal)
            raise
        if number:
            base.unlink()
        base = aside
        notes += made.notes
    assert made is not None
    sha256, level = made.file.sha256, made.file.level
    if bench.level in (PadesLevel.B_LT, PadesLevel.B_LTA):
        sha256, reached, more = raise_in_place(bench, base, sha256, bench.level)
        level, notes = reached or level, [*notes, *more]
    put_in_place(base, job.out)
    notes += _keep_evidence(job, bench, job.steps[-1], sha256)
    if job.used is not None:
        job.numbers.note(job.used)
    job.row |= {
        "out": str(job.out),
        "status": "signed",
        "sha256": sha256,
        "level": level.value,
    }
    terminal.say(f"{job.out}: {terminal.short('label.signed')} · {level.value} · {sha256}")
    _note(job, notes, terminal)


def _note(job: Job, codes: Iterable[str], terminal: Terminal) -> None:
    for code in dict.fromkeys(codes):
        terminal.note(f"{job.path}: {terminal.words(code)}")


def _keep_evidence(job: Job, bench: Workbench, last: Planned, sha256: str) -> tuple[str, ...]:
    # The plan's moment was that before the PIN.
    request = replace(last.request, signing_time=None)
    try:
        with closing(open_evidence(job.data)) as book:
            return keep_evidence(book, bench, request, sha256)
    except AppError:
        return (NOT_KEPT,)


def _keep_what_is_signed(job: Job, signed: Path, file: SignedFile, terminal: Terminal) -> None:
    """Give the signatures that were made before another failed a result of their own: sealing can go on from it."""
    out = job.out.with_name(f"{job.out.stem}.{UNSEALED}{job.out.suffix}")
    put_in_place(signed, out)
    if job.used is not None:
        job.numbers.note(job.used)
    job.row |= {"out": str(out), "sha256": file.sha256, "level": file.level.value}
    words = terminal.words("usage.numbered_not_sealed", {"path": str(out)})
    terminal.note(f"{job.path}: {words}")


def _stop(jobs: Iterable[Job], error: dict[str, str]) -> None:
    """Mark what was not signed: the first refused PIN or lost token ends a batch."""
    for job in jobs:
        job.row |= {"status": "skipped", "error": error}
