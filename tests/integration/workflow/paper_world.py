"""The office over real HTTP with the real store, its documents in plain text and its engines fakes: quick to kill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from app.demo.office import records
from app.demo.office.app import office_app
from app.demo.office.faults import Fault, Faults
from app.demo.office.grants import Grants
from app.demo.office.records import NewDocument, NewFile, OfficeUser, Seat
from app.demo.office.store import OfficeStore
from app.demo.serving import serve
from app.rules import load_profile
from app.server.sign_in import session_from_refresh_token
from app.server.transport import ServerAddress
from app.store import open_store
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Queue, Role
from app.workflow.issue import issue
from app.workflow.office import Office, Workbench
from app.workflow.sign_draft import open_draft, plan_draft, resume_draft, sign_draft
from tests.fakes.engines import DRAFT, FakeEyes, FakeJudge, FakeServices, FakeToken, signatures_in
from tests.fakes.records import AGENCY, AGENCY_CERTIFICATE, AGENCYS, LEADER, LEADERS, certificate
from tests.integration.workflow.killing import Tripwire
from tests.integration.workflow.world import quick_socket

OFFICE = records.Office(
    name=AGENCY,
    users=(
        OfficeUser("leader", LEADER, (Role.LEADER,), "mat-khau", (LEADERS,)),
        OfficeUser("drafter", "Hồ Văn Hải", (Role.INITIALLER,), "mat-khau"),
        OfficeUser("clerk", "Vũ Thị Hạnh", (Role.CLERK,), "mat-khau"),
        OfficeUser("recipient", "Đỗ Minh Khôi", (Role.RECIPIENT,), "mat-khau"),
    ),
    agency_certificate_sha256=(AGENCYS,),
)
_NAMES = count(1)


@dataclass
class PaperWorld:
    """The office, and the one token that outlives every program that dies."""

    store: OfficeStore
    faults: Faults
    url: str
    folder: Path
    token: FakeToken = field(default_factory=lambda: FakeToken(certificate(), AGENCY_CERTIFICATE))
    services: FakeServices | None = None
    level: Literal["B-B", "B-LT"] = "B-B"

    def draft(self, attachments: int = 0) -> str:
        name = next(_NAMES)
        files = []
        for index in range(attachments + 1):
            path = self.folder / f"draft-{name}-{index}.pdf"
            path.write_bytes(DRAFT + f"%{name}.{index}\n".encode())
            files.append(NewFile(path, path.name, "attachment" if index else "main"))
        return self.store.add_document(
            NewDocument(
                abstract="Về việc kiểm tra",
                kind_name="Công văn",
                symbol="STP-VP",
                files=tuple(files),
                signers=(Seat("leader", "GIÁM ĐỐC"),),
                drafter_id="drafter",
            )
        )

    @contextmanager
    def desk(self, user_id: str, wire: Tripwire, now: datetime | None = None) -> Iterator[Office]:
        grant = Grants(self.store).grant(user_id)
        address = ServerAddress(self.url, read_s=10)
        session = session_from_refresh_token(address, grant.refresh_token)
        rules = load_profile("bhxh-599-2018")
        publish = rules.publish.model_copy(update={"level": self.level})
        rules = rules.model_copy(update={"publish": publish})
        bench = Workbench(FakeEyes(), FakeJudge(), self.token, rules, services=self.services)
        if now is not None:
            bench = replace(bench, clock=lambda: now)
        try:
            with open_store(self.folder / "stores" / user_id) as opened:
                yield wire.around(Office(bench, session.server, opened.files, opened.journal))
        finally:
            session.server.close()

    def leaders_turn(self, wire: Tripwire) -> None:
        """Do what the leader's program does from its start: send what waits, go on, sign."""
        with self.desk("leader", wire) as desk:
            deliver_unfinished(desk)
            for task in desk.server.tasks(Queue.TO_SIGN).changed:
                if resume_draft(desk, task.document_id) is None:
                    draft = open_draft(desk, task.document_id)
                    sign_draft(desk, draft, plan_draft(desk, draft, certificate())[0])

    def clerks_turn(self, wire: Tripwire) -> None:
        with self.desk("clerk", wire) as desk:
            deliver_unfinished(desk)
            for task in desk.server.tasks(Queue.TO_ISSUE).changed:
                issue(desk, task.document_id, AGENCY_CERTIFICATE)

    @contextmanager
    def broken(self, fault: Fault, at_call: int) -> Iterator[None]:
        """Let one call go wrong: the one that comes after so many others of the contract."""
        breaking = _BreakLater(self.faults, fault, at_call)
        before, self.url = self.url, ""
        with serve(breaking, claimed=quick_socket()) as served:
            self.url = served.url
            try:
                yield
            finally:
                self.url = before

    def content(self, document_id: str, file_id: str = "f1") -> bytes:
        return self.store.content_path(document_id, file_id).read_bytes()

    def check_issued(self, document_id: str) -> None:
        """Hold an issued document against what must be true of it, however often programs died."""
        paper = self.store.document(document_id)
        assert paper.state == "published"
        lines = signatures_in(self.content(document_id))
        assert [line["field"] for line in lines] == ["LanhDao", "ConDau"]
        assert lines[1]["fill"]["VT_SO"] == paper.number
        for file in paper.files:
            assert file.revision == (2 if file.role == "main" else 1)
            if file.role != "main":
                found = signatures_in(self.content(document_id, file.file_id))
                assert [line["field"] for line in found] == ["VanBanKemTheo"]
        actions = Counter(step.action for step in paper.history)
        assert {actions["to_clerk"], actions["number"], actions["publish"]} == {1}

    def numbers(self) -> list[int]:
        taken = [self.store.document(item).number for item in self.store.documents()]
        return sorted(int(number) for number in taken if number is not None)


class _BreakLater:
    """Passes calls on to the office, and breaks one of them."""

    def __init__(self, app: ASGIApp, fault: Fault, at_call: int) -> None:
        self._app = app
        self._broken = Faults(app, (fault,))
        self._left = at_call

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/v1/"):
            self._left -= 1
        app = self._broken if self._left == 0 else self._app
        await app(scope, receive, send)


def adds_no_signature(base: Path, whole: Path) -> bool:
    """Stand in for `is_pure_extension` on documents in plain text."""
    return signatures_in(base.read_bytes()) == signatures_in(whole.read_bytes())


@contextmanager
def paper_world(folder: Path) -> Iterator[PaperWorld]:
    with OfficeStore(folder / "office", OFFICE, extends=adds_no_signature) as store:
        faults = Faults(office_app(store))
        with serve(faults, claimed=quick_socket()) as served:
            yield PaperWorld(store, faults, served.url, folder)
