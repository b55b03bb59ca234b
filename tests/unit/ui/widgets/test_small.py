"""Facts about the small widgets: badge, shortened label, busy line, empty room."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.theme import Scheme, Theme, Tone
from ui.widgets.badge import Badge
from ui.widgets.busy_line import BusyLine
from ui.widgets.elided_label import ElidedLabel, tip
from ui.widgets.empty import Empty
from ui.widgets.icon_label import IconLabel


def test_a_badge_says_its_word_with_an_icon_and_aloud(theme: Theme, qtbot: QtBot) -> None:
    badge = Badge(theme, "Offline", "offline", Tone.WARN)
    qtbot.addWidget(badge)
    assert (badge.label.text(), badge.icon.name, badge.accessibleName()) == (
        "Offline",
        "offline",
        "Offline",
    )


def test_a_badge_without_an_icon_leaves_no_room_for_one(theme: Theme, qtbot: QtBot) -> None:
    badge = Badge(theme, "x")
    qtbot.addWidget(badge)
    assert badge.icon.isHidden()


def test_a_text_that_has_no_room_stands_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("Sở Tư pháp tỉnh Thử Nghiệm")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert "Sở Tư pháp tỉnh Thử Nghiệm" in label.toolTip()


def test_a_text_that_has_room_needs_no_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel("An")
    qtbot.addWidget(label)
    label.resize(200, 20)
    label.show()
    assert label.toolTip() == ""


def test_markup_in_a_tool_tip_is_shown_as_it_is() -> None:
    assert "&lt;img src='x'>" in tip("<img src='x'>")
    assert "a &amp; b" in tip("a & b")


def test_a_busy_line_says_aloud_what_runs(qtbot: QtBot) -> None:
    line = BusyLine("Fetching…")
    qtbot.addWidget(line)
    assert line.bar.accessibleName() == line.label.text() == "Fetching…"
    line.set_text("")
    assert line.label.isHidden()


def test_an_empty_room_offers_what_may_be_done(theme: Theme, qtbot: QtBot) -> None:
    empty = Empty(theme, "inbox")
    qtbot.addWidget(empty)
    empty.set_texts("Nothing", "Wait", "Refresh")
    assert (empty.title.text(), empty.hint.text(), empty.button.text()) == (
        "Nothing",
        "Wait",
        "Refresh",
    )
    empty.set_texts("Nothing")
    assert empty.hint.isHidden()
    assert empty.button.isHidden()


def test_an_icon_takes_the_other_schemes_colour(theme: Theme, qtbot: QtBot) -> None:
    label = IconLabel(theme, "inbox", Tone.TEXT, 32)
    qtbot.addWidget(label)
    light = label.grab().toImage()
    theme.choose(Scheme.DARK)
    dark = label.grab().toImage()
    theme.choose(Scheme.LIGHT)
    assert light != dark
