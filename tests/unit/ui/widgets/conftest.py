"""What the tests of widgets share."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.pages import some_pages
from ui.theme import Theme
from ui.widgets.page_canvas import PageCanvas


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> PageCanvas:
    """Three pages of 200 by 300 mm on a screen of four pixels a millimetre, in real size."""
    made = PageCanvas(theme)
    qtbot.addWidget(made)
    monkeypatch.setattr(made, "real_px_per_mm", lambda: 4.0)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.set_pages(some_pages(3))
    made.set_zoom(1.0)
    made.go_to(0)
    return made
