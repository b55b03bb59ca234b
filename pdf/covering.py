"""Whether a box lies over the author's words: a signature put there later could hide or replace them."""

from __future__ import annotations

from pathlib import Path

from pdf.document import open_document
from pdf.fields import letter_text
from pdf.geometry import BoxMm, BoxPt, box_to_view_space
from pdf.layout import signer_blocks
from pdf.text import PageText

FEWEST_LETTERS = 3
"""A box may touch its neighbours: so many letters under it are words. A single digit is: 6 and 9 are two sums."""


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
            if char.char.isalnum() and _holds_centre(shown, char.box_mm)
        ]
        if any(char.isdigit() for char in under):
            return True
        covered += len(under)
    return covered >= FEWEST_LETTERS


def _holds_centre(box: BoxMm, char: BoxMm) -> bool:
    return (
        box.left_mm <= char.centre_x_mm <= box.right_mm
        and box.top_mm <= char.centre_y_mm <= box.bottom_mm
    )
