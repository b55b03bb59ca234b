"""Prints for paper: the document signed and numbered and not yet sealed, for the ink seal; and as it was issued.

The first is drawn from a copy with number and date filled in, which is thrown away. Nothing of it is stored, sent or
signed: "signed and numbered, not sealed" is never a revision (Decree 30/2020, Article 18.5; seed 004, Article 9.1 a).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from app.errors import AppError
from app.rules import RuleProfile
from app.workflow.checking import check_file
from app.workflow.dates import date_notes, typed_date_notes
from app.workflow.leaders import check_signed_by_leader
from app.workflow.office import Workbench
from app.workflow.order import is_sealed
from app.workflow.planning import texts_to_fill
from app.workflow.wish import Wish
from signing.facts import FileFacts
from signing.request import FieldValue
from signing.terms import SignatureKind, kind_of_field

PrintKind = Literal["numbered", "issued"]
"""Signed and numbered without the seal, or as it was issued."""


def print_kind(profile: RuleProfile, facts: FileFacts) -> PrintKind:
    """Return the print that the office's paper archive gets; where it keeps none, the one that can be made."""
    if profile.publish.archive != "none":
        return profile.publish.archive
    return "issued" if is_sealed(facts) else "numbered"


def write_print(
    bench: Workbench,
    base: Path,
    out: Path,
    *,
    kind: PrintKind | None = None,
    number: str | None = None,
    issue_date: date | None = None,
) -> tuple[PrintKind, tuple[str, ...]]:
    """Write a PDF for the printer.

    Args:
        bench: the processes and the office's rules.
        base: the signed document; it is only read.
        out: is written anew; a passing file is put beside it while it is made.
        kind: which print; `print_kind` where None.
        number: number that is filled in where the document is not sealed yet.
        issue_date: likewise; its date rule is the seal's.

    Returns:
        Which print it is, and message codes to tell the person.

    Raises:
        AppError: `workflow.print_not_issued`; `workflow.leader_signature_missing`, `workflow.leader_signature_invalid`,
            `workflow.print_number_missing`, `workflow.not_prepared`, `workflow.date_differs` (strict profile).
        SigningError: as `signing.filled_copy.fill_copy`.
        PdfError: as `pdf.printing.write_print`.
    """
    facts = bench.judge.look(base).result()
    chosen = kind or print_kind(bench.profile, facts)
    notes = check_signed_by_leader(bench.profile, check_file(bench.judge, bench.eyes, base))
    if is_sealed(facts):
        seals = tuple(item.name for item in facts.signatures if _is_seal(item.name))
        without = seals if chosen == "numbered" else ()
        bench.eyes.write_print(base, out, without, subject_of(chosen, facts)).result()
        return chosen, notes
    if chosen == "issued":
        raise AppError("workflow.print_not_issued")
    fill = _values(bench, facts, number, issue_date)
    notes = (
        *notes,
        *date_notes(bench, issue_date),
        *typed_date_notes(bench, base, issue_date),
    )
    with _filled(bench, base, out, fill) as copy:
        bench.eyes.write_print(copy, out, (), subject_of(chosen, facts)).result()
    return chosen, notes


def subject_of(kind: PrintKind, facts: FileFacts) -> str:
    """Return what a print says of itself in its properties: which print, of which bytes."""
    return f"print, {kind}, no revision; made of SHA-256 {facts.sha256}"


@contextmanager
def _filled(
    bench: Workbench, base: Path, out: Path, fill: tuple[FieldValue, ...]
) -> Iterator[Path]:
    """Give the copy with number and date, for as long as it is drawn."""
    if not fill:
        yield base
        return
    copy = out.with_name(f".{out.name}.part"[-200:])
    try:
        bench.judge.fill_copy(base, copy, fill).result()
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _values(
    bench: Workbench, facts: FileFacts, number: str | None, issue_date: date | None
) -> tuple[FieldValue, ...]:
    wish = Wish(SignatureKind.SEAL, number=number, issue_date=issue_date)
    try:
        return texts_to_fill(bench, facts, wish)
    except AppError as error:
        if error.code != "workflow.number_missing":
            raise
        raise AppError("workflow.print_number_missing", **error.params) from error


def _is_seal(field: str) -> bool:
    return kind_of_field(field) is SignatureKind.SEAL
