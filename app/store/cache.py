"""A copy of the person's queues, so that the window has something to show before the network answers.

All of it can be fetched again: a damaged file is replaced by an empty one.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from app.errors import AppError
from app.store.codec import dump_record, load_record, moment
from app.store.database import Database
from app.workflow.documents import (
    DeadlineState,
    Document,
    Person,
    Queue,
    Secrecy,
    Task,
    TaskPage,
    Urgency,
)

Record = TypeVar("Record")

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
_PERSON = """
CREATE TABLE person (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), description TEXT NOT NULL) STRICT;
"""
_DOSSIERS = """
ALTER TABLE tasks ADD COLUMN dossier_code TEXT;
ALTER TABLE tasks ADD COLUMN deadline_state TEXT;
"""
MIGRATIONS = (_SCHEMA, _PERSON, _DOSSIERS)

_SELECT = """
SELECT queue, task_id, document_id, abstract, kind_name, urgency, secrecy, paper_only, deadline,
    attachments, updated_at, returned, dossier_code, deadline_state
FROM tasks WHERE queue = ? ORDER BY updated_at DESC, task_id
"""
_INSERT = "INSERT OR REPLACE INTO tasks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class QueueCache:
    """One person's tasks and cursors for each queue, and the descriptions of documents. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """Open or make the cache; one that is damaged or newer than this program is replaced.

        Raises:
            AppError: as `app.store.database.Database`, but for `store.damaged` and `store.newer`.
        """
        try:
            self._database = Database(path, MIGRATIONS)
        except AppError as error:
            if error.code not in {"store.damaged", "store.newer"}:
                raise
            _logger.warning("store.cache_replaced", extra={"code": error.code})
            for suffix in ("-wal", "-shm", ""):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._database = Database(path, MIGRATIONS)

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
                (document.document_id, dump_record(document)),
            )

    def document(self, document_id: str) -> Document | None:
        """Return a document's description as last remembered."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT description FROM documents WHERE document_id = ?", (document_id,)
            ).fetchone()
        return None if row is None else _read(Document, row[0])

    def forget(self, document_ids: Iterable[str]) -> None:
        """Drop descriptions."""
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM documents WHERE document_id = ?", [(item,) for item in document_ids]
            )

    def remember_person(self, person: Person) -> None:
        """Keep who is signed in; what was copied for somebody else is dropped."""
        with self._database.writing() as connection:
            before = _person_in(connection)
            if before is None or before.user_id != person.user_id:
                _drop_all(connection)
            connection.execute(
                "INSERT OR REPLACE INTO person VALUES (1, ?)", (dump_record(person),)
            )

    def person(self) -> Person | None:
        """Return whose copy this is: who was signed in last."""
        with self._database.reading() as connection:
            return _person_in(connection)

    def clear(self) -> None:
        """Drop everything: the person has signed out."""
        with self._database.writing() as connection:
            _drop_all(connection)


def _drop_all(connection: sqlite3.Connection) -> None:
    for table in ("tasks", "cursors", "documents", "person"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours


def _person_in(connection: sqlite3.Connection) -> Person | None:
    row = connection.execute("SELECT description FROM person").fetchone()
    return None if row is None else _read(Person, row[0])


def _read(kind: type[Record], text: str) -> Record | None:
    """Read a record; what another program version wrote is as good as not there."""
    try:
        return load_record(kind, text)
    except (ValueError, LookupError, TypeError):
        return None


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
        task.dossier_code,
        task.deadline_state,
    )


_Row = tuple[
    str, str, str, str, str, str, str, int, str | None, int, str, int, str | None, str | None
]


def _task(row: _Row) -> Task:
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
        dossier_code=row[12],
        deadline_state=None if row[13] is None else DeadlineState(row[13]),
    )
