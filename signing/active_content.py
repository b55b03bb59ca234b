"""Lists what in a file could act or reach out. Nothing of it is ever run."""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic

from signing.pdf_objects import UNREADABLE, entry, raw_items

_MAX_OBJECTS = 20_000
SEARCH_LIMIT = "search_limit_reached"

_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch_action",
    "/SubmitForm": "submit_form",
    "/ImportData": "import_data",
    "/GoToR": "external_reference",
    "/GoToE": "external_reference",
    "/Rendition": "multimedia",
    "/Movie": "multimedia",
    "/Sound": "multimedia",
    "/RichMediaExecute": "multimedia",
}
_KEYS = {
    "/JS": "javascript",
    "/JavaScript": "javascript",
    "/AA": "additional_actions",
    "/EmbeddedFiles": "embedded_file",
    "/EF": "embedded_file",
    "/XFA": "xfa_form",
    "/RichMediaContent": "multimedia",
}
_SUBTYPES = {
    "/FileAttachment": "embedded_file",
    "/RichMedia": "multimedia",
    "/Screen": "multimedia",
}


def list_active_content(reader: Any) -> tuple[str, ...]:
    """Stable codes, sorted; `search_limit_reached` where the file is too large to be searched to its end."""
    found: set[str] = set()
    try:
        _search(reader, found)
    except UNREADABLE:
        found.add(SEARCH_LIMIT)
    return tuple(sorted(found))


def _search(reader: Any, found: set[str]) -> None:
    stack: list[Any] = [reader.trailer.raw_get("/Root")]
    seen: set[tuple[int, int]] = set()
    while stack:
        item = stack.pop()
        if isinstance(item, generic.IndirectObject):
            key = (item.idnum, item.generation)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > _MAX_OBJECTS:
                found.add(SEARCH_LIMIT)
                return
            try:
                item = item.get_object()
            except UNREADABLE:
                continue
        if isinstance(item, generic.DictionaryObject):
            _look_at(item, found)
            stack.extend(item.raw_get(name) for name in item if name not in {"/Parent", "/P"})
        elif isinstance(item, generic.ArrayObject):
            stack.extend(
                part
                for part in raw_items(item)
                if isinstance(
                    part, (generic.IndirectObject, generic.DictionaryObject, generic.ArrayObject)
                )
            )


def _look_at(dictionary: Any, found: set[str]) -> None:
    for key, code in _KEYS.items():
        if key in dictionary:
            found.add(code)
    for key, table in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES)):
        if key in dictionary:
            code = table.get(str(dictionary.raw_get(key)), "")
            if code:
                found.add(code)
    if "/OpenAction" in dictionary:
        action = entry(dictionary, "/OpenAction")
        if isinstance(action, generic.DictionaryObject) and entry(action, "/S") != "/GoTo":
            found.add("open_action")
    if isinstance(dictionary, generic.StreamObject) and "/F" in dictionary:
        found.add("external_reference")
