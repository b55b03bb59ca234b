"""Reads what signature fields lock and ask for: /Lock, FieldMDP, /SV. A lock that is unreadable locks all.

Source: ISO 32000-2, tables 235 (lock), 236 (seed values), 258 (FieldMDP).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from signing.facts import FieldLock
from signing.pdf_objects import UNREADABLE, entry, is_dictionary, items

_ACTIONS = {"/All": "all", "/Include": "include", "/Exclude": "exclude"}


def locks_of(name: str, field: Any) -> Iterator[FieldLock]:
    """Yield the locks of a signed field: its own and those that its signature refers to."""
    own = lock_of_field(name, field)
    if own is not None:
        yield own
    for reference in items(entry(entry(field, "/V"), "/Reference")):
        if is_dictionary(reference) and entry(reference, "/TransformMethod") == "/FieldMDP":
            yield _lock(name, entry(reference, "/TransformParams"))


def lock_of_field(name: str, field: Any) -> FieldLock | None:
    """Return what a signature field locks once it is signed; None where it has no lock."""
    return _lock(name, entry(field, "/Lock")) if "/Lock" in field else None


def seeds_of(field: Any) -> tuple[str, ...]:
    """Return the keys of a signature field's seed values: what it asks of its signature."""
    seeds = entry(field, "/SV")
    if not is_dictionary(seeds):
        return ()
    return tuple(sorted(str(key)[1:] for key in seeds if key not in ("/Type", "/Ff")))


def _lock(name: str, lock: Any) -> FieldLock:
    try:
        action = _ACTIONS[entry(lock, "/Action")]
        # In an encrypted file the names in an array come encrypted.
        names = (getattr(item, "decrypted", item) for item in items(entry(lock, "/Fields")))
        fields = tuple(map(str, names))
        permission = entry(lock, "/P")
        return FieldLock(name, action, fields, None if permission is None else int(permission))
    except UNREADABLE:
        return FieldLock(name, "unreadable")
