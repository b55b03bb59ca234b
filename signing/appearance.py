"""What a signature or a filled field shows: pictures and text in real sizes, upright on rotated pages too."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zlib import compress, decompress

from fontTools.subset import Options
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.font.api import ShapeResult
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp.base import BaseStampStyle

from signing.archival import colour_space, is_first_part
from signing.errors import SigningError
from signing.fonts import serif_font
from signing.opinions import ASCENT
from signing.request import DESCENT, Appearance

LEADING = 1.15
"""Distance of two baselines, as a share of the font size."""
HALF = 128
"""Of 255: what is less opaque is left out where nothing may be half transparent."""
GAP_PT = 3.0
"""Between the image and the text beside it."""


# Liberation fonts carry a FontForge table that a subset rightly lacks; fontTools warns of it each time.
logging.getLogger("fontTools.subset").setLevel(logging.ERROR)

# Pillow loads its readers at the first image: while the process starts nobody waits for them.
Image.preinit()


class ExactBox(BoxConstraints):
    """The size of what is drawn, in points.

    Quirk(pyHanko 0.38): its own boxes are cut to whole points, and a viewer stretches what is drawn in them to the
    widget's real size (ISO 32000-2, 12.5.5): a number stood 5 % taller than the letters beside it.
    """

    def __init__(self, width_pt: float, height_pt: float) -> None:
        super().__init__(max(width_pt, 1), max(height_pt, 1))
        self._width, self._height = width_pt, height_pt  # type: ignore[assignment]  # whole points, as pyHanko has it


@dataclass(frozen=True)
class BoxStyle(BaseStampStyle):
    """pyHanko's hook: builds a `BoxContent` for the signature's widget, in its exact size."""

    size: ExactBox | None = None
    appearance: Appearance = field(default_factory=Appearance)
    fonts: Fonts | None = None
    rotation_deg: int = 0

    def create_stamp(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        text_params: dict[str, Any],  # noqa: ARG002 - the text is settled before; nothing is filled in here
    ) -> Any:
        """Return the content for a widget of the box's size in user space."""
        return BoxContent(
            writer,
            self.size or box,
            self.appearance,
            self.fonts or Fonts(writer),
            self.rotation_deg,
        )


class BoxContent(AppearanceContent):
    """An image fitted into the box (centred, aspect kept), lines of text, or the image left of the text."""

    def __init__(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        appearance: Appearance,
        fonts: Fonts,
        rotation_deg: int,
    ) -> None:
        super().__init__(writer=writer, box=box)
        self._fonts = fonts
        self._appearance = appearance
        self._rotation_deg = rotation_deg % 360

    def render(self) -> bytes:
        """Return the content stream; called once, when the signature's widget is written."""
        width_pt, height_pt = float(self.box.width), float(self.box.height)
        turn = upright(width_pt, height_pt, self._rotation_deg)
        if self._rotation_deg in (90, 270):
            width_pt, height_pt = height_pt, width_pt
        parts = [b"q", turn]
        text_left_pt = 0.0
        if self._appearance.image is not None:
            room_pt = min(width_pt, height_pt) if self._appearance.lines else width_pt
            parts.append(self._image(room_pt, height_pt))
            text_left_pt = room_pt + GAP_PT
        if self._appearance.lines:
            parts.append(self._text(text_left_pt, width_pt, height_pt))
        parts.append(b"Q")
        return b"\n".join(parts)

    def _image(self, room_pt: float, height_pt: float) -> bytes:
        path = Path(str(self._appearance.image))
        try:
            picture = _picture(path.read_bytes())
        except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
            raise SigningError("sign.image_unreadable", image=str(path)) from error
        scale = min(room_pt / picture.width_px, height_pt / picture.height_px)
        drawn_width_pt, drawn_height_pt = picture.width_px * scale, picture.height_px * scale
        self.set_resource(
            ResourceType.XOBJECT, generic.pdf_name("/Image"), picture.add_to(self._ensure_writer)
        )
        return b"q %.4f 0 0 %.4f %.4f %.4f cm /Image Do Q" % (
            drawn_width_pt,
            drawn_height_pt,
            (room_pt - drawn_width_pt) / 2,
            (height_pt - drawn_height_pt) / 2,
        )

    def _text(self, left_pt: float, width_pt: float, height_pt: float) -> bytes:
        font = self._fonts.serif()
        room_pt = width_pt - left_pt
        lines = [font.shape(normalize("NFC", line)) for line in self._appearance.lines]
        # What does not fit is broken into more lines, and drawn smaller where these do not fit either: a box would cut
        # the end of a name or a time off unseen.
        size_pt = self._size_pt(lines, room_pt, height_pt)
        if size_pt < self._appearance.font_size_pt:
            broken = self._broken(font, room_pt / self._appearance.font_size_pt)
            broken_size_pt = self._size_pt(broken, room_pt, height_pt)
            if broken_size_pt > size_pt:
                lines, size_pt = broken, broken_size_pt
        block_em = _block_em(lines)
        block_pt = block_em * size_pt
        first_pt = (height_pt + block_pt) / 2 - ASCENT * size_pt
        starts_pt = [
            width_pt - line.x_advance * size_pt if self._appearance.is_right_aligned else left_pt
            for line in lines
        ]
        self.set_resource(ResourceType.FONT, generic.pdf_name("/Serif"), font.as_resource())
        drawn = [
            b"BT 0 g /Serif %.4f Tf %.4f %.4f Td %s ET"
            % (size_pt, start_pt, first_pt - index * LEADING * size_pt, line.graphics_ops)
            for index, (line, start_pt) in enumerate(zip(lines, starts_pt, strict=True))
        ]
        return b"\n".join(drawn)

    def _size_pt(self, lines: Sequence[ShapeResult], room_pt: float, height_pt: float) -> float:
        size_pt = min(self._appearance.font_size_pt, height_pt / _block_em(lines))
        widest_em = max(line.x_advance for line in lines)
        return min(size_pt, room_pt / widest_em) if widest_em > 0 else size_pt

    def _broken(self, font: GlyphAccumulator, room_em: float) -> list[ShapeResult]:
        """Break what is too wide: behind a semicolon, and between the words of a part that is still too wide."""
        broken: list[ShapeResult] = []
        for text in self._appearance.lines:
            parts: list[str] = []
            for part in normalize("NFC", text).replace("; ", ";\n").split("\n"):
                parts += [part] if font.shape(part).x_advance <= room_em else part.split()
            line = ""
            for part in parts:
                longer = f"{line} {part}".strip()
                if line and font.shape(longer).x_advance > room_em:
                    broken.append(font.shape(line))
                    longer = part
                line = longer
            broken.append(font.shape(line))
        return broken


def _block_em(lines: Sequence[ShapeResult]) -> float:
    return (len(lines) - 1) * LEADING + ASCENT + DESCENT


@dataclass(frozen=True, slots=True)
class _Picture:
    """An image as PDF keeps it: colours and transparency apart, both deflated."""

    width_px: int
    height_px: int
    colours: bytes
    alpha: bytes

    def add_to(self, update: BasePdfFileWriter) -> generic.IndirectObject:
        """Add the image and its mask to an update (ISO 32000-2, 8.9.5 and 11.6.5.2).

        Where nothing may be half transparent, what is more than half so is left out: a stencil mask (8.9.6.3).
        """
        image = self._stream(colour_space(update), self.colours)
        if is_first_part(update):
            image[generic.pdf_name("/Mask")] = update.add_object(self._stencil())
        else:
            mask = self._stream(generic.pdf_name("/DeviceGray"), self.alpha)
            image[generic.pdf_name("/SMask")] = update.add_object(mask)
        return update.add_object(image)

    def _stencil(self) -> generic.StreamObject:
        alpha = Image.frombytes("L", (self.width_px, self.height_px), decompress(self.alpha))
        # A bit that is set hides.
        hidden = alpha.point(lambda level: 255 if level < HALF else 0).convert(
            "1", dither=Image.Dither.NONE
        )
        stencil = self._stream(generic.pdf_name("/DeviceGray"), compress(hidden.tobytes()))
        del stencil["/ColorSpace"]
        stencil[generic.pdf_name("/ImageMask")] = generic.BooleanObject(True)  # noqa: FBT003 - PDF's own
        stencil[generic.pdf_name("/BitsPerComponent")] = generic.NumberObject(1)
        return stencil

    def _stream(self, colours: generic.PdfObject, deflated: bytes) -> generic.StreamObject:
        entries = {
            "/Type": generic.pdf_name("/XObject"),
            "/Subtype": generic.pdf_name("/Image"),
            "/Width": generic.NumberObject(self.width_px),
            "/Height": generic.NumberObject(self.height_px),
            "/ColorSpace": colours,
            "/BitsPerComponent": generic.NumberObject(8),
            "/Filter": generic.pdf_name("/FlateDecode"),
        }
        named = {generic.pdf_name(key): value for key, value in entries.items()}
        return generic.StreamObject(named, encoded_data=deflated)


@lru_cache(maxsize=4)
def _picture(file: bytes) -> _Picture:
    """Decode and deflate an image file; a batch shows the same few, and a seal takes 15 ms."""
    with Image.open(BytesIO(file)) as opened:
        image = opened.convert("RGBA")
    colours, alpha = image.convert("RGB"), image.getchannel("A")
    return _Picture(
        image.width, image.height, compress(colours.tobytes()), compress(alpha.tobytes())
    )


class FieldText(AppearanceContent):
    """The text of a filled field: centred, its baseline `DESCENT` above the lower edge as shown."""

    def __init__(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        *,
        fonts: Fonts,
        text: str,
        font_size_pt: float,
        italic: bool,
        rotation_deg: int,
    ) -> None:
        super().__init__(writer=writer, box=box)
        self._fonts, self._text = fonts, text
        self._size_pt, self._italic = font_size_pt, italic
        self._rotation_deg = rotation_deg % 360
        self.text_width_pt = self.room_pt = 0.0

    def render(self) -> bytes:
        """Return the content stream of a text field's normal appearance (ISO 32000-2, 12.7.4.3)."""
        width_pt, height_pt = float(self.box.width), float(self.box.height)
        turn = upright(width_pt, height_pt, self._rotation_deg)
        if self._rotation_deg in (90, 270):
            width_pt = height_pt
        font = self._fonts.serif(italic=self._italic)
        line = font.shape(normalize("NFC", self._text))
        self.set_resource(ResourceType.FONT, generic.pdf_name("/Serif"), font.as_resource())
        self.text_width_pt, self.room_pt = line.x_advance * self._size_pt, width_pt
        left_pt = (width_pt - self.text_width_pt) / 2
        return b"/Tx BMC q %s BT 0 g /Serif %.4f Tf %.4f %.4f Td %s ET Q EMC" % (
            turn,
            self._size_pt,
            left_pt,
            DESCENT * self._size_pt,
            line.graphics_ops,
        )


def upright(width_pt: float, height_pt: float, rotation_deg: int) -> bytes:
    """Return the `cm` that makes content stand upright on a page shown turned clockwise (ISO 32000-2, 8.3.3).

    Args:
        width_pt: of the widget's rectangle in user space.
        height_pt: likewise.
        rotation_deg: the page's /Rotate: 0, 90, 180 or 270.
    """
    return {
        0: b"1 0 0 1 0 0 cm",
        90: b"0 1 -1 0 %.4f 0 cm" % width_pt,
        180: b"-1 0 0 -1 %.4f %.4f cm" % (width_pt, height_pt),
        270: b"0 -1 1 0 0 %.4f cm" % height_pt,
    }[rotation_deg]


class SerifSubset(GlyphAccumulator):
    """An embedded subset of the office's font.

    Quirk(pyHanko 0.38): metrics are written in the font's own units, where PDF wants thousandths of an em
    (ISO 32000-2, 9.7.4.3 and 9.8): letters stood twice as far apart. They are scaled here; kerning is off.
    Its hints stay out: they are programs that move a letter's points, and one viewer runs them, another does not.
    """

    def prepare_write(self) -> None:
        """Embed the subset, once, with its metrics in glyph space."""
        if self._write_prepared:
            return
        # Shaping is over and had its own copy; the subset drops these tables, but fontTools would read them first.
        for table in ("GDEF", "GPOS", "GSUB", "kern"):
            if table in self.tt:
                del self.tt[table]
        self._extract_subset(Options(layout_closure=False, hinting=False))
        self._subset_created = True
        scale = 1000 / self.units_per_em
        self._glyphs = {
            glyph: (cid, round(width * scale)) for glyph, (cid, width) in self._glyphs.items()
        }
        GlyphAccumulator.prepare_write(self)
        if is_first_part(self.writer):
            self._list_letters()
        descriptor = self.cidfont_obj["/FontDescriptor"]
        for key in ("/Ascent", "/Descent", "/CapHeight"):
            descriptor[key] = generic.NumberObject(round(descriptor[key] * scale))
        descriptor["/FontBBox"] = generic.ArrayObject(
            generic.NumberObject(round(side * scale)) for side in descriptor["/FontBBox"]
        )

    def _list_letters(self) -> None:
        """Name the glyphs of the subset (ISO 19005-1, 6.3.5); those that it lost keep their places, empty."""
        count = self.tt["maxp"].numGlyphs
        bits = bytearray((count + 7) // 8)
        for cid in range(count):
            bits[cid // 8] |= 0x80 >> cid % 8
        listed = self.writer.add_object(generic.StreamObject(stream_data=bytes(bits)))
        self.cidfont_obj["/FontDescriptor"][generic.pdf_name("/CIDSet")] = listed


class Fonts:
    """The office's font in one update: one embedded subset for each style, however many texts use it."""

    def __init__(self, update: BasePdfFileWriter) -> None:
        self._update = update
        self._loaded: dict[bool, GlyphAccumulator] = {}

    def serif(self, *, italic: bool = False) -> GlyphAccumulator:
        """Return the subset that texts of a style add their glyphs to; pyHanko embeds it when writing."""
        if italic not in self._loaded:
            with serif_font(italic=italic).open("rb") as file:
                self._loaded[italic] = SerifSubset(
                    self._update, file, font_size=10, features={"kern": False}
                )
        return self._loaded[italic]
