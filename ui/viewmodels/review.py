"""Checking a received file: which one, what was found, which of its signatures is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.clock import Clock, system_clock
from app.workflow.folders import FoundFile
from app.workflow.report_letter import is_returnable
from app.workplace.records import Problem, Review
from signing.report import FileReport
from signing.terms import Verdict
from ui.bridge import Bridge, Errand, Lane
from ui.sheets import PageBox
from ui.viewmodels.base import ViewModel
from ui.viewmodels.report import Findings, ReportVm

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace


class ReviewPhase(StrEnum):
    """How far checking a file has come."""

    EMPTY = "empty"
    CHECKING = "checking"
    DONE = "done"
    FAILED = "failed"  # it could not be checked at all: nothing is known of it


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A file that is checked or was checked.

    `name` is what a person calls the file. `selected` is the field of the signature that is looked at. `checked_at`
    and `size_bytes` belong to a finished check: certificates are judged as of then.
    """

    phase: ReviewPhase = ReviewPhase.EMPTY
    path: Path | None = None
    name: str = ""
    review: Review | None = None
    selected: str | None = None
    problem: Problem | None = None
    checked_at: datetime | None = None
    size_bytes: int | None = None


class ReviewVm(ViewModel):
    """Checks one file after the other; the newest wish counts.

    Signals:
        opened: a file was checked (`Review`).
        closed: what was found of a file is not shown any more.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self, bridge: Bridge, clock: Clock = system_clock) -> None:
        super().__init__()
        self._bridge = bridge
        self._clock = clock
        self._state = ReviewState()
        self._errand: Errand | None = None
        self.report = ReportVm(bridge, self._findings)
        self.returning = ReportVm(bridge, self._returnable)

    @property
    def state(self) -> ReviewState:
        """What is shown."""
        return self._state

    def open(self, path: Path, name: str = "") -> None:
        """Check a file, whatever was asked before; `name` where it is kept under another one."""
        self.close()
        self._become(ReviewState(ReviewPhase.CHECKING, path, name or path.name))
        self._errand = self._bridge.ask(
            lambda workplace: _judge(workplace, path), self._judged, self._failed, Lane.DESK
        )

    def again(self) -> None:
        """Check the same file once more."""
        if self._state.path is not None:
            self.open(self._state.path, self._state.name)

    def select(self, field: str | None) -> None:
        """Look at one signature, or at none."""
        review = self._state.review
        fields = {item.field for item in review.report.signatures} if review else set()
        wanted = field if field in fields else None
        if wanted != self._state.selected:
            self._become(replace(self._state, selected=wanted))

    def close(self) -> None:
        """Put the file away."""
        self._give_up()
        was_shown = self._state.review is not None
        self._become(ReviewState())
        if was_shown:
            self.closed.emit()

    def page_boxes(self) -> tuple[PageBox, ...]:
        """Return a mark for each visible signature, keyed by its field."""
        review = self._state.review
        if review is None:
            return ()
        return tuple(
            PageBox(item.field, *review.boxes[item.field], "mark", "verdict." + item.verdict.value)
            for item in review.report.signatures
            if item.field in review.boxes
        )

    def _judged(self, answer: tuple[Review, int | None]) -> None:
        review, size_bytes = answer
        self._errand = None
        self._become(
            replace(
                self._state,
                phase=ReviewPhase.DONE,
                review=review,
                selected=deciding_field(review.report),
                checked_at=self._clock(),
                size_bytes=size_bytes,
            )
        )
        self.opened.emit(review)

    def _failed(self, problem: Problem) -> None:
        self._errand = None
        self._become(replace(self._state, phase=ReviewPhase.FAILED, problem=problem))

    def _findings(self) -> Findings | None:
        state = self._state
        if state.review is None or state.path is None or state.checked_at is None:
            return None
        file = FoundFile(state.path, state.name)
        return Findings(((file, state.review.report),), state.checked_at)

    def _returnable(self) -> Findings | None:
        findings = self._findings()
        return findings if findings and is_returnable(findings.found[0][1]) else None

    def _give_up(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
            self._errand = None

    def _become(self, state: ReviewState) -> None:
        if state != self._state:
            self._state = state
            self.report.look()
            self.returning.look()
            self.changed.emit()


def deciding_field(report: FileReport) -> str | None:
    """Return the field of the signature to look at first: the one that decided, or the only one."""
    if len(report.signatures) == 1:
        return report.signatures[0].field
    if report.verdict is Verdict.VALID:
        return None
    return next((item.field for item in report.signatures if item.verdict is report.verdict), None)


def _judge(workplace: Workplace, path: Path) -> tuple[Review, int | None]:
    review = workplace.review(path)
    try:
        return review, path.stat().st_size
    except OSError:
        return review, None
