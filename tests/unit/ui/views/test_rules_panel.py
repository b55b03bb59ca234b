"""Facts about the rules as they are shown: their name, what they do, and every legal text they rest on."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.rules import load_profile
from tests.fakes.bridge import FakeBridge
from tests.fakes.workplace import FakeWorkplace
from ui.panels import Panel
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.rules import RulesVm
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.rules_panel import RulesPanel
from ui.widgets.plain_label import PlainLabel

RULES = load_profile("nd30-2020")


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(rules=RULES)


@pytest.fixture
def panel(workplace: FakeWorkplace, look: Look, qtbot: QtBot) -> RulesPanel:
    made = RulesPanel(RulesVm(FakeBridge(workplace)), look)
    qtbot.addWidget(made)
    made.vm.look()
    return made


def _texts(panel: RulesPanel) -> str:
    labels = panel.texts.findChildren(PlainLabel)
    return " ".join(label.text() for label in labels).replace("\u200b", "")


def test_every_legal_text_is_shown(panel: RulesPanel) -> None:
    shown = _texts(panel)
    assert all(text in shown for text in RULES.basis)


def test_what_the_rules_do_is_said_in_the_persons_language(panel: RulesPanel, look: Look) -> None:
    assert RULES.notes[0].en in _texts(panel)
    look.words.choose("vi")
    panel.show_state()
    assert RULES.notes[0].vi in _texts(panel)


def test_rules_that_cannot_be_read_are_told(workplace: FakeWorkplace, panel: RulesPanel) -> None:
    workplace.errors["rules"] = AppError("rules.broken", file="x.toml", key="seal", why="no")
    panel.vm.look()
    assert panel.problem.isVisibleTo(panel)


def test_the_rules_stand_beside_the_page_until_the_person_goes_back(
    workplace: FakeWorkplace, look: Look
) -> None:
    del look
    bridge = FakeBridge(workplace)
    shell = ShellVm(bridge, AccountVm(bridge), QueueVm(bridge), TokenVm(bridge))
    before = shell.state.panel
    shell.read_rules()
    assert shell.state.panel is Panel.RULES
    shell.read_rules(wanted=False)
    assert shell.state.panel is before
