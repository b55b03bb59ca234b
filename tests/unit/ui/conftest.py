"""What the views' tests share: one theme for the application, English words."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ui.theme import Scheme, Theme
from ui.views.base import Look
from ui.words import Words

_TURNS = count()
_EVERY = 25
"""A collection takes as long as several tests."""


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
def _collected_here() -> Iterator[None]:
    """Let no lane's thread collect what a test before has left: a timer ends in the thread that made it."""
    gc.disable()
    yield
    if next(_TURNS) % _EVERY == 0:
        gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _put_away(qapp: QApplication) -> Iterator[None]:
    """Delete what a test has closed: no window of one test hears of the next one's theme and language."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
