"""Makes a PDF for the printer out of a document as it looks: marks and fields become part of the pages.

A print is no revision of the document: it holds no signature, no form and nothing that could be signed further, and its
properties say what it was made of. It is for paper alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pdf.document import ENGINE_ERRORS, open_document, reading
from pdf.errors import PdfError

_KEPT = frozenset({"Type", "Pages", "OCProperties", "PageLabels", "OutputIntents", "Lang"})
"""Of the catalog: what decides how the pages look. Signatures, scripts and attachments are not among it."""
_ACTIVE = ("Annots", "AA")


def write_print(path: Path, out: Path, *, without: tuple[str, ...] = (), subject: str = "") -> None:
    """Write what a person sees of a document into a new file.

    Args:
        path: the document; it is only read.
        out: is written anew.
        without: names of fields that are left out with what they show, say the seal's.
        subject: what the print is, for its properties; the document's own are not taken over.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`; `pdf.print_failed` where `out` cannot be written.
    """
    with open_document(path) as document:
        with reading(path):
            for page in document:
                _leave_out(page, without)
            document.bake(annots=True, widgets=True)
            _strip(document)
            document.set_metadata({"subject": subject, "producer": "Trình Ký"})
        try:
            document.save(str(out), garbage=3, deflate=True)
        except ENGINE_ERRORS as error:
            out.unlink(missing_ok=True)
            raise PdfError("pdf.print_failed", file=out.name) from error


def _leave_out(page: Any, names: tuple[str, ...]) -> None:
    for widget in [item for item in page.widgets() if item.field_name in names]:
        page.delete_widget(widget)


def _strip(document: Any) -> None:
    catalog = document.pdf_catalog()
    for key in document.xref_get_keys(catalog):
        if key not in _KEPT:
            document.xref_set_key(catalog, key, "null")
    for page_index in range(document.page_count):
        page = document.page_xref(page_index)
        for key in set(_ACTIVE) & set(document.xref_get_keys(page)):
            document.xref_set_key(page, key, "null")
