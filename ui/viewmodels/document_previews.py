"""What will stand in the boxes of an open document, drawn by the code that draws the signature itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.workers.records import PagePicture
from app.workplace.records import Paper, PlacedBox, Problem
from signing.terms import SignatureKind
from ui.bridge import Lane
from ui.viewmodels.document_boxes import shown_boxes
from ui.viewmodels.document_state import DocumentState
from ui.viewmodels.errands import Errands

if TYPE_CHECKING:
    from app.rules import CopyForm
    from app.workplace.workplace import Workplace

PREVIEW_DPI = 220.0
"""What stands in a box is drawn once, sharp enough for the page at three times its real size on a common screen."""


class Previews:
    """Has each kind drawn once for its size.

    Args:
        errands: the document's.
        drawn: told of each picture.
    """

    def __init__(
        self, errands: Errands, drawn: Callable[[SignatureKind, PagePicture], None]
    ) -> None:
        self._errands = errands
        self._drawn = drawn
        self._drawn_as: dict[SignatureKind, tuple[str, float, float]] = {}

    def draw(self, state: DocumentState) -> None:
        """Have drawn what is missing of the boxes that are shown."""
        for box in shown_boxes(state):
            wanted = (state.form, round(box.box_mm.width_mm, 2), round(box.box_mm.height_mm, 2))
            if state.paper is not None and self._drawn_as.get(box.kind) != wanted:
                self._drawn_as[box.kind] = wanted
                self._errands.ask(
                    f"preview {box.kind}",
                    partial(_draw, state.paper, box, state.form),
                    partial(self._drawn, box.kind),
                    partial(self._not_drawn, box.kind),
                    Lane.LOCAL,
                )

    def forget(self) -> None:
        """Draw anew from now on: another document is open."""
        self._drawn_as.clear()

    def _not_drawn(self, kind: SignatureKind, _: Problem) -> None:
        """A box without its picture is still a box; the next time it is tried again."""
        self._drawn_as.pop(kind, None)


def _draw(paper: Paper, box: PlacedBox, form: CopyForm, workplace: Workplace) -> PagePicture:
    return workplace.preview(paper, box, PREVIEW_DPI, form)
