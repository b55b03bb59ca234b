"""The whole window, without its widgets; and an open document alone, for the tests that ask no more."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, shows_at_once, to_issue, to_sign
from tests.fakes.records import NOON
from tests.fakes.workplace import FakeWorkplace
from tests.unit.ui.viewmodels.office import Office
from ui.viewmodels.document import DocumentVm


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


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(
        open=paper(), propose_signing=to_sign(), propose_issue=to_issue(), warnings=()
    )


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> DocumentVm:
    """A document's view-model whose pages are on the screen at once."""
    vm = DocumentVm(bridge, clock=lambda: NOON)
    shows_at_once(vm)
    return vm
