"""Facts about the panel of a copy: the forms that the office has, and a line that can be moved."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.workflow.documents import Queue
from app.workplace.records import CopyProposal
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, picture, placed, shows_at_once, task
from tests.fakes.records import report, signature
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look
from ui.views.copy_panel import CopyPanel

LINE = placed(BoxMm(120, 8, 200, 24), kind=SignatureKind.COPY, page_index=0)


@pytest.fixture
def panel(look: Look, qtbot: QtBot) -> CopyPanel:
    proposal = CopyProposal(
        report(signature()), ("sao_y", "trich_sao"), "sao_y", LINE, (80.0, 16.0)
    )
    workplace = FakeWorkplace(open=paper(), propose_copy=proposal, preview=picture(), warnings=())
    vm = DocumentVm(FakeBridge(workplace))
    shows_at_once(vm)
    made = CopyPanel(vm, look)
    qtbot.addWidget(made)
    made.show()
    vm.open(task(Queue.INCOMING))
    vm.copy()
    return made


def test_the_forms_are_those_of_the_offices_rules(panel: CopyPanel) -> None:
    forms = [panel.form.itemData(index) for index in range(panel.form.count())]
    assert forms == ["sao_y", "trich_sao"]


def test_another_form_is_chosen_from_the_list(panel: CopyPanel) -> None:
    panel.form.setCurrentIndex(1)
    panel.form.activated.emit(1)
    assert panel.vm.state.form == "trich_sao"


def test_the_line_is_moved_by_numbers(panel: CopyPanel) -> None:
    panel.place.sides["left"].setValue(100.0)
    assert panel.vm.state.box is not None
    assert panel.vm.state.box.box_mm.left_mm == 100.0


def test_whoever_wants_no_copy_goes_back(panel: CopyPanel) -> None:
    panel.back.click()
    assert panel.vm.state.copy is None
