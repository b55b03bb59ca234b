"""Holds what a file shows against what it showed when it was signed: by pictures, whatever its structure says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pdf.compare import looks_different
from pdf.document import open_beginning, open_document, reading
from pdf.fields import letter_text, widget_boxes
from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.ink import DPI, hidden_part
from pdf.render import RenderedPage, draw
from pdf.traces import Signed, SinceSigned

_COARSE_DPI = 72.0
_MOST_PAGES_EACH_END = 25
"""Numbers, dates and signers stand at both ends; what the file's structure tells holds for all pages."""
_EDGE_MM = 0.6
"""What a field may blacken beyond its rectangle: two pixels, for the smoothing of its edges."""


def since_signed(path: Path, signed: tuple[Signed, ...]) -> tuple[SinceSigned, ...]:
    """Say for each signature what is seen now and was not then, on the first and the last 25 pages.

    Raises:
        PdfError: as `pdf.render.render_page`.
    """
    with open_document(path) as document:
        now = _Now(document, path)
        return tuple(now.against(item) for item in signed)


class _Now:
    """The file as it is, each page drawn once."""

    def __init__(self, document: Any, path: Path) -> None:
        self._document = document
        self._path = path
        self._drawn: dict[int, RenderedPage] = {}

    def against(self, signed: Signed) -> SinceSigned:
        changed: list[int] = []
        hidden: list[int] = []
        prepared: set[str] = set()
        with open_beginning(self._path, signed.end_bytes) as before:
            with reading(self._path):
                pages = int(before.page_count), int(self._document.page_count)
                is_repaired = bool(before.is_repaired)
            for index in _chosen(min(pages)):
                had = widget_boxes(before, index, self._path)
                has = widget_boxes(self._document, index, self._path)
                prepared |= had.keys() & set(signed.signed)
                later = [box for name in signed.signed for box in has.get(name, ())]
                filled = [box for name in signed.filled for box in has.get(name, ())]
                if self._looks_different(before, index, (*later, *filled)):
                    changed.append(index)
                elif filled and self._hides_words(before, index, filled):
                    hidden.append(index)
        return SinceSigned(tuple(changed), tuple(hidden), tuple(sorted(prepared)), is_repaired)

    def _looks_different(self, before: Any, index: int, but: Iterable[BoxMm]) -> bool:
        if index not in self._drawn:
            self._drawn[index] = draw(self._document, index, _COARSE_DPI, self._path)
        now, then = self._drawn[index], draw(before, index, _COARSE_DPI, self._path)
        if now.pixels == then.pixels:
            return False
        boxes = [box.grown_by(_EDGE_MM) for box in but]
        return looks_different(_without(then, boxes), _without(now, boxes))

    def _hides_words(self, before: Any, index: int, under: Iterable[BoxMm]) -> bool:
        """Whether letters that were there when it was signed are not seen under what was filled in."""
        page = letter_text(before, index, self._path, as_read=False)
        lines = [line for line in page.lines if any(box.intersects(line.box_mm) for box in under)]
        if not lines:
            return False
        then = draw(before, index, DPI, self._path)
        now = draw(self._document, index, DPI, self._path)
        return any(hidden_part(line, then, now) is not None for line in lines)


def _chosen(count: int) -> Iterator[int]:
    for index in range(count):
        if min(index, count - 1 - index) < _MOST_PAGES_EACH_END:
            yield index


def _without(picture: RenderedPage, boxes: Iterable[BoxMm]) -> RenderedPage:
    """The picture with these parts painted over."""
    pixels = bytearray(picture.pixels)
    per_mm = _COARSE_DPI / 72 * POINTS_PER_MM
    for box in boxes:
        left = max(0, int(box.left_mm * per_mm))
        right = min(picture.width_px, int(box.right_mm * per_mm) + 1)
        top = max(0, int(box.top_mm * per_mm))
        bottom = min(picture.height_px, int(box.bottom_mm * per_mm) + 1)
        for row in range(top, bottom) if left < right else ():
            start = row * picture.stride_bytes
            pixels[start + 3 * left : start + 3 * right] = bytes(3 * (right - left))
    return replace(picture, pixels=bytes(pixels))
