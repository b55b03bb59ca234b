"""What `trinhky sign` knows of numbers in use: without a register, a number that was used before is said."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from app.clock import vietnam_date
from app.errors import AppError
from app.store import open_numbers
from app.workflow.numbers import NumberInUse
from app.workflow.office import Workbench
from app.workflow.planning import Planned
from app.workflow.wish import Wish
from pdf.errors import PdfError
from signing.terms import SignatureKind

USED_BEFORE = "workflow.number_used_before"


class UsedNumbers:
    """The numbers in use on this machine; where its book cannot be kept, nobody is kept from signing."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._planned: dict[tuple[str, int, str, str], str] = {}

    def plan(
        self, bench: Workbench, base: Path, wish: Wish, planned: Planned, symbol: str | None
    ) -> tuple[NumberInUse | None, tuple[str, ...]]:
        """Return the number that will be used, and a note where another document has it."""
        if wish.kind not in (SignatureKind.NUMBER, SignatureKind.SEAL) or wish.number is None:
            return None, ()
        day = wish.issue_date or vietnam_date(bench.clock())
        wanted = NumberInUse(
            agency=planned.request.signer_name or "",
            year=day.year,
            symbol=symbol or _symbol_of(bench, base),
            number=wish.number,
            holder=planned.request.base_sha256,
        )
        holder = self._planned.setdefault(wanted.key, wanted.holder)
        with suppress(AppError), closing(open_numbers(self._data)) as book:
            holder = book.holder_of(wanted) or holder
        return wanted, (() if holder == wanted.holder else (USED_BEFORE,))

    def note(self, used: NumberInUse) -> None:
        """Note a number as used."""
        with suppress(AppError), closing(open_numbers(self._data)) as book:
            book.claim(used)


def _symbol_of(bench: Workbench, base: Path) -> str:
    try:
        return bench.eyes.read_symbol(base).result() or ""
    except (PdfError, AppError):
        return ""
