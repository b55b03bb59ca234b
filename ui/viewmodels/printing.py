"""The print of an open document for paper: signed and numbered for the ink seal, or as it was issued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.workplace.records import Problem
from ui.bridge import Bridge
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands

if TYPE_CHECKING:
    from app.workflow.printing import PrintKind
    from ui.viewmodels.document_pages import DocumentPages


@dataclass(frozen=True, slots=True)
class Printed:
    """A print that was written: where, which one, and message codes to tell."""

    out: Path
    kind: PrintKind
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintState:
    """`can_print`: the leader has signed, so number and date can be filled in. `problem` is why nothing was written."""

    can_print: bool = False
    is_printing: bool = False
    printed: Printed | None = None
    problem: Problem | None = None


class PrintVm(ViewModel):
    """Writes prints of the document that is open; what is told of one falls with the document.

    Args:
        bridge: to the workplace.
        document: the open document's view-model.
    """

    def __init__(self, bridge: Bridge, document: DocumentPages) -> None:
        super().__init__()
        self._document = document
        self._errands = Errands(bridge)
        self._sha256: str | None = None
        self._state = PrintState()
        document.changed.connect(self._look)

    @property
    def state(self) -> PrintState:
        """What is shown."""
        return self._state

    @property
    def suggested_name(self) -> str:
        """A file name to begin with."""
        paper = self._document.state.paper
        return "" if paper is None else f"{Path(paper.main.ref.name).stem}-in.pdf"

    def print_to(self, out: Path) -> None:
        """Write the print that the office's paper archive gets, or that the ink seal goes on.

        Source: Decree 30/2020, Article 18.5.
        """
        paper, day = self._document.state.paper, self._document.state.issue_date
        if paper is None or not self._state.can_print or self._state.is_printing:
            return
        self._become(PrintState(can_print=True, is_printing=True))
        self._errands.ask(
            "print",
            lambda it: it.print_paper(paper, out, issue_date=day),
            partial(self._printed, out),
            self._failed,
        )

    def _look(self) -> None:
        state = self._document.state
        sha256 = None if state.paper is None else state.paper.main.sha256
        if sha256 != self._sha256:
            self._sha256 = sha256
            self._errands.cancel("print")
            self._become(PrintState(can_print=state.can_print))
        else:
            self._become(replace(self._state, can_print=state.can_print))

    def _printed(self, out: Path, told: tuple[PrintKind, tuple[str, ...]]) -> None:
        kind, notes = told
        self._become(PrintState(self._state.can_print, printed=Printed(out, kind, notes)))

    def _failed(self, problem: Problem) -> None:
        self._become(PrintState(self._state.can_print, problem=problem))

    def _become(self, state: PrintState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
