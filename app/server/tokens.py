"""The access token of a session: in memory, renewed by one thread at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.errors import AppError
from app.server.oauth import AuthorizationServer, Grant
from app.server.vault import Vault

_MARGIN_S = 20.0
"""A token that ends within this time is renewed before use: a slow upload should not outlive it."""


class TokenSource:
    """Gives access tokens and renews them with the refresh token, which may change with every renewal.

    Args:
        office: where tokens come from.
        refresh_token: the first one.
        grant: the tokens just issued, so that nothing is renewed at once.
        kept_in: the keyring entry (vault, user id) that the refresh token was read from.
        monotonic: seconds that never jump.
    """

    def __init__(
        self,
        office: AuthorizationServer,
        refresh_token: str | None,
        *,
        grant: Grant | None = None,
        kept_in: tuple[Vault, str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._office = office
        self._refresh_token = refresh_token
        self._access_token: str | None = None
        self._good_until = 0.0
        self._monotonic = monotonic
        self._one_at_a_time = threading.Lock()
        self._vault: Vault | None = None
        self._user_id = ""
        if kept_in is not None:
            self._vault, self._user_id = kept_in
        if grant is not None:
            self._take(grant)

    def access_token(self, refused: str | None = None) -> str:
        """Return a token that should work, and another than `refused`.

        Raises:
            AppError: `server.sign_in_again` when there is no way to a new one; `server.unreachable` and its like,
                after which the next call tries again.
        """
        with self._one_at_a_time:
            token = self._access_token
            if token is not None and token != refused and self._monotonic() < self._good_until:
                return token
            return self._renewed()

    def keep_in(self, vault: Vault, user_id: str) -> AppError | None:
        """Keep the refresh token, and each that follows, in the keyring.

        Returns:
            `server.no_keyring` to be told, when the person will have to sign in again next time.
        """
        with self._one_at_a_time:
            self._vault, self._user_id = vault, user_id
            return self._saved()

    def sign_out(self) -> None:
        """Forget all tokens here and in the keyring, then have the server revoke them.

        Raises:
            AppError: when the server could not be told; here they are forgotten all the same.
        """
        with self._one_at_a_time:
            token = self._refresh_token
            self._forget()
        if token is not None:
            self._office.revoke(token)

    def _renewed(self) -> str:
        self._take_over_from_another_program()
        if self._refresh_token is None:
            raise AppError("server.sign_in_again", server=self._office.address.url)
        try:
            grant = self._office.refresh(self._refresh_token)
        except AppError as error:
            if error.code == "server.sign_in_again":
                self._forget()
            raise
        self._take(grant)
        self._saved()
        return grant.access_token

    def _take_over_from_another_program(self) -> None:
        """Read the keyring again: window and command line share one entry, and a used refresh token is refused."""
        if self._vault is not None:
            self._refresh_token = self._vault.load(self._user_id) or self._refresh_token

    def _take(self, grant: Grant) -> None:
        self._access_token = grant.access_token
        self._refresh_token = grant.refresh_token or self._refresh_token
        life_s = grant.expires_in_s
        self._good_until = (
            float("inf")
            if life_s is None
            else self._monotonic() + max(life_s - _MARGIN_S, life_s / 2)
        )

    def _saved(self) -> AppError | None:
        if self._vault is None or self._refresh_token is None:
            return None
        try:
            self._vault.save(self._user_id, self._refresh_token)
        except AppError as error:
            return error
        return None

    def _forget(self) -> None:
        self._access_token = None
        self._refresh_token = None
        if self._vault is not None:
            self._vault.forget(self._user_id)
