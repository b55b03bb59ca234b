"""Downloads: resumed, checked, never of what is secret."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from app.demo.office.faults import Fault, FaultKind
from app.errors import AppError
from app.workflow.documents import FileRef, Secrecy
from tests.integration.server.conftest import DRAFT, Running

CONTENT = "/content"


def _left(office: Running) -> list[str]:
    return sorted(path.name for path in office.folder.iterdir() if path.name.startswith("into"))


def _ref(office: Running, document_id: str) -> FileRef:
    return office.client("giamdoc").document(document_id).main_file


def _ranges(office: Running) -> list[str | None]:
    return [call.headers.get("range") for call in office.faults.seen(CONTENT)]


def test_a_file_arrives_whole(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    path = office.client("giamdoc").download(document_id, _ref(office, document_id), into)
    assert path.read_bytes() == DRAFT
    assert _left(office) == ["into.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_only_the_user_can_read_what_was_fetched(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    office.client("giamdoc").download(document_id, _ref(office, document_id), into)
    assert into.stat().st_mode & 0o777 == 0o600


def test_after_a_cut_only_the_rest_is_fetched(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    office.faults.add(Fault(FaultKind.CUT, CONTENT, after_bytes=60_000))
    office.client("giamdoc").download(document_id, _ref(office, document_id), into)
    first, second = _ranges(office)
    assert into.read_bytes() == DRAFT
    assert (first, second) == (None, "bytes=49152-")


def test_a_later_call_goes_on_where_an_earlier_one_gave_up(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    server, file = office.client("giamdoc"), _ref(office, document_id)
    office.faults.add(Fault(FaultKind.CUT, CONTENT, after_bytes=60_000))
    office.faults.add(Fault(FaultKind.DROP, CONTENT, times=2))
    with pytest.raises(AppError) as told:
        server.download(document_id, file, into)
    between = _left(office)
    server.download(document_id, file, into)
    assert told.value.code == "server.unreachable"
    assert between == [f"into.pdf.{file.sha256[:16]}.part"]
    assert _ranges(office)[-1] == "bytes=49152-"
    assert into.read_bytes() == DRAFT
    assert _left(office) == ["into.pdf"]


def test_a_partial_file_with_other_bytes_is_fetched_anew(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    file = _ref(office, document_id)
    into.with_name(f"into.pdf.{file.sha256[:16]}.part").write_bytes(b"other bytes")
    office.client("giamdoc").download(document_id, file, into)
    assert into.read_bytes() == DRAFT
    assert _ranges(office) == ["bytes=11-", None]


def test_a_partial_file_that_is_too_long_is_fetched_anew(office: Running) -> None:
    document_id = office.draft()
    into = office.folder / "into.pdf"
    file = _ref(office, document_id)
    into.with_name(f"into.pdf.{file.sha256[:16]}.part").write_bytes(DRAFT + b"more")
    office.client("giamdoc").download(document_id, file, into)
    assert into.read_bytes() == DRAFT


def test_bytes_with_another_hash_are_refused_and_nothing_is_left(office: Running) -> None:
    document_id = office.draft()
    office.faults.add(Fault(FaultKind.CORRUPT, CONTENT))
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(
            document_id, _ref(office, document_id), office.folder / "into.pdf"
        )
    assert told.value.code == "server.hash_mismatch"
    assert _left(office) == []


@pytest.mark.parametrize("stored", [DRAFT[:-10], DRAFT + b"more", b""])
def test_a_file_of_another_size_is_refused_and_nothing_is_left(
    office: Running, stored: bytes
) -> None:
    document_id = office.draft()
    file = _ref(office, document_id)
    office.store.content_path(document_id, "f1").write_bytes(stored)
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(document_id, file, office.folder / "into.pdf")
    assert told.value.code == "server.hash_mismatch"
    assert _left(office) == []


def test_a_newer_revision_is_not_taken_for_the_one_described(office: Running) -> None:
    document_id = office.draft()
    file = _ref(office, document_id)
    office.sign(office.client("giamdoc"), document_id, "personal")
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(document_id, file, office.folder / "into.pdf")
    assert told.value.code == "server.conflict"
    assert _left(office) == []


@pytest.mark.parametrize("secrecy", [item for item in Secrecy if item is not Secrecy.NONE])
def test_a_secret_document_is_never_served(office: Running, secrecy: Secrecy) -> None:
    document_id = office.draft(secrecy=secrecy)
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(
            document_id, _ref(office, document_id), office.folder / "into.pdf"
        )
    assert told.value.code == "server.secret_refused"
    assert _left(office) == []


@pytest.mark.parametrize("user_id", ["giamdoc", "vanthu", "chuyenvien"])
def test_no_role_gets_a_byte_of_a_secret_document(office: Running, user_id: str) -> None:
    document_id = office.draft(secrecy=Secrecy.CONFIDENTIAL)
    response = requests.get(
        f"{office.url}/v1/documents/{document_id}/files/f1/content",
        headers={"Authorization": f"Bearer {office.access_token(user_id)}"},
        timeout=10,
    )
    assert response.status_code == 403
    assert DRAFT[:9] not in response.content


def test_a_paper_only_document_is_not_served(office: Running) -> None:
    document_id = office.draft(paper_only=True)
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(
            document_id, _ref(office, document_id), office.folder / "into.pdf"
        )
    assert told.value.code == "server.paper_only"


def test_a_folder_that_is_not_there_is_told(office: Running) -> None:
    document_id = office.draft()
    with pytest.raises(AppError) as told:
        office.client("giamdoc").download(
            document_id, _ref(office, document_id), Path(office.folder, "no", "into.pdf")
        )
    assert told.value.code == "server.not_saved"


def test_an_empty_file_arrives_too(office: Running) -> None:
    document_id = office.draft()
    store_path = office.store.content_path(document_id, "f1")
    nothing = hashlib.sha256(b"").hexdigest()
    store_path.parent.parent.joinpath(nothing[:2]).mkdir(exist_ok=True)
    store_path.parent.parent.joinpath(nothing[:2], nothing).write_bytes(b"")
    with office.store.ledger.write() as entry:
        entry.db.execute("UPDATE revisions SET sha256 = ?, size_bytes = 0", (nothing,))
    file = replace(_ref(office, document_id), sha256=nothing, size_bytes=0)
    path = office.client("giamdoc").download(document_id, file, office.folder / "into.pdf")
    assert path.read_bytes() == b""
