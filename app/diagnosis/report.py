"""The findings as one text for whoever helps, without names of persons, serial numbers, user names and credentials."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from app.clock import vietnam_time
from app.diagnosis.records import Check
from app.messages import Language, message
from signing.token.records import KEY_FILE_SUFFIXES

_OF_PERSONS = frozenset({"subject", "token"})
"""A token's label is often its owner's name."""
_SERIAL = "serial"
_SHOWN_OF_SERIAL = 4
_LEFT_OUT = "…"
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")
_QUERY = re.compile(r"(\w+://[^\s?#]+)[?#][^\s,;]*")
_HOMES = re.compile(r"(/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\,;:*?\"<>|()]+", re.IGNORECASE)
_END = r"(?![^/\\,;:() ])"
"""No letter more of a name in a path."""
_KEY_FILE = re.compile(
    rf"[^/\\,;:]+(?=(?:{'|'.join(map(re.escape, KEY_FILE_SUFFIXES))})\b)", re.IGNORECASE
)
"""Named after its owner more often than not."""
_SHORTEST_NAME = 3


def write_report(
    checks: Sequence[Check], language: Language, now: datetime, home: Path | None = None
) -> str:
    """Write the findings, a line each, in a person's language.

    Args:
        checks: what was found.
        language: of the words.
        now: when.
        home: the folder that becomes ~; the user's where None.
    """
    home = home or Path.home()
    names = {
        value
        for check in checks
        for key, value in check.params.items()
        if key in _OF_PERSONS and len(value) >= _SHORTEST_NAME
    }
    moment = vietnam_time(now).strftime("%d/%m/%Y %H:%M")
    head = f"Trình Ký {version('trinhky')} · {platform.system()} {platform.release()}"
    lines = [f"{head} · {platform.machine()} · Python {platform.python_version()} · {moment}"]
    for check in checks:
        state = message("doctor." + check.state, language).what
        name = message("check." + check.name, language).what
        said = message(check.code, language, redacted(check.params, names, home))
        lines.append(f"{state} {name}: {said} [{check.code}]")
    return "\n".join(lines) + "\n"


def redacted(params: Mapping[str, str], names: Iterable[str], home: Path) -> dict[str, str]:
    """Take out of parameters what is nobody else's business; `names` wherever they stand."""
    longest_first = sorted(names, key=len, reverse=True)
    return {key: _redacted(key, value, longest_first, home) for key, value in params.items()}


def _redacted(key: str, value: str, names: Iterable[str], home: Path) -> str:
    if key in _OF_PERSONS:
        return _LEFT_OUT
    if key == _SERIAL:
        return _LEFT_OUT + value[-_SHOWN_OF_SERIAL:]
    text = _KEY_FILE.sub(_LEFT_OUT, _QUERY.sub(r"\1", _CREDENTIALS.sub("", value)))
    for name in names:
        text = text.replace(name, _LEFT_OUT)
    if home.name:
        flags = re.IGNORECASE if sys.platform == "win32" else 0
        text = re.sub(rf"{re.escape(str(home))}{_END}", "~", text, flags=flags)
        # Also where another folder is named after the user, say below /run/user or on a network drive.
        text = re.sub(rf"(?<=[/\\]){re.escape(home.name)}{_END}", "~", text, flags=flags)
    return _HOMES.sub(rf"\1{_LEFT_OUT}", text)
