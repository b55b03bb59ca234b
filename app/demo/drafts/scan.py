"""Scanned paper: pages as noisy photographs of text, with no text layer, as an office's scanner makes."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from app.demo.fonts import font_path

DPI = 200
"""The least that Decree 30/2020 asks of a scan (Annex I, part II)."""

_MM = DPI / 25.4
_SIZE = (round(210 * _MM), round(297 * _MM))
_POINT = DPI / 72
_LEFT_MM, _RIGHT_MM = 30.0, 190.0
_QUALITY = 86
_EPOCH = time.gmtime(0)

UPRIGHT = "LiberationSerif-Regular"
BOLD = "LiberationSerif-Bold"
ITALIC = "LiberationSerif-Italic"


@dataclass(frozen=True, slots=True)
class Line:
    """One line on a page: its centre and baseline in millimetres from the top-left corner."""

    x_mm: float
    y_mm: float
    text: str
    font: str = UPRIGHT
    size_pt: float = 13.0


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with transparency laid on the page, centred, before it was scanned."""

    path: Path
    x_mm: float
    y_mm: float
    width_mm: float


@dataclass(frozen=True, slots=True)
class ScanPage:
    """What stood on the paper: single lines, running text below `body_mm`, pictures."""

    lines: tuple[Line, ...]
    body: tuple[str, ...] = ()
    body_mm: float = 22.0
    pictures: tuple[Picture, ...] = ()


def write_scan(path: Path, pages: Iterable[ScanPage], title: str, grain: int = 12) -> None:
    """Write pages as a PDF of JPEG images at `DPI`.

    Args:
        path: the PDF.
        pages: at least one.
        title: for the document's metadata.
        grain: depth of the paper's noise, 0 to 120: it makes the file's size.
    """
    images = _images(pages, grain)
    first = next(images)
    first.save(
        path,
        "PDF",
        save_all=True,
        append_images=images,
        resolution=DPI,
        quality=_QUALITY,
        title=title,
        creationDate=_EPOCH,
        modDate=_EPOCH,
    )


def _images(pages: Iterable[ScanPage], grain: int) -> Iterator[Image.Image]:
    dice = random.Random(200)
    for page in pages:
        sheet = Image.new("RGB", _SIZE, "white")
        pen = ImageDraw.Draw(sheet)
        for line in page.lines:
            place = (line.x_mm * _MM, line.y_mm * _MM)
            font = _font(line.font, line.size_pt)
            pen.text(place, line.text, font=font, fill=(28, 28, 34), anchor="ms")
        _write_body(pen, page)
        for picture in page.pictures:
            _lay(sheet, picture)
        shift = dice.randrange(_SIZE[0]), dice.randrange(_SIZE[1])
        yield ImageChops.multiply(sheet, ImageChops.offset(_paper(grain), *shift))


def _write_body(pen: ImageDraw.ImageDraw, page: ScanPage) -> None:
    font = _font(UPRIGHT, 13.5)
    y_mm = page.body_mm
    for paragraph in page.body:
        x_mm = _LEFT_MM + 10
        for word in paragraph.split():
            width_mm = font.getlength(f"{word} ") / _MM
            if x_mm + width_mm > _RIGHT_MM:
                x_mm, y_mm = _LEFT_MM, y_mm + 6.6
            pen.text((x_mm * _MM, y_mm * _MM), word, font=font, fill=(28, 28, 34), anchor="ls")
            x_mm += width_mm
        y_mm += 8.6


def _lay(sheet: Image.Image, picture: Picture) -> None:
    with Image.open(picture.path) as source:
        width = round(picture.width_mm * _MM)
        height = round(width * source.height / source.width)
        image = source.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
    left = round(picture.x_mm * _MM - width / 2)
    top = round(picture.y_mm * _MM - height / 2)
    sheet.paste(image, (left, top), image)


@cache
def _paper(grain: int) -> Image.Image:
    """Return a sheet of slightly yellow, grainy paper; the same every time."""
    noise = Image.frombytes("L", _SIZE, random.Random(30).randbytes(_SIZE[0] * _SIZE[1]))
    red = noise.point([254 - grain + value * grain // 255 for value in range(256)])
    blue = noise.point([248 - grain + value * grain // 255 for value in range(256)])
    return Image.merge("RGB", (red, red, blue))


@cache
def _font(stem: str, size_pt: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_path(stem), round(size_pt * _POINT))
