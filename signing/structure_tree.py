"""Growth of a tagged document's structure tree by the widget of a further signature: nothing that is shown changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import (
    ModificationLevel,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SuspiciousModification,
)

from signing.pdf_objects import entry, is_dictionary, raw_entry, raw_items, reference_of, resolved
from signing.reachability import reachable

_MAX_DEPTH = 32
_NUMBERS = frozenset({"/ParentTree", "/ParentTreeNextKey"})


class StructureTreeRule(QualifiedWhitelistRule):
    """Approves updates that only append: new elements for form fields, and their entries in the parent tree.

    Every element and number that the signed revision had must stand there unchanged, at its place.
    """

    def apply_qualified(
        self, old: Any, new: Any
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Yield the tree's objects; refuse a tree that lost or replaced something."""
        if "/StructTreeRoot" not in old.root or "/StructTreeRoot" not in new.root:
            return
        touched = new.explicit_refs_in_revision()
        old_root, new_root = (
            old.root.raw_get("/StructTreeRoot"),
            new.root.raw_get("/StructTreeRoot"),
        )
        if old_root != new_root or not isinstance(new_root, generic.IndirectObject):
            return
        if not touched & new.collect_dependencies(new.root.raw_get("/StructTreeRoot")):
            return
        grown = set(_Growth(old, new, touched).root(new_root.reference))
        for ref in grown - reachable(old, without={"/StructTreeRoot", "/Outlines"}):
            yield ModificationLevel.FORM_FILLING, ReferenceUpdate(ref)


class _Growth:
    def __init__(self, old: Any, new: Any, touched: set[Any]) -> None:
        self._old, self._new, self._touched = old, new, touched

    def root(self, ref: Any) -> Iterator[Any]:
        before, after = self._old(ref), self._new(ref)
        self._same_but(before, after, {"/K", *_NUMBERS})
        if ref in self._touched:
            yield ref
        yield from self._children(before, after, 0)
        yield from self._parent_tree(before, after)

    def _element(self, ref: Any, depth: int) -> Iterator[Any]:
        if depth > _MAX_DEPTH:
            return
        before, after = self._old(ref), self._new(ref)
        if not is_dictionary(after):
            return
        if ref in self._touched:
            self._same_but(before, after, {"/K"})
            yield ref
        yield from self._children(before, after, depth)

    def _children(self, before: Any, after: Any, depth: int) -> Iterator[Any]:
        old_kids, new_kids = _raw_list(before, "/K"), _raw_list(after, "/K")
        if new_kids[: len(old_kids)] != old_kids:
            raise SuspiciousModification("An element of the structure tree was removed.")
        for kid in old_kids:
            if isinstance(kid, generic.IndirectObject) and self._is_tree_node(kid.reference):
                yield from self._element(kid.reference, depth + 1)
        for kid in new_kids[len(old_kids) :]:
            yield from self._appended(kid)

    def _is_tree_node(self, ref: Any) -> bool:
        node = self._old(ref)
        return is_dictionary(node) and "/S" in node and "/P" in node

    def _appended(self, kid: Any) -> Iterator[Any]:
        if not isinstance(kid, generic.IndirectObject):
            raise SuspiciousModification("An element was written into the structure tree directly.")
        element = self._new(kid.reference)
        if not self._old.is_ref_unassignable(kid.reference) or entry(element, "/S") != "/Form":
            raise SuspiciousModification("The structure tree grew by more than a form field.")
        yield kid.reference

    def _parent_tree(self, before: Any, after: Any) -> Iterator[Any]:
        old_tree, new_tree = entry(before, "/ParentTree"), entry(after, "/ParentTree")
        if not is_dictionary(new_tree):
            return
        numbers_before = dict(self._numbers(self._old, old_tree, 0))
        numbers_after = dict(self._numbers(self._new, new_tree, 0))
        for number, value in numbers_before.items():
            if numbers_after.get(number, (None,))[0] != value[0]:
                raise SuspiciousModification("The parent tree lost or replaced an entry.")
        refs = [ref for _, (_, ref) in numbers_after.items() if ref is not None]
        for ref in [reference_of(raw_entry(after, "/ParentTree")), *refs]:
            if ref in self._touched and self._is_number_entry(ref):
                yield ref

    def _is_number_entry(self, ref: Any) -> bool:
        value = self._new(ref)
        is_tree = is_dictionary(value) and not isinstance(value, generic.StreamObject)
        return isinstance(value, generic.ArrayObject) or (is_tree and "/Nums" in value)

    def _numbers(
        self, revision: Any, tree: Any, depth: int
    ) -> Iterator[tuple[int, tuple[Any, Any]]]:
        """Each number with the elements it names (comparable) and the reference of the array that holds them."""
        if not is_dictionary(tree) or depth > _MAX_DEPTH:
            return
        entries = _raw_list(tree, "/Nums")
        for number, value in zip(entries[::2], entries[1::2], strict=False):
            target = resolved(value)
            if isinstance(target, generic.ArrayObject):
                yield int(number), (raw_items(target), reference_of(value))
            else:
                yield int(number), (value, None)
        for kid in _raw_list(tree, "/Kids"):
            yield from self._numbers(revision, kid.get_object(), depth + 1)

    @staticmethod
    def _same_but(before: Any, after: Any, ignored: set[str]) -> None:
        both = (before, after)
        if not all(is_dictionary(item) for item in both):
            raise SuspiciousModification("An element of the structure tree is no dictionary.")
        kept = [{k: item.raw_get(k) for k in item if k not in ignored} for item in both]
        if kept[0] != kept[1]:
            raise SuspiciousModification("An element of the structure tree was changed.")


def _raw_list(holder: Any, key: str) -> list[Any]:
    value = raw_entry(holder, key) if is_dictionary(holder) else None
    target = resolved(value)
    if isinstance(target, generic.ArrayObject):
        return raw_items(target)
    return [] if value is None else [value]
