"""The refresh token in the operating system's keyring, and nowhere else."""

from __future__ import annotations

import keyring
from keyring.errors import KeyringError, NoKeyringError

from app.errors import AppError

SERVICE = "trinhky"


class Vault:
    """Entries of one server: a refresh token a person, and who signed in last."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url

    def last_user(self) -> str | None:
        """Return who signed in last on this machine account; None where nobody did or there is no keyring."""
        return self._read(self._server_url)

    def load(self, user_id: str) -> str | None:
        """Return a person's refresh token; None where there is none or no keyring."""
        return self._read(self._account(user_id))

    def save(self, user_id: str, refresh_token: str) -> None:
        """Keep a person's refresh token.

        Raises:
            AppError: `server.no_keyring` where there is none, or it is locked.
        """
        try:
            keyring.set_password(SERVICE, self._account(user_id), refresh_token)
            keyring.set_password(SERVICE, self._server_url, user_id)
        except (KeyringError, NoKeyringError) as error:
            raise AppError("server.no_keyring") from error

    def forget(self, user_id: str) -> None:
        """Delete a person's entries; harmless where there are none."""
        for account in (self._account(user_id), self._server_url):
            try:
                keyring.delete_password(SERVICE, account)
            except (KeyringError, NoKeyringError):
                continue

    def _read(self, account: str) -> str | None:
        try:
            return keyring.get_password(SERVICE, account)
        except (KeyringError, NoKeyringError):
            return None

    def _account(self, user_id: str) -> str:
        return f"{self._server_url} {user_id}"
