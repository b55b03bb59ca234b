"""Signing, from choosing the key to each document's result. Waiting for a PIN is a state, and the PIN an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QTimer, Signal

from app.workplace.records import Key, Order, OrderKind, Problem, Progress, Step
from signing.terms import PinState
from signing.token.pin import Pin
from ui.bridge import Bridge, Errand, Lane
from ui.viewmodels.base import ViewModel
from ui.viewmodels.document_state import DONE as SETTLED
from ui.viewmodels.token import TokenPhase, TokenVm, is_lost

SLOW_S = 20
"""After so long without an answer the person is told that the token does not answer."""
ENDS = frozenset({Step.DONE, Step.KEPT, Step.FAILED, Step.SKIPPED})
AGAIN = frozenset({Step.FAILED, Step.SKIPPED})
_AT_THE_TOKEN = frozenset({Step.SIGNING, Step.SEALING, Step.ATTACHMENTS})
_ASK_AGAIN = frozenset(
    {
        "token.pin_incorrect",
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

    `asks_last_try`: one try is left, and an explicit yes is wanted before the PIN. `problem` belongs to the phase: no
    key could be chosen, or the last PIN was refused. `waited_s` is how long nothing was heard.
    """

    phase: SigningPhase = SigningPhase.IDLE
    orders: tuple[Order, ...] = ()
    key: Key | None = None
    pin_state: PinState = PinState.UNKNOWN
    pin_pad: bool = False
    asks_last_try: bool = False
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
            and not self.asks_last_try
        )

    @property
    def can_cancel(self) -> bool:
        """Whether `cancel` leads back: once the token works, it is not interrupted."""
        return self.phase in (SigningPhase.CHOOSING, SigningPhase.AWAITING_PIN)

    @property
    def note(self) -> str | None:
        """The code of what a person who waits should know."""
        if self.waited_s < SLOW_S or not self._waits_for_token():
            return None
        return "token.slow"

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


class SigningVm(ViewModel):
    """Signs a batch of documents with one key and one PIN, tried once.

    Signals:
        progressed: a `Progress` of one document.
        finished: every document has its result.
        closed: the results were put away.
    """

    progressed = Signal(object)
    finished = Signal()
    closed = Signal()

    def __init__(self, bridge: Bridge, token: TokenVm) -> None:
        super().__init__()
        self._bridge = bridge
        self._token = token
        self._state = SigningState()
        self._choosing: Errand | None = None
        self._has_looked = False
        self._agreed_last_try = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        token.looked.connect(self._looked)

    @property
    def state(self) -> SigningState:
        """How far it is."""
        return self._state

    def begin(self, orders: Sequence[Order]) -> None:
        """Choose the key for these documents and, where it is open, sign; nothing happens while others are signed."""
        if not orders or self._state.phase not in (SigningPhase.IDLE, SigningPhase.DONE):
            return
        self._choose(SigningState(SigningPhase.CHOOSING, orders=tuple(orders)))

    def look_again(self) -> None:
        """Look at the tokens anew, then choose again."""
        if self._state.can_cancel:
            self._give_up_choosing()
            self._choose(SigningState(SigningPhase.CHOOSING, self._state.orders), look=True)

    def agree_last_try(self) -> None:
        """Agree that the next PIN may lock the token."""
        if self._state.phase is SigningPhase.AWAITING_PIN and self._state.asks_last_try:
            self._agreed_last_try = True
            self._show(replace(self._state, asks_last_try=False))

    def give_pin(self, text: str) -> None:
        """Open the token with a PIN, tried exactly once, and sign. A token with a PIN pad takes none from here."""
        state = self._state
        if not state.can_give_pin or state.key is None:
            return
        if not text and not state.pin_pad:
            self._show(replace(state, problem=Problem("token.pin_empty")))
            return
        key, last_try = state.key, self._agreed_last_try
        self._agreed_last_try = False
        self._show(replace(state, phase=SigningPhase.OPENING, problem=None, waited_s=0))
        # One key is open at a time: the token counts down for one, and a refused login may close the other.
        self._token.lock()
        # The PIN is handed over here; the lane forgets it with the errand.
        pin = Pin("" if state.pin_pad else text)
        self._bridge.ask(
            lambda workplace: workplace.open_key(key, pin, last_try=last_try),
            lambda _: self._opened(key),
            self._refused,
            Lane.TOKEN,
        )

    def cancel(self) -> None:
        """Sign nothing. While the token works it is not interrupted: what it has begun, it ends."""
        if self._state.can_cancel:
            self._give_up_choosing()
            self._show(SigningState())

    def retry_failed(self) -> None:
        """Begin again with the documents that were not signed."""
        if self._state.can_retry:
            self.begin([item.order for item in self._state.items if item.can_retry])

    def close(self) -> None:
        """Put the results away."""
        if self._state.phase is SigningPhase.DONE:
            self._show(SigningState())
            self.closed.emit()

    def tick(self) -> None:
        """Let a second pass."""
        self._show(replace(self._state, waited_s=self._state.waited_s + 1))

    # the key

    def _choose(self, state: SigningState, *, look: bool = False) -> None:
        """Show `state` and choose; looks first where that is asked, or it is not known what is in."""
        self._agreed_last_try = False
        self._has_looked = look or self._token.state.phase is not TokenPhase.READY
        self._show(state)
        if self._has_looked:
            self._token.look()
        else:
            self._ask_key()

    def _ask_key(self) -> None:
        modules, order = self._token.state.modules, self._state.orders[0]
        self._choosing = self._bridge.ask(
            lambda workplace: workplace.choose_key(modules, order), self._chosen, self._unchosen
        )

    def _give_up_choosing(self) -> None:
        if self._choosing is not None:
            self._choosing.cancel()

    def _looked(self) -> None:
        state, tokens = self._state, self._token.state
        if state.phase is SigningPhase.CHOOSING and self._has_looked and state.problem is None:
            if tokens.phase is TokenPhase.READY:
                self._ask_key()
            else:
                problem = tokens.problem or Problem("token.none")
                self._show(replace(state, problem=problem))
        elif state.phase is SigningPhase.AWAITING_PIN and tokens.phase is not TokenPhase.PROBLEM:
            self._look_at_key()

    def _look_at_key(self) -> None:
        """Show what was learned anew of the token whose PIN is awaited."""
        key = self._state.key
        for token in self._token.state.tokens:
            if key is not None and token.serial == key.token.serial:
                self._await_pin(replace(key, token=token), self._state.problem)
                return
        self._stop(Problem("token.removed"))

    def _chosen(self, key: Key) -> None:
        if self._state.phase is not SigningPhase.CHOOSING:
            return  # two looks ended, and this is the second one's answer
        if self._token.is_open(key):
            self._run(key)
        else:
            self._await_pin(key)

    def _unchosen(self, problem: Problem) -> None:
        if self._has_looked:
            self._show(replace(self._state, problem=problem))
        else:  # the token may have been put in since the last look
            self._choose(self._state, look=True)

    def _stop(self, problem: Problem) -> None:
        """Say why the key cannot be used; the person looks again or cancels."""
        self._show(SigningState(SigningPhase.CHOOSING, self._state.orders, problem=problem))

    # the PIN

    def _await_pin(
        self, key: Key, problem: Problem | None = None, pin_state: PinState | None = None
    ) -> None:
        known = pin_state or key.token.pin_state
        if problem is not None and problem.code == "token.pin_locked":
            known = PinState.LOCKED  # said by the token itself, whatever its flags tell or not
        if known is PinState.LOCKED:
            problem = Problem("token.pin_locked", {"token": key.token.label})
        self._show(
            replace(
                self._state,
                phase=SigningPhase.AWAITING_PIN,
                key=key,
                pin_state=known,
                pin_pad=key.token.pin_pad,
                asks_last_try=known is PinState.FINAL and not self._agreed_last_try,
                problem=problem,
                waited_s=0,
            )
        )

    def _opened(self, key: Key) -> None:
        self._token.opened(key)
        self._run(key)

    def _refused(self, problem: Problem) -> None:
        """Say why the PIN was refused, and wait for another: nothing is ever tried twice."""
        key = self._state.key
        if key is None or problem.code not in _ASK_AGAIN:
            self._stop(problem)
        elif problem.code == "token.pin_last_try":
            self._await_pin(key, pin_state=PinState.FINAL)
        else:
            self._await_pin(key, problem, _told_pin_state(problem))
        self._token.look()

    # the work

    def _run(self, key: Key) -> None:
        orders = self._state.orders
        self._show(
            SigningState(
                SigningPhase.RUNNING, orders, key, items=tuple(Item(order) for order in orders)
            )
        )
        self._token.used()
        self._bridge.ask(
            lambda workplace: workplace.carry_out(
                orders, key, lambda progress: self._bridge.post(partial(self._told, progress))
            ),
            lambda _: self._end(),
            self._broke_off,
            Lane.TOKEN,
        )

    def _told(self, progress: Progress) -> None:
        self._token.used()
        items = tuple(_moved_on(self._state.items, progress))
        self._show(replace(self._state, items=items, waited_s=0))
        self.progressed.emit(progress)
        if is_lost(progress.problem):
            self._token.lost()

    def _broke_off(self, problem: Problem) -> None:
        """Give the documents that have no result the reason why none came."""
        for item in self._state.items:
            if item.step not in ENDS:
                self._told(Progress(item.order.document_id, Step.FAILED, problem))
        self._end()

    def _end(self) -> None:
        self._show(replace(self._state, phase=SigningPhase.DONE, waited_s=0))
        self.finished.emit()

    def _show(self, state: SigningState) -> None:
        if state == self._state:
            return
        self._state = state
        waits = state.phase in (SigningPhase.OPENING, SigningPhase.RUNNING) or (
            state.phase is SigningPhase.CHOOSING and state.problem is None
        )
        if waits and not self._timer.isActive():
            self._timer.start()
        elif not waits:
            self._timer.stop()
        self.changed.emit()


def _told_pin_state(problem: Problem) -> PinState | None:
    """Return what the token said of its PIN when it refused one."""
    told = problem.params.get("state")
    return PinState(str(told)) if told is not None else None


def _moved_on(items: Iterable[Item], progress: Progress) -> Iterable[Item]:
    for item in items:
        if item.order.document_id == progress.document_id:
            yield replace(
                item,
                step=progress.step,
                problem=progress.problem,
                notes=progress.notes or item.notes,
                detail=progress.detail or item.detail,
            )
        else:
            yield item
