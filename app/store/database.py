"""A SQLite file that survives power loss and is checked before it is trusted."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError
from app.store.durable import private_file, private_folder
from app.store.faults import told_as_store_errors

_BUSY_MS = 10_000
_MAKING = threading.Lock()
"""Two that make one file at once would both turn to WAL, and SQLite lets neither wait for the other."""


class Database:
    """One connection behind one lock: any thread may use it, one at a time.

    `migrations` are scripts; the file's `user_version` counts those that it has seen.
    """

    def __init__(self, path: Path, migrations: Sequence[str]) -> None:
        """Open or make the file, check it, bring it up to date.

        Raises:
            AppError: `store.damaged`, `store.newer` (a newer program wrote it), `store.full`, `store.read_only`,
                `store.busy`, `store.failed`.
        """
        self.path = path
        self._lock = threading.RLock()
        with told_as_store_errors(path):
            private_folder(path.parent)
            private_file(path)
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1000
            )
        try:
            with _MAKING, told_as_store_errors(path):
                self._prepare()
                self._migrate(migrations)
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for queries.

        Raises:
            AppError: as `Database`.
        """
        with self._lock, told_as_store_errors(self.path):
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction, alone among all programs; when it ends, all is on disk.

        Raises:
            AppError: as `Database`; nothing is written then.
        """
        with self._lock, told_as_store_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk ends the transaction by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file; harmless twice."""
        with self._lock:
            self._connection.close()

    def _prepare(self) -> None:
        run = self._connection.execute
        run(f"PRAGMA busy_timeout = {_BUSY_MS}")
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA foreign_keys = ON")
        # What the file's own schema says runs with no more rights than data needs.
        run("PRAGMA trusted_schema = OFF")
        findings = [row[0] for row in run("PRAGMA integrity_check(1)")]
        if findings != ["ok"] or run("PRAGMA foreign_key_check").fetchone() is not None:
            raise AppError("store.damaged", file=self.path.name, detail="integrity_check")

    def _migrate(self, migrations: Sequence[str]) -> None:
        with self.writing() as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > len(migrations):
                raise AppError("store.newer", file=self.path.name, version=version)
            for script in migrations[version:]:
                for statement in _statements(script):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _statements(script: str) -> Iterator[str]:
    """Cut a script, since `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    assert not statement.strip(), "a migration ends with a semicolon"
