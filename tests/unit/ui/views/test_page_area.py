"""Facts about the page area: its bar, and that the canvas and the view-model hear of each other."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.workers.records import PagePicture
from pdf.errors import PdfError
from pdf.geometry import BoxMm
from tests.fakes.bridge import FakeBridge
from tests.fakes.pages import a_box, a_drawn_page, some_pages
from tests.fakes.workplace import FakeWorkplace
from ui.theme import DARK, Scheme, Theme
from ui.viewmodels.pages import PagesVm, Placing
from ui.views.base import Look
from ui.views.page_area import PageArea
from ui.widgets.page_layout import ZoomMode


def drawn(_: Path, page_index: int, dpi: float) -> Future[PagePicture]:
    future: Future[PagePicture] = Future()
    future.set_result(a_drawn_page(page_index, dpi).picture)
    return future


def broken(path: Path, page_index: int, _: float) -> Future[PagePicture]:
    future: Future[PagePicture] = Future()
    future.set_exception(PdfError("pdf.render_failed", file=path.name, page=page_index + 1))
    return future


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(page=drawn)


@pytest.fixture
def vm(qapp: QApplication, workplace: FakeWorkplace) -> PagesVm:
    del qapp
    return PagesVm(FakeBridge(workplace))


@pytest.fixture
def area(qtbot: QtBot, look: Look, vm: PagesVm) -> PageArea:
    made = PageArea(look, vm)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def opened(vm: PagesVm, sha256: str = "aa", pages: int = 3) -> None:
    vm.show_file(Path("a.pdf"), sha256, some_pages(pages))


def test_where_nothing_is_open_nothing_can_be_zoomed(area: PageArea) -> None:
    assert not any(button.isEnabled() for button in area.findChildren(QToolButton))
    assert not area.page_number.isVisible()
    assert area.canvas.pages == ()


def test_an_open_file_is_shown_with_its_first_page(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    assert len(area.canvas.pages) == 3
    assert area.zoom_in.isEnabled()
    assert (area.page_number.value(), area.page_number.maximum()) == (1, 3)
    assert area.page_count.text() == "of 3"


def test_the_first_page_is_asked_for_while_the_file_is_shown(
    area: PageArea, vm: PagesVm, workplace: FakeWorkplace
) -> None:
    assert area.isVisible()
    opened(vm)
    path, page_index, _ = workplace.asked("page")[0]
    assert (path, page_index) == (Path("a.pdf"), 0)


def test_that_the_first_page_is_on_the_screen_is_told(
    area: PageArea, vm: PagesVm, qtbot: QtBot
) -> None:
    assert area.isVisible()
    with qtbot.waitSignal(vm.first_page_shown):
        opened(vm)


def test_the_same_bytes_do_not_scroll_back(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    area.canvas.go_to(2)
    opened(vm)
    assert area.canvas.current_page == 2


def test_another_file_begins_at_its_first_page(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    area.canvas.go_to(2)
    opened(vm, "bb", 5)
    assert area.canvas.current_page == 0
    assert area.page_number.maximum() == 5


def test_a_file_that_is_put_away_leaves_no_page(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    vm.show(None)
    assert area.canvas.pages == ()
    assert not area.zoom_in.isEnabled()


def test_a_page_number_goes_to_its_page_and_follows_the_scrolling(
    area: PageArea, vm: PagesVm
) -> None:
    opened(vm)
    area.page_number.setValue(3)
    assert area.canvas.current_page == 2
    area.canvas.go_to(1)
    assert area.page_number.value() == 2


def test_zoom_buttons_zoom_and_say_how_far(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    area.real_size.click()
    assert (area.canvas.zoom, area.zoom_value.text()) == (1.0, "100 %")
    area.zoom_in.click()
    assert area.zoom_value.text() == "110 %"
    area.zoom_out.click()
    area.zoom_out.click()
    assert area.zoom_value.text() == "90 %"


def test_the_bar_shows_what_the_zoom_follows(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    assert area.fit_width.isChecked()
    area.fit_page.click()
    assert (area.fit_width.isChecked(), area.fit_page.isChecked()) == (False, True)
    assert area.canvas.mode is ZoomMode.FIT_PAGE
    area.real_size.click()
    assert (area.fit_page.isChecked(), area.real_size.isChecked()) == (False, True)
    area.real_size.click()
    assert area.real_size.isChecked()


def test_a_zoom_is_chosen_from_a_list(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    two_hundred = next(
        action for action in area.zoom_value.menu().actions() if action.text() == "200 %"
    )
    two_hundred.trigger()
    assert area.canvas.zoom == 2.0


@pytest.mark.parametrize(
    ("key", "zoom"),
    [(Qt.Key.Key_Plus, 1.1), (Qt.Key.Key_Equal, 1.1), (Qt.Key.Key_Minus, 0.9), (Qt.Key.Key_0, 1.0)],
)
def test_keys_zoom(area: PageArea, vm: PagesVm, qtbot: QtBot, key: Qt.Key, zoom: float) -> None:
    opened(vm)
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    area.canvas.set_zoom(1.001)
    QTest.keyClick(area, key, Qt.KeyboardModifier.ControlModifier)
    assert area.canvas.zoom == pytest.approx(zoom)


def test_boxes_are_shown_with_their_names_in_the_persons_language(
    area: PageArea, vm: PagesVm
) -> None:
    opened(vm)
    vm.set_boxes([a_box(label="kind.seal"), a_box("other", label="")])
    labels = [box.label for box in area.canvas.boxes.boxes]
    assert labels == [area.look.words.label("kind.seal"), ""]
    assert labels[0] != "kind.seal"


def test_a_box_that_a_person_moves_is_told(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    vm.set_boxes([a_box()])
    told: list[tuple[object, ...]] = []
    vm.box_moved.connect(lambda *move: told.append(move))
    area.canvas.boxes.select("mine")
    QTest.keyClick(area.canvas, Qt.Key.Key_Right)
    assert told == [("mine", 0, BoxMm(50.5, 100, 90.5, 120))]
    assert vm.state.boxes[0].box_mm == BoxMm(50.5, 100, 90.5, 120)


def test_a_place_that_a_person_chooses_is_told(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    told: list[tuple[object, ...]] = []
    vm.place_chosen.connect(lambda *place: told.append(place))
    vm.ask_place(Placing("red", 36, 36))
    QTest.keyClick(area.canvas, Qt.Key.Key_Return)
    assert len(told) == 1
    assert not area.canvas.boxes.is_placing


def test_a_mark_that_a_person_chooses_is_told_and_a_revealed_one_selected(
    area: PageArea, vm: PagesVm
) -> None:
    opened(vm)
    vm.set_boxes([a_box("LanhDao", 2, look="mark", is_movable=False)])
    told: list[str] = []
    vm.box_chosen.connect(told.append)
    vm.reveal("LanhDao")
    assert area.canvas.current_page == 2
    QTest.keyClick(area.canvas, Qt.Key.Key_Return)
    assert told == ["LanhDao"]


def test_a_page_that_cannot_be_drawn_says_why_and_is_tried_again(
    area: PageArea, vm: PagesVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["page"] = broken
    opened(vm, pages=1)
    (card,) = area.canvas._failures.values()
    problem = vm.state.problems[0]
    assert card.what.text() == area.look.words.message(problem).what
    workplace.answers["page"] = drawn
    card.action.click()
    assert vm.state.problems == {}
    assert area.canvas._failures == {}


def test_a_page_that_fails_again_says_so_again(
    area: PageArea, vm: PagesVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["page"] = broken
    opened(vm, pages=1)
    (card,) = area.canvas._failures.values()
    card.action.click()
    assert len(area.canvas._failures) == 1
    assert len(workplace.asked("page")) == 2


def test_every_control_has_a_name(area: PageArea) -> None:
    controls = [*area.findChildren(QToolButton), area.page_number, area.canvas]
    assert all(control.accessibleName() for control in controls)
    assert all(control.objectName() for control in controls)


def test_another_language_is_spoken_at_once(area: PageArea, vm: PagesVm) -> None:
    opened(vm)
    vm.set_boxes([a_box(label="kind.seal")])
    area.look.words.choose("vi")
    QApplication.sendEvent(area, QEvent(QEvent.Type.LanguageChange))
    assert area.canvas.boxes.boxes[0].label == area.look.words.label("kind.seal")
    assert area.canvas.boxes.boxes[0].label == "Con dấu của cơ quan"


def test_a_dark_desk_and_white_paper(area: PageArea, vm: PagesVm, theme: Theme) -> None:
    opened(vm)
    theme.choose(Scheme.DARK)
    try:
        shown = area.canvas.viewport().grab().toImage()
        assert shown.pixelColor(2, 2).name() == DARK.desk
        assert shown.pixelColor(400, 100).name() == "#102030"
    finally:
        theme.choose(Scheme.LIGHT)
