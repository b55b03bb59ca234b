"""Pages with boxes on them that a person moves by hand or by keys; knows no document and no office."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBasicTimer, QEvent, QPoint, QPointF, QRectF, Qt, QTimerEvent, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QScrollBar, QWidget

from pdf.geometry import PageGeometry
from ui.sheets import PageBox, Placing
from ui.theme import Theme
from ui.widgets.box_layer import BoxLayer
from ui.widgets.page_scroll import RING_PX, PageScroll
from ui.words import number

_EDGE_PX, _EDGE_MS = 24, 16
"""A box that is held this near to the edge scrolls the pages on."""
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class PageCanvas(PageScroll):
    """Shows pages and boxes.

    Signals:
        box_moved: a box was moved or resized (key, page index, `BoxMm`).
        box_chosen: a mark was chosen (key).
        place_chosen: a place was chosen for the box that waits for one (page index, `BoxMm`).
    """

    box_moved = Signal(str, int, object)
    box_chosen = Signal(str)
    place_chosen = Signal(int, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._has_ring = False
        self._mouse = QPointF()
        self._edge_timer = QBasicTimer()
        self.boxes = BoxLayer(self)
        self.boxes.touched.connect(self._touch)
        self.boxes.moved.connect(self.box_moved)
        self.boxes.chosen.connect(self.box_chosen)
        self.boxes.placed.connect(self.place_chosen)
        self.boxes.selection_changed.connect(self._tell_box)
        self.current_page_changed.connect(self._describe)
        self.viewport().setMouseTracking(True)

    def set_pages(self, pages: Sequence[PageGeometry]) -> None:
        """Show another file from its first page, or none; without boxes."""
        self.boxes.set_boxes(())
        self.boxes.select(None)
        super().set_pages(pages)
        self._describe()

    def set_boxes(self, boxes: Sequence[PageBox]) -> None:
        """Show these boxes, and no others."""
        self.boxes.set_boxes([box for box in boxes if box.page_index < len(self.pages)])
        self._point()

    def set_placing(self, placing: Placing | None) -> None:
        """Let the next click on a page, or Enter, place a box of this size."""
        self.boxes.set_placing(placing)
        self._point()

    def reveal(self, key: str) -> None:
        """Scroll to a box and select it."""
        rect = self.boxes.rect(key)
        if rect is not None:
            self.boxes.select(key)
            self.see(rect)

    def retranslate(self) -> None:
        """Say where one is in the person's language."""
        self._describe()

    def laid_out(self) -> None:
        """Boxes lie on pages."""
        self.boxes.pages, self.boxes.layout = self.pages, self.page_layout

    def scrolled(self) -> None:
        """Another box may be under the mouse, or the one in the hand over another page."""
        if self.boxes.is_gripped:
            self.boxes.move(self.to_content(self._mouse))

    def paint_over(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw the boxes."""
        self.boxes.paint(painter, exposed)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a box, choose one, or place one."""
        self._mouse = event.position()
        if event.button() is Qt.MouseButton.LeftButton:
            self.boxes.press(self.to_content(self._mouse))
            self._point()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the box in the hand, or show what lies under the mouse."""
        self._mouse = event.position()
        self.boxes.move(self.to_content(self._mouse))
        if self.boxes.is_gripped and self._past_edge() != QPoint():
            if not self._edge_timer.isActive():
                self._edge_timer.start(_EDGE_MS, self)
        else:
            self._edge_timer.stop()
        self._point()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the box in the hand."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._edge_timer.stop()
            self.boxes.release()
            self._point()

    def timerEvent(self, event: QTimerEvent) -> None:
        """Scroll on while a box is held at the edge."""
        if event.timerId() != self._edge_timer.timerId():
            super().timerEvent(event)
            return
        past = self._past_edge()
        for bar, away_px in (
            (self.horizontalScrollBar(), past.x()),
            (self.verticalScrollBar(), past.y()),
        ):
            bar.setValue(bar.value() + away_px)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing lies under the mouse any more."""
        self.boxes.leave()
        super().leaveEvent(event)

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected box, place one, or scroll."""
        if self.boxes.key(event):
            self._edge_timer.stop()
            self._point()
            box = self.boxes.selected
            if box is not None:
                self.see(self.boxes.rect(box.key) or QRectF())
        elif self.boxes.is_placing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._place_in_the_middle()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            action = (
                QScrollBar.SliderAction.SliderToMinimum
                if event.key() == Qt.Key.Key_Home
                else QScrollBar.SliderAction.SliderToMaximum
            )
            self.verticalScrollBar().triggerAction(action)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001, N802 - Qt's own
        """Go from box to box first."""
        if self.boxes.select_next(forward=next):
            box = self.boxes.selected
            assert box is not None
            self.see(self.boxes.rect(box.key) or QRectF())
            self.update()
            return True
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go: around the pages, or to the last box for one who comes from behind."""
        super().focusInEvent(event)
        self._has_ring = event.reason() in _BY_KEYS
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.boxes.select(None)
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self.boxes.select(None)
            self.boxes.select_next(forward=False)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys go elsewhere."""
        super().focusOutEvent(event)
        self._has_ring = False
        self.update()

    def event(self, event: QEvent) -> bool:
        """Draw the ring around the pages."""
        if event.type() == QEvent.Type.Paint:
            self._draw_ring()
            return True
        return super().event(event)

    def _place_in_the_middle(self) -> None:
        """Place the box that waits for one in the middle of what is seen of the current page."""
        assert self.page_layout is not None
        page = QRectF(self.page_layout.places[self.current_page])
        self.boxes.place_at(page.intersected(self.room()).center())
        self._point()

    def _past_edge(self) -> QPoint:
        """Return how far the mouse is past the edge where a held box scrolls the pages on."""
        inner = self.viewport().rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        x_px, y_px = round(self._mouse.x()), round(self._mouse.y())
        return QPoint(
            x_px - min(max(x_px, inner.left()), inner.right()),
            y_px - min(max(y_px, inner.top()), inner.bottom()),
        )

    def _touch(self, rect: QRectF) -> None:
        self.viewport().update(rect.translated(-QPointF(self.offset())).toAlignedRect())

    def _point(self) -> None:
        self.viewport().setCursor(self.boxes.cursor())

    def _draw_ring(self) -> None:
        colours = self.theme.colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours.desk))
            if self._has_ring and self.boxes.selected is None:
                pen = QPen(QColor(colours.focus), RING_PX)
                pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
                painter.setPen(pen)
                half_px = RING_PX / 2
                around = QRectF(self.viewport().geometry())
                painter.drawRect(around.adjusted(-half_px, -half_px, half_px, half_px))

    # what a screen reader says

    def _tell_box(self) -> None:
        self.update()
        self._describe()
        if self.boxes.selected is not None:
            text = self._box_words(self.boxes.selected)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _describe(self) -> None:
        text = ""
        if self.pages:
            text = self.tr("Page {page} of {pages}").format(
                page=self.current_page + 1, pages=len(self.pages)
            )
        box = self.boxes.selected
        if box is not None:
            text = f"{text}. {self._box_words(box)}"
        self.setAccessibleDescription(text)

    def _box_words(self, box: PageBox) -> str:
        name = " ".join(part for part in (box.label, box.name) if part)
        where = self.tr(
            "{left} mm from the left, {top} mm from the top, {width} by {height} mm, page {page}"
        ).format(
            left=number(box.box_mm.left_mm),
            top=number(box.box_mm.top_mm),
            width=number(box.box_mm.width_mm),
            height=number(box.box_mm.height_mm),
            page=box.page_index + 1,
        )
        return f"{name}: {where}"
