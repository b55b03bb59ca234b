"""Numbers that are in use on this machine: one of number, symbol, agency and year belongs to one document.

The server's register is gapless and decides; this book catches it where two documents come with one number all the same
(Decree 30/2020, Annex VI: a duplicate is told).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Protocol

from app.errors import AppError
from app.workflow.documents import Numbering


@dataclass(frozen=True, slots=True)
class NumberInUse:
    """A number as it is unique: whoever has it, `holder`, is a document's id, or a file's SHA-256 without an office."""

    agency: str
    year: int
    symbol: str
    number: str
    holder: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        """What is unique, without the differences of case, spacing and Unicode form."""
        return (_folded(self.agency), self.year, _folded(self.symbol), self.number)


class NumberBook(Protocol):
    """Keeps them on this machine; `app.store.numbers.NumberStore` is one."""

    def holder_of(self, wanted: NumberInUse) -> str | None:
        """Return who has this number; None where nobody has."""

    def claim(self, wanted: NumberInUse) -> str:
        """Note a number as its holder's and return who has it: whoever came first."""


def claim_number(book: NumberBook, numbering: Numbering, agency: str, document_id: str) -> None:
    """Note a document's number before its seal.

    Raises:
        AppError: `workflow.number_duplicate` where another document has it.
    """
    year = numbering.issue_date.year
    wanted = NumberInUse(agency, year, numbering.symbol, numbering.text, document_id)
    if book.claim(wanted) != document_id:
        number = f"{numbering.text}/{numbering.symbol}"
        raise AppError("workflow.number_duplicate", number=number, year=year)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()
