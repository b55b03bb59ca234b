from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdf.geometry import BoxMm, BoxPt, PageGeometry, box_to_user_space, box_to_view_space

_SIDE = st.floats(10, 3000)
_OFFSET = st.floats(-500, 500)


@st.composite
def pages(draw: st.DrawFn) -> PageGeometry:
    left, bottom = draw(_OFFSET), draw(_OFFSET)
    crop = BoxPt(left, bottom, left + draw(_SIDE), bottom + draw(_SIDE))
    media = BoxPt(left - 5, bottom - 5, crop.right_pt + 5, crop.top_pt + 5)
    rotation_deg = draw(st.sampled_from([0, 90, 180, 270]))
    return PageGeometry(0, media, crop, rotation_deg, draw(st.sampled_from([1.0, 2.0, 0.5])))


def a4(rotation_deg: int = 0, user_unit: float = 1.0) -> PageGeometry:
    box = BoxPt(0, 0, 595.2756, 841.8898)
    return PageGeometry(0, box, box, rotation_deg, user_unit)


@given(pages(), st.floats(0, 300), st.floats(0, 300), st.floats(0.1, 100), st.floats(0.1, 100))
def test_a_box_survives_the_way_into_the_file_and_back(
    page: PageGeometry, left: float, top: float, width: float, height: float
) -> None:
    box = BoxMm(left, top, left + width, top + height)
    back = box_to_view_space(box_to_user_space(box, page), page)
    assert back.left_mm == pytest.approx(box.left_mm, abs=1e-6)
    assert back.top_mm == pytest.approx(box.top_mm, abs=1e-6)
    assert back.right_mm == pytest.approx(box.right_mm, abs=1e-6)
    assert back.bottom_mm == pytest.approx(box.bottom_mm, abs=1e-6)


@given(pages())
def test_the_whole_page_as_shown_is_the_crop_box(page: PageGeometry) -> None:
    found = box_to_user_space(page.box_mm, page)
    crop = page.crop_box_pt
    assert found.left_pt == pytest.approx(crop.left_pt, abs=1e-6)
    assert found.bottom_pt == pytest.approx(crop.bottom_pt, abs=1e-6)
    assert found.right_pt == pytest.approx(crop.right_pt, abs=1e-6)
    assert found.top_pt == pytest.approx(crop.top_pt, abs=1e-6)


@pytest.mark.parametrize(
    ("rotation_deg", "expected"),
    [
        (0, BoxPt(0, 813.5433, 56.6929, 841.8898)),
        (90, BoxPt(0, 0, 28.3465, 56.6929)),
        (180, BoxPt(538.5827, 0, 595.2756, 28.3465)),
        (270, BoxPt(566.9291, 785.1969, 595.2756, 841.8898)),
    ],
)
def test_the_top_left_corner_follows_the_rotation(rotation_deg: int, expected: BoxPt) -> None:
    found = box_to_user_space(BoxMm(0, 0, 20, 10), a4(rotation_deg))
    assert found.left_pt == pytest.approx(expected.left_pt, abs=1e-3)
    assert found.bottom_pt == pytest.approx(expected.bottom_pt, abs=1e-3)
    assert found.right_pt == pytest.approx(expected.right_pt, abs=1e-3)
    assert found.top_pt == pytest.approx(expected.top_pt, abs=1e-3)


def test_a_turned_page_is_as_wide_as_it_was_high() -> None:
    assert a4(90).width_mm == pytest.approx(297)
    assert a4(90).height_mm == pytest.approx(210)


def test_a_user_unit_enlarges_the_page() -> None:
    assert a4(user_unit=2).width_mm == pytest.approx(420)
    assert box_to_user_space(BoxMm(0, 0, 20, 20), a4(user_unit=2)).width_pt == pytest.approx(
        28.346, abs=1e-3
    )


def test_touching_boxes_do_not_intersect() -> None:
    assert not BoxMm(0, 0, 10, 10).intersects(BoxMm(10, 0, 20, 10))
    assert BoxMm(0, 0, 10, 10).intersects(BoxMm(9.9, 0, 20, 10))
