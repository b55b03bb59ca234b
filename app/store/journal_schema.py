"""The journal's tables, which the database itself lets nobody rewrite, and how a work is read from its steps."""

from __future__ import annotations

import sqlite3
from typing import Any

from app.errors import AppError
from app.workflow.plan import Work, WorkState


def _append_only(*tables: str) -> str:
    """Let the database itself refuse to rewrite tables."""
    return "".join(
        f"CREATE TRIGGER {table}_never_{verb} BEFORE {verb} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'append only'); END;\n"
        for table in tables
        for verb in ("UPDATE", "DELETE")
    )


_SCHEMA = """
CREATE TABLE works (
    ordinal INTEGER PRIMARY KEY,
    work_id TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL,
    file_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    base_sha256 TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    upload_key TEXT NOT NULL UNIQUE,
    at_utc TEXT NOT NULL,
    UNIQUE (document_id, file_id, kind, base_sha256, certificate_sha256, attempt)
) STRICT;
CREATE TABLE steps (
    ordinal INTEGER PRIMARY KEY,
    work_id TEXT NOT NULL REFERENCES works (work_id),
    step TEXT NOT NULL CHECK (step IN ('planned', 'signed', 'accepted', 'dropped', 'failed')),
    at_utc TEXT NOT NULL,
    sha256 TEXT,
    level TEXT,
    revision INTEGER,
    note TEXT
) STRICT;
CREATE UNIQUE INDEX one_step_of_a_kind ON steps (work_id, step) WHERE step <> 'failed';
CREATE INDEX steps_by_work ON steps (work_id, step);
CREATE TABLE call_keys (
    ordinal INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    document_id TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    at_utc TEXT NOT NULL
) STRICT;
CREATE INDEX call_keys_by_call ON call_keys (purpose, document_id);
CREATE TABLE settled_keys (
    idempotency_key TEXT PRIMARY KEY REFERENCES call_keys (idempotency_key),
    at_utc TEXT NOT NULL
) STRICT;
"""

_RAISING = """
CREATE TABLE more_steps (
    ordinal INTEGER PRIMARY KEY,
    work_id TEXT NOT NULL REFERENCES works (work_id),
    step TEXT NOT NULL CHECK (
        step IN ('planned', 'signed', 'extended', 'sending', 'accepted', 'dropped', 'failed')),
    at_utc TEXT NOT NULL,
    sha256 TEXT,
    level TEXT,
    revision INTEGER,
    note TEXT
) STRICT;
INSERT INTO more_steps SELECT * FROM steps;
DROP TABLE steps;
ALTER TABLE more_steps RENAME TO steps;
CREATE UNIQUE INDEX one_step_of_a_kind ON steps (work_id, step) WHERE step <> 'failed';
CREATE INDEX steps_by_work ON steps (work_id, step);
INSERT INTO steps (work_id, step, at_utc, sha256)
    SELECT work_id, 'sending', at_utc, sha256 FROM steps WHERE step = 'signed'
    AND work_id NOT IN (SELECT work_id FROM steps WHERE step IN ('accepted', 'dropped'))
    ORDER BY ordinal;
"""
"""Steps between a signature and its receipt. What an older program had signed may be with the server as it is."""

_DELETIONS = """
CREATE TABLE deletions (
    ordinal INTEGER PRIMARY KEY,
    signed_sha256 TEXT NOT NULL,
    document_id TEXT,
    at_utc TEXT NOT NULL
) STRICT;
"""
"""That the evidence of a signed file was deleted on request."""

MIGRATIONS = (
    _SCHEMA + _append_only("works", "steps", "call_keys", "settled_keys"),
    "ALTER TABLE works ADD COLUMN user_id TEXT;",
    _RAISING + _append_only("steps"),
    _DELETIONS + _append_only("deletions"),
)

_WORKS = """
SELECT works.work_id, document_id, file_id, kind, base_sha256, certificate_sha256, upload_key,
    CASE WHEN dropped.step IS NOT NULL THEN 'dropped' WHEN accepted.step IS NOT NULL THEN 'accepted'
        WHEN extended.step IS NOT NULL THEN 'extended' WHEN signed.step IS NOT NULL THEN 'signed'
        ELSE 'planned' END,
    coalesce(extended.sha256, signed.sha256), coalesce(extended.level, signed.level), accepted.revision,
    dropped.note, user_id, sending.step IS NOT NULL
FROM works
LEFT JOIN steps AS signed ON signed.work_id = works.work_id AND signed.step = 'signed'
LEFT JOIN steps AS extended ON extended.work_id = works.work_id AND extended.step = 'extended'
LEFT JOIN steps AS sending ON sending.work_id = works.work_id AND sending.step = 'sending'
LEFT JOIN steps AS accepted ON accepted.work_id = works.work_id AND accepted.step = 'accepted'
LEFT JOIN steps AS dropped ON dropped.work_id = works.work_id AND dropped.step = 'dropped'
"""


def read_works(
    connection: sqlite3.Connection, where: str = "", values: tuple[str, ...] = ()
) -> tuple[Work, ...]:
    """Return works, oldest first; `where` is a clause of ours with a mark for each value."""
    rows = connection.execute(f"{_WORKS} {where} ORDER BY works.ordinal", values)
    return tuple(_work(row) for row in rows)


def read_work(connection: sqlite3.Connection, work_id: str) -> Work:
    """Return one work. Raises `store.no_such_work`."""
    found = read_works(connection, "WHERE works.work_id = ?", (work_id,))
    if not found:
        raise AppError("store.no_such_work", work=work_id)
    return found[0]


def _work(row: tuple[Any, ...]) -> Work:
    return Work(
        work_id=row[0],
        document_id=row[1],
        file_id=row[2],
        kind=row[3],
        base_sha256=row[4],
        certificate_sha256=row[5],
        upload_key=row[6],
        state=WorkState(row[7]),
        signed_sha256=row[8],
        level=row[9],
        server_revision=row[10],
        reason=row[11],
        user_id=row[12],
        is_sending=bool(row[13]),
    )
