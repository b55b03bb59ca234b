"""How far the glyphs of an embedded TrueType font reach, by their own points: nothing in the font is believed.

Only what every viewer reads in the same way passes: plain outlines, no hints (programs that move points), no parts made
of other glyphs, no bitmaps, colours or variations, no table twice (ISO/IEC 14496-22).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables._g_l_y_f import Glyph

_TRUE_TYPE = b"\x00\x01\x00\x00"
_TABLES = frozenset(
    ("head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "loca", "glyf", "name", "post", "gasp")
)
_MOST_BYTES = 1 << 20
_BROKEN = (
    TTLibError, struct.error, ValueError, KeyError, TypeError, AttributeError, AssertionError, IndexError,
    OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ink:
    """What a glyph may blacken, in ems from its origin, upwards and to the right."""

    left: float
    bottom: float
    right: float
    top: float


class PlainFont:
    """An embedded font whose glyphs can be measured."""

    def __init__(self, program: bytes) -> None:
        """Read a font program.

        Raises:
            ValueError: where it is anything but a font of plain outlines.
        """
        if len(program) > _MOST_BYTES or not _is_plain(program):
            raise ValueError("not a font of plain outlines")
        try:
            font: Any = TTFont(BytesIO(program), lazy=False, recalcBBoxes=False)
            self._em = int(font["head"].unitsPerEm)
            self._places = list(font["loca"].locations)
            self._outlines = bytes(font.reader["glyf"])
            names = font.getGlyphOrder()
            self._bearings = [int(font["hmtx"].metrics[name][1]) for name in names]
        except _BROKEN as error:
            raise ValueError("unreadable font") from error
        if not 16 <= self._em <= 16_384:
            raise ValueError("absurd em")

    def ink(self, glyph: int) -> Ink | None:
        """Return what a glyph blackens; None for one without an outline.

        Raises:
            ValueError: where the font has no such glyph, or one that is not plain.
        """
        if not 0 <= glyph < min(len(self._places) - 1, len(self._bearings)):
            raise ValueError("no such glyph")
        start, end = self._places[glyph], self._places[glyph + 1]
        if start == end:
            return None
        if not 0 <= start < end <= len(self._outlines):
            raise ValueError("outline out of range")
        try:
            outline: Any = Glyph(self._outlines[start:end])
            outline.expand(None)
            is_plain = outline.numberOfContours >= 0 and not outline.program.getBytecode()
            points = list(outline.coordinates) if is_plain else []
        except _BROKEN as error:
            raise ValueError("unreadable outline") from error
        if not points:
            raise ValueError("not a plain outline")
        across, up = [x for x, _ in points], [y for _, y in points]
        # Some viewers move the outline to the bearing that the metrics name, others do not.
        shift = self._bearings[glyph] - min(across)
        return Ink(
            (min(across) + min(shift, 0)) / self._em,
            min(up) / self._em,
            (max(across) + max(shift, 0)) / self._em,
            max(up) / self._em,
        )


def _is_plain(program: bytes) -> bool:
    if program[:4] != _TRUE_TYPE or len(program) < 12:
        return False
    count = int.from_bytes(program[4:6], "big")
    tags = [program[at : at + 4].decode("latin-1") for at in range(12, 12 + 16 * count, 16)]
    return len(set(tags)) == len(tags) == count and {tag.rstrip() for tag in tags} <= _TABLES
