"""The office's SQLite database: one writer at a time, durable when a write returns."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.clock import Clock
from app.demo.office.dossiers import deadline_state
from app.workflow.documents import Queue

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
  document_id TEXT PRIMARY KEY, version INTEGER NOT NULL, abstract TEXT NOT NULL, kind_name TEXT NOT NULL,
  symbol TEXT NOT NULL, number TEXT, issue_date TEXT, recipients TEXT NOT NULL, recipient_ids TEXT NOT NULL,
  signers TEXT NOT NULL, initiallers TEXT NOT NULL, drafter_id TEXT, drafting_unit TEXT NOT NULL,
  urgency TEXT NOT NULL, secrecy TEXT NOT NULL, paper_only INTEGER NOT NULL, deadline TEXT, dossier_code TEXT,
  register TEXT NOT NULL, state TEXT NOT NULL, step INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS receipts (
  document_id TEXT PRIMARY KEY REFERENCES documents, number TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS places (
  document_id TEXT PRIMARY KEY REFERENCES documents, boxes TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS files (
  document_id TEXT NOT NULL REFERENCES documents, file_id TEXT NOT NULL, position INTEGER NOT NULL,
  name TEXT NOT NULL, role TEXT NOT NULL, media_type TEXT NOT NULL, PRIMARY KEY (document_id, file_id)) STRICT;
CREATE TABLE IF NOT EXISTS revisions (
  document_id TEXT NOT NULL, file_id TEXT NOT NULL, revision INTEGER NOT NULL, generation INTEGER NOT NULL,
  sha256 TEXT NOT NULL, size_bytes INTEGER NOT NULL, kind TEXT, holder TEXT, user_id TEXT,
  audit_head_sha256 TEXT, converted_from TEXT, received_at TEXT NOT NULL,
  PRIMARY KEY (document_id, file_id, revision),
  UNIQUE (document_id, file_id, generation, kind, holder),
  FOREIGN KEY (document_id, file_id) REFERENCES files) STRICT;
CREATE TABLE IF NOT EXISTS history (
  line INTEGER PRIMARY KEY, document_id TEXT NOT NULL REFERENCES documents, at TEXT NOT NULL, actor TEXT NOT NULL,
  action TEXT NOT NULL, comment TEXT, marks TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS history_of ON history (document_id, line);
CREATE TABLE IF NOT EXISTS tasks (
  task_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, queue TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents, seq INTEGER NOT NULL, open INTEGER NOT NULL,
  returned INTEGER NOT NULL, updated_at TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS tasks_in_queue ON tasks (user_id, queue, seq);
CREATE INDEX IF NOT EXISTS tasks_of ON tasks (document_id);
CREATE TABLE IF NOT EXISTS numbers (
  register TEXT NOT NULL, year INTEGER NOT NULL, value INTEGER NOT NULL, document_id TEXT NOT NULL,
  symbol TEXT NOT NULL, issue_date TEXT NOT NULL, user_id TEXT NOT NULL, taken_at TEXT NOT NULL,
  PRIMARY KEY (register, year, value), UNIQUE (document_id, register), UNIQUE (year, symbol, value)) STRICT;
CREATE TABLE IF NOT EXISTS answers (
  user_id TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, status INTEGER NOT NULL,
  body TEXT NOT NULL, etag TEXT, PRIMARY KEY (user_id, key)) STRICT;
CREATE TABLE IF NOT EXISTS codes (
  code_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, challenge TEXT NOT NULL,
  expires_at REAL NOT NULL, family TEXT) STRICT;
CREATE TABLE IF NOT EXISTS tokens (
  token_hash TEXT PRIMARY KEY, kind TEXT NOT NULL, family TEXT NOT NULL, user_id TEXT NOT NULL,
  expires_at REAL NOT NULL, used INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS tokens_of ON tokens (family);
CREATE TABLE IF NOT EXISTS devices (
  device_hash TEXT PRIMARY KEY, user_code TEXT NOT NULL UNIQUE, user_id TEXT, denied INTEGER NOT NULL DEFAULT 0,
  expires_at REAL NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A write in progress. `touched` collects whose queues change, to be told once it is durable."""

    db: sqlite3.Connection
    now: datetime
    touched: set[tuple[str, Queue]] = field(default_factory=set)


class Ledger:
    """The database file and the lock before it."""

    def __init__(
        self, path: Path, clock: Clock, tell: Callable[[set[tuple[str, Queue]]], None]
    ) -> None:
        self._clock = clock
        self._tell = tell
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.row_factory = sqlite3.Row
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._db.execute(f"PRAGMA {pragma}").close()
        self._db.create_function("deadline_state", 3, self._deadline_state)
        self._db.executescript(_SCHEMA)
        with self.write() as entry:
            entry.db.execute("INSERT OR IGNORE INTO meta VALUES ('seq', 0)")
            entry.db.execute("INSERT OR IGNORE INTO meta VALUES ('id', ?)", (secrets.token_hex(4),))

    def _deadline_state(
        self, dossier_code: str | None, deadline: str | None, published: str | None
    ) -> str | None:
        return deadline_state(dossier_code, deadline, published, self._clock())

    @contextmanager
    def write(self) -> Iterator[Entry]:
        """Change the database in one durable transaction; nothing changes where the block raises."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            entry = Entry(self._db, self._clock())
            try:
                yield entry
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        self._tell(entry.touched)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Look at the database while nobody changes it."""
        with self._lock:
            yield self._db

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()
