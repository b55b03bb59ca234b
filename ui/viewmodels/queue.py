"""What waits for me: my queues, brought up to date by the clock and by the server's events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from PySide6.QtCore import QTimer, Signal

from app.clock import Clock, system_clock
from app.workflow.documents import Person, Queue, Task
from app.workflow.queues import queues_of
from app.workplace.records import Problem, Progress, Step
from ui.bridge import Bridge, Errand, Lane
from ui.viewmodels.account import OFFLINE
from ui.viewmodels.base import ViewModel
from ui.viewmodels.queue_rows import (
    IS_SIGNED,
    Group,
    Row,
    RowStatus,
    Sheet,
    arrange,
    is_for_paper,
    ready_for_search,
)

SYNC_S = 60
RETRY_S = 15
"""How soon the server is asked again: while it answers, and while it does not."""

_STATUS = {
    Step.SENDING: RowStatus.SIGNED,
    Step.KEPT: RowStatus.KEPT,
    Step.DONE: RowStatus.ACCEPTED,
    Step.FAILED: RowStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class QueueState:
    """`shown` is the queue that is looked at, None for all of mine; `counts` is how much waits in each.

    `synced_at` is when the server last answered; `problem` is why it did not since.
    """

    queues: tuple[Queue, ...] = ()
    shown: Queue | None = None
    groups: tuple[Group, ...] = ()
    counts: Mapping[Queue, int] = field(default_factory=dict)
    search: str = ""
    selected: str | None = None
    ticked: tuple[str, ...] = ()
    is_known: bool = False
    is_syncing: bool = False
    problem: Problem | None = None
    synced_at: datetime | None = None

    def rows(self) -> Iterator[Row]:
        """All rows that are shown, in order."""
        return (row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is known here of a document, as it was at `updated_at`."""

    updated_at: datetime
    status: RowStatus = RowStatus.UNREAD
    is_reviewed: bool = False
    is_ticked: bool = False


class QueueVm(ViewModel):
    """My queues.

    Signals:
        chosen: a document was chosen (`Task`).
        synced: the server answered (True), or could not be reached (False).
        ticked_changed: other documents are ticked.
    """

    chosen = Signal(object)
    synced = Signal(object)
    ticked_changed = Signal()

    def __init__(self, bridge: Bridge, clock: Clock = system_clock) -> None:
        super().__init__()
        self._bridge = bridge
        self._clock = clock
        self._state = QueueState()
        self._sheet = Sheet()
        self._marks: dict[str, _Mark] = {}
        self._syncing: Errand | None = None
        self._listening: Errand | None = None
        self._is_serving = self._is_stale = self._is_outdated = False
        self._stream: object = None
        self._next_sync = QTimer(self, singleShot=True)
        self._next_sync.timeout.connect(self.sync)
        self._next_listen = QTimer(self, singleShot=True, interval=RETRY_S * 1000)
        self._next_listen.timeout.connect(self.start_listening)

    @property
    def state(self) -> QueueState:
        """My queues as they are shown now."""
        return self._state

    # whose queues

    def show_person(self, person: Person | None) -> None:
        """Show the queues of a person's roles; with nobody signed in, forget everything."""
        if person is None:
            self._is_serving = False
            self._stop()
            self._sheet, self._marks = Sheet(), {}
            self._show(QueueState())
            return
        queues = queues_of(person.roles)
        self._is_serving = True
        if self._state.problem is not None:
            self._show(replace(self._state, problem=None))
        if queues != self._state.queues:
            self._state = replace(self._state, queues=queues, shown=None)
            self._take(arrange(self._sheet.tasks, queues, Sheet()))

    def show_tasks(self, tasks: Sequence[Task]) -> None:
        """Show what this machine remembers, until the server has answered."""
        self._state = replace(self._state, is_known=self._state.is_known or bool(tasks))
        self._take(arrange(tasks, self._state.queues, self._sheet, self._selected_task()))

    # with the server

    def sync(self) -> None:
        """Ask the server what waits for me; again at once where something changed while it was asked.

        With nobody signed in there is nothing to ask.
        """
        if not self._is_serving:
            return
        if self._state.is_syncing:
            self._is_stale = True
            return
        self._is_stale = self._is_outdated = False
        self._next_sync.stop()
        queues, before, kept = self._state.queues, self._sheet, self._selected_task()
        self._state = replace(self._state, is_syncing=True)
        # First, for whoever is shown that it is asked may end it all.
        self._syncing = self._bridge.ask(
            lambda workplace: ready_for_search(arrange(workplace.sync(), queues, before, kept)),
            self._synced,
            self._not_synced,
            Lane.SYNC,
        )
        self._show(self._state)

    def start_listening(self) -> None:
        """Ask the server whenever it says that something changed."""
        if self._stream is not None or not self._is_serving:
            return
        self._stream = stream = object()
        self._listening = self._bridge.ask(
            lambda workplace: workplace.listen(
                lambda: self._bridge.post(lambda: self._heard(stream))
            ),
            self._stopped_listening,
            self._stopped_listening,
            Lane.LISTEN,
        )

    # what the person does

    def select(self, document_id: str) -> None:
        """Choose a document."""
        row = self._sheet.row(document_id)
        if row is None or document_id == self._state.selected:
            return
        self._state = replace(self._state, selected=document_id)
        if self._sheet.drop_kept():
            self._regroup()
        else:
            self._show(self._state)
        self.chosen.emit(row.task)

    def deselect(self) -> None:
        """Choose no document."""
        if self._state.selected is not None:
            self._state = replace(self._state, selected=None)
            self._sheet.drop_kept()
            self._regroup()

    def is_signed(self, document_id: str) -> bool:
        """Say whether a document of the queue was signed here."""
        row = self._sheet.row(document_id)
        return row is not None and row.status in IS_SIGNED

    def select_next(self) -> bool:
        """Choose the next document that is not signed: below, else above. Return whether there is one."""
        rows = list(self._state.rows())
        ids = [row.task.document_id for row in rows]
        at = ids.index(self._state.selected) if self._state.selected in ids else -1
        for row in (*rows[at + 1 :], *reversed(rows[: max(at, 0)])):
            if row.status not in IS_SIGNED:
                self.select(row.task.document_id)
                return True
        return False

    def tick(self, document_id: str, is_ticked: bool) -> None:  # noqa: FBT001 - a check box's answer
        """Take a reviewed document into the batch, or out of it."""
        row = self._sheet.row(document_id)
        if row is not None and row.can_tick and row.is_ticked != is_ticked:
            self._mark(document_id, is_ticked=is_ticked)

    def untick_all(self) -> None:
        """Take every document out of the batch."""
        for document_id in self._state.ticked:
            self._marks[document_id] = replace(self._marks[document_id], is_ticked=False)
            self._apply(document_id)
        self._regroup()

    def search(self, text: str) -> None:
        """Show only what has all these words."""
        if text != self._state.search:
            self._state = replace(self._state, search=text)
            self._regroup()

    def show_queue(self, queue: Queue | None) -> None:
        """Look at one of my queues, or at all."""
        if queue is not self._state.shown:
            self._state = replace(self._state, shown=queue)
            self._regroup()

    # what happened elsewhere

    def reviewed(self, document_id: str) -> None:
        """Take note that a document was opened and is shown: it may go into a batch."""
        row = self._sheet.row(document_id)
        if row is None:
            return
        status = RowStatus.READ if row.status is RowStatus.UNREAD else row.status
        self._mark(document_id, is_reviewed=True, status=status)

    def report(self, progress: Progress) -> None:
        """Show how far the signature of a document has come."""
        status = _STATUS.get(progress.step)
        row = self._sheet.row(progress.document_id)
        if status is None or row is None:
            return
        # What the server was asked before may answer with the document as it was.
        self._is_outdated = self._is_outdated or (status in IS_SIGNED and self._state.is_syncing)
        is_ticked = row.is_ticked and status not in IS_SIGNED
        self._mark(progress.document_id, status=status, is_ticked=is_ticked)

    def _synced(self, sheet: Sheet) -> None:
        if self._is_outdated:
            self._state = replace(self._state, is_syncing=False)
            self.sync()
            return
        self._state = replace(
            self._state, is_syncing=False, is_known=True, problem=None, synced_at=self._clock()
        )
        # First, for whoever is told may end it all.
        self._ask_again(SYNC_S)
        tasks = tuple(row.task for row in sheet.rows)
        self._bridge.ask(lambda workplace: workplace.prefetch(tasks), _ignore, _ignore, Lane.SYNC)
        self._take(sheet)
        self.synced.emit(True)  # noqa: FBT003 - a signal's only argument

    def _not_synced(self, problem: Problem) -> None:
        self._state = replace(self._state, is_syncing=False, problem=problem)
        is_offline = problem.code in OFFLINE
        # First, for whoever is shown it may end it all.
        self._show(self._state)
        if not self._is_serving:
            return
        self._ask_again(RETRY_S if is_offline else SYNC_S)
        if is_offline:
            self.synced.emit(False)  # noqa: FBT003 - as above

    def _ask_again(self, after_s: int) -> None:
        if self._is_stale:
            self.sync()
        else:
            self._next_sync.start(after_s * 1000)

    def _heard(self, stream: object) -> None:
        # A stream that nobody listens to any more may still speak.
        if stream is self._stream:
            self.sync()

    def _stopped_listening(self, _: object) -> None:
        self._stream = None
        self._next_listen.start()

    def _stop(self) -> None:
        self._next_sync.stop()
        self._next_listen.stop()
        for errand in (self._syncing, self._listening):
            if errand is not None:
                errand.cancel()
        self._is_stale, self._stream = False, None

    def _take(self, sheet: Sheet) -> None:
        """Show another sheet, with what is known here of its documents."""
        selected = self._selected_task()
        if selected is not None and selected.document_id not in sheet.place:
            sheet = arrange(sheet.tasks, self._state.queues, self._sheet, selected)
        if sheet is self._sheet:
            self._show(self._state)
            return
        self._sheet = sheet
        for document_id in tuple(self._marks):
            self._apply(document_id)
        self._regroup()

    def _mark(self, document_id: str, **changes: object) -> None:
        row = self._sheet.rows[self._sheet.place[document_id]]
        mark = self._marks.get(document_id) or _Mark(row.task.updated_at)
        changed = replace(mark, updated_at=row.task.updated_at, **changes)  # type: ignore[arg-type]  # of _Mark
        self._marks[document_id] = changed
        if self._apply(document_id):
            self._regroup()

    def _apply(self, document_id: str) -> bool:
        row, mark = self._sheet.row(document_id), self._marks[document_id]
        if row is None:
            del self._marks[document_id]
            return False
        if row.task.updated_at != mark.updated_at and mark.status not in {
            RowStatus.SIGNED,
            RowStatus.KEPT,
        }:
            # It has changed since: what was read is not what lies there now.
            del self._marks[document_id]
            return self._sheet.set(document_id, status=RowStatus.UNREAD)
        can_tick = (
            mark.is_reviewed
            and row.task.queue is Queue.TO_SIGN
            and mark.status not in IS_SIGNED
            and not is_for_paper(row.task)
        )
        is_ticked = can_tick and mark.is_ticked
        return self._sheet.set(
            document_id, status=mark.status, can_tick=can_tick, is_ticked=is_ticked
        )

    def _regroup(self) -> None:
        ticked = tuple(
            row.task.document_id
            for row in (self._sheet.row(document_id) for document_id in self._marks)
            if row is not None and row.is_ticked
        )
        ticked = tuple(sorted(ticked, key=self._sheet.place.__getitem__))
        is_other = ticked != self._state.ticked
        self._show(
            replace(
                self._state,
                groups=self._sheet.groups(self._state.shown, self._state.search),
                counts=self._sheet.counts,
                ticked=ticked,
            )
        )
        if is_other:
            self.ticked_changed.emit()

    def _selected_task(self) -> Task | None:
        row = self._sheet.row(self._state.selected)
        return None if row is None else row.task

    def _show(self, state: QueueState) -> None:
        self._state = state
        self.changed.emit()


def _ignore(_: object) -> None:
    return
