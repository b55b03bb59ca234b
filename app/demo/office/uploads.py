"""What the office accepts as a new revision: the next increment, by whose turn it is, one signature of each kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.demo.office import papers, routing
from app.demo.office.ledger import Entry
from app.demo.office.records import Office, OfficeUser
from app.demo.office.refused import RefusedError
from app.demo.office.shelf import Arrived, Shelf
from app.server import wire
from app.server.problems import ProblemType
from app.workflow.documents import Queue
from signing.terms import SignatureKind

_KINDS = {
    Queue.TO_INITIAL: {SignatureKind.INITIAL},
    Queue.TO_SIGN: {SignatureKind.PERSONAL},
    Queue.TO_ISSUE: {
        SignatureKind.SEAL,
        SignatureKind.ATTACHMENT,
        SignatureKind.NUMBER,
        SignatureKind.COPY,
        SignatureKind.DOCUMENT_TIMESTAMP,
    },
    Queue.INCOMING: {SignatureKind.INCOMING, SignatureKind.COPY},
    Queue.RECEIVED: set[SignatureKind](),
}
_BASE_QUEUES = (Queue.TO_INITIAL, Queue.TO_SIGN)
_OF_THE_PERSON = {SignatureKind.PERSONAL, SignatureKind.INITIAL}
_AGENCY = "(agency)"

Extends = Callable[[Path, Path], bool]
"""Says whether the second file adds to the first nothing but time stamps and validation data."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What the headers say of an upload. `kind` is None for a converted base, which names `converted_from`."""

    document_id: str
    file_id: str
    base_sha256: str
    kind: SignatureKind | None
    converted_from: str | None
    audit_head_sha256: str | None


def check_before(
    db: sqlite3.Connection, office: Office, user: OfficeUser, upload: Upload
) -> sqlite3.Row:
    """Check all but the bytes and return the file's row."""
    document = papers.row_of(db, upload.document_id)
    papers.check_sight(db, office, document, user.user_id)
    papers.check_electronic(document)
    file = papers.file_of(db, upload.document_id, upload.file_id)
    queue = routing.check_turn(db, office, document, user)
    if upload.kind is not None:
        _check_kind(document, file, queue, upload.kind)
    elif queue not in _BASE_QUEUES:
        raise RefusedError(ProblemType.ACTION_REFUSED, f"base / {document['state']}")
    if file["sha256"] != upload.base_sha256:
        raise RefusedError(ProblemType.BASE_CHANGED, current_sha256=file["sha256"])
    if upload.kind is SignatureKind.DOCUMENT_TIMESTAMP:
        _check_sealed(db, file)
    elif upload.kind is not None:
        _check_single(db, file, upload.kind, user)
    elif document["state"] != "returned" and _is_signed(db, upload.document_id):
        raise RefusedError(ProblemType.BASE_SIGNED)
    return file


def accept(
    entry: Entry,
    office: Office,
    shelf: Shelf,
    upload: Upload,
    *,
    user: OfficeUser,
    arrived: Arrived,
    extends: Extends,
) -> wire.UploadReceipt:
    """Record a revision; its file is on the shelf before its row is written."""
    file = check_before(entry.db, office, user, upload)
    if upload.kind is not None and not shelf.begins_with(arrived, upload.base_sha256):
        raise RefusedError(ProblemType.PREFIX, current_sha256=file["sha256"])
    is_extension = upload.kind is SignatureKind.DOCUMENT_TIMESTAMP
    if is_extension and not extends(shelf.path_of(upload.base_sha256), arrived.path):
        raise RefusedError(ProblemType.EXTENSION, current_sha256=file["sha256"])
    if upload.kind is None and not shelf.is_pdf(arrived):
        raise RefusedError(ProblemType.INVALID, papers.PDF)
    shelf.keep(arrived)
    revision = file["revision"] + 1
    entry.db.execute(
        "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            upload.document_id,
            upload.file_id,
            revision,
            file["generation"] + (0 if upload.kind is not None else 1),
            arrived.sha256,
            arrived.size_bytes,
            None if upload.kind is None else upload.kind.value,
            None if upload.kind is None else _holder(upload.kind, user),
            user.user_id,
            upload.audit_head_sha256,
            upload.converted_from,
            entry.now.isoformat(),
        ),
    )
    action = "convert" if upload.kind is None else f"sign:{upload.kind.value}"
    papers.note(entry, upload.document_id, user.name, action)
    if upload.kind is SignatureKind.PERSONAL:
        routing.hand_to_next_signer(entry, office, papers.row_of(entry.db, upload.document_id))
    papers.changed(entry, upload.document_id)
    return wire.UploadReceipt(
        file_id=upload.file_id, revision=revision, sha256=arrived.sha256, received_at=entry.now
    )


def _check_kind(
    document: sqlite3.Row, file: sqlite3.Row, queue: Queue, kind: SignatureKind
) -> None:
    wrong_file = kind is SignatureKind.ATTACHMENT and file["role"] == "main"
    if document["state"] == "returned" or kind not in _KINDS[queue] or wrong_file:
        raise RefusedError(ProblemType.KIND_REFUSED, f"{kind.value} / {document['state']}")


def _check_single(
    db: sqlite3.Connection, file: sqlite3.Row, kind: SignatureKind, user: OfficeUser
) -> None:
    found = db.execute(
        "SELECT 1 FROM revisions WHERE document_id = ? AND file_id = ? AND generation = ?"
        " AND kind = ? AND holder = ?",
        (
            file["document_id"],
            file["file_id"],
            file["generation"],
            kind.value,
            _holder(kind, user),
        ),
    )
    if found.fetchone() is not None:
        raise RefusedError(ProblemType.SIGNATURE_EXISTS, current_sha256=file["sha256"])


def _check_sealed(db: sqlite3.Connection, file: sqlite3.Row) -> None:
    """Take an extension behind the agency's last word alone; any number of them."""
    found = db.execute(
        "SELECT 1 FROM revisions WHERE document_id = ? AND file_id = ? AND generation = ? AND kind IN (?, ?)",
        (
            file["document_id"],
            file["file_id"],
            file["generation"],
            SignatureKind.SEAL.value,
            SignatureKind.ATTACHMENT.value,
        ),
    )
    if found.fetchone() is None:
        raise RefusedError(ProblemType.SIGNATURE_MISSING, current_sha256=file["sha256"])


def _is_signed(db: sqlite3.Connection, document_id: str) -> bool:
    """Say whether any file of a document is signed: what was signed was seen beside the others."""
    found = [
        db.execute(
            "SELECT 1 FROM revisions WHERE document_id = ? AND file_id = ? AND generation = ?"
            " AND kind IS NOT NULL",
            (document_id, file["file_id"], file["generation"]),
        ).fetchone()
        for file in papers.files_of(db, document_id)
    ]
    return any(found)


def _holder(kind: SignatureKind, user: OfficeUser) -> str:
    return user.user_id if kind in _OF_THE_PERSON else _AGENCY
