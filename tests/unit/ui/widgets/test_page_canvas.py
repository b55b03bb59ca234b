"""Facts about boxes on pages: moved by hand and by keys, drawn as they will be signed, said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pdf.geometry import BoxMm
from tests.fakes.pages import a_box, a_drawn_page, a_page, a_picture
from ui.sheets import PageBox, Placing
from ui.theme import LIGHT
from ui.views.base import Look
from ui.widgets.page_canvas import PageCanvas

BOX = BoxMm(50, 100, 90, 120)
CENTRE = (70.0, 110.0)


def pixel(canvas: PageCanvas, right_mm: float, down_mm: float, page_index: int = 0) -> QPointF:
    assert canvas.page_layout is not None
    return canvas.page_layout.to_px(page_index, right_mm, down_mm) - QPointF(canvas.offset())


def send(canvas: PageCanvas, kind: QEvent.Type, at: QPointF) -> None:
    button, held = Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton
    if kind is QEvent.Type.MouseMove:
        button = Qt.MouseButton.NoButton
    if kind is QEvent.Type.MouseButtonRelease:
        held = Qt.MouseButton.NoButton
    place = canvas.viewport().mapToGlobal(at)
    event = QMouseEvent(kind, at, place, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas.viewport(), event)


def grip(canvas: PageCanvas, start: QPointF, *way: QPointF) -> None:
    send(canvas, QEvent.Type.MouseButtonPress, start)
    for at in way:
        send(canvas, QEvent.Type.MouseMove, at)


def drag(canvas: PageCanvas, start: QPointF, by: QPointF) -> None:
    grip(canvas, start, start + by / 2, start + by)
    send(canvas, QEvent.Type.MouseButtonRelease, start + by)


def hover(canvas: PageCanvas, right_mm: float, down_mm: float) -> Qt.CursorShape:
    send(canvas, QEvent.Type.MouseMove, pixel(canvas, right_mm, down_mm))
    return canvas.viewport().cursor().shape()


def moves(canvas: PageCanvas) -> list[tuple[str, int, BoxMm]]:
    told: list[tuple[str, int, BoxMm]] = []
    canvas.box_moved.connect(lambda *move: told.append(move))
    return told


def sides(box: BoxMm) -> tuple[float, float, float, float]:
    return box.left_mm, box.top_mm, box.right_mm, box.bottom_mm


def only(canvas: PageCanvas) -> PageBox:
    (box,) = canvas.boxes.boxes
    return box


def colour_at(canvas: PageCanvas, right_mm: float, down_mm: float) -> str:
    shown = canvas.viewport().grab().toImage()
    return shown.pixelColor(pixel(canvas, right_mm, down_mm).toPoint()).name()


@pytest.fixture
def boxed(canvas: PageCanvas) -> PageCanvas:
    """The canvas with one box that can be moved."""
    canvas.set_boxes([a_box()])
    return canvas


@pytest.mark.parametrize(("zoom", "moved_mm"), [(1.0, 10.0), (0.5, 20.0)])
def test_a_drag_moves_a_box_by_its_millimetres(
    boxed: PageCanvas, zoom: float, moved_mm: float
) -> None:
    boxed.set_zoom(zoom)
    boxed.go_to(0)
    told = moves(boxed)
    drag(boxed, pixel(boxed, *CENTRE), QPointF(40, -40))
    ((key, page_index, box),) = told
    assert (key, page_index) == ("mine", 0)
    assert sides(box) == pytest.approx(sides(BOX.moved_by(moved_mm, -moved_mm)))


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_a_drag_is_the_same_on_a_page_that_is_shown_turned(
    canvas: PageCanvas, rotation_deg: int
) -> None:
    canvas.set_pages([a_page(rotation_deg=rotation_deg, user_unit=2.0)])
    canvas.set_boxes([a_box()])
    told = moves(canvas)
    drag(canvas, pixel(canvas, *CENTRE), QPointF(40, 20))
    assert sides(told[0][2]) == pytest.approx(sides(BOX.moved_by(10, 5)))


def test_a_box_is_shown_where_it_was_dropped(boxed: PageCanvas) -> None:
    drag(boxed, pixel(boxed, *CENTRE), QPointF(40, 0))
    assert sides(only(boxed).box_mm) == pytest.approx(sides(BOX.moved_by(10, 0)))


def test_a_press_that_trembles_moves_nothing(boxed: PageCanvas) -> None:
    told = moves(boxed)
    drag(boxed, pixel(boxed, *CENTRE), QPointF(2, 0))
    assert told == []
    assert boxed.boxes.selected == a_box()


def test_a_box_cannot_be_dragged_off_its_page(boxed: PageCanvas) -> None:
    drag(boxed, pixel(boxed, *CENTRE), QPointF(-2000, 0))
    assert only(boxed).box_mm.left_mm == 0


def test_a_box_may_be_dragged_to_another_page(boxed: PageCanvas) -> None:
    boxed.set_zoom(0.5)
    told = moves(boxed)
    start, target = pixel(boxed, *CENTRE), pixel(boxed, 60, 30, page_index=1)
    drag(boxed, start, target - start)
    ((_, page_index, box),) = told
    assert page_index == 1
    assert sides(box) == pytest.approx((40, 20, 80, 40))


def test_a_box_held_at_the_edge_scrolls_the_pages_on(boxed: PageCanvas, qtbot: QtBot) -> None:
    at = QPointF(400, boxed.viewport().height() + 60)
    grip(boxed, pixel(boxed, *CENTRE), QPointF(400, 500), at)
    qtbot.waitUntil(lambda: only(boxed).page_index == 1)
    send(boxed, QEvent.Type.MouseButtonRelease, at)
    assert boxed.offset().y() > 0


def test_scrolling_takes_the_held_box_along(boxed: PageCanvas) -> None:
    grip(boxed, pixel(boxed, *CENTRE), pixel(boxed, 71, 111), pixel(boxed, *CENTRE))
    boxed.verticalScrollBar().setValue(boxed.verticalScrollBar().value() + 40)
    assert only(boxed).box_mm.top_mm == pytest.approx(110)


def test_escape_puts_a_held_box_back(boxed: PageCanvas) -> None:
    told = moves(boxed)
    start = pixel(boxed, *CENTRE)
    grip(boxed, start, start + QPointF(40, 40))
    assert only(boxed) != a_box()
    QTest.keyClick(boxed, Qt.Key.Key_Escape)
    assert only(boxed) == a_box()
    send(boxed, QEvent.Type.MouseButtonRelease, start + QPointF(40, 40))
    assert told == []


def test_a_box_dropped_near_its_proposed_place_goes_there(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(box_mm=BOX.moved_by(10, 0), snap=BOX)])
    told = moves(canvas)
    drag(canvas, pixel(canvas, 80, 110), QPointF(-45, 6))
    assert told == [("mine", 0, BOX)]


def test_a_box_is_not_drawn_to_a_place_on_another_page(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(box_mm=BOX.moved_by(10, 0), snap=BOX, snap_page_index=2)])
    told = moves(canvas)
    drag(canvas, pixel(canvas, 80, 110), QPointF(-45, 6))
    assert sides(told[0][2]) == pytest.approx(sides(BOX.moved_by(-1.25, 1.5)))


def test_keys_are_not_held_back_by_the_proposed_place(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(snap=BOX)])
    canvas.boxes.select("mine")
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    assert only(canvas).box_mm == BOX.moved_by(0.5, 0)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, (49.5, 100, 89.5, 120)),
        (Qt.Key.Key_Right, (50.5, 100, 90.5, 120)),
        (Qt.Key.Key_Up, (50, 99.5, 90, 119.5)),
        (Qt.Key.Key_Down, (50, 100.5, 90, 120.5)),
    ],
)
def test_an_arrow_key_moves_the_selected_box_half_a_millimetre(
    boxed: PageCanvas, key: Qt.Key, expected: tuple[float, float, float, float]
) -> None:
    told = moves(boxed)
    boxed.boxes.select("mine")
    QTest.keyClick(boxed, key)
    assert sides(told[0][2]) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, (50, 100, 89.5, 120)),
        (Qt.Key.Key_Right, (50, 100, 90.5, 120)),
        (Qt.Key.Key_Up, (50, 100, 90, 119.5)),
        (Qt.Key.Key_Down, (50, 100, 90, 120.5)),
    ],
)
def test_shift_and_an_arrow_key_resize_it_half_a_millimetre(
    boxed: PageCanvas, key: Qt.Key, expected: tuple[float, float, float, float]
) -> None:
    told = moves(boxed)
    boxed.boxes.select("mine")
    QTest.keyClick(boxed, key, Qt.KeyboardModifier.ShiftModifier)
    assert sides(told[0][2]) == expected


def test_a_box_that_keeps_its_size_is_resized_by_no_key(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(is_resizable=False)])
    canvas.boxes.select("mine")
    told = moves(canvas)
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told == []


@pytest.mark.parametrize(
    ("corner", "by", "expected"),
    [
        ((90, 120), (40, 40), (50, 100, 100, 130)),
        ((50, 100), (40, 40), (60, 110, 90, 120)),
        ((90, 110), (40, 40), (50, 100, 100, 120)),
        ((70, 100), (40, -40), (50, 90, 90, 120)),
    ],
)
def test_a_handle_resizes_the_selected_box(
    boxed: PageCanvas,
    corner: tuple[float, float],
    by: tuple[int, int],
    expected: tuple[float, float, float, float],
) -> None:
    boxed.boxes.select("mine")
    drag(boxed, pixel(boxed, *corner), QPointF(*by))
    assert sides(only(boxed).box_mm) == pytest.approx(expected)


def test_no_handle_makes_a_box_smaller_than_five_millimetres(boxed: PageCanvas) -> None:
    boxed.boxes.select("mine")
    drag(boxed, pixel(boxed, 90, 120), QPointF(-1000, -1000))
    assert sides(only(boxed).box_mm) == pytest.approx((50, 100, 55, 105))


def test_a_box_that_keeps_its_size_has_no_handles(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(is_resizable=False)])
    canvas.boxes.select("mine")
    drag(canvas, pixel(canvas, 89.8, 119.8), QPointF(40, 0))
    assert sides(only(canvas).box_mm) == pytest.approx(sides(BOX.moved_by(10, 0)))


def test_a_box_that_cannot_be_moved_stays(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(look="field", is_movable=False)])
    told = moves(canvas)
    drag(canvas, pixel(canvas, *CENTRE), QPointF(40, 0))
    assert (told, canvas.boxes.selected) == ([], None)


def test_a_mark_is_chosen_by_a_click_and_by_keys(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box("LanhDao", look="mark", is_movable=False)])
    chosen: list[str] = []
    canvas.box_chosen.connect(chosen.append)
    drag(canvas, pixel(canvas, *CENTRE), QPointF(40, 0))
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert chosen == ["LanhDao"] * 3


def test_a_click_beside_all_boxes_selects_none(boxed: PageCanvas) -> None:
    boxed.boxes.select("mine")
    drag(boxed, pixel(boxed, 10, 10), QPointF(0, 0))
    assert boxed.boxes.selected is None


def test_of_boxes_over_one_another_the_selected_one_is_taken(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box("below"), a_box("above", box_mm=BOX.moved_by(5, 5))])
    for key in ("above", "below"):
        canvas.boxes.select(key)
        drag(canvas, pixel(canvas, *CENTRE), QPointF(0, 0))
        assert canvas.boxes.selected is not None
        assert canvas.boxes.selected.key == key


def test_new_boxes_while_one_is_held_leave_it_in_the_hand(boxed: PageCanvas) -> None:
    start = pixel(boxed, *CENTRE)
    grip(boxed, start, start + QPointF(40, 0))
    boxed.set_boxes([a_box(preview=a_picture(colour=b"\0\0\0\0"))])
    send(boxed, QEvent.Type.MouseMove, start + QPointF(80, 0))
    assert only(boxed).box_mm.left_mm == pytest.approx(70)


def test_a_box_that_goes_while_it_is_held_is_let_go(boxed: PageCanvas) -> None:
    start = pixel(boxed, *CENTRE)
    grip(boxed, start, start + QPointF(40, 0))
    told = moves(boxed)
    boxed.set_boxes([])
    send(boxed, QEvent.Type.MouseButtonRelease, start)
    assert (told, boxed.boxes.is_gripped) == ([], False)


def test_a_box_of_a_page_that_is_not_there_is_not_shown(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(page_index=7)])
    assert canvas.boxes.boxes == ()


@pytest.mark.parametrize(
    ("at_mm", "shape"),
    [
        (CENTRE, Qt.CursorShape.OpenHandCursor),
        ((50, 100), Qt.CursorShape.SizeFDiagCursor),
        ((90, 100), Qt.CursorShape.SizeBDiagCursor),
        ((90, 110), Qt.CursorShape.SizeHorCursor),
        ((70, 120), Qt.CursorShape.SizeVerCursor),
        ((10, 10), Qt.CursorShape.ArrowCursor),
    ],
)
def test_the_mouse_shows_what_it_can_do(
    boxed: PageCanvas, at_mm: tuple[float, float], shape: Qt.CursorShape
) -> None:
    boxed.boxes.select("mine")
    assert hover(boxed, *at_mm) is shape


def test_the_mouse_shows_that_it_holds_a_box_or_may_choose_one(canvas: PageCanvas) -> None:
    canvas.set_boxes(
        [a_box(), a_box("mark", look="mark", is_movable=False, box_mm=BoxMm(0, 0, 9, 9))]
    )
    assert hover(canvas, 4, 4) is Qt.CursorShape.PointingHandCursor
    grip(canvas, pixel(canvas, *CENTRE))
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.ClosedHandCursor


# placing


def test_a_click_places_the_box_that_waits_for_a_place(canvas: PageCanvas) -> None:
    placed: list[Any] = []
    canvas.place_chosen.connect(lambda *place: placed.append(place))
    canvas.set_placing(Placing("red", 36, 36))
    assert hover(canvas, 100, 80) is Qt.CursorShape.CrossCursor
    drag(canvas, pixel(canvas, 100, 80), QPointF(0, 0))
    ((page_index, box),) = placed
    assert page_index == 0
    assert sides(box) == pytest.approx((82, 62, 118, 98), abs=0.2)
    assert hover(canvas, 100, 80) is Qt.CursorShape.ArrowCursor


def test_a_click_beside_the_pages_places_nothing(canvas: PageCanvas) -> None:
    placed: list[Any] = []
    canvas.place_chosen.connect(lambda *place: placed.append(place))
    canvas.set_placing(Placing("red", 36, 36))
    drag(canvas, pixel(canvas, -5, 80), QPointF(0, 0))
    assert placed == []
    assert canvas.boxes.is_placing


def test_enter_places_it_in_the_middle_of_what_is_seen(canvas: PageCanvas) -> None:
    placed: list[Any] = []
    canvas.place_chosen.connect(lambda *place: placed.append(place))
    canvas.set_placing(Placing("blue", 40, 20))
    canvas.go_to(1)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    ((page_index, box),) = placed
    assert page_index == 1
    assert box.centre_x_mm == pytest.approx(100, abs=0.5)


# keys and screen readers


@pytest.fixture
def neighbours(canvas: PageCanvas, qtbot: QtBot) -> Iterator[tuple[QLineEdit, QLineEdit]]:
    """What is tabbed to before and after the canvas in its window; the first has the focus."""
    window = QWidget()
    before, after = QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for part in (before, canvas, after):
        column.addWidget(part)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    before.setFocus()
    yield before, after
    canvas.setParent(None)


def test_tab_goes_from_the_pages_to_each_box_and_on(
    canvas: PageCanvas, neighbours: tuple[QLineEdit, QLineEdit]
) -> None:
    canvas.set_boxes(
        [
            a_box("second", 1),
            a_box("field", look="field", is_movable=False),
            a_box("first", 0),
        ]
    )
    before, after = neighbours
    seen: list[str | None] = []
    QTest.keyClick(before, Qt.Key.Key_Tab)
    for _ in range(3):
        assert canvas.hasFocus()
        seen.append(canvas.boxes.selected.key if canvas.boxes.selected else None)
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert seen == [None, "first", "second"]
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.boxes.selected is not None
    assert canvas.boxes.selected.key == "second"


def test_a_box_that_is_tabbed_to_is_scrolled_to(
    canvas: PageCanvas, neighbours: tuple[QLineEdit, QLineEdit]
) -> None:
    canvas.set_boxes([a_box(page_index=2)])
    QTest.keyClick(neighbours[0], Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    rect = canvas.boxes.rect("mine")
    assert rect is not None
    assert canvas.room().contains(rect)


def test_keys_that_scroll_show_a_ring_around_the_pages(
    canvas: PageCanvas, neighbours: tuple[QLineEdit, QLineEdit]
) -> None:
    before, _ = neighbours
    QTest.keyClick(before, Qt.Key.Key_Tab)
    assert canvas.grab().toImage().pixelColor(0, 100).name() == LIGHT.focus
    before.setFocus()
    assert canvas.grab().toImage().pixelColor(0, 100).name() == LIGHT.desk


def test_escape_leaves_the_selected_box(boxed: PageCanvas) -> None:
    boxed.boxes.select("mine")
    QTest.keyClick(boxed, Qt.Key.Key_Escape)
    assert boxed.boxes.selected is None


def test_a_screen_reader_is_told_the_page(canvas: PageCanvas) -> None:
    assert canvas.accessibleDescription() == "Page 1 of 3"
    canvas.go_to(1)
    assert canvas.accessibleDescription() == "Page 2 of 3"
    canvas.set_pages(())
    assert canvas.accessibleDescription() == ""


def test_a_screen_reader_is_told_where_the_selected_box_lies(boxed: PageCanvas, look: Look) -> None:
    del look  # speaks English
    boxed.boxes.select("mine")
    QTest.keyClick(boxed, Qt.Key.Key_Right)
    said = boxed.accessibleDescription()
    assert "Signature: 50.5 mm from the left, 100.0 mm from the top, 40.0 by 20.0 mm" in said


def test_a_box_is_revealed_and_selected(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(page_index=2)])
    canvas.reveal("mine")
    canvas.reveal("nowhere")
    rect = canvas.boxes.rect("mine")
    assert rect is not None
    assert canvas.room().contains(rect)
    assert canvas.boxes.selected is not None


def test_another_file_has_no_boxes(boxed: PageCanvas) -> None:
    boxed.boxes.select("mine")
    boxed.set_pages([a_page()])
    assert boxed.boxes.boxes == ()
    assert boxed.boxes.selected is None


# what is seen


def test_a_preview_is_seen_through_where_it_is_transparent(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6, b"\xf0\xe0\xd0"))
    canvas.set_boxes([a_box(preview=a_picture(0, 40, 20, b"\0\0\0\0"))])
    assert colour_at(canvas, *CENTRE) == "#f0e0d0"
    canvas.set_boxes([a_box(preview=a_picture(0, 40, 20, b"\x10\x20\x90\xff"))])
    assert colour_at(canvas, *CENTRE) == "#102090"


def test_a_preview_is_covered_by_nothing(canvas: PageCanvas) -> None:
    canvas.set_boxes([a_box(preview=a_picture(0, 40, 20, b"\x10\x20\x90\xff"))])
    canvas.boxes.select("mine")
    hover(canvas, *CENTRE)
    shown = canvas.viewport().grab().toImage()
    corner, size = pixel(canvas, 51.5, 101.5).toPoint(), (148, 68)
    seen = {
        shown.pixelColor(corner + QPoint(x, y)).name()
        for x in range(0, size[0], 3)
        for y in range(0, size[1], 3)
    }
    assert seen == {"#102090"}


def test_a_preview_of_another_shape_is_fitted_not_stretched(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6, b"\xf0\xe0\xd0"))
    canvas.set_boxes([a_box(preview=a_picture(0, 20, 20, b"\x10\x20\x90\xff"))])
    assert colour_at(canvas, *CENTRE) == "#102090"
    assert colour_at(canvas, 55, 110) == "#f0e0d0"


def test_a_proposed_box_is_dashed_until_a_person_takes_it(canvas: PageCanvas) -> None:
    def edge() -> set[str]:
        shown = canvas.viewport().grab().toImage()
        start = pixel(canvas, 50, 105).toPoint()
        return {shown.pixelColor(start + QPoint(0, y)).name() for y in range(40)}

    canvas.set_boxes([a_box(confidence=0.8, is_resizable=False)])
    assert LIGHT.surface in edge()
    canvas.boxes.select("mine")
    assert LIGHT.surface not in edge()


def test_a_box_under_the_mouse_says_its_name_outside(boxed: PageCanvas) -> None:
    above = (54.0, 95.0)
    assert colour_at(boxed, *above) == LIGHT.surface
    hover(boxed, *CENTRE)
    assert colour_at(boxed, *above) != LIGHT.surface
    QApplication.sendEvent(boxed, QEvent(QEvent.Type.Leave))
    assert colour_at(boxed, *above) == LIGHT.surface


def test_a_moved_box_is_painted_anew_where_it_was_and_where_it_is(boxed: PageCanvas) -> None:
    touched: list[QRectF] = []
    boxed.boxes.touched.connect(touched.append)
    before = boxed.boxes.rect("mine")
    drag(boxed, pixel(boxed, *CENTRE), QPointF(0, 160))
    after = boxed.boxes.rect("mine")
    assert before is not None
    assert after is not None
    assert any(rect.contains(before) for rect in touched)
    assert any(rect.contains(after) for rect in touched)
