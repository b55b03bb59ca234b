"""Keeps the local copy of the queues up to date: only what changed since the last time is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from app.errors import AppError
from app.workflow.documents import Queue, Task, TaskPage
from app.workflow.queues import most_urgent_first

if TYPE_CHECKING:
    from app.workflow.ports import (
        DocumentServer,  # brings what the window's first picture does without
    )


class QueueCopy(Protocol):
    """The local copy of the queues; `app.store.QueueCache` is one."""

    def apply(self, queue: Queue, page: TaskPage, *, since: str | None) -> None:
        """Take over one page of changes and its cursor; one asked without a cursor replaces what was there."""

    def tasks(self, queue: Queue) -> tuple[Task, ...]:
        """Return a queue's tasks."""

    def cursor(self, queue: Queue) -> str | None:
        """Return where the next sync of a queue goes on."""


def sync_queue(server: DocumentServer, copy: QueueCopy, queue: Queue) -> None:
    """Bring the copy of one queue up to date; broken off, the next sync goes on where this one stopped.

    Raises:
        AppError: the server's, and the store's; the copy holds every page that came before.
    """
    since = copy.cursor(queue)
    while True:
        try:
            page = server.tasks(queue, since)
        except AppError as error:
            if error.code != "server.cursor_gone" or since is None:
                raise
            since = None
            continue
        copy.apply(queue, page, since=since)
        if not page.more:
            return
        since = page.cursor


def tasks_in(copy: QueueCopy, queues: Iterable[Queue]) -> tuple[Task, ...]:
    """Return what the copy holds of some queues, the most urgent first."""
    return most_urgent_first(task for queue in queues for task in copy.tasks(queue))
