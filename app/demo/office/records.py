"""What the caller hands in: the office, its people, its drafts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.workflow.documents import GivenPlace, Role, Secrecy, Urgency


@dataclass(frozen=True, slots=True)
class OfficeUser:
    """Somebody who can sign in. `certificate_sha256` are the fingerprints of the person's certificates."""

    user_id: str
    name: str
    roles: tuple[Role, ...]
    password: str = field(repr=False)
    certificate_sha256: tuple[str, ...] = ()
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """An agency, its people and its rules."""

    name: str
    users: tuple[OfficeUser, ...]
    agency_certificate_sha256: tuple[str, ...] = ()
    rule_profile: str = "bhxh-599-2018"
    file_limit_bytes: int = 30 * 2**20

    def user(self, user_id: str) -> OfficeUser | None:
        """Return somebody by id."""
        return next((item for item in self.users if item.user_id == user_id), None)

    def with_role(self, role: Role) -> tuple[str, ...]:
        """Return the ids of all who have a role."""
        return tuple(item.user_id for item in self.users if role in item.roles)


@dataclass(frozen=True, slots=True)
class Seat:
    """One who is expected to sign: `title` is chức vụ as the document shows it."""

    user_id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file of a draft. `role` is "main" or "attachment"."""

    path: Path
    name: str
    role: str = "main"
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A draft as it enters the office's day.

    `initiallers` see it first, then `signers`, in this order; without either it goes to the clerks. `recipients` is
    nơi nhận as printed, `recipient_ids` are the people of this office who get it (all recipients without it).
    A dossier's result has its code and the number of its receipt; how it stands against the deadline is reckoned.
    `register` names the sequence that its number is taken from.
    """

    abstract: str
    kind_name: str
    symbol: str
    files: tuple[NewFile, ...]
    signers: tuple[Seat, ...] = ()
    initiallers: tuple[str, ...] = ()
    drafter_id: str | None = None
    drafting_unit: str = ""
    recipients: tuple[str, ...] = ()
    recipient_ids: tuple[str, ...] | None = None
    urgency: Urgency = Urgency.NORMAL
    secrecy: Secrecy = Secrecy.NONE
    paper_only: bool = False
    deadline: datetime | None = None
    dossier_code: str | None = None
    receipt_number: str | None = None
    number: str | None = None
    issue_date: date | None = None
    register: str = "di"
    document_id: str | None = None
    places: tuple[GivenPlace, ...] = ()
