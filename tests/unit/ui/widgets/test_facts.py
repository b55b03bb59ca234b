"""Facts about rows of facts and what opens under a heading."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from ui.theme import Scheme, Theme, Tone
from ui.widgets.disclosure import Disclosure
from ui.widgets.fact_rows import Fact, FactRows
from ui.widgets.icon_label import IconLabel


def test_a_fact_says_by_a_sign_whether_it_is_good(theme: Theme, qtbot: QtBot) -> None:
    rows = FactRows(theme)
    qtbot.addWidget(rows)
    rows.set_facts([Fact("a", "x", tone) for tone in (Tone.GOOD, Tone.WARN, Tone.BAD, None)])
    assert [sign.name for sign in rows.findChildren(IconLabel)] == [
        "check-circle",
        "question-circle",
        "cross-circle",
    ]


def test_a_value_is_read_aloud_with_its_label(theme: Theme, qtbot: QtBot) -> None:
    rows = FactRows(theme)
    qtbot.addWidget(rows)
    rows.set_facts([Fact("Signer", "An")])
    assert [label.accessibleName() for label in rows.findChildren(QLabel)] == ["", "Signer: An"]


def test_what_can_be_copied_has_a_button(theme: Theme, qtbot: QtBot) -> None:
    rows = FactRows(theme)
    qtbot.addWidget(rows)
    rows.set_facts([Fact("SHA-256", "AB CD", copies="abcd"), Fact("Pages", "3")])
    (copy,) = rows.findChildren(QToolButton)
    assert copy.accessibleName() == "Copy: SHA-256"
    copy.click()
    assert QGuiApplication.clipboard().text() == "abcd"


def test_other_facts_take_the_place_of_the_old_ones(theme: Theme, qtbot: QtBot) -> None:
    rows = FactRows(theme)
    qtbot.addWidget(rows)
    rows.set_facts([Fact("a", "old", copies="old")])
    rows.set_facts([Fact("b", "new")])
    assert [label.text() for label in rows.findChildren(QLabel) if label.isVisibleTo(rows)] == [
        "b",
        "new",
    ]


def test_facts_follow_the_scheme(theme: Theme, qtbot: QtBot) -> None:
    rows = FactRows(theme)
    qtbot.addWidget(rows)
    rows.set_facts([Fact("a", "x", copies="x")])
    theme.choose(Scheme.DARK)
    theme.choose(Scheme.LIGHT)
    assert not rows.findChildren(QToolButton)[0].icon().isNull()


def test_what_stands_under_a_heading_is_closed_at_first(theme: Theme, qtbot: QtBot) -> None:
    body = QLabel("body")
    made = Disclosure(theme, body)
    qtbot.addWidget(made)
    made.set_title("Details")
    made.show()
    assert not body.isVisible()
    with qtbot.waitSignal(made.toggled) as told:
        made.button.click()
    assert told.args == [True]
    assert body.isVisible()
