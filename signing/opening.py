"""Opens a file for signing: one border where pyHanko's many exceptions become ours."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from pyhanko.pdf_utils.crypt import AuthStatus, StandardSecurityHandler
from pyhanko.pdf_utils.crypt.permissions import StandardPermissions
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError as PyhankoPdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError as PyhankoSigningError

from signing import hex_strings
from signing.archival import Update
from signing.errors import SigningError
from signing.packed_objects import PackedReader

hex_strings.install()

HEADER_ROOM_BYTES = 1024
"""Readers accept junk before `%PDF-` up to here (ISO 32000-1, Annex H, note 13)."""

BLOCK_BYTES = 1 << 20
"""Read at a time; pyHanko's own 4 KB cost a third more time on large scans."""


@contextmanager
def reader(path: Path) -> Iterator[PdfFileReader]:
    """Open a file for looking at its structure.

    Raises:
        SigningError: `sign.not_a_pdf`, `sign.damaged`, `sign.password_required`.
    """
    with path.open("rb") as stream, translated():
        yield opened(stream)


@contextmanager
def writer(stream: BinaryIO) -> Iterator[IncrementalPdfFileWriter]:
    """Open a readable and writable stream for one incremental update.

    Raises:
        SigningError: as `reader`.
    """
    with translated():
        yield Update.from_reader(opened(stream))


def opened(stream: BinaryIO) -> PdfFileReader:
    """Read the structure of an open file, lenient so that hybrid files (Word) are taken; the caller translates.

    A file that anybody can open, its password being empty, is opened so; what is added is encrypted as the rest is.
    """
    if b"%PDF-" not in stream.read(HEADER_ROOM_BYTES):
        raise SigningError("sign.not_a_pdf")
    stream.seek(0)
    found = PackedReader(stream)
    if found.encrypted:
        _unlock(found)
    # Reads the page tree's root, so that a broken one is known now and not in the middle of signing.
    found.root["/Pages"]["/Count"]
    return found


def _unlock(found: PdfFileReader) -> None:
    is_known = isinstance(found.security_handler, StandardSecurityHandler)
    if not is_known or found.decrypt("").status is AuthStatus.FAILED:
        raise SigningError("sign.password_required")


def may_be_signed(found: PdfFileReader) -> bool:
    """Say whether the author of an encrypted file lets those who need no password add fields and sign them.

    Source: ISO 32000-2, table 22: a new signature field takes bits 4 and 6.
    """
    if not found.encrypted:
        return True
    known = found.decrypt("")
    wanted = (
        StandardPermissions.ALLOW_MODIFICATION_GENERIC,
        StandardPermissions.ALLOW_ANNOTS_FORM_FILLING,
    )
    given = known.permission_flags
    return known.status is AuthStatus.OWNER or given is None or all(one in given for one in wanted)


@contextmanager
def translated() -> Iterator[None]:
    """Turn what pyHanko raises on broken files into `sign.damaged`, from its cause.

    Source: design, libraries, fact 12: the exceptions are not all pyHanko's own.
    """
    try:
        yield
    except SigningError:
        raise
    except PyhankoSigningError as error:
        raise SigningError("sign.refused", detail=str(error)[:200]) from error
    except (
        PyhankoPdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        IndexError,
        AssertionError,
        NotImplementedError,
        RecursionError,
        EOFError,
        ArithmeticError,
        zlib.error,
        struct.error,
    ) as error:
        raise SigningError("sign.damaged", detail=type(error).__name__) from error
    except OSError as error:
        # A table that points before the file's beginning; a disk that fails has another number.
        if error.errno != errno.EINVAL:
            raise
        raise SigningError("sign.damaged", detail=type(error).__name__) from error


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """Return a dictionary's entry with references followed; pyHanko's own `get` does not follow them."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def members(array: Any) -> Iterator[Any]:
    """Yield an array's members with references followed; iterating it yields the references."""
    for index in range(len(array)):
        yield array[index]


def file_sha256(path: Path, size_bytes: int | None = None) -> str:
    """Return the lower-case hex SHA-256 of a file, or of its first bytes."""
    state = hashlib.sha256()
    with path.open("rb") as stream:
        for block in _blocks(stream, size_bytes):
            state.update(block)
    return state.hexdigest()


class _AppendOnly(io.FileIO):
    """A file whose first bytes nobody can write to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "r+b")
        self._kept_bytes = os.fstat(self.fileno()).st_size

    def write(self, data: Any) -> int:
        if self.tell() < self._kept_bytes:
            raise SigningError("sign.prefix_changed")
        return super().write(data)

    def truncate(self, size: int | None = None) -> int:
        if (self.tell() if size is None else size) < self._kept_bytes:
            raise SigningError("sign.prefix_changed")
        return super().truncate(size)


@contextmanager
def append_only(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading and for writing behind what it holds now; durable on disk at the end.

    Raises:
        SigningError: `sign.prefix_changed` where something would write over what was there: a signed revision's
            bytes are never rewritten.
    """
    with io.BufferedRandom(_AppendOnly(path), BLOCK_BYTES) as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def copy_hashed(source: Path, target: Path) -> Any:
    """Copy a file's bytes and return the SHA-256 state of the very bytes that were copied."""
    state = hashlib.sha256()
    with source.open("rb") as stream, target.open("wb") as copy:
        for block in _blocks(stream):
            state.update(block)
            copy.write(block)
    return state


def hash_on(state: Any, path: Path, start: int) -> str:
    """Return the lower-case hex SHA-256 of a file whose bytes before `start` a state has seen."""
    whole = state.copy()
    with path.open("rb") as stream:
        stream.seek(start)
        for block in _blocks(stream):
            whole.update(block)
    return str(whole.hexdigest())


def _blocks(stream: BinaryIO, size_bytes: int | None = None) -> Iterator[bytes]:
    left = sys.maxsize if size_bytes is None else size_bytes
    while left > 0 and (block := stream.read(min(left, BLOCK_BYTES))):
        yield block
        left -= len(block)
