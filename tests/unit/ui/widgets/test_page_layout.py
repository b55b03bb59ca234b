"""Facts about where pages stand: millimetres to pixels and back, zooms that fit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QSize

from pdf.geometry import BoxMm
from tests.fakes.pages import a_page, some_pages
from ui.widgets.page_layout import (
    LARGEST_ZOOM,
    LEAST_ZOOM,
    MARGIN_PX,
    MOST_PIXELS,
    PageLayout,
    ZoomMode,
    fitting_zoom,
    next_zoom,
    picture_dpi,
    real_px_per_mm,
)

ROOM = QSize(900, 700)


def test_pages_stand_under_one_another_in_the_middle() -> None:
    layout = PageLayout([a_page(0), a_page(1, 100, 150)], 2.0, ROOM)
    first, second = layout.places
    assert (first.width(), first.height()) == (400, 600)
    assert (second.width(), second.height()) == (200, 300)
    assert second.top() == first.top() + 600 + MARGIN_PX
    assert first.center().x() == pytest.approx(450, abs=1)
    assert second.center().x() == pytest.approx(450, abs=1)


def test_a_page_smaller_than_the_room_stands_in_its_middle() -> None:
    (place,) = PageLayout([a_page()], 1.0, ROOM).places
    assert place.center().y() == pytest.approx(350, abs=1)


def test_a_turned_page_is_as_wide_as_it_is_shown() -> None:
    (place,) = PageLayout([a_page(0, 300, 200, rotation_deg=90)], 2.0, ROOM).places
    assert (place.width(), place.height()) == (600, 400)


def test_the_pages_that_show_are_found() -> None:
    layout = PageLayout(some_pages(200), 2.0, ROOM)
    top_px = layout.places[50].top()
    assert layout.seen(top_px, top_px + 700) == range(50, 52)
    assert layout.seen(0, 10**9) == range(200)


def test_the_main_page_is_the_one_that_shows_most() -> None:
    layout = PageLayout(some_pages(3), 2.0, ROOM)
    top_px = layout.places[1].top()
    assert layout.main_page(top_px - 500, top_px + 200) == 0
    assert layout.main_page(top_px - 100, top_px + 600) == 1


def test_a_point_between_two_pages_belongs_to_the_nearer_one() -> None:
    layout = PageLayout(some_pages(2), 2.0, ROOM)
    gap_px = layout.places[0].bottom()
    assert layout.nearest_page(gap_px + 2) == 0
    assert layout.nearest_page(gap_px + MARGIN_PX - 2) == 1
    assert layout.nearest_page(-50) == 0
    assert layout.nearest_page(10**6) == 1


def test_no_page_lies_under_a_point_beside_it() -> None:
    layout = PageLayout(some_pages(2), 2.0, ROOM)
    place = layout.places[1]
    assert layout.page_under(QPointF(place.center())) == 1
    assert layout.page_under(QPointF(place.left() - 5, place.top() + 5)) is None


def test_millimetres_become_pixels_and_back() -> None:
    layout = PageLayout(some_pages(2), 2.5, ROOM)
    point = layout.to_px(1, 12.4, 33.6)
    assert layout.to_mm(1, point) == pytest.approx((12.4, 33.6))
    rect = layout.box(1, BoxMm(10, 20, 46, 56))
    assert (rect.width(), rect.height()) == pytest.approx((90, 90))


def test_real_size_is_what_the_screen_measures() -> None:
    assert real_px_per_mm(127.0, 96.0) == pytest.approx(5.0)


@pytest.mark.parametrize("nonsense_dpi", [0.0, 3.0, 5000.0])
def test_a_screen_that_tells_nonsense_counts_as_it_is_used(nonsense_dpi: float) -> None:
    assert real_px_per_mm(nonsense_dpi, 96.0) == pytest.approx(96 / 25.4)


def test_the_widest_page_fits_the_width() -> None:
    pages = [a_page(0), a_page(1, 300, 200)]
    zoom = fitting_zoom(pages, ZoomMode.FIT_WIDTH, ROOM, 2.0)
    assert zoom * 2.0 * 300 == pytest.approx(900 - 2 * MARGIN_PX)


def test_the_whole_page_fits_the_room() -> None:
    zoom = fitting_zoom(some_pages(1), ZoomMode.FIT_PAGE, ROOM, 2.0)
    assert zoom * 2.0 * 300 == pytest.approx(700 - 2 * MARGIN_PX)


def test_no_room_gives_the_least_zoom() -> None:
    assert fitting_zoom(some_pages(1), ZoomMode.FIT_PAGE, QSize(1, 1), 2.0) == LEAST_ZOOM


def test_zoom_steps_end_at_both_ends() -> None:
    assert next_zoom(1.0, larger=True) == 1.1
    assert next_zoom(1.03, larger=False) == 1.0
    assert next_zoom(LARGEST_ZOOM, larger=True) == LARGEST_ZOOM
    assert next_zoom(LEAST_ZOOM, larger=False) == LEAST_ZOOM


def test_a_picture_is_as_sharp_as_the_screen() -> None:
    assert picture_dpi(a_page(), 4.0) == pytest.approx(101.6)


def test_a_picture_is_never_absurdly_large() -> None:
    dpi = picture_dpi(a_page(), 100.0)
    assert 200 * 300 * (dpi / 25.4) ** 2 == pytest.approx(MOST_PIXELS, rel=0.001)
