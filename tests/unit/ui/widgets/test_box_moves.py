"""Facts about what a hand or a key does to a box."""

from __future__ import annotations

import pytest

from pdf.geometry import BoxMm
from tests.fakes.pages import a_page
from ui.widgets.box_moves import HANDLES, LEAST_MM, Side, put, resized, shifted, snapped

PAGE = a_page()
BOX = BoxMm(50, 100, 90, 120)


def sides(box: BoxMm) -> tuple[float, float, float, float]:
    return box.left_mm, box.top_mm, box.right_mm, box.bottom_mm


def test_a_box_is_moved_with_its_size() -> None:
    assert sides(shifted(BOX, 0.5, -0.5, PAGE)) == (50.5, 99.5, 90.5, 119.5)


@pytest.mark.parametrize(
    ("left_mm", "top_mm", "corner"),
    [(-30, -30, (0, 0)), (500, 500, (160, 280)), (70, 290, (70, 280))],
)
def test_a_box_stays_on_its_page(
    left_mm: float, top_mm: float, corner: tuple[float, float]
) -> None:
    moved = put(BOX, left_mm, top_mm, PAGE)
    assert (moved.left_mm, moved.top_mm) == pytest.approx(corner)
    assert (moved.width_mm, moved.height_mm) == pytest.approx((40, 20))


def test_there_are_eight_handles() -> None:
    assert len(set(HANDLES)) == 8


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (Side.LEFT, (53, 100, 90, 120)),
        (Side.RIGHT, (50, 100, 93, 120)),
        (Side.TOP, (50, 102, 90, 120)),
        (Side.BOTTOM, (50, 100, 90, 122)),
        (Side.LEFT | Side.TOP, (53, 102, 90, 120)),
        (Side.RIGHT | Side.BOTTOM, (50, 100, 93, 122)),
    ],
)
def test_a_handle_moves_its_sides_alone(
    side: Side, expected: tuple[float, float, float, float]
) -> None:
    assert sides(resized(BOX, side, 3, 2, PAGE)) == expected


@pytest.mark.parametrize("side", HANDLES)
def test_no_handle_makes_a_side_shorter_than_its_least(side: Side) -> None:
    inwards = (1000 if Side.LEFT in side else -1000, 1000 if Side.TOP in side else -1000)
    small = resized(BOX, side, *inwards, PAGE)
    assert small.width_mm == (LEAST_MM if side & (Side.LEFT | Side.RIGHT) else 40)
    assert small.height_mm == (LEAST_MM if side & (Side.TOP | Side.BOTTOM) else 20)


@pytest.mark.parametrize("side", HANDLES)
def test_no_handle_leaves_the_page(side: Side) -> None:
    outwards = (-1000 if Side.LEFT in side else 1000, -1000 if Side.TOP in side else 1000)
    assert PAGE.box_mm.contains(resized(BOX, side, *outwards, PAGE))


def test_a_box_near_its_proposed_place_goes_there() -> None:
    assert snapped(BOX.moved_by(1.9, -1.9), BOX, PAGE) == BOX


def test_a_box_further_away_stays_where_it_is() -> None:
    away = BOX.moved_by(2.1, 0)
    assert snapped(away, BOX, PAGE) == away


def test_a_box_of_another_size_is_centred_on_its_proposed_place() -> None:
    wide = BoxMm(41, 101, 101, 121)
    assert sides(snapped(wide, BOX, PAGE)) == (40, 100, 100, 120)
