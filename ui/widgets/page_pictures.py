"""The pictures that the canvas has of its pages, each with the resolution it was drawn in."""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from ui.sheets import Drawn
from ui.widgets.box_painter import as_image

_ROUNDING_PX = 2
"""The engine rounds a page's size its own way; a picture that is off by so little is drawn as it is."""


class PagePictures:
    """Holds one picture a page; what is not looked at is let go."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Drawn, QImage]] = {}

    def clear(self) -> None:
        """Let go of all."""
        self._held.clear()

    def keep_only(self, pages: Iterable[int]) -> None:
        """Let go of all other pages."""
        kept = set(pages)
        self._held = {page: held for page, held in self._held.items() if page in kept}

    def is_sharp(self, page_index: int, dpi: float) -> bool:
        """Say whether a page's picture was drawn in this resolution."""
        held = self._held.get(page_index)
        return held is not None and held[0].dpi == dpi

    def take(self, drawn: Drawn, dpi: float) -> bool:
        """Take a picture of a page whose right resolution is `dpi`, unless the present one is better."""
        page_index = drawn.picture.page_index
        held = self._held.get(page_index)
        if held is not None and (held[0] is drawn or abs(held[0].dpi - dpi) < abs(drawn.dpi - dpi)):
            return False
        self._held[page_index] = (drawn, as_image(drawn.picture))
        return True

    def draw(self, painter: QPainter, page_index: int, place: QRect, ratio: float) -> bool:
        """Draw a page's picture into its place; scaled, and quickly so, where it is not of that size.

        Args:
            painter: of the viewport, moved by what is scrolled away.
            page_index: the page.
            place: among all pages, in device-independent pixels.
            ratio: the screen's device pixels for each of them.

        Returns:
            Whether there was a picture.
        """
        held = self._held.get(page_index)
        if held is None:
            return False
        image = held[1]
        painter.save()
        # In device pixels the engine copies rows as they are; told of the ratio, it would scale each pixel.
        painter.scale(1 / ratio, 1 / ratio)
        corner = QPointF(place.topLeft()) * ratio
        corner += _to_whole(painter.deviceTransform().map(corner))
        width_px, height_px = round(place.width() * ratio), round(place.height() * ratio)
        if (
            abs(image.width() - width_px) <= _ROUNDING_PX
            and abs(image.height() - height_px) <= _ROUNDING_PX
        ):
            part = QRectF(0, 0, min(width_px, image.width()), min(height_px, image.height()))
            painter.drawImage(part.translated(corner), image, part)
        else:
            painter.drawImage(QRectF(corner, QSizeF(width_px, height_px)), image)
        painter.restore()
        return True


def _to_whole(point: QPointF) -> QPointF:
    """Return the way to whole pixels, found alike on all sides of the window's edge: old and new parts must meet."""
    return QPointF(floor(point.x() + 0.5), floor(point.y() + 0.5)) - point
