"""The durable record of every step, added to and never rewritten: the database itself refuses anything else."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

from app.clock import Clock, system_clock
from app.errors import AppError
from app.store.database import Database
from app.store.journal_schema import MIGRATIONS, read_work, read_works
from app.workflow.documents import UploadReceipt
from app.workflow.plan import BASE, EXTENSION, SigningPlan, Work, WorkState

_Identity = tuple[str, str, str, str, str]
"""Document, file, kind, base, certificate."""

SENDING = "sending"
"""A step that is no state: its file may be with the server, or not."""


class SqliteJournal:
    """Fills `app.workflow.ports.Journal`. When a method returns, its step is on disk."""

    def __init__(self, path: Path, *, clock: Clock = system_clock) -> None:
        """Open or make the journal.

        Raises:
            AppError: as `app.store.database.Database`.
        """
        self._clock = clock
        self._database = Database(path, MIGRATIONS)

    def close(self) -> None:
        """Close the file; harmless twice."""
        self._database.close()

    def begin(self, plan: SigningPlan, by: str | None = None) -> Work:
        """Record a plan, and whose it is. The same one gives the work that stands already, unless that was dropped."""
        identity = (
            plan.document_id,
            plan.file_id,
            str(plan.request.kind),
            plan.request.base_sha256,
            plan.request.certificate_sha256,
        )
        with self._database.writing() as connection:
            earlier = _works_like(connection, identity)
            if earlier and earlier[-1].state is not WorkState.DROPPED:
                return earlier[-1]
            return self._plan(connection, identity, len(earlier) + 1, by)

    def begin_base(
        self, document_id: str, file_id: str, original_sha256: str, by: str | None = None
    ) -> Work:
        """Record that a new unsigned base is to be made of an original, and whose it is.

        One of theirs that is under way is given. One that was accepted or dropped stays as it is and another begins:
        the drafter of a returned document may send the same original again.
        """
        return self._begin_unsigned((document_id, file_id, BASE, original_sha256, ""), by)

    def begin_extension(
        self, document_id: str, file_id: str, base_sha256: str, by: str | None = None
    ) -> Work:
        """Record that a file at the server is to be extended, and whose it is; one of theirs under way is given."""
        return self._begin_unsigned((document_id, file_id, EXTENSION, base_sha256, ""), by)

    def signed(self, work_id: str, *, signed_sha256: str, level: str) -> Work:
        """Record that the verified signed file is in the store; the same again changes nothing.

        Raises:
            AppError: `store.wrong_step` when the work is past that or holds another signed file; `store.no_such_work`.
        """
        with self._database.writing() as connection:
            work = read_work(connection, work_id)
            if work.state is WorkState.SIGNED and work.signed_sha256 == signed_sha256:
                return work
            _require(work, WorkState.PLANNED, wanted=WorkState.SIGNED)
            self._add(connection, work_id, WorkState.SIGNED, sha256=signed_sha256, level=level)
            return read_work(connection, work_id)

    def extended(self, work_id: str, *, extended_sha256: str, level: str) -> Work:
        """Record that the signed file is in the store with more behind it; the same again changes nothing.

        Raises:
            AppError: `store.wrong_step` when nothing is signed, another file extends it, or it may have been sent
                already; `store.no_such_work`.
        """
        with self._database.writing() as connection:
            work = read_work(connection, work_id)
            is_same = work.signed_sha256 == extended_sha256
            if work.state is WorkState.EXTENDED and is_same:
                return work
            _require(work, WorkState.SIGNED, wanted=WorkState.EXTENDED, may=not work.is_sending)
            self._add(connection, work_id, WorkState.EXTENDED, sha256=extended_sha256, level=level)
            return read_work(connection, work_id)

    def sending(self, work_id: str) -> Work:
        """Record that the work's file goes to the server now, and no other from now on; harmless twice.

        Raises:
            AppError: `store.wrong_step` when there is none or the work is over; `store.no_such_work`.
        """
        with self._database.writing() as connection:
            work = read_work(connection, work_id)
            if not work.is_sending:
                _require(work, WorkState.SIGNED, WorkState.EXTENDED, wanted=WorkState.ACCEPTED)
                self._add(connection, work_id, SENDING, sha256=work.signed_sha256)
            return read_work(connection, work_id)

    def accepted(self, work_id: str, receipt: UploadReceipt) -> Work:
        """Record the server's receipt; the same again changes nothing.

        Raises:
            AppError: `store.receipt_mismatch` when it names another SHA-256; `store.wrong_step` when nothing is
                signed or the work was dropped; `store.no_such_work`.
        """
        with self._database.writing() as connection:
            work = read_work(connection, work_id)
            if work.state is not WorkState.ACCEPTED:
                _require(work, WorkState.SIGNED, WorkState.EXTENDED, wanted=WorkState.ACCEPTED)
            if receipt.sha256 != work.signed_sha256:
                raise AppError(
                    "store.receipt_mismatch",
                    work=work_id,
                    expected=work.signed_sha256,
                    received=receipt.sha256,
                )
            if work.state is not WorkState.ACCEPTED:
                self._add(
                    connection,
                    work_id,
                    WorkState.ACCEPTED,
                    sha256=receipt.sha256,
                    revision=receipt.revision,
                )
            return read_work(connection, work_id)

    def dropped(self, work_id: str, *, reason: str) -> Work:
        """Record that the work is given up; a work given up already stays as it is.

        Raises:
            AppError: `store.wrong_step` when the server has accepted it; `store.no_such_work`.
        """
        with self._database.writing() as connection:
            work = read_work(connection, work_id)
            if work.state is WorkState.ACCEPTED:
                _require(work, WorkState.SIGNED, wanted=WorkState.DROPPED)
            if work.state is not WorkState.DROPPED:
                self._add(connection, work_id, WorkState.DROPPED, note=reason)
            return read_work(connection, work_id)

    def failed_once(self, work_id: str, *, code: str) -> None:
        """Record a failed try; the state stays. Raises `store.no_such_work`."""
        with self._database.writing() as connection:
            read_work(connection, work_id)
            self._add(connection, work_id, "failed", note=code)

    def unfinished(self) -> tuple[Work, ...]:
        """Return what is planned or signed and not yet accepted, oldest first."""
        with self._database.reading() as connection:
            return read_works(connection, "WHERE accepted.step IS NULL AND dropped.step IS NULL")

    def works_of(self, document_id: str) -> tuple[Work, ...]:
        """Return all work on a document, oldest first."""
        with self._database.reading() as connection:
            return read_works(connection, "WHERE document_id = ?", (document_id,))

    def work(self, work_id: str) -> Work:
        """Return one work. Raises `store.no_such_work`."""
        with self._database.reading() as connection:
            return read_work(connection, work_id)

    def failures_of(self, work_id: str) -> tuple[str, ...]:
        """Return the codes of a work's failed tries, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT note FROM steps WHERE work_id = ? AND step = 'failed' ORDER BY ordinal",
                (work_id,),
            )
            return tuple(note for (note,) in rows)

    def key_for(self, purpose: str, document_id: str) -> str:
        """Return the Idempotency-Key of a call: the one that waits for its answer, or a new one, on disk already."""
        with self._database.writing() as connection:
            key = _open_key(connection, purpose, document_id)
            if key is None:
                key = str(uuid.uuid4())
                connection.execute(
                    "INSERT INTO call_keys (purpose, document_id, idempotency_key, at_utc)"
                    " VALUES (?, ?, ?, ?)",
                    (purpose, document_id, key, self._now()),
                )
            return key

    def settle(self, purpose: str, document_id: str) -> None:
        """Record that the call was answered, so that the next gets a new key; harmless without an open one."""
        with self._database.writing() as connection:
            key = _open_key(connection, purpose, document_id)
            if key is not None:
                connection.execute("INSERT INTO settled_keys VALUES (?, ?)", (key, self._now()))

    def evidence_deleted(self, signed_sha256: str, document_id: str | None) -> None:
        """Record that the evidence of a signed file is deleted because somebody asked for it."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO deletions (signed_sha256, document_id, at_utc) VALUES (?, ?, ?)",
                (signed_sha256, document_id, self._now()),
            )

    def deletions(self) -> tuple[tuple[str, str | None, str], ...]:
        """Return signed file, document and moment of each deletion of evidence, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT signed_sha256, document_id, at_utc FROM deletions ORDER BY ordinal"
            )
            return tuple(rows.fetchall())

    def _begin_unsigned(self, identity: _Identity, by: str | None) -> Work:
        """Give the work of that kind that is theirs and under way; else begin another."""
        with self._database.writing() as connection:
            earlier = _works_like(connection, identity)
            for work in earlier:
                is_under_way = work.waits or work.state is WorkState.PLANNED
                if is_under_way and work.user_id == by:
                    return work
            return self._plan(connection, identity, len(earlier) + 1, by)

    def _plan(
        self, connection: sqlite3.Connection, identity: _Identity, attempt: int, by: str | None
    ) -> Work:
        work_id = str(uuid.uuid4())
        connection.execute(
            "INSERT INTO works (work_id, document_id, file_id, kind, base_sha256,"
            " certificate_sha256, attempt, upload_key, at_utc, user_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (work_id, *identity, attempt, str(uuid.uuid4()), self._now(), by),
        )
        self._add(connection, work_id, WorkState.PLANNED)
        return read_work(connection, work_id)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="microseconds")

    def _add(
        self,
        connection: sqlite3.Connection,
        work_id: str,
        step: str,
        *,
        sha256: str | None = None,
        level: str | None = None,
        revision: int | None = None,
        note: str | None = None,
    ) -> None:
        connection.execute(
            "INSERT INTO steps (work_id, step, at_utc, sha256, level, revision, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (work_id, str(step), self._now(), sha256, level, revision, note),
        )


def _works_like(connection: sqlite3.Connection, identity: _Identity) -> tuple[Work, ...]:
    return read_works(
        connection,
        "WHERE document_id = ? AND file_id = ? AND kind = ? AND base_sha256 = ?"
        " AND certificate_sha256 = ?",
        identity,
    )


def _open_key(connection: sqlite3.Connection, purpose: str, document_id: str) -> str | None:
    row = connection.execute(
        "SELECT idempotency_key FROM call_keys WHERE purpose = ? AND document_id = ?"
        " AND idempotency_key NOT IN (SELECT idempotency_key FROM settled_keys)",
        (purpose, document_id),
    ).fetchone()
    return None if row is None else str(row[0])


def _require(work: Work, *states: WorkState, wanted: WorkState, may: bool = True) -> None:
    if work.state not in states or not may:
        raise AppError(
            "store.wrong_step", work=work.work_id, state=str(work.state), step=str(wanted)
        )
