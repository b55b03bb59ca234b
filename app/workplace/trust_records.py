"""What is shown of the trust store: frozen, engine-free, quick to import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from app.workplace.records import Problem
from signing.trust_records import Authority, Likeness, Published, RevocationList, TrustNote

ListOrigin = Literal["settings", "fetched", "imported"]


class Origin(StrEnum):
    """By whose word an authority is in the store; what was fetched proves itself."""

    SETTINGS = "settings"
    ADDED = "added"
    FETCHED = "fetched"
    NAMED = "named"  # for one call of the command line


@dataclass(frozen=True, slots=True)
class Believed:
    """An authority of the store. `note` says how one that was added came in, where that is known."""

    authority: Authority
    origin: Origin
    is_enabled: bool = True
    note: TrustNote | None = None


@dataclass(frozen=True, slots=True)
class KnownList:
    """A CRL of the store; `is_late` where a newer one should be out."""

    crl: RevocationList
    origin: ListOrigin
    is_late: bool


@dataclass(frozen=True, slots=True)
class KnownPublished:
    """A published authority of a trust profile, and whether the store holds that very certificate."""

    profile: str
    published: Published
    is_held: bool


@dataclass(frozen=True, slots=True)
class Store:
    """The whole store; `missing` are files and folders of the settings that are not there or cannot be read."""

    authorities: tuple[Believed, ...] = ()
    lists: tuple[KnownList, ...] = ()
    missing: tuple[str, ...] = ()
    published: tuple[KnownPublished, ...] = ()


def findings(store: Store, now: datetime) -> Iterator[Problem]:
    """Yield what a person should know of a store as of a moment."""
    for file in store.missing:
        yield Problem("trust.file_missing", {"file": file})
    counted = [row for row in store.authorities if row.is_enabled]
    if not any(row.authority.is_root for row in counted):
        yield Problem("trust.no_anchor", {})
    for row in counted:
        one = row.authority
        if one.match.likeness is Likeness.DIFFERS:
            yield Problem("trust.differs", {"name": one.name, "published": one.match.name or ""})
        if one.not_after < now:
            yield Problem("trust.expired", {"name": one.name})
    for kept in store.lists:
        if kept.is_late:
            yield Problem("trust.list_late", {"issuer": kept.crl.issuer})
