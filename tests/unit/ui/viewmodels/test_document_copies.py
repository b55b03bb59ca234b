"""Facts about calling an open document a copy: what the clerk is offered, and what is then agreed to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.workflow.documents import Queue
from app.workplace.records import CopyProposal, OrderKind, Problem
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import (
    corner,
    paper,
    picture,
    placed,
    shows_at_once,
    task,
    to_issue,
)
from tests.fakes.records import BASE, report, signature
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode
from ui.viewmodels.document_state import NOT_SHOWN

LINE = placed(BoxMm(120, 8, 200, 24), kind=SignatureKind.COPY, page_index=0)
MISSING = Problem("workflow.leader_signature_missing")


def to_copy(**changes: Any) -> CopyProposal:
    made = CopyProposal(report(), ("sao_y", "trich_sao"), "sao_y", LINE, (80.0, 16.0))
    return replace(made, **changes)


def opened(queue: Queue, **answers: Any) -> tuple[DocumentVm, FakeWorkplace]:
    told: dict[str, Any] = {
        "open": paper(),
        "propose_issue": to_issue(),
        "propose_copy": to_copy(),
        "preview": picture(),
    }
    workplace = FakeWorkplace(**(told | answers))
    vm = DocumentVm(FakeBridge(workplace))
    shows_at_once(vm)
    vm.open(task(queue))
    return vm, workplace


def test_a_copy_is_offered_of_what_came_in() -> None:
    vm, _ = opened(Queue.INCOMING)
    assert vm.state.can_copy


def test_no_copy_is_offered_of_what_the_leader_signed() -> None:
    vm, _ = opened(Queue.TO_ISSUE)
    assert not vm.state.can_copy


def test_a_copy_is_offered_of_what_waits_and_nobody_signed() -> None:
    vm, _ = opened(Queue.TO_ISSUE, propose_issue=to_issue(leader_problem=MISSING))
    assert vm.state.can_copy


def test_a_copy_that_is_agreed_to_is_an_order_of_the_form_and_the_place() -> None:
    vm, _ = opened(Queue.INCOMING)
    vm.copy("trich_sao")
    order = vm.order()
    assert order is not None
    assert (order.kind, order.form, order.box) == (OrderKind.COPY, "trich_sao", LINE)
    assert order.shown == {"f1": BASE}


def test_the_line_is_drawn_with_the_word_of_its_form() -> None:
    vm, workplace = opened(Queue.INCOMING)
    vm.copy("sao_y")
    vm.copy("trich_sao")
    assert [asked[3] for asked in workplace.asked("preview")] == ["sao_y", "trich_sao"]


def test_a_line_that_was_moved_stays_when_its_form_changes() -> None:
    vm, _ = opened(Queue.INCOMING, warnings=())
    vm.copy("sao_y")
    vm.move_box(0, BoxMm(20, 8, 100, 24))
    vm.copy("trich_sao")
    assert vm.state.box is not None
    assert vm.state.box.box_mm == BoxMm(20, 8, 100, 24)


def test_attachments_are_agreed_to_with_the_copy() -> None:
    vm, _ = opened(Queue.INCOMING, propose_copy=to_copy(attachments=(corner(),)))
    vm.copy()
    order = vm.order()
    assert order is not None
    assert set(order.shown) == {"f1", "f2"}


def test_what_the_rules_refuse_is_told_and_no_order() -> None:
    stop = Problem("workflow.copy_of_invalid", {"reason": "broken"})
    vm, _ = opened(Queue.INCOMING, propose_copy=to_copy(problem=stop))
    vm.copy()
    assert (vm.state.why_not, vm.order()) == (stop, None)


def test_a_line_over_the_words_of_a_signed_original_is_no_order() -> None:
    signed = to_copy(report=report(signature()), notes=("workflow.covers_text",))
    vm, _ = opened(Queue.INCOMING, propose_copy=signed)
    vm.copy()
    assert vm.state.why_not == Problem("workflow.covers_text", {"page": 1})


def test_whoever_makes_no_copy_after_all_has_the_document_as_before() -> None:
    vm, _ = opened(Queue.TO_ISSUE, propose_issue=to_issue(leader_problem=MISSING))
    vm.copy()
    vm.leave_copy()
    assert (vm.state.mode, vm.state.copy) == (DocumentMode.ISSUE, None)
    assert vm.state.why_not == MISSING


def test_another_document_begins_without_the_copy_of_the_one_before() -> None:
    vm, _ = opened(Queue.INCOMING)
    vm.copy("trich_sao")
    vm.open(task(Queue.INCOMING, task_id="t2", document_id="d2"))
    assert (vm.state.mode, vm.state.form) == (DocumentMode.READ, "sao_y")


def test_no_copy_is_agreed_to_that_was_not_seen() -> None:
    workplace = FakeWorkplace(open=paper(), propose_copy=to_copy(), preview=picture())
    vm = DocumentVm(FakeBridge(workplace))
    vm.open(task(Queue.INCOMING))
    vm.copy()
    assert vm.state.why_not == Problem(NOT_SHOWN)
