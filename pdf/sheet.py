"""What a sheet for the printer says, before it is laid out: frozen parts, engine-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sign = Literal["valid", "remarks", "invalid", "undetermined", "unsigned", "unreadable"]
"""A verdict as a shape: each is told from the others without colour."""


@dataclass(frozen=True, slots=True)
class Title:
    """The sheet's own title; `below` says what it is."""

    text: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part. It never stands alone at the foot of a page; `sign` is drawn before it."""

    text: str
    is_large: bool = False
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Banner:
    """A framed verdict: its shape, its word, then sentences."""

    sign: Sign
    word: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of a name and what is so named."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence that is not to be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose heading is repeated on each page. `shares` are the columns' parts of the width, 1 in all.

    `signs` has one for each row, drawn in the first column.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...]
    signs: tuple[Sign | None, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page of its own."""


Part = Title | Heading | Banner | Facts | Remark | Table | NewPage


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the pages. `footer` stands on each, `page_of` is its number's text with {page} and {pages}.

    `title` and `language` (say "vi") are the file's properties.
    """

    title: str
    language: str
    footer: str
    page_of: str
    parts: tuple[Part, ...]
