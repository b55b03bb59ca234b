"""Places in a corner of page 1: attachments, incoming documents, copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pdf.document import page_geometry, reading
from pdf.fields import signature_boxes
from pdf.geometry import POINTS_PER_MM, BoxMm, PageGeometry
from pdf.places import CornerRule, PlaceKind, Proposal
from pdf.render import draw

_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55)
"""Where the whole mark would cover words, it is drawn smaller: over words of a signed file it is refused.

The real size is asked for of an issued document's seal only (Decree 30/2020/NĐ-CP, Annex I, II.8 a). Of an attachment
Decision 599/QĐ-BHXH names the corner and no size, the decree no image at all.
"""
_STEP_MM = 1.0
_FARTHEST_RIGHT_MM = 30
_FARTHEST_DOWN_MM = 12
_LEAST_EDGE_MM = 3.0
_DPI = 50.8
_PIXELS_PER_MM = _DPI / 72 * POINTS_PER_MM
_CLEARANCE_MM = 1.0
_DARK = bytes(level < 170 for level in range(256))
"""For each level of green whether it is ink."""
_DARK_SHARE = 0.004


def corner_proposal(document: Any, kind: PlaceKind, rule: CornerRule, path: Path) -> Proposal:
    """Propose a corner of page 1, moved a little where that avoids what is printed there.

    What is printed is judged by the picture of the page, so that scans count too.
    """
    with reading(path):
        page = page_geometry(document, 0)
    corner = _corner_box(page, rule)
    words = rule.corner.replace("_", " ")
    ink = _Ink(document, path, signature_boxes(document, page, path))
    if ink.is_free(corner):
        return Proposal(kind, 0, corner, 0.95, f"{words} corner of page 1")
    for scale in _SCALES:
        smaller = _corner_box(page, _scaled(rule, scale))
        box = next((box for box in _near(smaller, page, rule) if ink.is_free(box)), None)
        if box is not None and scale == 1.0:
            return Proposal(kind, 0, box, 0.75, f"free place near the {words} corner of page 1")
        if box is not None:
            reason = f"free place near the {words} corner of page 1, at {scale:.0%} of its size"
            return Proposal(kind, 0, box, 0.45, reason)
    return Proposal(kind, 0, corner, 0.4, f"{words} corner of page 1, over what is printed there")


def _scaled(rule: CornerRule, scale: float) -> CornerRule:
    return replace(rule, width_mm=rule.width_mm * scale, height_mm=rule.height_mm * scale)


def _corner_box(page: PageGeometry, rule: CornerRule) -> BoxMm:
    left_mm = rule.margin_x_mm
    if rule.corner == "top_right":
        left_mm = page.width_mm - rule.margin_x_mm - rule.width_mm
    top_mm = rule.margin_y_mm
    return BoxMm(left_mm, top_mm, left_mm + rule.width_mm, top_mm + rule.height_mm)


def _near(corner: BoxMm, page: PageGeometry, rule: CornerRule) -> Iterator[BoxMm]:
    """The same box around the corner, the nearest first, always on the page."""
    inwards = 1 if rule.corner == "top_left" else -1
    steps = [
        (right, down)
        for right in range(-int(rule.margin_x_mm), _FARTHEST_RIGHT_MM + 1)
        for down in range(-int(rule.margin_y_mm), _FARTHEST_DOWN_MM + 1)
    ]
    paper = page.box_mm.grown_by(-_LEAST_EDGE_MM)
    for right, down in sorted(steps, key=lambda step: (abs(step[0]) + abs(step[1]), step)):
        box = corner.moved_by(inwards * right * _STEP_MM, down * _STEP_MM)
        if paper.contains(box):
            yield box


class _Ink:
    """The picture of page 1, coarse, and whether a part of it is empty of ink and of fields."""

    def __init__(self, document: Any, path: Path, fields: Sequence[BoxMm]) -> None:
        self._fields = fields
        page = draw(document, 0, _DPI, path)
        self._width_px, self._height_px = page.width_px, page.height_px
        starts = range(0, page.height_px * page.stride_bytes, page.stride_bytes)
        self._dark_rows = [
            page.pixels[start + 1 : start + 3 * page.width_px : 3].translate(_DARK)
            for start in starts
        ]

    def is_free(self, box: BoxMm) -> bool:
        if any(field.intersects(box) for field in self._fields):
            return False
        box = box.grown_by(_CLEARANCE_MM)
        left, right = self._pixels(box.left_mm, box.right_mm, self._width_px)
        top, bottom = self._pixels(box.top_mm, box.bottom_mm, self._height_px)
        dark = sum(row[left:right].count(1) for row in self._dark_rows[top:bottom])
        return dark <= _DARK_SHARE * max(1, (right - left) * (bottom - top))

    @staticmethod
    def _pixels(start_mm: float, end_mm: float, limit: int) -> tuple[int, int]:
        start, end = int(start_mm * _PIXELS_PER_MM), int(end_mm * _PIXELS_PER_MM) + 1
        return max(0, min(start, limit)), max(0, min(end, limit))
