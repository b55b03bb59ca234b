"""What the page area shows of an open document: which file, whether it was seen, and where its boxes stand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal

from app.workers.records import PagePicture
from app.workflow.blanks import PlacedBlank
from app.workplace.records import PlacedBox, Problem, ShownFile
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from ui.bridge import Bridge, Lane
from ui.sheets import PageBox, Placing
from ui.viewmodels.base import ViewModel
from ui.viewmodels.document_boxes import (
    MOVABLE,
    moved_blanks,
    moved_box,
    page_boxes,
    placing,
    which_of,
)
from ui.viewmodels.document_previews import Previews
from ui.viewmodels.document_state import DocumentState
from ui.viewmodels.errands import Errands

GUARD_MS = 1000
"""So long a document is on the screen before it can be agreed to: the second half of a double click on the one before
falls into this time."""


class DocumentPages(ViewModel):
    """The part of `DocumentVm` that the page area and the fields of the places speak to.

    Signals:
        file_shown: the page area has another file to show (`ShownFile`, None for none).
    """

    file_shown = Signal(object)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._state = DocumentState()
        self._errands = Errands(bridge)
        self._previews = Previews(self._errands, self._drawn)
        self._undo: list[tuple[PlacedBox | None, tuple[PlacedBlank, ...]]] = []
        self._is_painted = False
        self._guard = QTimer(self)
        self._guard.setSingleShot(True)
        self._guard.setInterval(GUARD_MS)
        self._guard.timeout.connect(self.guarded)

    @property
    def state(self) -> DocumentState:
        """What is shown."""
        return self._state

    # the file

    def shown(self) -> None:
        """Take note that the file's first picture is on the screen: in a moment it can be agreed to."""
        state = self._state
        is_main = state.paper is not None and state.shown_file == state.paper.main
        if is_main and not self._is_painted:
            self._is_painted = True
            self._guard.start()

    def tried(self) -> None:
        """Begin the moment anew: whoever presses before it is over, or holds a key down, is not reading."""
        if self._guard.isActive():
            self._guard.start(GUARD_MS)

    def guarded(self) -> None:
        """Let the moment be over."""
        if self._is_painted and not self._state.is_shown:
            self._guard.stop()
            self._become(replace(self._state, is_shown=True))

    def show_file(self, file_id: str) -> None:
        """Show another of the document's files in the page area; one that is not here yet is fetched first."""
        state, paper = self._state, self._state.paper
        if paper is None or file_id not in {item.file_id for item in paper.document.files}:
            return
        self._errands.cancel("file")
        here = next((item for item in state.files if item.ref.file_id == file_id), None)
        if here is not None:
            self._show_file(here)
            return
        self._become(replace(state, awaited_file=file_id, file_problem=None))
        self._errands.ask(
            "file", lambda it: it.attachment(paper, file_id), self._fetched, self._not_fetched
        )

    def page_boxes(self) -> tuple[PageBox, ...]:
        """The boxes on the pages of the file that is shown."""
        return page_boxes(self._state)

    def placing(self) -> Placing | None:
        """What the person has to place on a page; None where nothing is."""
        return placing(self._state)

    # the box

    def place_box(self, page_index: int) -> None:
        """Put a box of the size that the office's rules say in the middle of a page, to be moved from there."""
        pages = self._state.paper.main.pages if self._state.paper else ()
        size_mm = self._state.size_mm
        if not 0 <= page_index < len(pages) or size_mm is None:
            return
        page = pages[page_index].box_mm
        self.move_box(page_index, BoxMm.around(page.centre_x_mm, page.centre_y_mm, *size_mm))

    def move_box(self, page_index: int, box_mm: BoxMm) -> None:
        """Put the box where the person wants it, within the page; a seal keeps its real size."""
        moved = moved_box(self._state, page_index, box_mm)
        if moved is not None:
            self._remember()
            self._put_box(moved)

    def box_moved(self, key: str, page_index: int, box_mm: BoxMm) -> None:
        """Take what was dragged in the page area."""
        if key == MOVABLE:
            self.move_box(page_index, box_mm)
        elif (which := which_of(key)) is not None:
            self.move_blank(which, page_index, box_mm)

    def place(self, page_index: int, box_mm: BoxMm) -> None:
        """Take the place that was chosen in the page area for what waits for one."""
        if self._state.asked_blank is not None:
            self.move_blank(self._state.asked_blank, page_index, box_mm)
        else:
            self.move_box(page_index, box_mm)

    def reset_box(self) -> None:
        """Put the box back to the proposed place."""
        if self._state.is_box_moved:
            self._remember()
            self._put_box(self._state.proposed_box)

    def undo(self) -> None:
        """Take the last move back, of the box or of a blank."""
        if not self._undo:
            return
        box, blanks = self._undo.pop()
        if blanks != self._state.blanks:
            self._put_blanks(blanks)
        else:
            self._put_box(box)

    # the blanks of number and date, where none were found

    def ask_blank(self, which: str | None) -> None:
        """Let the next place that is chosen in the page area be a blank's; with None no more."""
        state = self._state
        if which is not None and (which not in state.blanks_to_place or state.is_busy):
            return
        if which is not None and state.paper is not None:
            self.show_file(state.paper.main.ref.file_id)
        if which != state.asked_blank:
            self._become(replace(self._state, asked_blank=which))

    def move_blank(self, which: str, page_index: int, box_mm: BoxMm) -> None:
        """Put a blank where the person wants it, in its size and within the page."""
        self._change_blanks(moved_blanks(self._state, which, page_index, box_mm))

    def remove_blank(self, which: str) -> None:
        """Take a blank away again."""
        self._change_blanks(tuple(it for it in self._state.blanks if it.which != which))

    # how the box and the blanks stand

    def _remember(self) -> None:
        self._undo.append((self._state.box, self._state.blanks))

    def _put_box(self, box: PlacedBox | None) -> None:
        paper, is_moved = self._state.paper, box != self._state.proposed_box
        self._errands.cancel("warnings")
        self._become(
            replace(
                self._state,
                box=box,
                is_box_moved=is_moved,
                can_undo=bool(self._undo),
                warnings=(),
                is_weighing=box is not None and is_moved,
            )
        )
        if box is not None and is_moved and paper is not None:
            self._errands.ask(
                "warnings",
                lambda it: it.warnings(paper.main, box),
                self._warned,
                self._not_weighed,
                Lane.LOCAL,
            )
        self._previews.draw(self._state)

    def _warned(self, warnings: tuple[str, ...]) -> None:
        self._become(replace(self._state, warnings=warnings, is_weighing=False))

    def _not_weighed(self, problem: Problem) -> None:
        # It is weighed once more when it is signed.
        self._become(replace(self._state, problem=problem, is_weighing=False))

    def _change_blanks(self, blanks: tuple[PlacedBlank, ...]) -> None:
        if blanks != self._state.blanks:
            self._remember()
            self._put_blanks(blanks)

    def _put_blanks(self, blanks: tuple[PlacedBlank, ...]) -> None:
        state = self._state
        self._become(replace(state, blanks=blanks, asked_blank=None, can_undo=bool(self._undo)))

    def _drawn(self, kind: SignatureKind, picture: PagePicture) -> None:
        self._become(replace(self._state, pictures={**self._state.pictures, kind: picture}))

    # another file

    def _show_file(self, file: ShownFile) -> None:
        is_other = file != self._state.shown_file
        self._become(
            replace(
                self._state,
                shown_file=file,
                awaited_file=None,
                file_problem=None,
                asked_blank=None if is_other else self._state.asked_blank,
            )
        )
        if is_other:
            self.file_shown.emit(file)
            self._previews.draw(self._state)

    def _fetched(self, file: ShownFile) -> None:
        self._state = replace(self._state, fetched=(*self._state.fetched, file))
        self._show_file(file)

    def _not_fetched(self, problem: Problem) -> None:
        self._become(replace(self._state, awaited_file=None, file_problem=problem))

    def _hide(self) -> None:
        """Nothing of what will be signed is on the screen any more."""
        self._guard.stop()
        self._is_painted = False

    def _become(self, state: DocumentState) -> None:
        self._state = state
        self.changed.emit()
