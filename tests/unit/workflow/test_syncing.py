"""Facts about queues: whose they are, what comes first, and how the local copy follows the server."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.errors import AppError
from app.workflow.documents import Queue, Role, Secrecy, Task, TaskPage, Urgency
from app.workflow.queues import most_urgent_first, queues_of
from app.workflow.syncing import sync_queue, tasks_in
from tests.fakes.records import NOON, document
from tests.fakes.server import FakeServer

TOMORROW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def task(name: str, urgency: Urgency = Urgency.NORMAL, deadline: datetime | None = None) -> Task:
    return Task(
        task_id=name,
        queue=Queue.TO_SIGN,
        document_id=name,
        abstract="Về việc kiểm tra",
        kind_name="Công văn",
        urgency=urgency,
        secrecy=Secrecy.NONE,
        paper_only=False,
        deadline=deadline,
        attachments=0,
        updated_at=NOON,
    )


class PagingServer(FakeServer):
    """Answers with `pages`, by the cursor that it is asked with; an exception is raised."""

    def __init__(self, pages: dict[str | None, TaskPage | AppError]) -> None:
        super().__init__(document(), b"")
        self.pages = pages
        self.asked: list[str | None] = []

    def tasks(self, queue: Queue, since: str | None = None) -> TaskPage:
        assert queue is Queue.TO_SIGN
        self.asked.append(since)
        page = self.pages[since]
        if isinstance(page, AppError):
            raise page
        return page


class Copy:
    """What the cache promises, in memory."""

    def __init__(self, cursor: str | None = None, *tasks: Task) -> None:
        self._cursor = cursor
        self._tasks = {item.task_id: item for item in tasks}

    def apply(self, queue: Queue, page: TaskPage, *, since: str | None) -> None:
        del queue
        kept = {} if since is None else self._tasks
        kept = {name: item for name, item in kept.items() if name not in page.gone}
        self._tasks = kept | {item.task_id: item for item in page.changed}
        self._cursor = page.cursor

    def tasks(self, queue: Queue) -> tuple[Task, ...]:
        return tuple(item for item in self._tasks.values() if item.queue is queue)

    def cursor(self, queue: Queue) -> str | None:
        del queue
        return self._cursor


def names(copy: Copy) -> list[str]:
    return [item.task_id for item in tasks_in(copy, (Queue.TO_SIGN,))]


def test_a_first_sync_takes_every_page() -> None:
    server = PagingServer(
        {
            None: TaskPage((task("a"),), (), "1", more=True),
            "1": TaskPage((task("b"),), (), "2", more=False),
        }
    )
    copy = Copy()
    sync_queue(server, copy, Queue.TO_SIGN)
    assert (names(copy), server.asked, copy.cursor(Queue.TO_SIGN)) == (["a", "b"], [None, "1"], "2")


def test_the_next_sync_asks_only_for_what_changed() -> None:
    server = PagingServer({"2": TaskPage((task("c"),), ("a",), "3", more=False)})
    copy = Copy("2", task("a"), task("b"))
    sync_queue(server, copy, Queue.TO_SIGN)
    assert names(copy) == ["b", "c"]


def test_a_cursor_that_is_gone_begins_anew() -> None:
    server = PagingServer(
        {
            "old": AppError("server.cursor_gone"),
            None: TaskPage((task("new"),), (), "1", more=False),
        }
    )
    copy = Copy("old", task("stale"))
    sync_queue(server, copy, Queue.TO_SIGN)
    assert (names(copy), server.asked) == (["new"], ["old", None])


def test_a_server_that_knows_no_cursor_at_all_is_told() -> None:
    server = PagingServer({None: AppError("server.cursor_gone")})
    with pytest.raises(AppError, match=r"server\.cursor_gone"):
        sync_queue(server, Copy(), Queue.TO_SIGN)


def test_a_sync_that_breaks_off_keeps_what_came_and_goes_on_from_there() -> None:
    server = PagingServer(
        {
            None: TaskPage((task("a"),), (), "1", more=True),
            "1": AppError("server.unreachable"),
        }
    )
    copy = Copy()
    with pytest.raises(AppError, match=r"server\.unreachable"):
        sync_queue(server, copy, Queue.TO_SIGN)
    assert names(copy) == ["a"]
    server.pages["1"] = TaskPage((task("b"),), (), "2", more=False)
    sync_queue(server, copy, Queue.TO_SIGN)
    assert (names(copy), server.asked) == (["a", "b"], [None, "1", "1"])


def test_the_most_urgent_comes_first_then_the_nearest_deadline() -> None:
    tasks = (
        task("later"),
        task("tomorrow", deadline=TOMORROW),
        task("today", deadline=NOON),
        task("khẩn", Urgency.URGENT),
        task("hỏa tốc", Urgency.EXPRESS),
        task("thượng khẩn", Urgency.VERY_URGENT),
    )
    assert [item.task_id for item in most_urgent_first(tasks)] == [
        "hỏa tốc",
        "thượng khẩn",
        "khẩn",
        "today",
        "tomorrow",
        "later",
    ]


def test_who_has_two_roles_sees_the_queues_of_both_once() -> None:
    assert queues_of((Role.CLERK, Role.LEADER, Role.CLERK)) == (
        Queue.TO_ISSUE,
        Queue.INCOMING,
        Queue.TO_SIGN,
    )
