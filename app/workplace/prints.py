"""Prints of an open document for paper: for the ink seal, and for the archive."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.clock import vietnam_date
from app.errors import AppError
from app.workflow.issue import take_number
from app.workflow.office import Office
from app.workflow.order import is_sealed
from app.workflow.printing import PrintKind, print_kind, write_print
from app.workplace.records import Paper


def print_paper(
    office: Office,
    paper: Paper,
    out: Path,
    *,
    kind: PrintKind | None = None,
    issue_date: date | None = None,
) -> tuple[PrintKind, tuple[str, ...]]:
    """Write the print of a document as it is shown; one that has no number yet takes it, and keeps it for its seal.

    Args:
        office: the clerk's.
        paper: the open document.
        out: is written anew.
        kind: which print; the office's archive's where None.
        issue_date: the date that is filled in; the document's own, else today in Vietnam.

    Raises:
        AppError: as `app.workflow.printing.write_print`; `workflow.not_prepared` before a number is taken; the
            server's where a number is asked for.
    """
    document, base = paper.document, paper.main.path
    facts = office.bench.judge.look(base).result()
    chosen = kind or print_kind(office.bench.profile, facts)
    if chosen == "issued" or is_sealed(facts):
        return write_print(office.bench, base, out, kind=chosen)
    day = issue_date or document.issue_date or vietnam_date(office.bench.clock())
    number = document.number
    if number is None:
        if not facts.open_fields:
            raise AppError("workflow.not_prepared")
        numbering = take_number(office, document, day)
        number, day = numbering.text, numbering.issue_date
    return write_print(office.bench, base, out, kind=chosen, number=number, issue_date=day)
