"""Who has signed in: authorization codes, tokens and device codes, of which only hashes are stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass

from app.demo.office.ledger import Entry
from app.demo.office.store import OfficeStore

CODE_S = 60
ACCESS_S = 600
REFRESH_S = 30 * 86_400
DEVICE_S = 900
DEVICE_INTERVAL_S = 5
_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


class GrantRefusedError(Exception):
    """An OAuth error (RFC 6749, 5.2; RFC 8628, 3.5)."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Issued:
    """A pair of tokens, shown once."""

    access_token: str
    refresh_token: str
    expires_in_s: int = ACCESS_S


class Grants:
    """Issues, renews, checks and revokes. A code or refresh token that is used twice ends all that came from it."""

    def __init__(self, store: OfficeStore) -> None:
        self._store = store
        self._ledger = store.ledger

    def password_is_right(self, user_id: str, password: str) -> bool:
        """Check a password in constant time."""
        user = self._store.office.user(user_id)
        expected = secrets.token_hex(16) if user is None else user.password
        return hmac.compare_digest(expected.encode(), password.encode())

    def code_for(self, user_id: str, *, redirect_uri: str, challenge: str) -> str:
        """Issue an authorization code, good for a minute."""
        code = secrets.token_urlsafe(32)
        with self._ledger.write() as entry:
            entry.db.execute(
                "INSERT INTO codes VALUES (?, ?, ?, ?, ?, NULL)",
                (_hash(code), user_id, redirect_uri, challenge, _now(entry) + CODE_S),
            )
        return code

    def exchange_code(self, code: str, *, redirect_uri: str, verifier: str) -> Issued:
        """Turn a code into tokens (RFC 7636, 4.6)."""
        with self._ledger.write() as entry:
            row = entry.db.execute(
                "SELECT * FROM codes WHERE code_hash = ?", (_hash(code),)
            ).fetchone()
            used_before = row is not None and row["family"] is not None
            if used_before:
                _end(entry, row["family"])
            elif _code_fits(entry, row, redirect_uri, verifier):
                family = secrets.token_hex(8)
                entry.db.execute(
                    "UPDATE codes SET family = ? WHERE code_hash = ?", (family, _hash(code))
                )
                return _issue(entry, row["user_id"], family)
        raise GrantRefusedError("invalid_grant")

    def refresh(self, refresh_token: str) -> Issued:
        """Turn a refresh token into new tokens; it is worth nothing afterwards."""
        with self._ledger.write() as entry:
            row = _token(entry.db, refresh_token, "refresh")
            if row is not None and row["used"]:
                _end(entry, row["family"])
            elif row is not None and row["expires_at"] > _now(entry):
                entry.db.execute(
                    "UPDATE tokens SET used = 1 WHERE token_hash = ?", (row["token_hash"],)
                )
                return _issue(entry, row["user_id"], row["family"])
        raise GrantRefusedError("invalid_grant")

    def user_of(self, access_token: str) -> str | None:
        """Return whose access token this is, while it is good."""
        with self._ledger.read() as db:
            row = _token(db, access_token, "access")
            good = row is not None and row["expires_at"] > self._store.clock().timestamp()
            return row["user_id"] if row is not None and good else None

    def revoke(self, token: str) -> None:
        """End all that came from the sign-in of a token (RFC 7009); unknown ones are no error."""
        with self._ledger.write() as entry:
            row = _token(entry.db, token, "refresh") or _token(entry.db, token, "access")
            if row is not None:
                _end(entry, row["family"])

    def grant(self, user_id: str) -> Issued:
        """Issue tokens without any person at a browser: for the caller that owns the office."""
        with self._ledger.write() as entry:
            return _issue(entry, self._store.person(user_id).user_id, secrets.token_hex(8))

    def ask_device(self) -> tuple[str, str]:
        """Issue a device code and the user code that belongs to it (RFC 8628, 6.1)."""
        device_code = secrets.token_urlsafe(32)
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        user_code = f"{letters[:4]}-{letters[4:]}"
        with self._ledger.write() as entry:
            entry.db.execute(
                "INSERT INTO devices (device_hash, user_code, expires_at) VALUES (?, ?, ?)",
                (_hash(device_code), user_code, _now(entry) + DEVICE_S),
            )
        return device_code, user_code

    def answer_device(self, user_code: str, user_id: str, *, allow: bool) -> bool:
        """Record what the person said; False for an unknown, expired or answered code."""
        with self._ledger.write() as entry:
            changed = entry.db.execute(
                "UPDATE devices SET user_id = ?, denied = ? WHERE user_code = ? AND user_id IS NULL"
                " AND expires_at > ?",
                (user_id, int(not allow), user_code.strip().upper(), _now(entry)),
            )
            return changed.rowcount == 1

    def exchange_device(self, device_code: str) -> Issued:
        """Turn a device code into tokens once the person has allowed it."""
        with self._ledger.write() as entry:
            row = entry.db.execute(
                "SELECT * FROM devices WHERE device_hash = ?", (_hash(device_code),)
            ).fetchone()
            if row is None:
                raise GrantRefusedError("invalid_grant")
            if row["denied"]:
                raise GrantRefusedError("access_denied")
            if row["expires_at"] <= _now(entry):
                raise GrantRefusedError("expired_token")
            if row["user_id"] is None:
                raise GrantRefusedError("authorization_pending")
            entry.db.execute("DELETE FROM devices WHERE device_hash = ?", (_hash(device_code),))
            return _issue(entry, row["user_id"], secrets.token_hex(8))


def _code_fits(entry: Entry, row: sqlite3.Row | None, redirect_uri: str, verifier: str) -> bool:
    if row is None or row["expires_at"] <= _now(entry) or row["redirect_uri"] != redirect_uri:
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(challenge, row["challenge"])


def _issue(entry: Entry, user_id: str, family: str) -> Issued:
    issued = Issued(secrets.token_urlsafe(32), secrets.token_urlsafe(32))
    now = _now(entry)
    for token, kind, life_s in (
        (issued.access_token, "access", ACCESS_S),
        (issued.refresh_token, "refresh", REFRESH_S),
    ):
        entry.db.execute(
            "INSERT INTO tokens (token_hash, kind, family, user_id, expires_at) VALUES (?, ?, ?, ?, ?)",
            (_hash(token), kind, family, user_id, now + life_s),
        )
    return issued


def _token(db: sqlite3.Connection, token: str, kind: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM tokens WHERE token_hash = ? AND kind = ?", (_hash(token), kind)
    ).fetchone()
    return row


def _end(entry: Entry, family: str) -> None:
    entry.db.execute("DELETE FROM tokens WHERE family = ?", (family,))


def _now(entry: Entry) -> float:
    return entry.now.timestamp()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
