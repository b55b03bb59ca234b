"""Opens a PDF for looking, and says what kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from pdf.errors import PdfError
from pdf.geometry import BoxPt, PageGeometry

_ENGINE: Any = pymupdf
"""The engine as its users see it: its sources carry no usable types."""

_LETTER_PT = BoxPt(0, 0, 612, 792)
_MAX_TREE_DEPTH = 64
_SCANNED_SHARE = 0.6

# MuPDF would write what it thinks of a file to the terminal; the document's text may be in it.
_ENGINE.TOOLS.mupdf_display_errors(on=False)
_ENGINE.TOOLS.mupdf_display_warnings(on=False)

ENGINE_ERRORS = (
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    OSError,
    pymupdf.mupdf.FzErrorBase,
)
"""What the engine raises on broken files; translated at this room's border."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What can be said of a file without showing it.

    A file that asks for a password has no pages here. `is_repaired` says that the engine had to
    rebuild the file's tables: other programs may see another document.
    """

    pages: tuple[PageGeometry, ...]
    is_repaired: bool
    is_encrypted: bool
    needs_password: bool
    has_form_fields: bool


def inspect(path: Path) -> DocumentInfo:
    """Look at a file's pages and properties.

    Raises:
        PdfError: `pdf.unreadable` where the file is missing, damaged or no PDF.
    """
    with _engine_document(path) as document:
        needs_password = bool(document.needs_pass)
        with reading(path):
            pages = () if needs_password else tuple(_geometries(document))
            return DocumentInfo(
                pages=pages,
                is_repaired=bool(document.is_repaired),
                is_encrypted=needs_password or bool(document.metadata.get("encryption")),
                needs_password=needs_password,
                has_form_fields=not needs_password and bool(document.is_form_pdf),
            )


@contextmanager
def open_document(path: Path) -> Iterator[Any]:
    """Open a PDF with the engine, and close it again.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    with _engine_document(path) as document:
        if document.needs_pass:
            raise PdfError("pdf.password_required", file=path.name)
        yield document


@contextmanager
def open_beginning(path: Path, end_bytes: int) -> Iterator[Any]:
    """Open the first bytes of a file as a PDF of its own, as it was when they were signed.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(end_bytes)
    except OSError as error:
        raise PdfError("pdf.unreadable", file=path.name) from error
    with reading(path):
        document = _ENGINE.open(stream=data, filetype="pdf")
    try:
        if document.needs_pass:
            raise PdfError("pdf.password_required", file=path.name)
        yield document
    finally:
        document.close()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Translate what the engine raises on broken content into `pdf.unreadable`."""
    try:
        yield
    except ENGINE_ERRORS as error:
        raise PdfError("pdf.unreadable", file=path.name) from error


def load_page(document: Any, page_index: int, path: Path) -> Any:
    """Load one page, counted from 0.

    Raises:
        PdfError: `pdf.no_such_page`, `pdf.unreadable`.
    """
    with reading(path):
        count = int(document.page_count)
    if not 0 <= page_index < count:
        raise PdfError("pdf.no_such_page", file=path.name, page=page_index + 1, pages=count)
    with reading(path):
        return document[page_index]


def is_scanned(document: Any, page_index: int, path: Path) -> bool:
    """Whether a page is a picture: a scanner may have written a line of its own, or words, over it."""
    page = load_page(document, page_index, path)
    with reading(path):
        if not page.get_text("text").strip():
            return True
        pictures = (abs(_ENGINE.Rect(info["bbox"]) & page.rect) for info in page.get_image_info())
        return bool(sum(pictures) >= _SCANNED_SHARE * abs(page.rect))


def page_geometry(document: Any, page_index: int) -> PageGeometry:
    """Read a page's boxes as the file says them, inherited ones included."""
    xref = int(document.page_xref(page_index))
    media = _box(document, xref, "MediaBox") or _LETTER_PT
    crop = _intersection(_box(document, xref, "CropBox") or media, media) or media
    rotation = _real(_inherited(document, xref, "Rotate"), 0.0)
    user_unit = _real(document.xref_get_key(xref, "UserUnit")[1], 1.0)
    return PageGeometry(
        page_index=page_index,
        media_box_pt=media,
        crop_box_pt=crop,
        rotation_deg=90 * (round(rotation / 90) % 4),
        user_unit=user_unit if user_unit > 0 else 1.0,
    )


@contextmanager
def _engine_document(path: Path) -> Iterator[Any]:
    with reading(path):
        document = _ENGINE.open(str(path), filetype="pdf")
    try:
        # The engine goes by content, and would show a picture or a web page under any name.
        if not document.is_pdf:
            raise PdfError("pdf.unreadable", file=path.name)
        if not document.needs_pass:
            with reading(path):
                if document.page_count < 1:
                    raise PdfError("pdf.unreadable", file=path.name)
        yield document
    finally:
        document.close()


def _geometries(document: Any) -> Iterator[PageGeometry]:
    for page_index in range(document.page_count):
        yield page_geometry(document, page_index)


def _inherited(document: Any, xref: int, key: str) -> str | None:
    for _ in range(_MAX_TREE_DEPTH):
        kind, value = document.xref_get_key(xref, key)
        if kind == "xref":
            return str(document.xref_object(int(value.split()[0])))
        if kind != "null":
            return str(value)
        kind, parent = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            return None
        xref = int(parent.split()[0])
    return None


def _real(text: str | None, default: float) -> float:
    try:
        return float(text or default)
    except ValueError:
        return default


def _box(document: Any, xref: int, key: str) -> BoxPt | None:
    return parse_box(_inherited(document, xref, key) or "")


def parse_box(text: str) -> BoxPt | None:
    """Read a PDF rectangle such as `[0 0 595.3 841.9]`, in whatever order its corners stand."""
    try:
        x1, y1, x2, y2 = (float(number) for number in text.strip("[] \r\n\t").split())
    except ValueError:
        return None
    if abs(x2 - x1) < 1 or abs(y2 - y1) < 1:
        return None
    return BoxPt(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _intersection(inner: BoxPt, outer: BoxPt) -> BoxPt | None:
    left, right = max(inner.left_pt, outer.left_pt), min(inner.right_pt, outer.right_pt)
    bottom, top = max(inner.bottom_pt, outer.bottom_pt), min(inner.top_pt, outer.top_pt)
    if right - left < 1 or top - bottom < 1:
        return None
    return BoxPt(left, bottom, right, top)
