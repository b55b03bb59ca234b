"""What the render process says, as records that load no engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pdf.geometry import BoxMm, PageGeometry


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture of a page: rows of `stride_bytes`, three bytes (red, green, blue) a pixel.

    Where it `has_alpha`: four, the colours multiplied by the fourth already (premultiplied RGBA).
    """

    page_index: int
    width_px: int
    height_px: int
    stride_bytes: int
    pixels: bytes
    has_alpha: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What can be said of a file without showing it; the fields are those of `pdf.document.DocumentInfo`."""

    pages: tuple[PageGeometry, ...]
    is_repaired: bool
    is_encrypted: bool
    needs_password: bool
    has_form_fields: bool


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What a rewriting did; the fields are those of `pdf.rewriting.Rewritten`."""

    pages: int
    was_repaired: bool
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a page that looks different; the fields are those of `pdf.compare.VisibleChange`."""

    page_index: int
    box_mm: BoxMm
    kind: Literal["changed", "page_added", "page_removed", "page_resized"]
