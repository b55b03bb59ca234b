"""Facts about ký nháy and the opinions of internal forms: what is agreed to is what was typed and shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import AppError
from app.workflow.documents import Queue
from app.workplace.records import OpinionPreview, OpinionProposal, OrderKind, Problem
from pdf.geometry import BoxMm
from signing.opinions import OpinionRoom
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, picture, placed, task, to_sign
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm

HEADING = "Ý kiến đề xuất của Lãnh đạo đơn vị"
ROOM = OpinionRoom(415.0, 80.0, 13.0)
ASKED = OpinionProposal(2, HEADING, 0, BoxMm(30, 160, 180, 190), 4, is_required=False, room=ROOM)
SHOWN = OpinionPreview(picture(), 1, 13.0)
INITIALS = to_sign(box=placed(kind=SignatureKind.INITIAL), size_mm=(12.0, 6.0))


def _why_not(vm: DocumentVm) -> str | None:
    problem = vm.state.why_not
    return None if problem is None else problem.code


@pytest.fixture
def form(workplace: FakeWorkplace, vm: DocumentVm) -> DocumentVm:
    """A form that asks for an opinion is open."""
    workplace.answers |= {"propose_signing": to_sign(opinion=ASKED), "preview_opinion": SHOWN}
    vm.open(task())
    return vm


def test_an_initialler_orders_ky_nhay_where_it_is_proposed(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_initial"] = INITIALS
    vm.open(task(Queue.TO_INITIAL))
    order = vm.order()
    assert order is not None
    assert (order.kind, order.box) == (OrderKind.INITIAL, INITIALS.box)


@pytest.mark.parametrize("code", ["workflow.no_initials", "workflow.nothing_to_initial"])
def test_where_no_ky_nhay_is_asked_for_the_document_is_passed_on_without_a_complaint(
    vm: DocumentVm, workplace: FakeWorkplace, code: str
) -> None:
    workplace.errors["propose_initial"] = AppError(code)
    vm.open(task(Queue.TO_INITIAL))
    assert vm.state.passes_on_only
    assert (vm.state.problem, vm.order()) == (None, None)


def test_what_is_said_and_at_which_level_goes_with_the_order(form: DocumentVm) -> None:
    form.set_opinion(" Đồng ý, trình Giám đốc. ")
    order = form.order()
    assert order is not None
    assert (order.opinion, order.level) == ("Đồng ý, trình Giám đốc.", 2)


def test_without_a_text_the_level_agrees(form: DocumentVm) -> None:
    order = form.order()
    assert order is not None
    assert (order.opinion, order.level) == ("", 2)


def test_a_level_that_must_say_something_cannot_agree_in_silence(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(opinion=replace(ASKED, is_required=True))
    vm.open(task())
    assert _why_not(vm) == "workflow.opinion_missing"


def test_the_opinion_is_shown_on_the_page_as_it_will_stand(form: DocumentVm) -> None:
    form.set_opinion("Đồng ý.")
    box = next(item for item in form.page_boxes() if item.key == "opinion")
    assert (box.page_index, box.box_mm, box.preview) == (0, ASKED.box_mm, SHOWN.picture)


def test_an_opinion_that_finds_no_room_cannot_be_signed(
    form: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["preview_opinion"] = AppError("prepare.opinion_too_long", lines=9, room=4)
    form.set_opinion("Rất dài")
    assert _why_not(form) == "prepare.opinion_too_long"
    assert form.order() is None


def test_nothing_is_signed_before_the_opinion_was_shown(
    form: DocumentVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    form.set_opinion("Đồng ý.")
    assert form.order() is None
    bridge.run()
    assert form.order() is not None


def test_a_word_file_that_is_converted_says_so(vm: DocumentVm, bridge: FakeBridge) -> None:
    told: list[str] = []
    vm.changed.connect(lambda: told.append(vm.state.converting))
    workplace = bridge.workplace
    workplace.answers["open"] = lambda _, converting: (converting("du-thao.docx"), paper())[1]  # type: ignore[attr-defined]
    vm.open(task())
    assert "du-thao.docx" in told
    assert vm.state.converting == ""


def test_what_a_conversion_may_have_changed_is_told_before_signing(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = replace(paper(), notes=("convert.layout",))
    vm.open(task())
    assert Problem("convert.layout", {"page": 2}) in vm.state.notes
