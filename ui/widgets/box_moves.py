"""What a hand or a key does to a box, in millimetres: moved, resized, kept on its page, drawn to its place."""

from __future__ import annotations

from enum import Flag, auto

from pdf.geometry import BoxMm, PageGeometry

STEP_MM = 0.5
"""One stroke of an arrow key."""
LEAST_MM = 5.0
"""No side is shorter."""
SNAP_MM = 2.0
"""A box dropped this near to its proposed place goes there."""


class Side(Flag):
    """The sides that a handle moves; none for the whole box."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()


HANDLES = (
    Side.LEFT | Side.TOP,
    Side.RIGHT | Side.TOP,
    Side.LEFT | Side.BOTTOM,
    Side.RIGHT | Side.BOTTOM,
    Side.LEFT,
    Side.TOP,
    Side.RIGHT,
    Side.BOTTOM,
)
"""Corners first: where handles of a small box overlap, a corner is what a hand wants."""


def put(box: BoxMm, left_mm: float, top_mm: float, page: PageGeometry) -> BoxMm:
    """Return the box with its upper left corner there, or as near as the page allows."""
    left_mm = min(max(left_mm, 0.0), max(page.width_mm - box.width_mm, 0.0))
    top_mm = min(max(top_mm, 0.0), max(page.height_mm - box.height_mm, 0.0))
    return BoxMm(left_mm, top_mm, left_mm + box.width_mm, top_mm + box.height_mm)


def shifted(box: BoxMm, right_mm: float, down_mm: float, page: PageGeometry) -> BoxMm:
    """Return the box further right and down, kept on its page."""
    return put(box, box.left_mm + right_mm, box.top_mm + down_mm, page)


def resized(box: BoxMm, side: Side, right_mm: float, down_mm: float, page: PageGeometry) -> BoxMm:
    """Return the box with the sides of a handle further right and down; the other sides stay."""
    left_mm, top_mm, right_side_mm, bottom_mm = (
        box.left_mm,
        box.top_mm,
        box.right_mm,
        box.bottom_mm,
    )
    if Side.LEFT in side:
        left_mm = max(0.0, min(left_mm + right_mm, right_side_mm - LEAST_MM))
    if Side.RIGHT in side:
        right_side_mm = min(page.width_mm, max(right_side_mm + right_mm, left_mm + LEAST_MM))
    if Side.TOP in side:
        top_mm = max(0.0, min(top_mm + down_mm, bottom_mm - LEAST_MM))
    if Side.BOTTOM in side:
        bottom_mm = min(page.height_mm, max(bottom_mm + down_mm, top_mm + LEAST_MM))
    return BoxMm(left_mm, top_mm, right_side_mm, bottom_mm)


def snapped(box: BoxMm, place: BoxMm, page: PageGeometry) -> BoxMm:
    """Return the box on its proposed place where it is near to it: centred there, whatever its size is now."""
    away_mm = max(
        abs(box.centre_x_mm - place.centre_x_mm), abs(box.centre_y_mm - place.centre_y_mm)
    )
    if away_mm > SNAP_MM:
        return box
    if abs(box.width_mm - place.width_mm) + abs(box.height_mm - place.height_mm) < 0.01:
        return place
    centred = BoxMm.around(place.centre_x_mm, place.centre_y_mm, box.width_mm, box.height_mm)
    return put(centred, centred.left_mm, centred.top_mm, page)
