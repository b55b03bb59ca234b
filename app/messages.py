"""The one catalogue of words: a code and its parameters in, what happened, what it means and what to do out."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
PARTS = ("what", "means", "do")
Words = str | Mapping[str, str]
"""A label is one text; a message has the three `PARTS`, and may have a `command`."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads about a code: what happened, what it means for the document, what to do next.

    `command` is how that is done at the command line, empty where nothing is to be typed; the window has no use for it.
    """

    code: str
    what: str
    means: str
    do: str
    command: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.means, self.do) if part)


@cache
def catalogue() -> Mapping[str, Mapping[Language, Words]]:
    """Return all messages by code, then language."""
    import tomllib  # noqa: PLC0415 - the window is drawn before anything is said

    found: dict[str, Mapping[Language, Words]] = {}
    folder = resources.files("resources") / "messages"
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.endswith(".toml"):
            found.update(tomllib.loads(item.read_text(encoding="utf-8")))
    return found


def message(code: str, language: Language, params: Mapping[str, object] | None = None) -> Message:
    """Put a code into words; a code without words is shown as itself rather than hidden.

    A parameter that is a code of the catalogue is put into words too.
    """
    words = catalogue().get(code)
    if words is None:
        return Message(code, code, "", "")
    values = _Lenient((name, _spoken(value, language)) for name, value in (params or {}).items())
    told = words[language]
    parts = {"what": told} if isinstance(told, str) else told
    texts = [
        string.Formatter().vformat(parts.get(part, ""), (), values) for part in (*PARTS, "command")
    ]
    return Message(code, *texts)


def _spoken(value: object, language: Language) -> object:
    """Return a parameter as it goes on in a sentence."""
    if not isinstance(value, str) or "." not in value or value not in catalogue():
        return value
    what = message(value, language).what.removesuffix(".")
    # An abbreviation keeps its capitals.
    return what if what[1:2].isupper() else what[:1].lower() + what[1:]


def of_error(error: Exception, language: Language) -> Message:
    """Put one of our errors (anything with `code` and `params`) into words."""
    return message(str(getattr(error, "code", "bug")), language, getattr(error, "params", None))


class _Lenient(dict[str, object]):
    """Formats a missing parameter as a dash: a message must never fail."""

    def __missing__(self, key: str) -> str:
        return "–"
