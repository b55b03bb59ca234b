"""Writing down what was found, at the person's wish: where to, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.messages import Language
from app.workflow.folders import FoundFile
from app.workplace.records import Problem
from signing.report import FileReport
from ui.bridge import Bridge
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands

if TYPE_CHECKING:
    from app.workflow.reporting import ReportForm

Finding = tuple[FoundFile, FileReport]


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be written down: files with their reports, and when they were checked."""

    found: tuple[Finding, ...]
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class ReportState:
    """`problem` is why nothing was written."""

    can_write: bool = False
    is_writing: bool = False
    written: Path | None = None
    has_letter: bool = False
    problem: Problem | None = None


class ReportVm(ViewModel):
    """Writes reports. What is told of one falls as soon as something else was found.

    Args:
        bridge: to the workplace.
        shown: returns what is shown now; None where there is nothing to write.
    """

    def __init__(self, bridge: Bridge, shown: Callable[[], Findings | None]) -> None:
        super().__init__()
        self._errands = Errands(bridge)
        self._shown = shown
        self._findings: Findings | None = None
        self._state = ReportState()

    @property
    def state(self) -> ReportState:
        """What is shown."""
        return self._state

    @property
    def findings(self) -> Findings | None:
        """What would be written."""
        return self._findings

    def look(self) -> None:
        """See what can be written now."""
        findings = self._shown()
        if findings != self._findings:
            self._findings = findings
            self._errands.cancel("write")
            self._become(ReportState(can_write=findings is not None))

    def write(self, out: Path, form: ReportForm, language: Language, *, may_replace: bool) -> None:
        """Write it; `may_replace` where the person has agreed to lose what is there."""
        findings = self._findings
        if findings is None or self._state.is_writing:
            return
        self._become(ReportState(can_write=True, is_writing=True))
        self._errands.ask(
            "write",
            lambda it: it.checks().write(
                findings.found, findings.checked_at, out, form, language, may_replace=may_replace
            ),
            partial(self._written, out),
            self._failed,
        )

    def write_return(
        self, letter: str, out: Path, language: Language, *, may_replace: bool
    ) -> None:
        """Write the report with a letter to the sender beside it."""
        findings = self._findings
        if findings is None or self._state.is_writing:
            return
        self._become(ReportState(can_write=True, is_writing=True))
        self._errands.ask(
            "write",
            lambda it: it.checks().write_return(
                findings.found, findings.checked_at, letter, out, language, may_replace=may_replace
            ),
            partial(self._written, out, has_letter=True),
            self._failed,
        )

    def _written(self, out: Path, done: None, *, has_letter: bool = False) -> None:
        del done
        self._become(ReportState(can_write=True, written=out, has_letter=has_letter))

    def _failed(self, problem: Problem) -> None:
        self._become(ReportState(can_write=True, problem=problem))

    def _become(self, state: ReportState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
