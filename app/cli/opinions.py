"""`--opinion` and `--opinion-level` of `trinhky sign`: what a level of an internal form says, without a task."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.errors import AppError
from app.workflow.office import Workbench
from app.workflow.opinion import Form, Said
from app.workflow.opinions import check_said, find_form
from app.workflow.planning import FIRST_SIGNATURES
from app.workflow.wish import Wish
from pdf.errors import PdfError
from signing.terms import SignatureKind

MOST_BYTES = 1 << 16
STANDARD_INPUT = "-"


def read_opinion(arguments: Namespace, *, needs_pin: bool) -> str:
    """Read the opinion from its file, or from standard input; nothing where none was asked for.

    Raises:
        AppError: `usage.opinion_and_pin` where the PIN has to come the same way, `usage.opinion_unreadable`.
    """
    if arguments.opinion is None:
        return ""
    try:
        if arguments.opinion != STANDARD_INPUT:
            with Path(arguments.opinion).open("rb") as file:
                content = file.read(MOST_BYTES + 1)
        elif needs_pin and not sys.stdin.isatty():
            raise AppError("usage.opinion_and_pin")
        else:
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise AppError("usage.opinion_unreadable", path=arguments.opinion)
        return content.decode("utf-8-sig").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise AppError("usage.opinion_unreadable", path=arguments.opinion) from error


def with_level(
    bench: Workbench, base: Path, wish: Wish, text: str, level: int | None
) -> tuple[Wish, tuple[str, ...]]:
    """Return a wish as the form asks for it that the file is, and notes to tell.

    Raises:
        AppError: `workflow.no_opinion_here`, `workflow.opinion_missing`, `usage.opinion_level` where there are several.
    """
    form = None
    if wish.kind in FIRST_SIGNATURES:
        # What cannot be shown is refused by the plan, which knows better why.
        with suppress(PdfError):
            form = find_form(bench.eyes, base, bench.profile, None)
    if form is None or (wish.kind is not SignatureKind.PERSONAL and (text or level)):
        if text or level is not None:
            raise AppError("workflow.no_opinion_here")
        return wish, ()
    if text and level is None:
        raise AppError("usage.opinion_level", levels=_listed(form))
    said = Said(form, level, text)
    check_said(said)
    is_open = level is None and wish.kind is SignatureKind.PERSONAL
    notes = ("usage.opinion_level_open",) if is_open else ()
    return replace(wish, said=said, is_numbered=form.rule.number), notes


def _listed(form: Form) -> str:
    headings = form.rule.opinions
    return "; ".join(
        f"{place.level} «{headings[place.level - 1].heading}»" for place in form.places
    )
