"""Fields for opinions on an internal form: one a level, filled, locked and signed by that level in one update.

Engine-free. A field that its level left empty is locked all the same: nobody writes an opinion in its name later.
"""

from __future__ import annotations

from dataclasses import dataclass

from signing.request import DESCENT, SignatureWidget

MOST_LEVELS = 9
OPINION_NAMES = tuple(f"YK_{level}" for level in range(1, MOST_LEVELS + 1))
"""The text fields for opinions (YK: ý kiến), by level."""
ASCENT = 0.9
"""Height of the tallest Vietnamese capital with its marks above the baseline, as a share of the font size."""
INTERLINE = 1.2
"""Distance of two baselines where the form has no lines of its own, as a share of the font size."""
LEAST_SIZE_PT = 11.0
"""Smallest size of an opinion's letters: below it a page is hard to read (Decree 30/2020, Annex I: 11 to 14)."""


@dataclass(frozen=True, slots=True)
class OpinionField:
    """A field for an opinion in a file. `locked_by` are the signature fields whose lock names it.

    `size_pt` and `leading_pt` are as in `signing.request.TextFieldSpec`.
    """

    name: str
    widget: SignatureWidget
    is_filled: bool
    locked_by: tuple[str, ...]
    size_pt: float
    leading_pt: float | None = None

    @property
    def level(self) -> int:
        """The level, counted from 1."""
        return level_of(self.name)


@dataclass(frozen=True, slots=True)
class OpinionRoom:
    """A field as a person sees it, and its letters; `leading_pt` is None where the form has no lines of its own."""

    width_pt: float
    height_pt: float
    size_pt: float
    leading_pt: float | None = None

    @property
    def lines(self) -> int:
        """How many lines have room at the form's size."""
        return lines_that_fit(self.height_pt, self.size_pt, self.leading_pt)


@dataclass(frozen=True, slots=True)
class OpinionLayout:
    """How an opinion stands in its field: its lines, out of so many that there is room for, and their size."""

    lines: tuple[str, ...]
    room: int
    size_pt: float


def field_of(level: int) -> str:
    """Return the name of a level's field; levels count from 1."""
    return OPINION_NAMES[level - 1]


def level_of(name: str) -> int:
    """Return the level of an opinion's field."""
    return OPINION_NAMES.index(name) + 1


def lines_that_fit(height_pt: float, size_pt: float, leading_pt: float | None = None) -> int:
    """Count the lines that have room in a field; none where not even one has.

    Args:
        height_pt: of the field as shown.
        size_pt: of the letters.
        leading_pt: distance of two baselines where the form's own lines set it.
    """
    room_pt = height_pt - (ASCENT + DESCENT) * size_pt
    if room_pt < 0:
        return 0
    return 1 + int(room_pt / (leading_pt or INTERLINE * size_pt) + 1e-6)
