"""Who is signed in at this machine, and the office that they work in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from app.errors import AppError
from app.server.events import QueueEvents
from app.server.oauth import DeviceCode
from app.server.sign_in import (
    BrowserSignIn,
    DeviceSignIn,
    OpenBrowser,
    Session,
    kept_session,
    restore_session,
)
from app.server.transport import ServerAddress
from app.settings import Settings
from app.store import QueueCache
from app.workflow.documents import Person
from app.workflow.office import Office
from app.workflow.ports import DocumentServer
from app.workplace.own_journal import OwnJournal

_logger = logging.getLogger(__name__)


class PersonsServer(DocumentServer, Protocol):
    """A document server with one person signed in; `app.server.client.HttpDocumentServer` is one."""

    def events(self) -> QueueEvents:
        """Listen for changes of my queues."""

    def close(self) -> None:
        """Close idle connections."""


class SignedIn(Protocol):
    """A person with their server; `app.server.sign_in.Session` is one."""

    @property
    def person(self) -> Person:
        """Who it is."""

    @property
    def server(self) -> PersonsServer:
        """What they may ask."""

    @property
    def not_kept(self) -> AppError | None:
        """Why the next start will ask to sign in again."""

    def sign_out(self) -> None:
        """Forget the tokens. Raises where the server could not be told."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody signed in, with their office. `person` is as the server last said."""

    session: SignedIn
    person: Person
    office: Office


class Account:
    """Signs one person in and out. Safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        cache: QueueCache,
        furnish: Callable[[Person, PersonsServer], Office],
        open_browser: OpenBrowser | None = None,
    ) -> None:
        """Prepare it; nobody is signed in yet.

        Args:
            settings: say which server.
            cache: remembers who was signed in.
            furnish: makes a person's office.
            open_browser: opens the sign-in page whatever browser is asked for, say for the demo office's people.
        """
        self._settings = settings
        self._cache = cache
        self._furnish = furnish
        self._open_browser = open_browser
        self._seat: Seat | None = None
        self._waiting: BrowserSignIn | DeviceSignIn | None = None
        self._lock = threading.Lock()

    @property
    def seat(self) -> Seat | None:
        """Who is signed in, if anybody."""
        return self._seat

    def seated(self) -> Seat:
        """Return who is signed in.

        Raises:
            AppError: `server.sign_in_again` where nobody is.
        """
        seat = self._seat
        if seat is None:
            raise AppError("server.sign_in_again", server=self._settings.server)
        return seat

    def refuse_others(self, person: Person) -> None:
        """Raise where it is not, or no more, this person who is signed in.

        Raises:
            AppError: `server.sign_in_again`.
        """
        if self.seated().person.user_id != person.user_id:
            raise AppError("server.sign_in_again", server=self._settings.server)

    def restore(self) -> Person:
        """Sign in with what the keyring holds; whoever is signed in already stays.

        Raises:
            AppError: `settings.no_server`; `server.sign_in_again`; when the server is out of reach, which leaves
                whoever was signed in before at their work.
        """
        seat = self._seat or self._kept()
        if seat is None:
            return self.take(restore_session(self._address(), self._settings.user))
        try:
            person = seat.session.server.me()
        except AppError as error:
            if error.code == "server.sign_in_again":
                self._leave()
            raise
        return self._sit(seat.session, person).person

    def sign_in(self, open_browser: OpenBrowser) -> Person:
        """Sign in through a browser. Errors as `BrowserSignIn`."""
        browser = self._open_browser or open_browser
        return self._run(BrowserSignIn(self._address(), open_browser=browser))

    def sign_in_with_code(self, show: Callable[[str, str], None]) -> Person:
        """Sign in on another device; `show` is told URL and code. Errors as `DeviceSignIn`."""

        def told(code: DeviceCode) -> None:
            show(code.verification_uri, code.user_code)

        return self._run(DeviceSignIn(self._address(), show=told))

    def cancel(self) -> None:
        """Give up a sign-in that waits; harmless where none does."""
        with self._lock:
            waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.cancel()

    def take(self, session: SignedIn) -> Person:
        """Seat somebody; the queues' copy of anybody else is dropped."""
        return self._sit(session, session.person).person

    def sign_out(self) -> None:
        """Forget tokens and the queues' copy. A server that cannot be told of it is told nothing."""
        seat = self._leave()
        self._cache.clear()
        if seat is None:
            return
        try:
            seat.session.sign_out()
        except AppError as error:
            _logger.warning("server.not_revoked", extra={"code": error.code})

    def leave(self) -> None:
        """Seat nobody; keyring and queues' copy stay as they are."""
        seat = self._leave()
        if seat is not None:
            seat.session.server.close()

    def refurnish(self) -> None:
        """Make the seated person's office anew: a picture of theirs has changed."""
        seat = self.seated()
        self._sit(seat.session, seat.person)

    def close(self) -> None:
        """Give up what waits and close connections."""
        self.cancel()
        self.leave()

    def _kept(self) -> Seat | None:
        """Seat whoever was signed in before, without asking the server; None where this machine knows nobody."""
        known = self._cache.person()
        if known is None or self._settings.user not in (None, known.user_id):
            return None
        return self._sit(kept_session(self._address(), known), known)

    def _sit(self, session: SignedIn, person: Person) -> Seat:
        office = self._furnish(person, session.server)
        office = replace(office, journal=OwnJournal(office.journal, person))
        seat = Seat(session, person, office)
        self._cache.remember_person(person)
        with self._lock:
            before, self._seat = self._seat, seat
        if before is not None and before.session.server is not session.server:
            before.session.server.close()
        return seat

    def _run(self, sign_in: BrowserSignIn | DeviceSignIn) -> Person:
        with self._lock:
            self._waiting = sign_in
        try:
            session: Session = sign_in.run()
        finally:
            with self._lock:
                is_cancelled, self._waiting = self._waiting is not sign_in, None
        if is_cancelled:
            # It was given up while the server already gave its tokens.
            with suppress(AppError):
                session.sign_out()
            raise AppError("server.sign_in_cancelled")
        return self.take(session)

    def _leave(self) -> Seat | None:
        with self._lock:
            seat, self._seat = self._seat, None
        return seat

    def _address(self) -> ServerAddress:
        if not self._settings.server:
            raise AppError("settings.no_server")
        return ServerAddress(self._settings.server, self._settings.office_ca)
