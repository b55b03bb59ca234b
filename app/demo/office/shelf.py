"""The office's files, named by their SHA-256: written aside, flushed to disk, then moved in place."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.demo.office.refused import RefusedError
from app.server.problems import ProblemType

_CHUNK_BYTES = 2**20


@dataclass(frozen=True, slots=True)
class Arrived:
    """A complete file that is on disk but not yet on the shelf."""

    path: Path
    sha256: str
    size_bytes: int


class Shelf:
    """Content-addressed files below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._aside = folder / "aside"
        shutil.rmtree(self._aside, ignore_errors=True)
        self._aside.mkdir(parents=True)

    def path_of(self, sha256: str) -> Path:
        """Return where a file lies."""
        return self._folder / sha256[:2] / sha256

    def arriving(self, limit_bytes: int | None = None) -> Arriving:
        """Begin to receive a file."""
        return Arriving(self._aside / secrets.token_hex(8), limit_bytes)

    def take(self, source: Path) -> Arrived:
        """Copy a file of the caller."""
        with self.arriving() as arriving, source.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                arriving.add(chunk)
            return arriving.finish()

    def keep(self, arrived: Arrived) -> None:
        """Put an arrived file on the shelf, durable before this returns."""
        place = self.path_of(arrived.sha256)
        place.parent.mkdir(exist_ok=True)
        arrived.path.replace(place)
        _flush_folder(place.parent)

    def begins_with(self, arrived: Arrived, base_sha256: str) -> bool:
        """Say whether the arrived file's leading bytes are the base's, with something after them."""
        with self.path_of(base_sha256).open("rb") as base, arrived.path.open("rb") as whole:
            while chunk := base.read(_CHUNK_BYTES):
                if whole.read(len(chunk)) != chunk:
                    return False
            return bool(whole.read(1))

    @staticmethod
    def is_pdf(arrived: Arrived) -> bool:
        """Say whether the file is a PDF by its header (ISO 32000-2, 7.5.2)."""
        with arrived.path.open("rb") as whole:
            return whole.read(5) == b"%PDF-"


class Arriving:
    """A file being received; a context manager that drops what `finish` has not completed."""

    def __init__(self, path: Path, limit_bytes: int | None) -> None:
        self._path = path
        self._limit_bytes = limit_bytes
        self._stream = path.open("xb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._done = False

    def add(self, chunk: bytes) -> None:
        """Add bytes; `too-large` beyond the limit."""
        self._size += len(chunk)
        if self._limit_bytes is not None and self._size > self._limit_bytes:
            raise RefusedError(ProblemType.TOO_LARGE, limit_bytes=self._limit_bytes)
        self._digest.update(chunk)
        self._stream.write(chunk)

    def finish(self) -> Arrived:
        """Flush to disk."""
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self._done = True
        return Arrived(self._path, self._digest.hexdigest(), self._size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()
        if not self._done:
            self._path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle to flush a folder with
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
