"""The evidence of signatures, kept beside the journal and deleted for good when somebody asks for it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.store.database import Database
from app.store.journal import SqliteJournal
from app.workflow.evidence import Evidence
from signing.status import CertificateStatus

_SCHEMA = """
CREATE TABLE evidence (
    signed_sha256 TEXT PRIMARY KEY,
    document_id TEXT,
    kind TEXT NOT NULL,
    certificate_sha256 TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    revocation TEXT NOT NULL,
    trusted INTEGER NOT NULL,
    checked_at TEXT NOT NULL,
    usable_until TEXT
) STRICT;
CREATE INDEX evidence_by_document ON evidence (document_id);
CREATE TABLE parts (
    ordinal INTEGER PRIMARY KEY,
    signed_sha256 TEXT NOT NULL REFERENCES evidence (signed_sha256),
    what TEXT NOT NULL CHECK (what IN ('certificate', 'crl', 'ocsp')),
    der BLOB NOT NULL
) STRICT;
CREATE INDEX parts_by_file ON parts (signed_sha256);
"""
_ABOUT = "signed_sha256 = ?1 OR document_id = ?1"


class EvidenceStore:
    """Implements `app.workflow.evidence.EvidenceBook` on a SQLite file. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """Open or make it.

        Raises:
            AppError: as `app.store.database.Database`.
        """
        self._database = Database(path, (_SCHEMA,))
        with self._database.reading() as connection:
            # What is deleted is overwritten, not only forgotten.
            connection.execute("PRAGMA secure_delete = ON")

    def close(self) -> None:
        """Close the file; harmless twice."""
        self._database.close()

    def keep(self, evidence: Evidence) -> None:
        """Keep it; the same signed file again changes nothing."""
        status = evidence.status
        until = None if status.usable_until is None else status.usable_until.isoformat()
        parts = (
            *(("certificate", der) for der in status.certificates),
            *(("crl", der) for der in status.crls),
            *(("ocsp", der) for der in status.ocsps),
        )
        with self._database.writing() as connection:
            made = connection.execute(
                "INSERT OR IGNORE INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    evidence.signed_sha256,
                    evidence.document_id,
                    evidence.kind,
                    evidence.certificate_sha256,
                    evidence.signed_at.isoformat(),
                    status.revocation,
                    int(status.trusted),
                    status.checked_at.isoformat(),
                    until,
                ),
            )
            if made.rowcount:
                connection.executemany(
                    "INSERT INTO parts (signed_sha256, what, der) VALUES (?, ?, ?)",
                    ((evidence.signed_sha256, *part) for part in parts),
                )

    def all(self) -> tuple[Evidence, ...]:
        """Return what is kept of every signature, oldest first, without the certificates, lists and answers."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM evidence ORDER BY rowid").fetchall()
        return tuple(_evidence(row) for row in rows)

    def about(self, what: str) -> tuple[Evidence, ...]:
        """Return all that is kept of a signed file, by its SHA-256, or of a document, by its id."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM evidence WHERE {_ABOUT} ORDER BY rowid",  # noqa: S608 - ours
                (what,),
            ).fetchall()
            return tuple(_whole(_evidence(row), connection) for row in rows)

    def delete(self, what: str, journal: SqliteJournal) -> tuple[str, ...]:
        """Delete all that is kept of a file or a document for good, and return of which signed files it was.

        That it was deleted, and when, stays in the journal: written there first, so no deletion goes unrecorded.
        """
        found = self.about(what)
        for item in found:
            journal.evidence_deleted(item.signed_sha256, item.document_id)
        deleted = tuple(item.signed_sha256 for item in found)
        with self._database.writing() as connection:
            for sha256 in deleted:
                connection.execute("DELETE FROM parts WHERE signed_sha256 = ?", (sha256,))
                connection.execute("DELETE FROM evidence WHERE signed_sha256 = ?", (sha256,))
        with self._database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted


def _evidence(row: tuple[Any, ...]) -> Evidence:
    until = None if row[8] is None else datetime.fromisoformat(row[8])
    checked_at = datetime.fromisoformat(row[7])
    status = CertificateStatus(row[5], bool(row[6]), checked_at, until)
    return Evidence(row[0], row[1], row[2], row[3], datetime.fromisoformat(row[4]), status)


def _whole(evidence: Evidence, connection: sqlite3.Connection) -> Evidence:
    rows = connection.execute(
        "SELECT what, der FROM parts WHERE signed_sha256 = ? ORDER BY ordinal",
        (evidence.signed_sha256,),
    ).fetchall()
    found = {name: tuple(der for what, der in rows if what == name) for name in _NAMES}
    status = replace(
        evidence.status,
        certificates=found["certificate"],
        crls=found["crl"],
        ocsps=found["ocsp"],
    )
    return replace(evidence, status=status)


_NAMES = ("certificate", "crl", "ocsp")
