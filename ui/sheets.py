"""What goes between the pages' view-model, their view and the canvas: plain records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.workers.records import PagePicture
from pdf.geometry import BoxMm

BoxLook = Literal["blue", "red", "field", "mark"]
"""How a box is told apart: a personal signature, a seal, a blank that becomes a field, what was found in a file."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page as shown.

    `label` is a code of the catalogue where the view-model holds it, and its text on the canvas; `name` is a proper
    name that follows it. `preview` is what will stand in the box, without paper. A `confidence` below 1 says that
    nobody has chosen the place yet. `is_resizable` says whether one that may be moved may have another size too.
    A box that is dragged near to `snap` on its page goes there.
    """

    key: str
    page_index: int
    box_mm: BoxMm
    look: BoxLook
    label: str = ""
    name: str = ""
    is_movable: bool = False
    preview: PagePicture | None = None
    confidence: float = 1.0
    is_resizable: bool = True
    snap: BoxMm | None = None
    snap_page_index: int = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """A box of this size waits for a person to say where it shall stand."""

    look: BoxLook
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A page that is looked at and has no sharp picture yet."""

    page_index: int
    dpi: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page's picture and the resolution that it was asked for in."""

    picture: PagePicture
    dpi: float
