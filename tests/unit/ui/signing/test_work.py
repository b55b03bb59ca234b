"""Facts about documents that are signed: a result for each as it comes, and only the failed tried again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workplace.records import OrderKind, Problem, Progress, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, order, steps
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Bridge
from ui.viewmodels.signing import SLOW_S, Item, SigningPhase, SigningState, SigningVm
from ui.viewmodels.token import TokenVm

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace

PIN = "48151623"
REMOVED = Problem("token.removed", {"ckr": "DeviceRemoved"})


def test_results_come_one_by_one(
    vm: SigningVm, tokens: TokenVm, bridge: FakeBridge, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (
        Progress("d1", Step.DONE, detail="B-T"),
        Progress("d2", Step.KEPT, Problem("server.unreachable")),
    )
    tokens.look()
    tokens.opened(key())
    bridge.is_held = True
    vm.begin([order("d1"), order("d2")])
    bridge.step()
    assert [item.step for item in vm.state.items] == [Step.WAITING, Step.WAITING]
    bridge.step()
    bridge.step()
    assert [item.step for item in vm.state.items] == [Step.DONE, Step.WAITING]
    assert (vm.state.items[0].detail, vm.state.ended) == ("B-T", 1)
    bridge.step()
    assert [item.step for item in vm.state.items] == [Step.DONE, Step.KEPT]
    assert not vm.state.can_retry
    bridge.step()
    assert vm.state.phase is SigningPhase.DONE


def test_steps_told_in_the_tokens_thread_arrive_in_order_before_the_end(
    workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    ways = (Step.SIGNING, Step.JUDGING, Step.SENDING, Step.DONE)
    workplace.answers["carry_out"] = steps("d1", *ways)
    bridge = Bridge(lambda: cast("Workplace", workplace))
    tokens = TokenVm(bridge)
    vm = SigningVm(bridge, tokens)
    told: list[Step | SigningPhase] = []
    vm.progressed.connect(lambda progress: told.append(progress.step))
    vm.finished.connect(lambda: told.append(vm.state.phase))
    vm.begin([order()])
    qtbot.waitUntil(lambda: vm.state.can_give_pin)
    vm.give_pin(PIN)
    qtbot.waitUntil(lambda: SigningPhase.DONE in told)
    assert told == [*ways, SigningPhase.DONE]


def test_progress_and_the_end_are_told(vm: SigningVm) -> None:
    told: list[object] = []
    vm.progressed.connect(told.append)
    vm.finished.connect(lambda: told.append("finished"))
    vm.begin([order()])
    vm.give_pin(PIN)
    assert told == [*steps("d1", Step.SIGNING, Step.DONE), "finished"]


def test_notes_and_number_of_an_earlier_step_stay(vm: SigningVm, workplace: FakeWorkplace) -> None:
    workplace.answers["carry_out"] = (
        Progress("d1", Step.NUMBERING, notes=("workflow.sealed_with_reason",), detail="12"),
        Progress("d1", Step.DONE),
    )
    vm.begin([order(kind=OrderKind.ISSUE)])
    vm.give_pin(PIN)
    (item,) = vm.state.items
    assert (item.step, item.notes, item.detail) == (
        Step.DONE,
        ("workflow.sealed_with_reason",),
        "12",
    )


def test_a_token_that_is_taken_out_is_closed_and_the_rest_is_skipped(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (
        Progress("d1", Step.FAILED, REMOVED),
        Progress("d2", Step.SKIPPED, REMOVED),
    )
    vm.begin([order("d1"), order("d2")])
    vm.give_pin(PIN)
    assert [item.step for item in vm.state.items] == [Step.FAILED, Step.SKIPPED]
    assert tokens.state.open_key is None
    assert len(workplace.asked("lock")) == 1
    assert workplace.calls[-1] == ("tokens", False)


def test_a_refused_document_leaves_the_token_open(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (
        Progress("d1", Step.FAILED, Problem("workflow.wrong_signer")),
    )
    vm.begin([order()])
    vm.give_pin(PIN)
    assert tokens.is_open(key())


def test_only_what_was_not_signed_is_tried_again(vm: SigningVm, workplace: FakeWorkplace) -> None:
    orders = [order(name) for name in ("d1", "d2", "d3", "d4")]
    ends = (Step.DONE, Step.FAILED, Step.SKIPPED, Step.KEPT)
    workplace.answers["carry_out"] = [
        Progress(item.document_id, step) for item, step in zip(orders, ends, strict=True)
    ]
    vm.begin(orders)
    vm.give_pin(PIN)
    assert vm.state.can_retry
    workplace.answers["carry_out"] = (*steps("d2", Step.DONE), *steps("d3", Step.DONE))
    vm.retry_failed()
    assert workplace.asked("carry_out")[-1][0] == (order("d2"), order("d3"))
    assert [item.order.document_id for item in vm.state.items] == ["d2", "d3"]


def test_trying_again_after_a_removal_asks_for_the_pin_again(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (Progress("d1", Step.FAILED, REMOVED),)
    vm.begin([order()])
    vm.give_pin(PIN)
    vm.retry_failed()
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_a_batch_that_breaks_off_says_why_for_each_unfinished_document(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    told: list[Progress] = []
    vm.progressed.connect(told.append)
    workplace.errors["carry_out"] = AppError("worker.crashed", worker="token", exit_code=-11)
    vm.begin([order("d1"), order("d2")])
    vm.give_pin(PIN)
    assert vm.state.phase is SigningPhase.DONE
    assert [item.step for item in vm.state.items] == [Step.FAILED, Step.FAILED]
    assert {item.problem.code for item in told if item.problem} == {"worker.crashed"}


def test_work_that_runs_is_not_cancelled(
    vm: SigningVm, tokens: TokenVm, bridge: FakeBridge
) -> None:
    tokens.look()
    tokens.opened(key())
    bridge.is_held = True
    vm.begin([order()])
    bridge.step()
    vm.cancel()
    assert not vm.state.can_cancel
    assert vm.state.phase is SigningPhase.RUNNING


@pytest.mark.parametrize(
    ("ends", "is_well"),
    [
        ((Progress("d1", Step.DONE),), True),
        ((Progress("d1", Step.DONE, notes=("sign.tsa_unreachable",)),), False),
        ((Progress("d1", Step.KEPT),), False),
        ((Progress("d1", Step.FAILED),), False),
    ],
)
def test_one_document_that_is_with_the_server_and_leaves_nothing_to_read_ended_well(
    ends: tuple[Progress, ...], is_well: bool, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = ends
    vm.begin([order()])
    vm.give_pin(PIN)
    assert vm.state.ended_well is is_well


def test_a_batch_is_looked_at_before_it_is_put_away(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (*steps("d1", Step.DONE), *steps("d2", Step.DONE))
    vm.begin([order("d1"), order("d2")])
    vm.give_pin(PIN)
    assert not vm.state.ended_well
    vm.close()
    assert vm.state == SigningState()


def test_a_token_that_does_not_answer_is_told_after_a_while(
    vm: SigningVm, bridge: FakeBridge
) -> None:
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin(PIN)
    for _ in range(SLOW_S - 1):
        vm.tick()
    assert (vm.state.waited_s, vm.state.note) == (19, None)
    vm.tick()
    assert (vm.state.waited_s, vm.state.note) == (20, "token.slow")


def test_the_wait_for_a_person_at_a_pin_pad_is_not_the_tokens(
    vm: SigningVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["choose_key"] = key(pin_pad=True)
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin("")
    for _ in range(SLOW_S):
        vm.tick()
    assert vm.state.note is None


@pytest.mark.parametrize(("step", "note"), [(Step.SIGNING, "token.slow"), (Step.SENDING, None)])
def test_while_documents_are_signed_the_token_is_waited_for_in_its_own_steps_alone(
    step: Step, note: str | None
) -> None:
    running = SigningState(SigningPhase.RUNNING, (order(),), key(), waited_s=SLOW_S)
    assert replace(running, items=(Item(order(), step),)).note == note


def test_each_step_starts_the_wait_anew(vm: SigningVm, tokens: TokenVm, bridge: FakeBridge) -> None:
    tokens.look()
    tokens.opened(key())
    bridge.is_held = True
    vm.begin([order()])
    bridge.step()
    vm.tick()
    bridge.step()
    assert vm.state.waited_s == 1
    bridge.step()
    assert vm.state.waited_s == 0


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        ((OrderKind.SIGN, OrderKind.SIGN), OrderKind.SIGN),
        ((OrderKind.ISSUE,), OrderKind.ISSUE),
        ((OrderKind.SIGN, OrderKind.ISSUE), None),
        ((), None),
    ],
)
def test_a_batch_has_a_kind_where_all_its_orders_have_it(
    kinds: tuple[OrderKind, ...], kind: OrderKind | None
) -> None:
    assert SigningState(orders=tuple(order(kind=one) for one in kinds)).kind is kind


def test_whoever_waits_long_may_go_on_without_the_time_stamp(
    vm: SigningVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin(PIN)
    vm.skip_time_stamp()
    assert workplace.asked("skip_time_stamp") == []
    vm._show(replace(vm.state, phase=SigningPhase.RUNNING, items=(Item(order(), Step.SIGNING),)))
    for _ in range(SLOW_S):
        vm.tick()
    assert vm.state.can_skip_stamp
    bridge.is_held = False
    vm.skip_time_stamp()
    assert workplace.asked("skip_time_stamp") == [()]
