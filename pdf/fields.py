"""Where signatures already stand on a page, and what the page says without them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pdf.document import page_geometry, parse_box, reading
from pdf.geometry import BoxMm, PageGeometry, box_to_view_space
from pdf.text import PageText, page_text

_REFERENCE = re.compile(r"(\d+) \d+ R\b")
_MAX_FIELD_DEPTH = 16


def signature_boxes(document: Any, page: PageGeometry, path: Path) -> tuple[BoxMm, ...]:
    """Find the visible signature fields of a page, in the file's order."""
    with reading(path):
        rects = (
            parse_box(str(document.xref_get_key(xref, "Rect")[1]))
            for xref in _annotations(document, document.page_xref(page.page_index))
            if _field_type(document, xref) == "/Sig"
        )
        return tuple(box_to_view_space(rect, page) for rect in rects if rect is not None)


def letter_text(document: Any, page_index: int, path: Path, *, as_read: bool = True) -> PageText:
    """Read a page without what fields and notes show: only what the author wrote, turned as read or as it lies.

    The appearance of a signature holds words too, often right between position and name.
    """
    with reading(path):
        xref = document.page_xref(page_index)
        kind, annotations = document.xref_get_key(xref, "Annots")
    if kind == "null":
        return page_text(document, page_index, path, as_read=as_read)
    with reading(path):
        # In memory only: this room never saves a document.
        document.xref_set_key(xref, "Annots", "null")
    try:
        return page_text(document, page_index, path, as_read=as_read)
    finally:
        with reading(path):
            document.xref_set_key(xref, "Annots", annotations)


def widget_boxes(document: Any, page_index: int, path: Path) -> dict[str, list[BoxMm]]:
    """Return where the fields of a page show, by their full names."""
    found: dict[str, list[BoxMm]] = {}
    with reading(path):
        page = page_geometry(document, page_index)
        for xref in _annotations(document, document.page_xref(page_index)):
            box = parse_box(str(document.xref_get_key(xref, "Rect")[1]))
            if box is not None:
                shown = found.setdefault(_full_name(document, xref), [])
                shown.append(box_to_view_space(box, page))
    return found


def annotations_named(document: Any, page_index: int, name: str) -> tuple[int, ...]:
    """Find the annotations of a page that are a field of this name, by their object numbers."""
    found = _annotations(document, document.page_xref(page_index))
    return tuple(xref for xref in found if _full_name(document, xref) == name)


def _annotations(document: Any, page_xref: int) -> list[int]:
    kind, value = document.xref_get_key(page_xref, "Annots")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]))
    return [int(xref) for xref in _REFERENCE.findall(value)]


def _full_name(document: Any, xref: int) -> str:
    """The names of a field and of all those above it, joined (ISO 32000-2, 12.7.4.2)."""
    names: list[str] = []
    for _ in range(_MAX_FIELD_DEPTH):
        kind, name = document.xref_get_key(xref, "T")
        if kind == "string":
            names.append(name)
        kind, parent = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            break
        xref = int(parent.split()[0])
    return ".".join(reversed(names))


def _field_type(document: Any, xref: int) -> str:
    for _ in range(_MAX_FIELD_DEPTH):
        kind, value = document.xref_get_key(xref, "FT")
        if kind != "null":
            return str(value)
        kind, parent = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            break
        xref = int(parent.split()[0])
    return ""
