"""The trust profiles that ship: names and published fingerprints of authorities, never their certificates."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from signing.trust_records import Likeness, Match, Published

_ALIKE = str.maketrans("авекмнорстухіјѕԁαβεικνορτυχ", "abekmhopctyxijsdabeikvoptux")
"""Cyrillic and Greek letters that look like Latin ones."""


@dataclass(frozen=True, slots=True)
class TrustProfile:
    """A set of authorities, named `trust.profile.` and its id in the catalogue."""

    id: str
    certificates: tuple[Published, ...]


@lru_cache(maxsize=1)
def trust_profiles() -> tuple[TrustProfile, ...]:
    """Return the profiles, by their id."""
    folder = resources.files("resources") / "trust"
    files = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    read = (tomllib.loads(item.read_text(encoding="utf-8")) for item in files)
    return tuple(sorted((_profile(table) for table in read), key=lambda profile: profile.id))


def compare(sha256: str, names: Iterable[str]) -> Match:
    """Compare a certificate, by its SHA-256 and all parts of its subject's name, with what was published."""
    known = [(profile, one) for profile in trust_profiles() for one in profile.certificates]
    for profile, one in known:
        if one.sha256 == sha256:
            return Match(Likeness.SAME, profile.id, one.name, one.sha256)
    claimed = {_skeleton(name) for name in names}
    for profile, one in known:
        if _skeleton(one.name) in claimed:
            return Match(Likeness.DIFFERS, profile.id, one.name, one.sha256)
    return Match(Likeness.UNKNOWN)


def _skeleton(name: str) -> str:
    """Return what a name looks like at a glance: without marks, spaces and other alphabets' twins."""
    plain = unicodedata.normalize("NFKD", name).casefold().replace("đ", "d")
    return "".join(letter for letter in plain.translate(_ALIKE) if letter.isalnum())


def _profile(table: dict[str, object]) -> TrustProfile:
    rows = table["certificate"]
    assert isinstance(rows, list)
    return TrustProfile(
        str(table["id"]),
        tuple(Published(**{**row, "sources": tuple(row["sources"])}) for row in rows),
    )
