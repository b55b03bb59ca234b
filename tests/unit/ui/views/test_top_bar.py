"""Facts about the bar above: who, which token, online or not, what waits."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.workplace.records import Key, Problem
from signing.terms import PinState
from signing.token.records import ModuleInfo, TokenInfo
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import certificate
from tests.fakes.tasks import LEADING
from tests.fakes.workplace import FakeWorkplace
from ui.theme import Scheme
from ui.viewmodels.account import AccountVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.top_bar import TopBar

TOKEN = TokenInfo("m", 0, "STP & An", "123", "x", "y", PinState.OK, False, (certificate(),))
KEY = Key(TOKEN, certificate())


class Bar:
    """A bar over a signed-in person."""

    def __init__(self, look: Look, qtbot: QtBot) -> None:
        self.workplace = FakeWorkplace(restore=LEADING, tokens=())
        bridge = FakeBridge(self.workplace)
        self.account = AccountVm(bridge, "https://vanban.example")
        self.now_s = 0.0
        self.token = TokenVm(bridge, [lambda: self.now_s])
        self.view = TopBar(self.account, self.token, look)
        qtbot.addWidget(self.view)
        self.account.start(LEADING)

    def put_in(self, *tokens: TokenInfo, problem: str | None = None) -> None:
        self.workplace.answers["tokens"] = (ModuleInfo("m", True, 64, problem, 1, tokens),)
        self.token.look()


@pytest.fixture
def bar(look: Look, qtbot: QtBot) -> Bar:
    return Bar(look, qtbot)


def test_it_says_who_is_signed_in_and_where(bar: Bar) -> None:
    assert bar.view.person.text() == "Nguyễn Văn An"
    assert bar.view.office.text() == "Sở Tư pháp"


def test_a_person_can_sign_out(bar: Bar) -> None:
    bar.view.sign_out.trigger()
    assert bar.workplace.asked("sign_out") == [()]
    assert bar.view.person.isHidden()


def test_offline_it_says_that_work_goes_on(bar: Bar) -> None:
    bar.account.went_online(False)
    assert bar.view.online.label.text() == "Offline"
    assert "sent later" in bar.view.online.toolTip()


def test_with_nothing_waiting_there_is_no_outbox(bar: Bar) -> None:
    assert bar.view.outbox.isHidden()


@pytest.mark.parametrize("count", [1, 12])
def test_it_says_how_much_waits_and_sends_it_on_demand(bar: Bar, qtbot: QtBot, count: int) -> None:
    bar.view.show_waiting(count)
    assert bar.view.outbox.text() == f"{count} waiting to be sent"
    with qtbot.waitSignal(bar.view.sending_wanted):
        bar.view.outbox.click()


def test_why_it_could_not_be_sent_stands_with_it(bar: Bar) -> None:
    bar.view.show_waiting(1, Problem("server.unreachable", {"server": "https://vanban.example"}))
    assert "https://vanban.example" in bar.view.outbox.toolTip()


def test_without_a_token_it_says_so(bar: Bar) -> None:
    bar.put_in()
    assert bar.view.token.button.text() == "No token"


def test_a_token_is_called_by_its_label_letter_by_letter(bar: Bar) -> None:
    bar.put_in(TOKEN)
    assert bar.view.token.button.text() == "STP && An"
    assert bar.view.token.button.accessibleName() == "Token: STP & An"


def test_a_driver_that_fails_is_told_by_a_word_and_its_message(bar: Bar) -> None:
    bar.put_in(problem="token.module_broken")
    assert bar.view.token.button.text() == "Token problem"
    assert len(bar.view.token.button.toolTip()) > 50


def test_a_token_can_be_looked_for_again(bar: Bar) -> None:
    bar.view.token.button.click()
    assert bar.workplace.asked("tokens") == [(True,)]


def test_an_open_token_counts_down_and_can_be_closed_now(bar: Bar) -> None:
    bar.put_in(TOKEN)
    bar.token.opened(KEY)
    bar.now_s += 1
    bar.token.tick()
    assert bar.view.token.left.text() == "4:59"
    bar.view.token.forget.click()
    assert bar.token.state.open_key is None
    assert bar.view.token.forget.isHidden()


def test_a_file_can_be_checked_from_here(bar: Bar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.view.file_wanted):
        bar.view.open_file.click()


def test_the_language_is_chosen_by_its_own_name(bar: Bar, look: Look) -> None:
    actions = {action.text(): action for action in bar.view.language.menu().actions()}
    chosen = []
    for name in ("Tiếng Việt", "English"):
        actions[name].trigger()
        chosen.append(look.words.language)
    assert chosen == ["vi", "en"]


def test_the_scheme_is_chosen_and_its_choice_marked(bar: Bar, look: Look) -> None:
    actions = {action.text(): action for action in bar.view.scheme.menu().actions()}
    chosen = []
    for name in ("Dark", "Light"):
        actions[name].trigger()
        chosen.append((look.theme.scheme, actions[name].isChecked()))
    assert chosen == [(Scheme.DARK, True), (Scheme.LIGHT, True)]


def test_every_button_has_a_name(bar: Bar) -> None:
    bar.view.show_waiting(1)
    view = bar.view
    buttons = (
        view.person,
        view.outbox,
        view.open_file,
        view.language,
        view.scheme,
        view.token.button,
        view.token.forget,
    )
    assert all(button.accessibleName() for button in buttons)
