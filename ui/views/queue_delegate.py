"""Draws the queue's rows: what it is over two lines, then what there is to know, each with its icon and its word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import MEDIUM_PX, picture
from ui.theme import L_PX, M_PX, S_PX, TYPE_SCALE, XS_PX, Theme, Tone
from ui.viewmodels.queue_rows import IS_SIGNED, Group, Row, RowStatus
from ui.views.queue_model import ENTRY

STATUS_ICONS = {
    RowStatus.UNREAD: ("document-unread", Tone.INFO),
    RowStatus.READ: ("document-read", Tone.MUTED),
    RowStatus.SIGNED: ("document-signed", Tone.MUTED),
    RowStatus.KEPT: ("document-kept", Tone.WARN),
    RowStatus.ACCEPTED: ("document-sent", Tone.GOOD),
    RowStatus.FAILED: ("document-failed", Tone.BAD),
}
BOX_PX = 18
_PAD_PX = 10
_TEXT_LEFT_PX = M_PX + MEDIUM_PX + M_PX
_ICON_PX = 14
_GAP_PX = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to know of a document: an icon, a word, how it is meant."""

    icon: str
    text: str
    tone: Tone = Tone.MUTED


class Phrases:
    """What a view says of its rows; put into words by `QueueView`, in the person's language."""

    def title(self, row: Row) -> str:
        """Return what a document is: its kind and trích yếu, in one line."""
        raise NotImplementedError

    def parts(self, row: Row) -> Sequence[Part]:
        """Return what there is to know of a document, most important first."""
        raise NotImplementedError

    def heading(self, group: Group) -> Part:
        """Return a group's heading."""
        raise NotImplementedError


class QueueDelegate(QStyledItemDelegate):
    """Draws a row by hand; `selected` is the document that is open."""

    def __init__(self, theme: Theme, phrases: Phrases, font: QFont) -> None:
        super().__init__()
        self._theme = theme
        self._phrases = phrases
        self.selected: str | None = None
        self.use_font(font)

    def use_font(self, font: QFont) -> None:
        """Draw with the system's font from now on."""
        self._body = QFont(font)
        self._strong = QFont(font)
        self._strong.setWeight(QFont.Weight.DemiBold)
        self._caption = QFont(font)
        self._caption.setPointSizeF(font.pointSizeF() * TYPE_SCALE["caption"])
        self._label = QFont(self._caption)
        self._label.setWeight(QFont.Weight.DemiBold)

    @property
    def row_px(self) -> int:
        """How high a document's row is."""
        lines_px = 2 * QFontMetrics(self._strong).lineSpacing()
        return 2 * _PAD_PX + lines_px + XS_PX + QFontMetrics(self._caption).lineSpacing()

    @property
    def heading_px(self) -> int:
        """How high a group's heading is."""
        return QFontMetrics(self._label).lineSpacing() + 2 * S_PX

    def box(self, row: QRect) -> QRect:
        """Return where the check box of a row stands."""
        box = QRect(0, 0, BOX_PX, BOX_PX)
        box.moveCenter(QPoint(row.right() - L_PX - BOX_PX // 2, row.center().y()))
        return box

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a heading or a document."""
        entry = index.data(ENTRY)
        rect, state = QRect(option.rect), option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, Group):
            self._paint_heading(painter, rect, entry)
        elif isinstance(entry, Row):
            self._paint_ground(painter, rect, entry, state)
            self._paint_row(painter, rect, entry)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, group: Group) -> None:
        colours, part = self._theme.colours, self._phrases.heading(group)
        painter.fillRect(rect, QColor(colours.ground))
        line = rect.adjusted(M_PX, 0, -L_PX, 0)
        if part.icon:
            self._icon(painter, line.left() + 3, line.center().y(), part, _ICON_PX)
        painter.setFont(self._label)
        painter.setPen(QColor(colours.tone(part.tone)))
        left = line.adjusted(_TEXT_LEFT_PX - M_PX if part.icon else 0, 0, 0, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(left, middle | Qt.AlignmentFlag.AlignLeft, part.text)
        painter.setPen(QColor(colours.muted))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, str(len(group.rows)))

    def _paint_ground(
        self, painter: QPainter, rect: QRect, row: Row, state: QStyle.StateFlag
    ) -> None:
        colours = self._theme.colours
        is_open = row.task.document_id == self.selected
        if is_open:
            painter.fillRect(rect, QColor(colours.selected))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), colours.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(colours.hover))
        if not is_open:
            painter.fillRect(rect.left() + _TEXT_LEFT_PX, rect.bottom(), 9999, 1, colours.border)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.focus), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), 6, 6)

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row) -> None:
        name, tone = STATUS_ICONS[row.status]
        first_px = QFontMetrics(self._strong).lineSpacing()
        middle_px = rect.top() + _PAD_PX + first_px // 2
        self._icon(painter, rect.left() + M_PX, middle_px, Part(name, "", tone), MEDIUM_PX)
        right_px = L_PX + (BOX_PX + M_PX if row.can_tick else 0)
        text = rect.adjusted(_TEXT_LEFT_PX, _PAD_PX, -right_px, -_PAD_PX)
        self._paint_title(painter, text, row)
        below = QRect(text)
        below.setTop(text.top() + 2 * first_px + XS_PX)
        self._paint_parts(painter, below, self._phrases.parts(row))
        if row.can_tick:
            self._paint_box(painter, self.box(rect), is_ticked=row.is_ticked)

    def _paint_title(self, painter: QPainter, rect: QRect, row: Row) -> None:
        """Draw kind and trích yếu over two lines, the second shortened where they need more."""
        colours = self._theme.colours
        painter.setPen(QColor(colours.muted if row.status in IS_SIGNED else colours.text))
        font = self._strong if row.status is RowStatus.UNREAD else self._body
        metrics = QFontMetrics(font)
        text = self._phrases.title(row)
        layout = QTextLayout(text, font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        cut = line.textLength()
        line.setPosition(QPointF(0, 0))
        layout.endLayout()
        layout.draw(painter, QPointF(rect.topLeft()))
        if rest := text[cut:].strip():
            painter.setFont(font)
            second = QRect(rect.left(), rect.top() + metrics.lineSpacing(), rect.width(), 99)
            shortened = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, rect.width())
            painter.drawText(second, Qt.AlignmentFlag.AlignTop, shortened)

    def _paint_parts(self, painter: QPainter, rect: QRect, parts: Sequence[Part]) -> None:
        metrics = QFontMetrics(self._caption)
        left_px, middle_px = rect.left(), rect.center().y()
        for part in parts:
            room_px = rect.right() - left_px - (_ICON_PX + XS_PX if part.icon else 0)
            if room_px < metrics.horizontalAdvance("mmm") and part is not parts[0]:
                return
            if part.icon:
                self._icon(painter, left_px, middle_px, part, _ICON_PX)
                left_px += _ICON_PX + XS_PX
            painter.setFont(self._caption)
            painter.setPen(QColor(self._theme.colours.tone(part.tone)))
            text = metrics.elidedText(part.text, Qt.TextElideMode.ElideRight, room_px)
            line = QRect(left_px, rect.top(), room_px, rect.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
            left_px += metrics.horizontalAdvance(text) + _GAP_PX

    def _paint_box(self, painter: QPainter, box: QRect, *, is_ticked: bool) -> None:
        colours = self._theme.colours
        painter.setPen(QPen(QColor(colours.accent if is_ticked else colours.edge), 1))
        painter.setBrush(QColor(colours.accent if is_ticked else colours.surface))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if is_ticked:
            pen = QPen(QColor(colours.on_accent), 2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            corner = QPointF(box.topLeft())
            tick = (QPointF(4.5, 9.5), QPointF(7.7, 12.7), QPointF(13.5, 5.8))
            painter.drawPolyline([corner + point for point in tick])

    def _icon(
        self, painter: QPainter, left_px: int, middle_px: int, part: Part, size_px: int
    ) -> None:
        colour = self._theme.colours.tone(part.tone)
        ratio = painter.device().devicePixelRatioF()
        drawn = picture(part.icon, colour, size_px, ratio)
        painter.drawPixmap(left_px, middle_px - size_px // 2, drawn)
