"""The register of authorised signers and agencies, kept with the program until somebody removes an entry."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.clock import Clock, system_clock
from app.store.codec import moment
from app.store.database import Database
from app.workflow.signatories import Signatory

_SCHEMA = """
CREATE TABLE signatories (
    certificate_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    is_agency INTEGER NOT NULL,
    title TEXT,
    office TEXT,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
# What a newer source leaves out stays as it was known.
_REMEMBER = """
INSERT INTO signatories VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (certificate_sha256) DO UPDATE SET
    name = excluded.name,
    title = coalesce(excluded.title, title),
    office = coalesce(excluded.office, office),
    last_seen = excluded.last_seen
"""
_ALL = """
SELECT certificate_sha256, name, is_agency, title, office, first_seen, last_seen
FROM signatories ORDER BY is_agency DESC, name, certificate_sha256
"""


class SignatoryStore:
    """Implements `app.workflow.signatories.SignatoryRegister` on a SQLite file. Thread-safe."""

    def __init__(self, path: Path, *, clock: Clock = system_clock) -> None:
        """Open or make the register.

        Raises:
            AppError: as `app.store.database.Database`.
        """
        self._database = Database(path, (_SCHEMA,))
        self._clock = clock

    def close(self) -> None:
        """Close the file; harmless twice."""
        self._database.close()

    def remember(self, signatories: Iterable[Signatory]) -> None:
        """Take them in, or note that they were seen again."""
        now = self._clock().isoformat()
        rows = [
            (one.certificate_sha256, one.name, int(one.is_agency), one.title, one.office, now, now)
            for one in signatories
        ]
        if rows:
            with self._database.writing() as connection:
                connection.executemany(_REMEMBER, rows)

    def remove(self, certificate_sha256: str) -> bool:
        """Remove an entry and say whether there was one; the server may name it again."""
        with self._database.writing() as connection:
            found = connection.execute(
                "DELETE FROM signatories WHERE certificate_sha256 = ?", (certificate_sha256,)
            )
            return found.rowcount > 0

    def all(self) -> tuple[Signatory, ...]:
        """Return everybody, agencies first, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(_ALL).fetchall()
        return tuple(
            Signatory(
                certificate_sha256=row[0],
                name=row[1],
                is_agency=bool(row[2]),
                title=row[3],
                office=row[4],
                first_seen=moment(row[5]),
                last_seen=moment(row[6]),
            )
            for row in rows
        )
