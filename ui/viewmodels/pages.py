"""The pages of the file that is shown, their pictures, and the boxes on them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.workers.records import PagePicture
from app.workplace.records import Problem, ShownFile
from pdf.geometry import BoxMm, PageGeometry
from ui.bridge import Bridge, Lane
from ui.sheets import BoxLook, Drawn, PageBox, Placing, Wish
from ui.viewmodels.base import ViewModel

__all__ = ["BoxLook", "Drawn", "PageBox", "PagesState", "PagesVm", "Placing", "Wish"]

KEPT_BYTES = 96 * 1024**2
"""Of pictures, at most: some twenty pages across a window of 1,000 pixels."""


@dataclass(frozen=True, slots=True)
class PagesState:
    """What is shown; `problems` are those of the pages that could not be drawn, by page."""

    path: Path | None = None
    sha256: str = ""
    pages: tuple[PageGeometry, ...] = ()
    boxes: tuple[PageBox, ...] = ()
    placing: Placing | None = None
    problems: Mapping[int, Problem] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class _Asked:
    """A picture on its way. `future` is None until the render process knows of it."""

    wish: Wish
    future: Future[PagePicture] | None = None


class PagesVm(ViewModel):
    """Shows a file page by page, one picture asked for at a time: the one that matters most now.

    Signals:
        changed: another file, other boxes, or a page could not be drawn.
        picture_ready: a page's picture (`Drawn`).
        page_failed: a page could not be drawn.
        first_page_shown: the first picture of the file is on the screen.
        box_moved: a person moved a box (key, page index, `BoxMm`).
        box_chosen: a person chose a box that cannot be moved (key).
        place_chosen: a person said where a box shall stand (page index, `BoxMm`).
        revealed: a box is to be seen (key).
    """

    picture_ready = Signal(object)
    page_failed = Signal(int)
    first_page_shown = Signal()
    box_moved = Signal(str, int, object)
    box_chosen = Signal(str)
    place_chosen = Signal(int, object)
    revealed = Signal(str)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._state = PagesState()
        self._bridge = bridge
        self._wishes: tuple[Wish, ...] = ()
        self._asked: _Asked | None = None
        self._on_the_way: list[_Asked] = []
        self._kept: OrderedDict[int, Drawn] = OrderedDict()
        self._kept_bytes = 0
        self._is_painted = False

    @property
    def state(self) -> PagesState:
        """What is shown."""
        return self._state

    def show(self, file: ShownFile | None) -> None:
        """Show a file of a document, or nothing."""
        if file is None:
            self._start(PagesState())
        else:
            self.show_file(file.path, file.sha256, file.pages)

    def show_file(self, path: Path, sha256: str, pages: tuple[PageGeometry, ...]) -> None:
        """Show a file on this machine; what is shown already keeps its pictures and boxes."""
        if sha256 and sha256 == self._state.sha256:
            self._set(replace(self._state, path=path, pages=pages))
        else:
            self._start(PagesState(path, sha256, pages))

    def set_boxes(self, boxes: Sequence[PageBox]) -> None:
        """Show these boxes, and no others."""
        self._set(replace(self._state, boxes=tuple(boxes)))

    def ask_place(self, placing: Placing | None) -> None:
        """Have the person say where a box shall stand; with None no more."""
        self._set(replace(self._state, placing=placing))

    def reveal(self, key: str) -> None:
        """Let a box be seen."""
        self.revealed.emit(key)

    def want(self, wishes: Sequence[Wish]) -> None:
        """Say which pictures are missing, the most important first; what was wanted before is not any more.

        A page that could not be drawn is tried again.
        """
        retried = {wish.page_index for wish in wishes} & set(self._state.problems)
        if retried:
            self._set(replace(self._state, problems=_without(self._state.problems, retried)))
        self._wishes = tuple(wish for wish in wishes if not self._answered(wish))
        self._go_on()

    def painted(self) -> None:
        """Take note that a page's picture is on the screen; one of the file before may be told of late."""
        if not self._is_painted and self._kept:
            self._is_painted = True
            self.first_page_shown.emit()

    def moved(self, key: str, page_index: int, box_mm: BoxMm) -> None:
        """Move a box."""
        boxes = tuple(
            replace(box, page_index=page_index, box_mm=box_mm) if box.key == key else box
            for box in self._state.boxes
        )
        self._set(replace(self._state, boxes=boxes))
        self.box_moved.emit(key, page_index, box_mm)

    def choose(self, key: str) -> None:
        """Choose a box that cannot be moved."""
        self.box_chosen.emit(key)

    def place(self, page_index: int, box_mm: BoxMm) -> None:
        """Say where the box that waits for a place shall stand."""
        self._set(replace(self._state, placing=None))
        self.place_chosen.emit(page_index, box_mm)

    def _set(self, state: PagesState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    def _start(self, state: PagesState) -> None:
        for asked in self._on_the_way:
            if asked.future is not None:
                asked.future.cancel()
        self._wishes, self._asked, self._is_painted = (), None, False
        self._on_the_way.clear()
        self._kept.clear()
        self._kept_bytes = 0
        self._set(state)

    def _answered(self, wish: Wish) -> bool:
        """Give what is kept of a page; say whether it is sharp."""
        kept = self._kept.get(wish.page_index)
        if kept is None:
            return False
        self._kept.move_to_end(wish.page_index)
        self.picture_ready.emit(kept)
        return kept.dpi == wish.dpi

    def _go_on(self) -> None:
        """See to it that the most important picture is on its way, and none that nobody waits for."""
        asked = self._asked
        if asked is not None and asked.wish not in self._wishes:
            self._asked = None
            self._take_back(asked)
        path = self._state.path
        if self._asked is not None or not self._wishes or path is None:
            return
        wish = self._wishes[0]
        self._asked = next((other for other in self._on_the_way if other.wish == wish), None)
        if self._asked is None:
            self._asked = asked = _Asked(wish)
            self._on_the_way.append(asked)
            self._bridge.ask(
                lambda workplace: workplace.page(path, wish.page_index, wish.dpi),
                partial(self._queued, asked),
                partial(self._failed, asked),
                Lane.PAGES,
            )

    def _take_back(self, asked: _Asked) -> None:
        """Take a picture back; one that is being drawn already comes, and is kept: it may be scrolled back to."""
        if asked.future is not None and asked.future.cancel():
            self._on_the_way.remove(asked)

    def _queued(self, asked: _Asked, future: Future[PagePicture]) -> None:
        """Wait for a picture that the render process knows of now."""
        if asked not in self._on_the_way:
            future.cancel()
            return
        asked.future = future
        if asked is not self._asked:
            self._take_back(asked)
        self._bridge.follow(future, partial(self._drawn, asked), partial(self._failed, asked))

    def _drawn(self, asked: _Asked, picture: PagePicture) -> None:
        if asked not in self._on_the_way:
            return  # of a file that is not shown any more
        drawn = Drawn(picture, asked.wish.dpi)
        self._keep(drawn)
        self._settle(asked)
        self.picture_ready.emit(drawn)
        self._go_on()

    def _failed(self, asked: _Asked, problem: Problem) -> None:
        if asked not in self._on_the_way:
            return
        page_index = asked.wish.page_index
        self._settle(asked)
        self._set(replace(self._state, problems={**self._state.problems, page_index: problem}))
        self.page_failed.emit(page_index)
        self._go_on()

    def _settle(self, asked: _Asked) -> None:
        self._on_the_way.remove(asked)
        self._wishes = tuple(wish for wish in self._wishes if wish != asked.wish)
        if asked is self._asked:
            self._asked = None

    def _keep(self, drawn: Drawn) -> None:
        former = self._kept.pop(drawn.picture.page_index, None)
        self._kept_bytes -= 0 if former is None else len(former.picture.pixels)
        self._kept[drawn.picture.page_index] = drawn
        self._kept_bytes += len(drawn.picture.pixels)
        while self._kept_bytes > KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.picture.pixels)


def _without(problems: Mapping[int, Problem], pages: set[int]) -> dict[int, Problem]:
    return {page: problem for page, problem in problems.items() if page not in pages}
