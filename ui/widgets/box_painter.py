"""Draws boxes on pages: what will stand in them untouched, a thin outline, handles, a chip with their name outside.

Paper is white in every scheme, so the colours on it are always the light scheme's.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from app.workers.records import PagePicture
from ui.sheets import BoxLook, PageBox
from ui.theme import LIGHT, S_PX, TYPE_SCALE, XS_PX
from ui.widgets.box_moves import HANDLES, Side

HANDLE_PX = 8
REACH_PX = 7
"""How far from a handle's middle a hand still takes it."""
CHIP_REACH_PX = 40
"""How far above and below its box a chip may reach."""
_COLOURS: dict[BoxLook, str] = {
    "blue": LIGHT.blue,
    "red": LIGHT.red,
    "field": LIGHT.muted,
    "mark": LIGHT.accent,
}


def as_image(picture: PagePicture) -> QImage:
    """Return a picture as Qt draws it. No copy is made: the picture must live as long as the image."""
    kind = (
        QImage.Format.Format_RGBA8888_Premultiplied
        if picture.has_alpha
        else QImage.Format.Format_RGB888
    )
    return QImage(picture.pixels, picture.width_px, picture.height_px, picture.stride_bytes, kind)


def handle_places(rect: QRectF) -> dict[Side, QPointF]:
    """Return the middles of a box's handles, corners first."""
    across = {Side.LEFT: rect.left(), Side.RIGHT: rect.right()}
    down = {Side.TOP: rect.top(), Side.BOTTOM: rect.bottom()}
    centre = rect.center()
    return {
        handle: QPointF(
            next((x for side, x in across.items() if side in handle), centre.x()),
            next((y for side, y in down.items() if side in handle), centre.y()),
        )
        for handle in HANDLES
    }


def draw_box(
    painter: QPainter, rect: QRectF, box: PageBox, *, is_selected: bool, is_lit: bool
) -> None:
    """Draw a box; one that is lit is under the mouse or in a hand, and says its name."""
    if box.preview is not None:
        _draw_preview(painter, rect, box.preview)
    colour = QColor(_COLOURS[box.look])
    pen = QPen(colour, 2.0 if is_selected or is_lit else 1.0)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if box.look == "field":
        pen.setStyle(Qt.PenStyle.DotLine)
    elif box.confidence < 1 and not is_selected:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawRect(rect)
    if is_selected and box.is_movable:
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(LIGHT.surface))
        for place in handle_places(rect).values() if box.is_resizable else ():
            painter.drawRect(_around(place, HANDLE_PX))
    elif is_selected:
        painter.setPen(QPen(QColor(LIGHT.focus), 2.0))
        painter.drawRect(rect.adjusted(-4, -4, 4, 4))


def draw_chip(painter: QPainter, rect: QRectF, box: PageBox, page: QRectF) -> None:
    """Write a box's name outside it: above, or below where the page ends."""
    text = " · ".join(part for part in (box.label, box.name) if part)
    if not text:
        return
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * TYPE_SCALE["caption"])
    painter.save()
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    chip = QRectF(
        QPointF(),
        QSizeF(metrics.horizontalAdvance(text) + 2 * S_PX, metrics.height() + XS_PX),
    )
    gap_px = HANDLE_PX
    above_px = rect.top() - gap_px - chip.height()
    chip.moveTop(above_px if above_px >= page.top() else rect.bottom() + gap_px)
    chip.moveLeft(max(page.left(), min(rect.left(), page.right() - chip.width())))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_COLOURS[box.look]))
    painter.drawRoundedRect(chip, XS_PX, XS_PX)
    painter.setPen(QColor(LIGHT.surface))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def _draw_preview(painter: QPainter, rect: QRectF, preview: PagePicture) -> None:
    """Draw what will stand in the box; while it is of another shape, as an image would be fitted into it."""
    size = QSizeF(preview.width_px, preview.height_px)
    if abs(size.width() * rect.height() - size.height() * rect.width()) > 0.03 * (
        size.width() * rect.height()
    ):
        size.scale(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
    else:
        size = rect.size()
    place = QRectF(QPointF(), size)
    place.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, as_image(preview))
    painter.restore()


def _around(place: QPointF, side_px: float) -> QRectF:
    half_px = side_px / 2
    return QRectF(place.x() - half_px, place.y() - half_px, side_px, side_px)
