"""What a file already holds: signatures, certification, form fields. Looked at before a PIN is asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from signing.facts import (
    PREPARED_KEYS,
    PREPARED_NAMES,
    EmptySignatureField,
    FileFacts,
    SignatureWidget,
)
from signing.field_locks import lock_of_field, locks_of, seeds_of
from signing.form import walk_fields, walk_pages
from signing.groundwork import faults
from signing.opening import entry, file_sha256, may_be_signed, members, reader
from signing.opinions import OPINION_NAMES, OpinionField
from signing.pdf_objects import raw_items, reference_of
from signing.request import UserBox

DEFAULT_APPEARANCE = re.compile(
    r"(?P<font>/\S+)\s+(?P<size>[\d.]+)\s+Tf(?:\s+(?P<leading>[\d.]+)\s+TL)?"
)
"""A prepared field's /DA: its font, size and the distance of its lines."""
MULTILINE = 1 << 12
"""/Ff of a text field of several lines (ISO 32000-2, table 231, bit 13)."""


def look(path: Path) -> FileFacts:
    """Describe a file.

    Raises:
        SigningError: `sign.not_a_pdf`, `sign.damaged`, `sign.password_required`.
    """
    with reader(path) as handle:
        return facts(handle, file_sha256(path))


def facts(handle: PdfFileReader, sha256: str) -> FileFacts:
    """Describe an open file; the caller translates what pyHanko raises."""
    signed: dict[str, Any] = {}
    empty: dict[str, Any] = {}
    # pyHanko's own list leaves out fields that are written in place.
    for field in (item for item in walk_fields(handle) if item.is_signature):
        if entry(field.dictionary, "/V") is None:
            empty[field.name] = field.dictionary
        else:
            signed[field.name] = field.dictionary
    text = text_fields(handle)
    pages = _Pages(handle) if signed or empty or text else None
    ours = {
        name: bool(str(entry(item, "/V", "")))
        for name, item in text.items()
        if name in (*PREPARED_NAMES, *OPINION_NAMES)
        and _is_as_prepared(item, name)
        and (pages is None or pages.show_once(item))
    }
    opinions = {name: ours.pop(name) for name in OPINION_NAMES if name in ours}
    locks = [lock for name, item in signed.items() for lock in locks_of(name, item)]
    return FileFacts(
        sha256=sha256,
        pages=int(handle.root["/Pages"]["/Count"]),
        signatures=tuple(_widget(name, item, pages) for name, item in signed.items()),
        empty_signature_fields=tuple(empty),
        certified=_certified(handle),
        open_fields=tuple(name for name, has_text in ours.items() if not has_text),
        open_widgets=tuple(
            _widget(name, text[name], pages) for name, has_text in ours.items() if not has_text
        ),
        filled_fields=tuple(name for name, has_text in ours.items() if has_text),
        filled_widgets=tuple(
            _widget(name, text[name], pages) for name, has_text in ours.items() if has_text
        ),
        own_fields=tuple(name for name in text if name not in ours and name not in opinions),
        opinions=tuple(
            OpinionField(
                name,
                _widget(name, text[name], pages),
                has_text,
                tuple(dict.fromkeys(lock.signature for lock in locks if lock.names(name))),
                *_size(text[name]),
            )
            for name, has_text in opinions.items()
        ),
        may_be_signed=may_be_signed(handle),
        faults=faults(handle, is_signed=bool(signed)),
        empty_widgets=tuple(
            EmptySignatureField(
                _widget(name, item, pages), seeds_of(item), lock_of_field(name, item)
            )
            for name, item in empty.items()
        ),
        locks=tuple(locks),
    )


def _size(field: Any) -> tuple[float, float | None]:
    style = DEFAULT_APPEARANCE.search(str(entry(field, "/DA", "")))
    if style is None:
        return 0.0, None
    return float(style["size"]), float(style["leading"]) if style["leading"] else None


def _is_as_prepared(item: generic.DictionaryObject, name: str) -> bool:
    """Say whether a text field is one that `signing.prepare` writes, and nothing that could show more than its text.

    A draft may bring a field under our name; what it could show after the signature must be what ours could.
    """
    return (
        set(item) <= PREPARED_KEYS
        and int(entry(item, "/Ff", 0)) == (MULTILINE if name in OPINION_NAMES else 0)
        and "/BG" not in entry(item, "/MK", {})
    )


class _Pages:
    """Where things stand: a page shows what its /Annots list, whatever a widget's own /P says."""

    def __init__(self, handle: PdfFileReader) -> None:
        self._number: dict[Any, int] = {}
        self._showing: dict[Any, int] = {}
        self._repeated: set[Any] = set()
        for index, (reference, page) in enumerate(walk_pages(handle)):
            self._number[reference] = index
            for listed in map(reference_of, raw_items(entry(page, "/Annots"))):
                if listed in self._showing:
                    self._repeated.add(listed)
                elif listed is not None:
                    self._showing[listed] = index

    def show_once(self, widget: Any) -> bool:
        """Say whether a widget is listed at one place at most."""
        return widget.container_ref not in self._repeated

    def of_widget(self, widget: Any, reference: Any) -> int | None:
        if reference in self._showing:
            return self._showing[reference]
        page = reference_of(widget.raw_get("/P")) if "/P" in widget else None
        return self._number.get(page)


def _widget(name: str, field: Any, pages: _Pages | None) -> SignatureWidget:
    kids = entry(field, "/Kids")
    shown = kids[0] if kids else field
    sides = [float(side) for side in members(entry(shown, "/Rect", generic.ArrayObject()))]
    page_index = None if pages is None else pages.of_widget(shown, shown.container_ref)
    if page_index is None or len(sides) != 4 or sides[0] == sides[2] or sides[1] == sides[3]:
        return SignatureWidget(name, None, None)
    left_pt, right_pt = sorted((sides[0], sides[2]))
    bottom_pt, top_pt = sorted((sides[1], sides[3]))
    return SignatureWidget(name, page_index, UserBox(left_pt, bottom_pt, right_pt, top_pt))


def text_fields(handle: Any) -> dict[str, generic.DictionaryObject]:
    """Return every form field that is no signature, by its full name, fields inside groups included.

    Args:
        handle: a pyHanko reader or incremental writer.
    """
    form = entry(handle.root, "/AcroForm")
    found: dict[str, generic.DictionaryObject] = {}
    if form is not None:
        _collect(entry(form, "/Fields", ()), "", None, found, set())
    return found


def _collect(
    items: Any,
    prefix: str,
    inherited: Any,
    found: dict[str, generic.DictionaryObject],
    seen: set[Any],
) -> None:
    for index in range(len(items)):
        reference = items.raw_get(index)
        key = (
            reference.reference if isinstance(reference, generic.IndirectObject) else id(reference)
        )
        if key in seen:
            continue
        seen.add(key)
        item = items[index]
        if not isinstance(item, generic.DictionaryObject):
            continue
        kind = entry(item, "/FT", inherited)
        partial = entry(item, "/T")
        name = prefix if partial is None else f"{prefix}.{partial}".lstrip(".")
        kids = entry(item, "/Kids")
        if kids is not None and any("/T" in kid for kid in members(kids)):
            _collect(kids, name, kind, found, seen)
        elif kind != "/Sig" and name:
            found[name] = item


def _certified(handle: PdfFileReader) -> int | None:
    signature = entry(entry(handle.root, "/Perms", {}), "/DocMDP")
    if signature is None:
        return None
    for reference in members(entry(signature, "/Reference", ())):
        if entry(reference, "/TransformMethod") == "/DocMDP":
            return int(entry(entry(reference, "/TransformParams", {}), "/P", 2))
    return 2
