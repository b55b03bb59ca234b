"""Facts about the box of a signature or a seal: where it goes, what the pages show."""

from __future__ import annotations

from app.errors import AppError
from app.workflow.documents import PageMark, Queue, RoutingStep
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import (
    BETWEEN,
    PLACE,
    annex,
    blank,
    corner,
    paper,
    picture,
    placed,
    task,
    to_issue,
    to_sign,
)
from tests.fakes.records import LEADER, NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.sheets import Placing
from ui.viewmodels.document import DocumentVm

ELSEWHERE = BoxMm(60, 100, 105, 122)
TO_ISSUE = task(Queue.TO_ISSUE)


class Seen:
    """What a view-model told."""

    def __init__(self, vm: DocumentVm) -> None:
        self.opened: list[str] = []
        self.files: list[str | None] = []
        self.moved_on: list[str] = []
        vm.opened.connect(lambda paper: self.opened.append(paper.main.sha256))
        vm.file_shown.connect(lambda file: self.files.append(file and file.ref.file_id))
        vm.moved_on.connect(self.moved_on.append)


def codes(vm: DocumentVm) -> list[str]:
    return [note.code for note in vm.state.notes]


def why_not(vm: DocumentVm) -> str | None:
    problem = vm.state.why_not
    return None if problem is None else problem.code


def test_a_moved_box_is_what_is_ordered(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    order = vm.order()
    assert order is not None
    assert order.box == placed(ELSEWHERE, page_index=0, confidence=1.0, reason="")


def test_a_moved_box_is_asked_about(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    vm.open(task())
    assert not workplace.asked("warnings")
    vm.move_box(0, ELSEWHERE)
    assert workplace.asked("warnings") == [(paper().main, vm.state.box)]


def test_warnings_about_a_place_that_was_left_reach_nobody(
    vm: DocumentVm, workplace: FakeWorkplace, bridge: FakeBridge
) -> None:
    workplace.answers["warnings"] = ("workflow.covers_text",)
    vm.open(task())
    bridge.is_held = True
    vm.move_box(0, ELSEWHERE)
    vm.reset_box()
    bridge.run()
    assert vm.state.warnings == ()


def test_notes_of_the_proposed_place_fall_with_it(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    notes = ("workflow.low_confidence", "workflow.chain_untrusted")
    workplace.answers["propose_signing"] = to_sign(notes=notes)
    vm.open(task())
    assert codes(vm) == list(notes)
    vm.move_box(0, ELSEWHERE)
    assert codes(vm) == ["workflow.chain_untrusted"]


def test_undo_goes_back_move_by_move(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    vm.move_box(0, PLACE)
    vm.undo()
    assert vm.state.box is not None
    assert vm.state.box.box_mm == ELSEWHERE
    vm.undo()
    assert vm.state.box == placed()
    assert (vm.state.is_box_moved, vm.state.can_undo) == (False, False)


def test_going_back_to_the_proposed_place_can_be_undone(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    vm.reset_box()
    assert vm.state.box == placed()
    assert vm.state.box.reason == BETWEEN
    vm.undo()
    assert vm.state.is_box_moved


def test_a_box_that_did_not_move_leaves_nothing_to_undo(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(1, PLACE)
    assert (vm.state.box, vm.state.can_undo) == (placed(), False)


def test_a_box_stays_on_its_page(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(0, BoxMm(200, -5, 245, 17))
    assert vm.state.box is not None
    box = vm.state.box.box_mm
    assert (round(box.right_mm), box.top_mm) == (210, 0)
    assert (round(box.width_mm, 3), round(box.height_mm, 3)) == (45, 22)


def test_a_box_cannot_be_moved_beyond_the_last_page(vm: DocumentVm) -> None:
    vm.open(task())
    vm.move_box(7, ELSEWHERE)
    assert vm.state.box is not None
    assert vm.state.box.page_index == 1


def test_a_seal_keeps_its_real_size(vm: DocumentVm) -> None:
    vm.open(TO_ISSUE)
    vm.move_box(1, BoxMm(50, 60, 150, 90))
    assert vm.state.box is not None
    assert vm.state.box.box_mm == BoxMm(50, 60, 86, 96)
    assert vm.state.box.kind is SignatureKind.SEAL


def test_where_no_place_was_found_the_person_puts_the_box(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None)
    vm.open(task())
    assert why_not(vm) == "workflow.place_needed"
    assert vm.placing() == Placing("blue", 45.0, 22.0)
    vm.place_box(0)
    assert vm.state.can_order
    assert (vm.placing(), vm.state.box and vm.state.box.page_index) == (None, 0)
    vm.undo()
    assert vm.state.box is None


def test_a_seal_without_a_place_is_put_in_its_usual_size(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_issue"] = to_issue(seal=None)
    vm.open(TO_ISSUE)
    assert vm.placing() == Placing("red", 36.0, 36.0)


def test_only_the_one_box_follows_the_hand(vm: DocumentVm) -> None:
    vm.open(task())
    vm.box_moved("blank 0", 0, ELSEWHERE)
    assert not vm.state.is_box_moved
    (box,) = vm.page_boxes()
    vm.box_moved(box.key, 0, ELSEWHERE)
    assert vm.state.is_box_moved


def test_nothing_moves_before_the_proposal_came(vm: DocumentVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    vm.open(task())
    bridge.step()
    bridge.step()
    vm.move_box(0, ELSEWHERE)
    assert vm.state.box is None


def test_the_pages_show_the_box_with_what_will_stand_in_it(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["preview"] = picture()
    workplace.answers["propose_signing"] = to_sign(blanks=(blank(),))
    vm.open(task())
    field, box = vm.page_boxes()
    assert (field.look, field.is_movable, field.label) == ("field", False, "blank.number")
    assert (box.look, box.is_movable, box.is_resizable) == ("blue", True, True)
    assert (box.preview, box.confidence, box.snap) == (picture(), 0.95, PLACE)
    assert (box.label, box.name) == ("kind.personal", LEADER)


def test_a_seal_is_red_and_keeps_its_size_under_the_hand(vm: DocumentVm) -> None:
    vm.open(TO_ISSUE)
    (box,) = vm.page_boxes()
    assert (box.look, box.is_movable, box.is_resizable) == ("red", True, False)


def test_a_box_is_drawn_once_for_its_size(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["preview"] = picture()
    vm.open(task())
    vm.move_box(0, ELSEWHERE)
    assert len(workplace.asked("preview")) == 1
    vm.move_box(0, BoxMm(60, 100, 90, 122))
    assert len(workplace.asked("preview")) == 2


def test_a_box_whose_picture_fails_is_still_a_box(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.errors["preview"] = AppError("worker.died")
    vm.open(task())
    (box,) = vm.page_boxes()
    assert box.preview is None
    assert (vm.state.problem, vm.state.can_order) == (None, True)


def test_a_picture_that_failed_is_drawn_the_next_time(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["preview"] = AppError("server.sign_in_again")
    workplace.answers["preview"] = picture()
    vm.open(task())
    del workplace.errors["preview"]
    vm.move_box(0, ELSEWHERE)
    (box,) = vm.page_boxes()
    assert box.preview == picture()


def test_an_attachment_is_shown_with_its_corner(vm: DocumentVm, workplace: FakeWorkplace) -> None:
    workplace.answers["open"] = paper(files=(file_ref(), annex()))
    workplace.answers["propose_issue"] = to_issue(attachments=(corner(),))
    workplace.answers["preview"] = picture()
    seen = Seen(vm)
    vm.open(TO_ISSUE)
    vm.show_file("f2")
    (box,) = vm.page_boxes()
    assert (box.label, box.is_movable, box.preview) == ("kind.attachment", False, picture())
    vm.show_file("f1")
    assert seen.files == [None, "f1", "f2", "f1"]


def test_a_file_that_is_not_there_is_not_shown(vm: DocumentVm) -> None:
    vm.open(task())
    seen = Seen(vm)
    vm.show_file("f9")
    assert seen.files == []


def test_the_marks_of_the_last_return_stand_on_the_page(
    vm: DocumentVm, workplace: FakeWorkplace
) -> None:
    old = PageMark("f1", 0, "Cũ", (1, 1, 2, 2))
    new = PageMark("f1", 1, "Sai tên", (10, 10, 50, 20))
    steps = (
        RoutingStep(NOON, LEADER, "return", "a", (old,)),
        RoutingStep(NOON, LEADER, "return", "b", (new,)),
        RoutingStep(NOON, "VP", "submit"),
    )
    workplace.answers["open"] = paper(history=steps)
    vm.open(task(Queue.TO_INITIAL))
    (box,) = vm.page_boxes()
    assert (box.look, box.name, box.page_index) == ("mark", "Sai tên", 1)
    assert box.box_mm == BoxMm(10, 10, 50, 20)
