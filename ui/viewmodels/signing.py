"""Signing, from choosing the key to each document's result. Waiting for a PIN is a state, and the PIN an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal

from app.workplace.records import Key, Order, Problem, Progress, Step
from signing.terms import PinState
from signing.token.pin import Pin
from ui.bridge import Answer, Bridge, Errand, Lane
from ui.viewmodels.base import ViewModel
from ui.viewmodels.signing_state import (
    ASK_AGAIN,
    ENDS,
    SLOW_S,
    WANTS_PIN,
    Item,
    SigningPhase,
    SigningState,
    told_pin_state,
    worse_pin_state,
)
from ui.viewmodels.token import TokenPhase, TokenVm, is_lost

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace
    from signing.token.records import OpenedKey

__all__ = ["ENDS", "SLOW_S", "Item", "SigningPhase", "SigningState", "SigningVm"]

Told = TypeVar("Told")


class SigningVm(ViewModel):
    """Signs a batch of documents with one key and one PIN, tried once.

    Signals:
        progressed: a `Progress` of one document.
        finished: every document has its result.
        closed: the results were put away (each `Item`).
    """

    progressed = Signal(object)
    finished = Signal()
    closed = Signal(object)

    def __init__(self, bridge: Bridge, token: TokenVm) -> None:
        super().__init__()
        self._bridge = bridge
        self._token = token
        self._state = SigningState()
        self._choosing: Errand | None = None
        self._has_looked = False
        self._agreed_last_try = False
        self._unfound: tuple[Problem, ...] = ()
        self._turn = 0
        self._abandoned = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
        token.looked.connect(self._looked)
        token.put_in.connect(self._put_in)

    @property
    def state(self) -> SigningState:
        """How far it is."""
        return self._state

    @property
    def is_working(self) -> bool:
        """Whether the token works, be it for somebody who has left: what it has begun, it ends."""
        return self._state.is_working or self._abandoned > 0

    def begin(self, orders: Sequence[Order]) -> None:
        """Choose the key for these documents and, where it is open, sign; nothing happens while others are there."""
        if orders and self._state.phase is SigningPhase.IDLE:
            self._choose(SigningState(SigningPhase.CHOOSING, tuple(orders)))

    def look_again(self) -> None:
        """Look at the tokens anew, then choose again."""
        if self._state.can_cancel:
            self._give_up_choosing()
            anew = SigningState(SigningPhase.CHOOSING, self._state.orders)
            self._choose(anew, look=True, again=True)

    def agree_last_try(self) -> None:
        """Agree that the next PIN may lock the token."""
        if self._state.phase is SigningPhase.AWAITING_PIN and self._state.asks_last_try:
            self._agreed_last_try = True
            self._show(replace(self._state, asks_last_try=False))

    def agree_one_by_one(self) -> None:
        """Agree that each document wants its own PIN; the one that was given is for the first."""
        key = self._state.key
        if self._state.asks_one_by_one and key is not None:
            self._show(replace(self._state, asks_one_by_one=False))
            if self._token.is_open(key):
                self._run(key)
            else:  # it was locked while it was thought about
                self._await_pin(key)

    def give_pin(self, text: str) -> None:
        """Open the token with a PIN, tried exactly once, and sign. A token with a PIN pad takes none from here."""
        state = self._state
        if not state.can_give_pin or state.key is None:
            return
        if not text and not state.pin_pad:
            # Why the last one was refused is still to be read.
            empty = "token.password_empty" if state.key.token.is_file else "token.pin_empty"
            self._show(replace(state, problem=state.problem or Problem(empty)))
            return
        key, last_try = state.key, self._agreed_last_try
        self._agreed_last_try = False
        self._show(replace(state, phase=SigningPhase.OPENING, problem=None, waited_s=0))
        # One key is open at a time: the token counts down for one, and a refused login may close the other.
        self._token.lock()
        # The PIN is handed over here; the lane forgets it with the errand.
        pin = Pin("" if state.pin_pad else text)
        self._at_the_token(
            lambda workplace: workplace.open_key(key, pin, last_try=last_try),
            partial(self._opened, key),
            self._refused,
        )

    def cancel(self) -> None:
        """Sign nothing. While the token works it is not interrupted: what it has begun, it ends."""
        if not self._state.can_cancel:
            return
        self._give_up_choosing()
        if self._state.asks_one_by_one:
            self._token.lock()
        if self._state.items:
            self._skip_rest(Problem("token.stopped"))
            self._end(None)
        else:
            self._show(SigningState())

    def abandon(self) -> None:
        """Show nothing more of it, for whoever asked has left.

        A key that opens is locked behind it, unused; signatures that are under way are ended, and the token is locked.
        """
        self._give_up_choosing()
        state = self._state
        if state.is_working and state.key is not None:
            self._turn += 1
            self._abandoned += 1
            # The token's lane takes its errands in order: this lock comes after what runs there.
            self._token.opened(state.key)
            self._token.lock()
        self._show(SigningState())

    def skip_time_stamp(self) -> None:
        """Wait no longer for the time stamp: the signature stands without it, and can get one later."""
        if self._state.can_skip_stamp:
            # Not in the token's lane: that is where it is waited.
            self._bridge.ask(lambda workplace: workplace.skip_time_stamp(), _heeded, _unheeded)

    def retry_failed(self) -> None:
        """Begin again with the documents that were not signed."""
        if self._state.can_retry:
            again = tuple(item.order for item in self._state.items if item.can_retry)
            self._choose(SigningState(SigningPhase.CHOOSING, again))

    def close(self) -> None:
        """Put the results away."""
        if self._state.phase is SigningPhase.DONE:
            items = self._state.items
            self._show(SigningState())
            self.closed.emit(items)

    def tick(self) -> None:
        """Let a second pass."""
        self._show(replace(self._state, waited_s=self._state.waited_s + 1))

    # the key

    def _choose(self, state: SigningState, *, look: bool = False, again: bool = False) -> None:
        """Show `state` and choose; looks first where that is asked, or it is not known what is in."""
        self._agreed_last_try = False
        self._has_looked = look or self._token.state.phase is not TokenPhase.READY
        self._show(state)
        if self._has_looked:
            self._token.look(again=again)
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
                self._unfound = (problem,)
                self._show(replace(state, problem=problem))
        elif state.phase is SigningPhase.AWAITING_PIN and tokens.phase is not TokenPhase.PROBLEM:
            self._look_at_key()

    def _put_in(self) -> None:
        """Choose by itself where it was said that no token can sign, and another was put in."""
        if self._state.phase is SigningPhase.CHOOSING and self._state.problem in self._unfound:
            self._show(replace(self._state, problem=None))
            self._ask_key()

    def _look_at_key(self) -> None:
        """Show what was learned anew of the token whose PIN is awaited."""
        key = self._state.key
        for token in self._token.state.tokens:
            if key is not None and token.serial == key.token.serial:
                problem = self._state.problem
                known = worse_pin_state(problem, token.pin_state)
                self._await_pin(replace(key, token=token), problem, known)
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
        self._unfound = (problem,)
        if self._has_looked:
            self._show(replace(self._state, problem=problem))
        else:  # the token may have been put in since the last look
            self._choose(self._state, look=True)

    def _stop(self, problem: Problem) -> None:
        """Say why the key cannot be used; the person looks again or cancels."""
        if self._state.items:
            self._skip_rest(problem)
            self._end(None)
            return
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

    def _opened(self, key: Key, opened: OpenedKey) -> None:
        self._token.opened(key)
        state = replace(self._state, is_one_by_one=opened.wants_pin_each_time)
        is_news = state.is_one_by_one and not self._state.is_one_by_one
        if is_news and len(state.orders) > 1:
            self._show(replace(state, phase=SigningPhase.AWAITING_PIN, asks_one_by_one=True))
        else:
            self._state = state
            self._run(key)

    def _refused(self, problem: Problem) -> None:
        """Say why the PIN was refused, and wait for another: nothing is ever tried twice."""
        key = self._state.key
        if key is None or problem.code not in ASK_AGAIN:
            self._stop(problem)
        elif problem.code == "token.pin_last_try":
            self._await_pin(key, pin_state=PinState.FINAL)
        else:
            self._await_pin(key, problem, told_pin_state(problem))
        self._token.look()

    # the work

    def _run(self, key: Key) -> None:
        state = self._state
        state = SigningState(
            SigningPhase.RUNNING,
            state.orders,
            key,
            items=state.items or tuple(Item(order) for order in state.orders),
            is_one_by_one=state.is_one_by_one,
        )
        orders = state.due
        self._show(state)
        self._token.used()
        heard = partial(self._heard, self._turn)
        self._at_the_token(
            lambda workplace: workplace.carry_out(
                orders, key, lambda progress: self._bridge.post(partial(heard, progress))
            ),
            self._end,
            self._broke_off,
        )

    def _at_the_token(
        self,
        work: Callable[[Workplace], Answer],
        done: Callable[[Answer], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """Ask in the token's lane; of what was abandoned since, only its end is noted."""
        turn = self._turn

        def unless_abandoned(told: Callable[[Told], None], answer: Told) -> None:
            if turn == self._turn:
                told(answer)
            else:
                self._abandoned -= 1
                self.changed.emit()

        self._bridge.ask(
            work, partial(unless_abandoned, done), partial(unless_abandoned, failed), Lane.TOKEN
        )

    def _heard(self, turn: int, progress: Progress) -> None:
        if turn == self._turn:
            self._told(progress)

    def _told(self, progress: Progress) -> None:
        self._token.used()
        problem = progress.problem
        if self._state.is_one_by_one and problem is not None and problem.code == WANTS_PIN:
            progress = Progress(progress.document_id, Step.WAITING)  # the next PIN goes on with it
        self._show(replace(self._state, items=self._state.moved_on(progress), waited_s=0))
        self.progressed.emit(progress)
        if is_lost(progress.problem):
            self._token.lost()
            self._skip_rest(progress.problem)

    def _broke_off(self, problem: Problem) -> None:
        """Give the documents that have no result the reason why none came."""
        for item in self._state.items:
            if item.step not in ENDS:
                self._told(Progress(item.order.document_id, Step.FAILED, problem))
        self._end(None)

    def _skip_rest(self, problem: Problem | None) -> None:
        """Leave the documents for which no PIN was given yet."""
        for item in self._state.items if self._state.is_one_by_one else ():
            if item.step is Step.WAITING:
                progress = Progress(item.order.document_id, Step.SKIPPED, problem)
                self._show(replace(self._state, items=self._state.moved_on(progress)))
                self.progressed.emit(progress)

    def _end(self, _: object) -> None:
        key = self._state.key
        if self._state.is_one_by_one:
            # The PIN was for one signature: the token takes it for no other.
            self._token.lock()
            if key is not None and self._state.due:
                self._await_pin(key)
                return
        if key is not None and key.token.pin_state is not PinState.OK:
            # The right PIN has put that right.
            self._token.look()
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


def _heeded(_: object) -> None:
    """What comes of it is told by the order's own steps."""


def _unheeded(_: Problem) -> None:
    """It waits on; the services' own time-outs end it."""
