"""Whether a box lies over the author's words: a signature put there later could hide or replace them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

from pdf.document import open_document
from pdf.fields import letter_text
from pdf.geometry import POINTS_PER_MM, BoxMm, BoxPt, box_to_view_space
from pdf.layout import signer_blocks
from pdf.text import PageText, TextChar, TextLine

_TOUCH = 0.12
"""So much of a character's ink a box may take at each edge: boxes of blanks end where the next letter begins."""
_BESIDE_DIGITS = frozenset(",-\u2010\u2011\u2012\u2013\u2212+/%‰°")
"""Marks that make another number of the digit beside them; so does a full stop between two, else a dot of a blank."""
_RISE_EM, _DIGIT_RISE_EM, _STOP_RISE_EM = 0.95, 0.7, 0.2
"""How far ink rises above the baseline; capitals carry their marks above that of digits."""
_DOT_EM = 0.3
"""How far it reaches below: the dot of a Vietnamese letter, the tail of a comma."""
_DOT = "\N{COMBINING DOT BELOW}"
_SPACE = re.compile(r"(?<=[^\s…_‥⋯])(?<!\.\.)\s(?=[^\s…_‥⋯])(?!\.\.)")
"""What parts two words; the room of a blank is wider, or has leaders beside it."""
_WIDEST_SPACE_EM, _X_HEIGHT_EM = 1.0, 0.45


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
    signers = signer_lines(page)
    lines = [line for line in page.lines if line not in signers]
    return any(
        _hides_part(shown, ink_box(char, is_upright=line.is_upright))
        for line in lines
        for char in _saying(line.chars)
        # No ink is wider than its character: most of a page is out of the way at once.
        if char.box_mm.overlaps_columns_of(shown)
    ) or any(_fills_half(shown, space) for line in lines for space in word_spaces(line))


def signer_lines(page: PageText) -> list[TextLine]:
    """Return the lines of the positions and names of signers, which a seal may lie over."""
    signers = [part for block in signer_blocks(page) for part in block.boxes_mm]
    return [line for line in page.lines if any(part.intersects(line.box_mm) for part in signers)]


def word_spaces(line: TextLine) -> Iterator[BoxMm]:
    """Yield the spaces that part two words, as high as small letters; what is written there is read with them."""
    if not line.is_upright:
        return
    for run in _SPACE.finditer(line.text):
        before, after = line.chars[run.start() - 1], line.chars[run.end()]
        em_mm = before.style.size_pt / POINTS_PER_MM
        left_mm, right_mm = before.box_mm.right_mm, after.box_mm.left_mm
        if 0 < right_mm - left_mm < _WIDEST_SPACE_EM * em_mm:
            top_mm = before.baseline_mm - _X_HEIGHT_EM * em_mm
            yield BoxMm(left_mm, top_mm, right_mm, before.baseline_mm)


def _saying(chars: Sequence[TextChar]) -> Iterator[TextChar]:
    """The characters of a line without which it would say something else."""
    for at, char in enumerate(chars):
        beside = [
            chars[place].char.isdigit() for place in (at - 1, at + 1) if 0 <= place < len(chars)
        ]
        if (
            char.char.isalnum()
            or (char.char in _BESIDE_DIGITS and any(beside))
            or (char.char == "." and beside == [True, True])
        ):
            yield char


def ink_box(char: TextChar, *, is_upright: bool) -> BoxMm:
    """Return where a character may be black: from its baseline to its marks; its whole box where the line is turned."""
    box = char.box_mm
    if not is_upright:
        return box
    em_mm = char.style.size_pt / POINTS_PER_MM
    rise, drop = _RISE_EM, 0.0
    if not char.char.isalpha():
        rise = _STOP_RISE_EM if char.char in ",." else _DIGIT_RISE_EM
    if char.char == "," or _DOT in normalize("NFD", char.char):
        drop = _DOT_EM
    top_mm, bottom_mm = char.baseline_mm - rise * em_mm, char.baseline_mm + drop * em_mm
    return BoxMm(box.left_mm, top_mm, box.right_mm, bottom_mm)


def _hides_part(box: BoxMm, ink: BoxMm) -> bool:
    """Say whether a box takes more of a character than its edge: half an 8 is a 3, an đ without bar a d."""
    aside_mm, off_mm = _TOUCH * ink.width_mm, _TOUCH * ink.height_mm
    return box.intersects(
        BoxMm(
            ink.left_mm + aside_mm,
            ink.top_mm + off_mm,
            ink.right_mm - aside_mm,
            ink.bottom_mm - off_mm,
        )
    )


def _fills_half(box: BoxMm, space: BoxMm) -> bool:
    """Say whether a box takes so much of a space that a letter has room there."""
    across_mm = min(box.right_mm, space.right_mm) - max(box.left_mm, space.left_mm)
    up_mm = min(box.bottom_mm, space.bottom_mm) - max(box.top_mm, space.top_mm)
    return across_mm > space.width_mm / 2 and up_mm > space.height_mm / 2
