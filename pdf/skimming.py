"""What the bare text of a page promises: a quick look that saves a closer one.

Where every letter stands costs ten times as much as what the letters are, and of two hundred pages
one is signed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdf.document import reading
from pdf.words import (
    is_appendix_text,
    is_attached_text,
    is_motto_text,
    is_role_text,
    is_upper_text,
    mentions_name,
)

_MOST_FIRST_PAGES = 300
_MOST_LAST_PAGES = 100
_HEAD_PIECES = 9
_MOTTO_PIECES = 12
_CUT = re.compile(r"\s*[\n\t]\s*|\s{2,}")


@dataclass(frozen=True, slots=True)
class PageHints:
    """What a page may hold: a position, the name that is looked for, the head of an appendix or letter."""

    page_index: int
    may_be_signed: bool
    names_signer: bool
    opens_appendix: bool
    heads_document: bool


def skim(document: Any, path: Path, signer: str | None) -> tuple[PageHints, ...]:
    """Skim the pages, of very long files the first three hundred and the last hundred."""
    count = len(document)
    last_from = max(_MOST_FIRST_PAGES, count - _MOST_LAST_PAGES)
    indices = [*range(min(count, _MOST_FIRST_PAGES)), *range(last_from, count)]
    return tuple(skim_page(document, index, path, signer) for index in indices)


def appendices_at(pages: Sequence[PageHints]) -> int | None:
    """The page where the appendices begin; None where there are none.

    A second head with the national motto begins a model letter, a form or a draft to be enclosed.
    """
    has_head = False
    for page in pages:
        if page.page_index > 0 and (page.opens_appendix or (has_head and page.heads_document)):
            return page.page_index
        has_head |= page.heads_document
    return None


def skim_page(document: Any, index: int, path: Path, signer: str | None = None) -> PageHints:
    """Skim one page."""
    with reading(path):
        text = unicodedata.normalize("NFC", document[index].get_text("text"))
    pieces = [piece for piece in _CUT.split(text.strip()) if piece]
    return PageHints(
        page_index=index,
        may_be_signed=any(is_upper_text(piece) or is_role_text(piece) for piece in pieces),
        names_signer=signer is not None and mentions_name(text, signer),
        opens_appendix=opens_appendix(pieces[:_HEAD_PIECES]),
        heads_document=any(is_motto_text(piece) for piece in pieces[:_MOTTO_PIECES]),
    )


def opens_appendix(head: Sequence[str]) -> bool:
    """Whether the first lines of a page open an appendix.

    Either they name it (`PHỤ LỤC`, `Phụ lục II`, `BIỂU MẪU 01`), or a heading is followed by the
    bracket that ties it to its document: `(Kèm theo Công văn số …)`.
    """
    if any(is_appendix_text(piece) for piece in head):
        return True
    bracket = next((at for at, piece in enumerate(head) if is_attached_text(piece)), 0)
    return _has_heading(head[:bracket])


def _has_heading(pieces: Iterable[str]) -> bool:
    return any(is_upper_text(piece) for piece in pieces)
