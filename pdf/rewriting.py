"""Writes a new unsigned base out of a file that cannot be signed as it is: repaired, or its fields made part of pages.

The one place of this room that writes a PDF which will be signed. It writes what the engine shows, holds the result
against the original page by page, and leaves nothing where they look different or where the original holds a
signature: what somebody signed is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdf.compare import compare
from pdf.document import ENGINE_ERRORS, open_document, reading
from pdf.errors import PdfError

MOST_PAGES = 1000
"""`compare` looks at so many: of a longer file nobody could say that it looks the same."""
_BLOCK_BYTES = 1 << 20
_SIGNED = b"/ByteRange"
_ACTIVE_CATALOG = ("AcroForm", "AA", "OpenAction", "Perms", "Collection", "Requirements")
_CODES = (
    (re.compile(r"/JS\b|/JavaScript\b"), "javascript"),
    (re.compile(r"/XFA\b"), "xfa_form"),
    (re.compile(r"/AA\b"), "additional_actions"),
    (re.compile(r"/Launch\b"), "launch_action"),
    (re.compile(r"/SubmitForm\b"), "submit_form"),
    (re.compile(r"/SV\b"), "seed_values"),
    (re.compile(r"/FT\s*/Sig\b"), "signature_fields"),
    (re.compile(r"/FT\s*/(?:Tx|Btn|Ch)\b"), "form_fields"),
    (re.compile(r"/EmbeddedFiles\b|/FileAttachment\b"), "embedded_file"),
)
"""What is looked for in an object's source, and its code."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What was done. `removed` are short codes of what the original held and the new base does not."""

    pages: int
    was_repaired: bool
    removed: tuple[str, ...]


def rewrite(path: Path, out: Path, *, flatten: bool) -> Rewritten:
    """Write what the engine shows of an unsigned file into a new one; nothing is left at `out` unless it looks alike.

    Args:
        path: the original; it is only read.
        out: is written anew.
        flatten: whether fields and annotations become part of the pages, and scripts and actions go.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`; `pdf.rewrite_signed` where the original holds a signature,
            `pdf.rewrite_encrypted`, `pdf.rewrite_too_long`, `pdf.rewrite_failed`, `pdf.rewrite_looks_different`.
    """
    _refuse_signature_bytes(path)
    try:
        with open_document(path) as document:
            pages, found, was_repaired = _check(document, path)
            _write(document, out, path, flatten=flatten)
        with open_document(out) as document, reading(out):
            left = _found(document)
        changed = compare(path, out)
        if changed:
            page = changed[0].page_index + 1
            raise PdfError("pdf.rewrite_looks_different", file=path.name, page=page)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return Rewritten(pages, was_repaired, tuple(sorted(found - left)))


def _refuse_signature_bytes(path: Path) -> None:
    """Look through the bytes themselves: a damaged file's tables may no longer reach its signature."""
    kept = b""
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                if _SIGNED in kept + block:
                    raise PdfError("pdf.rewrite_signed", file=path.name)
                kept = block[1 - len(_SIGNED) :]
    except OSError as error:
        raise PdfError("pdf.unreadable", file=path.name) from error


def _check(document: Any, path: Path) -> tuple[int, set[str], bool]:
    with reading(path):
        pages = int(document.page_count)
        if pages > MOST_PAGES:
            raise PdfError("pdf.rewrite_too_long", file=path.name, pages=pages, limit=MOST_PAGES)
        if document.metadata.get("encryption"):
            raise PdfError("pdf.rewrite_encrypted", file=path.name)
        if len({document.page_xref(page_index) for page_index in range(pages)}) != pages:
            raise PdfError("pdf.rewrite_failed", file=path.name)
        # Packed objects, and names written otherwise, are not found in the bytes.
        if any(re.search(r"/ByteRange\b", source) for source in _sources(document)):
            raise PdfError("pdf.rewrite_signed", file=path.name)
        return pages, _found(document), bool(document.is_repaired)


def _found(document: Any) -> set[str]:
    return {
        code for source in _sources(document) for pattern, code in _CODES if pattern.search(source)
    }


def _sources(document: Any) -> Iterator[str]:
    """Each object as the engine writes it; a number that no object has is left out."""
    for xref in range(1, document.xref_length()):
        with suppress(*ENGINE_ERRORS):
            yield document.xref_object(xref, compressed=True)


def _write(document: Any, out: Path, path: Path, *, flatten: bool) -> None:
    try:
        if flatten:
            document.bake(annots=True, widgets=True)
            _strip(document)
        for page_index in range(document.page_count):
            document.xref_set_key(document.page_xref(page_index), "Type", "/Page")
        document.save(str(out), garbage=3, deflate=True)
    except ENGINE_ERRORS as error:
        raise PdfError("pdf.rewrite_failed", file=path.name) from error


def _strip(document: Any) -> None:
    """Take out what acts, and the form: its fields are part of the pages by now."""
    catalog = document.pdf_catalog()
    for key in _ACTIVE_CATALOG:
        document.xref_set_key(catalog, key, "null")
    kind, names = document.xref_get_key(catalog, "Names")
    if kind != "null":
        for entry in ("JavaScript", "EmbeddedFiles"):
            if kind == "xref":
                document.xref_set_key(int(names.split()[0]), entry, "null")
            else:
                document.xref_set_key(catalog, f"Names/{entry}", "null")
    for page_index in range(document.page_count):
        page = document.page_xref(page_index)
        for key in ("AA", "Annots"):
            document.xref_set_key(page, key, "null")
