"""The program's log: what happened, in codes, ids, hashes and durations; nothing that a document or a person said.

A record is a code with fields: `logger.warning("worker.killed", extra={"worker": "render", "pid": 17})`. A message
that is no code (as libraries write them) is withheld, a field that is not on the list or looks secret is left out,
and of an exception only kinds and places stand.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import traceback
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath

FILE_NAME = "trinhky.log"
_FILE_BYTES = 1_000_000
_FILES = 5

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
_VALUE = re.compile(r"[A-Za-z0-9._:+\-]{1,200}")
_FRAMES = re.compile(r"[A-Za-z0-9._:/<>\- ]{0,4000}")
_SECRET = re.compile(r"pin|password|passwd|token|authorization|secret|cookie|credential")
_KNOWN = frozenset(
    {
        "attempt",
        "code",
        "count",
        "errno",
        "exit_code",
        "frames",
        "kind",
        "level",
        "pid",
        "port",
        "purpose",
        "queue",
        "revision",
        "state",
        "status",
        "version",
        "worker",
    }
)
_KNOWN_ENDINGS = ("_id", "_sha256", "_s", "_ms", "_bytes", "_count", "_code", "_utc")


def set_up_logs(folder: Path, *, level: int = logging.INFO, to_stderr: bool = False) -> Path:
    """Send every record to a rotating file that the user alone may read, in place of earlier handlers.

    Args:
        folder: made where it is missing.
        level: the least level that is kept.
        to_stderr: whether warnings and errors also go there, as the command line wants it. Standard output never
            gets anything.

    Returns:
        The file.

    Raises:
        OSError: the file cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE_NAME
    handlers: list[logging.Handler] = [_PrivateFile(path)]
    if to_stderr:
        terminal = logging.StreamHandler(sys.stderr)
        terminal.setLevel(logging.WARNING)
        handlers.append(terminal)
    root = logging.getLogger()
    tear_down_logs()
    for handler in handlers:
        handler.setFormatter(RedactingFormatter())
        root.addHandler(handler)
    root.setLevel(level)
    return path


def tear_down_logs() -> None:
    """Close and remove the handlers that `set_up_logs` put in place."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        if isinstance(handler.formatter, RedactingFormatter):
            root.removeHandler(handler)
            handler.close()


class RedactingFormatter(logging.Formatter):
    """Writes one line: moment in UTC, level, logger, code, allowed fields in order of their names."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; whatever is not allowed is not in it."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        parts = [moment, record.levelname, record.name, _code(record)]
        parts += [
            f"{key}={value}"
            for key, value in sorted(vars(record).items())
            if key not in _STANDARD and is_allowed(key, value)
        ]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(f"raised={describe(record.exc_info[1])}")
        return " ".join(parts)


def is_allowed(key: str, value: object) -> bool:
    """Say whether a field may be logged: a known name, nothing secret, a plain short value."""
    name = key.lower()
    if _SECRET.search(name) or not (name in _KNOWN or name.endswith(_KNOWN_ENDINGS)):
        return False
    if value is None or isinstance(value, int | float):
        return True
    shape = _FRAMES if name == "frames" else _VALUE
    return isinstance(value, str) and shape.fullmatch(value) is not None


def describe(error: BaseException) -> str:
    """Return an exception's kind and the places it came through, none of its text."""
    places = [
        f"{PurePath(frame.f_code.co_filename).name}:{line}:{frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return "<".join([type(error).__name__, *reversed(places)])


class _PrivateFile(RotatingFileHandler):
    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_FILE_BYTES, backupCount=_FILES - 1, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT, 0o600))
        return super()._open()


def _code(record: logging.LogRecord) -> str:
    is_code = isinstance(record.msg, str) and _CODE.fullmatch(record.msg) is not None
    return str(record.msg) if is_code and not record.args else "(withheld)"


_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
