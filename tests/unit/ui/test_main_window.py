"""Facts about the window's frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.workplace.records import Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.workplace import FakeWorkplace
from ui.main_window import QUEUE_PX, MainWindow
from ui.theme import Scheme, Theme
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.queue_view import QueueView
from ui.views.sign_in import SignInView
from ui.views.top_bar import TopBar


@pytest.fixture
def window(look: Look, qtbot: QtBot) -> MainWindow:
    bridge = FakeBridge(FakeWorkplace())
    account = AccountVm(bridge)
    window = MainWindow(
        look,
        top_bar=TopBar(account, TokenVm(bridge), look),
        sign_in=SignInView(account, look),
        queue=QueueView(QueueVm(bridge), look),
        pages=QLabel("page"),
        panels={"one": QLabel("one"), "two": QLabel("two")},
    )
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bare(qapp: QApplication) -> Iterator[Theme]:
    before = qapp.styleSheet()
    qapp.setStyleSheet("")
    yield Theme(qapp, Scheme.LIGHT, is_dressed=False)
    qapp.setStyleSheet(before)


def drop(window: MainWindow, *names: str) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    copy = Qt.DropAction.CopyAction
    left = Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, Qt.KeyboardModifier.NoModifier))


def test_whoever_is_not_signed_in_sees_nothing_but_the_way_in(window: MainWindow) -> None:
    window.show_sign_in()
    window.show()
    assert window.sign_in.isVisible()
    assert not window.queue.isVisible()


def test_the_panel_that_is_asked_for_stands_at_the_right(window: MainWindow) -> None:
    window.show_panel("two")
    window.show()
    shown = window.panel.currentWidget()
    assert isinstance(shown, QLabel)
    assert shown.text() == "two"
    assert window.queue.isVisible()


def test_a_file_is_checked_without_a_queue(window: MainWindow) -> None:
    window.show_panel("one", has_queue=False)
    window.show()
    assert not window.queue.isVisible()
    assert window.pages.isVisible()


def test_a_panel_that_is_made_later_takes_its_place(window: MainWindow) -> None:
    window.show_panel("three")
    late = QLabel("three")
    window.add_panel("three", late)
    assert window.panel.currentWidget() is late


def test_the_page_that_is_made_later_takes_its_column(window: MainWindow) -> None:
    late = QLabel("pages")
    window.set_pages(late)
    assert window.columns.indexOf(late) == 1
    assert window.columns.count() == 3


def test_it_fits_a_small_screen(window: MainWindow, qtbot: QtBot) -> None:
    window.show_panel("one")
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    assert (window.width(), window.height()) == (1280, 720)
    assert window.pages.width() >= 360


def test_more_room_goes_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.show_panel("one")
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    queue, _, panel = window.columns.sizes()
    window.resize(1920, 1080)
    assert (window.columns.sizes()[0], window.columns.sizes()[2]) == (queue, panel)


def test_pdf_files_can_be_dropped_on_it(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.files_dropped) as told:
        drop(window, "/a/One.PDF", "/a/notes.txt", "/a/two.pdf")
    assert told.args == [(Path("/a/One.PDF"), Path("/a/two.pdf"))]


def test_other_files_are_not_taken(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(window.files_dropped):
        drop(window, "/a/notes.txt")


def test_a_fault_of_the_program_is_told_in_place_until_put_away(window: MainWindow) -> None:
    window.show()
    window.show_problem(Problem("bug", {"kind": "KeyError"}))
    assert window.notice.isVisible()
    window.notice.action.click()
    assert not window.notice.isVisible()


def test_closing_is_told(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    with qtbot.waitSignal(window.closing):
        window.close()


def test_while_something_has_to_end_the_window_stays_and_says_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show()
    window.hold(is_held=True)
    with qtbot.assertNotEmitted(window.closing):
        window.close()
    assert window.isVisible()
    assert window.notice.isVisible()


def test_a_window_that_was_to_be_closed_closes_when_that_has_ended(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show()
    window.hold(is_held=True)
    window.close()
    with qtbot.waitSignal(window.closing):
        window.hold(is_held=False)
    assert not window.isVisible()


def test_what_has_ended_closes_no_window(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.hold(is_held=True)
    with qtbot.assertNotEmitted(window.closing, wait=10):
        window.hold(is_held=False)


def test_the_style_sheet_is_put_on_before_anything_is_seen(
    bare: Theme, look: Look, qtbot: QtBot, qapp: QApplication
) -> None:
    look = Look(look.words, bare)
    bridge = FakeBridge(FakeWorkplace())
    account = AccountVm(bridge)
    window = MainWindow(
        look,
        top_bar=TopBar(account, TokenVm(bridge), look),
        sign_in=SignInView(account, look),
        queue=QueueView(QueueVm(bridge), look),
    )
    qtbot.addWidget(window)
    assert qapp.styleSheet() == ""
    window.show()
    assert "QPushButton" in qapp.styleSheet()


def test_after_signing_in_the_queue_has_its_width(window: MainWindow) -> None:
    window.resize(1440, 900)
    window.show_sign_in()
    window.show()
    window.set_pages(QLabel("other page"))
    window.show_panel("one")
    assert window.columns.sizes()[0] == QUEUE_PX
