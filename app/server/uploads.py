"""Bodies that are streamed from disk: a signed revision, a scan with its metadata."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from app.errors import AppError


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file to send, measured before it goes."""

    path: Path
    sha256: str
    size_bytes: int

    @property
    def content_digest(self) -> str:
        """The field of RFC 9530."""
        return f"sha-256=:{base64.b64encode(bytes.fromhex(self.sha256)).decode()}:"


def measure(path: Path) -> LocalFile:
    """Read size and hash.

    Raises:
        AppError: `server.file_unreadable`.
    """
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            return LocalFile(path, digest, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        raise AppError("server.file_unreadable", file=path.name) from error


class Body:
    """Parts read one after the other; the length is known before, so the request is not chunked."""

    def __init__(self, parts: tuple[tuple[IO[bytes], int], ...]) -> None:
        self._parts = list(parts)
        self._length = sum(size for _, size in parts)

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes of what is left; all without one."""
        found = bytearray()
        while self._parts and (size < 0 or len(found) < size):
            chunk = self._parts[0][0].read(size if size < 0 else size - len(found))
            if not chunk:
                self._parts.pop(0)
            found += chunk
        return bytes(found)

    def __iter__(self) -> Iterator[bytes]:
        while chunk := self.read(64 * 2**10):
            yield chunk


@contextmanager
def file_body(file: LocalFile) -> Iterator[Body]:
    """Open a file as the whole body."""
    with _opened(file) as stream:
        yield Body(((stream, file.size_bytes),))


@dataclass(frozen=True, slots=True)
class Multipart:
    """A `multipart/form-data` body (RFC 7578): a JSON part `metadata` and a part `file`."""

    file: LocalFile
    metadata: str
    media_type: str
    boundary: str

    @classmethod
    def of(cls, file: LocalFile, metadata: str, media_type: str = "application/pdf") -> Multipart:
        """Prepare one with a boundary of its own."""
        return cls(file, metadata, media_type, secrets.token_hex(16))

    @property
    def content_type(self) -> str:
        """The request's media type with the boundary."""
        return f"multipart/form-data; boundary={self.boundary}"

    @contextmanager
    def body(self) -> Iterator[Body]:
        """Open the file between its neighbours."""
        head = (
            f"--{self.boundary}\r\n"
            'Content-Disposition: form-data; name="metadata"\r\n'
            "Content-Type: application/json\r\n\r\n"
            f"{self.metadata}\r\n"
            f"--{self.boundary}\r\n"
            'Content-Disposition: form-data; name="file"; filename="document"\r\n'
            f"Content-Type: {self.media_type}\r\n\r\n"
        ).encode()
        tail = f"\r\n--{self.boundary}--\r\n".encode()
        with _opened(self.file) as stream:
            yield Body(
                (
                    (BytesIO(head), len(head)),
                    (stream, self.file.size_bytes),
                    (BytesIO(tail), len(tail)),
                )
            )


@contextmanager
def _opened(file: LocalFile) -> Iterator[IO[bytes]]:
    try:
        stream = file.path.open("rb")
    except OSError as error:
        raise AppError("server.file_unreadable", file=file.path.name) from error
    with stream:
        yield stream
