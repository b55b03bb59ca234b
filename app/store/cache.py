"""A copy of the person's queues, so that the window has something to show before the network answers.

All of it can be fetched again: a damaged file is replaced by an empty one.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from app.errors import AppError
from app.store.codec import dump_document, load_document, moment
from app.store.database import Database
from app.workflow.documents import Document, Queue, Secrecy, Task, TaskPage, Urgency

_logger = logging.getLogger(__name__)

_SCHEMA = """
CREATE TABLE tasks (
    queue TEXT NOT NULL,
    task_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    abstract TEXT NOT NULL,
    kind_name TEXT NOT NULL,
    urgency TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    paper_only INTEGER NOT NULL,
    deadline TEXT,
    attachments INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    returned INTEGER NOT NULL,
    PRIMARY KEY (queue, task_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE cursors (queue TEXT PRIMARY KEY, cursor TEXT NOT NULL) STRICT;
CREATE TABLE documents (document_id TEXT PRIMARY KEY, description TEXT NOT NULL) STRICT;
"""

_SELECT = """
SELECT queue, task_id, document_id, abstract, kind_name, urgency, secrecy, paper_only, deadline,
    attachments, updated_at, returned
FROM tasks WHERE queue = ? ORDER BY updated_at DESC, task_id
"""
_INSERT = "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class QueueCache:
    """Tasks and cursors for each queue, and the descriptions of documents. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """Open or make the cache; one that is damaged or newer than this program is replaced.

        Raises:
            AppError: as `app.store.database.Database`, but for `store.damaged` and `store.newer`.
        """
        try:
            self._database = Database(path, (_SCHEMA,))
        except AppError as error:
            if error.code not in {"store.damaged", "store.newer"}:
                raise
            _logger.warning("store.cache_replaced", extra={"code": error.code})
            for suffix in ("-wal", "-shm", ""):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = Database(path, (_SCHEMA,))

    def close(self) -> None:
        """Close the file; harmless twice."""
        self._database.close()

    def apply(self, queue: Queue, page: TaskPage, *, since: str | None) -> None:
        """Take over one page of changes and its cursor, all or nothing.

        Args:
            queue: the page's queue.
            page: the server's answer.
            since: the cursor it was asked with; None means a first page, which replaces what was there.
        """
        with self._database.writing() as connection:
            if since is None:
                connection.execute("DELETE FROM tasks WHERE queue = ?", (queue,))
            connection.executemany(
                "DELETE FROM tasks WHERE queue = ? AND task_id = ?",
                [(queue, task_id) for task_id in page.gone],
            )
            connection.executemany(
                _INSERT,
                [_row(queue, task) for task in page.changed],
            )
            connection.execute("INSERT OR REPLACE INTO cursors VALUES (?, ?)", (queue, page.cursor))

    def tasks(self, queue: Queue) -> tuple[Task, ...]:
        """Return a queue's tasks, the last changed first."""
        with self._database.reading() as connection:
            rows = connection.execute(_SELECT, (queue,)).fetchall()
        return tuple(_task(row) for row in rows)

    def cursor(self, queue: Queue) -> str | None:
        """Return where the next sync of a queue goes on; None before the first."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT cursor FROM cursors WHERE queue = ?", (queue,)
            ).fetchone()
        return None if row is None else str(row[0])

    def remember(self, document: Document) -> None:
        """Keep a document's description, in place of an older one."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO documents VALUES (?, ?)",
                (document.document_id, dump_document(document)),
            )

    def document(self, document_id: str) -> Document | None:
        """Return a document's description as last remembered."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT description FROM documents WHERE document_id = ?", (document_id,)
            ).fetchone()
        if row is None:
            return None
        try:
            return load_document(row[0])
        except (ValueError, LookupError, TypeError):
            return None

    def forget(self, document_ids: Iterable[str]) -> None:
        """Drop descriptions."""
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM documents WHERE document_id = ?", [(item,) for item in document_ids]
            )

    def clear(self) -> None:
        """Drop everything: another person has signed in."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM tasks")
            connection.execute("DELETE FROM cursors")
            connection.execute("DELETE FROM documents")


def _row(queue: Queue, task: Task) -> tuple[str | int | None, ...]:
    return (
        queue,
        task.task_id,
        task.document_id,
        task.abstract,
        task.kind_name,
        task.urgency,
        task.secrecy,
        int(task.paper_only),
        None if task.deadline is None else task.deadline.isoformat(),
        task.attachments,
        task.updated_at.isoformat(),
        int(task.returned),
    )


def _task(row: tuple[str, str, str, str, str, str, str, int, str | None, int, str, int]) -> Task:
    updated_at = moment(row[10])
    assert updated_at is not None
    return Task(
        task_id=row[1],
        queue=Queue(row[0]),
        document_id=row[2],
        abstract=row[3],
        kind_name=row[4],
        urgency=Urgency(row[5]),
        secrecy=Secrecy(row[6]),
        paper_only=bool(row[7]),
        deadline=moment(row[8]),
        attachments=row[9],
        updated_at=updated_at,
        returned=bool(row[11]),
    )
