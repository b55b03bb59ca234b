"""Reads a document's ký hiệu: what stands after the blank of its number, as `STP-VP` in `Số:      /STP-VP`."""

from __future__ import annotations

import re
from pathlib import Path

from pdf.blanks import number_blank
from pdf.document import open_document
from pdf.placement import headers

_SYMBOL = re.compile(r"[/–-]\s*(?P<symbol>[^\s/–-].*)$")


def read_symbol(path: Path) -> str | None:
    """Return the symbol beside the blank of the number; None where there is no such blank.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    with open_document(path) as document:
        for page, zone in headers(document, path):
            blank = number_blank(page, zone)
            if blank is not None:
                found = _SYMBOL.search(blank.quote)
                return None if found is None else found["symbol"].strip()
    return None
