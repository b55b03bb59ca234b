"""Facts about one window with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.workplace.trust import TrustDesk
from signing import trust_listing
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, order, token
from tests.fakes.workplace import FakeChecks, FakeWorkplace
from ui.application import Application
from ui.panels import Panel
from ui.viewmodels.checking import CheckingPhase
from ui.viewmodels.shell import ShellVm
from ui.window import Seat, Window


@pytest.fixture
def bridge() -> FakeBridge:
    return FakeBridge(
        FakeWorkplace(tokens=(module(token()),), choose_key=key(), waiting=()), is_held=True
    )


@pytest.fixture
def window(qapp: QApplication, bridge: FakeBridge, qtbot: QtBot) -> Iterator[Window]:
    sheet, name = qapp.styleSheet(), qapp.applicationDisplayName()
    application = Application(lambda: bridge.workplace, language="en")
    application.bridge = bridge
    window = Window(application)
    qtbot.addWidget(window.window)
    window.open(None, ())
    qtbot.waitUntil(lambda: window.shell is not None)
    yield window
    qapp.setApplicationDisplayName(name)
    qapp.setStyleSheet(sheet)


@pytest.fixture
def shell(window: Window) -> ShellVm:
    assert window.shell is not None
    return window.shell


def test_a_window_closed_while_the_token_works_closes_when_that_is_done(
    window: Window, shell: ShellVm, bridge: FakeBridge, qtbot: QtBot
) -> None:
    shell.order(order())
    bridge.run()
    shell.signing.give_pin("48151623")
    window.window.close()
    assert window.window.isVisible()
    with qtbot.waitSignal(window.window.closing):
        bridge.run()
    assert len(bridge.workplace.asked("carry_out")) == 1  # type: ignore[attr-defined]  # the fake's


def test_a_window_closed_while_a_pin_is_waited_for_closes_at_once(
    window: Window, shell: ShellVm, bridge: FakeBridge
) -> None:
    shell.order(order())
    bridge.run()
    window.window.close()
    assert not window.window.isVisible()


def test_the_demos_menu_speaks_the_language_that_is_chosen(
    qapp: QApplication, bridge: FakeBridge, qtbot: QtBot
) -> None:
    sheet = qapp.styleSheet()
    application = Application(lambda: bridge.workplace, language="vi")
    window = Window(application, seats=(Seat("clerk", lambda: None),))
    qtbot.addWidget(window.window)
    menu = window.window.menuBar().actions()[0]
    before = menu.text()
    application.look.words.choose("en")
    qapp.setStyleSheet(sheet)
    assert (before[:3], menu.text()) == ("Mẫu", "Demo: sit down as…")


def test_the_trust_store_is_reached_from_the_bar_and_from_the_doctor(
    window: Window, shell: ShellVm, bridge: FakeBridge, tmp_path: Path
) -> None:
    desk = TrustDesk(Settings(data=tmp_path), trust_listing)
    bridge.workplace.answers["trust"] = desk  # type: ignore[attr-defined]  # the fake's
    assert window.sides is not None
    for way in (window.top_bar.trust.trigger, window.sides.doctor.trust.click):
        shell.lay_aside(None)
        way()
        bridge.run()
        assert shell.state.panel is Panel.TRUST


def checked_in_a_list(window: Window, shell: ShellVm) -> bool:
    assert window.sides is not None
    return shell.state.panel is Panel.CHECKING and window.sides.checking.vm.state.phase is not (
        CheckingPhase.EMPTY
    )


def test_several_files_that_are_dropped_are_checked_in_a_list(
    window: Window, shell: ShellVm, tmp_path: Path
) -> None:
    window.window.files_dropped.emit((tmp_path / "a.pdf", tmp_path / "b.pdf"))
    assert checked_in_a_list(window, shell)


def test_a_folder_that_is_dropped_is_checked_in_a_list(
    window: Window, shell: ShellVm, tmp_path: Path
) -> None:
    window.window.files_dropped.emit((tmp_path,))
    assert checked_in_a_list(window, shell)


def test_one_file_that_is_dropped_is_reviewed_at_once(
    window: Window, shell: ShellVm, tmp_path: Path
) -> None:
    window.window.files_dropped.emit((tmp_path / "a.pdf",))
    assert shell.state.panel is Panel.REVIEW


def test_from_the_list_a_file_is_reviewed_and_the_list_is_there_again(
    window: Window, shell: ShellVm, bridge: FakeBridge, tmp_path: Path
) -> None:
    answers = bridge.workplace.answers  # type: ignore[attr-defined]  # the fake's
    answers["checks"] = FakeChecks({"a.pdf": reviews.issued()})
    answers["review"] = lambda path: reviews.review(reviews.unreadable(), path)
    window.window.files_dropped.emit((tmp_path,))
    bridge.run()
    assert window.sides is not None
    assert window.review is not None
    window.sides.checking.file_chosen.emit(Path("/tmp/a.pdf"))
    bridge.run()
    reviewed = shell.state.panel
    window.review.back_button.click()
    assert (reviewed, shell.state.panel) == (Panel.REVIEW, Panel.CHECKING)
    assert len(window.sides.checking.vm.state.rows) == 1


def test_what_nobody_asks_for_is_not_made(window: Window) -> None:
    made = {child.objectName() for child in window.window.findChildren(QWidget)}
    asides = {"key_files_panel", "doctor_panel", "trust_panel", "checking_panel"}
    assert made & asides == set()


def test_a_panel_that_is_asked_for_speaks_the_language_that_was_chosen_since(
    window: Window, bridge: FakeBridge
) -> None:
    bridge.workplace.answers["key_files"] = ()  # type: ignore[attr-defined]  # the fake's
    words = window._application.look.words
    words.choose("vi")
    window.top_bar.key_files_wanted.emit()
    bridge.run()
    panel = window.window.findChild(QWidget, "key_files_panel")
    assert panel is not None
    said = panel.accessibleName()
    words.choose("en")  # the application speaks what was chosen last
    assert said == "Tệp khóa"
