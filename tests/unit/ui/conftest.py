"""What the views' tests share: one theme for the application, English words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui.theme import Scheme, Theme
from ui.views.base import Look
from ui.words import Words


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Scheme.LIGHT)


@pytest.fixture
def look(theme: Theme) -> Iterator[Look]:
    look = Look(Words("en"), theme)
    yield look
    # The application speaks what was chosen last.
    look.words.choose("en")


@pytest.fixture(autouse=True)
def _put_away(qapp: QApplication) -> Iterator[None]:
    """Delete what a test has closed: no window of one test hears of the next one's theme and language."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
