"""What a first signature needs to find in order, and what stands in the way of any.

A reader of the finished file must find the signature's field and widget where we put them: in a list of references,
on one page. An unsigned file is put in order in the same update; a signed one is left as it is and refused.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.form import walk_pages
from signing.pdf_objects import entry, is_dictionary, raw_entry, raw_items, reference_of, resolved

_MAX_DEPTH = 64
_MAX_NODES = 20_000


def faults(handle: Any, *, is_signed: bool) -> tuple[str, ...]:
    """Name what of a file's structure no signature can be put on soundly: a short code each, no words.

    Args:
        handle: a pyHanko reader.
        is_signed: what can be put in order before a first signature stands in the way of a further one.
    """
    found = [] if _is_sound_tree(handle) else ["page_tree"]
    form = entry(handle.root, "/AcroForm")
    if is_dictionary(form) and _has_loop(entry(form, "/Fields"), frozenset(), set()):
        found.append("field_loop")
    if is_signed:
        if _direct_fields(handle):
            found.append("direct_field")
        if _shared_lists(handle):
            found.append("shared_annotations")
    return tuple(found)


def put_in_order(update: IncrementalPdfFileWriter) -> None:
    """Make fields written in place objects of their own, and give each page its own list of annotations."""
    _drop_null(update.root, "/AcroForm")
    for _, page in walk_pages(update):
        _drop_null(page, "/Annots")
    form = entry(update.root, "/AcroForm")
    if is_dictionary(form):
        fields = entry(form, "/Fields")
        for index in _direct_fields(update):
            fields[index] = update.add_object(resolved(fields.raw_get(index)))
            update.update_container(fields)
    shared = _shared_lists(update)
    if not shared:
        return
    for reference, page in walk_pages(update):
        if _list_of(page) in shared and reference is not None:
            page[pdf_name("/Annots")] = generic.ArrayObject(raw_items(entry(page, "/Annots")))
            update.mark_update(reference)


def _drop_null(dictionary: Any, key: str) -> None:
    """Take out an entry that says null: it is as if it were not there (ISO 32000-2, 7.3.9), but pyHanko trips on it."""
    if key in dictionary and entry(dictionary, key) is None:
        del dictionary[pdf_name(key)]


def _has_loop(fields: Any, above: frozenset[Any], done: set[Any]) -> bool:
    for raw in raw_items(fields):
        reference, field = reference_of(raw), resolved(raw)
        if reference in above or len(above) > _MAX_DEPTH:
            return True
        if reference in done or not is_dictionary(field):
            continue
        inner = above if reference is None else above | {reference}
        if _has_loop(entry(field, "/Kids"), inner, done):
            return True
        if reference is not None:
            done.add(reference)
    return False


def _direct_fields(handle: Any) -> list[int]:
    """Positions in the form's list of fields that are written in place (libraries.md, fact 17)."""
    form = entry(handle.root, "/AcroForm")
    listed = raw_items(entry(form, "/Fields")) if is_dictionary(form) else []
    return [
        index
        for index, item in enumerate(listed)
        if not isinstance(item, generic.IndirectObject) and is_dictionary(item)
    ]


def _shared_lists(handle: Any) -> set[Any]:
    """Lists of annotations that several pages refer to: what is added for one would stand on all."""
    counted = Counter(_list_of(page) for _, page in walk_pages(handle))
    return {reference for reference, times in counted.items() if reference and times > 1}


def _list_of(page: Any) -> Any:
    return reference_of(raw_entry(page, "/Annots"))


def _is_sound_tree(handle: Any) -> bool:
    """Say whether every reader counts the same pages: kinds and counts as ISO 32000-2, 7.7.3 asks for."""
    seen: set[Any] = set()

    def leaves(raw: Any, depth: int) -> int | None:
        reference, node = reference_of(raw), resolved(raw)
        if reference is None or reference in seen or not is_dictionary(node) or depth > _MAX_DEPTH:
            return None
        seen.add(reference)
        if len(seen) > _MAX_NODES:
            return None
        kind = entry(node, "/Type")
        if kind == "/Page":
            return 1
        counts = [leaves(kid, depth + 1) for kid in raw_items(entry(node, "/Kids"))]
        told = [count for count in counts if count is not None]
        is_whole = kind == "/Pages" and len(told) == len(counts)
        return sum(told) if is_whole and entry(node, "/Count") == sum(told) else None

    return bool(leaves(raw_entry(handle.root, "/Pages"), 0))
