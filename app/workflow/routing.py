"""Moves without a signature: pass on (trình tiếp), return (trả lại)."""

from __future__ import annotations

from app.errors import AppError
from app.workflow.documents import Document
from app.workflow.office import Office
from app.workflow.sign_draft import forward_once, moved_once


def pass_on(office: Office, document_id: str, comment: str | None = None) -> Document:
    """Pass a document on to the next in its chain without signing."""
    return forward_once(office, office.server.document(document_id), "pass_on", comment)


def send_back(office: Office, document_id: str, reason: str) -> Document:
    """Return a document to its drafter. A number that was taken stays with it.

    Raises:
        AppError: `workflow.reason_missing`.
    """
    if not reason.strip():
        raise AppError("workflow.reason_missing")
    document = office.server.document(document_id)

    def move(key: str) -> Document:
        return office.server.send_back(
            document_id, reason=reason.strip(), etag=document.etag, idempotency_key=key
        )

    return moved_once(office, document, "return", move)
