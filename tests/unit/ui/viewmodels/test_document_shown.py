"""Facts about what was on the screen: nobody signs or seals anything else."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.workflow.documents import Queue
from app.workplace.records import Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import annex, corner, paper, task, to_issue, to_sign
from tests.fakes.records import BASE, NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_pages import GUARD_MS

CHANGED = "c" * 64
NOT_YET = Problem("workflow.not_shown_yet")
TWO_FILES = (file_ref(), annex())


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(
        open=paper(), propose_signing=to_sign(), propose_issue=to_issue(), warnings=()
    )


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> DocumentVm:
    return DocumentVm(bridge, clock=lambda: NOON)


def look_at(vm: DocumentVm) -> None:
    """Let the page be painted, and the moment pass."""
    vm.shown()
    vm.guarded()


@pytest.mark.parametrize("queue", [Queue.TO_SIGN, Queue.TO_ISSUE])
def test_what_was_not_shown_is_not_agreed_to(vm: DocumentVm, queue: Queue) -> None:
    vm.open(task(queue))
    assert (vm.state.why_not, vm.state.can_order, vm.order()) == (NOT_YET, False, None)


@pytest.mark.parametrize("queue", [Queue.TO_SIGN, Queue.TO_ISSUE])
def test_what_was_shown_for_a_moment_can_be_agreed_to(vm: DocumentVm, queue: Queue) -> None:
    vm.open(task(queue))
    vm.shown()
    assert vm.order() is None
    vm.guarded()
    assert (vm.state.why_not, vm.order() is not None) == (None, True)


def test_the_moment_passes_by_itself_and_is_told(vm: DocumentVm, qtbot: QtBot) -> None:
    vm.open(task())
    with qtbot.waitSignal(vm.changed, timeout=5 * GUARD_MS):
        vm.shown()
    assert vm.state.can_order


def test_a_second_picture_does_not_begin_the_moment_anew(vm: DocumentVm, qtbot: QtBot) -> None:
    vm.open(task())
    look_at(vm)
    vm.shown()
    with qtbot.assertNotEmitted(vm.changed):
        vm.guarded()
    assert vm.state.can_order


def test_the_next_document_is_not_signed_by_the_second_half_of_a_double_click(
    vm: DocumentVm,
) -> None:
    vm.open(task())
    look_at(vm)
    vm.open(task(document_id="d2"))
    assert vm.order() is None
    vm.shown()
    assert vm.order() is None


def test_a_moment_that_began_with_one_document_does_not_end_with_another(vm: DocumentVm) -> None:
    vm.open(task())
    vm.shown()
    vm.open(task(document_id="d2"))
    vm.guarded()
    assert vm.state.why_not == NOT_YET


def test_another_copy_has_to_be_shown_anew(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers |= {"stored": paper(is_fresh=False), "open": paper(CHANGED)}
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    look_at(vm)
    bridge.run()
    assert vm.state.why_not == NOT_YET
    look_at(vm)
    order = vm.order()
    assert order is not None
    assert order.shown == {"f1": CHANGED}


@pytest.mark.parametrize("has_passed", [True, False])
def test_bytes_that_are_on_the_screen_already_need_not_be_shown_twice(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge, *, has_passed: bool
) -> None:
    other = (file_ref(), annex(sha256=CHANGED))
    workplace.answers |= {"stored": paper(files=TWO_FILES), "open": paper(files=other)}
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    vm.shown()
    if has_passed:
        vm.guarded()
    bridge.run()
    assert vm.state.is_shown is has_passed
    vm.guarded()
    assert vm.state.can_order


def test_a_closed_document_was_not_shown(vm: DocumentVm) -> None:
    vm.open(task())
    look_at(vm)
    vm.close()
    vm.shown()
    vm.guarded()
    assert not vm.state.is_shown


def test_an_attachment_on_the_screen_is_not_the_document(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(files=TWO_FILES)
    workplace.answers["propose_issue"] = to_issue(attachments=(corner(),))
    vm.open(task(Queue.TO_ISSUE))
    vm.show_file("f2")
    look_at(vm)
    assert vm.state.why_not == NOT_YET
    vm.show_file("f1")
    look_at(vm)
    assert vm.state.can_order


def test_a_document_that_was_shown_stays_so_while_its_attachment_is_read(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(files=TWO_FILES)
    workplace.answers["attachment"] = corner().file
    vm.open(task())
    look_at(vm)
    vm.show_file("f2")
    order = vm.order()
    assert order is not None
    assert order.shown == {"f1": BASE}


def test_what_is_missing_more_is_said_first(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None)
    vm.open(task())
    assert vm.state.why_not == Problem("workflow.place_needed")


def test_passing_on_needs_no_moment(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    vm.open(task(Queue.TO_INITIAL))
    assert vm.state.why_not is None
    vm.pass_on("")
    assert workplace.asked("pass_on") == [("d1", None)]
