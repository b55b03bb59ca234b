"""Facts about the seam between the window's thread and the lanes."""

from __future__ import annotations

import threading
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.workplace.workplace import Workplace
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import THREADS, Bridge, Lane


@pytest.fixture
def bridge(qapp: QCoreApplication) -> Bridge:
    del qapp
    return Bridge(lambda: cast("Workplace", FakeWorkplace()))


def ignore(_: object) -> None:
    return


def test_what_is_posted_is_called_in_the_windows_thread(bridge: Bridge, qtbot: QtBot) -> None:
    called: list[threading.Thread] = []
    threading.Thread(
        target=bridge.post, args=(lambda: called.append(threading.current_thread()),)
    ).start()
    qtbot.waitUntil(lambda: called == [threading.current_thread()])


@pytest.mark.parametrize("is_before", [True, False])
def test_a_window_that_is_gone_is_called_no_more(
    bridge: Bridge, qapp: QCoreApplication, is_before: bool
) -> None:
    called: list[int] = []
    if is_before:
        bridge.post(lambda: called.append(1))
    bridge.stop()
    if not is_before:
        bridge.post(lambda: called.append(1))
    qapp.processEvents()
    assert called == []


def test_what_lies_on_this_machine_waits_for_no_silent_server(bridge: Bridge, qtbot: QtBot) -> None:
    silent = threading.Event()
    try:
        for _ in range(THREADS[Lane.DESK]):
            bridge.ask(lambda _: silent.wait(), ignore, ignore)
        answered: list[int] = []
        bridge.ask(lambda _: 1, answered.append, ignore, Lane.LOCAL)
        qtbot.waitUntil(lambda: answered == [1])
    finally:
        silent.set()
