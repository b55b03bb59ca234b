"""What a form as a whole says of how its texts are drawn, and what of it an update changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic

from signing.form import walk_fields
from signing.pdf_objects import entry, is_dictionary, raw_entry, reference_of


def look_changes(old: Any, new: Any) -> Iterator[str]:
    """Yield short codes of what makes a viewer draw the fields of a revision otherwise than those of the one before."""
    empty = generic.DictionaryObject()
    had, has = (entry(revision.root, "/AcroForm") or empty for revision in (old, new))
    if entry(has, "/NeedAppearances") and not entry(had, "/NeedAppearances"):
        yield "need_appearances"
    # A program that signs may bring these along where no text would be drawn by them.
    is_other = any(raw_entry(had, key) != raw_entry(has, key) for key in ("/DA", "/Q"))
    if (is_other and any(not field.is_signature for field in walk_fields(old))) or (
        not _fonts(had).items() <= _fonts(has).items()
    ):
        yield "form_look"


def _fonts(form: Any) -> dict[str, Any]:
    fonts = entry(entry(form, "/DR") or form, "/Font")
    if not is_dictionary(fonts):
        return {}
    raw = {name: fonts.raw_get(name) for name in fonts}
    return {name: reference_of(value) or value for name, value in raw.items()}
