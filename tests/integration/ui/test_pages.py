"""Facts about pages on the screen, drawn by the real render process."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.images import draw_seal
from app.workers.records import PagePicture
from app.workers.render import RenderClient
from app.workplace.workplace import Workplace
from pdf.geometry import BoxMm
from signing.preview import appearance_page
from signing.request import Appearance
from tests.unit.pdf.drafts import letter
from ui.bridge import Bridge
from ui.theme import LIGHT, Scheme, Theme
from ui.viewmodels.pages import PageBox, PagesVm
from ui.views.base import Look
from ui.views.page_area import PageArea
from ui.words import Words

SOON_S, SOON_MS = 60.0, 60_000


class Pages:
    """As much of a workplace as the page area asks."""

    def __init__(self, render: RenderClient) -> None:
        self._render = render

    def page(self, path: Path, page_index: int, dpi: float) -> Future[PagePicture]:
        return self._render.page(path, page_index, dpi)


@pytest.fixture(scope="module")
def render() -> Iterator[RenderClient]:
    with RenderClient() as client:
        client.start()
        yield client


@pytest.fixture
def vm(qapp: QApplication, render: RenderClient) -> PagesVm:
    del qapp
    return PagesVm(Bridge(lambda: cast("Workplace", Pages(render))))


@pytest.fixture
def area(qtbot: QtBot, qapp: QApplication, vm: PagesVm) -> PageArea:
    made = PageArea(Look(Words("en"), Theme(qapp, Scheme.LIGHT)), vm)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    qtbot.waitExposed(made)
    return made


def colour_at(area: PageArea, right_mm: float, down_mm: float) -> QColor:
    canvas = area.canvas
    assert canvas.page_layout is not None
    point = canvas.page_layout.to_px(0, right_mm, down_mm) - QPointF(canvas.offset())
    return canvas.viewport().grab().toImage().pixelColor(point.toPoint())


def test_a_page_is_drawn_as_sharp_as_the_screen(
    area: PageArea, vm: PagesVm, render: RenderClient, tmp_path: Path, qtbot: QtBot
) -> None:
    path = letter().save(tmp_path / "a.pdf")
    pages = render.facts(path).result(SOON_S).pages
    drawn: list[Any] = []
    vm.picture_ready.connect(drawn.append)
    with qtbot.waitSignal(vm.first_page_shown, timeout=SOON_MS):
        vm.show_file(path, "aa", pages)
    assert area.canvas.page_layout is not None
    place = area.canvas.page_layout.places[0]
    picture = drawn[0].picture
    assert abs(picture.width_px - place.width()) <= 1
    assert abs(picture.height_px - place.height()) <= 1


def test_a_seals_preview_is_seen_on_the_page_and_the_page_through_it(
    area: PageArea, vm: PagesVm, render: RenderClient, tmp_path: Path, qtbot: QtBot
) -> None:
    path, side_pt = letter().save(tmp_path / "a.pdf"), 36 / 25.4 * 72
    draw_seal(tmp_path / "seal.png")
    appearance_page(Appearance(tmp_path / "seal.png"), side_pt, side_pt, tmp_path / "box.pdf")
    preview = render.page(tmp_path / "box.pdf", 0, 300, transparent=True).result(SOON_S)
    with qtbot.waitSignal(vm.first_page_shown, timeout=SOON_MS):
        vm.show_file(path, "aa", render.facts(path).result(SOON_S).pages)
    box = BoxMm(20, 20, 56, 56)
    vm.set_boxes([PageBox("seal", 0, box, "red", is_movable=True, preview=preview)])
    reddest = max(
        colour_at(area, 20 + mm / 4, 38).red() - colour_at(area, 20 + mm / 4, 38).blue()
        for mm in range(1, 16)
    )
    assert reddest > 100
    assert colour_at(area, 22, 22).name() == LIGHT.surface


def test_a_file_that_went_away_says_so_on_the_page(
    area: PageArea, vm: PagesVm, render: RenderClient, tmp_path: Path, qtbot: QtBot
) -> None:
    path = letter().save(tmp_path / "a.pdf")
    pages = render.facts(path).result(SOON_S).pages
    path.unlink()
    vm.show_file(path, "aa", pages)
    qtbot.waitUntil(lambda: 0 in vm.state.problems, timeout=SOON_MS)
    assert vm.state.problems[0].code == "pdf.unreadable"
    assert area.canvas._failures[0].isVisible()
