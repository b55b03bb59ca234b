"""The office's documents: how they come in, how they are described, who may look at them."""

from __future__ import annotations

import json
import secrets
import sqlite3
from dataclasses import asdict
from datetime import date
from pathlib import PurePath

from app.demo.office import queues
from app.demo.office.dossiers import DOSSIER
from app.demo.office.ledger import Entry
from app.demo.office.records import NewDocument, Office, Seat
from app.demo.office.refused import RefusedError
from app.demo.office.shelf import Arrived
from app.server import wire
from app.server.problems import ProblemType
from app.workflow.documents import Role, Secrecy

PDF = "application/pdf"

_INSERT = """
INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_CURRENT = """
SELECT f.*, r.revision, r.sha256, r.size_bytes, r.generation,
  b.converted_from, b.user_id AS converted_by, b.received_at AS converted_at
FROM files f JOIN revisions r USING (document_id, file_id)
LEFT JOIN revisions b ON b.document_id = f.document_id AND b.file_id = f.file_id AND b.generation = r.generation
  AND b.converted_from IS NOT NULL
WHERE f.document_id = ? AND r.revision =
  (SELECT max(revision) FROM revisions WHERE document_id = f.document_id AND file_id = f.file_id)
ORDER BY f.position
"""


def insert(entry: Entry, new: NewDocument, arrived: tuple[Arrived, ...], state: str) -> str:
    """Record a document and its first revisions; its files are on the shelf."""
    document_id = new.document_id or f"vb-{secrets.token_hex(8)}"
    recipient_ids = None if new.recipient_ids is None else list(new.recipient_ids)
    entry.db.execute(
        _INSERT,
        (
            document_id,
            1,
            new.abstract,
            new.kind_name,
            new.symbol,
            new.number,
            _iso(new.issue_date),
            json.dumps(new.recipients),
            json.dumps(recipient_ids),
            json.dumps([[seat.user_id, seat.title] for seat in new.signers]),
            json.dumps(new.initiallers),
            new.drafter_id,
            new.drafting_unit,
            new.urgency.value,
            new.secrecy.value,
            int(new.paper_only),
            None if new.deadline is None else new.deadline.isoformat(),
            new.dossier_code,
            new.register,
            state,
            0,
        ),
    )
    if new.receipt_number is not None:
        entry.db.execute("INSERT INTO receipts VALUES (?, ?)", (document_id, new.receipt_number))
    if new.places:
        boxes = json.dumps([asdict(place) for place in new.places])
        entry.db.execute("INSERT INTO places VALUES (?, ?)", (document_id, boxes))
    for position, (file, content) in enumerate(zip(new.files, arrived, strict=True)):
        file_id = f"f{position + 1}"
        entry.db.execute(
            "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)",
            (document_id, file_id, position, file.name, file.role, file.media_type),
        )
        entry.db.execute(
            "INSERT INTO revisions (document_id, file_id, revision, generation, sha256, size_bytes, received_at)"
            " VALUES (?, ?, 0, 0, ?, ?, ?)",
            (document_id, file_id, content.sha256, content.size_bytes, entry.now.isoformat()),
        )
    return document_id


def row_of(db: sqlite3.Connection, document_id: str) -> sqlite3.Row:
    """Return a document's row; `not-found`."""
    row: sqlite3.Row | None = db.execute(
        f"SELECT d.*, {DOSSIER} FROM documents d WHERE document_id = ?",  # noqa: S608 - ours
        (document_id,),
    ).fetchone()
    if row is None:
        raise RefusedError(ProblemType.NOT_FOUND)
    return row


def files_of(db: sqlite3.Connection, document_id: str) -> list[sqlite3.Row]:
    """Return a document's files at their current revisions."""
    return db.execute(_CURRENT, (document_id,)).fetchall()


def file_of(db: sqlite3.Connection, document_id: str, file_id: str) -> sqlite3.Row:
    """Return a file at its current revision; `not-found`."""
    for row in files_of(db, document_id):
        if row["file_id"] == file_id:
            return row
    raise RefusedError(ProblemType.NOT_FOUND)


def seats_of(row: sqlite3.Row) -> tuple[Seat, ...]:
    """Return the expected signers in their order."""
    return tuple(Seat(user_id, title) for user_id, title in json.loads(row["signers"]))


def check_sight(db: sqlite3.Connection, office: Office, row: sqlite3.Row, user_id: str) -> None:
    """Let clerks, the drafter and those who have or had it look at a document; `denied` for others."""
    if user_id in office.with_role(Role.CLERK) or user_id == row["drafter_id"]:
        return
    if not queues.had(db, row["document_id"], user_id):
        raise RefusedError(ProblemType.DENIED)


def check_electronic(row: sqlite3.Row) -> None:
    """Keep secret documents, and those marked for paper, out of all electronic handling."""
    if row["secrecy"] != Secrecy.NONE.value:
        raise RefusedError(ProblemType.SECRET)
    if row["paper_only"]:
        raise RefusedError(ProblemType.PAPER_ONLY)


def changed(entry: Entry, document_id: str) -> None:
    """Give a document a new ETag and report its tasks as changed."""
    entry.db.execute(
        "UPDATE documents SET version = version + 1 WHERE document_id = ?", (document_id,)
    )
    queues.touch_tasks(entry, document_id)


def note(
    entry: Entry,
    document_id: str,
    actor: str,
    action: str,
    comment: str | None = None,
    *,
    marks: tuple[wire.PageMark, ...] = (),
) -> None:
    """Add a line to the routing history."""
    entry.db.execute(
        "INSERT INTO history (document_id, at, actor, action, comment, marks) VALUES (?, ?, ?, ?, ?, ?)",
        (
            document_id,
            entry.now.isoformat(),
            actor,
            action,
            comment,
            json.dumps([mark.model_dump() for mark in marks]),
        ),
    )


def etag_of(row: sqlite3.Row) -> str:
    """Return a document's ETag without quotes."""
    return f"v{row['version']}"


def describe(db: sqlite3.Connection, office: Office, row: sqlite3.Row) -> wire.Document:
    """Return a document as the contract describes it."""
    document_id = row["document_id"]
    history = db.execute(
        "SELECT * FROM history WHERE document_id = ? ORDER BY line", (document_id,)
    ).fetchall()
    given = db.execute("SELECT boxes FROM places WHERE document_id = ?", (document_id,)).fetchone()
    plain = (
        "document_id abstract kind_name symbol number issue_date urgency secrecy paper_only"
        " deadline dossier_code receipt_number deadline_state drafting_unit state"
    )
    return wire.Document.model_validate(
        {name: row[name] for name in plain.split()}
        | {
            "recipients": json.loads(row["recipients"]),
            "signers": tuple(_signer(office, seat) for seat in seats_of(row)),
            "files": [file_ref(office, file) for file in files_of(db, document_id)],
            "history": [
                {
                    "at": line["at"],
                    "actor": line["actor"],
                    "action": line["action"],
                    "comment": line["comment"],
                    "marks": json.loads(line["marks"]),
                }
                for line in history
            ],
            "places": [] if given is None else json.loads(given["boxes"]),
        }
    )


def file_ref(office: Office, row: sqlite3.Row) -> wire.FileRef:
    """Return a file as the contract describes it; what was converted is a PDF and names its original."""
    plain = ("file_id", "role", "size_bytes", "sha256", "revision")
    told = {name: row[name] for name in (*plain, "name", "media_type")}
    if row["converted_from"] is not None:
        user = office.user(row["converted_by"])
        told["converted_from"] = {
            "sha256": row["converted_from"],
            "name": row["name"],
            "media_type": row["media_type"],
            "by": row["converted_by"] if user is None else user.name,
            "at": row["converted_at"],
        }
        told |= {"name": PurePath(row["name"]).with_suffix(".pdf").name, "media_type": PDF}
    return wire.FileRef.model_validate(told)


def _signer(office: Office, seat: Seat) -> wire.Signer:
    user = office.user(seat.user_id)
    if user is None:
        return wire.Signer(name=seat.user_id, title=seat.title)
    certificates = user.certificate_sha256
    return wire.Signer(
        name=user.name,
        title=seat.title,
        certificate_sha256=certificates[0] if certificates else None,
        uid=user.uid,
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
