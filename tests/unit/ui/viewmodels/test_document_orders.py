"""Facts about what a person may agree to, and why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.errors import AppError
from app.workflow.documents import Queue, RoutingStep
from app.workplace.records import Order, OrderKind, Problem
from pdf.geometry import BoxMm
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import (
    ANNEX,
    SEAL_PLACE,
    TODAY,
    annex,
    corner,
    paper,
    placed,
    seal,
    task,
    to_issue,
    to_sign,
)
from tests.fakes.records import BASE, LEADER, NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm

ELSEWHERE = BoxMm(60, 100, 105, 122)
UNDETERMINED = Problem("workflow.leader_signature_undetermined", {"signer": LEADER})
TO_ISSUE = task(Queue.TO_ISSUE)


def codes(vm: DocumentVm) -> list[str]:
    return [note.code for note in vm.state.notes]


def why_not(vm: DocumentVm) -> str | None:
    problem = vm.state.why_not
    return None if problem is None else problem.code


def test_an_order_to_sign_names_what_was_shown_and_where(vm: DocumentVm) -> None:
    vm.open(task())
    assert vm.order() == Order(
        OrderKind.SIGN, "d1", "Về việc kiểm tra", {"f1": BASE}, placed(), signer=LEADER
    )


def test_an_order_to_issue_names_every_file_the_date_and_the_seal(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(files=(file_ref(), annex()))
    workplace.answers["propose_issue"] = to_issue(attachments=(corner(),))
    vm.open(TO_ISSUE)
    assert vm.order() == Order(
        OrderKind.ISSUE,
        "d1",
        "Về việc kiểm tra",
        {"f1": BASE, "f2": ANNEX},
        seal(),
        issue_date=TODAY,
    )


def test_nothing_is_ordered_before_the_proposal(vm: DocumentVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    bridge.step()
    assert vm.state.is_proposing
    assert (vm.order(), why_not(vm)) == (None, None)


def test_what_cannot_be_proposed_cannot_be_signed(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.errors["propose_signing"] = AppError("workflow.too_large", bytes=2, limit=1)
    vm.open(task())
    assert (why_not(vm), vm.state.can_order) == ("workflow.too_large", False)


def test_a_draft_without_a_blank_for_the_number_is_not_signed(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(notes=("workflow.number_blank_missing",))
    vm.open(task())
    assert (why_not(vm), codes(vm)) == ("workflow.no_blanks", ["workflow.no_blanks"])


def test_a_draft_whose_number_is_typed_needs_no_blank(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(number="05")
    workplace.answers["propose_signing"] = to_sign(notes=("workflow.number_blank_missing",))
    vm.open(task())
    assert (vm.state.can_order, codes(vm)) == (True, [])


def test_an_invalid_leaders_signature_leaves_no_way_to_seal(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    problem = Problem("workflow.leader_signature_invalid")
    workplace.answers["propose_issue"] = to_issue(leader_problem=problem)
    vm.open(TO_ISSUE)
    vm.set_reason("Tôi chịu trách nhiệm")
    assert (vm.state.why_not, vm.order()) == (problem, None)


def test_an_undetermined_leaders_signature_needs_a_reason(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_issue"] = to_issue(leader_problem=UNDETERMINED)
    vm.open(TO_ISSUE)
    assert vm.state.why_not == UNDETERMINED
    vm.set_reason("   ")
    assert vm.order() is None
    vm.set_reason(" Đã gọi điện xác nhận ")
    order = vm.order()
    assert order is not None
    assert order.reason == "Đã gọi điện xác nhận"


def test_a_reason_that_nothing_asks_for_is_not_recorded(vm: DocumentVm) -> None:
    vm.open(TO_ISSUE)
    vm.set_reason("Thừa")
    order = vm.order()
    assert order is not None
    assert order.reason is None


def test_a_reason_does_not_stay_for_the_next_document(vm: DocumentVm) -> None:
    vm.open(TO_ISSUE)
    vm.set_reason("Đã gọi điện xác nhận")
    vm.open(task(Queue.TO_ISSUE, document_id="d2"))
    assert vm.state.reason == ""


def test_a_seal_over_words_of_a_signed_file_is_refused_before_the_pin(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["warnings"] = ("workflow.covers_text",)
    vm.open(TO_ISSUE)
    vm.move_box(1, SEAL_PLACE.moved_by(-50, -50))
    assert vm.state.why_not == Problem("workflow.covers_text", {"page": 2})
    vm.reset_box()
    assert vm.state.can_order


def test_a_signature_over_words_of_a_draft_is_a_warning_alone(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["warnings"] = ("workflow.covers_text",)
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    assert (codes(vm), vm.state.can_order) == (["workflow.covers_text"], True)


def test_a_second_signature_over_words_of_a_signed_draft_is_refused_before_the_pin(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["warnings"] = ("workflow.covers_text",)
    workplace.answers["propose_signing"] = to_sign(is_signed=True)
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    assert vm.state.why_not == Problem("workflow.covers_text", {"page": 1})
    vm.reset_box()
    assert vm.state.can_order


def test_a_proposed_place_over_words_of_a_signed_draft_is_refused_too(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    notes = ("workflow.covers_text",)
    workplace.answers["propose_signing"] = to_sign(is_signed=True, notes=notes)
    vm.open(task())
    assert why_not(vm) == "workflow.covers_text"


@pytest.mark.parametrize("is_signed", [True, False])
def test_a_place_on_a_signed_draft_is_weighed_before_it_can_be_agreed_to(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge, *, is_signed: bool
) -> None:
    workplace.answers["propose_signing"] = to_sign(is_signed=is_signed)
    vm.open(task())
    bridge.is_held = True
    vm.move_box(0, ELSEWHERE)
    assert vm.state.can_order is not is_signed
    bridge.run()
    assert vm.state.can_order


def test_a_place_that_could_not_be_weighed_is_weighed_when_it_is_signed(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(is_signed=True)
    workplace.errors["warnings"] = AppError("worker.died")
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    assert (vm.state.problem, vm.state.can_order) == (Problem("worker.died"), True)


def test_an_attachment_without_a_place_for_its_seal_stops_the_issue(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    lost = replace(corner(), box=None)
    workplace.answers["propose_issue"] = to_issue(attachments=(lost,))
    vm.open(TO_ISSUE)
    assert vm.state.why_not == Problem("workflow.no_corner", {"name": "phu-luc.pdf"})


def test_a_date_that_is_not_today_in_vietnam_is_noted(vm: DocumentVm) -> None:
    vm.open(TO_ISSUE)
    assert (vm.state.issue_date, codes(vm)) == (TODAY, [])
    vm.set_issue_date(date(2026, 11, 23))
    assert codes(vm) == ["workflow.date_differs"]
    vm.set_issue_date(TODAY)
    assert codes(vm) == []


def test_why_it_was_returned_is_the_first_thing_to_read(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    steps = (RoutingStep(NOON, LEADER, "return", "Thiếu căn cứ"), RoutingStep(NOON, "VP", "submit"))
    workplace.answers["open"] = paper(history=steps)
    vm.open(task(returned=True))
    told = {"actor": LEADER, "comment": "Thiếu căn cứ"}
    assert vm.state.notes == (Problem("workflow.returned", told),)
