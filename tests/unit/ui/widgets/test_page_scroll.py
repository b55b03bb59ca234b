"""Facts about the pages as they are shown: zoom, scrolling, pictures that come and that are wanted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.messages import Message
from pdf.geometry import BoxMm
from tests.fakes.pages import a_drawn_page, a_page, a_picture, some_pages
from ui.sheets import Drawn, Wish
from ui.theme import LIGHT
from ui.widgets.page_canvas import PageCanvas
from ui.widgets.page_layout import MARGIN_PX, ZoomMode

FAILED = Message("pdf.render_failed", "It cannot be drawn.", "Nothing is lost.", "Try again.")


def wishes(canvas: PageCanvas) -> list[tuple[Wish, ...]]:
    told: list[tuple[Wish, ...]] = []
    canvas.pictures_wanted.connect(told.append)
    return told


def press(canvas: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(canvas, key)


def colour_at(canvas: PageCanvas, right_mm: float, down_mm: float, page_index: int = 0) -> str:
    assert canvas.page_layout is not None
    point = canvas.page_layout.to_px(page_index, right_mm, down_mm) - QPointF(canvas.offset())
    return canvas.viewport().grab().toImage().pixelColor(point.toPoint()).name()


def spin(canvas: PageCanvas, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def mm_at(canvas: PageCanvas, at: QPoint) -> tuple[int, float, float]:
    layout = canvas.page_layout
    assert layout is not None
    point = canvas.to_content(QPointF(at))
    page_index = layout.nearest_page(point.y())
    return page_index, *layout.to_mm(page_index, point)


def test_the_page_that_is_seen_and_its_neighbour_are_wanted(canvas: PageCanvas) -> None:
    told = wishes(canvas)
    canvas.set_pages(some_pages(3))
    assert told == [(Wish(0, 101.6), Wish(1, 101.6))]


def test_a_new_files_first_page_is_wanted_before_anything_is_painted(
    canvas: PageCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = wishes(canvas)
    monkeypatch.setattr(canvas, "paintEvent", lambda _: None)
    canvas.set_pages(some_pages(1))
    assert told[0][0].page_index == 0


def test_the_page_looked_at_is_wanted_before_its_neighbours(canvas: PageCanvas) -> None:
    canvas.set_pages(some_pages(9))
    told = wishes(canvas)
    canvas.go_to(4)
    assert [wish.page_index for wish in told[-1]] == [4, 5, 3]


def test_what_is_here_is_not_wanted_again(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6))
    told = wishes(canvas)
    canvas.go_to(1)
    canvas.go_to(0)
    assert told[-1] == (Wish(1, 101.6),)


def test_a_page_far_away_is_let_go(canvas: PageCanvas) -> None:
    canvas.set_pages(some_pages(9))
    canvas.show_picture(a_drawn_page(0, 101.6))
    canvas.go_to(8)
    told = wishes(canvas)
    canvas.go_to(0)
    assert Wish(0, 101.6) in told[-1]


def test_a_sharper_screen_wants_sharper_pictures(
    canvas: PageCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas, "devicePixelRatioF", lambda: 2.0)
    told = wishes(canvas)
    canvas.lay_out()
    assert told[-1][0] == Wish(0, 203.2)


def test_a_page_that_is_not_there_yet_is_white_paper(canvas: PageCanvas) -> None:
    assert colour_at(canvas, 10, 10) == LIGHT.surface


def test_a_picture_is_painted(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6))
    assert colour_at(canvas, 10, 10) == "#102030"


def test_a_sharp_picture_is_painted_pixel_for_pixel(canvas: PageCanvas) -> None:
    width_px, height_px = 800, 1200
    pixels = bytes(
        value
        for y_px in range(height_px)
        for x_px in range(width_px)
        for value in (x_px % 251, y_px % 241, (x_px + y_px) % 239)
    )
    picture = a_picture(0, width_px, height_px)
    canvas.show_picture(Drawn(type(picture)(0, width_px, height_px, width_px * 3, pixels), 101.6))
    assert canvas.page_layout is not None
    place = canvas.page_layout.places[0].translated(-canvas.offset())
    shown = canvas.viewport().grab().toImage()
    for x_px, y_px in ((0, 0), (1, 0), (317, 211), (799, 500)):
        expected = QColor(x_px % 251, y_px % 241, (x_px + y_px) % 239)
        assert shown.pixelColor(place.left() + x_px, place.top() + y_px) == expected


def test_that_a_picture_is_on_the_screen_is_told(canvas: PageCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.painted):
        canvas.show_picture(a_drawn_page(0, 101.6))


def test_the_former_picture_stays_scaled_until_the_sharp_one_comes(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6))
    canvas.set_zoom(2.0)
    canvas.go_to(0)
    assert colour_at(canvas, 100, 10) == "#102030"
    canvas.show_picture(a_drawn_page(0, 203.2, b"\x40\x50\x60"))
    assert colour_at(canvas, 100, 10) == "#405060"


def test_a_picture_of_a_former_zoom_that_comes_late_is_ignored(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6))
    canvas.show_picture(a_drawn_page(0, 50.0, b"\x40\x50\x60"))
    assert colour_at(canvas, 10, 10) == "#102030"


def test_a_picture_of_a_page_that_is_not_there_is_ignored(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(7, 101.6))
    canvas.set_pages(())
    canvas.show_picture(a_drawn_page(0, 101.6))


def test_another_file_begins_without_pictures_on_its_first_page(canvas: PageCanvas) -> None:
    canvas.show_picture(a_drawn_page(0, 101.6))
    canvas.go_to(2)
    canvas.set_pages(some_pages(2))
    assert canvas.current_page == 0
    assert colour_at(canvas, 10, 10) == LIGHT.surface


def test_real_size_measures_millimetres_on_the_screen(
    canvas: PageCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    screen = SimpleNamespace(physicalDotsPerInch=lambda: 127.0, logicalDotsPerInch=lambda: 96.0)
    monkeypatch.setattr(canvas, "screen", lambda: screen)
    canvas.set_zoom(1.0)
    assert canvas.page_layout is not None
    assert canvas.page_layout.box(0, BoxMm(0, 0, 36, 36)).width() == pytest.approx(36 * 5)


def test_the_width_fits_and_follows_the_window(canvas: PageCanvas) -> None:
    canvas.set_mode(ZoomMode.FIT_WIDTH)
    assert canvas.page_layout is not None
    widths = [canvas.page_layout.places[0].width()]
    assert canvas.horizontalScrollBar().maximum() == 0
    canvas.resize(700, 700)
    widths.append(canvas.page_layout.places[0].width())
    assert widths[0] - widths[1] == 200
    assert canvas.horizontalScrollBar().maximum() == 0


def test_the_whole_page_fits(canvas: PageCanvas) -> None:
    canvas.set_mode(ZoomMode.FIT_PAGE)
    assert canvas.page_layout is not None
    assert canvas.page_layout.places[0].height() <= canvas.viewport().height() - 2 * MARGIN_PX + 1


def test_a_free_zoom_does_not_follow_the_window(canvas: PageCanvas) -> None:
    canvas.resize(500, 500)
    assert canvas.zoom == 1.0


def test_a_resized_window_shows_the_same_place(canvas: PageCanvas) -> None:
    canvas.set_mode(ZoomMode.FIT_WIDTH)
    canvas.go_to(2)
    before = mm_at(canvas, QPoint(300, 0))
    canvas.resize(700, 700)
    after = mm_at(canvas, QPoint(300, 0))
    assert after[0] == before[0]
    assert after[2] == pytest.approx(before[2], abs=0.5)


@pytest.mark.parametrize("notches", [3, -2])
def test_the_wheel_zooms_about_the_mouse(canvas: PageCanvas, notches: int) -> None:
    canvas.go_to(1)
    at = QPoint(350, 300)
    before = mm_at(canvas, at)
    spin(canvas, at, notches)
    after = mm_at(canvas, at)
    assert canvas.zoom == pytest.approx(1.15**notches)
    assert after[0] == before[0]
    assert after[2] == pytest.approx(before[2], abs=0.3)


def test_zooming_in_keeps_the_point_under_the_mouse_in_both_directions(canvas: PageCanvas) -> None:
    canvas.go_to(1)
    canvas.set_zoom(2.0)
    at = QPoint(200, 500)
    before = mm_at(canvas, at)
    spin(canvas, at, 2)
    assert mm_at(canvas, at) == pytest.approx(before, abs=0.2)


def test_zoom_has_ends(canvas: PageCanvas) -> None:
    spin(canvas, QPoint(100, 100), 50)
    assert canvas.zoom == 4.0
    spin(canvas, QPoint(100, 100), -100)
    assert canvas.zoom == 0.25


def test_a_zoom_is_told(canvas: PageCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.zoom_changed):
        canvas.zoom_in()
    assert canvas.zoom == 1.1
    canvas.zoom_out()
    canvas.zoom_out()
    assert canvas.zoom == 0.9


def test_the_page_looked_at_is_told(canvas: PageCanvas) -> None:
    told: list[int] = []
    canvas.current_page_changed.connect(told.append)
    canvas.go_to(1)
    canvas.go_to(2)
    assert told == [1, 2]
    assert canvas.current_page == 2


@pytest.mark.parametrize(
    ("keys", "page_index"),
    [
        ([Qt.Key.Key_End], 2),
        ([Qt.Key.Key_End, Qt.Key.Key_Home], 0),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_PageDown], 1),
        ([Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp], 0),
    ],
)
def test_keys_scroll(canvas: PageCanvas, keys: list[Qt.Key], page_index: int) -> None:
    for key in keys:
        press(canvas, key)
    assert canvas.current_page == page_index


def test_arrow_keys_scroll_a_little(canvas: PageCanvas) -> None:
    press(canvas, Qt.Key.Key_Down)
    assert 0 < canvas.offset().y() < 100


def test_a_page_that_cannot_be_drawn_says_so(canvas: PageCanvas) -> None:
    canvas.show_failure(0, FAILED)
    (card,) = canvas._failures.values()
    assert card.isVisible()
    assert card.what.text() == FAILED.what


def test_a_failed_page_is_not_wanted_until_a_person_says_so(
    canvas: PageCanvas,
) -> None:
    canvas.show_failure(0, FAILED)
    told = wishes(canvas)
    canvas.go_to(1)
    canvas.go_to(0)
    assert all(wish.page_index != 0 for told_wishes in told for wish in told_wishes)
    (card,) = canvas._failures.values()
    press(card.action, Qt.Key.Key_Space)
    assert told[-1][0] == Wish(0, 101.6)
    assert canvas._failures == {}


def test_a_failed_page_is_wanted_as_soon_as_a_person_says_so(canvas: PageCanvas) -> None:
    canvas.show_failure(0, FAILED)
    told = wishes(canvas)
    canvas.retry(0)
    assert [wish.page_index for wish in told[-1]] == [0, 1]


def test_a_failure_stays_on_its_page(canvas: PageCanvas) -> None:
    canvas.show_failure(0, FAILED)
    (card,) = canvas._failures.values()
    before = card.pos()
    canvas.verticalScrollBar().setValue(100)
    assert card.pos() == before - QPoint(0, 100)


def test_the_page_stays_white_and_the_desk_has_the_schemes_colour(canvas: PageCanvas) -> None:
    canvas.set_mode(ZoomMode.FIT_PAGE)
    shown = canvas.viewport().grab().toImage()
    assert shown.pixelColor(2, 2).name() == LIGHT.desk


def test_where_nothing_is_open_a_calm_text_stands(canvas: PageCanvas) -> None:
    canvas.set_empty_text("Nothing is open.")
    canvas.set_pages(())
    shown = canvas.viewport().grab().toImage()
    colours = {shown.pixelColor(x, y).name() for x in range(350, 550) for y in range(300, 420)}
    assert len(colours) > 2


def test_a_part_is_scrolled_to(canvas: PageCanvas) -> None:
    assert canvas.page_layout is not None
    rect = canvas.page_layout.box(2, BoxMm(50, 250, 90, 270))
    canvas.see(rect)
    assert canvas.room().contains(rect)


def test_pages_of_all_shapes_are_shown(canvas: PageCanvas) -> None:
    canvas.set_pages([a_page(0), a_page(1, 841, 1189), a_page(2, 20, 20), a_page(3, 2000, 30)])
    canvas.set_mode(ZoomMode.FIT_WIDTH)
    for page_index in range(4):
        canvas.go_to(page_index)
        canvas.viewport().grab()


def test_a_hidden_part_is_not_painted(canvas: PageCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def draw(_: Any, page_index: int, __: Any) -> bool:
        drawn.append(page_index)
        return False

    monkeypatch.setattr(canvas, "_draw_page", draw)
    canvas.viewport().grab(QRectF(0, 0, 900, 300).toRect())
    assert set(drawn) == {0}
