"""Draws a number signature: the texts of number and date in their blanks, and nothing between them.

Its one wide box lies over printed words. So it holds text operators and embedded fonts alone, which is what
`signing.drawn_text` asks of a signature before it may lie over words.
"""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter

from signing.appearance import BoxContent, BoxStyle, Fonts, upright
from signing.errors import SigningError
from signing.request import DESCENT, Appearance, PlacedText

_FONT_NAMES = {False: b"/Serif", True: b"/SerifItalic"}


class PlacedTexts(AppearanceContent):
    """Lines of text, each centred in its own box and upright on the page as shown."""

    def __init__(
        self,
        writer: BasePdfFileWriter,
        box: BoxConstraints,
        placed: tuple[PlacedText, ...],
        fonts: Fonts,
        rotation_deg: int,
    ) -> None:
        super().__init__(writer=writer, box=box)
        self._placed, self._fonts = placed, fonts
        self._rotation_deg = rotation_deg % 360

    def render(self) -> bytes:
        """Return the content stream.

        Raises:
            SigningError: `prepare.text_too_wide`.
        """
        return b"\n".join(self._line(item) for item in self._placed)

    def _line(self, item: PlacedText) -> bytes:
        width_pt = item.box.right_pt - item.box.left_pt
        height_pt = item.box.top_pt - item.box.bottom_pt
        turn = upright(width_pt, height_pt, self._rotation_deg)
        room_pt = height_pt if self._rotation_deg in (90, 270) else width_pt
        font = self._fonts.serif(italic=item.italic)
        # Without the text beside the glyphs: marked content is more than text operators.
        line = font.shape(normalize("NFC", item.text), with_actual_text=False)
        text_width_pt = line.x_advance * item.font_size_pt
        if text_width_pt > room_pt:
            raise SigningError("prepare.text_too_wide", field=item.name, text=item.text)
        name = _FONT_NAMES[item.italic]
        self.set_resource(ResourceType.FONT, generic.pdf_name(name.decode()), font.as_resource())
        return b"q 1 0 0 1 %.4f %.4f cm %s BT 0 g %s %.4f Tf %.4f %.4f Td %s ET Q" % (
            item.box.left_pt,
            item.box.bottom_pt,
            turn,
            name,
            item.font_size_pt,
            (room_pt - text_width_pt) / 2,
            DESCENT * item.font_size_pt,
            line.graphics_ops,
        )


class LookStyle(BoxStyle):
    """pyHanko's hook for any appearance: texts at their own places, or an image and lines."""

    def create_stamp(
        self, writer: BasePdfFileWriter, box: BoxConstraints, text_params: dict[str, Any]
    ) -> Any:
        """Return the content for a widget of the box's size in user space."""
        if not self.appearance.placed:
            return super().create_stamp(writer, box, text_params)
        fonts = self.fonts or Fonts(writer)
        return PlacedTexts(
            writer, self.size or box, self.appearance.placed, fonts, self.rotation_deg
        )


def content_of(
    writer: BasePdfFileWriter, box: BoxConstraints, appearance: Appearance
) -> AppearanceContent:
    """Return what an appearance draws on a page that stands upright."""
    if appearance.placed:
        return PlacedTexts(writer, box, appearance.placed, Fonts(writer), 0)
    return BoxContent(writer, box, appearance, Fonts(writer), 0)
