"""A running demo office on loopback, its people, and the product's client for each of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from app.demo.office.app import office_app
from app.demo.office.faults import Faults
from app.demo.office.grants import Grants
from app.demo.office.person import PersonAtBrowser
from app.demo.office.records import NewDocument, NewFile, Office, OfficeUser, Seat
from app.demo.office.store import OfficeStore
from app.demo.serving import serve
from app.server.client import HttpDocumentServer
from app.server.sign_in import session_from_refresh_token
from app.server.transport import ServerAddress
from app.workflow.documents import FileRef, Role, Secrecy, UploadReceipt

DRAFT = b"%PDF-1.7\n" + bytes(range(256)) * 400 + b"\n%%EOF\n"
_KEYS = count(1)


def _user(user_id: str, name: str, *roles: Role) -> OfficeUser:
    fingerprint = hashlib.sha256(user_id.encode()).hexdigest()
    return OfficeUser(user_id, name, roles, f"mat-khau-{user_id}", (fingerprint,))


OFFICE = Office(
    name="Sở Tư pháp",
    users=(
        _user("giamdoc", "Nguyễn Văn A", Role.LEADER),
        _user("phogiamdoc", "Trần Thị B", Role.LEADER),
        _user("chanhvp", "Lê Văn C", Role.INITIALLER, Role.LEADER),
        _user("vanthu", "Phạm Thị D", Role.CLERK),
        _user("vanthu2", "Đỗ Văn E", Role.CLERK),
        _user("nguoinhan", "Bùi Thị G", Role.RECIPIENT),
        _user("chuyenvien", "Hồ Văn H", Role.INITIALLER),
    ),
    agency_certificate_sha256=("ab" * 32,),
    file_limit_bytes=2**20,
)


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Running:
    """The office, how to reach it, and what was asked of it."""

    store: OfficeStore
    faults: Faults
    url: str
    folder: Path
    watch: Watch
    _clients: list[HttpDocumentServer] = field(default_factory=list)

    @property
    def address(self) -> ServerAddress:
        return ServerAddress(self.url, read_s=10)

    def refresh_token(self, user_id: str) -> str:
        return Grants(self.store).grant(user_id).refresh_token

    def access_token(self, user_id: str) -> str:
        return Grants(self.store).grant(user_id).access_token

    def person(self, user_id: str) -> PersonAtBrowser:
        return PersonAtBrowser(user_id, f"mat-khau-{user_id}")

    def client(self, user_id: str) -> HttpDocumentServer:
        session = session_from_refresh_token(self.address, self.refresh_token(user_id))
        self._clients.append(session.server)
        return session.server

    def draft(
        self,
        content: bytes = DRAFT,
        *,
        attachments: int = 0,
        signers: tuple[str, ...] = ("giamdoc",),
        initiallers: tuple[str, ...] = (),
        secrecy: Secrecy = Secrecy.NONE,
        paper_only: bool = False,
        register: str = "di",
        kind_name: str = "Công văn",
    ) -> str:
        main = self.folder / "draft.pdf"
        main.write_bytes(content)
        files: tuple[NewFile, ...] = (NewFile(main, "du-thao.pdf"),)
        for index in range(attachments):
            extra = self.folder / f"attachment{index}.pdf"
            extra.write_bytes(content + str(index).encode())
            files += (NewFile(extra, f"phu-luc-{index + 1}.pdf", "attachment"),)
        return self.store.add_document(
            NewDocument(
                abstract="Về việc kiểm tra công tác văn thư",
                kind_name=kind_name,
                symbol="STP-VP",
                files=files,
                signers=tuple(Seat(user_id, "GIÁM ĐỐC") for user_id in signers),
                initiallers=initiallers,
                drafter_id="chuyenvien",
                drafting_unit="Văn phòng",
                recipients=("Như trên", "Lưu: VT"),
                secrecy=secrecy,
                paper_only=paper_only,
                register=register,
            )
        )

    def main_file(self, document_id: str) -> FileRef:
        return self.client("vanthu").document(document_id).main_file

    def signed_on(self, document_id: str, file_id: str = "f1", mark: bytes = b"signature") -> Path:
        """Write the next increment of a file."""
        path = self.folder / f"signed-{next(_KEYS)}.pdf"
        path.write_bytes(self.store.content_path(document_id, file_id).read_bytes() + mark)
        return path

    def sign(
        self,
        server: HttpDocumentServer,
        document_id: str,
        kind: str,
        file_id: str = "f1",
        *,
        key: str | None = None,
    ) -> UploadReceipt:
        base = self.store.content_path(document_id, file_id).name
        return server.upload(
            document_id,
            file_id,
            signed=self.signed_on(document_id, file_id, f"<{kind}>".encode()),
            kind=kind,
            base_sha256=base,
            idempotency_key=key or new_key(),
        )

    def forward(self, server: HttpDocumentServer, document_id: str, action: str) -> str:
        etag = server.document(document_id).etag
        return server.forward(
            document_id, action=action, etag=etag, idempotency_key=new_key()
        ).state

    def to_issue(self, *, attachments: int = 0, register: str = "di") -> str:
        """Bring a new draft, signed, before the clerks."""
        document_id = self.draft(attachments=attachments, register=register)
        leader = self.client("giamdoc")
        self.sign(leader, document_id, "personal")
        self.forward(leader, document_id, "to_clerk")
        return document_id

    def close(self) -> None:
        for client in self._clients:
            client.close()


def new_key() -> str:
    return f"khoa-{next(_KEYS)}"


@contextmanager
def opened(folder: Path, watch: Watch) -> Iterator[Running]:
    with OfficeStore(folder / "office", OFFICE, watch) as store:
        faults = Faults(office_app(store))
        with serve(faults) as handle:
            running = Running(store, faults, handle.url, folder, watch)
            try:
                yield running
            finally:
                running.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Running]:
    with opened(tmp_path, Watch()) as running:
        yield running


class KeyringInMemory(KeyringBackend):
    """A keyring of the test's own, behind keyring's public interface."""

    priority = 1

    entries: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def safe() -> Iterator[KeyringInMemory]:
    before = keyring.get_keyring()
    make: Any = KeyringInMemory  # keyring leaves its constructor untyped
    backend: KeyringInMemory = make()
    backend.entries = {}
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)
