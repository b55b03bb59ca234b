"""Facts about the tokens in the window: which are in, which is open, and for how long."""

from __future__ import annotations

import pytest

from app.errors import AppError
from app.workplace.records import Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, token
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.token import SESSION_S, TokenPhase, TokenVm, is_lost


class Clock:
    """Goes where the test puts it."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def vm(tokens: TokenVm) -> TokenVm:
    return tokens


def test_a_token_that_is_in_is_seen(vm: TokenVm, bridge: FakeBridge) -> None:
    vm.look()
    assert vm.state.phase is TokenPhase.READY
    assert [item.serial for item in vm.state.tokens] == ["T1"]
    assert bridge.lanes == [Lane.TOKEN]


def test_modules_without_a_token_are_none(vm: TokenVm, workplace: FakeWorkplace) -> None:
    workplace.answers["tokens"] = (module(),)
    vm.look()
    assert (vm.state.phase, vm.state.problem) == (TokenPhase.NONE, None)


def test_a_module_that_fails_is_the_reason_why_no_token_is_seen(
    vm: TokenVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["tokens"] = (module(), module(problem="token.module_failed"))
    vm.look()
    assert vm.state.phase is TokenPhase.PROBLEM
    assert vm.state.problem == Problem(
        "token.module_failed", {"module": "/m.so", "worker": "token"}
    )


def test_a_module_that_fails_beside_a_token_is_no_problem(
    vm: TokenVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["tokens"] = (module(problem="token.module_crashed"), module(token()))
    vm.look()
    assert (vm.state.phase, vm.state.problem) == (TokenPhase.READY, None)


def test_a_look_that_fails_is_told(vm: TokenVm, workplace: FakeWorkplace) -> None:
    workplace.errors["tokens"] = AppError("worker.not_started", worker="token", errno=12)
    vm.look()
    assert vm.state.phase is TokenPhase.PROBLEM
    assert vm.state.problem is not None
    assert vm.state.problem.code == "worker.not_started"


def test_two_who_look_at_once_look_once(vm: TokenVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    vm.look()
    vm.look()
    assert vm.state.phase is TokenPhase.LOOKING
    bridge.run()
    assert bridge.lanes == [Lane.TOKEN]


def test_an_open_key_is_open_whatever_is_learned_of_its_token(vm: TokenVm) -> None:
    vm.opened(key(label="before"))
    assert vm.is_open(key(label="after"))
    assert not vm.is_open(key("T2"))


def test_a_session_ends_after_five_minutes_without_use(
    bridge: FakeBridge, workplace: FakeWorkplace
) -> None:
    clock = Clock()
    vm = TokenVm(bridge, [clock])
    vm.opened(key())
    clock.now_s += SESSION_S - 1
    vm.tick()
    assert vm.is_open(key())
    clock.now_s += 1
    vm.tick()
    assert (vm.state.open_key, vm.state.seconds_left) == (None, None)
    assert len(workplace.asked("lock")) == 1


@pytest.mark.parametrize("which", [0, 1])
def test_the_clock_that_says_more_counts_and_no_ticks_do(bridge: FakeBridge, which: int) -> None:
    clocks = Clock(), Clock()
    vm = TokenVm(bridge, clocks)
    vm.opened(key())
    vm.tick()
    assert vm.state.seconds_left == SESSION_S
    clocks[which].now_s += SESSION_S
    clocks[1 - which].now_s -= 1000
    assert not vm.is_open(key())
    vm.tick()
    assert vm.state.open_key is None


def test_use_lets_a_session_last_longer(bridge: FakeBridge) -> None:
    clock = Clock()
    vm = TokenVm(bridge, [clock])
    vm.opened(key())
    clock.now_s += SESSION_S - 1
    vm.tick()
    assert vm.state.seconds_left == 1
    vm.used()
    clock.now_s += 2
    vm.tick()
    assert vm.is_open(key())


def test_use_opens_nothing(vm: TokenVm) -> None:
    vm.used()
    assert (vm.state.open_key, vm.state.seconds_left) == (None, None)


def test_a_person_who_wants_the_pin_forgotten_waits_for_no_batch(
    vm: TokenVm, bridge: FakeBridge, workplace: FakeWorkplace
) -> None:
    bridge.is_held = True
    vm.opened(key())
    vm.forget()
    assert vm.state.open_key is None
    bridge.step(bridge.lanes.index(Lane.DESK))
    assert workplace.asked("lock") == [()]


def test_locking_forgets_the_key_at_once(vm: TokenVm, bridge: FakeBridge) -> None:
    vm.opened(key())
    bridge.is_held = True
    vm.lock()
    assert not vm.is_open(key())
    assert bridge.lanes == [Lane.TOKEN]


def test_a_locked_token_is_not_locked_twice(vm: TokenVm, workplace: FakeWorkplace) -> None:
    vm.opened(key())
    vm.lock()
    vm.lock()
    assert len(workplace.asked("lock")) == 1


def test_a_token_that_was_taken_out_is_not_open_any_more(
    vm: TokenVm, workplace: FakeWorkplace
) -> None:
    vm.opened(key())
    workplace.answers["tokens"] = (module(token("T2")),)
    vm.look()
    assert vm.state.open_key is None
    assert len(workplace.asked("lock")) == 1


def test_a_token_that_is_still_in_stays_open(vm: TokenVm) -> None:
    vm.opened(key())
    vm.look()
    assert vm.is_open(key())


@pytest.mark.parametrize(
    ("problem", "is_gone"),
    [
        (None, False),
        (Problem("token.removed"), True),
        (Problem("token.not_open"), True),
        (Problem("token.failed"), True),
        (Problem("token.pin_each_time"), True),
        (Problem("token.bad_signature"), True),
        (Problem("token.driver_crashed"), True),
        (Problem("token.driver_hung"), True),
        (Problem("worker.crashed", {"worker": "token"}), True),
        (Problem("worker.crashed", {"worker": "verify"}), False),
        (Problem("token.pin_incorrect"), True),
        (Problem("token.cancelled"), True),
        (Problem("token.pin_locked"), True),
        (Problem("token.no_pss"), False),
        (Problem("workflow.wrong_signer"), False),
    ],
)
def test_a_session_is_lost_with_its_token_or_its_process(
    problem: Problem | None, is_gone: bool
) -> None:
    assert is_lost(problem) is is_gone
