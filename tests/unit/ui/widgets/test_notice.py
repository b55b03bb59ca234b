"""Facts about a notice in its place."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.messages import Message
from ui.theme import Theme, Tone
from ui.views.base import Look
from ui.widgets.notice import NoticeCard

TOLD = Message("server.conflict", "It has changed.", "Nothing was sent.", "Refresh.")


@pytest.fixture
def card(theme: Theme, look: Look, qtbot: QtBot) -> NoticeCard:
    del look  # speaks English
    card = NoticeCard(theme)
    qtbot.addWidget(card)
    return card


def test_without_a_message_there_is_no_notice(card: NoticeCard) -> None:
    card.set_message(TOLD)
    card.set_message(None)
    assert card.isHidden()


def test_it_says_what_happened_what_it_means_what_to_do_and_the_code(card: NoticeCard) -> None:
    card.set_message(TOLD)
    said = [label.text() for label in (card.what, card.means, card.do, card.code)]
    assert said == [TOLD.what, TOLD.means, TOLD.do, TOLD.code]


@pytest.mark.parametrize(
    ("tone", "icon", "word"),
    [
        (Tone.GOOD, "check-circle", "Done"),
        (Tone.WARN, "warning", "Please note"),
        (Tone.BAD, "cross-circle", "Problem"),
        (Tone.INFO, "info", "Information"),
    ],
)
def test_its_tone_is_told_by_an_icon_and_a_word(
    card: NoticeCard, tone: Tone, icon: str, word: str
) -> None:
    card.set_message(TOLD, tone)
    assert (card.icon.name, card.word.text()) == (icon, word)
    assert card.accessibleName() == f"{word}: It has changed."


def test_a_label_of_one_sentence_needs_no_code(card: NoticeCard) -> None:
    card.set_message(Message("label.x", "A word.", "", ""))
    assert card.means.isHidden()
    assert card.code.isHidden()
    assert card.copy.isHidden()


def test_its_details_can_be_copied(card: NoticeCard) -> None:
    card.set_message(TOLD)
    card.copy.click()
    assert QGuiApplication.clipboard().text() == f"{TOLD}\n[server.conflict]"
    assert card.copy.text() == "Copied"


def test_an_action_that_is_offered_is_told(card: NoticeCard, qtbot: QtBot) -> None:
    card.set_message(TOLD, action="Try again")
    assert card.action.text() == card.action.accessibleName() == "Try again"
    with qtbot.waitSignal(card.acted):
        card.action.click()


def test_without_an_action_there_is_no_button_for_one(card: NoticeCard) -> None:
    card.set_message(TOLD, action="Try again")
    card.set_message(TOLD)
    assert card.action.isHidden()


def test_markup_in_a_message_is_shown_as_it_is(card: NoticeCard) -> None:
    card.set_message(Message("x", "<b>bold</b>", "", ""))
    card.show()
    plain = card.what.sizeHint().width()
    card.set_message(Message("x", "bold", "", ""))
    assert card.what.sizeHint().width() < plain
