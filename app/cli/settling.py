"""What `trinhky sign` will do with one file: settled before any PIN, and told by `--dry-run`."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.cli.mended import mended_base
from app.cli.numbers import UsedNumbers
from app.cli.opinions import with_level
from app.cli.outputs import check_writable
from app.cli.terminal import Terminal
from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.converting import is_word
from app.workflow.copying import copy_notes
from app.workflow.dates import leader_date_notes
from app.workflow.leaders import check_signed_by_leader
from app.workflow.mending import Mended
from app.workflow.number_signature import has_number_signature, plan_in_order
from app.workflow.numbers import NumberInUse
from app.workflow.office import Workbench
from app.workflow.planning import FIRST_SIGNATURES, Planned
from app.workflow.showing import corner_wish
from app.workflow.soundness import content_notes
from app.workflow.wish import Wish
from app.workflow.writing import number_text
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.facts import FileFacts
from signing.terms import FIELD_STEMS, OF_THE_AGENCY_ALONE, SignatureKind, free_field_name
from signing.token.records import CertificateInfo

AFTER_THE_LEADER = (SignatureKind.NUMBER, SignatureKind.SEAL)
Expected = (AppError, SigningError, PdfError)
Refused = AppError | SigningError | PdfError


@dataclass
class Job:
    """One file on its way; `row` is its line in the JSON summary, `steps` its signatures in their order.

    `base` is what is signed: the file itself, or a new base that `kept` holds until the command ends.
    """

    path: Path
    out: Path
    row: dict[str, Any]
    numbers: UsedNumbers
    kept: ExitStack
    base: Path = field(init=False)
    mended: Mended | None = None
    steps: tuple[Planned, ...] = ()
    used: NumberInUse | None = None
    opinion: str = field(default="", repr=False)
    doubts: tuple[str, ...] = ()
    data: Path = Path()

    def __post_init__(self) -> None:
        self.base = self.path.absolute()


def settle(
    job: Job,
    bench: Workbench,
    certificate: CertificateInfo,
    arguments: Namespace,
    terminal: Terminal,
) -> None:
    """Plan a file's signatures, or write into its row why there are none; say what should be read before agreeing."""
    notes: tuple[str, ...] = ()
    try:
        steps, notes = _settled(job, bench, certificate, arguments)
    except Expected as error:
        job.row |= {"status": "failed", "error": terminal.error(error)}
    else:
        job.steps = steps
        for code in notes:
            terminal.note(f"{job.path}: {terminal.words(code)}")
    if arguments.dry_run:
        job.row["plan"] = _plan_of(job, bench, certificate, arguments, notes)
        _say_plan(job, certificate, terminal)


def keep_results_apart(jobs: Iterable[Job], terminal: Terminal) -> None:
    """Of files whose results would have one name, let the first have it; the others are refused, before any PIN."""
    taken: dict[str, Job] = {}
    for job in jobs:
        first = taken.setdefault(os.path.normcase(job.out.resolve()), job)
        if first is not job:
            error = AppError("usage.out_twice", path=str(job.out), file=str(first.path))
            job.row |= {"status": "failed", "error": terminal.error(error)}
            job.steps = ()


def _settled(
    job: Job, bench: Workbench, certificate: CertificateInfo, arguments: Namespace
) -> tuple[tuple[Planned, ...], tuple[str, ...]]:
    if not job.path.is_file():
        raise AppError("usage.no_file", path=str(job.path))
    if is_word(job.path):
        raise AppError("usage.word_file", path=str(job.path))
    if arguments.image is not None and not arguments.image.is_file():
        raise AppError("usage.no_file", path=str(arguments.image))
    if not arguments.dry_run:
        check_writable(job.out)
    page_index, box = arguments.box or (None, None)
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
    base = _base(job, bench, arguments)
    wish, notes = with_level(bench, base, wish, job.opinion, arguments.opinion_level)
    if wish.kind in AFTER_THE_LEADER:
        report = check_file(bench.judge, bench.eyes, base)
        notes = check_signed_by_leader(bench.profile, report)
        notes = (*notes, *leader_date_notes(bench, report, wish.issue_date))
    if wish.kind is SignatureKind.COPY:
        report = check_file(bench.judge, bench.eyes, base)
        notes = (*notes, *copy_notes(report, arguments.form))
    if job.mended is not None:
        notes = (*job.mended.notes, *notes)
    steps = plan_in_order(bench, base, wish, certificate)
    job.used, more = job.numbers.plan(bench, base, wish, steps[-1], arguments.symbol)
    if arguments.dry_run:
        more = (*more, *content_notes(bench, base))
    of_steps = (code for step in steps for code in step.notes)
    return steps, tuple(dict.fromkeys((*notes, *more, *of_steps)))


def _base(job: Job, bench: Workbench, arguments: Namespace) -> Path:
    """Return what is signed of a file; what was done to it stands in its row."""
    if arguments.repair or arguments.flatten:
        job.base, job.mended = job.kept.enter_context(mended_base(bench, job.base, arguments))
    if job.mended is not None:
        job.row |= {"mended": list(job.mended.remedies), "removed": list(job.mended.removed)}
    return job.base


def _wish(bench: Workbench, certificate: CertificateInfo, arguments: Namespace) -> Wish:
    """Return what the signature shows: the profile's text for a corner, else the image, else who signs."""
    kind = SignatureKind(arguments.kind)
    image = arguments.image.absolute() if arguments.image else None
    if kind not in OF_THE_AGENCY_ALONE:
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


def _plan_of(
    job: Job,
    bench: Workbench,
    certificate: CertificateInfo,
    arguments: Namespace,
    notes: tuple[str, ...],
) -> dict[str, Any]:
    """Return the plan as JSON: what will be signed in which order, what the file brings along, what speaks against it.

    `page`, `box_mm`, `confidence` and `fields` are the last signature's, null where it is refused.
    """
    kind = SignatureKind(arguments.kind)
    facts = job.steps[0].facts if job.steps else _look(job.base, bench)
    last = job.steps[-1] if job.steps else None
    signatures = [_signature(step, _field_name(job.steps, at)) for at, step in enumerate(job.steps)]
    shown = signatures[-1] if signatures else {}
    return {
        "certificate": certificate.subject,
        "path": _path_of(kind, job.steps, facts),
        "page": shown.get("page"),
        "box_mm": shown.get("box_mm"),
        "confidence": shown.get("confidence"),
        "fields": [] if last is None else _fields(last),
        "signatures": signatures,
        "found": None if facts is None else _found(facts),
        "certificate_notes": list(job.doubts),
        "warnings": list(notes),
        "refused": job.row["error"],
    }


def _look(path: Path, bench: Workbench) -> FileFacts | None:
    with suppress(*Expected):
        if path.is_file() and not is_word(path):
            return bench.judge.look(path).result()
    return None


def _path_of(
    kind: SignatureKind, steps: tuple[Planned, ...], facts: FileFacts | None
) -> str | None:
    """Return how number and date come onto the document; None for a signature that has nothing to do with them."""
    if kind not in (*FIRST_SIGNATURES, *AFTER_THE_LEADER) or facts is None:
        return None
    is_apart = any(step.request.kind is SignatureKind.NUMBER for step in steps)
    if is_apart or has_number_signature(facts):
        return "foreign"
    has_fields = facts.open_fields or any(step.request.prepare for step in steps)
    return "prepared" if has_fields or not facts.signed else "foreign"


def _fields(step: Planned) -> list[str]:
    request = step.request
    return [item.name for item in request.prepare] or [item.name for item in request.fill]


def _field_name(steps: tuple[Planned, ...], at: int) -> str:
    """Return the name that a signature field will get, as `signing.pades` gives it."""
    step = steps[at]
    facts = step.facts
    taken = {item.name for item in facts.signatures}
    taken |= {*facts.empty_signature_fields, *facts.own_fields}
    return free_field_name(FIELD_STEMS[step.request.kind], taken)


def _signature(step: Planned, field_name: str) -> dict[str, Any]:
    request, place, box = step.request, step.place, step.place.box_mm
    sides = (box.left_mm, box.top_mm, box.right_mm, box.bottom_mm)
    filled = {item.name: item.text for item in request.fill}
    placed = {item.name: item.text for item in request.appearance.placed}
    return {
        "kind": request.kind.value,
        "field": field_name,
        "page": place.page.page_index + 1,
        "box_mm": [round(side, 1) for side in sides],
        "confidence": round(place.confidence, 2),
        "reason": place.reason,
        "level": request.level.value,
        "prepares": [item.name for item in request.prepare],
        "fills": filled or placed,
        "locks": list(filled),
    }


def _found(facts: FileFacts) -> dict[str, Any]:
    return {
        "signatures": [item.name for item in facts.signatures],
        "certified": facts.certified,
        "locks": [
            {
                "signature": lock.signature,
                "action": lock.action,
                "fields": list(lock.fields),
                "permission": lock.permission,
            }
            for lock in facts.locks
        ],
        "empty_signature_fields": [
            {"name": item.widget.name, "asks_for": list(item.seeds)} for item in facts.empty_widgets
        ],
        "open_fields": list(facts.open_fields),
        "filled_fields": list(facts.filled_fields),
        "own_fields": list(facts.own_fields),
    }


def _say_plan(job: Job, certificate: CertificateInfo, terminal: Terminal) -> None:
    for item in job.row["plan"]["signatures"]:
        fields = ", ".join(item["prepares"] or item["fills"])
        terminal.say(
            f"{job.path}: {item['field']} · {certificate.subject} · {terminal.short('label.page')} "
            f"{item['page']} {item['box_mm']} mm · {fields}"
        )
