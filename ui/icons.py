"""The program's icons: SVG of 24 x 24 with `currentColor`, drawn for it, tinted with the theme, sharp at every size."""

from __future__ import annotations

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import mix

SMALL_PX, MEDIUM_PX, LARGE_PX = 16, 20, 40
"""Sizes in device-independent pixels: in a line of text, on a button, alone."""
_FADED = 0.45


@cache
def icon(name: str, colour: str, ground: str = "#808080") -> QIcon:
    """Return the icon of `resources/icons/<name>.svg` in a colour (#rrggbb); where disabled, faded into `ground`."""
    return QIcon(_Engine(name, colour, mix(colour, ground, _FADED)))


@cache
def picture(name: str, colour: str, size_px: int, ratio: float = 1.0) -> QPixmap:
    """Draw an icon of `size_px` device-independent pixels for a screen of a device pixel ratio."""
    physical_px = round(size_px * ratio)
    pixmap = QPixmap(physical_px, physical_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer(name, colour).render(painter, QRectF(0, 0, physical_px, physical_px))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@cache
def renderer(name: str, colour: str) -> QSvgRenderer:
    """Return what draws an icon in a colour."""
    svg = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))


class _Engine(QIconEngine):
    """Draws an icon at the very size that is asked for, so that no picture is ever scaled."""

    def __init__(self, name: str, colour: str, faded: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self._faded = faded

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it."""
        del state
        side_px = min(rect.width(), rect.height())
        square = QRectF(0, 0, side_px, side_px)
        square.moveCenter(QRectF(rect).center())
        renderer(self._name, self._of(mode)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return it as a picture of physical pixels."""
        del state
        return picture(self._name, self._of(mode), min(size.width(), size.height()))

    def clone(self) -> QIconEngine:
        """Return another of the same."""
        return _Engine(self._name, self._colour, self._faded)

    def _of(self, mode: QIcon.Mode) -> str:
        return self._faded if mode is QIcon.Mode.Disabled else self._colour
