"""Facts about the blanks of number and date that a person places where the program found none."""

from __future__ import annotations

import pytest

from app.workflow.blanks import PlacedBlank
from pdf.geometry import BoxMm
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import BLANK, annex, blank, corner, paper, shows_at_once, task, to_sign
from tests.fakes.records import NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.sheets import PageBox, Placing
from ui.viewmodels.document import DocumentVm

LACKS = ("workflow.low_confidence", "workflow.number_blank_missing")
ELSEWHERE = BoxMm(60, 40, 72, 45.65)
DAY = BoxMm(138.2, 36.5, 138.2 + 7.6, 42.15)


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(open=paper(), propose_signing=to_sign(notes=LACKS), warnings=())


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> DocumentVm:
    vm = DocumentVm(bridge, clock=lambda: NOON)
    shows_at_once(vm)
    return vm


def put(vm: DocumentVm, which: str = "number", box_mm: BoxMm = BLANK, page_index: int = 0) -> None:
    vm.ask_blank(which)
    vm.place(page_index, box_mm)


def fields(vm: DocumentVm) -> list[PageBox]:
    return [box for box in vm.page_boxes() if box.look == "field"]


def placed(vm: DocumentVm) -> tuple[PlacedBlank, ...]:
    return vm.state.blanks


def why_not(vm: DocumentVm) -> str | None:
    problem = vm.state.why_not
    return None if problem is None else problem.code


def test_a_draft_without_a_blank_for_the_number_asks_for_number_day_and_month(
    vm: DocumentVm,
) -> None:
    vm.open(task())
    assert vm.state.blanks_to_place == ("number", "day", "month")


def test_a_blank_that_was_found_is_not_asked_for(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    found = (blank("day", DAY), blank("year"))
    workplace.answers["propose_signing"] = to_sign(notes=LACKS, blanks=found)
    vm.open(task())
    assert vm.state.blanks_to_place == ("number", "month")


def test_a_draft_whose_blanks_were_found_asks_for_none(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign()
    vm.open(task())
    vm.ask_blank("number")
    assert (vm.state.blanks_to_place, vm.state.asked_blank) == ((), None)


def test_a_draft_that_has_its_number_asks_for_none(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(number="05")
    vm.open(task())
    assert vm.state.blanks_to_place == ()


def test_the_next_click_on_the_page_places_the_blank_that_was_asked_for(vm: DocumentVm) -> None:
    vm.open(task())
    box = vm.state.box
    vm.ask_blank("number")
    assert vm.placing() == Placing("field", 12.0, 5.65)
    vm.place(0, BLANK)
    assert placed(vm) == (blank(),)
    assert (vm.placing(), vm.state.asked_blank, vm.state.box) == (None, None, box)


@pytest.mark.parametrize(("which", "width_mm"), [("number", 12.0), ("day", 7.6), ("month", 7.5)])
def test_a_blank_is_as_wide_as_what_will_stand_in_it(
    vm: DocumentVm, which: str, width_mm: float
) -> None:
    vm.open(task())
    put(vm, which, BoxMm(50, 36, 150, 136))
    (field,) = fields(vm)
    size = round(field.box_mm.width_mm, 3), round(field.box_mm.height_mm, 3)
    assert size == (width_mm, 5.65)


def test_without_a_blank_in_the_hand_a_click_places_the_signature(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None, notes=LACKS)
    vm.open(task())
    vm.ask_blank("number")
    vm.ask_blank(None)
    assert vm.placing() == Placing("blue", 45.0, 22.0)
    vm.place(0, BoxMm(60, 100, 105, 122))
    assert (placed(vm), vm.state.box is not None) == ((), True)


def test_a_placed_blank_follows_the_hand_in_its_size(vm: DocumentVm) -> None:
    vm.open(task())
    put(vm)
    (field,) = fields(vm)
    assert (field.key, field.label) == ("blank:number", "blank.number")
    assert (field.is_movable, field.is_resizable) == (True, False)
    vm.box_moved(field.key, 1, ELSEWHERE)
    assert placed(vm) == (blank("number", ELSEWHERE, 1),)


def test_a_blank_stays_on_its_page(vm: DocumentVm) -> None:
    vm.open(task())
    put(vm, "number", BoxMm(205, -3, 217, 2.65), 9)
    (there,) = placed(vm)
    assert (round(there.box_mm.right_mm, 3), there.box_mm.top_mm) == (210, 0)
    assert there.page_index == 1


def test_a_blank_that_was_found_does_not_follow_the_hand(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(notes=LACKS, blanks=(blank("day", DAY),))
    vm.open(task())
    vm.box_moved("blank:day", 0, ELSEWHERE)
    (field,) = fields(vm)
    assert (field.is_movable, field.box_mm, placed(vm)) == (False, DAY, ())


def test_with_its_number_placed_the_draft_can_be_signed_and_the_note_falls(vm: DocumentVm) -> None:
    vm.open(task())
    put(vm, "day", DAY)
    assert why_not(vm) == "workflow.no_blanks"
    put(vm)
    assert (why_not(vm), vm.state.can_order) == (None, True)
    assert [note.code for note in vm.state.notes] == ["workflow.low_confidence"]


def test_an_order_names_the_placed_blanks_and_those_that_were_found(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(notes=LACKS, blanks=(blank("year"),))
    vm.open(task())
    put(vm, "day", DAY)
    put(vm)
    order = vm.order()
    assert order is not None
    assert order.blanks == (blank("year"), blank(), blank("day", DAY))


def test_where_all_were_found_an_order_names_none(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["propose_signing"] = to_sign(blanks=(blank(),))
    vm.open(task())
    order = vm.order()
    assert order is not None
    assert order.blanks == ()


def test_a_blank_can_be_taken_away_and_that_undone(vm: DocumentVm) -> None:
    vm.open(task())
    put(vm)
    vm.remove_blank("number")
    assert (placed(vm), vm.state.can_order) == ((), False)
    vm.undo()
    assert placed(vm) == (blank(),)
    vm.undo()
    assert (placed(vm), vm.state.can_undo) == ((), False)


def test_undo_goes_back_through_box_and_blanks_in_turn(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    proposed = vm.state.box
    put(vm)
    vm.move_box(0, BoxMm(60, 100, 105, 122))
    vm.box_moved("blank:number", 0, ELSEWHERE)
    vm.undo()
    assert (placed(vm), vm.state.is_box_moved) == ((blank(),), True)
    assert len(workplace.asked("warnings")) == 1
    vm.undo()
    assert (placed(vm), vm.state.box) == ((blank(),), proposed)
    vm.undo()
    assert (placed(vm), vm.state.can_undo) == ((), False)


def test_a_blank_that_did_not_move_leaves_nothing_to_undo(vm: DocumentVm) -> None:
    vm.open(task())
    put(vm)
    put(vm)
    vm.undo()
    assert not vm.state.can_undo


def test_to_place_a_blank_the_document_is_shown_again(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["open"] = paper(files=(file_ref(), annex()))
    workplace.answers["attachment"] = corner().file
    vm.open(task())
    vm.show_file("f2")
    assert vm.page_boxes() == ()
    vm.ask_blank("number")
    assert (vm.state.shown_file, vm.placing()) == (paper().main, Placing("field", 12.0, 5.65))
    vm.show_file("f2")
    assert vm.placing() is None


def test_blanks_stay_while_the_server_says_the_same_and_fall_with_another_copy(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers |= {"stored": paper(is_fresh=False), "open": paper(drafting_unit="VP")}
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    bridge.step(1)
    put(vm)
    bridge.run()
    assert placed(vm) == (blank(),)
    vm.open(task(document_id="d2"))
    bridge.run()
    assert placed(vm) == ()


def test_while_the_document_moves_on_no_blank_is_placed(vm: DocumentVm, bridge: FakeBridge) -> None:
    vm.open(task())
    put(vm)
    bridge.is_held = True
    vm.send_back("Thiếu căn cứ")
    vm.ask_blank("day")
    (field,) = fields(vm)
    assert (vm.state.asked_blank, vm.placing(), field.is_movable) == (None, None, False)
