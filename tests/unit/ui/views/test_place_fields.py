"""Facts about the place's numbers and the clerk's fields: millimetres in, millimetres out."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDoubleSpinBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.workflow.documents import Queue
from app.workplace.records import PlacedBox, Problem
from pdf.geometry import BoxMm
from signing.terms import Verdict
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, placed, shows_at_once, task, to_issue, to_sign
from tests.fakes.records import LEADER, NOON, report, signature
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look
from ui.views.issue_panel import IssuePanel
from ui.views.place_fields import PlaceFields

EXACT = BoxMm(124.73, 215.08, 169.73, 237.08)
UNDETERMINED = Problem(
    "workflow.leader_signature_undetermined", {"signer": LEADER, "reason": "NO_POE"}
)


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(
        open=paper(),
        propose_signing=to_sign(box=placed(EXACT)),
        propose_issue=to_issue(),
        warnings=(),
    )


@pytest.fixture
def vm(workplace: FakeWorkplace) -> DocumentVm:
    vm = DocumentVm(FakeBridge(workplace), clock=lambda: NOON)
    shows_at_once(vm)
    return vm


@pytest.fixture
def fields(vm: DocumentVm, look: Look, qtbot: QtBot) -> PlaceFields:
    fields = PlaceFields(vm, look)
    qtbot.addWidget(fields)
    fields.show()
    return fields


@pytest.fixture
def issue(vm: DocumentVm, look: Look, qtbot: QtBot) -> IssuePanel:
    panel = IssuePanel(vm, look)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def box_of(vm: DocumentVm) -> PlacedBox:
    assert vm.state.box is not None
    return vm.state.box


def values(fields: PlaceFields) -> list[float]:
    return [round(field.value(), 1) for field in fields.sides.values()]


def test_the_fields_show_the_box_in_millimetres(vm: DocumentVm, fields: PlaceFields) -> None:
    vm.open(task())
    assert values(fields) == [124.7, 215.1, 45.0, 22.0]
    assert fields.page.value() == 2
    assert not vm.state.is_box_moved


def test_a_step_is_half_a_millimetre_and_moves_one_side_alone(
    vm: DocumentVm, fields: PlaceFields
) -> None:
    vm.open(task())
    fields.sides["left"].stepUp()
    moved = box_of(vm).box_mm
    assert moved.left_mm == pytest.approx(125.2)
    assert (moved.top_mm, round(moved.width_mm, 6)) == (EXACT.top_mm, 45.0)


@pytest.mark.parametrize(
    ("side", "value_mm", "wanted"),
    [
        ("left", 20.0, (20.0, 215.08, 45.0, 22.0)),
        ("top", 30.0, (124.73, 30.0, 45.0, 22.0)),
        ("width", 60.0, (124.73, 215.08, 60.0, 22.0)),
        ("height", 30.0, (124.73, 215.08, 45.0, 30.0)),
    ],
)
def test_a_number_sets_its_side(
    vm: DocumentVm,
    fields: PlaceFields,
    side: str,
    value_mm: float,
    wanted: tuple[float, float, float, float],
) -> None:
    vm.open(task())
    fields.sides[side].setValue(value_mm)
    box = box_of(vm).box_mm
    assert (box.left_mm, box.top_mm, box.width_mm, box.height_mm) == pytest.approx(wanted)


def test_a_number_that_leaves_the_page_becomes_what_fits(
    vm: DocumentVm, fields: PlaceFields
) -> None:
    vm.open(task())
    fields.sides["left"].setValue(209.0)
    assert fields.sides["left"].value() == pytest.approx(165.0, abs=0.05)


def test_the_page_counts_from_one(vm: DocumentVm, fields: PlaceFields) -> None:
    vm.open(task())
    fields.page.setValue(1)
    assert (box_of(vm).page_index, box_of(vm).box_mm) == (0, EXACT)


def test_back_and_undo_work_once_something_moved(vm: DocumentVm, fields: PlaceFields) -> None:
    vm.open(task())
    assert not fields.reset.isEnabled()
    assert not fields.undo.isEnabled()
    fields.page.setValue(1)
    fields.reset.click()
    assert box_of(vm) == placed(EXACT)
    fields.undo.click()
    assert box_of(vm).page_index == 0


@pytest.mark.parametrize(
    ("confidence", "told"),
    [
        (0.95, ("The proposal is sure.", "check-circle")),
        (0.6, ("The proposal is fairly sure.", "info")),
        (0.2, ("The proposal is uncertain: look at the page.", "warning")),
    ],
)
def test_how_sure_the_proposal_is_stands_in_words_and_shape(
    vm: DocumentVm,
    fields: PlaceFields,
    workplace: FakeWorkplace,
    confidence: float,
    told: tuple[str, str],
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=placed(confidence=confidence))
    vm.open(task())
    assert (fields.confidence.text(), fields.sign.name) == told
    assert fields.reason.text() == f"Between «GIÁM ĐỐC» and «{LEADER}»."


def test_where_no_place_was_found_the_last_page_is_offered(
    vm: DocumentVm, fields: PlaceFields, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None)
    vm.open(task())
    assert not fields.sides["left"].isVisible()
    fields.place.click()
    assert box_of(vm).page_index == 1
    assert fields.sides["left"].isVisible()


def test_a_seal_has_no_size_to_choose(vm: DocumentVm, fields: PlaceFields) -> None:
    vm.open(task(Queue.TO_ISSUE))
    assert fields.sides["left"].isVisible()
    assert not fields.sides["width"].isVisible()
    assert fields.real_size.text() == "36.0 × 36.0 mm, the seal's real size"


def test_numbers_are_written_as_the_language_has_them(
    vm: DocumentVm, look: Look, fields: PlaceFields, qtbot: QtBot
) -> None:
    vm.open(task())
    look.words.choose("vi")
    qtbot.waitUntil(lambda: fields.sides["left"].text() == "124,7 mm")


def test_the_leaders_signature_is_judged_in_one_sentence(vm: DocumentVm, issue: IssuePanel) -> None:
    vm.open(task(Queue.TO_ISSUE))
    assert issue.verdict.word.text() == "VALID"
    assert issue.verdict.sentence.text().startswith(f"Signed by {LEADER}")
    assert not issue.reason.isVisible()


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("missing", ("NOT SIGNED", "document")),
        ("invalid", ("INVALID", "cross-circle")),
    ],
)
def test_what_must_not_be_sealed_offers_no_fields(
    vm: DocumentVm, issue: IssuePanel, workplace: FakeWorkplace, code: str, told: tuple[str, str]
) -> None:
    problem = Problem(f"workflow.leader_signature_{code}", {"signer": LEADER, "reason": "X"})
    workplace.answers["propose_issue"] = to_issue(leader_problem=problem)
    vm.open(task(Queue.TO_ISSUE))
    assert (issue.verdict.word.text(), issue.verdict.icon.name) == told
    assert not issue.date.isVisible()
    assert not issue.reason.isVisible()


def test_a_document_that_is_sealed_already_is_no_error(
    vm: DocumentVm, issue: IssuePanel, workplace: FakeWorkplace
) -> None:
    stop = Problem("workflow.already_signed")
    workplace.answers["propose_issue"] = to_issue(leader_problem=stop)
    vm.open(task(Queue.TO_ISSUE))
    assert issue.stop.word.text() == "Information"


def test_what_else_stops_the_issue_says_nothing_against_the_leader(
    vm: DocumentVm, issue: IssuePanel, workplace: FakeWorkplace
) -> None:
    stop = Problem("workflow.not_prepared")
    workplace.answers["propose_issue"] = to_issue(leader_problem=stop)
    vm.open(task(Queue.TO_ISSUE))
    assert issue.verdict.word.text() == "VALID"
    assert issue.stop.isVisible()
    assert vm.state.why_not == stop


def test_an_undetermined_signature_asks_for_a_reason(
    vm: DocumentVm, issue: IssuePanel, workplace: FakeWorkplace
) -> None:
    judged = report(signature(verdict=Verdict.UNDETERMINED), verdict=Verdict.UNDETERMINED)
    workplace.answers["propose_issue"] = to_issue(report=judged, leader_problem=UNDETERMINED)
    vm.open(task(Queue.TO_ISSUE))
    reason = issue.findChild(QPlainTextEdit, "issue_reason")
    assert reason is issue.reason
    assert issue.reason.isVisible()
    issue.reason.setPlainText("Đã gọi điện xác nhận")
    assert vm.state.can_order


def test_the_number_is_said_to_come_from_the_register(
    vm: DocumentVm, issue: IssuePanel, workplace: FakeWorkplace
) -> None:
    vm.open(task(Queue.TO_ISSUE))
    told = (issue.number.text(), issue.number_note.text())
    assert told == ("…/STP-VP", "Will be taken from the register")
    workplace.answers["propose_issue"] = to_issue(number="05")
    vm.retry()
    told = (issue.number.text(), issue.number_note.text())
    assert told == ("05/STP-VP", "The number that this document took before")


def test_the_date_is_written_day_first_and_today_at_first(
    vm: DocumentVm, issue: IssuePanel
) -> None:
    vm.open(task(Queue.TO_ISSUE))
    assert issue.date.text() == "22/11/2026"
    assert not issue.date_note.isVisible()


def test_another_date_is_taken_and_warned_of(vm: DocumentVm, issue: IssuePanel) -> None:
    vm.open(task(Queue.TO_ISSUE))
    issue.date.setDate(QDate(2026, 11, 20))
    assert vm.state.issue_date == date(2026, 11, 20)
    assert issue.date_note.what.text() == "The date of issue is not today in Vietnam."


def test_a_number_field_says_what_it_measures(fields: PlaceFields) -> None:
    names = [field.accessibleName() for field in fields.findChildren(QDoubleSpinBox)]
    assert names == [
        "From the left in millimetres",
        "From the top in millimetres",
        "Width in millimetres",
        "Height in millimetres",
    ]
