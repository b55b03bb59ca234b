"""The whole window, without its widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from tests.unit.ui.viewmodels.office import Office


@pytest.fixture
def office(qapp: QCoreApplication) -> Office:
    """Nobody is signed in yet."""
    del qapp
    return Office()


@pytest.fixture
def at_work(office: Office) -> Office:
    """A leader, before two drafts."""
    office.enter()
    return office
