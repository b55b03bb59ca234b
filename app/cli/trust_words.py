"""How authorities, CRLs and the end of a certification path are told on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from app.cli.terminal import Terminal, on_one_line
from app.clock import vietnam_time
from app.settings import Settings
from app.workplace.trust import origin_of
from app.workplace.trust_records import Believed, KnownList, KnownPublished, Origin
from signing.report import Anchor
from signing.trust_records import Authority, TrustNote


def tell_authority(one: Authority, terminal: Terminal, row: Believed | None = None) -> None:
    """Print an authority's name, kind, period and fingerprints, what it was compared with, and whence it comes."""
    parts = [on_one_line(one.name)]
    parts.append(terminal.short("label.trust_root" if one.is_root else "label.trust_issuing"))
    if row is not None:
        parts.append(_origin(row.origin, row.note, terminal))
        if not row.is_enabled:
            parts.append(terminal.short("label.trust_off"))
    terminal.say(" · ".join(parts))
    terminal.say(f"  {on_one_line(one.subject)}")
    terminal.say(f"  {terminal.short('label.issuer')}: {on_one_line(one.issuer)}")
    terminal.say(f"  {one.not_before.date().isoformat()} – {one.not_after.date().isoformat()}")
    terminal.say(f"  SHA-256 {one.sha256}")
    terminal.say(f"  SHA-1   {one.sha1}")
    match = one.match
    profile = terminal.short(f"trust.profile.{match.profile}") if match.profile else ""
    params = {"published": match.name or "", "sha256": match.sha256 or "", "profile": profile}
    terminal.say(f"  {terminal.short('trust.match.' + match.likeness.value, params)}")


def tell_list(one: KnownList, terminal: Terminal) -> None:
    """Print a CRL with its age."""
    issued, until = one.crl.this_update, one.crl.next_update
    parts = [
        f"CRL «{on_one_line(one.crl.issuer)}»",
        terminal.short(f"trust.list.{one.origin}"),
        age(issued, terminal),
    ]
    if until is not None:
        parts.append(terminal.short("label.trust_until", {"moment": _moment(until)}))
    if one.is_late:
        parts.append(terminal.short("label.trust_late"))
    if not one.crl.is_proven:
        parts.append(terminal.short("label.trust_unproven"))
    terminal.say(" · ".join(parts))


def tell_published(published: Sequence[KnownPublished], terminal: Terminal) -> None:
    """Print the trust profiles: each published authority, and whether the store holds it."""
    profile = ""
    for one in published:
        if one.profile != profile:
            profile = one.profile
            terminal.say(terminal.short(f"trust.profile.{profile}"))
        state = "held" if one.is_held else "absent"
        terminal.say(f"  {one.published.name} · {terminal.short(f'trust.published.{state}')}")
        terminal.say(f"    SHA-256 {one.published.sha256}")
        if one.published.address:
            terminal.say(f"    {one.published.address}")


def anchor_words(anchor: Anchor, terminal: Terminal, settings: Settings) -> str:
    """Say which anchor a path has reached and by whose word it is believed."""
    origin, note = origin_of(anchor.file or "", anchor.sha256, settings)
    return terminal.short(
        "label.trust_reached",
        {"name": on_one_line(anchor.name), "origin": _origin(origin, note, terminal)},
    )


def age(issued: datetime, terminal: Terminal) -> str:
    """Say of when something is and how many days old."""
    days = max(0, (datetime.now(UTC) - issued).days)
    return terminal.short("label.trust_age", {"moment": _moment(issued), "days": days})


def _moment(moment: datetime) -> str:
    return vietnam_time(moment).strftime("%d/%m/%Y %H:%M")


def _origin(origin: Origin, note: TrustNote | None, terminal: Terminal) -> str:
    if note is None:
        return terminal.short(f"trust.origin.{origin.value}")
    return terminal.short(
        "label.trust_added_from",
        {
            "file": on_one_line(note.file),
            "by": on_one_line(note.added_by),
            "moment": _moment(note.added_at),
        },
    )
