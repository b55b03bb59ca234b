"""What the render process runs where an engine's own record would not come back; imported in the child alone."""

from __future__ import annotations

from pathlib import Path

from app.workers.records import Difference, DocumentFacts, PagePicture, Rewriting
from app.workers.shared import Large
from pdf.compare import compare
from pdf.document import inspect
from pdf.render import render_page
from pdf.rewriting import rewrite as rewrite_file


def page(path: Path, page_index: int, dpi: float, *, transparent: bool) -> Large:
    """Draw a page; raises as `pdf.render.render_page`."""
    drawn = render_page(path, page_index, dpi, transparent=transparent)
    picture = PagePicture(
        page_index=drawn.page_index,
        width_px=drawn.width_px,
        height_px=drawn.height_px,
        stride_bytes=drawn.stride_bytes,
        pixels=drawn.pixels,
        has_alpha=drawn.has_alpha,
    )
    return Large(picture, "pixels")


def facts(path: Path) -> DocumentFacts:
    """Look at a file; raises as `pdf.document.inspect`."""
    info = inspect(path)
    return DocumentFacts(
        pages=info.pages,
        is_repaired=info.is_repaired,
        is_encrypted=info.is_encrypted,
        needs_password=info.needs_password,
        has_form_fields=info.has_form_fields,
    )


def differences(before: Path, after: Path) -> tuple[Difference, ...]:
    """Compare two files; raises as `pdf.compare.compare`."""
    return tuple(
        Difference(change.page_index, change.box_mm, change.kind)
        for change in compare(before, after)
    )


def rewrite(path: Path, out: Path, *, flatten: bool) -> Rewriting:
    """Write a new unsigned base; raises as `pdf.rewriting.rewrite`."""
    done = rewrite_file(path, out, flatten=flatten)
    return Rewriting(done.pages, done.was_repaired, done.removed)
