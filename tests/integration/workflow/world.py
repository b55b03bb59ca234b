"""A demo office over HTTP with real tokens and processes, and the people at their desks in it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from app.bootstrap import Processes, office, workbench
from app.demo.office.app import office_app
from app.demo.office.faults import Fault, FaultKind, Faults
from app.demo.office.grants import Grants
from app.demo.office.records import NewDocument, NewFile, Seat
from app.demo.office.store import OfficeStore
from app.demo.opening import DemoOffice, open_office
from app.demo.people import AGENCY_SEAL, LEADER, Holder
from app.demo.serving import LOOPBACK, serve
from app.server.sign_in import session_from_refresh_token
from app.server.transport import ServerAddress
from app.store import open_store
from app.workflow.documents import Document, GivenPlace, Secrecy
from app.workflow.issue import Issued, issue
from app.workflow.making import choose_certificate
from app.workflow.office import Office
from app.workflow.sign_draft import (
    SignedDraft,
    open_draft,
    plan_draft,
    resume_draft,
    sign_draft,
)
from signing.token.pin import Pin
from signing.token.records import CertificateInfo

_NAMES = count(1)
READ_S = 10.0


@dataclass
class World:
    """The office, its processes, and the front that its faults are put into."""

    demo: DemoOffice
    processes: Processes
    faults: Faults
    url: str
    folder: Path
    _certificates: dict[str, CertificateInfo] = field(default_factory=dict)

    def draft(
        self,
        key: str = "cong-van",
        *,
        signers: tuple[Holder, ...] = (LEADER,),
        kind_name: str = "Công văn",
        secrecy: Secrecy = Secrecy.NONE,
        paper_only: bool = False,
        initiallers: tuple[Holder, ...] = (),
        places: tuple[GivenPlace, ...] = (),
    ) -> str:
        """Put a new document with the file of a sample draft before its signers."""
        files = sorted((self.demo.folder / "drafts" / key).glob("*.pdf"))
        main = next(path for path in files if path.stem.startswith(key))
        others = [path for path in files if path != main]
        return self.demo.store.add_document(
            NewDocument(
                abstract="Về việc kiểm tra",
                kind_name=kind_name,
                symbol=f"STP-VP{next(_NAMES)}",
                files=(
                    NewFile(main, main.name),
                    *(NewFile(path, path.name, "attachment") for path in others),
                ),
                signers=tuple(Seat(holder.key, holder.title or "") for holder in signers),
                initiallers=tuple(holder.key for holder in initiallers),
                drafting_unit="Văn phòng",
                secrecy=secrecy,
                paper_only=paper_only,
                places=places,
            )
        )

    @contextmanager
    def desk(
        self, holder: Holder = LEADER, store: Path | None = None, profile_id: str | None = None
    ) -> Iterator[Office]:
        """Sit somebody down at their desk; `store` is their local store's folder, the rules the office's or others."""
        settings = self.demo.settings_of(holder)
        token = Grants(self.demo.store).grant(holder.key).refresh_token
        session = session_from_refresh_token(ServerAddress(self.url, read_s=READ_S), token)
        try:
            with open_store(store or self.folder / holder.key) as opened:
                bench = workbench(settings, self.processes, profile_id=profile_id)
                yield office(settings, bench, session.server, opened)
        finally:
            session.server.close()

    def certificate(self, key: str = LEADER.key) -> CertificateInfo:
        """Return the certificate on a token, and open the token for signing."""
        wanted = self.demo.tokens[key]
        token = self.processes.token
        if key not in self._certificates:
            found = [item for module in token.survey() for item in module.tokens]
            info = next(item for item in found if item.serial == wanted.serial)
            chosen = choose_certificate(info.certificates, "person", wanted.certificate_sha256)
            self._certificates[key] = chosen
        self.open_token(key)
        return self._certificates[key]

    def open_token(self, key: str) -> None:
        """Log in to a token, as its owner would with the PIN."""
        wanted = self.demo.tokens[key]
        self.processes.token.login(
            str(self.demo.module), wanted.serial, wanted.certificate_sha256, Pin(wanted.user_pin)
        )

    def sign(self, desk: Office, document_id: str) -> SignedDraft:
        certificate = self.certificate()
        draft = open_draft(desk, document_id)
        return sign_draft(desk, draft, plan_draft(desk, draft, certificate)[0])

    def sign_or_resume(self, desk: Office, document_id: str) -> Document:
        """Do what a leader does after any crash: go on with what was begun, else sign."""
        resumed = resume_draft(desk, document_id)
        return resumed if resumed is not None else self.sign(desk, document_id).document

    def to_issue(self, key: str = "cong-van") -> str:
        """Bring a new draft, signed, before the clerk."""
        document_id = self.draft(key)
        with self.desk() as desk:
            self.sign(desk, document_id)
        return document_id

    def issue(self, desk: Office, document_id: str) -> Issued:
        return issue(desk, document_id, self.certificate(AGENCY_SEAL.key))

    def content(self, document_id: str, file_id: str = "f1") -> bytes:
        return self.demo.store.content_path(document_id, file_id).read_bytes()

    def main_revision(self, document_id: str) -> int:
        files = self.demo.store.document(document_id).files
        return next(item.revision for item in files if item.role == "main")

    def break_calls(self, path_part: str, times: int = 1) -> None:
        """Let calls fail before they are carried out."""
        self.faults.add(Fault(FaultKind.DROP, path_part, "POST", times))

    def lose_answers(self, path_part: str, times: int = 1) -> None:
        self.faults.add(Fault(FaultKind.LOSE_ANSWER, path_part, "POST", times))


def quick_socket() -> socket.socket:
    """A loopback port whose connections do not wait for each other's acknowledgements (asyncio: TCP_NODELAY)."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind((LOOPBACK, 0))
    return listener


@dataclass(frozen=True)
class OpenOffice:
    """The demo office and its processes."""

    demo: DemoOffice
    processes: Processes


_SHARED = pytest.StashKey[OpenOffice]()


def shared_demo(config: pytest.Config, factory: pytest.TempPathFactory) -> OpenOffice:
    """The one demo office of a test run, opened when it is first asked for: keys and scans take their time."""
    if _SHARED not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        demo = stack.enter_context(open_office(factory.mktemp("demo") / "office"))
        settings = demo.settings_of(LEADER)
        processes = stack.enter_context(Processes.of(settings, environment=demo.token_environment))
        config.stash[_SHARED] = OpenOffice(demo, processes)
    return config.stash[_SHARED]


@contextmanager
def world_in(demo: DemoOffice, processes: Processes, folder: Path) -> Iterator[World]:
    """Serve the office once more, behind a front of its own that faults can be put into."""
    faults = Faults(_app_of(demo.store))
    with serve(faults, claimed=quick_socket()) as served:
        yield World(demo, processes, faults, served.url, folder)


@cache
def _app_of(store: OfficeStore) -> ASGIApp:
    """One app for each office: a new one works out all its routes at its first call."""
    return office_app(store)
