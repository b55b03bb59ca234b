"""Whose turn it is: tasks with a running sequence, so that a client can ask for changes since a cursor."""

from __future__ import annotations

import sqlite3

from app.demo.office.dossiers import DOSSIER
from app.demo.office.ledger import Entry
from app.demo.office.refused import RefusedError
from app.server import wire
from app.server.problems import ProblemType
from app.workflow.documents import Queue

PAGE = 500

_CHANGES = f"""
SELECT t.*, d.abstract, d.kind_name, d.urgency, d.secrecy, d.paper_only, d.deadline, d.dossier_code, {DOSSIER},
  (SELECT count(*) FROM files f WHERE f.document_id = t.document_id AND f.role <> 'main') AS attachments
FROM tasks t JOIN documents d USING (document_id)
WHERE t.user_id = ? AND t.queue = ? AND t.seq > ? AND t.open >= ? ORDER BY t.seq LIMIT ?
"""  # noqa: S608 - ours


def open_task(
    entry: Entry, document_id: str, queue: Queue, user_id: str, *, returned: bool = False
) -> None:
    """Put a document into somebody's queue."""
    entry.db.execute(
        "INSERT INTO tasks VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (task_id) DO UPDATE"
        " SET seq = excluded.seq, open = 1, returned = excluded.returned, updated_at = excluded.updated_at",
        (
            f"{document_id}:{queue.value}:{user_id}",
            user_id,
            queue.value,
            document_id,
            _next_seq(entry),
            int(returned),
            entry.now.isoformat(),
        ),
    )
    entry.touched.add((user_id, queue))


def close_tasks(entry: Entry, document_id: str, user_id: str | None = None) -> None:
    """Take a document out of all queues, or out of one person's."""
    _change(entry, document_id, user_id, still_open=0)


def touch_tasks(entry: Entry, document_id: str) -> None:
    """Report a document's open tasks as changed."""
    _change(entry, document_id, None, still_open=1)


def holds(db: sqlite3.Connection, document_id: str, user_id: str) -> Queue | None:
    """Return the queue in which somebody has the document now."""
    row = db.execute(
        "SELECT queue FROM tasks WHERE document_id = ? AND user_id = ? AND open = 1",
        (document_id, user_id),
    ).fetchone()
    return None if row is None else Queue(row["queue"])


def had(db: sqlite3.Connection, document_id: str, user_id: str) -> bool:
    """Say whether somebody has or ever had the document."""
    found = db.execute(
        "SELECT 1 FROM tasks WHERE document_id = ? AND user_id = ?", (document_id, user_id)
    )
    return found.fetchone() is not None


def page(db: sqlite3.Connection, user_id: str, queue: Queue, since: str | None) -> wire.TaskPage:
    """Return up to 500 changes of a queue since a cursor; without one only what is open."""
    store_id = db.execute("SELECT value FROM meta WHERE name = 'id'").fetchone()["value"]
    seq = _seq_of(since, store_id)
    lowest = 1 if since is None else 0
    rows = db.execute(_CHANGES, (user_id, queue.value, seq, lowest, PAGE + 1)).fetchall()
    shown = rows[:PAGE]
    last = shown[-1]["seq"] if shown else seq
    return wire.TaskPage(
        changed=tuple(_task(row) for row in shown if row["open"]),
        gone=tuple(row["task_id"] for row in shown if not row["open"]),
        cursor=f"{store_id}.{last}",
        more=len(rows) > PAGE,
    )


def _change(entry: Entry, document_id: str, user_id: str | None, *, still_open: int) -> None:
    rows = entry.db.execute(
        "SELECT task_id, user_id, queue FROM tasks WHERE document_id = ? AND open = 1"
        " AND (? IS NULL OR user_id = ?)",
        (document_id, user_id, user_id),
    ).fetchall()
    for row in rows:
        entry.db.execute(
            "UPDATE tasks SET seq = ?, open = ?, updated_at = ? WHERE task_id = ?",
            (_next_seq(entry), still_open, entry.now.isoformat(), row["task_id"]),
        )
        entry.touched.add((row["user_id"], Queue(row["queue"])))


def _next_seq(entry: Entry) -> int:
    row = entry.db.execute(
        "UPDATE meta SET value = value + 1 WHERE name = 'seq' RETURNING value"
    ).fetchone()
    return int(row["value"])


def _seq_of(since: str | None, store_id: str) -> int:
    if since is None:
        return 0
    known, _, seq = since.partition(".")
    if known != store_id or not (seq.isascii() and seq.isdigit()):
        raise RefusedError(ProblemType.CURSOR_GONE)
    return int(seq)


def _task(row: sqlite3.Row) -> wire.Task:
    return wire.Task.model_validate(
        {name: row[name] for name in wire.Task.model_fields},
    )
