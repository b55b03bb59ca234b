"""A file's bytes for judging: a large scan is read in place, so that it costs no copy of itself in memory."""

from __future__ import annotations

import gc
import hashlib
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from signing.errors import SigningError

MAPPED_FROM_BYTES = 8 << 20
"""Smaller files are read whole: a parser's many small reads are quickest there."""
BLOCK_BYTES = 1 << 20
_LONG_BYTES = 1 << 16


class MappedFile(mmap.mmap):
    """A file in place: its long reads (an image's data) are views and take no memory until somebody looks at them."""

    def read(self, size: int | None = -1) -> Any:
        """Read from the present position: bytes, or a view where it is much."""
        left = len(self) - self.tell()
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted < _LONG_BYTES:
            return super().read(wanted)
        start = self.tell()
        self.seek(start + wanted)
        return memoryview(self)[start : start + wanted]

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer from the present position; the number of bytes that there were."""
        part = super().read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


class FileBytes:
    """The bytes of an open file. `stream` is what pyHanko's reader takes."""

    def __init__(self, file: BinaryIO, size_bytes: int) -> None:
        self.size_bytes = size_bytes
        self.stream: Any
        self._file = file
        self._sha256: str | None = None
        self._readers: list[Any] = []
        if size_bytes < MAPPED_FROM_BYTES:
            self._whole: bytes | None = file.read()
            self.size_bytes = len(self._whole)
            self.stream = BytesIO(self._whole)
        else:
            self._whole = None
            self.stream = MappedFile(file.fileno(), size_bytes, access=mmap.ACCESS_READ)

    def part(self, start: int, end: int) -> bytes:
        """The bytes from `start` up to `end`."""
        if self._whole is not None:
            return self._whole[start:end]
        return bytes(self.stream[start:end])

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end` in pieces; read, not mapped: what was hashed needs no memory after."""
        if self._whole is not None:
            yield self._whole[start:end]
            return
        while start < end:
            self._file.seek(start)
            block = self._file.read(min(BLOCK_BYTES, end - start))
            if not block:
                raise SigningError("verify.file_changed")
            yield block
            start += len(block)

    def find(self, needle: bytes, start: int = 0) -> int:
        """Where `needle` stands first at or after `start`, -1 where it does not."""
        if self._whole is not None:
            return self._whole.find(needle, start)
        overlap = len(needle) - 1
        kept, position = b"", start
        for block in self.blocks(start, self.size_bytes):
            window = kept + block
            found = window.find(needle)
            if found >= 0:
                return position - len(kept) + found
            position += len(block)
            kept = window[len(window) - overlap :] if overlap else b""
        return -1

    def __contains__(self, needle: bytes) -> bool:
        return self.find(needle) >= 0

    def sha256(self) -> str:
        """Lower-case hex SHA-256 of the whole file; known already where `digest_all` came by."""
        if self._sha256 is None:
            self.digest_all(())
        assert self._sha256 is not None
        return self._sha256

    def digest_all(self, ranges: tuple[tuple[str, int, int, int], ...]) -> tuple[bytes, ...]:
        """Hash the file and what its signatures cover, reading what they share once.

        Args:
            ranges: of each signature its digest's name, where the gap in its ByteRange starts, where it ends, and
                where the second part ends; all within the file.

        Returns:
            The digest of each range.
        """
        states = {name: hashlib.new(name) for name in {"sha256", *(item[0] for item in ranges)}}
        digests: dict[tuple[str, int, int, int], bytes] = {}
        position = 0
        for cut in sorted({item[1] for item in ranges} | {self.size_bytes}):
            for block in self.blocks(position, cut):
                for state in states.values():
                    state.update(block)
            position = cut
            for item in (item for item in ranges if item[1] == cut):
                name, _, start, end = item
                state = states[name].copy()
                for block in self.blocks(start, end):
                    state.update(block)
                digests[item] = state.digest()
        self._sha256 = states["sha256"].hexdigest()
        return tuple(digests[item] for item in ranges)

    def lend_to(self, reader: Any) -> None:
        """Remember a pyHanko reader of these bytes: what it keeps of them is dropped when the file is closed."""
        self._readers.append(reader)

    def close(self) -> None:
        """Let go of the mapping: where it stays, Windows would neither rename nor remove the file."""
        for reader in self._readers:
            reader.resolved_objects.clear()
            for resolver in reader._historical_resolver_cache.values():  # noqa: SLF001 - it has no public name
                resolver.cache.clear()
        try:
            self.stream.close()
        except BufferError:
            gc.collect()


@contextmanager
def file_bytes(path: Path) -> Iterator[FileBytes]:
    """Open a file's bytes, which stay the same ones until it is closed.

    Raises:
        OSError: the file cannot be read.
        SigningError: `verify.file_changed` where somebody wrote to it meanwhile.
    """
    with path.open("rb", buffering=0) as file:
        before = os.fstat(file.fileno())
        source = FileBytes(file, before.st_size)
        try:
            yield source
        finally:
            source.close()
        after = os.fstat(file.fileno())
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise SigningError("verify.file_changed")
