"""Registering a checked file as an incoming document (văn bản đến), for a clerk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.workflow.documents import Arrival, Person, Role
from app.workplace.records import Order, OrderKind, Problem, Progress, Review, Step
from signing.terms import Verdict
from ui.bridge import Bridge
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from app.workflow.incoming import Registered
    from app.workplace.workplace import Workplace

_REFUSED = {Verdict.INVALID, Verdict.UNREADABLE}
"""Such files go back to the sender (Decree 30/2020, Article 21)."""


class IncomingPhase(StrEnum):
    """How far registering has come."""

    CLOSED = "closed"
    FILLING = "filling"
    REGISTERING = "registering"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class IncomingState:
    """What a clerk can do with the file that was checked.

    `missing` are the fields of `Arrival` that are still empty. `wants_block` says whether the office's rules put the
    agency's incoming block on such a file. Of what is registered: its `abstract`, its `number` (số đến), the codes of
    what is to be said of it, whether the block was put on it, and whether that is still to be sent.
    """

    phase: IncomingPhase = IncomingPhase.CLOSED
    is_offered: bool = False
    missing: tuple[str, ...] = ()
    problem: Problem | None = None
    wants_block: bool = False
    abstract: str = ""
    number: str | None = None
    notes: tuple[str, ...] = ()
    is_sealed: bool = False
    is_kept: bool = False


class IncomingVm(ViewModel):
    """Registers the file that was checked last.

    Where the office's rules put the agency's block on it, that is an order, carried out as every signature is.

    Signals:
        order_wanted: the clerk agreed to register it and to put the block on it (`Order`).
        registered: the file is in the register.
    """

    order_wanted = Signal(object)
    registered = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._state = IncomingState()
        self._is_clerk = False
        self._review: Review | None = None

    @property
    def state(self) -> IncomingState:
        """What is shown."""
        return self._state

    def serve(self, person: Person | None) -> None:
        """Work for whoever is signed in; only a clerk registers."""
        self._is_clerk = person is not None and Role.CLERK in person.roles
        self._start_over()

    def look_at(self, review: Review | None) -> None:
        """Another file was checked, or none that can be registered is shown any more."""
        self._review = review
        self._start_over()

    def begin(self) -> None:
        """Fill in what the register asks for."""
        if self._state.is_offered and self._state.phase is IncomingPhase.CLOSED:
            self._become(replace(self._state, phase=IncomingPhase.FILLING))
            review = self._review
            self._bridge.ask(
                lambda workplace: workplace.signs_incoming(),
                lambda wants: self._ruled(review, wants_block=wants),
                lambda problem: self._unruled(review, problem),
            )

    def cancel(self) -> None:
        """Do not register it."""
        if self._state.phase is IncomingPhase.FILLING:
            self._start_over()

    def register(self, arrival: Arrival) -> None:
        """Register the file; nothing happens while something is missing, but it is said."""
        review = self._review
        if review is None or self._state.phase is not IncomingPhase.FILLING:
            return
        missing = tuple(
            name
            for name in ("abstract", "sender", "sender_number")
            if not getattr(arrival, name).strip()
        )
        if missing:
            self._become(replace(self._state, missing=missing, problem=None))
            return
        self._become(
            replace(
                self._state,
                phase=IncomingPhase.REGISTERING,
                missing=(),
                problem=None,
                abstract=arrival.abstract,
            )
        )
        order = _order(review, arrival)
        self._bridge.ask(
            lambda workplace: _register(workplace, order),
            lambda registered: self._answered(review, order, registered),
            lambda problem: self._failed(review, problem),
        )

    def report(self, progress: Progress) -> None:
        """Show how far the order for this file has come; where it failed it can be tried again from the form."""
        review = self._review
        is_mine = review is not None and progress.document_id == review.report.sha256
        if not is_mine or self._state.phase is not IncomingPhase.FILLING:
            return
        # The number is told when it is taken, and stays when the rest waits for the server.
        state = replace(self._state, number=progress.detail or self._state.number)
        if progress.step in (Step.DONE, Step.KEPT):
            is_kept = progress.step is Step.KEPT
            state = replace(state, is_sealed=True, is_kept=is_kept, notes=progress.notes)
            self._end(state)
        else:
            self._become(state)

    def _ruled(self, review: Review | None, *, wants_block: bool) -> None:
        if self._is_at(IncomingPhase.FILLING, review):
            self._become(replace(self._state, wants_block=wants_block))

    def _unruled(self, review: Review | None, problem: Problem) -> None:
        if self._is_at(IncomingPhase.FILLING, review):
            self._become(replace(self._state, problem=problem))

    def _answered(self, review: Review, order: Order, registered: Registered | None) -> None:
        if registered is None:
            if self._is_at(IncomingPhase.REGISTERING, review):
                self._become(replace(self._state, phase=IncomingPhase.FILLING, wants_block=True))
                self.order_wanted.emit(order)
        elif self._is_at(IncomingPhase.REGISTERING, review):
            number, notes = registered.numbering.text, registered.notes
            self._end(replace(self._state, number=number, notes=notes))
        else:
            self.registered.emit()

    def _end(self, state: IncomingState) -> None:
        self._become(replace(state, phase=IncomingPhase.DONE))
        self.registered.emit()

    def _failed(self, review: Review, problem: Problem) -> None:
        if self._is_at(IncomingPhase.REGISTERING, review):
            self._become(replace(self._state, phase=IncomingPhase.FILLING, problem=problem))

    def _is_at(self, phase: IncomingPhase, review: Review | None) -> bool:
        """Tell whether an answer still belongs to what is shown."""
        return self._state.phase is phase and self._review is review

    def _start_over(self) -> None:
        report = self._review.report if self._review is not None else None
        is_fit = report is not None and report.verdict not in _REFUSED and bool(report.sha256)
        self._become(IncomingState(is_offered=self._is_clerk and is_fit))

    def _become(self, state: IncomingState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _order(review: Review, arrival: Arrival) -> Order:
    # The same bytes are the same arrival: pressed twice, or tried again, it takes one number.
    sha256 = review.report.sha256 or ""
    return Order(
        OrderKind.INCOMING,
        sha256,
        arrival.abstract,
        {sha256: sha256},
        None,
        arrival=arrival,
        path=review.path,
    )


def _register(workplace: Workplace, order: Order) -> Registered | None:
    """Register a file at once; None where the rules put a block on it, which needs the token."""
    if workplace.signs_incoming():
        return None
    assert order.path is not None
    assert order.arrival is not None
    return workplace.register_incoming(order.path, order.arrival, order.document_id)
