"""Says where two revisions of a document look different.

A later revision may change what a page shows and still count as harmless form filling for a
signature engine: so the pictures themselves are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pdf.document import open_document, page_geometry, reading
from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.render import RenderedPage, draw

_DPI = 72.0
_PIXELS_PER_MM = _DPI / 72 * POINTS_PER_MM
_CELL_PX = 6
_CELL_BYTES = _CELL_PX * 3
_NOTICEABLE = 24
_MOST_PAGES = 1000
_MOST_REGIONS = 100

ChangeKind = Literal["changed", "page_added", "page_removed", "page_resized"]
_Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VisibleChange:
    """A part of a page that looks different.

    `box_mm` is of the page after, or of the page before where that page is gone.
    """

    page_index: int
    box_mm: BoxMm
    kind: ChangeKind = "changed"


def compare(before_path: Path, after_path: Path) -> tuple[VisibleChange, ...]:
    """Compare two files page by page, as pictures at 72 dpi, up to 1,000 pages.

    Raises:
        PdfError: as `pdf.render.render_page`.
    """
    changes: list[VisibleChange] = []
    with open_document(before_path) as before, open_document(after_path) as after:
        shared = min(len(before), len(after), _MOST_PAGES)
        for index in range(shared):
            changes.extend(_page_changes(before, after, index, (before_path, after_path)))
        longer, path = (before, before_path) if len(before) > len(after) else (after, after_path)
        kind: ChangeKind = "page_removed" if longer is before else "page_added"
        for index in range(shared, min(len(longer), _MOST_PAGES)):
            with reading(path):
                whole = page_geometry(longer, index).box_mm
            changes.append(VisibleChange(index, whole, kind))
    return tuple(changes)


def looks_different(before: RenderedPage, after: RenderedPage) -> bool:
    """Say whether an eye sees a difference between two pictures at 72 dpi."""
    if (before.width_px, before.height_px) != (after.width_px, after.height_px):
        return True
    return before.pixels != after.pixels and bool(_different_cells(before, after))


def _page_changes(
    before: Any, after: Any, index: int, paths: tuple[Path, Path]
) -> list[VisibleChange]:
    old = draw(before, index, _DPI, paths[0])
    new = draw(after, index, _DPI, paths[1])
    if (old.width_px, old.height_px) != (new.width_px, new.height_px):
        with reading(paths[1]):
            whole = page_geometry(after, index).box_mm
        return [VisibleChange(index, whole, "page_resized")]
    if old.pixels == new.pixels:
        return []
    regions = _regions(_different_cells(old, new))
    if len(regions) > _MOST_REGIONS:
        regions = [set(chain.from_iterable(regions))]
    return [VisibleChange(index, _box(region, new)) for region in regions]


def _different_cells(old: RenderedPage, new: RenderedPage) -> set[_Cell]:
    """Cells (row, column) in which any colour differs by more than an eye forgives."""
    cells: set[_Cell] = set()
    for y in range(new.height_px):
        start = y * new.stride_bytes
        end = start + 3 * new.width_px
        if old.pixels[start:end] == new.pixels[start:end]:
            continue
        for offset in range(start, end, _CELL_BYTES):
            stop = min(offset + _CELL_BYTES, end)
            one, other = old.pixels[offset:stop], new.pixels[offset:stop]
            if one != other and _differ(one, other):
                cells.add((y // _CELL_PX, (offset - start) // _CELL_BYTES))
    return cells


def _differ(one: bytes, other: bytes) -> bool:
    return any(abs(a - b) > _NOTICEABLE for a, b in zip(one, other, strict=True))


def _regions(cells: set[_Cell]) -> list[set[_Cell]]:
    """Group cells that touch, or nearly do, from top to bottom."""
    regions: list[set[_Cell]] = []
    left = set(cells)
    for seed in sorted(cells):
        if seed not in left:
            continue
        left.remove(seed)
        region, waiting = {seed}, [seed]
        while waiting:
            row, column = waiting.pop()
            near = {(row + y, column + x) for y in (-1, 0, 1) for x in (-2, -1, 0, 1, 2)} & left
            left -= near
            region |= near
            waiting.extend(near)
        regions.append(region)
    return regions


def _box(region: set[_Cell], page: RenderedPage) -> BoxMm:
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    cell_mm = _CELL_PX / _PIXELS_PER_MM
    return BoxMm(
        min(columns) * cell_mm,
        min(rows) * cell_mm,
        min((max(columns) + 1) * cell_mm, page.width_px / _PIXELS_PER_MM),
        min((max(rows) + 1) * cell_mm, page.height_px / _PIXELS_PER_MM),
    )
