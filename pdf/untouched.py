"""Whether what a field draws over printed words leaves every one of them as it was: by places and by pixels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pdf.covering import word_spaces
from pdf.document import open_document, page_geometry, reading
from pdf.fields import annotations_named, letter_text
from pdf.geometry import POINTS_PER_MM, BoxMm, BoxPt, box_to_view_space
from pdf.render import RenderedPage, draw
from pdf.text import PageText

_DPI = 144.0
_PIXELS_PER_MM = _DPI / 72 * POINTS_PER_MM
_LEADERS = re.compile(r"[.…_․‥·⋯][\s.…_․‥·⋯]*[.…_․‥·⋯]|[…‥_⋯]")
_MARKS_MM = 0.5
"""How far the marks of a Vietnamese capital rise above what counts as a letter's box."""
_EDGE_MM = 0.4
"""What a glyph blackens beyond its outline: two pixels, for the smoothing of its edges."""
_HIDDEN = "2"
_Pixels = tuple[float, float, float, float]
"""Left, top, right and bottom of a part of a drawn page."""


def leaves_words(
    path: Path, field: str, page_index: int, box: BoxPt, glyphs: tuple[BoxPt, ...]
) -> bool:
    """Say whether a field that lies over words touches none of them.

    Args:
        path: the document.
        field: full name of the field; it has one widget.
        page_index: where that shows.
        box: its rectangle in user space.
        glyphs: where it draws, as `signing.drawn_text` measured it in its font.

    Drawn with and without the field, the page differs only at these glyphs, and no glyph reaches into the box of a
    printed character or between two words; the dots of a blank are none.

    Raises:
        PdfError: as `pdf.render.render_page`.
    """
    with open_document(path) as document:
        page = letter_text(document, page_index, path)
        inks = [box_to_view_space(glyph, page.geometry) for glyph in glyphs]
        shown = box_to_view_space(box, page.geometry)
        words = list(_words(page, shown))
        if any(ink.intersects(word) for ink in inks for word in words):
            return False
        with reading(path):
            found = annotations_named(document, page_index, field)
            upright = page_geometry(document, page_index)
            if len(found) != 1:
                return False
            before, after = _with_and_without(document, found[0], page_index, path)
    places = [_pixels(box_to_view_space(glyph, upright).grown_by(_EDGE_MM)) for glyph in glyphs]
    return before is not None and _differs_only_in(before, after, places)


def _words(page: PageText, around: BoxMm) -> Iterator[BoxMm]:
    """The boxes of the printed characters under or beside a box, and of the spaces that part two words."""
    near = around.grown_by(2)
    for line in page.lines:
        yield from (space for space in word_spaces(line) if space.intersects(near))
        dots = {at for run in _LEADERS.finditer(line.text) for at in range(*run.span())}
        for at, char in enumerate(line.chars):
            if at in dots or char.char.isspace() or not char.box_mm.intersects(near):
                continue
            box = char.box_mm
            yield BoxMm(box.left_mm, box.top_mm - _MARKS_MM, box.right_mm, box.bottom_mm)


def _with_and_without(
    document: Any, xref: int, page_index: int, path: Path
) -> tuple[RenderedPage | None, RenderedPage]:
    after = draw(document, page_index, _DPI, path)
    # In memory only: this room never saves a document.
    kind, flags = document.xref_get_key(xref, "F")
    if kind != "int":
        return None, after
    document.xref_set_key(xref, "F", _HIDDEN)
    try:
        return draw(document, page_index, _DPI, path), after
    finally:
        document.xref_set_key(xref, "F", flags)


def _differs_only_in(before: RenderedPage, after: RenderedPage, places: Sequence[_Pixels]) -> bool:
    if (before.width_px, before.height_px) != (after.width_px, after.height_px):
        return False
    stride = after.stride_bytes
    for row in range(after.height_px):
        one = before.pixels[row * stride : row * stride + 3 * after.width_px]
        other = after.pixels[row * stride : row * stride + 3 * after.width_px]
        if one == other:
            continue
        for column in range(after.width_px):
            at = slice(3 * column, 3 * column + 3)
            if one[at] != other[at] and not _is_in(places, column, row):
                return False
    return True


def _pixels(box: BoxMm) -> _Pixels:
    return (
        box.left_mm * _PIXELS_PER_MM,
        box.top_mm * _PIXELS_PER_MM,
        box.right_mm * _PIXELS_PER_MM,
        box.bottom_mm * _PIXELS_PER_MM,
    )


def _is_in(places: Sequence[_Pixels], column: int, row: int) -> bool:
    return any(
        left - 1 <= column <= right and top - 1 <= row <= bottom
        for left, top, right, bottom in places
    )
