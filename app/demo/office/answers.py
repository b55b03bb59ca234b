"""Idempotency keys: the first answer to a key is kept with its effect and repeated ever after."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass

from pydantic import BaseModel

from app.demo.office.ledger import Entry
from app.demo.office.refused import RefusedError
from app.server.problems import ProblemType


@dataclass(frozen=True, slots=True)
class Answer:
    """A JSON answer as it goes out."""

    body: str
    etag: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks for what with which key.

    The fingerprint covers what is acted on, not the words with it: a repetition after a lost answer may carry a newer
    ETag or another comment, and is still the same call.
    """

    user_id: str
    key: str
    fingerprint: str


def ask(user_id: str, key: str, *what: str | None) -> Ask:
    """Describe a call."""
    return Ask(user_id, key, hashlib.sha256(json.dumps(what).encode()).hexdigest())


def earlier(db: sqlite3.Connection, asked: Ask) -> Answer | None:
    """Return the answer already given to the key; `key-reused` where it was for another request."""
    row = db.execute(
        "SELECT * FROM answers WHERE user_id = ? AND key = ?", (asked.user_id, asked.key)
    ).fetchone()
    if row is None:
        return None
    if row["fingerprint"] != asked.fingerprint:
        raise RefusedError(ProblemType.KEY_REUSED)
    return Answer(row["body"], row["etag"], row["status"])


def keep(
    entry: Entry, asked: Ask, body: BaseModel, etag: str | None = None, status: int = 200
) -> Answer:
    """Keep an answer in the transaction of its effect."""
    answer = Answer(body.model_dump_json(), etag, status)
    entry.db.execute(
        "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?)",
        (asked.user_id, asked.key, asked.fingerprint, status, answer.body, etag),
    )
    return answer
