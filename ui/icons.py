"""The program's icons: SVG of 24 × 24 with `currentColor`, drawn for it, tinted with the theme."""

from __future__ import annotations

from functools import cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_PIXELS = (16, 24, 32, 48, 64)


@cache
def icon(name: str, colour: str) -> QIcon:
    """Return the icon of `resources/icons/<name>.svg` in a colour (#rrggbb)."""
    drawn = QIcon()
    for size_px in _PIXELS:
        drawn.addPixmap(picture(name, colour, size_px))
    return drawn


def picture(name: str, colour: str, size_px: int) -> QPixmap:
    """Draw an icon as a picture of physical pixels."""
    svg = (resources.files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap
