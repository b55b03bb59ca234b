"""The office: its documents, queues, registers and grants in one folder that outlives the process."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from app.clock import Clock, system_clock, vietnam_date
from app.demo.office import answers, papers, queues, register, routing, uploads
from app.demo.office.answers import Answer
from app.demo.office.bell import Bell
from app.demo.office.ledger import Entry, Ledger
from app.demo.office.records import NewDocument, NewFile, Office, OfficeUser
from app.demo.office.refused import RefusedError
from app.demo.office.shelf import Arrived, Shelf
from app.demo.office.uploads import Extends, Upload
from app.server import wire
from app.server.problems import ProblemType
from app.workflow.documents import Queue, Role
from signing.long_term import is_pure_extension

_Act = Callable[[Entry, sqlite3.Row], None]


class OfficeStore:
    """Opens or continues an office's day. Safe to call from several threads; a context manager that closes it.

    Args:
        folder: holds everything; made when missing.
        office: the agency and its people; handed in again at every start, never stored.
        clock: the office's present moment.
        extends: looks at revisions that should add no signature.
    """

    def __init__(
        self,
        folder: Path,
        office: Office,
        clock: Clock = system_clock,
        extends: Extends = is_pure_extension,
    ) -> None:
        self._extends = extends
        folder.mkdir(parents=True, exist_ok=True)
        self.office = office
        self.clock = clock
        self.bell = Bell()
        self.shelf = Shelf(folder / "files")
        self.ledger = Ledger(folder / "office.sqlite3", clock, self.bell.ring)

    def add_document(self, new: NewDocument) -> str:
        """Put a draft into the office's day and return its id."""
        return self.add_documents((new,))[0]

    def add_documents(self, drafts: Iterable[NewDocument]) -> tuple[str, ...]:
        """Put drafts into the office's day, all or none."""
        with self.ledger.write() as entry:
            return tuple(self._add(entry, new) for new in drafts)

    def document(self, document_id: str) -> wire.Document:
        """Return a document as the contract describes it, whoever asks."""
        with self.ledger.read() as db:
            return papers.describe(db, self.office, papers.row_of(db, document_id))

    def documents(self) -> tuple[str, ...]:
        """Return all ids in the order in which they came."""
        with self.ledger.read() as db:
            rows = db.execute("SELECT document_id FROM documents ORDER BY rowid").fetchall()
            return tuple(row["document_id"] for row in rows)

    def content_path(self, document_id: str, file_id: str) -> Path:
        """Return where a file's current revision lies."""
        with self.ledger.read() as db:
            return self.shelf.path_of(papers.file_of(db, document_id, file_id)["sha256"])

    def audit_heads(self, document_id: str) -> tuple[str, ...]:
        """Return the audit log heads that came with a document's uploads, in their order."""
        with self.ledger.read() as db:
            rows = db.execute(
                "SELECT audit_head_sha256 AS head FROM revisions WHERE document_id = ?"
                " AND audit_head_sha256 IS NOT NULL ORDER BY rowid",
                (document_id,),
            ).fetchall()
            return tuple(row["head"] for row in rows)

    def withdraw(self, document_id: str, actor: str = "") -> None:
        """Take a document out of everybody's hands, as its drafter may at any time before it is published."""
        with self.ledger.write() as entry:
            routing.withdraw(entry, papers.row_of(entry.db, document_id), actor)

    def person(self, user_id: str) -> OfficeUser:
        """Return somebody; `sign-in` for one who no longer belongs to the office."""
        user = self.office.user(user_id)
        if user is None:
            raise RefusedError(ProblemType.SIGN_IN)
        return user

    def tasks(self, user: OfficeUser, queue: Queue, since: str | None) -> wire.TaskPage:
        """Answer `GET /v1/tasks`."""
        with self.ledger.read() as db:
            return queues.page(db, user.user_id, queue, since)

    def look(self, user: OfficeUser, document_id: str) -> Answer:
        """Answer `GET /v1/documents/{id}`."""
        with self.ledger.read() as db:
            row = papers.row_of(db, document_id)
            papers.check_sight(db, self.office, row, user.user_id)
            described = papers.describe(db, self.office, row)
            return Answer(described.model_dump_json(), papers.etag_of(row))

    def content(self, user: OfficeUser, document_id: str, file_id: str) -> wire.FileRef:
        """Return which file to send; never one of a secret or paper-only document."""
        with self.ledger.read() as db:
            row = papers.row_of(db, document_id)
            papers.check_sight(db, self.office, row, user.user_id)
            papers.check_electronic(row)
            return papers.file_ref(self.office, papers.file_of(db, document_id, file_id))

    def check_upload(self, user: OfficeUser, key: str, upload: Upload) -> None:
        """Refuse an upload before its body is read, unless its key has an answer already."""
        with self.ledger.read() as db:
            known = db.execute(
                "SELECT 1 FROM answers WHERE user_id = ? AND key = ?", (user.user_id, key)
            ).fetchone()
            if known is None:
                uploads.check_before(db, self.office, user, upload)

    def upload(self, user: OfficeUser, key: str, upload: Upload, arrived: Arrived) -> Answer:
        """Answer `POST …/revisions`."""
        asked = answers.ask(
            user.user_id,
            key,
            "revision",
            upload.document_id,
            upload.file_id,
            upload.base_sha256,
            None if upload.kind is None else upload.kind.value,
            upload.converted_from,
            arrived.sha256,
        )
        with self.ledger.write() as entry:
            known = answers.earlier(entry.db, asked)
            if known is not None:
                return known
            receipt = uploads.accept(
                entry,
                self.office,
                self.shelf,
                upload,
                user=user,
                arrived=arrived,
                extends=self._extends,
            )
            return answers.keep(entry, asked, receipt, status=201)

    def number(
        self, user: OfficeUser, key: str, document_id: str, asked_for: wire.NumberRequest
    ) -> Answer:
        """Answer `POST …/number`. The document keeps its number; another date than before becomes its date."""
        asked = answers.ask(user.user_id, key, "number", document_id)
        with self.ledger.write() as entry:
            known = answers.earlier(entry.db, asked)
            if known is not None and _date_in(known) == asked_for.issue_date:
                return known
            taken = self._take_number(entry, user, document_id, asked_for)
            return answers.keep(entry, asked, taken)

    def forward(
        self, user: OfficeUser, key: str, document_id: str, etag: str, action: wire.ForwardRequest
    ) -> Answer:
        """Answer `POST …/forward`."""
        asked = answers.ask(user.user_id, key, "forward", document_id, action.action)
        return self._move(
            asked,
            document_id,
            etag,
            lambda entry, row: routing.forward(entry, self.office, user, row, action),
        )

    def send_back(
        self, user: OfficeUser, key: str, document_id: str, etag: str, why: wire.ReturnRequest
    ) -> Answer:
        """Answer `POST …/return`."""
        asked = answers.ask(user.user_id, key, "return", document_id)
        return self._move(
            asked,
            document_id,
            etag,
            lambda entry, row: routing.send_back(entry, self.office, user, row, why),
        )

    def register_incoming(
        self, user: OfficeUser, key: str, came: wire.IncomingRequest, arrived: Arrived, name: str
    ) -> Answer:
        """Answer `POST /v1/incoming`."""
        if Role.CLERK not in user.roles:
            raise RefusedError(ProblemType.DENIED)
        asked = answers.ask(user.user_id, key, "incoming", arrived.sha256)
        with self.ledger.write() as entry:
            known = answers.earlier(entry.db, asked)
            if known is not None:
                return known
            answer, etag = self._register(entry, user, came, arrived, name)
            return answers.keep(entry, asked, answer, etag, status=201)

    def close(self) -> None:
        """Close the office; its folder can be opened again."""
        self.ledger.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _add(self, entry: Entry, new: NewDocument) -> str:
        arrived = tuple(self.shelf.take(file.path) for file in new.files)
        for item in arrived:
            self.shelf.keep(item)
        document_id = papers.insert(entry, new, arrived, "draft")
        papers.note(entry, document_id, new.drafting_unit, "submit")
        routing.place(entry, self.office, document_id, 0)
        return document_id

    def _move(self, asked: answers.Ask, document_id: str, etag: str, act: _Act) -> Answer:
        with self.ledger.write() as entry:
            known = answers.earlier(entry.db, asked)
            if known is not None:
                return known
            row = papers.row_of(entry.db, document_id)
            routing.check_turn(entry.db, self.office, row, self.person(asked.user_id))
            if papers.etag_of(row) != etag:
                raise RefusedError(ProblemType.DOCUMENT_CHANGED)
            act(entry, row)
            row = papers.row_of(entry.db, document_id)
            described = papers.describe(entry.db, self.office, row)
            return answers.keep(entry, asked, described, papers.etag_of(row))

    def _take_number(
        self, entry: Entry, user: OfficeUser, document_id: str, asked_for: wire.NumberRequest
    ) -> wire.Numbering:
        row = papers.row_of(entry.db, document_id)
        if routing.check_turn(entry.db, self.office, row, user) is not Queue.TO_ISSUE:
            raise RefusedError(ProblemType.ACTION_REFUSED, f"number / {row['state']}")
        papers.check_electronic(row)
        taken = register.take(
            entry,
            row["register"],
            document_id,
            asked_for.symbol,
            asked_for.issue_date,
            user_id=user.user_id,
        )
        shown = (taken.text, taken.symbol, taken.issue_date.isoformat())
        if shown != (row["number"], row["symbol"], row["issue_date"]):
            entry.db.execute(
                "UPDATE documents SET number = ?, symbol = ?, issue_date = ? WHERE document_id = ?",
                (*shown, document_id),
            )
            papers.note(entry, document_id, user.name, "number", f"{taken.text}/{taken.symbol}")
            papers.changed(entry, document_id)
        return taken

    def _register(
        self,
        entry: Entry,
        user: OfficeUser,
        came: wire.IncomingRequest,
        arrived: Arrived,
        name: str,
    ) -> tuple[wire.IncomingAnswer, str]:
        self.shelf.keep(arrived)
        day = vietnam_date(entry.now)
        new = NewDocument(
            abstract=came.abstract,
            kind_name="Văn bản đến",
            symbol=came.sender_number,
            files=(NewFile(arrived.path, name),),
            drafting_unit=came.sender,
            register=register.INCOMING,
        )
        document_id = papers.insert(entry, new, (arrived,), "incoming")
        taken = register.take(entry, register.INCOMING, document_id, "", day, user_id=user.user_id)
        entry.db.execute(
            "UPDATE documents SET number = ?, issue_date = ? WHERE document_id = ?",
            (taken.text, day.isoformat(), document_id),
        )
        sent = f"{came.sender_number}, {came.sender_date.isoformat()}"
        papers.note(entry, document_id, user.name, "register", sent)
        routing.receive(entry, self.office, document_id)
        row = papers.row_of(entry.db, document_id)
        described = papers.describe(entry.db, self.office, row)
        return wire.IncomingAnswer(document=described, numbering=taken), papers.etag_of(row)


def _date_in(answer: Answer) -> date:
    return wire.Numbering.model_validate_json(answer.body).issue_date
