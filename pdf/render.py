"""Draws pages as a person sees them, signature appearances included."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pdf.document import ENGINE_ERRORS, load_page, open_document, page_geometry, reading
from pdf.errors import PdfError
from pdf.geometry import POINTS_PER_MM

MAX_PIXELS = 64_000_000
"""About an A2 page at 300 dpi: 192 MB of picture."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A picture of a page: rows of `stride_bytes`, three bytes (red, green, blue) a pixel.

    Where it `has_alpha`: four, the colours multiplied by the fourth already (premultiplied RGBA).
    """

    page_index: int
    width_px: int
    height_px: int
    stride_bytes: int
    pixels: bytes
    has_alpha: bool = False


def render_page(
    path: Path, page_index: int, dpi: float, *, transparent: bool = False
) -> RenderedPage:
    """Draw a page; on no paper at all where it is to be `transparent`.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`, `pdf.no_such_page`, and
            `pdf.render_failed` where the picture would be absurdly large or cannot be drawn.
    """
    with open_document(path) as document:
        return draw(document, page_index, dpi, path, transparent=transparent)


def write_png(path: Path, page_index: int, dpi: float, out: Path) -> None:
    """Draw a page into a PNG file.

    Raises:
        PdfError: as `render_page`; `pdf.render_failed` also where the file cannot be written.
    """
    with open_document(path) as document:
        pixmap = _pixmap(document, page_index, dpi, path, transparent=False)
        try:
            out.write_bytes(pixmap.tobytes("png"))
        except ENGINE_ERRORS as error:
            raise _failed(path, page_index) from error


def draw(
    document: Any, page_index: int, dpi: float, path: Path, *, transparent: bool = False
) -> RenderedPage:
    """Draw a page of a document that is open already; `path` only names it in errors."""
    pixmap = _pixmap(document, page_index, dpi, path, transparent=transparent)
    return RenderedPage(
        page_index=page_index,
        width_px=int(pixmap.width),
        height_px=int(pixmap.height),
        stride_bytes=int(pixmap.stride),
        pixels=bytes(pixmap.samples),
        has_alpha=transparent,
    )


def _pixmap(document: Any, page_index: int, dpi: float, path: Path, *, transparent: bool) -> Any:
    page = load_page(document, page_index, path)
    with reading(path):
        geometry = page_geometry(document, page_index)
    pixels_per_mm = dpi / 72 * POINTS_PER_MM
    width_px, height_px = geometry.width_mm * pixels_per_mm, geometry.height_mm * pixels_per_mm
    if dpi <= 0 or min(width_px, height_px) < 1 or width_px * height_px > MAX_PIXELS:
        raise _failed(path, page_index)
    try:
        zoom = dpi / 72
        return page.get_pixmap(matrix=(zoom, 0, 0, zoom, 0, 0), alpha=transparent, annots=True)
    except ENGINE_ERRORS as error:
        raise _failed(path, page_index) from error


def _failed(path: Path, page_index: int) -> PdfError:
    return PdfError("pdf.render_failed", file=path.name, page=page_index + 1)
