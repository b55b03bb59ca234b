"""Facts about the queue as it is seen and used: by mouse, by keyboard, by ear."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import DeadlineState, Queue, Secrecy, Urgency
from app.workplace.records import Progress, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.tasks import BOTH, LEADING, task, tasks
from tests.fakes.workplace import FakeWorkplace
from ui.theme import Scheme
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.queue_rows import Group, Row, RowStatus
from ui.views.base import Look
from ui.views.queue_phrases import QueuePhrases
from ui.views.queue_view import QueueView


class Seen:
    """A queue and its view."""

    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.workplace = FakeWorkplace(sync=())
        self.bridge = FakeBridge(self.workplace)
        self.vm = QueueVm(self.bridge, clock=lambda: NOON)
        self.view = QueueView(self.vm, look, clock=lambda: NOON)
        self.list = self.view.list
        qtbot.addWidget(self.view)
        self.view.resize(360, 800)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.vm.show_person(LEADING)

    @property
    def shown(self) -> object:
        return self.view.rooms.currentWidget()

    def at(self, row: int) -> QModelIndex:
        return self.list.model().index(row, 0)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.list, key)

    def click(self, row: int, *, on_box: bool = False) -> None:
        place = self.list.visualRect(self.at(row))
        spot = self.list.itemDelegate().box(place) if on_box else place  # type: ignore[attr-defined]
        left = Qt.MouseButton.LeftButton
        QTest.mouseClick(self.list.viewport(), left, pos=spot.center())


@pytest.fixture
def seen(look: Look, qtbot: QtBot) -> Seen:
    return Seen(look, qtbot)


# rooms


def test_before_anything_is_known_it_says_that_it_is_fetching(seen: Seen) -> None:
    assert seen.view.loading.isVisible()


def test_an_empty_queue_says_so(seen: Seen) -> None:
    seen.vm.sync()
    assert seen.shown is seen.view.nothing
    assert seen.view.nothing.title.text() == "Nothing is waiting"


def test_a_search_without_a_find_says_so(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.vm.search("zzz")
    assert seen.view.nothing.title.text() == "Nothing found"


def test_a_problem_that_hides_the_queue_is_told_with_a_way_out(seen: Seen) -> None:
    seen.workplace.errors["sync"] = AppError("server.unreachable", server="s")
    seen.vm.sync()
    assert seen.view.notice.isVisible()
    seen.workplace.errors.clear()
    seen.view.notice.action.click()
    assert seen.view.notice.isHidden()


def test_offline_what_is_known_is_worked_on_without_an_alarm(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.workplace.errors["sync"] = AppError("server.unreachable", server="s")
    seen.vm.sync()
    assert seen.shown is seen.list
    assert seen.view.notice.isHidden()


# mouse and keyboard


def test_a_click_opens_a_document(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a", "b"))
    seen.click(2)
    assert seen.vm.state.selected == "b"


def test_enter_opens_the_document_under_the_keyboard(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a", "b"))
    seen.list.setCurrentIndex(seen.at(1))
    seen.press(Qt.Key.Key_Down)
    assert seen.vm.state.selected is None
    seen.press(Qt.Key.Key_Return)
    assert seen.vm.state.selected == "b"


def test_space_ticks_and_unticks_a_reviewed_document(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.vm.reviewed("a")
    seen.list.setCurrentIndex(seen.at(1))
    ticked = []
    for _ in range(2):
        seen.press(Qt.Key.Key_Space)
        ticked.append(seen.vm.state.ticked)
    assert ticked == [("a",), ()]


def test_space_on_what_was_not_reviewed_does_nothing(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.list.setCurrentIndex(seen.at(1))
    seen.press(Qt.Key.Key_Space)
    assert seen.vm.state.ticked == ()


def test_a_click_on_its_box_ticks_and_does_not_open(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.vm.reviewed("a")
    seen.click(1, on_box=True)
    assert seen.vm.state.ticked == ("a",)
    assert seen.vm.state.selected is None


def test_where_there_is_no_box_the_same_click_opens(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.click(1, on_box=True)
    assert seen.vm.state.selected == "a"


def test_a_heading_cannot_be_opened(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.click(0)
    assert seen.vm.state.selected is None


def test_the_keyboard_follows_to_the_next_document(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a", "b"))
    seen.vm.select("a")
    seen.vm.select_next()
    assert seen.list.currentIndex().row() == 2


def test_the_keyboard_stays_where_it_is_when_other_documents_come(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a", "b"))
    seen.vm.select("b")
    seen.workplace.answers["sync"] = (task("new", urgency=Urgency.EXPRESS), *tasks("a", "b"))
    seen.vm.sync()
    assert seen.list.currentIndex().row() == 4


def test_f5_asks_the_server(seen: Seen, qtbot: QtBot) -> None:
    seen.view.activateWindow()
    qtbot.waitUntil(seen.view.isActiveWindow)
    seen.press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: seen.workplace.asked("sync") == [()])


def test_typing_searches(seen: Seen) -> None:
    seen.vm.show_tasks([task("a"), task("b", abstract="Báo cáo")])
    search = seen.view.findChild(type(seen.view._top.search), "queue_search")
    assert search is not None
    QTest.keyClicks(search, "bao")
    assert [row.task.document_id for row in seen.vm.state.rows()] == ["b"]


# tabs and footer


def test_one_queue_needs_no_tabs(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    assert seen.view.tabs.isHidden()


def test_each_queue_of_mine_has_a_tab_with_its_count(seen: Seen) -> None:
    seen.vm.show_person(BOTH)
    seen.vm.show_tasks([*tasks("a", "b"), task("c", queue=Queue.TO_INITIAL)])
    tabs = seen.view.tabs
    assert [tabs.tabText(at) for at in range(tabs.count())] == [
        "All  3",
        "To sign  2",
        "To initial  1",
    ]
    tabs.setCurrentIndex(2)
    assert seen.vm.state.shown is Queue.TO_INITIAL


def test_with_nothing_ticked_there_is_no_batch_to_sign(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    assert seen.view.footer.isHidden()


def test_the_batch_says_how_many_it_signs(seen: Seen, qtbot: QtBot) -> None:
    seen.vm.show_tasks(tasks("a", "b"))
    texts = []
    for document_id in ("a", "b"):
        seen.vm.reviewed(document_id)
        seen.vm.tick(document_id, True)
        texts.append(seen.view.footer.sign.text())
    assert texts == ["Sign 1 reviewed document", "Sign 2 reviewed documents"]
    with qtbot.waitSignal(seen.view.sign_ticked):
        seen.view.footer.sign.click()


def test_the_batch_can_be_cleared(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    seen.vm.reviewed("a")
    seen.vm.tick("a", True)
    seen.view.footer.none.click()
    assert seen.vm.state.ticked == ()


# looks


def test_it_speaks_vietnamese_as_soon_as_that_is_chosen(seen: Seen, look: Look) -> None:
    seen.vm.sync()
    look.words.choose("vi")
    QGuiApplication.processEvents()
    assert seen.view.nothing.title.text() == "Không có văn bản nào đang chờ"


def test_each_status_is_drawn_with_a_shape_of_its_own(seen: Seen) -> None:
    seen.vm.show_tasks(tasks("a"))
    pictures = [seen.list.grab().toImage()]
    seen.vm.reviewed("a")
    pictures.append(seen.list.grab().toImage())
    for step in (Step.SENDING, Step.KEPT, Step.DONE, Step.FAILED):
        seen.vm.report(Progress("a", step))
        pictures.append(seen.list.grab().toImage())
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[at + 1 :])


def test_the_dark_scheme_is_drawn_dark(seen: Seen, look: Look) -> None:
    seen.vm.show_tasks(tasks("a"))
    light = seen.list.grab().toImage().pixelColor(200, 300)
    look.theme.choose(Scheme.DARK)
    dark = seen.list.grab().toImage().pixelColor(200, 300)
    look.theme.choose(Scheme.LIGHT)
    assert dark.lightness() < 80 < light.lightness()


def test_every_control_has_a_name(seen: Seen) -> None:
    top, footer = seen.view._top, seen.view.footer
    controls = (seen.list, seen.view.tabs, top.search, top.refresh, footer.sign, footer.none)
    assert all(control.accessibleName() for control in controls)


# words


@pytest.fixture
def phrases(look: Look) -> QueuePhrases:
    return QueuePhrases(look.words, lambda: NOON)


@pytest.mark.parametrize(
    ("changes", "icon", "text"),
    [
        ({"secrecy": Secrecy.CONFIDENTIAL}, "lock", "SECRET: paper only"),
        ({"paper_only": True}, "document", "On paper only"),
        ({"returned": True}, "return", "Returned"),
        ({"attachments": 3}, "attachment", "3"),
        ({"deadline": NOON + timedelta(hours=2)}, "clock", "Today, 14:00"),
        ({"deadline": NOON + timedelta(hours=13)}, "clock", "Tomorrow, 01:00"),
        ({"deadline": NOON + timedelta(days=5)}, "clock", "27/11/2026, 12:00"),
        ({"deadline": NOON - timedelta(hours=2)}, "warning", "Overdue since 22/11/2026 10:00"),
        ({"dossier_code": "H99-7"}, "inbox", "Dossier H99-7"),
        (
            {"dossier_code": "H99-7", "deadline_state": DeadlineState.OVERDUE},
            "inbox",
            "Dossier H99-7: overdue",
        ),
    ],
)
def test_what_there_is_to_know_has_an_icon_and_a_word(
    phrases: QueuePhrases, changes: dict[str, Any], icon: str, text: str
) -> None:
    (part,) = phrases.parts(Row(task(**changes)))
    assert (part.icon, part.text) == (icon, text)


def test_a_row_is_read_aloud_with_all_that_is_seen(phrases: QueuePhrases) -> None:
    row = Row(
        task(urgency=Urgency.EXPRESS, attachments=2, returned=True, deadline=NOON),
        RowStatus.READ,
        is_ticked=True,
        can_tick=True,
    )
    told = phrases.told(row)
    for said in (
        "Công văn: Về việc kiểm tra",
        "Read",
        "Express",
        "Returned",
        "Today",
        "2 attachments",
        "Ticked for signing",
    ):
        assert said in told


def test_a_heading_is_read_aloud_with_its_count(phrases: QueuePhrases) -> None:
    rows = (Row(task("a")), Row(task("b")))
    assert phrases.told(Group(Urgency.URGENT, rows)) == "URGENT (2)"


def test_a_text_that_would_steer_the_eye_is_only_read(phrases: QueuePhrases) -> None:
    row = Row(replace(task(), abstract="A\u202eB\nC"))
    assert phrases.title(row) == "Công văn: AB C"
