"""Facts about the card where a person places the blanks of number and date."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import BLANK, blank, paper, shows_at_once, task, to_sign
from tests.fakes.records import NOON
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look
from ui.views.blanks_card import BlanksCard
from ui.views.draft_panel import DraftPanel

LACKS = ("workflow.number_blank_missing",)


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(open=paper(), propose_signing=to_sign(notes=LACKS), warnings=())


@pytest.fixture
def vm(workplace: FakeWorkplace) -> DocumentVm:
    vm = DocumentVm(FakeBridge(workplace), clock=lambda: NOON)
    shows_at_once(vm)
    return vm


@pytest.fixture
def card(vm: DocumentVm, look: Look, qtbot: QtBot) -> BlanksCard:
    card = BlanksCard(vm, look)
    qtbot.addWidget(card)
    card.show()
    return card


def button(card: BlanksCard, which: str) -> QPushButton:
    found = card.findChild(QPushButton, f"blank_{which}_button")
    assert isinstance(found, QPushButton)
    return found


def remove(card: BlanksCard, which: str) -> QToolButton:
    found = card.findChild(QToolButton, f"blank_{which}_remove")
    assert isinstance(found, QToolButton)
    return found


def says(card: BlanksCard, which: str) -> str:
    found = card.findChild(QLabel, f"blank_{which}")
    assert isinstance(found, QLabel)
    return found.text()


def test_it_lists_what_has_to_be_placed(vm: DocumentVm, card: BlanksCard) -> None:
    vm.open(task())
    assert card.isVisible()
    assert [says(card, which) for which in ("number", "day", "month")] == [
        "Number (required)",
        "Day",
        "Month",
    ]
    assert not remove(card, "number").isVisible()


def test_a_blank_that_was_found_has_no_row(
    vm: DocumentVm, card: BlanksCard, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(notes=LACKS, blanks=(blank("day"),))
    vm.open(task())
    assert not button(card, "day").isVisible()
    assert button(card, "month").isVisible()


def test_where_nothing_has_to_be_placed_it_is_not_there(
    vm: DocumentVm, card: BlanksCard, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign()
    vm.open(task())
    assert not card.isVisible()


def test_a_press_lets_the_next_click_on_the_page_place_it(vm: DocumentVm, card: BlanksCard) -> None:
    vm.open(task())
    button(card, "number").click()
    assert (vm.state.asked_blank, button(card, "number").text()) == ("number", "Click the page…")
    vm.place(0, BLANK)
    assert says(card, "number") == "Number: on page 1"
    assert (button(card, "number").text(), button(card, "number").isChecked()) == (
        "Place again",
        False,
    )


def test_a_second_press_thinks_better_of_it(vm: DocumentVm, card: BlanksCard) -> None:
    vm.open(task())
    button(card, "day").click()
    button(card, "day").click()
    assert (vm.state.asked_blank, button(card, "day").isChecked()) == (None, False)


def test_one_blank_waits_at_a_time(vm: DocumentVm, card: BlanksCard) -> None:
    vm.open(task())
    button(card, "number").click()
    button(card, "day").click()
    checked = [which for which in ("number", "day", "month") if button(card, which).isChecked()]
    assert checked == ["day"]


def test_a_placed_blank_can_be_taken_away(vm: DocumentVm, card: BlanksCard) -> None:
    vm.open(task())
    vm.ask_blank("number")
    vm.place(0, BLANK)
    remove(card, "number").click()
    assert vm.state.blanks == ()
    assert says(card, "number") == "Number (required)"


def test_its_buttons_have_names_that_tell_them_apart(
    card: BlanksCard, look: Look, qtbot: QtBot
) -> None:
    names = {button(card, which).accessibleName() for which in ("number", "day", "month")}
    names |= {remove(card, which).accessibleName() for which in ("number", "day", "month")}
    assert len(names) == 6
    look.words.choose("vi")
    qtbot.waitUntil(lambda: "Số văn bản" in button(card, "number").accessibleName())


def test_the_leader_reads_how_many_fields_are_prepared(
    vm: DocumentVm, look: Look, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["propose_signing"] = to_sign(notes=LACKS, blanks=(blank("year"),))
    panel = DraftPanel(vm, look)
    qtbot.addWidget(panel)
    vm.open(task())
    vm.ask_blank("number")
    vm.place(0, BLANK)
    assert panel.blanks.label.text().startswith("2 ")
