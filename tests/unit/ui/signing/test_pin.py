"""Facts about the PIN: awaited as a state, tried exactly once, forgotten at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.workplace.records import Problem
from signing.errors import SigningError
from signing.terms import PinState
from signing.token.records import OpenedKey
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, order, token
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.signing import SigningPhase, SigningState, SigningVm
from ui.viewmodels.token import TokenPhase, TokenVm

PIN = "48151623"
WRONG = SigningError("token.pin_incorrect", ckr="PinIncorrect", state="low", token="Nguyen Van An")


def states(vm: SigningVm) -> list[SigningState]:
    seen: list[SigningState] = []
    vm.changed.connect(lambda: seen.append(vm.state))
    return seen


def open_noting(given: list[bool]) -> Callable[..., OpenedKey]:
    def open_key(_key: object, _pin: object, *, last_try: bool) -> OpenedKey:
        given.append(last_try)
        return OpenedKey(b"")

    return open_key


def with_pin_state(workplace: FakeWorkplace, state: PinState) -> None:
    workplace.answers["tokens"] = (module(token(pin_state=state)),)
    workplace.answers["choose_key"] = key(pin_state=state)


def test_the_right_pin_opens_the_token_and_signs(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace, taken: list[str]
) -> None:
    vm.begin([order()])
    vm.give_pin(PIN)
    assert taken == [PIN]
    assert tokens.is_open(key())
    assert workplace.asked("carry_out") == [((order(),), key())]
    assert vm.state.phase is SigningPhase.DONE


def test_opening_and_signing_use_the_tokens_lane(vm: SigningVm, bridge: FakeBridge) -> None:
    vm.begin([order()])
    vm.give_pin(PIN)
    assert bridge.lanes == [Lane.TOKEN, Lane.DESK, Lane.TOKEN, Lane.TOKEN]


def test_a_wrong_pin_is_tried_exactly_once(vm: SigningVm, workplace: FakeWorkplace) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    vm.give_pin(PIN)
    assert len(workplace.asked("open_key")) == 1
    assert workplace.asked("carry_out") == []


def test_after_a_wrong_pin_the_next_is_awaited_with_the_state_that_the_token_told(
    vm: SigningVm, workplace: FakeWorkplace, tokens: TokenVm, bridge: FakeBridge
) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin(PIN)
    bridge.step()
    assert vm.state.phase is SigningPhase.AWAITING_PIN
    assert vm.state.pin_state is PinState.LOW
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.pin_incorrect"
    assert tokens.state.phase is TokenPhase.LOOKING


def test_what_a_new_look_says_of_the_pin_is_shown_beside_the_problem(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    workplace.answers["tokens"] = (module(token(pin_state=PinState.FINAL)),)
    vm.give_pin(PIN)
    assert vm.state.pin_state is PinState.FINAL
    assert vm.state.asks_last_try
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.pin_incorrect"


def test_an_empty_pin_is_refused_without_asking_the_token(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    vm.begin([order()])
    vm.give_pin("")
    assert vm.state.problem == Problem("token.pin_empty")
    assert workplace.asked("open_key") == []


def test_the_password_of_a_key_file_is_asked_for_again_after_a_wrong_one(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["choose_key"] = key(is_file=True)
    workplace.errors["open_key"] = SigningError("token.password_incorrect", token="an.p12")
    vm.begin([order()])
    vm.give_pin("")
    assert vm.state.problem == Problem("token.password_empty")
    vm.give_pin(PIN)
    assert len(workplace.asked("open_key")) == 1
    assert vm.state.phase is SigningPhase.AWAITING_PIN
    assert vm.state.problem == Problem("token.password_incorrect", {"token": "an.p12"})


def test_the_pin_is_nowhere_in_the_window_once_it_was_given(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = WRONG
    seen = states(vm)
    vm.begin([order()])
    vm.give_pin(PIN)
    del workplace.errors["open_key"]
    vm.give_pin(PIN)
    told = repr([seen, vm.state, tokens.state, vars(vm), vars(tokens), workplace.calls])
    assert vm.state.phase is SigningPhase.DONE
    assert PIN not in told


def test_the_last_try_needs_a_yes_first(
    vm: SigningVm, workplace: FakeWorkplace, taken: list[str]
) -> None:
    with_pin_state(workplace, PinState.FINAL)
    vm.begin([order()])
    assert vm.state.asks_last_try
    vm.give_pin(PIN)
    assert (taken, vm.state.phase) == ([], SigningPhase.AWAITING_PIN)
    vm.agree_last_try()
    assert vm.state.can_give_pin
    vm.give_pin(PIN)
    assert taken == [PIN]


def test_only_an_agreed_last_try_is_asked_of_the_token(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    given: list[bool] = []
    workplace.answers["open_key"] = open_noting(given)
    with_pin_state(workplace, PinState.FINAL)
    vm.begin([order()])
    vm.agree_last_try()
    vm.give_pin(PIN)
    assert given == [True]


def test_an_ordinary_try_never_spends_the_last_one(vm: SigningVm, workplace: FakeWorkplace) -> None:
    given: list[bool] = []
    workplace.answers["open_key"] = open_noting(given)
    vm.begin([order()])
    vm.agree_last_try()
    vm.give_pin(PIN)
    assert given == [False]


def test_a_last_try_that_only_the_token_knew_of_is_asked_about(
    vm: SigningVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.errors["open_key"] = SigningError("token.pin_last_try", token="Nguyen Van An")
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin(PIN)
    bridge.step()
    assert (vm.state.asks_last_try, vm.state.pin_state) == (True, PinState.FINAL)


def test_a_locked_token_takes_no_pin(
    vm: SigningVm, workplace: FakeWorkplace, taken: list[str]
) -> None:
    with_pin_state(workplace, PinState.LOCKED)
    vm.begin([order()])
    assert vm.state.problem == Problem("token.pin_locked", {"token": "Nguyen Van An"})
    vm.give_pin(PIN)
    assert (taken, vm.state.can_give_pin) == ([], False)


def test_a_token_that_says_it_is_locked_stays_so_until_it_is_looked_at_again_on_request(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = SigningError("token.pin_locked", token="Nguyen Van An")
    vm.begin([order()])
    vm.give_pin(PIN)
    assert (vm.state.pin_state, vm.state.can_give_pin) == (PinState.LOCKED, False)
    vm.look_again()
    assert vm.state.pin_state is PinState.OK


def test_a_pin_pad_takes_the_pin_itself(
    vm: SigningVm, workplace: FakeWorkplace, taken: list[str]
) -> None:
    workplace.answers["choose_key"] = key(pin_pad=True)
    vm.begin([order()])
    assert vm.state.pin_pad
    vm.give_pin("")
    assert (taken, vm.state.phase) == ([""], SigningPhase.DONE)


@pytest.mark.parametrize("code", ["token.wrong_token", "token.removed", "certificate.expired"])
def test_a_key_that_cannot_be_opened_is_chosen_anew(
    code: str, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = SigningError(code)
    vm.begin([order()])
    vm.give_pin(PIN)
    assert (vm.state.phase, vm.state.problem) == (SigningPhase.CHOOSING, Problem(code))
    assert vm.state.key is None
    vm.look_again()
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_a_token_that_is_taken_out_while_its_pin_is_awaited_is_told(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    vm.begin([order()])
    workplace.answers["tokens"] = (module(),)
    tokens.look()
    assert (vm.state.phase, vm.state.problem) == (SigningPhase.CHOOSING, Problem("token.removed"))


def test_cancelling_at_the_pin_signs_nothing(vm: SigningVm, workplace: FakeWorkplace) -> None:
    vm.begin([order()])
    vm.cancel()
    assert vm.state == SigningState()
    assert workplace.asked("open_key") == []


def test_an_open_key_signs_without_asking(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    tokens.look()
    tokens.opened(key())
    vm.begin([order()])
    assert vm.state.phase is SigningPhase.DONE
    assert workplace.asked("open_key") == []


def test_another_key_is_opened_in_the_place_of_the_open_one(
    vm: SigningVm, tokens: TokenVm, workplace: FakeWorkplace
) -> None:
    tokens.look()
    tokens.opened(key("T0"))
    vm.begin([order()])
    vm.give_pin(PIN)
    assert [call[0] for call in workplace.calls if call[0] in ("lock", "open_key")] == [
        "lock",
        "open_key",
    ]
    assert tokens.is_open(key())


def test_signing_keeps_the_token_open_for_another_five_minutes(
    vm: SigningVm, tokens: TokenVm
) -> None:
    tokens.look()
    tokens.opened(key())
    tokens.tick()
    vm.begin([order()])
    assert tokens.state.seconds_left == 300


def test_a_second_enter_leaves_why_the_pin_was_refused(
    vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    vm.give_pin("1111")
    vm.give_pin("")
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.pin_incorrect"


@pytest.mark.parametrize(
    ("shown", "known"),
    [
        (PinState.OK, PinState.LOW),
        (PinState.UNKNOWN, PinState.LOW),
        (PinState.FINAL, PinState.FINAL),
    ],
)
def test_what_a_refusal_told_of_the_pin_stands_against_flags_that_say_less(
    vm: SigningVm, workplace: FakeWorkplace, shown: PinState, known: PinState
) -> None:
    workplace.errors["open_key"] = SigningError("token.pin_incorrect", state="low", token="A")
    vm.begin([order()])
    workplace.answers["tokens"] = (module(token(pin_state=shown)),)
    vm.give_pin("1234")
    assert vm.state.pin_state is known
