"""What the commands print and read: words in the person's language, JSON, secrets from standard input."""

from __future__ import annotations

import getpass
import io
import json
import locale
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.errors import AppError
from app.messages import LANGUAGES, Language, Message, message, of_error

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_USAGE = 64
_SURROGATES = re.compile("[\ud800-\udfff]")


class Terminal:
    """One command's output in one language."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.language = language
        self.as_json = as_json

    def say(self, text: str) -> None:
        """Print a line for a person; nothing where JSON was asked for."""
        if not self.as_json:
            sys.stdout.write(harmless(text) + "\n")
            sys.stdout.flush()

    def note(self, text: str) -> None:
        """Print a line on standard error."""
        sys.stderr.write(harmless(text) + "\n")

    def result(self, document: Mapping[str, Any]) -> None:
        """Print the command's one JSON document, where it was asked for."""
        if self.as_json:
            text = json.dumps(document, ensure_ascii=False, indent=2, default=_plain)
            # A file name that is no UTF-8 stays readable JSON: `\\udcff`.
            sys.stdout.write(_SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")

    def words(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """Put a message code into words."""
        return self._whole(message(code, self.language, params))

    def short(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """Put a message code into its first sentence."""
        return message(code, self.language, params).what

    def error(self, error: Exception) -> dict[str, str]:
        """Tell an error on standard error and return it for JSON."""
        return self._tell(of_error(error, self.language))

    def error_code(self, code: str, params: Mapping[str, object] | None = None) -> dict[str, str]:
        """Tell a message code on standard error and return it for JSON."""
        return self._tell(message(code, self.language, params))

    def _tell(self, told: Message) -> dict[str, str]:
        whole = self._whole(told)
        parts = (told.means, told.do, self._command(told), f"[{told.code}]")
        lines = "".join(f"\n  {part}" for part in parts if part)
        self.note(told.what + lines if told.means else whole)
        return {"code": told.code, "message": whole}

    def _whole(self, told: Message) -> str:
        return f"{told} {self._command(told)}".rstrip()

    def _command(self, told: Message) -> str:
        command = {"command": told.command}
        return self.short("label.command_line", command) if told.command else ""


def choose_language(wanted: str | None) -> Language:
    """Return the language asked for, else the locale's where we speak it, else Vietnamese."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = wanted or next((value for value in named if value), None) or locale.getlocale()[0]
    return next((item for item in LANGUAGES if (spoken or "").lower().startswith(item)), "vi")


def speak_utf8() -> None:
    """Write UTF-8 whatever the machine's code page is: output is read by programs, and is Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def harmless(text: str) -> str:
    """Take the control characters out of a text: a file's own words must not move the cursor."""
    return "".join(
        "�" if unicodedata.category(letter) == "Cc" and letter != "\n" else letter
        for letter in text
    )


def on_one_line(text: str) -> str:
    """Put a name out of a file on one line, as it is read: no line ends, and nothing that turns the reading around."""
    return "".join(
        " " if letter.isspace() else letter
        for letter in text
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Zl", "Zp")
    )


def read_secret(prompt: str) -> str:
    """Read one line of standard input as a secret; typed blind where a person sits at a terminal.

    Raises:
        AppError: `usage.no_secret` when there is none: an empty PIN would cost a try.
    """
    secret = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not secret:
        raise AppError("usage.no_secret")
    return secret


def plain(value: Any) -> Any:
    """Turn records into what JSON can hold, keys in the order of their fields."""
    return json.loads(json.dumps(asdict(value) if is_dataclass(value) else value, default=_plain))  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)
