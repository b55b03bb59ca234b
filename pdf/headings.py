"""Finds a form's headings: whatever their numbering, case, Unicode form, spacing, and however they wrap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pdf.rows import size_mm
from pdf.text import TextLine
from pdf.words import syllable

_NUMBERING = re.compile(r"\s*(?:\(?\d{1,2}|[IVX]{1,4}|[a-hđ])\s*[.)/:–-]\s*")
_WORD = re.compile(r"\w+")
_ENDS = re.compile(r"\s*(?:$|[:.…_․‥·⋯(/–\t-])")
_MOST_ROWS = 4
_STEP_EM = 2.1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's rows among a page's rows; `level` counts from 1. `is_numbered` as forms number their parts."""

    level: int
    page_index: int
    first_row: int
    last_row: int
    text: str
    is_numbered: bool


Page = tuple[int, Sequence[TextLine]]
"""A page's index and its rows."""


def words_of(text: str) -> tuple[str, ...]:
    """Return a text's words as they are compared."""
    return tuple(
        syllable(word) for word in _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    )


def find_headings(pages: Sequence[Page], wanted: Sequence[Sequence[str]]) -> tuple[Heading, ...]:
    """Find headings in their order; one that is not there is left out.

    Args:
        pages: in their order.
        wanted: for each level the ways its heading may be worded.
    """
    found: list[Heading] = []
    after = (0, 0)
    for level, wordings in enumerate(wanted, 1):
        heading = _first(pages, after, level, [words_of(text) for text in wordings])
        if heading is not None:
            found.append(heading)
            at = next(at for at, (index, _) in enumerate(pages) if index == heading.page_index)
            after = (at, heading.last_row + 1)
    return tuple(found)


def _first(
    pages: Sequence[Page], after: tuple[int, int], level: int, wordings: Sequence[tuple[str, ...]]
) -> Heading | None:
    for at in range(after[0], len(pages)):
        page_index, rows = pages[at]
        for row in range(after[1] if at == after[0] else 0, len(rows)):
            for wanted in wordings:
                last = _last_row(rows, row, wanted)
                if last is not None:
                    is_numbered = _NUMBERING.match(rows[row].text) is not None
                    text = rows[row].text.strip()
                    return Heading(level, page_index, row, last, text, is_numbered)
    return None


def _last_row(rows: Sequence[TextLine], first: int, wanted: tuple[str, ...]) -> int | None:
    """Return the row where a heading that begins in `first` ends; None where none begins there."""
    text = rows[first].text
    start = found.end() if (found := _NUMBERING.match(text)) else 0
    if not found and not text.lstrip()[:1].isupper():
        return None
    left = list(wanted)
    for row in range(first, min(first + _MOST_ROWS, len(rows))):
        if row > first and not _follows(rows[row - 1], rows[row]):
            return None
        for word in _WORD.finditer(rows[row].text, start):
            if not left or syllable(word[0].casefold()) != left.pop(0):
                return None
            if not left:
                return row if _ENDS.match(rows[row].text, word.end()) else None
        start = 0
    return None


def _follows(above: TextLine, below: TextLine) -> bool:
    return below.baseline_mm - above.baseline_mm <= _STEP_EM * size_mm(above)
