"""Facts about the queue: what is shown, what can be chosen, what can be ticked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.workflow.documents import Queue, Secrecy, Task, Urgency
from app.workplace.records import Progress, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.tasks import BOTH, CLERK, LEADING, task, tasks
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.queue import QueueState, QueueVm
from ui.viewmodels.queue_rows import Row, RowStatus

pytestmark = pytest.mark.usefixtures("qapp")


class Desk:
    """A leader's queue, and what it told."""

    def __init__(self) -> None:
        self.workplace = FakeWorkplace(sync=())
        self.bridge = FakeBridge(self.workplace)
        self.vm = QueueVm(self.bridge, clock=lambda: NOON)
        self.vm.show_person(LEADING)
        self.chosen: list[str] = []
        self.vm.chosen.connect(lambda chosen: self.chosen.append(chosen.document_id))

    @property
    def state(self) -> QueueState:
        return self.vm.state

    @property
    def ids(self) -> list[str]:
        return [row.task.document_id for row in self.state.rows()]

    def row(self, document_id: str = "d1") -> Row:
        return next(row for row in self.state.rows() if row.task.document_id == document_id)

    def sync(self, *found: Task) -> None:
        self.workplace.answers["sync"] = found
        self.vm.sync()


@pytest.fixture
def desk() -> Desk:
    return Desk()


# order


def test_the_most_urgent_stands_first_and_each_urgency_in_a_group_of_its_own(desk: Desk) -> None:
    desk.vm.show_tasks([task(item.value, urgency=item) for item in Urgency])
    assert [group.urgency for group in desk.state.groups] == [
        Urgency.EXPRESS,
        Urgency.VERY_URGENT,
        Urgency.URGENT,
        Urgency.NORMAL,
    ]


def test_within_a_group_the_earliest_deadline_stands_first_and_none_last(desk: Desk) -> None:
    desk.vm.show_tasks(
        [
            task("none"),
            task("late", deadline=NOON + timedelta(days=2)),
            task("soon", deadline=NOON),
        ]
    )
    assert desk.ids == ["soon", "late", "none"]


def test_only_the_queues_of_my_roles_are_shown(desk: Desk) -> None:
    desk.vm.show_tasks([task("mine"), task("other", queue=Queue.TO_ISSUE)])
    assert desk.ids == ["mine"]


def test_tasks_that_were_there_before_the_person_are_shown_with_the_person() -> None:
    vm = QueueVm(FakeBridge(FakeWorkplace()))
    vm.show_tasks([task("mine"), task("other", queue=Queue.TO_ISSUE)])
    vm.show_person(CLERK)
    assert [row.task.document_id for row in vm.state.rows()] == ["other"]


def test_each_queue_is_counted_and_one_can_be_looked_at(desk: Desk) -> None:
    desk.vm.show_person(BOTH)
    desk.vm.show_tasks([*tasks("a", "b"), task("c", queue=Queue.TO_INITIAL)])
    desk.vm.show_queue(Queue.TO_INITIAL)
    assert desk.ids == ["c"]
    assert desk.state.counts == {Queue.TO_SIGN: 2, Queue.TO_INITIAL: 1}
    desk.vm.show_queue(None)
    assert desk.ids == ["a", "b", "c"]


# search


@pytest.mark.parametrize("text", ["Kiểm tra", "kiem tra", "TRA kiem", "cong van", "D-77", "kiểm"])
def test_a_search_needs_neither_marks_nor_capitals_nor_order(desk: Desk, text: str) -> None:
    desk.vm.show_tasks([task("d-77"), task("x", abstract="Báo cáo", kind_name="Tờ trình")])
    desk.vm.search(text)
    assert desk.ids == ["d-77"]


def test_a_search_finds_the_letter_d_with_its_stroke(desk: Desk) -> None:
    desk.vm.show_tasks([task("a", abstract="Đăng ký đất đai")])
    desk.vm.search("dang ky dat dai")
    assert desk.ids == ["a"]


def test_a_search_finds_marks_that_are_letters_of_their_own(desk: Desk) -> None:
    desk.vm.show_tasks([task("a", abstract="kie\u0302\u0309m tra")])
    desk.vm.search("kiểm")
    assert desk.ids == ["a"]


def test_without_a_search_everything_is_shown_again(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.search("nothing like it")
    assert desk.ids == []
    desk.vm.search("")
    assert desk.ids == ["a", "b"]


# choosing


def test_a_chosen_document_is_told(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.select("b")
    assert desk.chosen == ["b"]
    assert desk.state.selected == "b"


def test_choosing_it_again_tells_nobody(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a"))
    desk.vm.select("a")
    desk.vm.select("a")
    assert desk.chosen == ["a"]


@pytest.mark.parametrize(
    "changes", [{"secrecy": Secrecy.CONFIDENTIAL}, {"paper_only": True}], ids=["secret", "paper"]
)
def test_what_is_for_paper_only_can_be_chosen_but_not_ticked(
    desk: Desk, changes: dict[str, object]
) -> None:
    desk.vm.show_tasks([task("d1", **changes)])
    desk.vm.select("d1")
    desk.vm.reviewed("d1")
    assert desk.chosen == ["d1"]
    assert not desk.row().can_tick


def test_the_next_is_the_row_below(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    desk.vm.select("b")
    assert desk.vm.select_next()
    assert desk.state.selected == "c"


@pytest.mark.parametrize("step", [Step.SENDING, Step.KEPT, Step.DONE])
def test_the_next_passes_over_what_is_signed(desk: Desk, step: Step) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    desk.vm.select("a")
    desk.vm.report(Progress("b", step))
    desk.vm.select_next()
    assert desk.state.selected == "c"


def test_below_the_last_the_next_is_above(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    desk.vm.report(Progress("b", Step.DONE))
    desk.vm.select("c")
    desk.vm.select_next()
    assert desk.state.selected == "a"


def test_with_nothing_left_there_is_no_next(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a"))
    desk.vm.select("a")
    desk.vm.report(Progress("a", Step.DONE))
    assert not desk.vm.select_next()
    assert desk.state.selected == "a"


def test_with_nothing_chosen_the_next_is_the_first(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.select_next()
    assert desk.state.selected == "a"


# ticking


def test_only_what_was_reviewed_can_be_ticked(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.reviewed("a")
    desk.vm.tick("a", True)
    desk.vm.tick("b", True)
    assert desk.state.ticked == ("a",)


def test_a_reviewed_document_is_read(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    assert desk.row().status is RowStatus.UNREAD
    desk.vm.reviewed("d1")
    assert desk.row().status is RowStatus.READ


def test_what_a_clerk_issues_goes_into_no_batch(desk: Desk) -> None:
    desk.vm.show_person(CLERK)
    desk.vm.show_tasks([task("d1", queue=Queue.TO_ISSUE)])
    desk.vm.reviewed("d1")
    assert not desk.row().can_tick


def test_ticked_documents_stand_in_the_order_of_the_list(desk: Desk, qtbot: QtBot) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    for document_id in ("c", "a"):
        desk.vm.reviewed(document_id)
        with qtbot.waitSignal(desk.vm.ticked_changed):
            desk.vm.tick(document_id, True)
    assert desk.state.ticked == ("a", "c")


def test_all_are_unticked_in_one_go(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    for document_id in ("a", "b"):
        desk.vm.reviewed(document_id)
        desk.vm.tick(document_id, True)
    told: list[tuple[str, ...]] = []
    desk.vm.changed.connect(lambda: told.append(desk.state.ticked))
    desk.vm.untick_all()
    assert told == [()]
    assert [row.is_ticked for row in desk.state.rows()] == [False, False, False]


def test_what_is_ticked_stays_so_while_something_else_is_searched(desk: Desk) -> None:
    desk.vm.show_tasks([task("a"), task("b", abstract="Báo cáo")])
    desk.vm.reviewed("a")
    desk.vm.tick("a", True)
    desk.vm.search("bao cao")
    assert desk.state.ticked == ("a",)


def test_a_document_that_changed_is_unread_and_no_longer_ticked(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.reviewed("d1")
    desk.vm.tick("d1", True)
    desk.sync(task("d1", updated_at=NOON))
    assert (desk.row().status, desk.state.ticked) == (RowStatus.UNREAD, ())
    assert not desk.row().can_tick


def test_a_document_that_left_the_queue_is_no_longer_ticked(desk: Desk, qtbot: QtBot) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.reviewed("a")
    desk.vm.tick("a", True)
    with qtbot.waitSignal(desk.vm.ticked_changed):
        desk.sync(task("b"))
    assert desk.state.ticked == ()


# signatures


@pytest.mark.parametrize(
    ("step", "status"),
    [
        (Step.WAITING, RowStatus.READ),
        (Step.SIGNING, RowStatus.READ),
        (Step.SENDING, RowStatus.SIGNED),
        (Step.KEPT, RowStatus.KEPT),
        (Step.DONE, RowStatus.ACCEPTED),
        (Step.FAILED, RowStatus.FAILED),
        (Step.SKIPPED, RowStatus.READ),
    ],
)
def test_a_row_says_how_far_its_signature_has_come(
    desk: Desk, step: Step, status: RowStatus
) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.reviewed("d1")
    desk.vm.report(Progress("d1", step))
    assert desk.row().status is status


def test_what_is_signed_is_ticked_no_more(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.reviewed("d1")
    desk.vm.tick("d1", True)
    desk.vm.report(Progress("d1", Step.SENDING))
    assert (desk.state.ticked, desk.row().can_tick) == ((), False)


def test_what_failed_stays_ticked_for_another_try(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.reviewed("d1")
    desk.vm.tick("d1", True)
    desk.vm.report(Progress("d1", Step.FAILED))
    assert desk.state.ticked == ("d1",)


def test_what_is_kept_here_stays_signed_whatever_the_server_says_of_it(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.report(Progress("d1", Step.KEPT))
    desk.sync(task("d1", updated_at=NOON))
    assert desk.row().status is RowStatus.KEPT


def test_a_signed_document_that_is_returned_to_me_is_unread_again(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.report(Progress("d1", Step.DONE))
    desk.sync(task("d1", updated_at=NOON, returned=True))
    assert desk.row().status is RowStatus.UNREAD


def test_a_step_of_a_document_that_is_not_here_changes_nothing(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("d1"))
    desk.vm.report(Progress("elsewhere", Step.DONE))
    assert desk.ids == ["d1"]


# leaving


def test_what_left_the_queue_is_dropped_but_the_open_document_stays(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    desk.vm.select("b")
    desk.vm.report(Progress("b", Step.DONE))
    desk.sync(task("c"))
    assert desk.ids == ["b", "c"]
    assert desk.row("b").status is RowStatus.ACCEPTED
    assert desk.state.counts == {Queue.TO_SIGN: 1}


def test_the_open_document_keeps_its_place_and_its_urgency(desk: Desk) -> None:
    urgent = [task(item, urgency=Urgency.URGENT) for item in ("u1", "u2")]
    desk.vm.show_tasks([*urgent[:1], *tasks("a", "b", "c")])
    desk.vm.select("a")
    desk.sync(*urgent, *tasks("b", "c"))
    assert desk.ids == ["u1", "u2", "a", "b", "c"]
    assert len(desk.state.groups) == 2


def test_the_open_document_goes_when_another_is_chosen(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b", "c"))
    desk.vm.select("b")
    desk.sync(task("c"))
    desk.vm.select("c")
    assert desk.ids == ["c"]


def test_the_open_document_stays_through_many_syncs(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a", "b"))
    desk.vm.select("a")
    desk.sync(task("b"))
    desk.sync(task("b"), task("c"))
    assert desk.ids == ["a", "b", "c"]


def test_with_nobody_signed_in_nothing_is_remembered(desk: Desk) -> None:
    desk.vm.show_tasks(tasks("a"))
    desk.vm.select("a")
    desk.vm.show_person(None)
    assert desk.state == QueueState()
