"""Checking many files at once: how far it is, what was found so far, what of it is looked at."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from app.clock import Clock, system_clock
from app.workflow.folders import FoundFile
from app.workplace.records import Problem
from signing.report import FileReport
from signing.terms import Verdict
from ui.bridge import Bridge, Errand
from ui.viewmodels.base import ViewModel
from ui.viewmodels.report import Findings, ReportVm


class CheckingPhase(StrEnum):
    """How far the check has come."""

    EMPTY = "empty"
    LOOKING = "looking"  # which files there are
    CHECKING = "checking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A file with its report; `index` is its place among the files."""

    index: int
    file: FoundFile
    report: FileReport


@dataclass(frozen=True, slots=True)
class CheckingState:
    """`rows` are in the order in which they were done. `is_stopped`: the person did not wait for the others."""

    phase: CheckingPhase = CheckingPhase.EMPTY
    total: int = 0
    rows: tuple[CheckedRow, ...] = ()
    is_stopped: bool = False
    only_doubtful: bool = False
    problem: Problem | None = None
    checked_at: datetime | None = None

    def shown(self) -> tuple[CheckedRow, ...]:
        """Return the rows to show: all, or those that are not valid."""
        if not self.only_doubtful:
            return self.rows
        return tuple(row for row in self.rows if row.report.verdict is not Verdict.VALID)

    def count(self, verdict: Verdict) -> int:
        """Return how many files got a verdict."""
        return sum(row.report.verdict is verdict for row in self.rows)


@dataclass(eq=False)
class _Run:
    """One check. Reports come from a lane's thread and are taken in pieces by the window's."""

    files: tuple[FoundFile, ...]
    is_wanted: bool = True
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _rows: list[CheckedRow] = field(default_factory=list)

    def put(self, row: CheckedRow) -> bool:
        """Keep a row; say whether it is the first since the last piece was taken."""
        with self._lock:
            self._rows.append(row)
            return len(self._rows) == 1

    def take(self) -> tuple[CheckedRow, ...]:
        """Return what came since the last time."""
        with self._lock:
            rows, self._rows = tuple(self._rows), []
        return rows


class CheckingVm(ViewModel):
    """Checks files and folders; a newer wish ends the check before it."""

    def __init__(self, bridge: Bridge, clock: Clock = system_clock) -> None:
        super().__init__()
        self._bridge = bridge
        self._clock = clock
        self._state = CheckingState()
        self._run: _Run | None = None
        self._errand: Errand | None = None
        self.report = ReportVm(bridge, self._findings)

    @property
    def state(self) -> CheckingState:
        """What is shown."""
        return self._state

    def check(self, paths: Sequence[Path]) -> None:
        """Check files, and the PDF files below folders."""
        self._give_up()
        kept = self._state.only_doubtful
        self._become(CheckingState(CheckingPhase.LOOKING, only_doubtful=kept))
        self._errand = self._bridge.ask(
            lambda workplace: workplace.checks().find(paths),
            partial(self._found, tuple(paths)),
            self._failed,
        )

    def stop(self) -> None:
        """Wait for no more files; what is done is kept."""
        if self._state.phase in (CheckingPhase.LOOKING, CheckingPhase.CHECKING):
            self._give_up()
            self._become(replace(self._state, phase=CheckingPhase.DONE, is_stopped=True))

    def show_only_doubtful(self, *, wanted: bool) -> None:
        """Show what is not valid alone, or everything."""
        self._become(replace(self._state, only_doubtful=wanted))

    def _found(self, paths: tuple[Path, ...], files: tuple[FoundFile, ...]) -> None:
        if not files:
            where = {"path": ", ".join(map(str, paths))}
            self._failed(Problem("verify.no_files", where))
            return
        run = self._run = _Run(files)
        self._become(
            replace(
                self._state,
                phase=CheckingPhase.CHECKING,
                total=len(files),
                checked_at=self._clock(),
            )
        )
        self._errand = self._bridge.ask(
            lambda workplace: workplace.checks().check(
                files, partial(self._judged, run), lambda: run.is_wanted
            ),
            partial(self._done, run),
            self._failed,
        )

    def _judged(self, run: _Run, index: int, report: FileReport) -> None:
        """In a lane's thread: the window takes what has come whenever it has time for it."""
        if run.put(CheckedRow(index, run.files[index], report)):
            self._bridge.post(partial(self._take, run))

    def _take(self, run: _Run) -> None:
        rows = run.take()
        if run is self._run and run.is_wanted and rows:
            self._become(replace(self._state, rows=(*self._state.rows, *rows)))

    def _done(self, run: _Run, nothing: None) -> None:
        del nothing
        self._take(run)
        self._run = self._errand = None
        self._become(replace(self._state, phase=CheckingPhase.DONE))

    def _failed(self, problem: Problem) -> None:
        self._give_up()
        self._become(replace(self._state, phase=CheckingPhase.DONE, problem=problem))

    def _give_up(self) -> None:
        if self._run is not None:
            self._take(self._run)
            self._run.is_wanted = False
            self._run = None
        if self._errand is not None:
            self._errand.cancel()
            self._errand = None

    def _findings(self) -> Findings | None:
        state = self._state
        if state.phase is not CheckingPhase.DONE or not state.rows or state.checked_at is None:
            return None
        ordered = sorted(state.rows, key=lambda row: row.index)
        return Findings(tuple((row.file, row.report) for row in ordered), state.checked_at)

    def _become(self, state: CheckingState) -> None:
        if state != self._state:
            self._state = state
            self.report.look()
            self.changed.emit()
