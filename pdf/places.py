"""The question "where does it go?" and its answer, in plain values.

Imports no engine, so that the window process may use it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from pdf.geometry import BoxMm


class PlaceKind(StrEnum):
    """What is to be placed on the document."""

    PERSONAL = "personal"
    """The leader's handwritten image (chữ ký số cá nhân)."""
    INITIAL = "initial"
    """The small mark of a division or office head (ký nháy)."""
    SEAL = "seal"
    """The agency's red seal over the leader's image (con dấu)."""
    ATTACHMENT = "attachment"
    """The agency's mark on an attachment in a file of its own (văn bản kèm theo)."""
    INCOMING = "incoming"
    """The agency's block on an incoming document (văn bản đến)."""
    COPY = "copy"
    """The agency's line on a copy (sao y)."""
    NUMBER = "number"
    """The blank of `Số: …/…`."""
    DATE = "date"
    """The blanks of `ngày … tháng … năm …`."""


Corner = Literal["top_left", "top_right"]


@dataclass(frozen=True, slots=True)
class CornerRule:
    """A place in a corner of page 1: the size of the block and its distance from the edges."""

    corner: Corner
    width_mm: float
    height_mm: float
    margin_x_mm: float
    margin_y_mm: float


@dataclass(frozen=True, slots=True)
class PlacementRules:
    """What an office's rule profile says about places.

    The defaults are those of Decree 30/2020, Annex I, with the corners of the default profile.
    `overlap` is the share of the personal image's width, from its left, that the seal covers.
    """

    personal_width_mm: float = 45.0
    personal_height_mm: float = 22.0
    seal_diameter_mm: float = 36.0
    overlap: float = 1 / 3
    initial_width_mm: float = 12.0
    initial_height_mm: float = 6.0
    attachment: CornerRule = CornerRule("top_left", 36.0, 36.0, 10.0, 7.0)
    incoming: CornerRule = CornerRule("top_left", 50.0, 15.0, 10.0, 5.0)
    copy: CornerRule = CornerRule("top_right", 81.0, 9.0, 9.0, 7.0)


BlankName = Literal["number", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed place, with why and how sure.

    Only the blanks of number and date carry `text_format` (as `%(number)s`), `which`, and the
    document's own `font_size_pt`, `baseline_mm` (from the top of the page as shown) and `italic`,
    so that what is typed into them looks typed by the author. `confidence` runs from 0 to 1;
    under 0.5 a person should look before anything is placed. `is_turned` says that the page is shown another way up
    than its words are read. `reason` is English and stable
    enough for a log; it quotes the document, so it never goes into one.
    """

    kind: PlaceKind
    page_index: int
    box_mm: BoxMm
    confidence: float
    reason: str
    text_format: str | None = None
    font_size_pt: float | None = None
    baseline_mm: float | None = None
    italic: bool = False
    which: BlankName | None = None
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class OpinionPlace:
    """Where one level of an internal form writes its opinion and signs, with why and how sure.

    `level` counts from 1 in the order of the headings asked for. `text_mm` is None where not one line has room beside
    the signature. Its upper edge lies so that a first line of `font_size_pt` stands on the form's own lines, where it
    has any; `leading_pt` is their distance then.
    """

    level: int
    page_index: int
    text_mm: BoxMm | None
    signature_mm: BoxMm
    font_size_pt: float
    confidence: float
    reason: str
    leading_pt: float | None = None


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The parts of a document's date that its author typed; None where a blank waits for the clerk."""

    day: int | None = None
    month: int | None = None
    year: int | None = None

    def differs_from(self, day: date) -> bool:
        """Say whether a part that is typed is another than the day's; a year may have its last two digits alone."""
        year = day.year % 100 if self.year is not None and self.year < 100 else day.year
        parts = ((self.day, day.day), (self.month, day.month), (self.year, year))
        return any(typed is not None and typed != own for typed, own in parts)
