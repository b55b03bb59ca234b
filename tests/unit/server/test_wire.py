"""The contract's models: what they take, what they refuse, what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from app.server import domain, wire
from app.workflow.documents import GivenPlace, Secrecy, Urgency

FILE = {
    "file_id": "f1",
    "name": "du-thao.pdf",
    "role": "main",
    "media_type": "application/pdf",
    "size_bytes": 10,
    "sha256": "ab" * 32,
    "revision": 0,
}
DOCUMENT: dict[str, Any] = {
    "document_id": "vb-1",
    "abstract": "V/v kiểm tra",
    "kind_name": "Công văn",
    "symbol": "STP-VP",
    "recipients": ["Như trên"],
    "signers": [],
    "urgency": "express",
    "secrecy": "none",
    "paper_only": False,
    "deadline": "2026-11-22T09:15:00+07:00",
    "drafting_unit": "Văn phòng",
    "state": "to_sign",
    "files": [FILE],
}


def test_a_time_with_offset_becomes_utc() -> None:
    found = domain.document(wire.Document.model_validate(DOCUMENT), "v1")
    assert found.deadline == datetime(2026, 11, 22, 2, 15, tzinfo=UTC)
    assert found.deadline is not None
    assert found.deadline.tzinfo is UTC


def test_a_time_without_offset_is_refused() -> None:
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"deadline": "2026-11-22T09:15:00"})


def test_an_answer_may_say_more_than_this_version_knows() -> None:
    found = domain.document(wire.Document.model_validate(DOCUMENT | {"colour": "blue"}), "v1")
    assert (found.urgency, found.secrecy, found.etag) == (Urgency.EXPRESS, Secrecy.NONE, "v1")


def test_a_request_may_not_say_more_than_the_contract() -> None:
    with pytest.raises(ValidationError):
        wire.ForwardRequest.model_validate({"action": "approve", "to": "me"})


@pytest.mark.parametrize("sha256", ["AB" * 32, "ab" * 31, "ab" * 32 + "\n", "g" * 64])
def test_a_hash_is_64_lower_case_hex_digits(sha256: str) -> None:
    with pytest.raises(ValidationError):
        wire.FileRef.model_validate(FILE | {"sha256": sha256})


@pytest.mark.parametrize(
    "files",
    [
        [],
        [FILE | {"role": "attachment"}],
        [FILE, FILE | {"file_id": "f2"}],
        [FILE, FILE | {"role": "attachment"}],
    ],
)
def test_a_document_has_one_main_file_and_no_id_twice(files: list[dict[str, Any]]) -> None:
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"files": files})


@pytest.mark.parametrize("secrecy", ["", "secret", None])
def test_an_unknown_secrecy_is_never_taken_for_none(secrecy: str | None) -> None:
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"secrecy": secrecy})


def test_a_text_without_bound_is_refused() -> None:
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"abstract": "x" * 10_001})


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_return_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(ValidationError):
        wire.ReturnRequest(reason=reason)


def test_a_page_of_more_than_500_changes_is_refused() -> None:
    with pytest.raises(ValidationError):
        wire.TaskPage(changed=(), gone=("t",) * 501, cursor="c", more=False)


@pytest.mark.parametrize(
    "box_mm",
    [
        (float("nan"), 10, 20, 30),
        (float("inf"), 10, 20, 30),
        (-1, 10, 20, 30),
        (20, 10, 20, 30),
        (10, 30, 20, 10),
        (10, 10, 20),
        (10, 10, 20, 1e9),
    ],
)
def test_a_place_that_is_no_box_is_refused(box_mm: tuple[float, ...]) -> None:
    place = {"file_id": "f1", "kind": "personal", "page_index": 0, "box_mm": box_mm}
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"places": [place]})


def test_places_without_end_are_refused() -> None:
    place = {"file_id": "f1", "kind": "personal", "page_index": 0, "box_mm": (1, 1, 2, 2)}
    with pytest.raises(ValidationError):
        wire.Document.model_validate(DOCUMENT | {"places": [place] * 1001})


def test_a_place_comes_with_its_kind_box_and_signer() -> None:
    place = {"file_id": "f1", "kind": "personal", "page_index": 1, "box_mm": (1, 2, 3, 4)}
    sent = DOCUMENT | {"places": [place | {"signer": "Nguyễn Văn A"}]}
    found = domain.document(wire.Document.model_validate(sent), "v1")
    assert found.places == (GivenPlace("f1", "personal", 1, (1, 2, 3, 4), "Nguyễn Văn A"),)
