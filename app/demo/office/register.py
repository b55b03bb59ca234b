"""The registers (sổ văn bản đi, sổ văn bản đến): one gapless sequence a register and year."""

from __future__ import annotations

import sqlite3
from datetime import date

from app.demo.office.ledger import Entry
from app.demo.office.refused import RefusedError
from app.server import wire
from app.server.problems import ProblemType

INCOMING = "den"


def take(
    entry: Entry, register: str, document_id: str, symbol: str, day: date, *, user_id: str
) -> wire.Numbering:
    """Take the next number, or give the document the one that it already has in this register.

    A number belongs to its document for good; only its date follows the last request of the same year.
    """
    mine = entry.db.execute(
        "SELECT * FROM numbers WHERE register = ? AND document_id = ?", (register, document_id)
    ).fetchone()
    if mine is not None:
        return _again(entry, mine, day)
    value = entry.db.execute(
        "SELECT coalesce(max(value), 0) + 1 AS next FROM numbers WHERE register = ? AND year = ?",
        (register, day.year),
    ).fetchone()["next"]
    try:
        entry.db.execute(
            "INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                register,
                day.year,
                value,
                document_id,
                symbol,
                day.isoformat(),
                user_id,
                entry.now.isoformat(),
            ),
        )
    except sqlite3.IntegrityError as error:
        raise RefusedError(ProblemType.NUMBER_DUPLICATE, f"{text_of(value)}/{symbol}") from error
    return wire.Numbering(value=value, text=text_of(value), symbol=symbol, issue_date=day)


def text_of(value: int) -> str:
    """Write a number as Decree 30/2020 has it: below ten with a leading zero."""
    return f"{value:02d}"


def _again(entry: Entry, mine: sqlite3.Row, day: date) -> wire.Numbering:
    kept = date.fromisoformat(mine["issue_date"])
    if day.year == mine["year"] and day != kept:
        entry.db.execute(
            "UPDATE numbers SET issue_date = ? WHERE register = ? AND year = ? AND value = ?",
            (day.isoformat(), mine["register"], mine["year"], mine["value"]),
        )
        kept = day
    return wire.Numbering(
        value=mine["value"],
        text=text_of(mine["value"]),
        symbol=mine["symbol"],
        issue_date=kept,
    )
