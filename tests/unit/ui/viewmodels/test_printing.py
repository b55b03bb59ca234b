"""Facts about the print for paper, and about number and date of what other software signed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError
from app.workflow.documents import Queue
from app.workplace.records import IssueProposal, PlacedBox, Problem
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import BLANK, TODAY, paper, picture, placed, shows_at_once, task, to_issue
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm

OUT = Path("/home/vt/cong-van-in.pdf")
NO_BLANK = Problem("workflow.number_no_blank")


def opened(proposal: IssueProposal, **answers: Any) -> tuple[DocumentVm, FakeWorkplace]:
    told = {"open": paper(), "propose_issue": proposal, "preview": picture()}
    workplace = FakeWorkplace(**(told | answers))
    vm = DocumentVm(FakeBridge(workplace))
    shows_at_once(vm)
    vm.open(task(Queue.TO_ISSUE))
    return vm, workplace


def test_what_the_leader_signed_can_be_printed_with_the_chosen_date() -> None:
    vm, workplace = opened(to_issue(), print_paper=("numbered", ()))
    vm.prints.print_to(OUT)
    assert workplace.asked("print_paper") == [(vm.state.paper, OUT, TODAY)]
    printed = vm.prints.state.printed
    assert printed is not None
    assert (printed.out, printed.kind) == (OUT, "numbered")


@pytest.mark.parametrize("code", ["missing", "invalid"])
def test_what_the_leader_has_not_signed_soundly_is_not_printed(code: str) -> None:
    stopped = to_issue(leader_problem=Problem(f"workflow.leader_signature_{code}"))
    vm, workplace = opened(stopped, print_paper=("numbered", ()))
    vm.prints.print_to(OUT)
    assert workplace.asked("print_paper") == []


def test_no_print_is_offered_of_what_has_no_fields_for_number_and_date() -> None:
    vm, _ = opened(to_issue(is_numbered_apart=True))
    assert not vm.prints.state.can_print


def test_why_nothing_was_printed_is_told() -> None:
    vm, workplace = opened(to_issue())
    workplace.errors["print_paper"] = AppError("workflow.not_prepared")
    vm.prints.print_to(OUT)
    assert vm.prints.state.problem == Problem("workflow.not_prepared")


def test_what_was_printed_is_not_told_of_another_document() -> None:
    vm, workplace = opened(to_issue(), print_paper=("numbered", ()))
    vm.prints.print_to(OUT)
    workplace.answers["open"] = paper("c" * 64)
    vm.open(task(Queue.TO_ISSUE, task_id="t2", document_id="d2"))
    assert vm.prints.state.printed is None


def test_the_wide_signature_of_number_and_date_is_shown_around_its_blanks() -> None:
    day = PlacedBox(SignatureKind.NUMBER, 0, BoxMm(150, 36, 158, 42))
    number = placed(BLANK, kind=SignatureKind.NUMBER, page_index=0)
    vm, _ = opened(to_issue(is_numbered_apart=True, blanks=(number, day)))
    (wide,) = [box for box in vm.page_boxes() if box.label == "kind.number" and box.look == "red"]
    assert wide.box_mm == BoxMm(BLANK.left_mm, 36, 158, BLANK.bottom_mm)


def test_a_number_without_a_blank_is_placed_by_hand_and_issued_there() -> None:
    vm, _ = opened(to_issue(is_numbered_apart=True, leader_problem=NO_BLANK))
    assert (vm.state.why_not, vm.order()) == (NO_BLANK, None)
    vm.ask_blank("number")
    vm.place(0, BLANK)
    order = vm.order()
    assert order is not None
    assert [blank.which for blank in order.blanks] == ["number"]
    assert order.reason is None


def test_the_day_alone_does_not_lift_the_missing_number() -> None:
    vm, _ = opened(to_issue(is_numbered_apart=True, leader_problem=NO_BLANK))
    vm.ask_blank("day")
    vm.place(0, BLANK)
    assert vm.state.why_not == NO_BLANK
