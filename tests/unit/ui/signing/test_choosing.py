"""Facts about choosing the key that signs: the first document's, looked for where it is not known."""

from __future__ import annotations

from typing import Any

from app.errors import AppError
from app.workplace.records import Key, Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, order, token
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.signing import SigningPhase, SigningState, SigningVm
from ui.viewmodels.token import TokenVm


def test_a_key_is_chosen_for_the_first_order_and_its_pin_awaited(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    vm.begin([order("d1"), order("d2")])
    assert vm.state.phase is SigningPhase.AWAITING_PIN
    assert vm.state.key == key()
    assert workplace.asked("choose_key") == [((module(token()),), order("d1"))]


def test_tokens_are_looked_for_where_none_is_known(vm: SigningVm, workplace: FakeWorkplace) -> None:
    vm.begin([order()])
    assert len(workplace.asked("tokens")) == 1


def test_tokens_that_are_known_are_not_looked_for(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    tokens.look()
    vm.begin([order()])
    assert len(workplace.asked("tokens")) == 1
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_a_token_that_was_put_in_since_the_last_look_is_found(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    tokens.look()
    workplace.answers["tokens"] = (module(token(), token("T2")),)

    def choose(modules: Any, _: Any) -> Key:
        if len(modules[0].tokens) == 1:
            raise AppError("workflow.no_certificate", wanted=None)
        return key("T2")

    workplace.answers["choose_key"] = choose
    vm.begin([order()])
    assert vm.state.key == key("T2")


def test_a_key_that_nobody_has_is_told_and_looked_for_again_on_request(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["choose_key"] = AppError("workflow.no_certificate", wanted=None)
    vm.begin([order()])
    assert (vm.state.phase, vm.state.problem) == (
        SigningPhase.CHOOSING,
        Problem("workflow.no_certificate", {"wanted": None}),
    )
    del workplace.errors["choose_key"]
    vm.look_again()
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_no_token_is_told_without_choosing(vm: SigningVm, workplace: FakeWorkplace) -> None:
    workplace.answers["tokens"] = (module(),)
    vm.begin([order()])
    assert (vm.state.phase, vm.state.problem) == (SigningPhase.CHOOSING, Problem("token.none"))
    assert workplace.asked("choose_key") == []


def test_a_module_that_fails_is_told(vm: SigningVm, workplace: FakeWorkplace) -> None:
    workplace.answers["tokens"] = (module(problem="token.module_failed"),)
    vm.begin([order()])
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.module_failed"


def test_nothing_to_sign_begins_nothing(vm: SigningVm) -> None:
    vm.begin([])
    assert vm.state.phase is SigningPhase.IDLE


def test_cancelling_while_the_key_is_chosen_takes_no_answer_any_more(
    vm: SigningVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.begin([order()])
    bridge.step()
    vm.cancel()
    bridge.run()
    assert vm.state == SigningState()


def test_a_second_begin_while_one_is_under_way_is_nothing(vm: SigningVm) -> None:
    vm.begin([order("d1")])
    vm.begin([order("d2")])
    assert vm.state.orders == (order("d1"),)
