"""What a signature under way shows: each document and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.workplace.records import Key, Order, OrderKind, Problem, Progress, Step
from signing.terms import PinState
from ui.viewmodels.document_state import DONE as SETTLED

SLOW_S = 20
"""After so long without an answer the person is told that the token does not answer."""
ENDS = frozenset({Step.DONE, Step.KEPT, Step.FAILED, Step.SKIPPED})
AGAIN = frozenset({Step.FAILED, Step.SKIPPED})
_AT_THE_TOKEN = frozenset({Step.SIGNING, Step.SEALING, Step.ATTACHMENTS})
WANTS_PIN = "token.pin_each_time"
_TO_THE_WORSE = (PinState.UNKNOWN, PinState.OK, PinState.LOW, PinState.FINAL, PinState.LOCKED)
ASK_AGAIN = frozenset(
    {
        "token.pin_incorrect",
        "token.password_incorrect",
        "token.pin_length",
        "token.pin_last_try",
        "token.pin_locked",
        "token.cancelled",
    }
)
"""After these the token is as it was, and its PIN can be given anew."""


class SigningPhase(StrEnum):
    """How far it has come."""

    IDLE = "idle"
    CHOOSING = "choosing"
    AWAITING_PIN = "awaiting_pin"
    OPENING = "opening"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Item:
    """One document of the batch and how far it is. `detail` is its number or its signature's level."""

    order: Order
    step: Step = Step.WAITING
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    detail: str | None = None

    @property
    def can_retry(self) -> bool:
        """Whether it was not signed, and still waits to be."""
        is_settled = self.problem is not None and self.problem.code in SETTLED
        return self.step in AGAIN and not is_settled


@dataclass(frozen=True, slots=True)
class SigningState:
    """What is being signed, with what, and how far it is. The PIN is never here.

    `asks_last_try`: one try is left, and an explicit yes is wanted before the PIN. `is_one_by_one`: the key wants its
    PIN for each signature; `asks_one_by_one`: that was just learned, and a yes is wanted before a batch begins.
    `problem` belongs to the phase: no key could be chosen, or the last PIN was refused. `waited_s` is how long nothing
    was heard.
    """

    phase: SigningPhase = SigningPhase.IDLE
    orders: tuple[Order, ...] = ()
    key: Key | None = None
    pin_state: PinState = PinState.UNKNOWN
    pin_pad: bool = False
    asks_last_try: bool = False
    is_one_by_one: bool = False
    asks_one_by_one: bool = False
    problem: Problem | None = None
    items: tuple[Item, ...] = ()
    waited_s: int = 0

    @property
    def kind(self) -> OrderKind | None:
        """What all orders ask for; None where they differ."""
        kinds = {order.kind for order in self.orders}
        return kinds.pop() if len(kinds) == 1 else None

    @property
    def can_give_pin(self) -> bool:
        """Whether a PIN is taken now."""
        return (
            self.phase is SigningPhase.AWAITING_PIN
            and self.pin_state is not PinState.LOCKED
            and not (self.asks_last_try or self.asks_one_by_one)
        )

    @property
    def due(self) -> tuple[Order, ...]:
        """What the next PIN is for: all that has no result yet; one where the key wants a PIN for each."""
        has_none = [item.order for item in self.items if item.step not in ENDS]
        due = tuple(has_none) if self.items else self.orders
        return due[:1] if self.is_one_by_one and not self.asks_one_by_one else due

    @property
    def can_cancel(self) -> bool:
        """Whether `cancel` leads back: once the token works, it is not interrupted."""
        return self.phase in (SigningPhase.CHOOSING, SigningPhase.AWAITING_PIN)

    @property
    def is_working(self) -> bool:
        """Whether the token works."""
        return self.phase in (SigningPhase.OPENING, SigningPhase.RUNNING)

    @property
    def note(self) -> str | None:
        """The code of what a person who waits should know."""
        if self.waited_s < SLOW_S or not self._waits_for_token():
            return None
        return "token.slow"

    @property
    def can_skip_stamp(self) -> bool:
        """Whether it has been waited so long that a time stamp may be what is missing."""
        return self.phase is SigningPhase.RUNNING and self.note is not None

    @property
    def ended(self) -> int:
        """How many documents have their result."""
        return sum(item.step in ENDS for item in self.items)

    @property
    def ended_well(self) -> bool:
        """Whether it was one document, it is with the server, and nothing about it remains to be read."""
        return self.phase is SigningPhase.DONE and [
            (item.step, item.notes) for item in self.items
        ] == [(Step.DONE, ())]

    @property
    def can_retry(self) -> bool:
        """Whether it is over and some documents that wait were not signed."""
        return self.phase is SigningPhase.DONE and any(item.can_retry for item in self.items)

    def moved_on(self, progress: Progress) -> tuple[Item, ...]:
        """Return the items with what was told of one."""
        return tuple(
            replace(
                item,
                step=progress.step,
                problem=progress.problem,
                notes=progress.notes or item.notes,
                detail=progress.detail or item.detail,
            )
            if item.order.document_id == progress.document_id
            else item
            for item in self.items
        )

    def count(self, step: Step) -> int:
        """Return how many documents are at a step."""
        return sum(item.step is step for item in self.items)

    def _waits_for_token(self) -> bool:
        if self.phase is SigningPhase.CHOOSING:
            return self.problem is None
        if self.phase is SigningPhase.OPENING:
            return not self.pin_pad  # there, it is the person who is waited for
        return self.phase is SigningPhase.RUNNING and any(
            item.step in _AT_THE_TOKEN for item in self.items
        )


def told_pin_state(problem: Problem) -> PinState | None:
    """Return what the token said of its PIN when it refused one."""
    told = problem.params.get("state")
    return PinState(str(told)) if told is not None else None


def worse_pin_state(problem: Problem | None, shown: PinState) -> PinState:
    """Return the worse of what the token said of its PIN when it refused one, and of what its flags show."""
    told = None if problem is None else told_pin_state(problem)
    return shown if told is None else max(told, shown, key=_TO_THE_WORSE.index)
