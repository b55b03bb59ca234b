"""Facts about the way in."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.errors import AppError
from tests.fakes.bridge import FakeBridge
from tests.fakes.tasks import LEADING
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.account import AccountPhase, AccountVm
from ui.views.base import Look
from ui.views.sign_in import SignInView

URL, CODE = "https://vanban.example/device", "WDJB-MJHT"


class Door:
    """The way in, with errands that wait."""

    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.workplace = FakeWorkplace(sign_in=LEADING, sign_in_with_code=LEADING)
        self.workplace.errors["restore"] = AppError("server.sign_in_again")
        self.bridge = FakeBridge(self.workplace, is_held=True)
        self.vm = AccountVm(self.bridge, "https://vanban.example", lambda _: True)
        self.view = SignInView(self.vm, look)
        qtbot.addWidget(self.view)
        self.view.resize(900, 700)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.vm.start(None)
        self.bridge.run()

    def fail(self, name: str, code: str) -> None:
        self.workplace.errors[name] = AppError(code, server="s")


@pytest.fixture
def door(look: Look, qtbot: QtBot) -> Door:
    return Door(look, qtbot)


def test_it_names_the_server_and_offers_both_ways(door: Door) -> None:
    assert door.view.server.text() == "https://vanban.example"
    assert door.view.browser.isVisible()
    assert door.view.by_code.isVisible()


def test_the_keyboard_stands_on_the_plain_way_in(door: Door, qtbot: QtBot) -> None:
    door.view.activateWindow()
    qtbot.waitUntil(door.view.browser.hasFocus)


def test_one_click_waits_for_the_browser(door: Door) -> None:
    door.view.browser.click()
    assert door.vm.state.phase is AccountPhase.WAITING_BROWSER
    assert door.view.title.text() == "Go on in your browser"
    assert door.view.browser.isHidden()
    assert door.view.cancel.isVisible()


def test_waiting_can_be_cancelled(door: Door) -> None:
    door.view.browser.click()
    door.view.cancel.click()
    assert door.view.browser.isVisible()
    assert door.view.notice.isHidden()


def test_the_code_is_shown_large_and_can_be_copied(door: Door) -> None:
    shown: list[tuple[str, str]] = []

    def wait(show: object) -> None:
        assert callable(show)
        show(URL, CODE)
        shown.append((door.view.url.text.text(), door.view.code.text.text()))
        door.view.code.copy.click()

    door.workplace.answers["sign_in_with_code"] = wait
    door.bridge.is_held = False
    door.view.by_code.click()
    assert shown == [(URL, CODE)]
    assert QGuiApplication.clipboard().text() == CODE


def test_why_it_failed_is_told_and_it_can_be_tried_again(door: Door) -> None:
    door.fail("sign_in", "server.sign_in_denied")
    door.view.browser.click()
    door.bridge.run()
    assert door.view.notice.isVisible()
    assert door.view.browser.isVisible()


def test_offline_the_last_sign_in_can_be_taken_up_again(door: Door) -> None:
    door.fail("restore", "server.unreachable")
    door.vm.start(None)
    door.bridge.run()
    door.view.notice.action.click()
    assert door.vm.state.phase is AccountPhase.LOADING


def test_a_file_can_be_checked_without_signing_in(door: Door, qtbot: QtBot) -> None:
    with qtbot.waitSignal(door.view.file_wanted):
        door.view.open_file.click()


def test_every_control_has_a_name(door: Door) -> None:
    view = door.view
    controls = (
        view.browser,
        view.by_code,
        view.cancel,
        view.open_file,
        view.url.copy,
        view.code.copy,
        view.url.text,
        view.code.text,
    )
    assert all(control.accessibleName() for control in controls)
