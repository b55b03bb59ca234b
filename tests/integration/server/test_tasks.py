"""Queues: paging by cursor, changes, what is gone."""

from __future__ import annotations

import pytest

from app.demo.office.records import NewDocument, NewFile, Seat
from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.workflow.documents import Queue, Task
from tests.integration.server.conftest import Running


def _many(office: Running, count: int) -> None:
    path = office.folder / "one.pdf"
    path.write_bytes(b"%PDF-1.7 one")
    office.store.add_documents(
        NewDocument(
            abstract=f"Văn bản {index}",
            kind_name="Công văn",
            symbol="STP-VP",
            files=(NewFile(path, "du-thao.pdf"),),
            signers=(Seat("giamdoc", "GIÁM ĐỐC"),),
        )
        for index in range(count)
    )


def _sync(server: HttpDocumentServer) -> tuple[list[list[Task]], str]:
    pages = []
    page = server.tasks(Queue.TO_SIGN)
    pages.append(list(page.changed))
    while page.more:
        page = server.tasks(Queue.TO_SIGN, page.cursor)
        pages.append(list(page.changed))
    return pages, page.cursor


def test_1200_tasks_come_in_pages_of_500_and_none_twice(office: Running) -> None:
    _many(office, 1200)
    pages, _ = _sync(office.client("giamdoc"))
    assert [len(page) for page in pages] == [500, 500, 200]
    assert len({task.task_id for page in pages for task in page}) == 1200


def test_only_changes_come_after_the_cursor(office: Running) -> None:
    _many(office, 3)
    server = office.client("giamdoc")
    _, cursor = _sync(server)
    new = office.draft()
    page = server.tasks(Queue.TO_SIGN, cursor)
    assert [task.document_id for task in page.changed] == [new]
    assert not page.more


def test_nothing_new_keeps_the_cursor(office: Running) -> None:
    server = office.client("giamdoc")
    office.draft()
    _, cursor = _sync(server)
    page = server.tasks(Queue.TO_SIGN, cursor)
    assert (page.changed, page.gone, page.cursor) == ((), (), cursor)


def test_a_task_that_left_the_queue_is_reported_as_gone(office: Running) -> None:
    server = office.client("giamdoc")
    document_id = office.draft()
    pages, cursor = _sync(server)
    office.sign(server, document_id, "personal")
    office.forward(server, document_id, "to_clerk")
    page = server.tasks(Queue.TO_SIGN, cursor)
    assert (page.changed, page.gone) == ((), (pages[0][0].task_id,))


def test_a_first_sync_is_not_told_of_what_left_long_ago(office: Running) -> None:
    server = office.client("giamdoc")
    document_id = office.draft()
    office.sign(server, document_id, "personal")
    office.forward(server, document_id, "to_clerk")
    page = server.tasks(Queue.TO_SIGN)
    assert (page.changed, page.gone) == ((), ())


def test_a_new_revision_is_a_change_of_the_task(office: Running) -> None:
    server = office.client("giamdoc")
    document_id = office.draft()
    _, cursor = _sync(server)
    office.sign(server, document_id, "personal")
    page = server.tasks(Queue.TO_SIGN, cursor)
    assert [task.document_id for task in page.changed] == [document_id]


def test_a_cursor_of_another_office_is_refused(office: Running) -> None:
    with pytest.raises(AppError) as told:
        office.client("giamdoc").tasks(Queue.TO_SIGN, "ffffffff.12")
    assert told.value.code == "server.cursor_gone"


def test_a_draft_is_first_with_the_first_of_two_signers(office: Running) -> None:
    office.draft(signers=("phogiamdoc", "giamdoc"))
    assert len(office.client("phogiamdoc").tasks(Queue.TO_SIGN).changed) == 1
    assert office.client("giamdoc").tasks(Queue.TO_SIGN).changed == ()
