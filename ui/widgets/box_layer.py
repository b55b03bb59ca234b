"""The boxes on the pages, and what a hand or a key does to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter

from pdf.geometry import BoxMm, PageGeometry
from ui.sheets import PageBox, Placing
from ui.widgets.box_moves import STEP_MM, Side, put, resized, shifted, snapped
from ui.widgets.box_painter import (
    CHIP_REACH_PX,
    REACH_PX,
    draw_box,
    draw_chip,
    handle_places,
)
from ui.widgets.page_layout import PageLayout

DRAG_PX = 3
"""A hand that presses a box trembles so much and does not move it."""
_ARROWS: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (-STEP_MM, 0.0),
    Qt.Key.Key_Right: (STEP_MM, 0.0),
    Qt.Key.Key_Up: (0.0, -STEP_MM),
    Qt.Key.Key_Down: (0.0, STEP_MM),
}
_TO_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(slots=True)
class _Grip:
    """A box in a hand: as it was, where it was taken, and how it lies now."""

    start: PageBox
    side: Side
    point: QPointF
    now: PageBox
    has_moved: bool = False


class BoxLayer(QObject):
    """Holds the boxes; points are the canvas's, from the upper left corner of all that can be scrolled to.

    Signals:
        moved: a box was moved or resized (key, page index, `BoxMm`).
        chosen: a mark was chosen (key).
        placed: a place was chosen for the box that waits for one (page index, `BoxMm`).
        selection_changed: another box, or the selected one lies elsewhere.
        touched: a part of the canvas looks different (`QRectF`).
    """

    moved = Signal(str, int, object)
    chosen = Signal(str)
    placed = Signal(int, object)
    selection_changed = Signal()
    touched = Signal(QRectF)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.pages: tuple[PageGeometry, ...] = ()
        self.layout: PageLayout | None = None
        self._boxes: tuple[PageBox, ...] = ()
        self._placing: Placing | None = None
        self._ghost: PageBox | None = None
        self._selected: str | None = None
        self._lit: str | None = None
        self._grip: _Grip | None = None

    @property
    def boxes(self) -> tuple[PageBox, ...]:
        """The boxes as they lie now, one in a hand included."""
        grip = self._grip
        if grip is None:
            return self._boxes
        return tuple(grip.now if box.key == grip.now.key else box for box in self._boxes)

    @property
    def selected(self) -> PageBox | None:
        """The box that keys move."""
        return self._of(self._selected)

    @property
    def is_gripped(self) -> bool:
        """Whether a hand holds a box."""
        return self._grip is not None

    @property
    def is_placing(self) -> bool:
        """Whether a box waits for a place."""
        return self._placing is not None

    def set_boxes(self, boxes: Sequence[PageBox]) -> None:
        """Show these boxes, and no others."""
        if tuple(boxes) == self._boxes:
            return
        self._touch(*self.boxes)
        before = self.selected
        self._boxes = tuple(boxes)
        if self._grip is not None:
            held = next((box for box in self._boxes if box.key == self._grip.now.key), None)
            if held is None or not held.is_movable:
                self._grip = None
        self._touch(*self.boxes)
        if self.selected != before:
            self.selection_changed.emit()

    def set_placing(self, placing: Placing | None) -> None:
        """Let the next click place a box of this size."""
        self._placing = placing
        self._show_ghost(None)

    def select(self, key: str | None) -> None:
        """Give the arrow keys to a box, or to none."""
        if key != self._selected:
            self._touch(self._of(self._selected), self._of(key))
            self._selected = key
            self.selection_changed.emit()

    def select_next(self, *, forward: bool) -> bool:
        """Select the next box that a person can do something with; say whether there is one."""
        keys = [box.key for box in sorted(self._boxes, key=_reading_order) if _is_active(box)]
        at = (
            keys.index(self._selected) if self._selected in keys else (-1 if forward else len(keys))
        )
        at += 1 if forward else -1
        found = 0 <= at < len(keys)
        self.select(keys[at] if found else None)
        return found

    def press(self, point: QPointF) -> bool:
        """Take what lies under a point; say whether anything does."""
        if self._placing is not None:
            self._show_ghost(point)
            return self._place()
        box, side = self._under(point)
        self.select(box.key if box is not None and _is_active(box) else None)
        if box is None or not _is_active(box):
            return False
        if box.is_movable:
            self._grip = _Grip(box, side, point, box)
        else:
            self.chosen.emit(box.key)
        return True

    def move(self, point: QPointF) -> None:
        """Follow the hand."""
        grip = self._grip
        if grip is None:
            self._light(point)
        elif grip.has_moved or (point - grip.point).manhattanLength() > DRAG_PX:
            grip.has_moved = True
            self._touch(grip.now)
            grip.now = self._dragged(grip, point)
            self._touch(grip.now)

    def release(self) -> None:
        """Let go of a box where it is."""
        grip, self._grip = self._grip, None
        if grip is None:
            return
        self._touch(grip.start, grip.now)
        if grip.has_moved and grip.now != grip.start:
            self._put(grip.now)

    def give_up(self) -> bool:
        """Let go of a box where it was taken, or leave the selected one; say whether there was any."""
        grip, self._grip = self._grip, None
        if grip is not None:
            self._touch(grip.start, grip.now)
            return True
        if self._selected is None:
            return False
        self.select(None)
        return True

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._set_lit(None)
        self._show_ghost(None)

    def place_at(self, point: QPointF) -> bool:
        """Place the box that waits for one without a mouse."""
        self._show_ghost(point)
        return self._place()

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key says to the selected box; say whether it said anything."""
        if event.key() == Qt.Key.Key_Escape:
            return self.give_up()
        box = self.selected
        if box is None or self._grip is not None:
            return False
        if not box.is_movable:
            if event.key() in _TO_CHOOSE:
                self.chosen.emit(box.key)
            return event.key() in _TO_CHOOSE
        step = _ARROWS.get(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is None or modifiers not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            return False
        page = self.pages[box.page_index]
        if modifiers == Qt.KeyboardModifier.NoModifier:
            changed = shifted(box.box_mm, *step, page)
        elif box.is_resizable:
            changed = resized(box.box_mm, Side.RIGHT | Side.BOTTOM, *step, page)
        else:
            changed = box.box_mm
        if changed != box.box_mm:
            self._put(replace(box, box_mm=changed))
        return True

    def cursor(self) -> Qt.CursorShape:
        """Return the mouse's shape."""
        if self._placing is not None:
            return Qt.CursorShape.CrossCursor
        if self._grip is not None and self._grip.side is Side.NONE:
            return Qt.CursorShape.ClosedHandCursor
        lit = self._of(self._lit)
        if self._grip is not None:
            return _cursor_of(self._grip.side)
        if lit is None or not _is_active(lit):
            return Qt.CursorShape.ArrowCursor
        if not lit.is_movable:
            return Qt.CursorShape.PointingHandCursor
        return _cursor_of(self._lit_side)

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        """Draw the boxes of a part of the canvas."""
        held = self._grip.now.key if self._grip is not None else None
        with_ghost = (*self.boxes, *([self._ghost] if self._ghost is not None else []))
        seen = [box for box in with_ghost if self._reach(box).intersects(exposed)]
        for box in seen:
            is_lit = box.key in (self._lit, held) or box is self._ghost
            is_selected = box.key == self._selected and box is not self._ghost
            draw_box(painter, self._rect(box), box, is_selected=is_selected, is_lit=is_lit)
        for box in seen:
            if box.key in (self._lit, held, self._selected) or box is self._ghost:
                assert self.layout is not None
                page = QRectF(self.layout.places[box.page_index])
                draw_chip(painter, self._rect(box), box, page)

    def rect(self, key: str) -> QRectF | None:
        """Return where a box lies."""
        box = self._of(key)
        return None if box is None else self._rect(box)

    _lit_side = Side.NONE

    def _of(self, key: str | None) -> PageBox | None:
        return next((box for box in self.boxes if box.key == key), None)

    def _rect(self, box: PageBox) -> QRectF:
        if self.layout is None or box.page_index >= len(self.pages):
            return QRectF()
        return self.layout.box(box.page_index, box.box_mm)

    def _reach(self, box: PageBox) -> QRectF:
        """Return all that a box may paint on: its chip may be as wide as the canvas."""
        rect = self._rect(box)
        wide_px = (
            self.layout.places[box.page_index].width() if not rect.isNull() and self.layout else 0
        )
        return rect.adjusted(-wide_px, -CHIP_REACH_PX, wide_px, CHIP_REACH_PX)

    def _touch(self, *boxes: PageBox | None) -> None:
        for box in boxes:
            if box is not None:
                self.touched.emit(self._reach(box))

    def _put(self, changed: PageBox) -> None:
        self._touch(self._of(changed.key), changed)
        self._boxes = tuple(changed if box.key == changed.key else box for box in self._boxes)
        self.moved.emit(changed.key, changed.page_index, changed.box_mm)
        self.selection_changed.emit()

    def _under(self, point: QPointF) -> tuple[PageBox | None, Side]:
        """Return the box under a point and the sides that would move; the selected one lies on top."""
        selected = self.selected
        if selected is not None and selected.is_movable and selected.is_resizable:
            for side, place in handle_places(self._rect(selected)).items():
                away = point - place
                if max(abs(away.x()), abs(away.y())) <= REACH_PX:
                    return selected, side
        on_top = sorted(
            self.boxes, key=lambda box: (box.key != self._selected, not _is_active(box))
        )
        found = (box for box in on_top if self._rect(box).contains(point))
        return next(found, None), Side.NONE

    def _light(self, point: QPointF) -> None:
        if self._placing is not None:
            self._show_ghost(point)
            return
        box, self._lit_side = self._under(point)
        self._set_lit(box.key if box is not None else None)

    def _set_lit(self, key: str | None) -> None:
        if key != self._lit:
            self._touch(self._of(self._lit), self._of(key))
            self._lit = key

    def _dragged(self, grip: _Grip, point: QPointF) -> PageBox:
        layout, start = self.layout, grip.start
        assert layout is not None
        if grip.side is not Side.NONE:
            moved_px = point - grip.point
            right_mm, down_mm = moved_px.x() / layout.px_per_mm, moved_px.y() / layout.px_per_mm
            page = self.pages[start.page_index]
            return replace(start, box_mm=resized(start.box_mm, grip.side, right_mm, down_mm, page))
        corner = self._rect(start).topLeft() + (point - grip.point)
        page_index = layout.nearest_page(point.y())
        page = self.pages[page_index]
        box_mm = put(start.box_mm, *layout.to_mm(page_index, corner), page)
        if start.snap is not None and start.snap_page_index == page_index:
            box_mm = snapped(box_mm, start.snap, page)
        return replace(start, page_index=page_index, box_mm=box_mm)

    def _show_ghost(self, point: QPointF | None) -> None:
        self._touch(self._ghost)
        placing, layout = self._placing, self.layout
        page_index = layout.page_under(point) if layout is not None and point is not None else None
        if placing is None or layout is None or point is None or page_index is None:
            self._ghost = None
            return
        x_mm, y_mm = layout.to_mm(page_index, point)
        around = BoxMm.around(x_mm, y_mm, placing.width_mm, placing.height_mm)
        box_mm = put(around, around.left_mm, around.top_mm, self.pages[page_index])
        self._ghost = PageBox("", page_index, box_mm, placing.look)
        self._touch(self._ghost)

    def _place(self) -> bool:
        ghost = self._ghost
        if ghost is None:
            return False
        self.set_placing(None)
        self.placed.emit(ghost.page_index, ghost.box_mm)
        return True


def _is_active(box: PageBox) -> bool:
    return box.is_movable or box.look == "mark"


def _reading_order(box: PageBox) -> tuple[int, float, float]:
    return box.page_index, box.box_mm.top_mm, box.box_mm.left_mm


def _cursor_of(side: Side) -> Qt.CursorShape:
    if side in (Side.LEFT | Side.TOP, Side.RIGHT | Side.BOTTOM):
        return Qt.CursorShape.SizeFDiagCursor
    if side in (Side.RIGHT | Side.TOP, Side.LEFT | Side.BOTTOM):
        return Qt.CursorShape.SizeBDiagCursor
    if side in (Side.LEFT, Side.RIGHT):
        return Qt.CursorShape.SizeHorCursor
    if side in (Side.TOP, Side.BOTTOM):
        return Qt.CursorShape.SizeVerCursor
    return Qt.CursorShape.OpenHandCursor
