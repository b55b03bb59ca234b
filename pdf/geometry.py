"""Boxes on a page: millimetres as a person sees the page, points as the file counts them.

Imports no engine, so that the window process may use it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class BoxMm:
    """A box on the page as shown: millimetres, origin top left, downwards positive."""

    left_mm: float
    top_mm: float
    right_mm: float
    bottom_mm: float

    @property
    def width_mm(self) -> float:
        """The box's width."""
        return self.right_mm - self.left_mm

    @property
    def height_mm(self) -> float:
        """The box's height."""
        return self.bottom_mm - self.top_mm

    @property
    def centre_x_mm(self) -> float:
        """The middle between left and right."""
        return (self.left_mm + self.right_mm) / 2

    @property
    def centre_y_mm(self) -> float:
        """The middle between top and bottom."""
        return (self.top_mm + self.bottom_mm) / 2

    def intersects(self, other: BoxMm) -> bool:
        """Whether the two boxes share an area; touching edges do not count."""
        return (
            self.left_mm < other.right_mm
            and other.left_mm < self.right_mm
            and self.top_mm < other.bottom_mm
            and other.top_mm < self.bottom_mm
        )

    def contains(self, other: BoxMm) -> bool:
        """Whether the other box lies within this one, edges included."""
        return (
            self.left_mm <= other.left_mm
            and self.top_mm <= other.top_mm
            and self.right_mm >= other.right_mm
            and self.bottom_mm >= other.bottom_mm
        )

    def overlaps_columns_of(self, other: BoxMm) -> bool:
        """Whether the two boxes stand above one another, at whatever distance."""
        return self.left_mm < other.right_mm and other.left_mm < self.right_mm

    @classmethod
    def enclosing(cls, boxes: Sequence[BoxMm]) -> BoxMm:
        """The smallest box around all, at least one; quicker than uniting one by one."""
        return cls(
            min([box.left_mm for box in boxes]),
            min([box.top_mm for box in boxes]),
            max([box.right_mm for box in boxes]),
            max([box.bottom_mm for box in boxes]),
        )

    def united_with(self, other: BoxMm) -> BoxMm:
        """The smallest box around both."""
        return BoxMm(
            min(self.left_mm, other.left_mm),
            min(self.top_mm, other.top_mm),
            max(self.right_mm, other.right_mm),
            max(self.bottom_mm, other.bottom_mm),
        )

    def grown_by(self, mm: float) -> BoxMm:
        """The box with a margin on every side; a negative margin shrinks it."""
        return BoxMm(self.left_mm - mm, self.top_mm - mm, self.right_mm + mm, self.bottom_mm + mm)

    def moved_by(self, right_mm: float, down_mm: float) -> BoxMm:
        """The box of the same size, elsewhere."""
        return BoxMm(
            self.left_mm + right_mm,
            self.top_mm + down_mm,
            self.right_mm + right_mm,
            self.bottom_mm + down_mm,
        )

    @classmethod
    def around(
        cls, centre_x_mm: float, centre_y_mm: float, width_mm: float, height_mm: float
    ) -> BoxMm:
        """The box of a size around a centre."""
        return cls(
            centre_x_mm - width_mm / 2,
            centre_y_mm - height_mm / 2,
            centre_x_mm + width_mm / 2,
            centre_y_mm + height_mm / 2,
        )


@dataclass(frozen=True, slots=True)
class BoxPt:
    """A box in PDF user space: points (units, where UserUnit is set), origin lower left."""

    left_pt: float
    bottom_pt: float
    right_pt: float
    top_pt: float

    @property
    def width_pt(self) -> float:
        """The box's width."""
        return self.right_pt - self.left_pt

    @property
    def height_pt(self) -> float:
        """The box's height."""
        return self.top_pt - self.bottom_pt


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """What turns a page's user space into the page as shown (ISO 32000-2, 14.11.2 and 7.7.3.3).

    `rotation_deg` is 0, 90, 180 or 270, clockwise. `crop_box_pt` lies within the media box.
    """

    page_index: int
    media_box_pt: BoxPt
    crop_box_pt: BoxPt
    rotation_deg: int
    user_unit: float

    @property
    def width_mm(self) -> float:
        """Width of the page as shown."""
        return self._side_mm(turned=self.rotation_deg in {90, 270})

    @property
    def height_mm(self) -> float:
        """Height of the page as shown."""
        return self._side_mm(turned=self.rotation_deg not in {90, 270})

    @property
    def box_mm(self) -> BoxMm:
        """The whole page as shown."""
        return BoxMm(0, 0, self.width_mm, self.height_mm)

    def _side_mm(self, *, turned: bool) -> float:
        crop = self.crop_box_pt
        side_pt = crop.height_pt if turned else crop.width_pt
        return side_pt * self.user_unit / POINTS_PER_MM


def box_to_user_space(box: BoxMm, page: PageGeometry) -> BoxPt:
    """Turn a box on the page as shown into the box that a field's `/Rect` needs."""
    x1, y1 = _point_to_user_space(box.left_mm, box.top_mm, page)
    x2, y2 = _point_to_user_space(box.right_mm, box.bottom_mm, page)
    return BoxPt(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def box_to_view_space(box: BoxPt, page: PageGeometry) -> BoxMm:
    """Turn a box of user space, say a field's `/Rect`, into the box on the page as shown."""
    x1, y1 = point_to_view_space(box.left_pt, box.bottom_pt, page)
    x2, y2 = point_to_view_space(box.right_pt, box.top_pt, page)
    return BoxMm(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def point_to_view_space(x_pt: float, y_pt: float, page: PageGeometry) -> tuple[float, float]:
    """Turn a point of user space into (right, down) millimetres on the page as shown."""
    crop = page.crop_box_pt
    from_left, from_bottom = x_pt - crop.left_pt, y_pt - crop.bottom_pt
    from_right, from_top = crop.right_pt - x_pt, crop.top_pt - y_pt
    right, down = {
        0: (from_left, from_top),
        90: (from_bottom, from_left),
        180: (from_right, from_bottom),
        270: (from_top, from_right),
    }[page.rotation_deg]
    mm_per_unit = page.user_unit / POINTS_PER_MM
    return right * mm_per_unit, down * mm_per_unit


def _point_to_user_space(
    right_mm: float, down_mm: float, page: PageGeometry
) -> tuple[float, float]:
    crop = page.crop_box_pt
    units_per_mm = POINTS_PER_MM / page.user_unit
    right, down = right_mm * units_per_mm, down_mm * units_per_mm
    return {
        0: (crop.left_pt + right, crop.top_pt - down),
        90: (crop.left_pt + down, crop.bottom_pt + right),
        180: (crop.right_pt - right, crop.bottom_pt + down),
        270: (crop.right_pt - down, crop.top_pt - right),
    }[page.rotation_deg]
