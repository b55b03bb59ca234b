"""The form of a PDF, walked with bounds: pyHanko's own walk raises for the whole file, and loops are cheap to make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic

from signing.pdf_objects import (
    entry,
    is_dictionary,
    items,
    raw_entry,
    raw_items,
    reference_of,
    resolved,
)

_MAX_DEPTH = 24
_MAX_NODES = 20_000


@dataclass(frozen=True, slots=True)
class FormField:
    """A terminal field; `reference` is None for a field that is written directly into its parent's list."""

    name: str
    kind: str | None  # /FT with its slash, inherited where needed
    reference: Any
    dictionary: Any
    widgets: tuple[Any, ...]  # the widget dictionaries: its kids without names, or itself

    @property
    def is_signature(self) -> bool:
        """Whether the field is of type /Sig."""
        return self.kind == "/Sig"


def walk_fields(handler: Any) -> Iterator[FormField]:
    """Every terminal field of the document's form as the given reader or historical revision sees it."""
    form = entry(handler.root, "/AcroForm")
    if is_dictionary(form):
        yield from _walk(entry(form, "/Fields"), "", None, _Budget(), 0)


def walk_pages(handler: Any) -> Iterator[tuple[Any, Any]]:
    """Each page's reference (or None) and dictionary, in order; a loop in the tree ends the walk of its branch."""
    budget = _Budget()
    stack = [raw_entry(handler.root, "/Pages")]
    while stack and budget.take():
        raw = stack.pop()
        reference = reference_of(raw)
        node = resolved(raw)
        if not is_dictionary(node) or not budget.enter(reference):
            continue
        kids = entry(node, "/Kids")
        if isinstance(kids, generic.ArrayObject):
            stack.extend(reversed(raw_items(kids)))
        else:
            yield reference, node


class _Budget:
    def __init__(self) -> None:
        self._left = _MAX_NODES
        self._seen: set[tuple[int, int]] = set()

    def take(self) -> bool:
        self._left -= 1
        return self._left > 0

    def enter(self, reference: Any) -> bool:
        if reference is None:
            return True
        key = (reference.idnum, reference.generation)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _walk(
    fields: Any, parent: str, inherited: str | None, budget: _Budget, depth: int
) -> Iterator[FormField]:
    if depth > _MAX_DEPTH:
        return
    for raw in raw_items(fields):
        reference = reference_of(raw)
        if not budget.take() or not budget.enter(reference):
            continue
        field = resolved(raw)
        if not is_dictionary(field):
            continue
        own_kind, title = entry(field, "/FT"), str(entry(field, "/T") or "")
        kind = inherited if own_kind is None else str(own_kind)
        name = f"{parent}.{title}" if parent and title else title or parent
        kids = entry(field, "/Kids")
        named = any(is_dictionary(kid) and "/T" in kid for kid in items(kids))
        if named:
            yield from _walk(kids, name, kind, budget, depth + 1)
        if not named or entry(field, "/V") is not None:
            yield FormField(name, kind, reference, field, _widgets(field, kids))


def _widgets(field: Any, kids: Any) -> tuple[Any, ...]:
    if raw_items(kids):
        return tuple(kid for kid in items(kids) if is_dictionary(kid) and "/T" not in kid)
    return (field,)
