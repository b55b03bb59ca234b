"""Facts about the line below: what was done last can still be read when the next document is open."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.workplace.records import OrderKind, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.shell_state import Result, ShellState
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.status_line import StatusLine


@pytest.fixture
def shell() -> ShellVm:
    bridge = FakeBridge(FakeWorkplace())
    return ShellVm(bridge, AccountVm(bridge), QueueVm(bridge), TokenVm(bridge))


@pytest.fixture
def line(shell: ShellVm, look: Look, qtbot: QtBot) -> StatusLine:
    made = StatusLine(shell, look)
    qtbot.addWidget(made)
    return made


def test_nothing_was_done_yet(line: StatusLine) -> None:
    assert line.result.text() == ""


@pytest.mark.parametrize(
    ("kind", "step", "told"),
    [
        (OrderKind.SIGN, Step.DONE, "Signed and accepted by the server: Về việc"),
        (OrderKind.ISSUE, Step.DONE, "Issued with number 12: Về việc"),
        (OrderKind.INCOMING, Step.DONE, "Registered with incoming number 12: Về việc"),
        (OrderKind.SIGN, Step.KEPT, "Signed and kept here, to be sent later: Về việc"),
        (OrderKind.SIGN, Step.FAILED, "Not signed: Về việc"),
        (OrderKind.ISSUE, Step.FAILED, "Not issued: Về việc"),
        (
            OrderKind.INCOMING,
            Step.FAILED,
            "Incoming number 12 is taken; the block is not on the file: Về việc",
        ),
    ],
)
def test_what_was_done_last_is_told(
    shell: ShellVm, line: StatusLine, kind: OrderKind, step: Step, told: str
) -> None:
    shell._move(ShellState(last=Result(kind, "Về việc", step, "12")))
    assert line.result.text() == told


def test_what_waits_no_more_is_told_as_news(shell: ShellVm, line: StatusLine) -> None:
    shell._move(ShellState(last=Result(OrderKind.SIGN, "Về việc", Step.FAILED, is_settled=True)))
    assert line.result.text() == "No longer waiting for you: Về việc"
    assert line.icon.name == "info"
