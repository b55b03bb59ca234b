"""Facts about opening a document: which copy is shown, what is refused, how it moves on."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import AppError
from app.workflow.documents import Queue, Secrecy
from app.workplace.records import Problem
from pdf.geometry import BoxMm
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import (
    annex,
    paper,
    task,
)
from tests.fakes.records import BASE, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode, DocumentPhase

CHANGED = "c" * 64
ELSEWHERE = BoxMm(60, 100, 105, 122)
TO_ISSUE = task(Queue.TO_ISSUE)


class Seen:
    """What a view-model told."""

    def __init__(self, vm: DocumentVm) -> None:
        self.opened: list[str] = []
        self.files: list[str | None] = []
        self.moved_on: list[str] = []
        vm.opened.connect(lambda paper: self.opened.append(paper.main.sha256))
        vm.file_shown.connect(lambda file: self.files.append(file and file.ref.file_id))
        vm.moved_on.connect(self.moved_on.append)


def codes(vm: DocumentVm) -> list[str]:
    return [note.code for note in vm.state.notes]


def why_not(vm: DocumentVm) -> str | None:
    problem = vm.state.why_not
    return None if problem is None else problem.code


def test_nothing_is_open_at_first(vm: DocumentVm) -> None:
    assert vm.state.phase is DocumentPhase.EMPTY
    assert vm.page_boxes() == ()
    assert vm.order() is None


def test_what_this_machine_has_is_shown_before_the_server_answers(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["stored"] = paper(is_fresh=False)
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    assert (vm.state.phase, vm.state.is_checking) == (DocumentPhase.READY, True)
    assert not vm.state.is_offline


def test_the_servers_same_copy_leaves_the_shown_one_and_its_moved_box_alone(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["stored"] = paper(is_fresh=False)
    seen = Seen(vm)
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    bridge.step(1)  # the proposal, before the server's copy
    vm.move_box(0, ELSEWHERE)
    bridge.run()
    assert seen.opened == [BASE]
    assert vm.state.paper == paper()
    assert vm.state.box is not None
    assert vm.state.box.box_mm == ELSEWHERE
    assert codes(vm) == []


def test_another_copy_of_the_server_replaces_what_is_shown_and_says_so(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers |= {"stored": paper(is_fresh=False), "open": paper(CHANGED)}
    seen = Seen(vm)
    vm.open(task())
    assert seen.opened == [BASE, CHANGED]
    assert codes(vm) == ["workflow.changed_since"]
    assert len(workplace.asked("propose_signing")) == 2


def test_another_attachment_counts_as_another_copy(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    files = (file_ref(), annex())
    workplace.answers["stored"] = paper(files=files, is_fresh=False)
    workplace.answers["open"] = paper(files=(file_ref(), annex(sha256=CHANGED)))
    vm.open(TO_ISSUE)
    assert codes(vm) == ["workflow.changed_since"]


def test_what_the_server_says_anew_is_proposed_for_anew_and_keeps_the_pages(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers |= {"stored": paper(is_fresh=False), "open": paper(number="05")}
    seen = Seen(vm)
    vm.open(task())
    assert seen.opened == [BASE]
    assert len(workplace.asked("propose_signing")) == 2


def test_a_stored_copy_that_comes_last_is_not_shown(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers |= {"stored": paper(CHANGED, is_fresh=False)}
    bridge.is_held = True
    vm.open(task())
    bridge.step(1)
    bridge.run()
    assert vm.state.paper == paper()


def test_an_answer_for_a_document_that_was_left_reaches_nobody(
    vm: DocumentVm, bridge: FakeBridge, workplace: FakeWorkplace
) -> None:
    bridge.is_held = True
    vm.open(task())
    vm.open(task(document_id="d2"))
    bridge.run()
    assert [asked[0] for asked in workplace.asked("open")] == ["d2"]


def test_a_closed_document_takes_no_answer(vm: DocumentVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    seen = Seen(vm)
    vm.open(task())
    vm.close()
    bridge.run()
    assert (vm.state.phase, seen.opened) == (DocumentPhase.EMPTY, [])


def test_opening_what_is_open_already_changes_nothing(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    vm.open(task())
    assert vm.state.is_box_moved
    assert len(workplace.asked("open")) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"secrecy": Secrecy.CONFIDENTIAL}, "workflow.secret"),
        ({"paper_only": True}, "workflow.paper_only"),
    ],
)
def test_of_a_secret_or_paper_document_nothing_is_asked_for(
    vm: DocumentVm, workplace: FakeWorkplace, changes: dict[str, Any], code: str
) -> None:
    vm.open(task(**changes))
    assert vm.state.phase is DocumentPhase.REFUSED
    assert vm.state.problem == Problem(code)
    assert workplace.calls == []


def test_a_refusal_of_the_server_takes_the_stored_copy_away(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["stored"] = paper(is_fresh=False)
    workplace.errors["open"] = AppError("server.withdrawn")
    seen = Seen(vm)
    vm.open(task())
    assert (vm.state.phase, vm.state.paper) == (DocumentPhase.REFUSED, None)
    assert vm.state.problem == Problem("server.withdrawn")
    assert seen.files == [None, "f1", None]
    assert vm.order() is None


def test_a_second_try_opens_it_once_more(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.errors["open"] = AppError("server.unreachable")
    vm.open(task())
    workplace.errors.clear()
    vm.retry()
    assert vm.state.phase is DocumentPhase.READY


def test_a_leader_may_sign_offline_and_is_told_so(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["open"] = paper(is_fresh=False)
    vm.open(task())
    assert codes(vm) == ["workflow.offline_copy"]
    assert vm.state.can_order


def test_a_clerk_issues_nothing_offline(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["open"] = paper(is_fresh=False)
    vm.open(TO_ISSUE)
    assert (why_not(vm), codes(vm)) == ("workflow.issue_offline", ["workflow.issue_offline"])
    assert vm.order() is None


def test_a_clerk_waits_for_the_servers_copy(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["stored"] = paper(is_fresh=False)
    bridge.is_held = True
    vm.open(TO_ISSUE)
    bridge.step()
    bridge.step(1)
    assert vm.state.issue is not None
    assert not vm.state.can_order
    bridge.run()
    assert vm.state.can_order


@pytest.mark.parametrize(
    ("queue", "mode"),
    [
        (Queue.TO_SIGN, DocumentMode.SIGN),
        (Queue.TO_ISSUE, DocumentMode.ISSUE),
        (Queue.TO_INITIAL, DocumentMode.INITIAL),
        (Queue.INCOMING, DocumentMode.READ),
        (Queue.RECEIVED, DocumentMode.READ),
    ],
)
def test_the_queue_says_what_is_done_with_a_document(
    vm: DocumentVm, queue: Queue, mode: DocumentMode
) -> None:
    vm.open(task(queue))
    assert vm.state.mode is mode


@pytest.mark.parametrize("queue", [Queue.TO_INITIAL, Queue.RECEIVED])
def test_what_is_only_read_is_not_proposed_for(
    vm: DocumentVm, workplace: FakeWorkplace, queue: Queue
) -> None:
    vm.open(task(queue))
    assert not workplace.asked("propose_signing")
    assert not workplace.asked("propose_issue")
    assert (vm.state.can_order, why_not(vm), vm.placing()) == (False, None, None)


def test_a_document_that_was_returned_is_closed_and_left(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    seen = Seen(vm)
    vm.open(task())
    vm.send_back("Thiếu căn cứ")
    assert workplace.asked("send_back") == [("d1", "Thiếu căn cứ")]
    assert (seen.moved_on, vm.state.phase) == (["d1"], DocumentPhase.EMPTY)


def test_nothing_is_returned_without_a_reason(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    vm.open(task())
    vm.send_back("  ")
    assert vm.state.problem == Problem("workflow.reason_missing")
    assert not workplace.asked("send_back")


def test_a_document_is_passed_on_with_or_without_a_comment(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    vm.pass_on(" ")
    vm.open(task())
    vm.pass_on(" Kính trình ")
    assert workplace.asked("pass_on") == [("d1", None), ("d1", "Kính trình")]


def test_a_move_that_failed_leaves_the_document_as_it_is(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["pass_on"] = AppError("server.unreachable")
    seen = Seen(vm)
    vm.open(task())
    vm.pass_on("")
    assert vm.state.problem == Problem("server.unreachable")
    assert (vm.state.is_busy, seen.moved_on, vm.state.can_order) == (False, [], True)


def test_while_a_move_is_under_way_nothing_is_signed_or_moved_twice(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    vm.open(task())
    bridge.is_held = True
    vm.send_back("Thiếu căn cứ")
    vm.send_back("Thiếu căn cứ")
    assert (vm.state.is_busy, vm.order()) == (True, None)
    bridge.run()
    assert len(workplace.asked("send_back")) == 1


def test_a_move_that_ends_after_the_next_document_was_opened_leaves_that_one_alone(
    vm: DocumentVm, bridge: FakeBridge
) -> None:
    seen = Seen(vm)
    vm.open(task())
    bridge.is_held = True
    vm.pass_on("")
    vm.open(task(document_id="d2"))
    bridge.run()
    assert (seen.moved_on, vm.state.document_id) == (["d1"], "d2")
    assert vm.state.phase is DocumentPhase.READY
