"""The blanks of number and date: the fields over them, and one that a person sees or placed."""

from __future__ import annotations

from dataclasses import dataclass

from pdf.geometry import BoxMm

FIELD_NAMES = {"number": "VT_SO", "day": "VT_NGAY", "month": "VT_THANG", "year": "VT_NAM"}
"""Prepared text field by the blank that it lies over."""


@dataclass(frozen=True, slots=True)
class PlacedBlank:
    """A blank on a page as a person sees it. `which` is "number", "day", "month" or "year"."""

    which: str
    page_index: int
    box_mm: BoxMm
    font_size_pt: float = 13.0
