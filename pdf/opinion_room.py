"""Shares the room below a heading between an opinion's text and its signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pdf.geometry import BoxMm
from pdf.places import PlacementRules

ABOVE_EM, BELOW_EM, STEP_EM = 0.9, 0.25, 1.2
"""Of a line of text: above and below its baseline, and from one baseline to the next where a form has no lines."""

_GAP_MM = 1.0
_LEAST_TEXT_MM = 60.0
_SCALES = 10


@dataclass(frozen=True, slots=True)
class Room:
    """A part of a page without words. The text's upper edge is `text_top_mm`, its lines are `step_mm` apart."""

    box_mm: BoxMm
    text_top_mm: float
    em_mm: float
    step_mm: float

    def lines_in(self, height_mm: float) -> int:
        """Count the lines that fit into a height."""
        spare_mm = height_mm - (ABOVE_EM + BELOW_EM) * self.em_mm
        return 0 if spare_mm < 0 else 1 + int(spare_mm / self.step_mm + 1e-6)


@dataclass(frozen=True, slots=True)
class _Sharing:
    fewest_lines: int
    least_scale: float
    is_beside: bool = False


_BEST_FIRST = (
    _Sharing(3, 0.7),
    _Sharing(1, 0.7, is_beside=True),
    _Sharing(2, 0.55),
    _Sharing(1, 0.55, is_beside=True),
    _Sharing(1, 0.55),
)
"""The signature stands at the right end below the text, or beside it where there is little height."""


def shared(room: Room, rules: PlacementRules) -> tuple[BoxMm | None, BoxMm]:
    """Return the boxes of text and signature; no text where not one line has room beside a signature that is seen."""
    for sharing in _BEST_FIRST:
        for scale in _scales(sharing.least_scale):
            signature = _at_right_end(room.box_mm, rules, scale)
            text = _left_over(room, signature, is_beside=sharing.is_beside)
            is_inside = signature.top_mm >= room.box_mm.top_mm - 0.01
            is_wide = text.width_mm >= _LEAST_TEXT_MM
            if is_inside and is_wide and room.lines_in(text.height_mm) >= sharing.fewest_lines:
                return text, signature
    scale = max(0.2, min(1.0, room.box_mm.height_mm / rules.personal_height_mm))
    return None, _at_right_end(room.box_mm, rules, scale)


def _at_right_end(box: BoxMm, rules: PlacementRules, scale: float) -> BoxMm:
    width_mm, height_mm = rules.personal_width_mm * scale, rules.personal_height_mm * scale
    return BoxMm(box.right_mm - width_mm, box.bottom_mm - height_mm, box.right_mm, box.bottom_mm)


def _left_over(room: Room, signature: BoxMm, *, is_beside: bool) -> BoxMm:
    box = room.box_mm
    if is_beside:
        right_mm = signature.left_mm - 2 * _GAP_MM
        return BoxMm(box.left_mm, room.text_top_mm, right_mm, box.bottom_mm)
    return BoxMm(box.left_mm, room.text_top_mm, box.right_mm, signature.top_mm - _GAP_MM / 2)


def _scales(least: float) -> Iterator[float]:
    for step in range(_SCALES + 1):
        yield 1.0 - (1.0 - least) * step / _SCALES
