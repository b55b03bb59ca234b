"""Where pages stand under one another, and how large: millimetres to the canvas's pixels and back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import StrEnum
from math import sqrt

from PySide6.QtCore import QPointF, QRect, QRectF, QSize

from pdf.geometry import BoxMm, PageGeometry

MARGIN_PX = 16
"""Around the pages and between them."""
LEAST_ZOOM, LARGEST_ZOOM = 0.25, 4.0
"""Of a page's real size."""
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
MOST_PIXELS = 24_000_000
"""Of one picture: 72 MB."""
_PLAUSIBLE_DPI = (50.0, 400.0)


class ZoomMode(StrEnum):
    """Whether the zoom follows the window."""

    FIT_WIDTH = "fit_width"
    FIT_PAGE = "fit_page"
    FREE = "free"


def real_px_per_mm(physical_dpi: float, logical_dpi: float) -> float:
    """Return the pixels that measure a millimetre on a screen; one that tells nonsense counts as it is used."""
    lowest, highest = _PLAUSIBLE_DPI
    return (physical_dpi if lowest <= physical_dpi <= highest else logical_dpi) / 25.4


def fitting_zoom(
    pages: Sequence[PageGeometry], mode: ZoomMode, room: QSize, real_px_per_mm: float
) -> float:
    """Return the share of the real size in which the widest page, or the whole of the largest, fits into a room."""
    width_px, height_px = room.width() - 2 * MARGIN_PX, room.height() - 2 * MARGIN_PX
    px_per_mm = width_px / max(page.width_mm for page in pages)
    if mode is ZoomMode.FIT_PAGE:
        px_per_mm = min(px_per_mm, height_px / max(page.height_mm for page in pages))
    return clamped_zoom(px_per_mm / real_px_per_mm)


def clamped_zoom(zoom: float) -> float:
    """Return the nearest zoom that there is."""
    return min(max(zoom, LEAST_ZOOM), LARGEST_ZOOM)


def next_zoom(zoom: float, *, larger: bool) -> float:
    """Return the next step of zoom."""
    if larger:
        return next((step for step in STEPS if step > zoom * 1.01), LARGEST_ZOOM)
    return next((step for step in reversed(STEPS) if step < zoom * 0.99), LEAST_ZOOM)


def picture_dpi(page: PageGeometry, px_per_mm: float) -> float:
    """Return the resolution of a page's picture: as sharp as the screen, and not absurdly large."""
    most_px_per_mm = sqrt(MOST_PIXELS / (page.width_mm * page.height_mm))
    return round(min(px_per_mm, most_px_per_mm) * 25.4, 3)


class PageLayout:
    """The pages at one zoom in a room: under one another, each centred."""

    def __init__(self, pages: Sequence[PageGeometry], px_per_mm: float, room: QSize) -> None:
        self.px_per_mm = px_per_mm
        sizes = [
            QSize(
                max(1, round(page.width_mm * px_per_mm)), max(1, round(page.height_mm * px_per_mm))
            )
            for page in pages
        ]
        widest_px = max((size.width() for size in sizes), default=0)
        height_px = sum(size.height() + MARGIN_PX for size in sizes) + MARGIN_PX
        self.size = QSize(widest_px + 2 * MARGIN_PX, height_px)
        full_px = max(self.size.width(), room.width())
        top_px = MARGIN_PX + max(0, (room.height() - height_px) // 2)
        self.places: list[QRect] = []
        for size in sizes:
            left_px = (full_px - size.width()) // 2
            self.places.append(QRect(left_px, top_px, size.width(), size.height()))
            top_px += size.height() + MARGIN_PX
        self._tops = [place.top() for place in self.places]
        self._bottoms = [place.bottom() for place in self.places]

    def seen(self, top_px: int, bottom_px: int) -> range:
        """Return the pages that show between two heights."""
        return range(bisect_left(self._bottoms, top_px), bisect_right(self._tops, bottom_px))

    def main_page(self, top_px: int, bottom_px: int) -> int:
        """Return the page that shows most between two heights; the first of equals."""
        return max(
            self.seen(top_px, bottom_px),
            key=lambda index: min(bottom_px, self._bottoms[index]) - max(top_px, self._tops[index]),
            default=0,
        )

    def nearest_page(self, y_px: float) -> int:
        """Return the page at a height, or the one nearest to it."""
        below = min(bisect_left(self._bottoms, y_px), len(self.places) - 1)
        if below and y_px - self._bottoms[below - 1] < self._tops[below] - y_px:
            return below - 1
        return below

    def page_under(self, point: QPointF) -> int | None:
        """Return the page under a point."""
        if not self.places:
            return None
        page_index = self.nearest_page(point.y())
        return page_index if QRectF(self.places[page_index]).contains(point) else None

    def to_mm(self, page_index: int, point: QPointF) -> tuple[float, float]:
        """Return where a point lies on a page, in millimetres from its upper left corner; also beyond its edges."""
        place = self.places[page_index]
        return (
            (point.x() - place.left()) / self.px_per_mm,
            (point.y() - place.top()) / self.px_per_mm,
        )

    def to_px(self, page_index: int, right_mm: float, down_mm: float) -> QPointF:
        """Return where a point of a page lies."""
        place = self.places[page_index]
        return QPointF(
            place.left() + right_mm * self.px_per_mm, place.top() + down_mm * self.px_per_mm
        )

    def box(self, page_index: int, box: BoxMm) -> QRectF:
        """Return where a box of a page lies."""
        return QRectF(
            self.to_px(page_index, box.left_mm, box.top_mm),
            self.to_px(page_index, box.right_mm, box.bottom_mm),
        )
