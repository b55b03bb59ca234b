"""A document server in memory: keeps revisions, repeats the answer to a repeated key, refuses when told to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import AppError
from app.server.events import QueueEvents
from app.workflow.documents import (
    Document,
    FileRef,
    Numbering,
    Person,
    Queue,
    Role,
    TaskPage,
    UploadReceipt,
)
from app.workflow.plan import BASE
from tests.fakes.engines import sha256_of
from tests.fakes.records import AGENCY, AGENCYS, LEADER, LEADERS, NOON


@dataclass(frozen=True)
class Upload:
    """An upload as it arrived."""

    key: str
    kind: str
    base_sha256: str
    content: bytes


class FakeServer:
    """Has one document. `refusals` are raised by the next calls of a name, one each."""

    def __init__(self, document: Document, content: bytes) -> None:
        sha256 = sha256_of(content)
        main = replace(document.main_file, sha256=sha256, size_bytes=len(content))
        self.paper = replace(document, files=(main,))
        self.content = content
        self.uploads: list[Upload] = []
        self.moves: list[tuple[str, str | None]] = []
        self.downloads = 0
        self.numbers = 0
        self.skew_s: float | None = None
        self.refusals: dict[str, list[AppError]] = {}
        self._receipts: dict[str, UploadReceipt] = {}
        self._numbers: dict[str, Numbering] = {}

    def refuse(self, call: str, code: str, **params: str) -> None:
        self.refusals.setdefault(call, []).append(AppError(code, **params))

    def clock_skew_s(self) -> float | None:
        return self.skew_s

    def me(self) -> Person:
        roles = (Role.LEADER, Role.CLERK)
        return Person("u1", LEADER, AGENCY, roles, (LEADERS,), (AGENCYS,), "bhxh-599-2018")

    def tasks(self, queue: Queue, since: str | None = None) -> TaskPage:
        raise NotImplementedError(queue, since)

    def document(self, document_id: str) -> Document:
        assert document_id == self.paper.document_id
        self._maybe_refuse("document")
        return self.paper

    def download(self, document_id: str, file: FileRef, into: Path) -> Path:
        assert document_id == self.paper.document_id
        assert file.sha256 == self.paper.main_file.sha256
        self._maybe_refuse("download")
        self.downloads += 1
        into.write_bytes(self.content)
        return into

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
        del document_id, audit_head_sha256
        self._maybe_refuse("upload")
        if idempotency_key in self._receipts:
            return self._receipts[idempotency_key]
        main = self.paper.main_file
        if main.sha256 != base_sha256:
            raise AppError("server.conflict", current_sha256=main.sha256)
        self.content = signed.read_bytes()
        self.uploads.append(Upload(idempotency_key, kind, base_sha256, self.content))
        sha256 = sha256_of(self.content)
        self.paper = replace(
            self.paper, files=(replace(main, sha256=sha256, revision=main.revision + 1),)
        )
        receipt = UploadReceipt(file_id, main.revision + 1, sha256, NOON)
        self._receipts[idempotency_key] = receipt
        return receipt

    def upload_base(
        self,
        document_id: str,
        file_id: str,
        *,
        converted: Path,
        original_sha256: str,
        idempotency_key: str,
    ) -> UploadReceipt:
        return self.upload(
            document_id,
            file_id,
            signed=converted,
            kind=BASE,
            base_sha256=original_sha256,
            idempotency_key=idempotency_key,
        )

    def take_number(
        self, document_id: str, *, symbol: str, issue_date: date, idempotency_key: str
    ) -> Numbering:
        del document_id
        if idempotency_key not in self._numbers:
            self.numbers += 1
            self._numbers[idempotency_key] = Numbering(
                self.numbers, f"{self.numbers:02d}", symbol, issue_date
            )
        taken = replace(self._numbers[idempotency_key], issue_date=issue_date)
        self.paper = replace(self.paper, number=taken.text, issue_date=issue_date)
        return taken

    def forward(
        self,
        document_id: str,
        *,
        action: str,
        etag: str,
        idempotency_key: str,
        comment: str | None = None,
    ) -> Document:
        del document_id, etag, idempotency_key
        self._maybe_refuse("forward")
        self.moves.append((action, comment))
        return self.paper

    def send_back(
        self, document_id: str, *, reason: str, etag: str, idempotency_key: str
    ) -> Document:
        del document_id, etag, idempotency_key
        self.moves.append(("return", reason))
        return self.paper

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
        self._maybe_refuse("register_incoming")
        self.content = file.read_bytes()
        main = replace(self.paper.main_file, sha256=sha256_of(self.content))
        came = replace(self.paper, abstract=abstract, drafting_unit=sender, symbol=sender_number)
        self.paper = replace(came, files=(main,))
        taken = self.take_number(
            came.document_id, symbol="", issue_date=sender_date, idempotency_key=idempotency_key
        )
        return self.paper, taken

    def events(self) -> QueueEvents:
        raise NotImplementedError

    def close(self) -> None:
        return

    def _maybe_refuse(self, call: str) -> None:
        waiting = self.refusals.get(call)
        if waiting:
            raise waiting.pop(0)
