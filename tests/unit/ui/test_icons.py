"""Facts about the icons: each is drawn as the others, can be tinted, and is there where it is asked for."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

from ui.icons import icon, picture, renderer

FOLDER = Path(str(resources.files("resources") / "icons"))
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))
SOURCES = sorted((Path(__file__).parents[3] / "ui").rglob("*.py"))
ASKED = re.compile(r"""(?:\bicon|set_icon|IconLabel|Empty)\([^"()]*"([a-z0-9-]+)\"""")
BLACK = "#000000"

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "trinhky"])
def test_an_icon_is_drawn_as_the_others_are(name: str) -> None:
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"' in svg
    assert 'stroke-linecap="round" stroke-linejoin="round"' in svg
    assert "#" not in svg


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_can_be_drawn(name: str) -> None:
    assert renderer(name, BLACK).isValid()


def test_every_icon_that_is_asked_for_is_there() -> None:
    asked = {name for path in SOURCES for name in ASKED.findall(path.read_text(encoding="utf-8"))}
    assert len(asked) > 10
    assert asked - set(NAMES) == set()


def test_an_icon_is_sharp_on_a_screen_with_more_pixels() -> None:
    drawn = picture("sign", BLACK, 20, 2.0)
    assert (drawn.width(), drawn.deviceIndependentSize().toSize()) == (40, QSize(20, 20))


@pytest.mark.parametrize("size_px", [16, 17, 20, 33])
def test_an_icon_is_drawn_at_the_very_size_that_is_asked_for(size_px: int) -> None:
    assert icon("seal", BLACK).pixmap(QSize(size_px, size_px), 1.0).width() == size_px


def test_an_icon_that_is_disabled_is_paler() -> None:
    size = QSize(20, 20)
    normal = icon("sign", BLACK).pixmap(size, 1.0)
    disabled = icon("sign", BLACK).pixmap(size, 1.0, QIcon.Mode.Disabled)
    assert normal.toImage() != disabled.toImage()


def test_a_tone_tints_every_line() -> None:
    drawn = picture("check-circle", "#17663a", 48).toImage()
    colours = {
        drawn.pixelColor(x, y).name() for x in range(48) for y in range(48)
        if drawn.pixelColor(x, y).alpha() == 255
    }  # fmt: skip
    assert colours == {"#17663a"}
