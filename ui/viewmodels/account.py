"""Who is signed in, and the way there: in this machine's browser, or with a code on another device."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import Signal

from app.workflow.documents import Person
from app.workplace.records import Problem
from ui.bridge import Bridge, Errand, Lane
from ui.viewmodels.base import ViewModel

OFFLINE = frozenset({"server.unreachable", "server.timeout"})
"""What says that the server cannot be reached now, and nothing else."""

_ASKS_ANEW = frozenset({"server.sign_in_again", "settings.no_server"})
"""What a restored sign-in does not survive."""


class AccountPhase(StrEnum):
    """How far signing in has come."""

    LOADING = "loading"
    SIGNED_OUT = "signed_out"
    WAITING_BROWSER = "waiting_browser"
    WAITING_CODE = "waiting_code"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class AccountState:
    """`person` is who is signed in. `code_url` and `code` are told while a code is waited for, and not before."""

    phase: AccountPhase = AccountPhase.LOADING
    person: Person | None = None
    is_online: bool = True
    code_url: str | None = None
    code: str | None = None
    problem: Problem | None = None
    server: str | None = None


class AccountVm(ViewModel):
    """Signs in and out.

    Signals:
        signed_in: a person is signed in (`Person`); offline, from this machine's memory alone.
        seated: the workplace knows who it is too: their queues can be asked for.
        signed_out: nobody is signed in any more.
    """

    signed_in = Signal(object)
    seated = Signal()
    signed_out = Signal()

    def __init__(
        self,
        bridge: Bridge,
        server: str | None = None,
        open_browser: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._open_browser = open_browser or _open_browser
        self._errand: Errand | None = None
        self._attempt = 0
        self._state = AccountState(server=server)

    @property
    def state(self) -> AccountState:
        """Who is signed in now, or how far that has come."""
        return self._state

    def start(self, person: Person | None) -> None:
        """Take up the last sign-in. `person` is whom this machine remembers: their queue is shown meanwhile."""
        if person is None:
            self._show(replace(self._state, phase=AccountPhase.LOADING, problem=None))
        else:
            self._enter(person)
        self._errand = self._bridge.ask(
            lambda workplace: workplace.restore(), self._restored, self._not_restored, Lane.ACCOUNT
        )

    def sign_in(self) -> None:
        """Sign in through this machine's browser; with a code where there is none."""
        self._wait(AccountPhase.WAITING_BROWSER)
        self._errand = self._bridge.ask(
            lambda workplace: workplace.sign_in(self._open_browser),
            self._seat,
            self._not_entered,
            Lane.ACCOUNT,
        )

    def sign_in_with_code(self) -> None:
        """Sign in on another device."""
        self._wait(AccountPhase.WAITING_CODE)
        attempt = self._attempt
        self._errand = self._bridge.ask(
            lambda workplace: workplace.sign_in_with_code(
                lambda url, code: self._bridge.post(lambda: self._show_code(attempt, url, code))
            ),
            self._seat,
            self._not_entered,
            Lane.ACCOUNT,
        )

    def cancel(self) -> None:
        """Give up a sign-in that waits."""
        if self._state.phase not in {AccountPhase.WAITING_BROWSER, AccountPhase.WAITING_CODE}:
            return
        self._drop()
        # The account's own lane is the one that waits.
        self._bridge.ask(lambda workplace: workplace.cancel_sign_in(), _ignore, _ignore, Lane.LOCAL)
        self._leave(None)

    def sign_out(self) -> None:
        """Sign out. What is signed and not sent stays on this machine."""
        self._drop()
        self._bridge.ask(
            lambda workplace: workplace.sign_out(), _ignore, self._not_signed_out, Lane.ACCOUNT
        )
        self._leave(None)

    def expire(self, problem: Problem) -> None:
        """Ask for another sign-in: the server does not take this one any more (`server.sign_in_again`)."""
        # Whoever asks the server before the last sign-in was taken up is refused too.
        if self._state.phase is AccountPhase.SIGNED_IN and self._errand is None:
            self._bridge.ask(lambda workplace: workplace.leave(), _ignore, _ignore, Lane.ACCOUNT)
            self._leave(problem)

    def went_online(self, is_online: bool) -> None:  # noqa: FBT001 - a signal's only argument
        """Take note that the server answers, or does not."""
        self._show(replace(self._state, is_online=is_online))

    def _restored(self, person: Person) -> None:
        self._show(replace(self._state, is_online=True))
        self._seat(person)

    def _seat(self, person: Person) -> None:
        self._errand = None
        self._enter(person)
        self.seated.emit()

    def _not_restored(self, problem: Problem) -> None:
        self._errand = None
        if problem.code in OFFLINE:
            self._show(replace(self._state, is_online=False))
        if self._state.person is not None and problem.code not in _ASKS_ANEW:
            # The server is away or unwell: what is stored here is worked on meanwhile.
            self._show(replace(self._state, problem=None if problem.code in OFFLINE else problem))
            self.seated.emit()
            return
        # Whoever never signed in here needs no excuse for being asked to.
        is_first = problem.code == "server.sign_in_again" and self._state.person is None
        self._leave(None if is_first else problem)

    def _not_entered(self, problem: Problem) -> None:
        if problem.code == "server.no_browser":
            self.sign_in_with_code()
            self._show(replace(self._state, problem=problem))
            return
        if problem.code in OFFLINE:
            self._show(replace(self._state, is_online=False))
        self._leave(None if problem.code == "server.sign_in_cancelled" else problem)

    def _not_signed_out(self, problem: Problem) -> None:
        self._show(replace(self._state, problem=problem))

    def _show_code(self, attempt: int, url: str, code: str) -> None:
        if attempt == self._attempt and self._state.phase is AccountPhase.WAITING_CODE:
            self._show(replace(self._state, code_url=url, code=code))

    def _wait(self, phase: AccountPhase) -> None:
        self._drop()
        self._attempt += 1
        self._show(
            replace(self._state, phase=phase, person=None, code_url=None, code=None, problem=None)
        )

    def _enter(self, person: Person) -> None:
        is_news = self._state.person != person
        self._show(
            AccountState(
                AccountPhase.SIGNED_IN,
                person,
                is_online=self._state.is_online,
                server=self._state.server,
            )
        )
        if is_news:
            self.signed_in.emit(person)

    def _leave(self, problem: Problem | None) -> None:
        had_person = self._state.person is not None
        self._show(
            AccountState(
                AccountPhase.SIGNED_OUT,
                is_online=self._state.is_online,
                problem=problem,
                server=self._state.server,
            )
        )
        if had_person:
            self.signed_out.emit()

    def _drop(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
            self._errand = None

    def _show(self, state: AccountState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _open_browser(url: str) -> bool:
    import webbrowser  # noqa: PLC0415 - the window starts without it

    return webbrowser.open(url)


def _ignore(_: object) -> None:
    return
