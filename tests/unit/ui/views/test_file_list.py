"""Facts about the list of a document's files: a press shows one, whoever presses."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import Queue
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import annex, paper, shown, shows_at_once, task, to_sign
from tests.fakes.records import NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look
from ui.views.file_list import FileList
from ui.widgets.busy_line import BusyLine


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(
        open=paper(files=(file_ref(), annex())),
        propose_signing=to_sign(),
        attachment=shown(annex(), 1),
    )


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> DocumentVm:
    vm = DocumentVm(bridge, clock=lambda: NOON)
    shows_at_once(vm)
    return vm


@pytest.fixture
def files(vm: DocumentVm, look: Look, qtbot: QtBot) -> FileList:
    files = FileList(vm, look)
    qtbot.addWidget(files)
    files.show()
    return files


def row(files: FileList, file_id: str) -> QPushButton:
    found = files.findChild(QPushButton, f"file_{file_id}")
    assert isinstance(found, QPushButton)
    return found


def is_busy(files: FileList) -> list[bool]:
    return [not line.isHidden() for line in files.findChildren(BusyLine)]


@pytest.mark.parametrize("queue", [Queue.TO_SIGN, Queue.TO_INITIAL, Queue.RECEIVED])
def test_everybody_may_press_an_attachment(vm: DocumentVm, files: FileList, queue: Queue) -> None:
    vm.open(task(queue))
    row(files, "f2").click()
    assert vm.state.shown_file == shown(annex(), 1)
    assert (row(files, "f1").isChecked(), row(files, "f2").isChecked()) == (False, True)


def test_the_row_of_a_file_on_its_way_says_so(
    vm: DocumentVm, files: FileList, bridge: FakeBridge
) -> None:
    vm.open(task())
    bridge.is_held = True
    row(files, "f2").click()
    assert is_busy(files) == [False, True]
    assert row(files, "f1").isChecked()
    bridge.run()
    assert is_busy(files) == [False, False]


def test_a_file_that_does_not_come_is_told_under_the_list(
    vm: DocumentVm, files: FileList, workplace: FakeWorkplace
) -> None:
    workplace.errors["attachment"] = AppError("server.hash_mismatch", file="phu-luc.pdf")
    vm.open(task())
    row(files, "f2").click()
    assert files.problem.isVisible()
    assert "phu-luc.pdf" in files.problem.what.text()
    assert row(files, "f1").isChecked()
    row(files, "f1").click()
    assert not files.problem.isVisible()
