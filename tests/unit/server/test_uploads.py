"""Bodies streamed from disk."""

from __future__ import annotations

import base64
import hashlib
from io import BytesIO
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.server.uploads import Body, LocalFile, Multipart, file_body, measure


def _file(path: Path, content: bytes) -> LocalFile:
    path.write_bytes(content)
    return measure(path)


def test_a_file_is_measured_by_its_bytes(tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pdf", b"noi dung")
    digest = hashlib.sha256(b"noi dung")
    assert (file.size_bytes, file.sha256) == (8, digest.hexdigest())
    assert file.content_digest == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"


def test_a_form_is_as_long_as_it_says(tmp_path: Path) -> None:
    form = Multipart.of(_file(tmp_path / "a.pdf", b"noi dung"), '{"abstract": "Số"}')
    with form.body() as body:
        assert len(body) == len(body.read())


def test_a_form_carries_metadata_and_file_unchanged(tmp_path: Path) -> None:
    content = b"\r\n--x\r\n" + bytes(range(256))
    form = Multipart.of(_file(tmp_path / "a.pdf", content), '{"abstract": "Số"}')
    with form.body() as body:
        parts = body.read().split(f"--{form.boundary}".encode())
    assert parts[1].endswith('\r\n\r\n{"abstract": "Số"}\r\n'.encode())
    assert parts[2].endswith(b"\r\n\r\n" + content + b"\r\n")


@given(content=st.binary(max_size=300), size=st.integers(1, 50))
def test_reading_in_pieces_gives_the_whole(content: bytes, size: int) -> None:
    half = len(content) // 2
    body = Body(((BytesIO(content[:half]), half), (BytesIO(content[half:]), len(content) - half)))
    pieces = []
    while piece := body.read(size):
        pieces.append(piece)
    assert b"".join(pieces) == content
    assert all(len(piece) == size for piece in pieces[:-1])


def test_a_body_can_be_opened_again_after_a_refused_token(tmp_path: Path) -> None:
    file = _file(tmp_path / "a.pdf", b"noi dung")
    for _ in range(2):
        with file_body(file) as body:
            assert body.read() == b"noi dung"
