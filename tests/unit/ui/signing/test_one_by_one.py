"""Facts about a key that wants its PIN for each signature: told before a batch, one PIN a document, nothing lost."""

from __future__ import annotations

import pytest

from app.workplace.records import Order, Problem, Progress, Step
from signing.errors import SigningError
from signing.token.records import OpenedKey
from tests.fakes.tokens import key, module, order, token
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.viewmodels.token import TokenVm

PIN = "48151623"


class OneByOne:
    """Signs each document as it comes; `ends` says otherwise for some, once each."""

    def __init__(self, workplace: FakeWorkplace) -> None:
        self.ends: dict[str, Progress] = {}
        self.signed: list[str] = []
        workplace.answers["open_key"] = lambda *_, **__: OpenedKey(b"", wants_pin_each_time=True)
        workplace.carry_out = self  # type: ignore[method-assign, assignment]

    def __call__(self, orders: tuple[Order, ...], _: object, told: object) -> None:
        assert callable(told)
        (only,) = orders
        end = self.ends.pop(only.document_id, Progress(only.document_id, Step.DONE))
        self.signed += [only.document_id] if end.step is Step.DONE else []
        told(end)


@pytest.fixture
def desk(workplace: FakeWorkplace) -> OneByOne:
    return OneByOne(workplace)


def begin(vm: SigningVm, *names: str) -> None:
    vm.begin([order(name) for name in names])
    vm.give_pin(PIN)


def test_before_a_batch_the_person_is_told_and_nothing_is_signed(
    vm: SigningVm, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    assert vm.state.asks_one_by_one
    assert (vm.state.can_give_pin, desk.signed) == (False, [])


def test_the_pin_that_was_given_signs_the_first_document_alone(
    vm: SigningVm, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    vm.agree_one_by_one()
    assert desk.signed == ["d1"]
    assert vm.state.phase is SigningPhase.AWAITING_PIN
    assert [item.document_id for item in vm.state.due] == ["d2"]


def test_the_second_pin_ends_the_batch(vm: SigningVm, desk: OneByOne) -> None:
    begin(vm, "d1", "d2")
    vm.agree_one_by_one()
    vm.give_pin(PIN)
    assert desk.signed == ["d1", "d2"]
    assert vm.state.phase is SigningPhase.DONE


def test_after_each_signature_the_token_is_locked(
    vm: SigningVm, tokens: TokenVm, desk: OneByOne
) -> None:
    begin(vm, "d1")
    assert desk.signed == ["d1"]
    assert tokens.state.open_key is None


def test_one_document_is_signed_without_a_question(vm: SigningVm, desk: OneByOne) -> None:
    begin(vm, "d1")
    assert (vm.state.phase, desk.signed) == (SigningPhase.DONE, ["d1"])


def test_a_document_that_takes_several_signatures_goes_on_with_the_next_pin(
    vm: SigningVm, desk: OneByOne
) -> None:
    desk.ends["d1"] = Progress("d1", Step.FAILED, Problem("token.pin_each_time"))
    begin(vm, "d1")
    assert vm.state.phase is SigningPhase.AWAITING_PIN
    assert [item.step for item in vm.state.items] == [Step.WAITING]
    vm.give_pin(PIN)
    assert (vm.state.phase, desk.signed) == (SigningPhase.DONE, ["d1"])


def test_whoever_stops_keeps_what_is_done(vm: SigningVm, desk: OneByOne) -> None:
    begin(vm, "d1", "d2", "d3")
    vm.agree_one_by_one()
    vm.cancel()
    assert vm.state.phase is SigningPhase.DONE
    assert [item.step for item in vm.state.items] == [Step.DONE, Step.SKIPPED, Step.SKIPPED]
    assert vm.state.can_retry
    assert desk.signed == ["d1"]


def test_whoever_does_not_agree_signs_nothing_and_the_token_is_locked(
    vm: SigningVm, tokens: TokenVm, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    vm.cancel()
    assert (vm.state.phase, desk.signed) == (SigningPhase.IDLE, [])
    assert tokens.state.open_key is None


def test_a_token_that_is_taken_out_leaves_the_rest(
    vm: SigningVm, workplace: FakeWorkplace, desk: OneByOne
) -> None:
    removed = Problem("token.removed")
    desk.ends["d1"] = Progress("d1", Step.FAILED, removed)
    begin(vm, "d1", "d2", "d3")
    workplace.answers["tokens"] = (module(),)
    vm.agree_one_by_one()
    assert vm.state.phase is SigningPhase.DONE
    assert [item.step for item in vm.state.items] == [Step.FAILED, Step.SKIPPED, Step.SKIPPED]
    assert [item.problem for item in vm.state.items] == [removed] * 3


def test_a_token_taken_out_between_two_pins_leaves_the_rest(
    vm: SigningVm, workplace: FakeWorkplace, tokens: TokenVm, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    vm.agree_one_by_one()
    workplace.answers["tokens"] = (module(),)
    tokens.look()
    assert vm.state.phase is SigningPhase.DONE
    assert [item.step for item in vm.state.items] == [Step.DONE, Step.SKIPPED]
    assert desk.signed == ["d1"]


def test_a_wrong_pin_in_the_middle_is_said_and_costs_nothing_that_is_done(
    vm: SigningVm, workplace: FakeWorkplace, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    vm.agree_one_by_one()
    workplace.errors["open_key"] = SigningError("token.pin_incorrect", state="low", token="A")
    vm.give_pin("0000")
    assert vm.state.problem is not None
    assert [item.step for item in vm.state.items] == [Step.DONE, Step.WAITING]
    del workplace.errors["open_key"]
    vm.give_pin(PIN)
    assert desk.signed == ["d1", "d2"]


def test_a_key_that_was_locked_during_the_question_asks_for_its_pin_again(
    vm: SigningVm, tokens: TokenVm, desk: OneByOne
) -> None:
    begin(vm, "d1", "d2")
    tokens.lock()
    vm.agree_one_by_one()
    assert (vm.state.phase, desk.signed) == (SigningPhase.AWAITING_PIN, [])
    assert vm.state.can_give_pin


def test_the_tokens_own_key_is_what_is_asked_for(vm: SigningVm, desk: OneByOne) -> None:
    begin(vm, "d1", "d2")
    vm.agree_one_by_one()
    assert desk.signed == ["d1"]
    assert vm.state.key is not None
    assert vm.state.key.token.serial == key().token.serial == token().serial
