"""Facts about the window's look: what can be read, on every ground, in both schemes."""

from __future__ import annotations

from importlib import resources

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.theme import DARK, LIGHT, Colours, Scheme, Theme, Tone, mark, style_sheet

SCHEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("ground", "surface", "raised", "hover", "selected")
TEXTS = ("text", "muted", "accent", "good", "warn", "bad")
READABLE = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((text, "surface") for text in ("blue", "red")),
    *(("on_accent", ground) for ground in ("accent", "accent_hover", "accent_pressed")),
    ("text", "desk"),
    ("muted", "desk"),
]
VISIBLE = [
    *(("edge", ground) for ground in ("ground", "surface")),
    *(("focus", ground) for ground in GROUNDS),
]
"""What can be typed into or ticked, and the ring around what has the keyboard: not text, but to be seen."""


def luminance(colour: str) -> float:
    said = QColor(colour)
    red, green, blue = map(linear, (said.redF(), said.greenF(), said.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, 1.4.3."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.LIGHT)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize(("text", "ground"), READABLE)
def test_a_text_can_be_read_on_its_ground(colours: Colours, text: str, ground: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize("tone", Tone)
def test_a_tone_and_plain_text_can_be_read_on_the_tones_own_ground(
    colours: Colours, tone: Tone
) -> None:
    for text in (colours.tone(tone), colours.text, colours.muted):
        assert contrast(text, colours.tint(tone)) >= 4.5


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
@pytest.mark.parametrize(("edge", "ground"), VISIBLE)
def test_an_edge_can_be_seen_on_its_ground(colours: Colours, edge: str, ground: str) -> None:
    assert contrast(getattr(colours, edge), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)
def test_blue_and_red_are_kept_for_the_signatures(colours: Colours) -> None:
    sheet = style_sheet(colours, 10)
    assert colours.blue not in sheet
    assert colours.red not in sheet


@pytest.mark.parametrize(
    "control",
    ["QPushButton", "QToolButton", "QLineEdit", "QPlainTextEdit", "QComboBox", "QCheckBox", "QRadioButton"],
)  # fmt: skip
def test_who_has_the_keyboard_is_seen_on_every_control(control: str) -> None:
    sheet = (resources.files("resources") / "styles" / "window.qss").read_text(encoding="utf-8")
    assert f"{control}:focus" in sheet


def test_type_sizes_follow_the_systems_own() -> None:
    assert "font-size: 15.0pt" in style_sheet(LIGHT, 10)
    assert "font-size: 30.0pt" in style_sheet(LIGHT, 20)


def test_the_person_chooses_dark_and_everybody_is_told(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.choose(Scheme.DARK)
    assert theme.is_dark
    assert theme.colours is DARK


def test_choosing_the_same_scheme_again_tells_nobody(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(Scheme.LIGHT)


def test_a_label_that_is_marked_is_drawn_so(theme: Theme, qtbot: QtBot) -> None:
    label = QLabel("a")
    qtbot.addWidget(label)
    label.ensurePolished()
    before = label.font().pointSizeF()
    mark(label, type="title", tone="bad")
    assert label.font().pointSizeF() > before
    assert label.palette().color(label.foregroundRole()).name() == theme.colours.bad
