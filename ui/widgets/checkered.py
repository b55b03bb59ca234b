"""A picture with transparency on a checkered ground, so that one sees where it is clear."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

SQUARE_PX = 8
LIGHT, DARK = QColor(255, 255, 255), QColor(226, 229, 233)
"""White and a grey near it in both themes: paper is white in both."""


class Checkered(QWidget):
    """Draws a PNG as large as there is room, never larger than four of its pixels a point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setMinimumHeight(140)

    def show_file(self, path: Path | None) -> None:
        """Show the picture in a file; nothing with None, or where it is no picture."""
        self._picture = QPixmap() if path is None else QPixmap(str(path))
        self.setVisible(not self._picture.isNull())
        self.update()

    def sizeHint(self) -> QSize:
        """Wish for some room."""
        return QSize(300, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, and the picture in its middle."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), LIGHT)
        for row in range(self.height() // SQUARE_PX + 1):
            for column in range(row % 2, self.width() // SQUARE_PX + 1, 2):
                painter.fillRect(column * SQUARE_PX, row * SQUARE_PX, SQUARE_PX, SQUARE_PX, DARK)
        if self._picture.isNull():
            return
        room = self.rect().adjusted(SQUARE_PX, SQUARE_PX, -SQUARE_PX, -SQUARE_PX)
        size = self._picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        where = QRectF(0, 0, size.width(), size.height())
        where.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(where, self._picture, QRectF(self._picture.rect()))
