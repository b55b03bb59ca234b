"""Facts about the pages that are shown: which pictures are asked for, kept, and let go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from app.workers.records import PagePicture
from app.workplace.records import Problem, ShownFile
from pdf.errors import PdfError
from pdf.geometry import BoxMm
from tests.fakes.bridge import FakeBridge
from tests.fakes.pages import a_box, a_picture, some_pages
from tests.fakes.records import file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels import pages as pages_module
from ui.viewmodels.pages import PagesVm, Placing, Wish

pytestmark = pytest.mark.usefixtures("qapp")

PATH, OTHER = Path("a.pdf"), Path("b.pdf")


class Renderer:
    """Keeps what was asked for until a test answers it; says what the view-model told of it."""

    def __init__(self, *, is_held: bool = False) -> None:
        self.futures: dict[tuple[Path, int, float], Future[PagePicture]] = {}
        self.order: list[tuple[int, float]] = []
        workplace = FakeWorkplace(page=self._page)
        self.bridge = FakeBridge(workplace, is_held=is_held)
        self.vm = PagesVm(self.bridge)
        self.pictures: list[tuple[int, float]] = []
        self.failures: list[int] = []
        self.vm.picture_ready.connect(
            lambda drawn: self.pictures.append((drawn.picture.page_index, drawn.dpi))
        )
        self.vm.page_failed.connect(self.failures.append)

    def _page(self, path: Path, page_index: int, dpi: float) -> Future[PagePicture]:
        future: Future[PagePicture] = Future()
        self.futures[path, page_index, dpi] = future
        self.order.append((page_index, dpi))
        return future

    def future(self, page_index: int, dpi: float = 96.0, path: Path = PATH) -> Future[PagePicture]:
        return self.futures[path, page_index, dpi]

    def draw(
        self, page_index: int, dpi: float = 96.0, path: Path = PATH, side_px: int = 20
    ) -> None:
        self.future(page_index, dpi, path).set_result(a_picture(page_index, side_px))

    def want(self, *pages: int, dpi: float = 96.0) -> None:
        self.vm.want([Wish(page, dpi) for page in pages])


@pytest.fixture
def renderer() -> Renderer:
    made = Renderer()
    made.vm.show_file(PATH, "aa", some_pages(5))
    return made


def counted(signal: Any) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    signal.connect(lambda *arguments: calls.append(arguments))
    return calls


def test_a_wish_goes_out_at_once_on_a_lane_that_never_waits(renderer: Renderer) -> None:
    renderer.want(0)
    assert renderer.order == [(0, 96.0)]
    assert renderer.bridge.lanes == [Lane.PAGES]


def test_a_picture_is_told_with_its_resolution(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.draw(0)
    assert renderer.pictures == [(0, 96.0)]


def test_one_picture_is_asked_for_at_a_time_the_most_important_first(renderer: Renderer) -> None:
    renderer.want(1, 2, 0)
    assert renderer.order == [(1, 96.0)]
    renderer.draw(1)
    renderer.draw(2)
    assert renderer.order == [(1, 96.0), (2, 96.0), (0, 96.0)]


def test_the_same_wish_is_asked_for_once(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.want(0)
    assert renderer.order == [(0, 96.0)]


def test_a_page_scrolled_away_before_it_was_drawn_is_taken_back(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.want(3)
    assert renderer.future(0).cancelled()
    assert renderer.order == [(0, 96.0), (3, 96.0)]


def test_a_page_scrolled_back_to_after_it_was_taken_back_is_asked_for_again(
    renderer: Renderer,
) -> None:
    renderer.want(0)
    renderer.want(3)
    renderer.want(0)
    renderer.draw(0)
    assert renderer.pictures == [(0, 96.0)]


def test_a_page_that_is_being_drawn_comes_though_it_was_scrolled_away(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.future(0).set_running_or_notify_cancel()
    renderer.want(3)
    renderer.draw(0)
    renderer.want(0)
    assert renderer.pictures == [(0, 96.0), (0, 96.0)]
    assert renderer.order == [(0, 96.0), (3, 96.0)]


def test_a_page_that_is_being_drawn_is_not_asked_for_twice(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.future(0).set_running_or_notify_cancel()
    renderer.want(3)
    renderer.want(0)
    assert renderer.order == [(0, 96.0), (3, 96.0)]
    renderer.draw(0)
    assert renderer.pictures == [(0, 96.0)]


def test_a_page_scrolled_away_before_the_renderer_knew_of_it_is_never_drawn() -> None:
    renderer = Renderer(is_held=True)
    renderer.vm.show_file(PATH, "aa", some_pages(5))
    renderer.want(0)
    renderer.want(3)
    renderer.bridge.run()
    assert renderer.future(0).cancelled()
    renderer.draw(3)
    renderer.bridge.run()
    assert renderer.pictures == [(3, 96.0)]


def test_a_picture_of_another_file_is_dropped(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.future(0).set_running_or_notify_cancel()
    renderer.vm.show_file(OTHER, "bb", some_pages(1))
    renderer.draw(0)
    assert renderer.pictures == []


def test_another_file_takes_back_what_the_first_waits_for(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.vm.show(None)
    assert renderer.future(0).cancelled()
    assert renderer.vm.state.pages == ()


def test_what_the_renderer_only_now_knows_of_is_taken_back_for_another_file() -> None:
    renderer = Renderer(is_held=True)
    renderer.vm.show_file(PATH, "aa", some_pages(5))
    renderer.want(0)
    renderer.vm.show_file(OTHER, "bb", some_pages(1))
    renderer.bridge.run()
    assert renderer.future(0).cancelled()


def test_a_picture_is_kept_for_the_way_back(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.draw(0)
    renderer.want(1)
    renderer.draw(1)
    renderer.want(0)
    assert renderer.pictures == [(0, 96.0), (1, 96.0), (0, 96.0)]
    assert len(renderer.order) == 2


def test_a_picture_of_another_zoom_is_given_until_the_sharp_one_comes(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.draw(0)
    renderer.want(0, dpi=192.0)
    assert renderer.pictures == [(0, 96.0), (0, 96.0)]
    renderer.draw(0, 192.0)
    assert renderer.pictures[-1] == (0, 192.0)


def test_pictures_are_kept_within_a_bound_the_oldest_let_go(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages_module, "KEPT_BYTES", 2 * len(a_picture(0, 20).pixels))
    for page in (0, 1, 2):
        renderer.want(page)
        renderer.draw(page)
    renderer.want(1)
    renderer.want(0)
    assert renderer.order == [(0, 96.0), (1, 96.0), (2, 96.0), (0, 96.0)]


def fail(renderer: Renderer, page_index: int) -> None:
    error = PdfError("pdf.render_failed", file="a.pdf", page=page_index + 1)
    renderer.future(page_index).set_exception(error)


def test_a_page_that_cannot_be_drawn_is_told_and_the_next_is_asked_for(renderer: Renderer) -> None:
    renderer.want(0, 1)
    fail(renderer, 0)
    assert renderer.failures == [0]
    problem = Problem("pdf.render_failed", {"file": "a.pdf", "page": 1})
    assert renderer.vm.state.problems == {0: problem}
    assert renderer.order == [(0, 96.0), (1, 96.0)]


def test_wanting_a_failed_page_tries_it_again(renderer: Renderer) -> None:
    renderer.want(0)
    fail(renderer, 0)
    renderer.want(0)
    assert renderer.vm.state.problems == {}
    renderer.draw(0)
    assert renderer.pictures == [(0, 96.0)]


def test_a_workplace_that_cannot_be_asked_is_told_on_the_page() -> None:
    workplace = FakeWorkplace()
    workplace.errors["page"] = PdfError("pdf.unreadable", file="a.pdf")
    vm = PagesVm(FakeBridge(workplace))
    vm.show_file(PATH, "aa", some_pages(1))
    vm.want([Wish(0, 96.0)])
    assert vm.state.problems == {0: Problem("pdf.unreadable", {"file": "a.pdf"})}


def test_the_same_bytes_keep_their_pictures_and_boxes(renderer: Renderer) -> None:
    renderer.vm.set_boxes([a_box()])
    renderer.want(0)
    renderer.draw(0)
    renderer.vm.show(ShownFile(file_ref(), OTHER, "aa", some_pages(5)))
    renderer.want(0)
    assert renderer.vm.state.boxes == (a_box(),)
    assert len(renderer.order) == 1


def test_another_file_has_no_boxes_and_no_problems(renderer: Renderer) -> None:
    renderer.vm.set_boxes([a_box()])
    renderer.want(0)
    fail(renderer, 0)
    renderer.vm.show_file(OTHER, "bb", some_pages(1))
    assert renderer.vm.state.boxes == ()
    assert renderer.vm.state.problems == {}


def test_files_whose_hash_is_not_known_are_never_the_same(renderer: Renderer) -> None:
    renderer.vm.show_file(PATH, "", some_pages(1))
    renderer.vm.set_boxes([a_box()])
    renderer.vm.show_file(PATH, "", some_pages(1))
    assert renderer.vm.state.boxes == ()


def test_the_first_picture_on_the_screen_is_told_once_a_file(renderer: Renderer) -> None:
    told = counted(renderer.vm.first_page_shown)
    renderer.want(0)
    renderer.draw(0)
    renderer.vm.painted()
    renderer.vm.painted()
    assert len(told) == 1
    renderer.vm.show_file(OTHER, "bb", some_pages(2))
    renderer.want(0)
    renderer.draw(0, path=OTHER)
    renderer.vm.painted()
    assert len(told) == 2


def test_a_picture_of_the_file_before_is_not_taken_for_one_of_this_file(renderer: Renderer) -> None:
    renderer.want(0)
    renderer.draw(0)
    told = counted(renderer.vm.first_page_shown)
    renderer.vm.show_file(OTHER, "bb", some_pages(1))
    renderer.vm.painted()
    assert told == []


def test_a_moved_box_lies_where_it_was_put_and_is_told(renderer: Renderer) -> None:
    renderer.vm.set_boxes([a_box(), a_box("other")])
    told = counted(renderer.vm.box_moved)
    place = BoxMm(1, 2, 41, 22)
    renderer.vm.moved("mine", 2, place)
    assert told == [("mine", 2, place)]
    mine, other = renderer.vm.state.boxes
    assert (mine.page_index, mine.box_mm) == (2, place)
    assert other == a_box("other")


def test_a_chosen_place_is_told_and_no_more_asked_for(renderer: Renderer) -> None:
    told = counted(renderer.vm.place_chosen)
    renderer.vm.ask_place(Placing("red", 36, 36))
    assert renderer.vm.state.placing == Placing("red", 36, 36)
    renderer.vm.place(1, BoxMm(10, 10, 46, 46))
    assert told == [(1, BoxMm(10, 10, 46, 46))]
    assert renderer.vm.state.placing is None


@pytest.mark.parametrize(
    ("act", "signal"),
    [(PagesVm.choose, "box_chosen"), (PagesVm.reveal, "revealed")],
)
def test_a_box_is_chosen_and_revealed_by_its_key(
    renderer: Renderer, act: Callable[[PagesVm, str], None], signal: str
) -> None:
    told = counted(getattr(renderer.vm, signal))
    act(renderer.vm, "LanhDao")
    assert told == [("LanhDao",)]
