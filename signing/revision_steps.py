"""One incremental update, named: which fields, pages, annotations and catalog entries it touched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic

from signing.form import FormField, walk_fields, walk_pages
from signing.form_look import look_changes
from signing.pdf_objects import (
    UNREADABLE,
    entry,
    is_dictionary,
    items,
    raw_entry,
    raw_items,
    reference_of,
    resolved,
)
from signing.reachability import reachable
from signing.terms import ChangeKind

_SILENT_KEYS = frozenset(
    {"/AcroForm", "/Metadata", "/Version", "/Extensions", "/MarkInfo", "/StructTreeRoot"}
)
_ACTIONS = ("/A", "/AA")
_HOW_SHOWN = ("/DA", "/Q", "/I")
"""Font, size and colour of a field's text, its alignment, which of its choices are marked."""
_READ_ONLY = 1
"""/Ff, bit 1 (ISO 32000-2, table 227)."""
_NO_ZOOM, _NO_ROTATE = 8, 16
"""/F, bits 4 and 5: what has one of them is drawn beyond its rectangle (ISO 32000-2, table 167)."""
_FARTHEST = 100_000
"""Of a coordinate, in points: MuPDF counts 2^64 as 0, poppler as far away (ISO 32000-1, annex C: 32,767 at most)."""
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing an update did. `forbidden` is never forgiven; `long_term` serves validation only."""

    kind: ChangeKind
    page: int | None = None
    detail: str | None = None
    forbidden: bool = False
    new_field: bool = False
    long_term: bool = False


class StepReader:
    """Compares each revision with the one before it, once."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._known: dict[int, tuple[Finding, ...]] = {}
        self._pages: _Pages | None = None

    def findings(self, revision: int) -> tuple[Finding, ...]:
        """What `revision` did to the one before it; a revision that cannot be read is a finding itself."""
        if revision not in self._known:
            try:
                self._known[revision] = tuple(dict.fromkeys(self._compare(revision)))
            except UNREADABLE:
                unreadable = Finding(ChangeKind.OTHER, detail="unreadable_revision", forbidden=True)
                self._known[revision] = (unreadable,)
        return self._known[revision]

    def _compare(self, revision: int) -> Iterator[Finding]:
        if self._pages is None:
            self._pages = _Pages(self._reader)
        old = self._reader.get_historical_resolver(revision - 1)
        new = self._reader.get_historical_resolver(revision)
        touched: set[Any] = new.explicit_refs_in_revision()
        pages = self._pages
        yield from _catalog(old, new)
        yield from _form(old, new, touched, pages)
        for ref in touched:
            if ref in pages.number:
                yield from _page(old(ref), new(ref), pages, ref)
            elif ref in pages.content and not _same(old(ref), new(ref)):
                yield Finding(ChangeKind.PAGE_CONTENT, pages.content[ref], "content")
            elif ref in pages.annotation and not _same(old(ref), new(ref)):
                yield from _annotation(old, new, ref, pages)
            elif ref in pages.annotation_list:
                number, page_ref = pages.annotation_list[ref]
                yield from _lost_annotations(old(page_ref), new(page_ref), number)
        yield from _overridden(old, new, touched, pages)


class _Pages:
    """Where things stand in the newest revision: page numbers (from 1) of pages, contents and annotations."""

    def __init__(self, reader: Any) -> None:
        self.number: dict[Any, int] = {}
        self.content: dict[Any, int] = {}
        self.annotation: dict[Any, int] = {}
        self.annotation_list: dict[Any, tuple[int, Any]] = {}
        self._showing: dict[Any, list[Any]] = {}
        for number, (ref, page) in enumerate(walk_pages(reader), start=1):
            if ref is not None:
                self.number[ref] = number
            for item in (_raw_ref(page, "/Contents"), *_raw_refs(page, "/Contents")):
                self.content.setdefault(item, number)
            for item in _raw_refs(page, "/Annots"):
                self.annotation.setdefault(item, number)
                self._showing.setdefault(item, []).append(ref)
            self.annotation_list.setdefault(_raw_ref(page, "/Annots"), (number, ref))

    def is_at_home(self, widget: Any) -> bool:
        """Whether a widget shows on the one page that it names, if it shows at all."""
        shown = self._showing.get(_key(getattr(widget, "container_ref", None)), [])
        return not shown or shown == [_raw_ref(widget, "/P") or shown[0]]

    def of_field(self, field: FormField) -> int | None:
        """The page of a field's first widget that has one."""
        for widget in field.widgets:
            for ref in (getattr(widget, "container_ref", None), _raw_ref(widget, "/P")):
                key = _key(ref)
                if key in self.annotation or key in self.number:
                    return self.annotation.get(key) or self.number.get(key)
        return None


def _catalog(old: Any, new: Any) -> Iterator[Finding]:
    before, after = old.root, new.root
    for key in sorted({*before, *after} - _SILENT_KEYS):
        if key == "/DSS":
            if _deep(old, before, key) != _deep(new, after, key):
                yield Finding(ChangeKind.VALIDATION_DATA, detail="dss", long_term=True)
        elif (key in before) != (key in after) or before.raw_get(key) != after.raw_get(key):
            yield Finding(ChangeKind.OTHER, detail=f"catalog{key}", forbidden=True)
    for code in look_changes(old, new):
        yield Finding(ChangeKind.OTHER, detail=code, forbidden=True)


def _form(old: Any, new: Any, touched: set[Any], pages: _Pages) -> Iterator[Finding]:
    had, has = list(walk_fields(old)), list(walk_fields(new))
    before = {field.name: field for field in had}
    after = {field.name: field for field in has}
    if len(has) - len(after) > len(had) - len(before):
        # Of two fields of one name only one is looked at.
        yield Finding(ChangeKind.OTHER, detail="field_twice", forbidden=True)
    for name in sorted(before.keys() - after.keys()):
        yield Finding(
            ChangeKind.OTHER, pages.of_field(before[name]), "field_removed", forbidden=True
        )
    for name, field in after.items():
        if name not in before:
            yield _added(field, pages)
        else:
            yield from _refilled(before[name], field, touched, pages)


def _added(field: FormField, pages: _Pages) -> Finding:
    page = pages.of_field(field)
    if not field.is_signature:
        return Finding(ChangeKind.OTHER, page, "field_added", forbidden=True, new_field=True)
    if any(key in widget for widget in (field.dictionary, *field.widgets) for key in _ACTIONS):
        return Finding(ChangeKind.OTHER, page, "action_added", forbidden=True, new_field=True)
    if not _shows_where_it_says(field, pages):
        # Looked for on one page, it would cover the words of another.
        return Finding(ChangeKind.OTHER, page, "widget_elsewhere", forbidden=True, new_field=True)
    if "/V" not in field.dictionary:
        # A look or a background of its own, with nobody's name to it: the sneaky signature attack.
        shown = any(key in widget for widget in field.widgets for key in ("/AP", "/MK"))
        return Finding(
            ChangeKind.OTHER if shown else ChangeKind.FORM_FILLED,
            page,
            "unsigned_field_added" if shown else field.name,
            forbidden=shown,
            new_field=True,
        )
    # One signature stands at one place (ISO 32000-2, 12.7.5.5): more widgets would cover more of the document.
    several = len(field.widgets) > 1
    return Finding(
        ChangeKind.SIGNATURE_ADDED,
        page,
        field.name,
        forbidden=several,
        new_field=True,
        long_term=_is_document_timestamp(field),
    )


def _shows_where_it_says(field: FormField, pages: _Pages) -> bool:
    return all(pages.is_at_home(widget) and _keeps_its_box(widget) for widget in field.widgets)


def _keeps_its_box(widget: Any) -> bool:
    """Whether every viewer draws a widget within one rectangle; each reads its own from other than four numbers."""
    if _is_drawn_beyond(widget):
        return False
    if "/Rect" not in widget:
        return True
    # In an encrypted file an array's items come wrapped.
    sides = [getattr(side, "decrypted", side) for side in items(entry(widget, "/Rect"))]
    return len(sides) == 4 and all(
        isinstance(side, generic.NumberObject | generic.FloatObject)
        and abs(float(side)) < _FARTHEST
        for side in sides
    )


def _is_drawn_beyond(widget: Any) -> bool:
    return bool(int(entry(widget, "/F") or 0) & (_NO_ZOOM | _NO_ROTATE))


def _refilled(
    before: FormField, after: FormField, touched: set[Any], pages: _Pages
) -> Iterator[Finding]:
    had, has = raw_entry(before.dictionary, "/V"), raw_entry(after.dictionary, "/V")
    page = pages.of_field(after)
    if after.is_signature:
        if had is None and has is not None:
            # The author of a draft may have prepared a field that shows in more places than are looked at.
            in_one_place = len(after.widgets) == 1 and _shows_where_it_says(after, pages)
            yield Finding(
                ChangeKind.SIGNATURE_ADDED,
                page,
                after.name,
                forbidden=not in_one_place,
                long_term=_is_document_timestamp(after),
            )
        elif had != has or reference_of(has) in touched:
            yield Finding(ChangeKind.OTHER, page, "signature_replaced", forbidden=True)
    elif _flags(before) | _READ_ONLY != _flags(after) | _READ_ONLY:
        # A signer may close a field that it locks; any other flag changes how a viewer shows or takes the text.
        yield Finding(ChangeKind.OTHER, page, "field_flags", forbidden=True)
    elif _value(had) != _value(has):
        # One widget may be listed on two pages: what is typed into a blank of one shows over the words of the other.
        elsewhere = not all(pages.is_at_home(widget) for widget in after.widgets) or any(
            _is_drawn_beyond(new) and not _is_drawn_beyond(old)
            for old, new in zip(before.widgets, after.widgets, strict=False)
        )
        yield Finding(ChangeKind.FORM_FILLED, page, after.name, forbidden=elsewhere)
    elif any(
        raw_entry(before.dictionary, key) != raw_entry(after.dictionary, key) for key in _HOW_SHOWN
    ):
        # What it holds is shown otherwise as soon as a program draws it anew, or fills it in.
        yield Finding(ChangeKind.ANNOTATION, page, after.name, forbidden=True)
    elif any(
        _looks_different(old, new, touched)
        for old, new in zip(before.widgets, after.widgets, strict=False)
    ):
        # A look that changes while the value stays is how the shadow attacks replace what is read.
        yield Finding(ChangeKind.ANNOTATION, page, after.name, forbidden=True)


def _flags(field: FormField) -> int:
    return int(entry(field.dictionary, "/Ff") or 0)


def _looks_different(before: Any, after: Any, touched: set[Any]) -> bool:
    if any(raw_entry(before, key) != raw_entry(after, key) for key in ("/AS", "/F")):
        return True
    if raw_entry(before, "/AP") != raw_entry(after, "/AP"):
        return not _is_same_look(entry(before, "/AP"), entry(after, "/AP"))
    had, has = list(_looks(before)), list(_looks(after))
    return [ref for ref, _ in had] != [ref for ref, _ in has] or any(
        ref in touched and not _same(old, new)
        for (_, old), (ref, new) in zip(had, has, strict=True)
    )


def _looks(widget: Any) -> Iterator[tuple[Any, Any]]:
    """The looks of a widget with their references, those of each state too, in the order of their names."""
    appearance = entry(widget, "/AP")
    for name in sorted(appearance) if is_dictionary(appearance) else ():
        look = entry(appearance, name)
        yield reference_of(raw_entry(appearance, name)), look
        if is_dictionary(look) and not isinstance(look, generic.StreamObject):
            for state in sorted(look):
                yield reference_of(raw_entry(look, state)), entry(look, state)


def _is_same_look(before: Any, after: Any) -> bool:
    """Whether another normal appearance, and nothing else, has the very content of the one before.

    A field that is locked empty gets its look anew (`signing.prepare`).
    """
    if not (is_dictionary(before) and is_dictionary(after)) or {*before, *after} != {"/N"}:
        return False
    was, now = entry(before, "/N"), entry(after, "/N")
    streams = isinstance(was, generic.StreamObject) and isinstance(now, generic.StreamObject)
    return streams and was.data == now.data and _form_of(was) == _form_of(now)


def _form_of(look: Any) -> dict[str, Any]:
    """A form XObject's entries but how its content is packed; what it draws on is the same objects or none."""
    return {key: raw_entry(look, key) for key in look if key not in _PACKING}


def _page(before: Any, after: Any, pages: _Pages, ref: Any) -> Iterator[Finding]:
    number = pages.number[ref]
    if not is_dictionary(before):
        yield Finding(ChangeKind.PAGE_CONTENT, number, "page_added", forbidden=True)
        return
    for key in sorted({*before, *after}):
        if raw_entry(before, key) == raw_entry(after, key):
            continue
        if key == "/Annots":
            yield from _lost_annotations(before, after, number)
        else:
            yield Finding(ChangeKind.PAGE_CONTENT, number, f"page{key}", forbidden=True)


def _lost_annotations(before: Any, after: Any, page: int) -> Iterator[Finding]:
    if set(_raw_refs(before, "/Annots")) - set(_raw_refs(after, "/Annots")):
        yield Finding(ChangeKind.ANNOTATION, page, "annotation_removed", forbidden=True)


def _annotation(old: Any, new: Any, ref: Any, pages: _Pages) -> Iterator[Finding]:
    after = new(ref)
    is_dict = is_dictionary(after)
    if is_dict and entry(after, "/Subtype") == "/Widget":
        return
    what = "annotation_added" if old.is_ref_unassignable(ref) else "annotation_changed"
    subtype = str(entry(after, "/Subtype") or "")[1:] if is_dict else ""
    detail = f"{what}:{subtype}" if subtype else what
    yield Finding(ChangeKind.ANNOTATION, pages.annotation[ref], detail, forbidden=True)


def _overridden(old: Any, new: Any, touched: set[Any], pages: _Pages) -> Iterator[Finding]:
    """Fonts, images and other resources of a page that were replaced under the page's feet."""
    named = {*pages.number, *pages.content, *pages.annotation, new.root_ref}
    arrived = {ref for ref in touched if old.is_ref_unassignable(ref)}
    replaced = {
        ref for ref in touched - named - arrived if isinstance(old(ref), generic.StreamObject)
    }
    shown = reachable(old, without={"/DSS", "/Metadata", "/AcroForm", "/StructTreeRoot"})
    if arrived & shown:
        # A page that was signed with a reference to nothing shows what comes under that number, whoever brings it.
        yield Finding(ChangeKind.PAGE_CONTENT, detail="resource_replaced", forbidden=True)
    if not replaced & shown:
        return
    for number, (_, page) in enumerate(walk_pages(old), start=1):
        if "/Resources" not in page:
            continue
        used = old.collect_dependencies(page.raw_get("/Resources")) & replaced
        if any(not _same(old(ref), new(ref)) for ref in used):
            yield Finding(ChangeKind.PAGE_CONTENT, number, "resource_replaced", forbidden=True)


def _is_document_timestamp(field: FormField) -> bool:
    value = entry(field.dictionary, "/V")
    return is_dictionary(value) and (
        entry(value, "/SubFilter") == "/ETSI.RFC3161" or entry(value, "/Type") == "/DocTimeStamp"
    )


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, generic.StreamObject) and isinstance(after, generic.StreamObject):
        return before.encoded_data == after.encoded_data and dict(before) == dict(after)
    return type(before) is type(after) and bool(before == after)


def _value(raw: Any) -> Any:
    value = resolved(raw)
    return "" if value is None else value


def _deep(revision: Any, root: Any, key: str) -> Any:
    """A fingerprint of what a catalog entry holds: its objects and the revisions that last touched them."""
    if key not in root:
        return None
    refs = revision.collect_dependencies(root.raw_get(key))
    history = revision.reader.xrefs
    return {(ref, history.get_historical_ref(ref, revision.revision)) for ref in refs}


def _raw_refs(dictionary: Any, key: str) -> list[Any]:
    """References in an array entry, whether the array is written in place or referred to."""
    refs = [reference_of(item) for item in raw_items(entry(dictionary, key))]
    return [ref for ref in refs if ref is not None]


def _raw_ref(dictionary: Any, key: str) -> Any:
    return reference_of(raw_entry(dictionary, key))


def _key(ref: Any) -> Any:
    return ref.reference if isinstance(ref, generic.IndirectObject) else ref
