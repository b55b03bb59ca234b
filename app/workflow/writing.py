"""How number, date and time are written on a document (Decree 30/2020, Annex I, II.3 and II.4; Annex III)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.clock import vietnam_time
from app.rules import CopyForm, DateRule

COPY_FORMS: Mapping[CopyForm, str] = {
    "sao_y": "SAO Y",
    "sao_luc": "SAO LỤC",
    "trich_sao": "TRÍCH SAO",
}
"""Hình thức sao, as it is written on the copy (Decree 30/2020, Annex III)."""


DECREE = DateRule()
"""As Decree 30/2020 writes dates."""


def number_text(value: int, digits: int = 2) -> str:
    """Write a document's number (số): by the decree below 10 with a leading zero."""
    return f"{value:0{digits}d}"


def day_text(day: date, rule: DateRule = DECREE) -> str:
    """Write the day: by the decree below 10 with a leading zero."""
    return f"{day.day:0{rule.day_digits}d}"


def month_text(day: date, rule: DateRule = DECREE) -> str:
    """Write the month: by the decree 1 and 2 with a leading zero, 3 to 12 without."""
    return f"{day.month:02d}" if day.month in rule.two_digit_months else str(day.month)


def field_texts(number: str | None, day: date | None, rule: DateRule = DECREE) -> Mapping[str, str]:
    """Return the text of each prepared field by its name."""
    texts: dict[str, str] = {}
    if number is not None:
        texts["VT_SO"] = number
    if day is not None:
        texts |= {
            "VT_NGAY": day_text(day, rule),
            "VT_THANG": month_text(day, rule),
            "VT_NAM": str(day.year),
        }
    return texts


def date_text(moment: datetime) -> str:
    """Write a moment's day in Vietnam as dd/mm/yyyy."""
    return vietnam_time(moment).strftime("%d/%m/%Y")


def time_text(moment: datetime) -> str:
    """Write a moment's time in Vietnam with its zone: `14:05:06 +07:00` (Annex III and Annex I, ISO 8601)."""
    return vietnam_time(moment).strftime("%H:%M:%S +07:00")


def moment_text(moment: datetime) -> str:
    """Write a moment in Vietnam as ISO 8601 has it: `2026-11-22T14:05:06+07:00`."""
    return vietnam_time(moment).isoformat(timespec="seconds")


def personal_lines(templates: tuple[str, ...], *, signer: str, moment: datetime) -> tuple[str, ...]:
    """Fill the lines of a personal signature from a rule profile's templates."""
    return tuple(line.format(signer=signer, **_moment_words(moment)) for line in templates)


@dataclass(frozen=True, slots=True)
class BlockText:
    """The text of a corner block: a rule profile's templates with their words, but for the moment of signing."""

    templates: tuple[str, ...]
    agency: str
    number: str = ""
    symbol: str = ""
    form: str = ""

    def lines(self, moment: datetime) -> tuple[str, ...]:
        """Return the lines as they are written at a moment."""
        words = {
            "agency": self.agency,
            "number": self.number,
            "symbol": self.symbol,
            "form": self.form,
        }
        return tuple(line.format(**words, **_moment_words(moment)) for line in self.templates)


def _moment_words(moment: datetime) -> Mapping[str, str]:
    return {"date": date_text(moment), "time": time_text(moment), "moment": moment_text(moment)}
