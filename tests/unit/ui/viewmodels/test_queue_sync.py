"""Facts about bringing the queue up to date: when the server is asked, and what its silence means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workplace.records import Progress, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.tasks import LEADING, task, tasks
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.queue import RETRY_S, SYNC_S, QueueVm
from ui.viewmodels.queue_rows import RowStatus

pytestmark = pytest.mark.usefixtures("qapp")


class Line:
    """A queue whose errands wait until the test lets them go."""

    def __init__(self) -> None:
        self.workplace = FakeWorkplace(sync=tasks("a"))
        self.bridge = FakeBridge(self.workplace, is_held=True)
        self.vm = QueueVm(self.bridge, clock=lambda: NOON)
        self.vm.show_person(LEADING)
        self.online: list[bool] = []
        self.vm.synced.connect(self.online.append)

    @property
    def is_timed(self) -> bool:
        return any(timer.isActive() for timer in self.vm.findChildren(QTimer))

    @property
    def next_s(self) -> int:
        """When the clock asks again."""
        active = [timer for timer in self.vm.findChildren(QTimer) if timer.isActive()]
        assert len(active) == 1
        return active[0].interval() // 1000


@pytest.fixture
def line() -> Line:
    return Line()


def test_the_first_list_is_awaited_and_then_known(line: Line) -> None:
    assert not line.vm.state.is_known
    line.vm.sync()
    assert line.vm.state.is_syncing
    line.bridge.run()
    assert (line.vm.state.is_syncing, line.vm.state.is_known) == (False, True)
    assert line.vm.state.synced_at == NOON


def test_what_this_machine_remembers_is_a_known_list(line: Line) -> None:
    line.vm.show_tasks(tasks("a"))
    assert line.vm.state.is_known


def test_remembering_nothing_is_not_knowing(line: Line) -> None:
    line.vm.show_tasks(())
    assert not line.vm.state.is_known


def test_the_server_is_asked_again_by_the_clock(line: Line) -> None:
    line.vm.sync()
    line.bridge.run()
    assert line.next_s == SYNC_S
    assert line.online == [True]


@pytest.mark.parametrize("code", ["server.unreachable", "server.timeout"])
def test_offline_the_list_stays_and_the_server_is_asked_sooner(line: Line, code: str) -> None:
    line.vm.show_tasks(tasks("a"))
    line.workplace.errors["sync"] = AppError(code, server="s")
    line.vm.sync()
    line.bridge.run()
    assert line.next_s == RETRY_S
    assert line.online == [False]
    assert [row.task.document_id for row in line.vm.state.rows()] == ["a"]


def test_a_server_that_answers_with_an_error_is_not_offline(line: Line) -> None:
    line.workplace.errors["sync"] = AppError("server.busy", retry_after_s=5)
    line.vm.sync()
    line.bridge.run()
    assert line.online == []
    assert line.vm.state.problem is not None
    assert line.next_s == SYNC_S


def test_an_answer_ends_the_problem(line: Line) -> None:
    line.workplace.errors["sync"] = AppError("server.unreachable", server="s")
    line.vm.sync()
    line.bridge.run()
    line.workplace.errors.clear()
    line.vm.sync()
    line.bridge.run()
    assert line.vm.state.problem is None
    assert line.online == [False, True]


def test_two_wishes_at_once_ask_the_server_once_more_not_twice(line: Line) -> None:
    for _ in range(4):
        line.vm.sync()
    line.bridge.run()
    assert len(line.workplace.asked("sync")) == 2


def test_after_each_answer_what_comes_first_is_fetched(line: Line) -> None:
    line.vm.sync()
    line.bridge.run()
    assert line.workplace.asked("prefetch") == [(tasks("a"),)]
    assert line.bridge.lanes == [Lane.SYNC, Lane.SYNC]


def test_an_unchanged_list_is_not_shown_anew(line: Line) -> None:
    line.vm.sync()
    line.bridge.run()
    groups = line.vm.state.groups
    line.vm.sync()
    line.bridge.run()
    assert line.vm.state.groups is groups


def test_the_servers_word_that_something_changed_is_followed(line: Line) -> None:
    def listen(changed: Callable[[], None]) -> None:
        changed()

    line.workplace.answers["listen"] = listen
    line.vm.start_listening()
    assert line.bridge.lanes == [Lane.LISTEN]
    line.bridge.run()
    assert len(line.workplace.asked("sync")) == 1


def test_a_stream_that_ended_is_opened_again_after_a_pause(line: Line) -> None:
    line.vm.start_listening()
    line.bridge.run()
    assert line.next_s == RETRY_S
    assert len(line.workplace.asked("listen")) == 1


def test_a_stream_is_listened_to_once(line: Line) -> None:
    line.vm.start_listening()
    line.vm.start_listening()
    assert line.bridge.lanes == [Lane.LISTEN]


def test_with_nobody_signed_in_the_server_is_left_alone(line: Line) -> None:
    line.vm.sync()
    line.bridge.run()
    line.vm.sync()
    line.vm.show_person(None)
    line.bridge.run()
    assert not line.is_timed
    assert line.vm.state.groups == ()


def test_whoever_hears_of_a_problem_may_end_it_all(line: Line) -> None:
    def give_up() -> None:
        if line.vm.state.problem is not None:
            line.vm.show_person(None)

    line.vm.changed.connect(give_up)
    line.workplace.errors["sync"] = AppError("server.sign_in_again")
    line.vm.sync()
    line.bridge.run()
    assert not line.is_timed


def test_a_row_that_is_ticked_while_the_server_is_asked_stays_ticked(line: Line) -> None:
    line.vm.show_tasks(tasks("a"))
    line.vm.sync()
    line.vm.reviewed("a")
    line.vm.tick("a", True)
    line.workplace.answers["sync"] = (task("a"), task("b"))
    line.bridge.run()
    assert line.vm.state.ticked == ("a",)


def test_a_document_chosen_while_the_server_is_asked_stays_open(line: Line, qtbot: QtBot) -> None:
    line.vm.show_tasks(tasks("a", "b"))
    line.vm.sync()
    line.vm.select("b")
    with qtbot.waitSignal(line.vm.synced):
        line.bridge.run()
    assert [row.task.document_id for row in line.vm.state.rows()] == ["a", "b"]


def expired(line: Line) -> None:
    """Let the server refuse the sign-in, and the window forget the person."""

    def give_up() -> None:
        problem = line.vm.state.problem
        if problem is not None and problem.code == "server.sign_in_again":
            line.vm.show_person(None)

    line.vm.changed.connect(give_up)
    line.workplace.errors["sync"] = AppError("server.sign_in_again")
    line.vm.sync()
    line.vm.sync()
    line.bridge.run()


def test_a_refused_sign_in_is_not_asked_for_again_though_something_changed(line: Line) -> None:
    expired(line)
    assert len(line.workplace.asked("sync")) == 1
    assert line.vm.state.problem is None
    assert not line.is_timed


def test_with_nobody_signed_in_nothing_is_asked(line: Line) -> None:
    line.vm.show_person(None)
    line.vm.sync()
    line.vm.start_listening()
    assert line.bridge.waiting == []
    assert not line.vm.state.is_syncing


def test_the_next_person_starts_without_the_last_ones_problem(line: Line) -> None:
    line.workplace.errors["sync"] = AppError("server.busy")
    line.vm.sync()
    line.bridge.run()
    line.vm.show_person(LEADING)
    assert line.vm.state.problem is None


def test_a_list_that_is_asked_for_can_be_given_up_by_whoever_is_shown_that(line: Line) -> None:
    def give_up() -> None:
        if line.vm.state.is_syncing:
            line.vm.show_person(None)

    line.vm.changed.connect(give_up)
    line.vm.sync()
    line.bridge.run()
    assert line.workplace.asked("sync") == []
    assert line.vm.state.groups == ()


def test_a_stream_of_an_earlier_sign_in_is_not_heard(line: Line) -> None:
    speak: list[Callable[[], None]] = []
    line.workplace.answers["listen"] = speak.append
    line.vm.start_listening()
    line.bridge.step()
    line.vm.show_person(None)
    line.vm.show_person(LEADING)
    line.vm.start_listening()
    line.bridge.run()
    speak[0]()
    line.bridge.run()
    assert line.workplace.asked("sync") == []


def test_an_answer_to_what_was_asked_before_a_signature_does_not_undo_it(line: Line) -> None:
    line.vm.show_tasks(tasks("a"))
    line.vm.sync()
    line.vm.report(Progress("a", Step.DONE))
    later = next(line.vm.state.rows()).task.updated_at + timedelta(seconds=5)
    line.workplace.answers["sync"] = iter((tasks("a", updated_at=later), ())).__next__
    line.bridge.run()
    assert line.vm.state.synced_at == NOON
    assert [row.status for row in line.vm.state.rows()] in ([], [RowStatus.ACCEPTED])
    assert len(line.workplace.asked("sync")) == 2
