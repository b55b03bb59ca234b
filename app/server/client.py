"""The document server contract over HTTP, as one signed-in person."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

import requests
from pydantic import BaseModel, ValidationError

from app.errors import AppError
from app.server import domain, wire
from app.server.caller import Caller, Tokens, etag_of
from app.server.downloads import download
from app.server.events import QueueEvents
from app.server.refusals import parse
from app.server.transport import ServerAddress
from app.server.uploads import LocalFile, Multipart, file_body, measure
from app.workflow.documents import (
    Document,
    FileRef,
    Numbering,
    PageMark,
    Person,
    Queue,
    TaskPage,
    UploadReceipt,
)

Asked = TypeVar("Asked", bound=BaseModel)


class HttpDocumentServer:
    """Fills `app.workflow.ports.DocumentServer`. Safe to call from several threads.

    Every call may raise `AppError` with `server.unreachable`, `server.timeout`, `server.untrusted`,
    `server.redirected`, `server.sign_in_again`, `server.denied`, `server.not_found`, `server.busy`,
    `server.failed` or `server.garbage`. Nothing is tried twice, except once after a refused access token.
    """

    def __init__(self, address: ServerAddress, tokens: Tokens) -> None:
        self._caller = Caller(address, tokens)

    def clock_skew_s(self) -> float | None:
        """Return by how much the server's clock was ahead of this machine's at its last answer; None before one."""
        return self._caller.clock_skew_s

    def me(self) -> Person:
        """Say who is signed in."""
        return domain.person(parse(self._caller.call("GET", "/v1/me"), wire.Me))

    def tasks(self, queue: Queue, since: str | None = None) -> TaskPage:
        """Return one page of a queue's changes since a cursor; the first page of all without one.

        Raises:
            AppError: `server.cursor_gone` when the server no longer knows the cursor: begin without one.
        """
        asked = {"queue": queue.value} | ({"since": since} if since is not None else {})
        page = parse(self._caller.call("GET", f"/v1/tasks?{urlencode(asked)}"), wire.TaskPage)
        if page.more and page.cursor == since:
            raise AppError("server.garbage", server=self._caller.url)
        return domain.task_page(page)

    def document(self, document_id: str) -> Document:
        """Return a document's description with its ETag."""
        return self._document(self._caller.call("GET", _path(document_id)))

    def download(self, document_id: str, file: FileRef, into: Path) -> Path:
        """Fetch a file's current revision to `into`, resuming a partial one, and return the path.

        Raises:
            AppError: `server.hash_mismatch` when size or SHA-256 differ from `file`; nothing is left at `into`.
                `server.secret_refused`, `server.paper_only`, `server.conflict`, `server.not_saved`.
        """
        path = _path(document_id, "files", file.file_id, "content")
        return download(
            lambda headers: self._caller.call("GET", path, headers=headers, allowed=(416,)),
            file,
            into,
        )

    def upload(
        self,
        document_id: str,
        file_id: str,
        *,
        signed: Path,
        kind: str,
        base_sha256: str,
        idempotency_key: str,
        audit_head_sha256: str | None = None,
    ) -> UploadReceipt:
        """Send a revision that adds one signature of `kind`.

        Raises:
            AppError: `server.conflict` when somebody else was first (412), with the parameter `current_sha256`;
                `server.receipt_mismatch` when the server holds other bytes than were sent; `server.prefix_refused`,
                `server.signature_exists`, `server.too_large`, `server.withdrawn`, `server.secret_refused`,
                `server.file_unreadable`.
        """
        headers = {wire.SIGNATURE_KIND: kind}
        if audit_head_sha256 is not None:
            headers[wire.AUDIT_HEAD] = audit_head_sha256
        path = _path(document_id, "files", file_id, "revisions")
        return self._send_revision(path, measure(signed), base_sha256, idempotency_key, headers)

    def upload_base(
        self,
        document_id: str,
        file_id: str,
        *,
        converted: Path,
        original_sha256: str,
        idempotency_key: str,
    ) -> UploadReceipt:
        """Send a converted draft as the new unsigned base; only a document without signatures takes one.

        Raises:
            AppError: as `upload`, and `server.base_signed`; `server.action_refused` where the document waits for
                no personal signature; `server.invalid` where it is no PDF.
        """
        headers = {wire.CONVERTED_FROM: original_sha256}
        path = _path(document_id, "files", file_id, "revisions")
        return self._send_revision(
            path, measure(converted), original_sha256, idempotency_key, headers
        )

    def take_number(
        self, document_id: str, *, symbol: str, issue_date: date, idempotency_key: str
    ) -> Numbering:
        """Take the next number of the register; the same key, or the same document, gives the same number.

        Raises:
            AppError: `server.number_duplicate`.
        """
        asked = _checked(lambda: wire.NumberRequest(symbol=symbol, issue_date=issue_date))
        response = self._post(_path(document_id, "number"), asked, idempotency_key)
        return domain.numbering(parse(response, wire.Numbering))

    def forward(
        self,
        document_id: str,
        *,
        action: str,
        etag: str,
        idempotency_key: str,
        comment: str | None = None,
    ) -> Document:
        """Move a document on: `approve`, `pass_on`, `to_clerk` or `publish`.

        Raises:
            AppError: `server.conflict`, `server.signature_missing`, `server.action_refused`, `server.withdrawn`.
        """
        asked = _checked(
            lambda: wire.ForwardRequest.model_validate({"action": action, "comment": comment})
        )
        path = _path(document_id, "forward")
        return self._document(self._post(path, asked, idempotency_key, etag))

    def send_back(
        self,
        document_id: str,
        *,
        reason: str,
        etag: str,
        idempotency_key: str,
        marks: tuple[PageMark, ...] = (),
    ) -> Document:
        """Return a document (trả lại) with a reason and places on its pages.

        Raises:
            AppError: `server.conflict`, `server.invalid` without a reason, `server.withdrawn`.
        """
        asked = _checked(
            lambda: wire.ReturnRequest(
                reason=reason, marks=tuple(domain.wire_mark(mark) for mark in marks)
            )
        )
        path = _path(document_id, "return")
        return self._document(self._post(path, asked, idempotency_key, etag))

    def register_incoming(
        self,
        file: Path,
        *,
        abstract: str,
        sender: str,
        sender_number: str,
        sender_date: date,
        idempotency_key: str,
    ) -> tuple[Document, Numbering]:
        """Register an incoming document and take its số đến; the numbering's date is the day of arrival.

        Raises:
            AppError: `server.too_large`, `server.invalid`, `server.file_unreadable`.
        """
        metadata = _checked(
            lambda: wire.IncomingRequest(
                abstract=abstract,
                sender=sender,
                sender_number=sender_number,
                sender_date=sender_date,
            )
        )
        local = measure(file)
        form = Multipart.of(local, metadata.model_dump_json())
        headers = {
            "Content-Type": form.content_type,
            wire.IDEMPOTENCY_KEY: idempotency_key,
            wire.CONTENT_DIGEST: local.content_digest,
        }
        response = self._caller.call("POST", "/v1/incoming", headers=headers, body=form.body)
        etag = etag_of(response)
        answer = parse(response, wire.IncomingAnswer)
        found = domain.document(answer.document, etag)
        _check_receipt(found.main_file.sha256, local)
        return found, domain.numbering(answer.numbering)

    def events(self) -> QueueEvents:
        """Listen for changes of my queues; the stream is open on return. Polling with `since` does without it."""
        headers = {"Accept": "text/event-stream"}
        return QueueEvents.opened(self._caller.call("GET", "/v1/events", headers=headers))

    def close(self) -> None:
        """Close idle connections."""
        self._caller.close()

    def _send_revision(
        self,
        path: str,
        local: LocalFile,
        base_sha256: str,
        idempotency_key: str,
        headers: dict[str, str],
    ) -> UploadReceipt:
        headers |= {
            "Content-Type": "application/pdf",
            "If-Match": f'"{base_sha256}"',
            wire.IDEMPOTENCY_KEY: idempotency_key,
            wire.CONTENT_DIGEST: local.content_digest,
        }
        response = self._caller.call("POST", path, headers=headers, body=lambda: file_body(local))
        receipt = domain.receipt(parse(response, wire.UploadReceipt))
        _check_receipt(receipt.sha256, local)
        return receipt

    def _post(
        self,
        path: str,
        asked: wire.NumberRequest | wire.ForwardRequest | wire.ReturnRequest,
        idempotency_key: str,
        etag: str | None = None,
    ) -> requests.Response:
        headers = {"Content-Type": "application/json", wire.IDEMPOTENCY_KEY: idempotency_key}
        if etag is not None:
            headers["If-Match"] = f'"{etag}"'
        content = asked.model_dump_json()
        return self._caller.call("POST", path, headers=headers, body=lambda: nullcontext(content))

    def _document(self, response: requests.Response) -> Document:
        etag = etag_of(response)
        return domain.document(parse(response, wire.Document), etag)


def _check_receipt(sha256: str, local: LocalFile) -> None:
    if sha256 != local.sha256:
        raise AppError("server.receipt_mismatch", file=local.path.name)


def _path(document_id: str, *rest: str) -> str:
    return "/".join(["/v1/documents", *(quote(part, safe="") for part in (document_id, *rest))])


def _checked(build: Callable[[], Asked]) -> Asked:
    """Build a request, or say that the server would not take it."""
    try:
        return build()
    except ValidationError as error:
        fields = ", ".join(str(part) for item in error.errors() for part in item["loc"])
        raise AppError("server.invalid", detail=fields) from error
