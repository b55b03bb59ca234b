"""Facts about tokens that are put in and taken out while the window is open."""

from __future__ import annotations

from app.workplace.records import Key
from signing.errors import SigningError
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, order, token
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.viewmodels.token import AFRESH_EVERY, TokenPhase, TokenVm


def put_in(workplace: FakeWorkplace, *serials: str) -> None:
    workplace.answers["tokens"] = (module(*(token(serial) for serial in serials)),)
    workplace.answers["has_token_news"] = True


def test_a_token_that_is_put_in_is_seen_without_being_asked(
    workplace: FakeWorkplace, tokens: TokenVm
) -> None:
    put_in(workplace)
    tokens.look()
    assert tokens.state.phase is TokenPhase.NONE
    put_in(workplace, "T1")
    tokens.glance()
    assert [item.serial for item in tokens.state.tokens] == ["T1"]


def test_without_news_nothing_is_read_again(workplace: FakeWorkplace, tokens: TokenVm) -> None:
    tokens.look()
    tokens.glance()
    assert len(workplace.asked("tokens")) == 1


def test_an_open_token_that_is_taken_out_is_locked(
    workplace: FakeWorkplace, tokens: TokenVm
) -> None:
    tokens.look()
    tokens.opened(key())
    put_in(workplace)
    tokens.glance()
    assert tokens.state.open_key is None
    assert workplace.asked("lock") == [()]


def test_an_open_token_whose_session_died_with_a_driver_at_a_look_is_locked(
    workplace: FakeWorkplace, tokens: TokenVm
) -> None:
    tokens.look()
    tokens.opened(key())
    workplace.answers["is_open"] = False
    put_in(workplace, "T1")
    tokens.glance()
    assert tokens.state.open_key is None


def test_drivers_are_loaded_anew_now_and_then(workplace: FakeWorkplace, tokens: TokenVm) -> None:
    for _ in range(AFRESH_EVERY):
        tokens.glance()
    assert workplace.asked("has_token_news") == [(False,)] * (AFRESH_EVERY - 1) + [(True,)]


def test_an_open_token_is_not_disturbed_by_a_new_load(
    workplace: FakeWorkplace, tokens: TokenVm
) -> None:
    tokens.opened(key())
    for _ in range(AFRESH_EVERY):
        tokens.glance()
    assert workplace.asked("has_token_news") == [(False,)] * AFRESH_EVERY


def test_one_glance_is_under_way_at_a_time(bridge: FakeBridge, tokens: TokenVm) -> None:
    bridge.is_held = True
    tokens.glance()
    tokens.glance()
    assert bridge.lanes == [Lane.TOKEN]


def test_a_glance_that_failed_keeps_no_other_from_coming(
    workplace: FakeWorkplace, tokens: TokenVm
) -> None:
    workplace.errors["has_token_news"] = SigningError("token.failed")
    tokens.glance()
    tokens.glance()
    assert len(workplace.asked("has_token_news")) == 2


def test_the_missing_token_that_is_put_in_is_chosen_by_itself(
    workplace: FakeWorkplace, tokens: TokenVm, vm: SigningVm
) -> None:
    put_in(workplace)
    vm.begin([order()])
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.none"
    put_in(workplace, "T1")
    tokens.glance()
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_why_an_opened_token_was_refused_is_not_swept_away(
    workplace: FakeWorkplace, tokens: TokenVm, vm: SigningVm
) -> None:
    workplace.errors["open_key"] = SigningError("token.wrong_token", serial="T1")
    vm.begin([order()])
    vm.give_pin("1234")
    put_in(workplace, "T2")
    tokens.glance()
    assert vm.state.problem is not None
    assert vm.state.problem.code == "token.wrong_token"


def test_a_driver_that_hung_is_tried_again_only_where_a_person_asks(
    workplace: FakeWorkplace, tokens: TokenVm, vm: SigningVm
) -> None:
    workplace.answers["tokens"] = (module(problem="token.module_hung"),)
    tokens.look()
    vm.begin([order()])
    vm.look_again()
    assert workplace.asked("tokens") == [(False,), (False,), (True,)]


def test_another_token_put_in_the_place_of_the_awaited_one_gets_no_pin(
    workplace: FakeWorkplace, tokens: TokenVm, vm: SigningVm
) -> None:
    def choose(modules: object, _: object) -> Key:
        del modules
        return key()

    workplace.answers["choose_key"] = choose
    vm.begin([order()])
    put_in(workplace, "T2")
    tokens.glance()
    vm.give_pin("1234")
    assert workplace.asked("open_key") == []
