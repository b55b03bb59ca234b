"""Gets a document's file to the store: secrecy first, hash checked, nothing of a secret document on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from app.errors import AppError
from app.workflow.documents import Document, FileRef, Secrecy
from app.workflow.office import Office


def refuse_paper_documents(document: Document) -> None:
    """Refuse what must never be signed electronically, before anything of it is downloaded.

    Raises:
        AppError: `workflow.secret` (độ mật), `workflow.paper_only`.

    Source: seeds 003 and 004 (lists of documents that stay on paper); TT 41/2017.
    """
    if document.secrecy is not Secrecy.NONE:
        raise AppError("workflow.secret", secrecy=document.secrecy.value)
    if document.paper_only:
        raise AppError("workflow.paper_only")


def refuse_other_than_shown(
    office: Office, document_id: str, files: Iterable[FileRef], shown: Mapping[str, str]
) -> None:
    """Refuse to sign what the person was not shown. What I signed myself over what was shown is that.

    Args:
        office: the person's.
        document_id: whose files they are.
        files: as they are to be signed.
        shown: SHA-256 of every file as it was shown, by file id.

    Raises:
        AppError: `workflow.not_what_was_shown`.
    """
    works = office.journal.works_of(document_id)
    for file in files:
        seen = shown.get(file.file_id)
        mine = {seen}
        for work in works:
            if work.file_id == file.file_id and work.base_sha256 in mine:
                mine.add(work.signed_sha256)
        if file.sha256 not in mine:
            raise AppError("workflow.not_what_was_shown", file=file.name)


def fetch(office: Office, document: Document, file: FileRef) -> Path:
    """Return a file's current revision in the store, downloading it where it is not there yet.

    Raises:
        AppError: as `refuse_paper_documents`; `workflow.too_large`; `server.hash_mismatch` and the server's own.
    """
    refuse_paper_documents(document)
    limit = office.bench.profile.limits.file_bytes
    if file.size_bytes > limit:
        raise AppError("workflow.too_large", bytes=file.size_bytes, limit=limit)
    if office.files.holds(file.sha256):
        try:
            return office.files.path_of(file.sha256)
        except AppError as error:
            # Damaged on this machine: the server still has it.
            if error.code != "store.missing":
                raise
    arrived = office.server.download(document.document_id, file, office.files.aside())
    stored = office.files.adopt(arrived)
    if stored != file.sha256:
        raise AppError("server.hash_mismatch", file=file.name)
    return office.files.path_of(stored)
