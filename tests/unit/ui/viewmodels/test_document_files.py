"""Facts about the attachments of an open document: anybody may read them, they come when they are asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import AppError
from app.workflow.documents import Queue
from app.workplace.records import Problem, ShownFile
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import ANNEX, annex, corner, paper, shown, shows_at_once, task, to_issue
from tests.fakes.papers import to_sign as proposal
from tests.fakes.records import BASE, NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm

SECOND = annex(file_id="f3", sha256="d" * 64, name="phu-luc-2.pdf")
OPENED = paper(files=(file_ref(), annex(), SECOND))
GONE = AppError("server.not_found")


@pytest.fixture
def workplace() -> FakeWorkplace:
    def attachment(_: object, file_id: str) -> ShownFile:
        return shown(annex() if file_id == "f2" else SECOND, 1)

    return FakeWorkplace(
        open=OPENED,
        propose_signing=proposal(),
        propose_issue=to_issue(attachments=(corner(), corner(ref=SECOND))),
        attachment=attachment,
    )


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> DocumentVm:
    vm = DocumentVm(bridge, clock=lambda: NOON)
    shows_at_once(vm)
    return vm


def files(vm: DocumentVm) -> list[str]:
    """The files that the page area is told to show from now on."""
    told: list[str] = []
    vm.file_shown.connect(lambda file: told.append(file.ref.file_id if file else ""))
    return told


@pytest.mark.parametrize("queue", [Queue.TO_SIGN, Queue.TO_INITIAL, Queue.RECEIVED])
def test_an_attachment_is_fetched_when_it_is_asked_for(
    vm: DocumentVm, workplace: FakeWorkplace, queue: Queue
) -> None:
    vm.open(task(queue))
    assert not workplace.asked("attachment")
    told = files(vm)
    vm.show_file("f2")
    assert workplace.asked("attachment") == [(OPENED, "f2")]
    assert (told, vm.state.shown_file) == (["f2"], shown(annex(), 1))


def test_what_was_fetched_is_not_fetched_twice(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    vm.open(task())
    told = files(vm)
    for file_id in ("f2", "f1", "f2"):
        vm.show_file(file_id)
    assert (told, len(workplace.asked("attachment"))) == (["f2", "f1", "f2"], 1)


def test_what_a_clerk_seals_is_here_already(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    vm.open(task(Queue.TO_ISSUE))
    vm.show_file("f2")
    assert not workplace.asked("attachment")


def test_what_a_clerk_read_before_the_proposal_came_is_one_file_with_its_corner(
    vm: DocumentVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.open(task(Queue.TO_ISSUE))
    bridge.step()
    bridge.step()
    vm.show_file("f2")
    bridge.step(1)
    assert [box.label for box in vm.page_boxes()] == []
    bridge.run()
    assert [file.ref.file_id for file in vm.state.files] == ["f1", "f2", "f3"]
    assert [box.label for box in vm.page_boxes()] == ["kind.attachment"]
    order = vm.order()
    assert order is not None
    assert order.shown == {"f1": BASE, "f2": ANNEX, "f3": SECOND.sha256}


def test_a_file_on_its_way_is_told_and_the_one_that_is_shown_stays(
    vm: DocumentVm, bridge: FakeBridge
) -> None:
    vm.open(task())
    bridge.is_held = True
    vm.show_file("f2")
    assert (vm.state.awaited_file, vm.state.shown_file) == ("f2", OPENED.main)
    bridge.run()
    assert vm.state.awaited_file is None


def test_the_newest_wish_is_shown(vm: DocumentVm, bridge: FakeBridge) -> None:
    vm.open(task())
    bridge.is_held = True
    told = files(vm)
    vm.show_file("f2")
    vm.show_file("f3")
    assert vm.state.awaited_file == "f3"
    bridge.run()
    assert told == ["f3"]


def test_who_goes_back_to_the_document_is_not_torn_from_it(
    vm: DocumentVm, bridge: FakeBridge
) -> None:
    vm.open(task())
    bridge.is_held = True
    told = files(vm)
    vm.show_file("f2")
    vm.show_file("f1")
    bridge.run()
    assert (told, vm.state.awaited_file) == ([], None)


def test_a_file_that_does_not_come_says_why_and_spoils_nothing_else(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["attachment"] = GONE
    vm.open(task())
    vm.show_file("f2")
    state = vm.state
    assert (state.file_problem, state.problem) == (Problem(GONE.code), None)
    assert (state.awaited_file, state.shown_file, state.can_order) == (None, OPENED.main, True)
    workplace.errors.clear()
    vm.show_file("f2")
    assert (vm.state.file_problem, vm.state.shown_file) == (None, shown(annex(), 1))


def test_a_file_of_the_document_before_is_not_shown_with_this_one(
    vm: DocumentVm, bridge: FakeBridge
) -> None:
    vm.open(task())
    bridge.is_held = True
    vm.show_file("f2")
    vm.open(task(document_id="d2"))
    bridge.run()
    assert (vm.state.shown_file, vm.state.files) == (OPENED.main, (OPENED.main,))


def test_another_copy_of_the_document_brings_its_own_files(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["stored"] = replace(OPENED, is_fresh=False)
    workplace.answers["open"] = paper(files=(file_ref(), annex(sha256="c" * 64)))
    bridge.is_held = True
    vm.open(task(Queue.INCOMING))
    bridge.step()
    vm.show_file("f2")
    bridge.step(1)
    assert vm.state.shown_file == shown(annex(), 1)
    bridge.run()
    assert (vm.state.shown_file, vm.state.files) == (OPENED.main, (OPENED.main,))


def test_a_file_that_is_read_is_not_signed_with_the_document(vm: DocumentVm) -> None:
    vm.open(task())
    vm.show_file("f2")
    order = vm.order()
    assert order is not None
    assert order.shown == {"f1": BASE}
