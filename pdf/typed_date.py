"""Reads the parts of a document's date that its author typed: `ngày      tháng 02 năm 2025` has month and year."""

from __future__ import annotations

from pathlib import Path

from pdf.blanks import date_line
from pdf.document import open_document
from pdf.placement import headers
from pdf.places import TypedDate


def typed_date(path: Path) -> TypedDate | None:
    """Return what of the date in a document's head is typed; None where there is no date line.

    Only the line is read whose blanks `pdf.placement` proposes: dates in the text and in brackets are others'.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    with open_document(path) as document:
        for page, zone in headers(document, path):
            line = date_line(page, zone)
            if line is not None:
                found, _ = line
                return TypedDate(*(_number(found[part]) for part in ("day", "month", "year")))
    return None


def _number(text: str) -> int | None:
    digits = "".join(char for char in text if char.isdigit())
    return int(digits) if digits else None
