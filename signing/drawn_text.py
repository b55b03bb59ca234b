"""What a signature draws, where that is text and nothing else.

A wide number signature lies over the words between the blanks that it fills. It is told from the sneaky signature,
which hides words, by what it *can* draw: text operators in embedded fonts of plain outlines. No image, path, shading,
pattern, form, transparency, optional content, second look or annotation entry that a viewer could show otherwise.
Whatever is not known here is not text.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pyhanko.pdf_utils import generic

from signing.file_bytes import file_bytes
from signing.form import FormField, walk_fields
from signing.glyph_ink import PlainFont
from signing.pdf_objects import UNREADABLE, entry, is_dictionary, items, raw_items
from signing.reading import open_for_reading
from signing.request import DrawnText, UserBox
from signing.text_operators import Face, glyph_boxes

_WIDGET = frozenset(
    ("/Type", "/Subtype", "/FT", "/T", "/F", "/Ff", "/Rect", "/P", "/AP", "/V", "/Lock")
)
_FLAGS = (4, 132)
"""Printed; and locked, as pyHanko writes it. Never hidden, unseen, or shown on a whim (ISO 32000-2, table 167)."""
_LOOK = frozenset(("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Length"))
_PROGRAM = frozenset(("/Length", "/Length1", "/Filter"))
_FONT = frozenset(("/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode"))
_DESCENDANT = frozenset(
    ("/Type", "/Subtype", "/BaseFont", "/CIDSystemInfo", "/FontDescriptor", "/DW", "/W", "/CIDToGIDMap")
)  # fmt: skip
_ROUNDING_PT = 0.01
_WIDEST = 5_000
_MOST_FONT_BYTES = 1 << 20


def drawn_texts(path: Path, fields: tuple[str, ...]) -> tuple[DrawnText | None, ...]:
    """Say for each signature field where its text stands; None where it may draw anything else.

    Raises:
        SigningError: as `signing.file_bytes.file_bytes` and `signing.reading.open_for_reading`.
    """
    with file_bytes(path) as source:
        found: dict[str, list[FormField]] = {}
        for field in walk_fields(open_for_reading(source)):
            found.setdefault(field.name, []).append(field)
        return tuple(_drawn(name, found.get(name, [])) for name in fields)


def _drawn(name: str, fields: list[FormField]) -> DrawnText | None:
    if len(fields) != 1:
        return None
    try:
        return DrawnText(name, tuple(_glyphs(fields[0])))
    except UNREADABLE:
        return None


def _glyphs(field: FormField) -> Iterable[UserBox]:
    widget = field.dictionary
    if field.widgets != (widget,) or not field.is_signature or not {*widget} <= _WIDGET:
        raise ValueError("not the plain widget of a signature")
    if entry(widget, "/F") not in _FLAGS or int(entry(widget, "/Ff") or 0):
        raise ValueError("flags")
    looks = entry(widget, "/AP")
    if not is_dictionary(looks) or {*looks} != {"/N"}:
        raise ValueError("more than one look")
    look = entry(looks, "/N")
    if not isinstance(look, generic.StreamObject) or not {*look} <= _LOOK:
        raise ValueError("not a plain form")
    left_pt, bottom_pt, right_pt, top_pt = _sides(entry(widget, "/Rect"))
    if not _is_unscaled(look, right_pt - left_pt, top_pt - bottom_pt):
        raise ValueError("scaled")
    faces = _faces(entry(look, "/Resources"))
    for box in glyph_boxes(bytes(look.data), faces):
        yield UserBox(
            left_pt + box.left_pt,
            bottom_pt + box.bottom_pt,
            left_pt + box.right_pt,
            bottom_pt + box.top_pt,
        )


def _sides(rectangle: Any) -> tuple[float, float, float, float]:
    sides = [float(side) for side in _members(rectangle)]
    if len(sides) != 4:
        raise ValueError("no rectangle")
    left, right = sorted((sides[0], sides[2]))
    bottom, top = sorted((sides[1], sides[3]))
    return left, bottom, right, top


def _is_unscaled(look: Any, width_pt: float, height_pt: float) -> bool:
    """Whether a viewer shows the form in its own size: it fits the box to the rectangle (ISO 32000-2, 12.5.5)."""
    if "/Matrix" in look and [float(part) for part in items(look["/Matrix"])] != [1, 0, 0, 1, 0, 0]:
        return False
    box, wanted = _sides(entry(look, "/BBox")), (0.0, 0.0, width_pt, height_pt)
    return all(abs(one - other) < _ROUNDING_PT for one, other in zip(box, wanted, strict=True))


def _members(array: Any) -> list[Any]:
    """An array's items; in an encrypted file arrays within arrays come encrypted."""
    return [getattr(item, "decrypted", item) for item in items(array)]


def _faces(resources: Any) -> dict[str, Face]:
    if not is_dictionary(resources) or {*resources} != {"/Font"}:
        raise ValueError("resources other than fonts")
    fonts = entry(resources, "/Font")
    return {str(name)[1:]: _face(entry(fonts, name)) for name in fonts}


def _face(font: Any) -> Face:
    if not {*font} <= _FONT or (font["/Subtype"], font["/Encoding"]) != ("/Type0", "/Identity-H"):
        raise ValueError("not a plain composite font")
    descendants = entry(font, "/DescendantFonts")
    if len(raw_items(descendants)) != 1:
        raise ValueError("descendants")
    descendant = items(descendants)[0]
    is_plain = {*descendant} <= _DESCENDANT and descendant["/Subtype"] == "/CIDFontType2"
    if not is_plain or entry(descendant, "/CIDToGIDMap") != "/Identity":
        raise ValueError("not a plain TrueType font")
    descriptor = descendant["/FontDescriptor"]
    if "/FontFile" in descriptor or "/FontFile3" in descriptor:
        raise ValueError("more than one font program")
    program = _program(descriptor["/FontFile2"])
    widths = dict(_widths(entry(descendant, "/W")))
    default = float(entry(descendant, "/DW") or 1000)
    return Face(PlainFont(program), widths, default)


def _program(stream: Any) -> bytes:
    """Unpack a font program that every reader unpacks in the same way: whole, and by one filter at the most."""
    if not {*stream} <= _PROGRAM:
        raise ValueError("unknown entries")
    packing = entry(stream, "/Filter")
    if packing is None:
        return bytes(stream.data)
    if packing != "/FlateDecode":
        raise ValueError("filter")
    unpacking = zlib.decompressobj()
    program = unpacking.decompress(stream.encoded_data, _MOST_FONT_BYTES)
    if not unpacking.eof or unpacking.unused_data.strip():
        raise ValueError("broken font program")
    return program


def _widths(array: Any) -> Iterable[tuple[int, float]]:
    """Read the widths of single glyphs; ranges are not written here and not read (ISO 32000-2, 9.7.4.3)."""
    parts = _members(array)
    if len(parts) % 2:
        raise ValueError("widths")
    for first, run in zip(parts[::2], parts[1::2], strict=True):
        for index, width in enumerate(
            _members(run) if isinstance(run, generic.ArrayObject) else [None]
        ):
            if width is None or not 0 <= float(width) <= _WIDEST:
                raise ValueError("widths")
            yield int(first) + index, float(width)
