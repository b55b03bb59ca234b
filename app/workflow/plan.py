"""A signing plan and the work that carries it out: what the journal keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from signing.request import (
        SignatureRequest,  # brings what the window's first picture does without
    )


BASE = "base"
"""Kind of the work that puts a new unsigned base in place of a file that cannot be signed as it came."""
EXTENSION = "document_timestamp"
"""Kind of the work that raises the level of a file that the server holds already."""


class WorkState(StrEnum):
    """How far one signature on one file has come. Each state is on disk before its effect is taken for granted."""

    PLANNED = "planned"
    SIGNED = "signed"  # the verified file is in the store
    EXTENDED = "extended"  # with time stamps and validation data behind the signature, as far as the services gave them
    ACCEPTED = "accepted"  # the server's receipt names the same SHA-256
    DROPPED = "dropped"  # given up with a reason: withdrawn, somebody else was first, discarded


MADE = (WorkState.SIGNED, WorkState.EXTENDED, WorkState.ACCEPTED)
"""States of a work whose signature exists and counts."""


@dataclass(frozen=True, slots=True)
class SigningPlan:
    """One signature on one file of one document, as the person agreed to it.

    `shown_sha256` is the hash of the bytes whose pages were shown; it must be the request's base.
    """

    document_id: str
    file_id: str
    shown_sha256: str
    request: SignatureRequest

    def __post_init__(self) -> None:
        if self.shown_sha256 != self.request.base_sha256:
            raise ValueError("what was shown is not what would be signed")


@dataclass(frozen=True, slots=True)
class Work:
    """A plan in the journal. `upload_key` is the Idempotency-Key of its upload, made once and kept.

    `user_id` is whose it is, where that was told. A work of the kind `BASE` has no certificate: `base_sha256` is the
    original's, `signed_sha256` the new base's; one of the kind `EXTENSION` neither: its file adds time stamps and
    validation data to the base.

    `signed_sha256` is the newest file of the work, the one that is sent, `level` the one that it has reached.
    `is_sending`: that file may be with the server already, so no other takes its place.
    """

    work_id: str
    document_id: str
    file_id: str
    kind: str
    base_sha256: str
    certificate_sha256: str
    state: WorkState
    upload_key: str
    signed_sha256: str | None = None
    level: str | None = None
    server_revision: int | None = None
    reason: str | None = None
    user_id: str | None = None
    is_sending: bool = False

    @property
    def waits(self) -> bool:
        """Whether its file is made and not yet with the server."""
        return self.state in (WorkState.SIGNED, WorkState.EXTENDED)
