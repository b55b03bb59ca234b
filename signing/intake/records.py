"""What is wanted of a picture of ink, and what came of it. Engine-free."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Ink = Literal["blue", "red", "any"]


@dataclass(frozen=True, slots=True)
class InkRule:
    """What an office wants of a picture.

    `width_mm` and `height_mm` are the place that it will be drawn into, its own shape kept. A seal `is_round`: then
    `width_mm` is its diameter.
    """

    ink: Ink
    width_mm: float
    height_mm: float
    is_round: bool = False


@dataclass(frozen=True, slots=True)
class TakenImage:
    """A PNG with transparency, cropped to its ink.

    `width_mm` and `height_mm` are its real size, with its small margin, where the picture said its resolution or the
    person how wide the ink is (`is_size_known`); else the size at which it will be drawn. `ink_share` is the part of
    the ink that has the hue wanted, 0 to 1. A seal has `diameter_mm` and `roundness`, 1 for a circle. `notes` are
    message codes to tell.
    """

    path: Path
    width_px: int
    height_px: int
    width_mm: float
    height_mm: float
    dpi: float
    is_size_known: bool
    ink_share: float
    diameter_mm: float | None = None
    roundness: float | None = None
    notes: tuple[str, ...] = ()
