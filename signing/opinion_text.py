"""The text of an opinion in its field: wrapped, from the upper edge down, in the office's font at the form's size."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from signing.appearance import ExactBox, Fonts, upright
from signing.errors import SigningError
from signing.fonts import serif_font, unknown_letters
from signing.opinions import (
    ASCENT,
    INTERLINE,
    LEAST_SIZE_PT,
    OpinionLayout,
    OpinionRoom,
    lines_that_fit,
)

_SIZE_STEP_PT = 0.5
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))


def tidied(text: str) -> str:
    """Return a text as it is signed: NFC, plain spaces, line feeds between lines, no blank lines around it.

    Raises:
        SigningError: `prepare.opinion_letters` where the font lacks a letter, or one would not be seen.
    """
    lines = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).translate(_LINE_ENDS)
    plain = "\n".join(_plain(line) for line in lines.split("\n")).strip("\n")
    letters = plain.replace("\n", "")
    unseen = {letter for letter in letters if unicodedata.category(letter).startswith("C")}
    unknown = unseen | set(unknown_letters(serif_font(), letters))
    if unknown:
        codes = ", ".join(sorted(f"U+{ord(letter):04X}" for letter in unknown)[:5])
        raise SigningError("prepare.opinion_letters", letters=codes)
    return plain


def _plain(line: str) -> str:
    shown = (" " if letter.isspace() else letter for letter in line)
    return "".join(shown).rstrip()


def lay_out(text: str, room: OpinionRoom, font: GlyphAccumulator) -> OpinionLayout:
    """Break a tidied text into lines that fit, a little smaller where they must be, never below `LEAST_SIZE_PT`.

    Raises:
        SigningError: `prepare.opinion_too_long` with the lines that it needs and those that have room.
    """
    size_pt = room.size_pt
    while True:
        fitting = lines_that_fit(room.height_pt, size_pt, room.leading_pt)
        lines = tuple(_wrapped(text, room.width_pt / size_pt, font))
        if len(lines) <= fitting:
            return OpinionLayout(lines, fitting, size_pt)
        if size_pt - _SIZE_STEP_PT < LEAST_SIZE_PT:
            raise SigningError("prepare.opinion_too_long", lines=len(lines), room=fitting)
        size_pt -= _SIZE_STEP_PT


def _wrapped(text: str, width_em: float, font: GlyphAccumulator) -> Iterator[str]:
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _width_em(longer, font) <= width_em:
                line = longer
                continue
            if line:
                yield line
            *whole, line = _cut(word, width_em, font)
            yield from whole
        yield line


def _cut(word: str, width_em: float, font: GlyphAccumulator) -> list[str]:
    """Cut a word that is wider than a line, say an address of a page, where the line ends."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and _width_em(pieces[-1] + letter, font) > width_em:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _width_em(text: str, font: GlyphAccumulator) -> float:
    return float(font.shape(text, with_actual_text=False).x_advance)


class OpinionText(AppearanceContent):
    """What a field of several lines shows once it is filled (ISO 32000-2, 12.7.4.3)."""

    def __init__(
        self,
        writer: BasePdfFileWriter,
        box: ExactBox,
        *,
        fonts: Fonts,
        text: str,
        size_pt: float,
        leading_pt: float | None,
        rotation_deg: int,
    ) -> None:
        """Lay it out.

        Args:
            writer: of the update.
            box: of the widget in user space.
            fonts: of the update.
            text: tidied.
            size_pt: the form's.
            leading_pt: distance of the form's own lines, None where it has none.
            rotation_deg: the page's.

        Raises:
            SigningError: as `lay_out`.
        """
        super().__init__(writer=writer, box=box)
        self._rotation_deg = rotation_deg % 360
        width_pt, height_pt = float(box.width), float(box.height)
        if self._rotation_deg in (90, 270):
            width_pt, height_pt = height_pt, width_pt
        self._room = OpinionRoom(width_pt, height_pt, size_pt, leading_pt)
        self._font = fonts.serif()
        self.layout = lay_out(text, self._room, self._font)

    def render(self) -> bytes:
        """Return the content stream of the field's normal appearance."""
        room, layout = self._room, self.layout
        turn = upright(float(self.box.width), float(self.box.height), self._rotation_deg)
        self.set_resource(ResourceType.FONT, generic.pdf_name("/Serif"), self._font.as_resource())
        # On a form with lines of its own a smaller letter stands on them as well.
        first_pt = room.height_pt - ASCENT * (room.size_pt if room.leading_pt else layout.size_pt)
        leading_pt = room.leading_pt or INTERLINE * layout.size_pt
        drawn = [
            b"BT 0 g /Serif %.4f Tf 0 %.4f Td %s ET"
            % (layout.size_pt, first_pt - index * leading_pt, self._font.shape(line).graphics_ops)
            for index, line in enumerate(layout.lines)
        ]
        return b"/Tx BMC q %s %s Q EMC" % (turn, b" ".join(drawn))
