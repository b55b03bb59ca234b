"""Fetching a file: resumed after a cut, checked by size and SHA-256 before anyone sees it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import requests

from app.errors import AppError
from app.server.transport import told
from app.workflow.documents import FileRef

Fetch = Callable[[dict[str, str]], requests.Response]
"""Asks for the content with these headers; answers 200, 206 or 416, raises `AppError` for anything else."""

_CHUNK_BYTES = 16 * 2**10
"""Small: when a connection is cut, urllib3 drops the chunk that it was collecting."""

_TRIES_WITHOUT_PROGRESS = 2
_WORTH_RESUMING = ("server.unreachable", "server.timeout")


def download(fetch: Fetch, file: FileRef, into: Path) -> Path:
    """Bring a file to `into`.

    What has arrived before a cut stays beside `into` in a partial file named by the expected hash; it is resumed at
    once, or by the next call. The content's ETag is its quoted SHA-256.

    Raises:
        AppError: `server.hash_mismatch` (nothing is left), `server.conflict` when the server now holds another
            revision, `server.not_saved` when the disk refuses, or what went wrong on the way.
    """
    partial = into.with_name(f"{into.name}.{file.sha256[:16]}.part")
    try:
        resumed = _length_of(partial) > 0
        _fill(fetch, file, partial)
        if not _is_right(partial, file) and resumed:
            partial.unlink()
            _fill(fetch, file, partial)
        if not _is_right(partial, file):
            partial.unlink()
            raise AppError("server.hash_mismatch", file=file.name)
        partial.replace(into)
    except OSError as error:
        raise AppError("server.not_saved", file=file.name) from error
    return into


def _fill(fetch: Fetch, file: FileRef, partial: Path) -> None:
    tries = 0
    while _length_of(partial) < file.size_bytes or not partial.exists():
        before = _length_of(partial)
        try:
            _fetch_rest(fetch, file, partial)
        except AppError as error:
            tries = 0 if _length_of(partial) > before else tries + 1
            if error.code not in _WORTH_RESUMING or tries >= _TRIES_WITHOUT_PROGRESS:
                raise
        else:
            return


def _fetch_rest(fetch: Fetch, file: FileRef, partial: Path) -> None:
    have = _length_of(partial)
    etag = f'"{file.sha256}"'
    with fetch({"Range": f"bytes={have}-", "If-Range": etag} if have else {}) as response:
        if response.headers.get("ETag", etag) != etag:
            raise AppError("server.conflict", file=file.name)
        goes_on = response.status_code == 206
        starts = response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if response.status_code == 416 or (goes_on and not starts):
            partial.unlink(missing_ok=True)
            raise AppError("server.garbage", server=urlsplit(response.url).netloc)
        with _opened(partial, append=goes_on) as stream:
            _copy(response, stream, file)


def _copy(response: requests.Response, stream: IO[bytes], file: FileRef) -> None:
    chunks = response.iter_content(_CHUNK_BYTES)
    while stream.tell() <= file.size_bytes:
        with told(response.url):
            chunk = next(chunks, b"")
        if not chunk:
            break
        stream.write(chunk)
    stream.flush()
    os.fsync(stream.fileno())


def _opened(partial: Path, *, append: bool) -> IO[bytes]:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
    # Windows would translate line ends without O_BINARY; other systems do not have it.
    handle = os.open(partial, flags | getattr(os, "O_BINARY", 0), 0o600)
    stream = os.fdopen(handle, "ab" if append else "wb")
    stream.seek(0, os.SEEK_END)
    return stream


def _is_right(partial: Path, file: FileRef) -> bool:
    if _length_of(partial) != file.size_bytes:
        return False
    with partial.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def _length_of(partial: Path) -> int:
    try:
        return partial.stat().st_size
    except FileNotFoundError:
        return 0
