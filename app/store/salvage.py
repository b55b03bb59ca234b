"""What to do when the journal is damaged: nothing is thrown away, everything readable goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from app.clock import Clock, system_clock
from app.store.database import Database
from app.store.faults import told_as_store_errors
from app.store.journal_schema import MIGRATIONS

# The order of the references: a step whose work is lost has no ground to stand on.
_TABLES = ("works", "steps", "call_keys", "settled_keys", "deletions")


def rebuild_journal(path: Path, *, clock: Clock = system_clock) -> Path:
    """Put a damaged journal aside and start another with every row that can still be read.

    To be called when no program has the store open, and told to the person: steps may be missing, so each document
    must be compared with the server before anything is signed again.

    Returns:
        Where the damaged file lies now; it is never removed.

    Raises:
        AppError: `store.full`, `store.read_only`, `store.failed`.
    """
    aside = path.with_name(f"{path.stem}.damaged-{clock():%Y%m%dT%H%M%S%fZ}{path.suffix}")
    with told_as_store_errors(path):
        for suffix in ("-wal", "-shm", ""):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    fresh = Database(path, MIGRATIONS)
    try:
        with closing(sqlite3.connect(aside)) as old:
            for table in _TABLES:
                _copy(old, fresh, table)
    finally:
        fresh.close()
    return aside


def _copy(old: sqlite3.Connection, fresh: Database, table: str) -> None:
    # Forwards until the first bad page, then backwards to it.
    for direction in ("ASC", "DESC"):
        with fresh.writing() as connection, suppress(sqlite3.DatabaseError):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            for row in old.execute(f"SELECT * FROM {table} ORDER BY rowid {direction}"):  # noqa: S608 - ours
                # An older journal lacks the last columns.
                columns, marks = ", ".join(names[: len(row)]), ", ".join("?" * len(row))
                with suppress(sqlite3.IntegrityError):
                    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608
