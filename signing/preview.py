"""Shows what a signature will show before there is one, drawn by the code that draws the signature itself."""

from __future__ import annotations

from pathlib import Path

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import AppearanceContent
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from signing.appearance import ExactBox, Fonts
from signing.errors import SigningError
from signing.opinion_text import OpinionText, lay_out, tidied
from signing.opinions import OpinionLayout, OpinionRoom
from signing.placed_text import content_of
from signing.request import Appearance


def appearance_page(appearance: Appearance, width_pt: float, height_pt: float, out: Path) -> None:
    """Write a PDF whose one page is a signature's box: nothing else is on it, not even paper.

    Args:
        appearance: what the signature shows.
        width_pt: of the box as a person sees it, whichever way the page is turned.
        height_pt: likewise.
        out: is written anew.

    Raises:
        SigningError: `sign.image_unreadable`, `sign.font_missing`, `sign.not_written`, `prepare.text_too_wide`.
    """
    writer = PdfFileWriter()
    content = content_of(writer, ExactBox(width_pt, height_pt), appearance)
    _write_page(writer, content, width_pt, height_pt, out)


def opinion_page(text: str, room: OpinionRoom, out: Path) -> OpinionLayout:
    """Write a PDF whose one page is an opinion's field once it is filled, and say how it is laid out.

    Args:
        text: the opinion.
        room: its field.
        out: is written anew.

    Raises:
        SigningError: `prepare.opinion_too_long`, `prepare.opinion_letters`, `sign.font_missing`, `sign.not_written`.
    """
    writer = PdfFileWriter()
    content = OpinionText(
        writer,
        ExactBox(room.width_pt, room.height_pt),
        fonts=Fonts(writer),
        text=tidied(text),
        size_pt=room.size_pt,
        leading_pt=room.leading_pt,
        rotation_deg=0,
    )
    _write_page(writer, content, room.width_pt, room.height_pt, out)
    return content.layout


def opinion_layout(text: str, room: OpinionRoom) -> OpinionLayout:
    """Say how an opinion will stand in its field; errors as `opinion_page`."""
    return lay_out(tidied(text), room, Fonts(PdfFileWriter()).serif())


def _write_page(
    writer: PdfFileWriter, content: AppearanceContent, width_pt: float, height_pt: float, out: Path
) -> None:
    box = writer.add_object(content.as_form_xobject())
    named = {generic.pdf_name("/Box"): box}
    resources = {generic.pdf_name("/XObject"): generic.DictionaryObject(named)}
    shown = writer.add_object(generic.StreamObject(stream_data=b"/Box Do"))
    page = PageObject(shown, (0, 0, width_pt, height_pt), generic.DictionaryObject(resources))
    writer.insert_page(page)
    try:
        with out.open("wb") as stream:
            writer.write(stream)
    except OSError as error:
        raise SigningError("sign.not_written", errno=error.errno) from error
