"""Facts about the program's Qt application: what nobody expected is told, and ends nothing."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.workplace.records import Problem
from tests.fakes.workplace import FakeWorkplace
from ui.application import Application


@pytest.fixture
def application(qapp: QApplication) -> Iterator[Application]:
    sheet, name = qapp.styleSheet(), qapp.applicationDisplayName()
    yield Application(FakeWorkplace, language="en")  # type: ignore[arg-type]
    qapp.setApplicationDisplayName(name)
    qapp.setStyleSheet(sheet)


def run(application: Application, work: Callable[[], object]) -> list[Problem]:
    """Run until something failed; say what was told."""
    told: list[Problem] = []
    application.failed.connect(told.append)
    application.failed.connect(lambda _: application.qt.quit())
    QTimer.singleShot(0, work)
    assert application.run() == 0
    return told


def test_it_has_a_name_and_an_icon(application: Application) -> None:
    assert application.qt.applicationName() == "trinhky"
    assert not application.qt.windowIcon().isNull()


def test_what_nobody_expected_is_logged_and_told_in_words_to_come(
    application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise KeyError("secret")

    told = run(application, fail)
    assert told == [Problem("bug", {"kind": "KeyError"})]
    assert [record.msg for record in caplog.records] == ["program.bug"]


def test_a_fault_in_another_thread_is_told_too(application: Application) -> None:
    def fail() -> None:
        threading.Thread(target={}.__getitem__, args=("x",)).start()

    assert run(application, fail) == [Problem("bug", {"kind": "KeyError"})]


def test_who_stops_it_at_the_terminal_is_not_told_of_a_fault(application: Application) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    told: list[Problem] = []
    application.failed.connect(told.append)
    QTimer.singleShot(0, stop)
    assert application.run() == 0
    assert told == []


def test_afterwards_faults_go_where_they_went_before(application: Application) -> None:
    before = sys.excepthook
    QTimer.singleShot(0, application.qt.quit)
    application.run()
    assert sys.excepthook is before
