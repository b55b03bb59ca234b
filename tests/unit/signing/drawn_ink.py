"""Pictures of ink on paper as a scanner or a telephone makes them, drawn with the truth known."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.images import draw_seal, draw_signature
from app.demo.people import LEADER

MM_PER_INCH = 25.4
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
YELLOWISH: Colour = (243, 232, 201)
GREY: Colour = (188, 190, 192)
BLUE: Colour = (28, 52, 150)
RED: Colour = (205, 30, 40)
BLACK: Colour = (34, 34, 36)


@dataclass(frozen=True)
class Sheet:
    """How the paper looks: its colour, how much darker its lower right is, its grain."""

    paper: Colour = WHITE
    falloff: float = 0.0
    grain: int = 0
    seed: int = 7


@cache
def signature_cover(dpi: int = 300) -> Image.Image:
    """The leader's hand: how much ink lies where, 45 by 22 mm. Not to be drawn on."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hand.png"
        draw_signature(LEADER.key, path)
        return _cover(path, dpi)


@cache
def seal_cover(dpi: int = 300) -> Image.Image:
    """The agency's seal, likewise."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "seal.png"
        draw_seal(path)
        return _cover(path, dpi)


def _cover(path: Path, dpi: int) -> Image.Image:
    with Image.open(path) as opened:
        scale = dpi / opened.info["dpi"][0]
        size = (round(opened.width * scale), round(opened.height * scale))
        return opened.getchannel("A").resize(size, Image.Resampling.LANCZOS)


def on_paper(
    cover: Image.Image, ink: Colour, sheet: Sheet = Sheet(), *, margin_px: int = 120
) -> Image.Image:
    """Put ink on paper in the light that falls on it."""
    size = (cover.width + 2 * margin_px, cover.height + 2 * margin_px)
    image = Image.new("RGB", size, sheet.paper)
    image.paste(Image.new("RGB", cover.size, ink), (margin_px, margin_px), cover)
    if sheet.falloff:
        light = Image.new("L", (16, 16))
        light.putdata(
            [round(255 * (1 - sheet.falloff * (x + y) / 30)) for y in range(16) for x in range(16)]
        )
        light = light.resize(size, Image.Resampling.BICUBIC)
        image = ImageChops.multiply(image, Image.merge("RGB", [light] * 3))
    if sheet.grain:
        image = _grained(image, sheet)
    return image.filter(ImageFilter.GaussianBlur(0.6))


def _grained(image: Image.Image, sheet: Sheet) -> Image.Image:
    lots = random.Random(sheet.seed)
    noise = Image.frombytes("L", image.size, lots.randbytes(image.width * image.height))
    noise = noise.point([round(128 + (level - 128) * sheet.grain / 128) for level in range(256)])
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), scale=1, offset=-128)


def dusty(image: Image.Image) -> Image.Image:
    """A few specks far from the ink."""
    pen = ImageDraw.Draw(image)
    for x, y in ((9, 12), (image.width - 16, 20), (14, image.height - 18)):
        pen.ellipse((x, y, x + 4, y + 4), fill=(70, 70, 70))
    return image
