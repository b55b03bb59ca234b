"""Which tokens are in, and the one that is open: for five minutes without use, then it is locked."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from app.workplace.records import Key, Problem
from signing.errors import KEY_STAYS_OPEN
from ui.bridge import Bridge, Lane
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from signing.token.records import (  # not needed for the window's first picture
        ModuleInfo,
        TokenInfo,
    )

SESSION_S = 300
"""How long a token stays open without use."""

WATCH_MS = 2000
AFRESH_EVERY = 8
"""So many glances share one load of the drivers, while no token is open: some drivers list their slots only once."""

CLOCKS = (time.monotonic, time.time)
"""One stands still while a machine sleeps, the other can be set back: the one that says more counts."""


class TokenPhase(StrEnum):
    """What is known of the tokens."""

    LOOKING = "looking"
    READY = "ready"
    NONE = "none"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class TokenState:
    """`seconds_left` is how long `open_key` stays open without use; `problem` is why no token is seen."""

    phase: TokenPhase = TokenPhase.LOOKING
    modules: tuple[ModuleInfo, ...] = ()
    open_key: Key | None = None
    seconds_left: int | None = None
    problem: Problem | None = None

    @property
    def tokens(self) -> tuple[TokenInfo, ...]:
        """The tokens that are in."""
        return tuple(token for module in self.modules for token in module.tokens)


def is_same_key(one: Key | None, other: Key | None) -> bool:
    """Tell whether two are one key on one token, whatever else was learned of the token between."""
    return (
        one is not None
        and other is not None
        and one.token.serial == other.token.serial
        and one.certificate.sha256 == other.certificate.sha256
    )


def is_lost(problem: Problem | None) -> bool:
    """Tell whether a problem means that no token is open any more: it was lost, or its process ended."""
    if problem is None:
        return False
    if problem.code.startswith("worker."):
        return problem.params.get("worker", "token") == "token"
    return problem.code.startswith("token.") and problem.code not in KEY_STAYS_OPEN


class TokenVm(ViewModel):
    """The tokens of this machine. No PIN is ever here.

    Signals:
        looked: what is in was looked up anew, with or without success.
        put_in: that look saw a token which the one before did not.
    """

    looked = Signal()
    put_in = Signal()

    def __init__(self, bridge: Bridge, clocks: Sequence[Callable[[], float]] = CLOCKS) -> None:
        super().__init__()
        self._bridge = bridge
        self._clocks = clocks
        self._used_at_s = self._now_s()
        self._state = TokenState()
        self._is_looking = self._is_glancing = False
        self._glances = 0
        self._serials: set[str] = set()
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self.glance)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    @property
    def state(self) -> TokenState:
        """What is known of the tokens now."""
        return self._state

    def watch(self) -> None:
        """Notice from now on what is put in and taken out."""
        self._watch.start()

    def glance(self) -> None:
        """See whether other tokens are in than before, and look where it is so; nothing while that is under way."""
        if self._is_looking or self._is_glancing:
            return
        self._is_glancing = True
        self._glances += 1
        afresh = self._state.open_key is None and self._glances % AFRESH_EVERY == 0
        self._bridge.ask(
            lambda workplace: workplace.has_token_news(afresh=afresh),
            self._glanced,
            self._unglanced,
            Lane.TOKEN,
        )

    def look(self, *, again: bool = False) -> None:
        """Look which tokens are in, one that is looking already answers for both.

        A driver that crashed or hung before is tried `again` only where a person asks.
        """
        if self._is_looking:
            return
        self._is_looking = True
        self._show(replace(self._state, phase=TokenPhase.LOOKING, problem=None))
        self._bridge.ask(
            lambda workplace: workplace.tokens(again=again), self._seen, self._unseen, Lane.TOKEN
        )

    def opened(self, key: Key) -> None:
        """Count down from now on: this key was just opened."""
        self._used_at_s = self._now_s()
        self._show(replace(self._state, open_key=key, seconds_left=SESSION_S))
        self._timer.start()

    def used(self) -> None:
        """Count down anew: the open key was just used."""
        if self._state.open_key is not None:
            self._used_at_s = self._now_s()
            self._show(replace(self._state, seconds_left=SESSION_S))
            self._timer.start()

    def tick(self) -> None:
        """Look at the clocks: a machine that slept has counted no ticks."""
        left_s = self._left_s()
        if left_s > 0:
            self._show(replace(self._state, seconds_left=left_s))
        else:
            self.lock()

    def lock(self) -> None:
        """Forget the open token: the next signature asks for the PIN."""
        self._timer.stop()
        if self._state.open_key is None:
            return
        self._show(replace(self._state, open_key=None, seconds_left=None))
        # Where locking fails, the token process is gone, and every session with it.
        self._bridge.ask(lambda workplace: workplace.lock(), _ignore, _ignore, Lane.TOKEN)

    def forget(self) -> None:
        """Forget the open token because the person wants it: at once, not only after a batch that is under way."""
        if self._state.open_key is not None:
            self.lock()
            # The batch has the token's own lane; its next signature finds the token closed.
            self._bridge.ask(lambda workplace: workplace.lock(), _ignore, _ignore, Lane.DESK)

    def lost(self) -> None:
        """Forget the open token, for it was lost, and look what is in."""
        self.lock()
        self.look()

    def is_open(self, key: Key) -> bool:
        """Tell whether a key can sign without its PIN."""
        return is_same_key(self._state.open_key, key) and self._left_s() > 0

    def _left_s(self) -> int:
        passed_s = max(
            now_s - then_s for now_s, then_s in zip(self._now_s(), self._used_at_s, strict=True)
        )
        return SESSION_S - int(passed_s)

    def _now_s(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)

    def _glanced(self, has_news: bool) -> None:  # noqa: FBT001 - an answer
        self._is_glancing = False
        if has_news:
            self.look()

    def _unglanced(self, _: Problem) -> None:
        self._is_glancing = False

    def _seen(self, modules: Sequence[ModuleInfo]) -> None:
        state = replace(self._state, modules=tuple(modules))
        if state.tokens:
            phase, problem = TokenPhase.READY, None
        else:
            problem = next((_problem_of(item) for item in modules if item.problem), None)
            phase = TokenPhase.NONE if problem is None else TokenPhase.PROBLEM
        self._end_look(replace(state, phase=phase, problem=problem))

    def _unseen(self, problem: Problem) -> None:
        self._end_look(replace(self._state, phase=TokenPhase.PROBLEM, modules=(), problem=problem))

    def _end_look(self, state: TokenState) -> None:
        self._is_looking = False
        before, now = self._serials, {item.serial for item in state.tokens}
        self._serials = now
        self._show(state)
        key = state.open_key
        if key is not None and key.token.serial not in now:
            self.lock()
        elif key is not None:
            # A driver that died at the look took every session with it.
            self._bridge.ask(
                lambda workplace: workplace.is_open(key),
                partial(self._told_open, key),
                _ignore,
                Lane.TOKEN,
            )
        self.looked.emit()
        if now - before:
            self.put_in.emit()

    def _told_open(self, key: Key, is_open: bool) -> None:  # noqa: FBT001 - an answer
        if not is_open and is_same_key(self._state.open_key, key):
            self.lock()

    def _show(self, state: TokenState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _problem_of(module: ModuleInfo) -> Problem:
    return Problem(module.problem or "bug", {"module": module.path, "worker": "token"})


def _ignore(_: object) -> None:
    return
