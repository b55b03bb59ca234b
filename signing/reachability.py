"""What a reader of one revision can reach: the ground on which an overwritten object is called harmless."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from pyhanko.pdf_utils import generic

_KNOWN: WeakKeyDictionary[Any, dict[frozenset[str], frozenset[Any]]] = WeakKeyDictionary()


def reachable(revision: Any, *, without: set[str]) -> frozenset[Any]:
    """References that can be followed from the catalog or /Info of a historical revision, leaving out catalog keys.

    References that dangle are among them: an object to come would be shown through them.
    """
    cache = _KNOWN.setdefault(revision, {})
    key = frozenset(without)
    if key not in cache:
        root = generic.DictionaryObject(
            {name: revision.root.raw_get(name) for name in revision.root if name not in without}
        )
        found = revision.collect_dependencies(root) | {revision.root_ref}
        if "/Info" in revision.trailer_view:
            found |= revision.collect_dependencies(revision.trailer_view.raw_get("/Info"))
        cache[key] = frozenset(found)
    return cache[key]
