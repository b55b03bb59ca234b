"""Facts about registering a checked file: who may, which file may, and that one file takes one number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import Arrival, Numbering, Person, Role
from app.workflow.incoming import Registered
from app.workplace.records import Order, OrderKind, Problem, Progress, Step
from signing.report import FileReport
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import BASE, document
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.incoming import IncomingPhase, IncomingState, IncomingVm

CLERK = Person("v", "Trần Thị Bình", "Sở", (Role.CLERK,), (), (), "nd30-2020")
LEADER = replace(CLERK, roles=(Role.LEADER,))
ARRIVAL = Arrival("Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18))
PATH = reviews.review(reviews.issued()).path
ORDER = Order(
    OrderKind.INCOMING, BASE, ARRIVAL.abstract, {BASE: BASE}, None, arrival=ARRIVAL, path=PATH
)


def registered() -> Registered:
    numbering = Numbering(12, "12", "", date(2026, 11, 22))
    return Registered(document(), numbering, BASE, ())


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(register_incoming=registered(), signs_incoming=False)


@pytest.fixture
def bridge(workplace: FakeWorkplace, qapp: QCoreApplication) -> FakeBridge:
    del qapp
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> IncomingVm:
    made = IncomingVm(bridge)
    made.serve(CLERK)
    made.look_at(reviews.review(reviews.issued()))
    return made


def test_a_clerk_is_offered_to_register_a_file_that_was_checked(vm: IncomingVm) -> None:
    assert vm.state == IncomingState(is_offered=True)


def test_nobody_else_is(vm: IncomingVm) -> None:
    for person in (LEADER, None):
        vm.serve(person)
        assert not vm.state.is_offered


@pytest.mark.parametrize("report", [reviews.changed_after(), reviews.unreadable()])
def test_a_file_that_goes_back_to_its_sender_is_not_registered(
    report: FileReport, vm: IncomingVm
) -> None:
    vm.look_at(reviews.review(report))
    assert not vm.state.is_offered
    vm.begin()
    assert vm.state.phase is IncomingPhase.CLOSED


@pytest.mark.parametrize("report", [reviews.untrusted(), reviews.unsigned()])
def test_what_is_not_yet_proven_may_be_registered(report: FileReport, vm: IncomingVm) -> None:
    vm.look_at(reviews.review(report))
    assert vm.state.is_offered


def test_nothing_is_asked_of_the_server_while_something_is_missing(
    vm: IncomingVm, workplace: FakeWorkplace
) -> None:
    vm.begin()
    vm.register(replace(ARRIVAL, abstract="  ", sender_number=""))
    assert vm.state.missing == ("abstract", "sender_number")
    assert vm.state.phase is IncomingPhase.FILLING
    assert workplace.asked("register_incoming") == []


def test_the_file_is_registered_as_it_was_judged(
    vm: IncomingVm, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    vm.begin()
    with qtbot.waitSignal(vm.registered), qtbot.assertNotEmitted(vm.order_wanted):
        vm.register(ARRIVAL)
    assert workplace.asked("register_incoming") == [(PATH, ARRIVAL, BASE)]
    state = vm.state
    assert (state.phase, state.number, state.abstract) == (
        IncomingPhase.DONE,
        "12",
        ARRIVAL.abstract,
    )
    assert not state.is_sealed


@pytest.fixture
def ordered(vm: IncomingVm, workplace: FakeWorkplace) -> IncomingVm:
    """A clerk has agreed to the block, and the token is asked for."""
    workplace.answers["signs_incoming"] = True
    vm.begin()
    vm.register(ARRIVAL)
    return vm


def test_where_the_rules_want_the_block_it_is_said_before(
    vm: IncomingVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["signs_incoming"] = True
    vm.begin()
    assert vm.state.wants_block


def test_where_the_rules_want_the_block_it_is_an_order_like_every_signature(
    vm: IncomingVm, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["signs_incoming"] = True
    vm.begin()
    with qtbot.waitSignal(vm.order_wanted) as wanted:
        vm.register(ARRIVAL)
    assert wanted.args == [ORDER]
    assert workplace.asked("register_incoming") == []
    assert vm.state.phase is IncomingPhase.FILLING


def test_rules_that_were_not_known_yet_are_asked_for_before_anything_is_registered(
    vm: IncomingVm, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.errors["signs_incoming"] = AppError("server.unreachable", host="x")
    vm.begin()
    del workplace.errors["signs_incoming"]
    workplace.answers["signs_incoming"] = True
    with qtbot.waitSignal(vm.order_wanted):
        vm.register(ARRIVAL)
    assert workplace.asked("register_incoming") == []


def test_an_order_that_is_done_leaves_its_number(ordered: IncomingVm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ordered.registered):
        ordered.report(Progress(BASE, Step.DONE, notes=("workflow.chain_untrusted",), detail="12"))
    state = ordered.state
    assert (state.phase, state.number, state.abstract) == (
        IncomingPhase.DONE,
        "12",
        ARRIVAL.abstract,
    )
    assert (state.is_sealed, state.is_kept) == (True, False)
    assert state.notes == ("workflow.chain_untrusted",)


def test_a_block_that_is_kept_here_leaves_the_number_that_was_taken(ordered: IncomingVm) -> None:
    ordered.report(Progress(BASE, Step.SEALING, detail="12"))
    ordered.report(Progress(BASE, Step.KEPT, Problem("server.unreachable")))
    state = ordered.state
    assert (state.phase, state.number, state.is_kept) == (IncomingPhase.DONE, "12", True)


def test_an_order_that_failed_can_be_given_again_and_keeps_its_number(
    ordered: IncomingVm, qtbot: QtBot
) -> None:
    ordered.report(Progress(BASE, Step.SEALING, detail="12"))
    ordered.report(Progress(BASE, Step.FAILED, Problem("token.removed")))
    assert (ordered.state.phase, ordered.state.number) == (IncomingPhase.FILLING, "12")
    with qtbot.waitSignal(ordered.order_wanted):
        ordered.register(ARRIVAL)


def test_another_document_s_order_is_none_of_the_form_s_business(ordered: IncomingVm) -> None:
    before = ordered.state
    ordered.report(Progress("d1", Step.DONE, detail="12"))
    assert ordered.state == before


def test_an_order_that_ends_after_another_file_was_opened_leaves_its_form_alone(
    ordered: IncomingVm,
) -> None:
    other = replace(reviews.leader_only(), sha256="b" * 64)
    ordered.look_at(reviews.review(other))
    ordered.report(Progress(BASE, Step.DONE, detail="12"))
    assert ordered.state == IncomingState(is_offered=True)


def test_a_refusal_leaves_the_form_to_be_tried_again(
    vm: IncomingVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["register_incoming"] = AppError("server.unreachable", host="x")
    vm.begin()
    vm.register(ARRIVAL)
    assert vm.state.problem is not None
    assert (vm.state.phase, vm.state.problem.code) == (
        IncomingPhase.FILLING,
        "server.unreachable",
    )
    workplace.errors.clear()
    vm.register(ARRIVAL)
    assert vm.state.phase is IncomingPhase.DONE


def test_another_file_closes_the_form(vm: IncomingVm) -> None:
    vm.begin()
    vm.look_at(None)
    assert vm.state == IncomingState()


def test_a_late_answer_does_not_open_the_form_of_another_file(
    vm: IncomingVm, bridge: FakeBridge, qtbot: QtBot
) -> None:
    vm.begin()
    bridge.is_held = True
    vm.register(ARRIVAL)
    vm.look_at(reviews.review(reviews.leader_only()))
    with qtbot.waitSignal(vm.registered):
        bridge.run()
    assert vm.state == IncomingState(is_offered=True)


def test_the_clerk_may_think_better_of_it(vm: IncomingVm) -> None:
    vm.begin()
    vm.cancel()
    assert vm.state == IncomingState(is_offered=True)
