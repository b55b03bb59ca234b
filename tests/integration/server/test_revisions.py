"""Uploads: one revision an upload, never twice, never over somebody else's."""

from __future__ import annotations

import hashlib
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from app.demo.office.faults import Fault, FaultKind
from app.errors import AppError
from app.workflow.documents import Secrecy
from tests.integration.server.conftest import DRAFT, Running, new_key

BASE = hashlib.sha256(DRAFT).hexdigest()


def _write(office: Running, content: bytes) -> Path:
    path = office.folder / "upload.pdf"
    path.write_bytes(content)
    return path


def _refused(
    office: Running,
    user_id: str,
    document_id: str,
    content: bytes,
    *,
    kind: str = "personal",
    base_sha256: str = BASE,
    key: str | None = None,
) -> AppError:
    with pytest.raises(AppError) as told:
        office.client(user_id).upload(
            document_id,
            "f1",
            signed=_write(office, content),
            kind=kind,
            base_sha256=base_sha256,
            idempotency_key=key or new_key(),
        )
    return told.value


def test_a_signed_file_becomes_the_next_revision(office: Running) -> None:
    document_id = office.draft()
    receipt = office.sign(office.client("giamdoc"), document_id, "personal")
    file = office.main_file(document_id)
    assert (file.revision, receipt.revision) == (1, 1)
    assert file.sha256 == receipt.sha256
    assert receipt.received_at == office.watch.now


def test_an_upload_sent_twice_makes_one_revision(office: Running) -> None:
    document_id = office.draft()
    server, key = office.client("giamdoc"), new_key()
    signed = _write(office, DRAFT + b"signature")
    receipts = [
        server.upload(
            document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
        )
        for _ in range(2)
    ]
    assert receipts[0] == receipts[1]
    assert office.main_file(document_id).revision == 1


def test_an_upload_whose_answer_was_lost_makes_one_revision(office: Running) -> None:
    document_id = office.draft()
    server, key = office.client("giamdoc"), new_key()
    signed = _write(office, DRAFT + b"signature")
    office.faults.add(Fault(FaultKind.LOSE_ANSWER, "/revisions"))
    with pytest.raises(AppError) as told:
        server.upload(
            document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
        )
    receipt = server.upload(
        document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
    )
    assert told.value.code == "server.unreachable"
    assert receipt.revision == office.main_file(document_id).revision == 1


def test_the_answer_is_repeated_even_after_the_document_has_moved_on(office: Running) -> None:
    document_id, key = office.draft(), new_key()
    server = office.client("giamdoc")
    signed = _write(office, DRAFT + b"signature")
    first = server.upload(
        document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
    )
    office.forward(server, document_id, "to_clerk")
    again = server.upload(
        document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
    )
    assert again == first


def test_a_key_is_not_good_for_another_file(office: Running) -> None:
    document_id, key = office.draft(), new_key()
    office.sign(office.client("giamdoc"), document_id, "personal", key=key)
    error = _refused(office, "giamdoc", document_id, DRAFT + b"other", key=key)
    assert error.code == "server.key_reused"


def test_somebody_else_was_first(office: Running) -> None:
    document_id = office.to_issue()
    base = office.main_file(document_id).sha256
    office.sign(office.client("vanthu2"), document_id, "seal")
    now = office.main_file(document_id).sha256
    error = _refused(office, "vanthu", document_id, DRAFT, kind="number", base_sha256=base)
    assert (error.code, error.params["status"]) == ("server.conflict", 412)
    assert error.params["current_sha256"] == now


def test_a_file_that_does_not_begin_with_the_base_is_refused(office: Running) -> None:
    error = _refused(office, "giamdoc", office.draft(), b"%PDF-1.7 another" + DRAFT)
    assert error.code == "server.prefix_refused"


def test_the_base_itself_is_no_increment(office: Running) -> None:
    assert _refused(office, "giamdoc", office.draft(), DRAFT).code == "server.prefix_refused"


def test_a_refused_upload_leaves_nothing_behind(office: Running) -> None:
    document_id = office.draft()
    before = sorted(office.folder.joinpath("office", "files").rglob("*"))
    _refused(office, "giamdoc", document_id, b"%PDF-1.7 another")
    assert sorted(office.folder.joinpath("office", "files").rglob("*")) == before
    assert office.main_file(document_id).sha256 == BASE


def test_a_person_signs_a_file_once(office: Running) -> None:
    document_id = office.draft()
    office.sign(office.client("giamdoc"), document_id, "personal")
    base = office.main_file(document_id).sha256
    error = _refused(office, "giamdoc", document_id, DRAFT + b"<personal>again", base_sha256=base)
    assert error.code == "server.signature_exists"


def test_the_agency_seals_once_whoever_the_clerk_is(office: Running) -> None:
    document_id = office.to_issue()
    office.sign(office.client("vanthu"), document_id, "seal")
    with pytest.raises(AppError) as told:
        office.sign(office.client("vanthu2"), document_id, "seal")
    assert told.value.code == "server.signature_exists"


def test_the_agency_may_add_one_number_signature_beside_its_seal(office: Running) -> None:
    document_id = office.to_issue()
    office.sign(office.client("vanthu"), document_id, "number")
    office.sign(office.client("vanthu"), document_id, "seal")
    assert office.main_file(document_id).revision == 3


def test_a_leader_cannot_seal(office: Running) -> None:
    error = _refused(office, "giamdoc", office.draft(), DRAFT + b"seal", kind="seal")
    assert error.code == "server.kind_refused"


def test_a_clerk_cannot_sign_what_is_with_the_leader(office: Running) -> None:
    error = _refused(office, "vanthu", office.draft(), DRAFT + b"x")
    assert error.code == "server.conflict"


def test_somebody_without_part_in_it_is_denied(office: Running) -> None:
    assert _refused(office, "phogiamdoc", office.draft(), DRAFT + b"x").code == "server.denied"


def test_a_withdrawn_document_takes_no_signature(office: Running) -> None:
    document_id = office.draft()
    office.store.withdraw(document_id, "Hồ Văn H")
    error = _refused(office, "giamdoc", document_id, DRAFT + b"signature")
    assert error.code == "server.withdrawn"


@pytest.mark.parametrize("secrecy", [item for item in Secrecy if item is not Secrecy.NONE])
def test_a_secret_document_takes_no_signature(office: Running, secrecy: Secrecy) -> None:
    document_id = office.draft(secrecy=secrecy)
    error = _refused(office, "giamdoc", document_id, DRAFT + b"signature")
    assert error.code == "server.secret_refused"


def test_a_paper_only_document_takes_no_signature(office: Running) -> None:
    document_id = office.draft(paper_only=True)
    error = _refused(office, "giamdoc", document_id, DRAFT + b"signature")
    assert error.code == "server.paper_only"


def test_a_file_over_the_limit_is_refused_with_the_limit(office: Running) -> None:
    error = _refused(office, "giamdoc", office.draft(), DRAFT + bytes(2**20))
    assert (error.code, error.params["limit_mb"]) == ("server.too_large", 1)


def test_a_file_over_the_limit_is_refused_without_a_length_too(office: Running) -> None:
    document_id = office.draft()
    response = requests.post(
        f"{office.url}/v1/documents/{document_id}/files/f1/revisions",
        data=iter([DRAFT, bytes(2**20)]),
        headers={
            "Authorization": f"Bearer {office.access_token('giamdoc')}",
            "If-Match": f'"{BASE}"',
            "Idempotency-Key": new_key(),
            "Signature-Kind": "personal",
        },
        timeout=10,
    )
    assert response.status_code == 413


def test_a_file_damaged_on_the_way_is_refused(office: Running) -> None:
    document_id = office.draft()
    response = requests.post(
        f"{office.url}/v1/documents/{document_id}/files/f1/revisions",
        data=DRAFT + b"damaged",
        headers={
            "Authorization": f"Bearer {office.access_token('giamdoc')}",
            "If-Match": f'"{BASE}"',
            "Idempotency-Key": new_key(),
            "Signature-Kind": "personal",
            "Content-Digest": f"sha-256=:{'A' * 43}=:",
        },
        timeout=10,
    )
    assert response.json()["type"].endswith("digest-mismatch")


def test_an_upload_cut_in_the_middle_leaves_nothing_behind(office: Running) -> None:
    document_id = office.draft()
    head = (
        f"POST /v1/documents/{document_id}/files/f1/revisions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f'Authorization: Bearer {office.access_token("giamdoc")}\r\nIf-Match: "{BASE}"\r\n'
        f"Idempotency-Key: {new_key()}\r\nSignature-Kind: personal\r\nContent-Length: 500000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", urlsplit(office.url).port or 0), 10) as line:
        line.sendall(head.encode() + DRAFT)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
    office.sign(office.client("giamdoc"), document_id, "personal")
    assert list(office.folder.joinpath("office", "files", "aside").iterdir()) == []
    assert office.main_file(document_id).revision == 1


def test_the_audit_head_stays_with_the_server(office: Running) -> None:
    document_id = office.draft()
    office.client("giamdoc").upload(
        document_id,
        "f1",
        signed=_write(office, DRAFT + b"signature"),
        kind="personal",
        base_sha256=BASE,
        idempotency_key=new_key(),
        audit_head_sha256="cd" * 32,
    )
    assert office.store.audit_heads(document_id) == ("cd" * 32,)


def test_a_converted_draft_becomes_the_base_of_what_follows(office: Running) -> None:
    document_id, server = office.draft(), office.client("giamdoc")
    converted = _write(office, b"%PDF-1.7 converted")
    receipt = server.upload_base(
        document_id, "f1", converted=converted, original_sha256=BASE, idempotency_key=new_key()
    )
    office.sign(server, document_id, "personal")
    assert receipt.revision == 1
    assert office.main_file(document_id).revision == 2


def test_a_signed_draft_takes_no_new_base(office: Running) -> None:
    document_id, server = office.draft(), office.client("giamdoc")
    signed = office.sign(server, document_id, "personal")
    with pytest.raises(AppError) as told:
        server.upload_base(
            document_id,
            "f1",
            converted=_write(office, b"%PDF-1.7 converted"),
            original_sha256=signed.sha256,
            idempotency_key=new_key(),
        )
    assert told.value.code == "server.base_signed"


def test_a_receipt_for_other_bytes_is_not_believed(office: Running) -> None:
    document_id, server = office.draft(), office.client("giamdoc")
    key = new_key()
    signed = _write(office, DRAFT + b"signature")
    server.upload(
        document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
    )
    with office.store.ledger.write() as entry:
        entry.db.execute(
            "UPDATE answers SET body = replace(body, substr(body, instr(body, 'sha256') + 9, 64), ?)",
            ("0" * 64,),
        )
    with pytest.raises(AppError) as told:
        server.upload(
            document_id, "f1", signed=signed, kind="personal", base_sha256=BASE, idempotency_key=key
        )
    assert told.value.code == "server.receipt_mismatch"


def test_a_file_that_is_not_there_is_not_sent(office: Running) -> None:
    with pytest.raises(AppError) as told:
        office.client("giamdoc").upload(
            office.draft(),
            "f1",
            signed=office.folder / "missing.pdf",
            kind="personal",
            base_sha256=BASE,
            idempotency_key=new_key(),
        )
    assert told.value.code == "server.file_unreadable"


def test_an_extension_is_taken_from_a_clerk_behind_a_seal_alone(office: Running) -> None:
    document_id = office.to_issue()
    clerk = office.client("vanthu")
    with pytest.raises(AppError, match=r"server\.signature_missing"):
        office.sign(clerk, document_id, "document_timestamp")
    leaders = _refused(office, "giamdoc", office.draft(), DRAFT, kind="document_timestamp")
    assert leaders.code == "server.kind_refused"


def test_an_extension_that_holds_anything_else_is_refused(office: Running) -> None:
    document_id = office.to_issue()
    clerk = office.client("vanthu")
    office.sign(clerk, document_id, "seal")
    with pytest.raises(AppError, match=r"server\.extension_refused"):
        office.sign(clerk, document_id, "document_timestamp")
    assert office.main_file(document_id).revision == 2
