"""The operating system's and SQLite's errors as the store's codes."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})

_SQLITE_CODES = {
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
}


@contextmanager
def told_as_store_errors(path: Path) -> Iterator[None]:
    """Translate errors about a file or a database.

    Raises:
        AppError: `store.full`, `store.read_only`, `store.damaged`, `store.busy`, or `store.failed` for the rest;
            each with `file`, the last with a `detail` that holds no content.
    """
    try:
        yield
    except OSError as error:
        raise AppError(_code_of(error), file=path.name, detail=_detail_of(error)) from error
    except sqlite3.Error as error:
        # The low byte is the primary result code (SQLite, "Result and Error Codes").
        primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
        code = _SQLITE_CODES.get(primary, "store.failed")
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        raise AppError(code, file=path.name, detail=name) from error


def _code_of(error: OSError) -> str:
    if error.errno in _FULL:
        return "store.full"
    return "store.read_only" if error.errno in _READ_ONLY else "store.failed"


def _detail_of(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
