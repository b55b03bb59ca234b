"""What a reader of one revision can reach: the ground on which an overwritten object is called harmless."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from pyhanko.pdf_utils import generic

_KNOWN: WeakKeyDictionary[Any, dict[frozenset[str], frozenset[Any]]] = WeakKeyDictionary()


def reachable(revision: Any, *, without: set[str]) -> frozenset[Any]:
    """References that can be followed from the catalog or /Info of a historical revision, leaving out catalog keys.

    References that dangle are among them: an object to come would be shown through them. Whoever points at the catalog,
    as the reference of a signature with a lock does (ISO 32000-2, table 256, /Data), points at what is left of it.
    """
    cache = _KNOWN.setdefault(revision, {})
    key = frozenset(without)
    if key not in cache:
        root = generic.DictionaryObject(
            {name: revision.root.raw_get(name) for name in revision.root if name not in without}
        )
        found = {revision.root_ref}
        _follow(revision, root, found)
        if "/Info" in revision.trailer_view:
            _follow(revision, revision.trailer_view.raw_get("/Info"), found)
        cache[key] = frozenset(found)
    return cache[key]


def _follow(revision: Any, start: Any, found: set[Any]) -> None:
    """Add every reference that can be followed from an object, but none through those that are there already."""
    waiting = [start]
    while waiting:
        item = waiting.pop()
        if isinstance(item, generic.IndirectObject):
            if item.reference in found:
                continue
            found.add(item.reference)
            item = revision(item.reference)
        if isinstance(item, generic.DictionaryObject):
            waiting.extend(item.values())
        elif isinstance(item, generic.ArrayObject):
            waiting.extend(item)
