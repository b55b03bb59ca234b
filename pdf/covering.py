"""Whether a box lies over the author's words: a signature put there later could hide or replace them."""

from __future__ import annotations

from pathlib import Path

from pdf.document import open_document
from pdf.fields import letter_text
from pdf.geometry import POINTS_PER_MM, BoxMm, BoxPt, box_to_view_space
from pdf.layout import signer_blocks
from pdf.text import PageText, TextChar

FEWEST_LETTERS = 3
"""A box may touch its neighbours: so many letters under it are words. A single digit is: 6 and 9 are two sums."""
_TOUCH = 0.12
"""So much of a character's width or height a box may take of it: boxes of blanks end where the next letter begins."""
_DIGIT_RISE_EM, _LETTER_RISE_EM = 0.7, 0.95
"""How far ink rises above the baseline; capitals carry their marks above that of digits."""


def covers_text(path: Path, boxes: tuple[tuple[int, BoxPt], ...]) -> tuple[bool, ...]:
    """Say for each (page index, box in user space) whether it covers words.

    What signatures, fields and notes show does not count, nor do the position and name of a signer: a seal of real
    size covers them (Decree 30/2020, Annex I, II.8 a). A scan has no words to go by.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`, `pdf.no_such_page`.
    """
    pages: dict[int, PageText] = {}
    with open_document(path) as document:
        for page_index, _ in boxes:
            if page_index not in pages:
                pages[page_index] = letter_text(document, page_index, path)
    return tuple(_covers(pages[page_index], box) for page_index, box in boxes)


def _covers(page: PageText, box: BoxPt) -> bool:
    shown = box_to_view_space(box, page.geometry)
    signers = [part for block in signer_blocks(page) for part in block.boxes_mm]
    covered = 0
    for line in page.lines:
        if any(part.intersects(line.box_mm) for part in signers):
            continue
        under = [
            char.char
            for char in line.chars
            if char.char.isalnum() and _hides_part(shown, _ink(char, is_upright=line.is_upright))
        ]
        if any(char.isdigit() for char in under):
            return True
        covered += len(under)
    return covered >= FEWEST_LETTERS


def _ink(char: TextChar, *, is_upright: bool) -> BoxMm:
    """Where a character may be black: from its baseline up to the marks; its whole box where the line is turned."""
    box = char.box_mm
    if not is_upright:
        return box
    em_mm = char.style.size_pt / POINTS_PER_MM
    rise = _DIGIT_RISE_EM if char.char.isdigit() else _LETTER_RISE_EM
    return BoxMm(
        box.left_mm,
        char.baseline_mm - rise * em_mm,
        box.right_mm,
        max(char.baseline_mm, box.top_mm),
    )


def _hides_part(box: BoxMm, ink: BoxMm) -> bool:
    """Say whether a box takes more of a character than what touches its edge: half an 8 under white is a 3."""
    across_mm = min(box.right_mm, ink.right_mm) - max(box.left_mm, ink.left_mm)
    up_mm = min(box.bottom_mm, ink.bottom_mm) - max(box.top_mm, ink.top_mm)
    return across_mm > _TOUCH * ink.width_mm and up_mm > _TOUCH * ink.height_mm
