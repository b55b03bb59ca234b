"""Signing in to the document server: with the system browser, with a code on another device, or from the keyring."""

from __future__ import annotations

import secrets
import threading
import webbrowser
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field

from oauthlib.oauth2 import OAuth2Error, WebApplicationClient

from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.server.loopback import LoopbackAnswer
from app.server.oauth import (
    CLIENT_ID,
    AuthorizationServer,
    DeviceCode,
    Grant,
    refused_by,
    seen_as_tls,
)
from app.server.tokens import TokenSource
from app.server.transport import ServerAddress
from app.server.vault import Vault
from app.workflow.documents import Person

OpenBrowser = Callable[[str], bool]
"""Shows a URL to the person and says whether a browser opened."""

_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in person at one server. `not_kept` is told when the next start will ask to sign in again."""

    person: Person
    server: HttpDocumentServer
    tokens: TokenSource = field(repr=False)
    not_kept: AppError | None = None

    def sign_out(self) -> None:
        """Forget the tokens here and in the keyring, and have the server revoke them.

        Raises:
            AppError: when the server could not be told; here they are forgotten all the same.
        """
        self.tokens.sign_out()
        self.server.close()


class BrowserSignIn:
    """Authorization code with PKCE S256 in the system browser, answered on a loopback port (RFC 8252).

    Args:
        address: the server.
        open_browser: how the person sees the URL.
        patience_s: how long the person may take.
    """

    def __init__(
        self,
        address: ServerAddress,
        *,
        open_browser: OpenBrowser = webbrowser.open,
        patience_s: float = _PATIENCE_S,
    ) -> None:
        self._office = AuthorizationServer(address)
        self._open_browser = open_browser
        self._patience_s = patience_s
        self._given_up: Future[str] = Future()

    def run(self) -> Session:
        """Wait for the person and return the session; call it outside the window's thread.

        Raises:
            AppError: `server.no_browser`, `server.sign_in_denied`, `server.sign_in_state`,
                `server.sign_in_timeout`, `server.sign_in_cancelled`, `server.sign_in_failed`.
        """
        client = WebApplicationClient(CLIENT_ID)
        verifier = client.create_code_verifier(64)
        challenge = client.create_code_challenge(verifier, "S256")
        state = secrets.token_urlsafe(32)
        endpoint = self._office.metadata().authorization_endpoint
        with LoopbackAnswer() as loopback:
            self._given_up.add_done_callback(lambda _: _fail(loopback.answer))
            url = client.prepare_request_uri(
                seen_as_tls(endpoint),
                redirect_uri=loopback.redirect_uri,
                state=state,
                code_challenge=challenge,
                code_challenge_method="S256",
            )
            answer = self._answer_to(endpoint + url.removeprefix(seen_as_tls(endpoint)), loopback)
        code = _code_in(client, answer, state)
        grant = self._office.exchange_code(
            code, redirect_uri=loopback.redirect_uri, verifier=verifier
        )
        return _session(self._office, grant)

    def cancel(self) -> None:
        """Stop waiting: `run` raises `server.sign_in_cancelled`."""
        _fail(self._given_up)

    def _answer_to(self, url: str, loopback: LoopbackAnswer) -> str:
        try:
            opened = self._open_browser(url)
        except webbrowser.Error as error:
            raise AppError("server.no_browser") from error
        if not opened:
            raise AppError("server.no_browser")
        try:
            return loopback.answer.result(self._patience_s)
        except FutureTimeoutError as error:
            raise AppError("server.sign_in_timeout") from error


class DeviceSignIn:
    """Device code (RFC 8628), where no browser opens on this machine.

    Args:
        address: the server.
        show: tells the person where to go and what to enter.
        pause: waits so many seconds and says whether the person gave up meanwhile.
    """

    def __init__(
        self,
        address: ServerAddress,
        *,
        show: Callable[[DeviceCode], None],
        pause: Callable[[float], bool] | None = None,
    ) -> None:
        self._office = AuthorizationServer(address)
        self._show = show
        self._given_up = threading.Event()
        self._pause = pause or self._given_up.wait

    def run(self) -> Session:
        """Wait for the person and return the session; call it outside the window's thread.

        Raises:
            AppError: `server.sign_in_denied`, `server.sign_in_timeout`, `server.sign_in_cancelled`,
                `server.sign_in_failed`.
        """
        code = self._office.ask_device_code()
        self._show(code)
        interval_s, waited_s = float(code.interval), 0.0
        while waited_s < code.expires_in:
            if self._pause(interval_s):
                raise AppError("server.sign_in_cancelled")
            waited_s += interval_s
            try:
                grant = self._office.exchange_device_code(code.device_code)
            except AppError as error:
                if error.code not in {"server.busy", "server.unreachable", "server.timeout"}:
                    raise
                interval_s += 5
                continue
            if grant is not None:
                return _session(self._office, grant)
        raise AppError("server.sign_in_timeout")

    def cancel(self) -> None:
        """Stop waiting: `run` raises `server.sign_in_cancelled`."""
        self._given_up.set()


def kept_session(address: ServerAddress, person: Person) -> Session:
    """Go on as a person who signed in here before, without asking the server: it may be out of reach.

    Raises:
        AppError: `server.sign_in_again` where the keyring holds nothing of theirs.
    """
    tokens = _kept_tokens(address, person.user_id)
    return Session(person, HttpDocumentServer(address, tokens), tokens)


def restore_session(address: ServerAddress, user_id: str | None = None) -> Session:
    """Sign in with what the keyring holds, for `user_id` or whoever signed in last.

    Raises:
        AppError: `server.sign_in_again` where the keyring holds nothing that is still good.
    """
    tokens = _kept_tokens(address, user_id)
    server = HttpDocumentServer(address, tokens)
    return Session(server.me(), server, tokens)


def sign_out(address: ServerAddress, user_id: str | None = None) -> None:
    """Forget what the keyring holds, then have the server revoke it; works without a network too.

    Raises:
        AppError: `server.sign_in_again` where nobody is signed in; else when the server could not be told, and
            the keyring has forgotten all the same.
    """
    _kept_tokens(address, user_id).sign_out()


def session_from_refresh_token(address: ServerAddress, refresh_token: str) -> Session:
    """Sign in with a refresh token that a script reads from standard input; the keyring is not touched.

    Raises:
        AppError: `server.sign_in_again` when it is no longer good.
    """
    tokens = TokenSource(AuthorizationServer(address), refresh_token.strip())
    server = HttpDocumentServer(address, tokens)
    return Session(server.me(), server, tokens)


def _kept_tokens(address: ServerAddress, user_id: str | None) -> TokenSource:
    vault = Vault(address.url)
    whom = user_id or vault.last_user()
    refresh_token = None if whom is None else vault.load(whom)
    if whom is None or refresh_token is None:
        raise AppError("server.sign_in_again", server=address.url)
    return TokenSource(AuthorizationServer(address), refresh_token, kept_in=(vault, whom))


def _session(office: AuthorizationServer, grant: Grant) -> Session:
    tokens = TokenSource(office, grant.refresh_token, grant=grant)
    server = HttpDocumentServer(office.address, tokens)
    person = server.me()
    return Session(
        person, server, tokens, tokens.keep_in(Vault(office.address.url), person.user_id)
    )


def _code_in(client: WebApplicationClient, answer: str, state: str) -> str:
    try:
        return client.parse_request_uri_response(f"https://127.0.0.1{answer}", state)["code"]
    except OAuth2Error as error:
        raise refused_by(error) from error


def _fail(waiting: Future[str]) -> None:
    try:
        waiting.set_exception(AppError("server.sign_in_cancelled"))
    except InvalidStateError:
        return
