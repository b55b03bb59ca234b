"""Facts about the queue and the open document: they keep up with the server and with what the person reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import AppError
from app.workflow.documents import Queue, Role
from pdf.geometry import BoxMm
from tests.fakes.records import BASE
from tests.fakes.tasks import CLERK, LEADING, task, tasks
from tests.unit.ui.viewmodels.office import FILE, Office
from ui.panels import Panel
from ui.viewmodels.document_boxes import MOVABLE
from ui.viewmodels.document_modes import DocumentPhase
from ui.viewmodels.queue_rows import Row, RowStatus
from ui.viewmodels.signing import SigningPhase

ELSEWHERE = BoxMm(60, 100, 105, 122)
RECEIVING = replace(CLERK, roles=(Role.CLERK, Role.RECIPIENT))


def row(office: Office, document_id: str) -> Row:
    rows = office.shell.queue.state.rows()
    return next(row for row in rows if row.task.document_id == document_id)


def sync_newer(office: Office, document_id: str) -> None:
    """The server tells of a change to one of the two drafts."""
    office.workplace.answers["sync"] = tuple(
        replace(item, updated_at=item.updated_at + timedelta(hours=1))
        if item.document_id == document_id
        else item
        for item in tasks("d1", "d2")
    )
    office.shell.queue.sync()
    office.bridge.run()


def test_the_open_document_is_fetched_again_when_the_server_has_another(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sha256["d1"] = "c" * 64
    sync_newer(at_work, "d1")
    state = at_work.shell.document.state
    assert (at_work.shell.pages.state.sha256, state.is_changed) == ("c" * 64, True)


def test_a_change_that_leaves_the_file_leaves_the_box_where_it_was_put(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.shell.pages.moved(MOVABLE, 0, ELSEWHERE)
    sync_newer(at_work, "d1")
    box = at_work.shell.document.state.box
    assert box is not None
    assert box.box_mm == ELSEWHERE
    assert row(at_work, "d1").can_tick


def test_while_a_pin_is_waited_for_the_page_stays(at_work: Office) -> None:
    at_work.choose("d1")
    order = at_work.shell.document.order()
    assert order is not None
    at_work.shell.order(order)
    at_work.bridge.run()
    at_work.sha256["d1"] = "c" * 64
    sync_newer(at_work, "d1")
    assert at_work.shell.pages.state.sha256 == BASE
    assert at_work.shell.signing.state.phase is SigningPhase.AWAITING_PIN
    at_work.shell.signing.cancel()
    at_work.bridge.run()
    assert at_work.shell.pages.state.sha256 == "c" * 64


def test_a_document_that_changed_can_be_ticked_once_it_was_read_again(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.choose("d2")
    sync_newer(at_work, "d1")
    assert not row(at_work, "d1").can_tick
    at_work.choose("d1")
    assert row(at_work, "d1").can_tick


@pytest.mark.parametrize("queue", [Queue.INCOMING, Queue.RECEIVED, Queue.TO_INITIAL])
def test_what_is_only_read_is_read_once_its_page_was_shown(office: Office, queue: Queue) -> None:
    person = replace(RECEIVING, roles=tuple(Role))
    office.enter(person, task("d9", queue=queue))
    office.choose("d9")
    assert row(office, "d9").status is RowStatus.READ


def test_after_a_file_was_checked_the_document_before_can_be_chosen_again(
    at_work: Office,
) -> None:
    at_work.choose("d1")
    at_work.check()
    assert at_work.shell.queue.state.selected is None
    at_work.choose("d1")
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d1")


def test_a_document_opened_before_anybody_is_seated_comes_afterwards(office: Office) -> None:
    office.workplace.answers["restore"] = LEADING
    office.workplace.errors["open"] = AppError("server.sign_in_again", server="s")
    office.shell.queue.show_person(LEADING)
    office.shell.queue.show_tasks(tasks("d1"))
    office.shell.start(LEADING)
    restoring = office.bridge.waiting.pop(0)
    office.shell.queue.select("d1")
    office.bridge.run()
    del office.workplace.errors["open"]
    office.bridge.waiting.append(restoring)
    office.bridge.run()
    assert office.shell.document.state.phase is DocumentPhase.READY


def test_a_document_passed_on_late_leaves_the_next_one_open(at_work: Office) -> None:
    at_work.workplace.answers["sync"] = tasks("d1", "d2", "d9")
    at_work.workplace.answers["pass_on"] = None
    at_work.shell.queue.sync()
    at_work.bridge.run()
    at_work.choose("d1")
    at_work.shell.document.pass_on("")
    late = at_work.bridge.waiting[:]
    at_work.bridge.waiting.clear()
    at_work.choose("d2")
    at_work.bridge.waiting.extend(late)
    at_work.bridge.run()
    assert at_work.shown == "d2"


def test_a_document_passed_on_late_leaves_a_file_that_is_checked(at_work: Office) -> None:
    at_work.workplace.answers["pass_on"] = None
    at_work.choose("d1")
    at_work.shell.document.pass_on("")
    at_work.shell.open_file(FILE)
    at_work.bridge.run()
    assert (at_work.panel, at_work.shown) == (Panel.REVIEW, None)


def test_a_document_passed_on_gives_way_to_the_next(at_work: Office) -> None:
    at_work.workplace.answers["pass_on"] = None
    at_work.choose("d1")
    at_work.shell.document.pass_on("")
    at_work.bridge.run()
    assert at_work.shown == "d2"
