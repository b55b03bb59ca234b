"""What a person, or a document's task, wants signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.workflow.blanks import PlacedBlank
from app.workflow.opinion import Said
from app.workflow.writing import BlockText
from pdf.geometry import BoxMm
from signing.terms import SignatureKind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person, or a document's task, wants signed. Where `box` is None the place is proposed.

    `number` and `issue_date` are filled in by a seal. `signer` is the name in the signer's block. `blanks` are
    those of number and date where a person placed them. `given` (page index, box) and `given_blanks` are the server's:
    the first that can be used wins over what is found on the page, and never over a person. `beside` names the
    signature field that a seal covers a third of. `block` is a text that the moment of signing completes, in place of
    `lines`. `said` is what a level of an internal form says; a form that is not `is_numbered` gets no number.
    """

    kind: SignatureKind
    image: Path | None = None
    lines: tuple[str, ...] = ()
    block: BlockText | None = None
    font_size_pt: float = 10.0
    is_right_aligned: bool = False
    signer: str | None = None
    page_index: int | None = None
    box: BoxMm | None = None
    number: str | None = None
    issue_date: date | None = None
    reason: str | None = None
    blanks: tuple[PlacedBlank, ...] = ()
    given: tuple[tuple[int, BoxMm], ...] = ()
    given_blanks: tuple[PlacedBlank, ...] = ()
    beside: str | None = None
    said: Said | None = None
    is_numbered: bool = True
