"""A large file is judged in place: as a small one, by the same bytes, and without a copy of it in memory."""

from __future__ import annotations

import hashlib
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.sign.general import byte_range_digest

from signing.embedded import digest_covered, find_signatures
from signing.errors import SigningError
from signing.file_bytes import MAPPED_FROM_BYTES, MappedFile, file_bytes
from signing.opening import append_only
from signing.reading import open_for_reading
from signing.revisions import extract_revision, list_revisions
from signing.terms import Verdict
from tests.unit.signing.verification_world import (
    NAME,
    agency,
    draft,
    judge,
    revocation_list,
    sign,
    trust,
    update,
)

SCAN = os.urandom(MAPPED_FROM_BYTES)


def _with_scan(writer: Any) -> None:
    picture = generic.StreamObject(
        {NAME("/Type"): NAME("/XObject"), NAME("/Subtype"): NAME("/Image")}, encoded_data=SCAN
    )
    page = writer.root["/Pages"]["/Kids"][0]
    resources = generic.DictionaryObject(
        {NAME("/XObject"): generic.DictionaryObject({NAME("/Scan"): writer.add_object(picture)})}
    )
    page[NAME("/Resources")] = resources
    writer.update_container(page)


@pytest.fixture(scope="module")
def scan() -> bytes:
    """More than is read whole; signed by the leader, then by the agency."""
    return sign(sign(update(draft(), _with_scan), "LanhDao"), "ConDau", agency())


@pytest.fixture
def file(scan: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan)
    return path


def test_a_large_file_is_valid_as_a_small_one(scan: bytes, tmp_path: Path) -> None:
    report = judge(tmp_path, scan, trust(revocation_list()))

    assert report.verdict is Verdict.VALID
    assert report.sha256 == hashlib.sha256(scan).hexdigest()


def test_a_changed_byte_of_a_large_picture_breaks_both_signatures(
    scan: bytes, tmp_path: Path
) -> None:
    changed = bytearray(scan)
    changed[scan.index(SCAN) + MAPPED_FROM_BYTES // 2] ^= 1

    report = judge(tmp_path, bytes(changed))

    assert [item.reason for item in report.signatures] == ["verify.bytes_changed"] * 2


def test_what_each_signature_covers_is_hashed_as_pyhanko_would(file: Path) -> None:
    with file_bytes(file) as source:
        found = find_signatures(open_for_reading(source))
        digest_covered(found, source)
        known = [item.signature.external_digests["sha256"] for item in found if item.signature]
        data = BytesIO(file.read_bytes())
        ranges = [item.signature.byte_range for item in found if item.signature]
        theirs = [byte_range_digest(data, item, "sha256")[1] for item in ranges]
        found.clear()

    assert known == theirs


def test_a_large_pictures_data_is_a_view_of_the_file(file: Path) -> None:
    with file_bytes(file) as source:
        reader = open_for_reading(source)
        pictures = reader.root["/Pages"]["/Kids"][0]["/Resources"]["/XObject"]
        kind = type(pictures["/Scan"].encoded_data)
        del pictures

    assert kind is memoryview


def test_a_large_file_can_be_moved_away_once_it_was_judged(file: Path) -> None:
    with file_bytes(file) as source:
        find_signatures(open_for_reading(source))

    assert isinstance(source.stream, MappedFile)
    assert source.stream.closed


def test_a_revision_of_a_large_file_is_what_was_signed(file: Path, tmp_path: Path) -> None:
    leader = next(item for item in list_revisions(file) if item.signed_by == "LanhDao")
    out = tmp_path / "leader.pdf"

    extract_revision(file, leader.index, out)

    assert hashlib.sha256(out.read_bytes()).hexdigest() == leader.sha256
    assert file.read_bytes().startswith(out.read_bytes())


def test_words_across_two_pieces_of_a_large_file_are_found(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"." * ((1 << 20) - 5) + b"/ByteRange" + b"." * MAPPED_FROM_BYTES)

    with file_bytes(path) as source:
        assert source.find(b"/ByteRange") == (1 << 20) - 5
        assert source.find(b"/ByteRange", 1 << 20) == -1


def test_a_file_that_is_written_to_while_it_is_judged_has_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")

    with pytest.raises(SigningError, match=r"verify\.file_changed"), file_bytes(path):
        path.write_bytes(b"afterwards")


def _write_at(path: Path, position: int, data: bytes) -> None:
    with append_only(path) as stream:
        stream.seek(position)
        stream.write(data)


def test_nothing_writes_over_the_bytes_that_were_shown(tmp_path: Path) -> None:
    path = tmp_path / "base.pdf"
    path.write_bytes(b"shown")

    with pytest.raises(SigningError, match=r"sign\.prefix_changed"):
        _write_at(path, 2, b"x")

    assert path.read_bytes() == b"shown"


def test_what_is_added_may_be_filled_in_later(tmp_path: Path) -> None:
    path = tmp_path / "base.pdf"
    path.write_bytes(b"shown")

    with append_only(path) as stream:
        stream.seek(0, os.SEEK_END)
        stream.write(b" <00>")
        stream.seek(7)
        stream.write(b"ff")

    assert path.read_bytes() == b"shown <ff>"
