"""What people are told of the trust store, and what is offered to it: frozen records, quick to import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Likeness(StrEnum):
    """How a certificate compares with the published fingerprints."""

    SAME = "same"
    DIFFERS = "differs"  # it bears a published name and has another fingerprint
    UNKNOWN = "unknown"  # nothing was published under its name


@dataclass(frozen=True, slots=True)
class Published:
    """One authority as it was published: `valid` is its period as told, `sources` who says so."""

    name: str
    role: str
    sha256: str
    valid: str
    address: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What a certificate was compared with: the trust profile's id, the published name and SHA-256."""

    likeness: Likeness
    profile: str | None = None
    name: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A root (a trust anchor) or issuing certificate. `subject` and `issuer` are the whole names (RFC 4514).

    `file` is where it lies.
    """

    sha256: str
    sha1: str
    name: str
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    is_root: bool
    match: Match
    file: str = ""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A CRL. `key` is the same for a newer one of the same issuer and scope.

    `is_proven`: an authority that reaches an anchor has signed it. `file` is where it lies.
    """

    sha256: str
    key: str
    issuer: str
    this_update: datetime
    next_update: datetime | None
    is_proven: bool
    file: str = ""

    def is_late(self, now: datetime) -> bool:
        """Say whether a newer one should be out by now."""
        return self.next_update is not None and self.next_update < now


@dataclass(frozen=True, slots=True)
class OfferedAuthority:
    """An authority's certificate from a file that somebody wants to import, with its DER."""

    authority: Authority
    der: bytes


@dataclass(frozen=True, slots=True)
class OfferedList:
    """A CRL from such a file, with its DER."""

    crl: RevocationList
    der: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file holds for the trust store. `passed_over` counts what is there and is none of it."""

    authorities: tuple[OfferedAuthority, ...]
    lists: tuple[OfferedList, ...]
    passed_over: int = 0


@dataclass(frozen=True, slots=True)
class StoreContents:
    """What lies in a trust store: roots first."""

    authorities: tuple[Authority, ...] = ()
    lists: tuple[RevocationList, ...] = ()


@dataclass(frozen=True, slots=True)
class TrustNote:
    """How a certificate came into the store: the file's name, when, by which user of this machine.

    `differs_from` is the published SHA-256 that it was taken in spite of.
    """

    file: str
    added_at: datetime
    added_by: str
    differs_from: str | None = None
