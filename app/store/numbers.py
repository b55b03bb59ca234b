"""The numbers in use on this machine, kept so that none is given to two documents."""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock, system_clock
from app.store.database import Database
from app.workflow.numbers import NumberInUse

_SCHEMA = """
CREATE TABLE numbers (
    agency TEXT NOT NULL,
    year INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    number TEXT NOT NULL,
    holder TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (agency, year, symbol, number)
) STRICT, WITHOUT ROWID;
"""
_HOLDER = "SELECT holder FROM numbers WHERE agency = ? AND year = ? AND symbol = ? AND number = ?"


class NumberStore:
    """Implements `app.workflow.numbers.NumberBook` on a SQLite file. Thread-safe."""

    def __init__(self, path: Path, *, clock: Clock = system_clock) -> None:
        """Open or make the book.

        Raises:
            AppError: as `app.store.database.Database`.
        """
        self._database = Database(path, (_SCHEMA,))
        self._clock = clock

    def close(self) -> None:
        """Close the file; harmless twice."""
        self._database.close()

    def holder_of(self, wanted: NumberInUse) -> str | None:
        """Return who has this number; None where nobody has."""
        with self._database.reading() as connection:
            row = connection.execute(_HOLDER, wanted.key).fetchone()
        return None if row is None else str(row[0])

    def claim(self, wanted: NumberInUse) -> str:
        """Note a number as its holder's and return who has it: whoever came first."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO numbers VALUES (?, ?, ?, ?, ?, ?)",
                (*wanted.key, wanted.holder, self._clock().isoformat()),
            )
            return str(connection.execute(_HOLDER, wanted.key).fetchone()[0])
