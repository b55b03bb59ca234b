"""The fonts of the form's /DR, with which other programs would fill our fields."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from signing.archival import Update
from signing.fonts import serif_font

UPRIGHT, ITALIC = "/TrinhKyRo", "/TrinhKyIt"
"""Font resource names in the form's /DR; digits alone need no embedded font to be refilled before the seal."""
STANDARD_FONTS = {UPRIGHT: "/Times-Roman", ITALIC: "/Times-Italic"}
_LETTERS = " -./0123456789:"
"""What numbers and dates are written with."""
_NONSYMBOLIC, _SERIF, _ITALIC_FLAG = 1 << 5, 1 << 1, 1 << 6
"""Font flags (ISO 32000-2, table 121)."""


def add_field_fonts(update: IncrementalPdfFileWriter, fonts: Any) -> None:
    """Add our fonts to a /DR; embedded in an archival file, where every font must be (ISO 19005-1, 6.3.4)."""
    is_archival = isinstance(update, Update) and update.archival_part is not None
    for name, base in STANDARD_FONTS.items():
        if name in fonts:
            continue
        font = _embedded(update, italic=name == ITALIC) if is_archival else _standard(base)
        fonts[pdf_name(name)] = update.add_object(font)


def _standard(base: str) -> generic.DictionaryObject:
    return _font("/Type1", base)


def _font(subtype: str, base: str) -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Font"),
            pdf_name("/Subtype"): pdf_name(subtype),
            pdf_name("/BaseFont"): pdf_name(base),
            pdf_name("/Encoding"): pdf_name("/WinAnsiEncoding"),
        }
    )


def _embedded(update: IncrementalPdfFileWriter, *, italic: bool) -> generic.DictionaryObject:
    program, widths, metrics = _subset(italic=italic)
    name = "/TRINHK+" + ("FieldItalic" if italic else "FieldRoman")
    stream = generic.StreamObject(
        {pdf_name("/Length1"): generic.NumberObject(len(program))}, stream_data=program
    )
    stream.compress()
    descriptor = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/FontDescriptor"),
            pdf_name("/FontName"): pdf_name(name),
            pdf_name("/Flags"): generic.NumberObject(
                _NONSYMBOLIC | _SERIF | (_ITALIC_FLAG if italic else 0)
            ),
            pdf_name("/StemV"): generic.NumberObject(80),
            pdf_name("/FontFile2"): update.add_object(stream),
        }
    )
    for key, value in metrics.items():
        descriptor[pdf_name(key)] = (
            generic.ArrayObject(map(generic.NumberObject, value))
            if isinstance(value, tuple)
            else generic.NumberObject(value)
        )
    font = _font("/TrueType", name)
    font[pdf_name("/FirstChar")] = generic.NumberObject(ord(_LETTERS[0]))
    font[pdf_name("/LastChar")] = generic.NumberObject(ord(_LETTERS[-1]))
    font[pdf_name("/Widths")] = generic.ArrayObject(map(generic.NumberObject, widths))
    font[pdf_name("/FontDescriptor")] = update.add_object(descriptor)
    return font


@cache
def _subset(*, italic: bool) -> tuple[bytes, tuple[int, ...], dict[str, int | tuple[int, ...]]]:
    """The font program, the widths from the first letter to the last, and the descriptor's metrics, per mille."""
    with TTFont(serif_font(italic=italic)) as font:
        options = Options(notdef_outline=True, hinting=False, layout_features=[])
        options.drop_tables += ["GDEF", "GPOS", "GSUB", "kern", "FFTM"]
        subsetter = Subsetter(options)
        subsetter.populate(text=_LETTERS)
        subsetter.subset(font)
        scale = 1000 / font["head"].unitsPerEm
        letters = font.getBestCmap()
        advances = font["hmtx"]
        codes = range(ord(_LETTERS[0]), ord(_LETTERS[-1]) + 1)
        widths = tuple(round(advances[letters.get(code, ".notdef")][0] * scale) for code in codes)
        head, line, style = font["head"], font["hhea"], font["OS/2"]
        metrics: dict[str, int | tuple[int, ...]] = {
            "/Ascent": round(line.ascent * scale),
            "/Descent": round(line.descent * scale),
            "/CapHeight": round(getattr(style, "sCapHeight", line.ascent) * scale),
            "/ItalicAngle": round(font["post"].italicAngle),
            "/FontBBox": tuple(
                round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax)
            ),
        }
        out = BytesIO()
        font.save(out)
    return out.getvalue(), widths, metrics
