"""The fonts of a PDF: which families, whether they are in the file; and which letters its text has."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pdf.document import open_document, reading


def typefaces(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the font families of all pages, and those of them that another machine would replace.

    Families stand without subset tags, styles and spaces, sorted: `LiberationSerif`.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    families, loose = set[str](), set[str]()
    with open_document(path) as document, reading(path):
        for page_index in range(document.page_count):
            for _, suffix, kind, name, *_ in document.get_page_fonts(page_index):
                family = _family(name)
                families.add(family)
                # A Type 3 font's letters are drawings in the file itself.
                if suffix == "n/a" and kind != "Type3":
                    loose.add(family)
    return tuple(sorted(families)), tuple(sorted(loose))


def letters(path: Path) -> str:
    """Return every letter of a file's text once, sorted: compatibility forms composed, upper case folded.

    Raises:
        PdfError: as `typefaces`.
    """
    found = set[str]()
    with open_document(path) as document, reading(path):
        for page in document:
            found |= set(unicodedata.normalize("NFKC", page.get_text()).casefold())
    return "".join(sorted(letter for letter in found if letter.isalpha()))


def _family(name: str) -> str:
    plain = name[7:] if name[6:7] == "+" else name
    return plain.replace(",", "-").partition("-")[0].replace(" ", "")
