"""Draws what the demo office's people put on paper: blue handwritten signatures, the red round seal."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from app.demo.fonts import font_path
from app.demo.people import AGENCY_SEAL, CHIEF, CLERK, DEPUTY, HEAD, LEADER, PARTNER, SPECIALIST

SIGNATURE_MM = (45.0, 22.0)
INITIAL_MM = (12.0, 6.0)
SEAL_MM = 36.0
SIGNATURE_DPI = 300
INITIAL_DPI = 600
SEAL_DPI = 600

_FONT = "LiberationSans-Bold"
_BLUE = (24, 54, 160)
_RED = (214, 24, 32)
_OVERSAMPLING = 3
_TILE_EM = 2.2
"""A capital with its marks, turned about its baseline, reaches a little more than one em."""
_MM_PER_INCH = 25.4

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Hand:
    """How one person signs: pen strokes through points (hundredths of the width and height)."""

    strokes: tuple[tuple[_Point, ...], ...]
    pen_mm: float
    slant: float


@dataclass(frozen=True, slots=True)
class Seal:
    """The words of a round seal: around the ring, and two lines in its middle with their sizes."""

    ring: str
    middle: tuple[str, str]
    sizes_mm: tuple[float, float] = (3.3, 3.3)


AGENCY_SEAL_WORDS = Seal("ỦY BAN NHÂN DÂN TỈNH THỬ NGHIỆM", ("SỞ", "TƯ PHÁP"), (4.8, 3.9))

_HANDS = {
    LEADER.key: _Hand(
        strokes=(
            (
                *((6, 78), (10, 50), (15, 18), (17, 14), (18, 30), (22, 66), (26, 72), (29, 40)),
                *((32, 10), (33, 26), (32, 52), (36, 58), (40, 46), (42, 50), (41, 62), (46, 58)),
                *((50, 46), (52, 52), (52, 64), (58, 52), (62, 48), (63, 60), (69, 52), (76, 50)),
                *((84, 44), (94, 34)),
            ),
            ((20, 88), (40, 78), (66, 74), (90, 76), (74, 84), (52, 90)),
        ),
        pen_mm=0.62,
        slant=0.18,
    ),
    DEPUTY.key: _Hand(
        strokes=(
            ((8, 26), (24, 18), (44, 14), (50, 18)),
            ((28, 16), (26, 44), (22, 72), (16, 84), (10, 76), (16, 66), (28, 64), (36, 56)),
            (
                *((40, 26), (39, 52), (37, 74), (39, 50), (46, 30), (54, 34), (52, 46), (44, 52)),
                *((54, 54), (56, 68), (46, 76), (40, 72), (52, 66), (62, 58), (65, 64), (69, 56)),
                *((72, 64), (77, 56), (80, 64), (88, 58), (95, 60)),
            ),
        ),
        pen_mm=0.55,
        slant=0.1,
    ),
    CHIEF.key: _Hand(
        strokes=(
            (
                *((20, 20), (26, 10), (30, 18), (22, 46), (14, 72), (8, 78), (7, 70), (16, 70)),
                *((28, 78), (40, 72), (46, 40), (58, 22), (64, 26), (60, 34), (50, 46), (47, 64)),
                *((54, 72), (64, 62), (68, 54), (66, 66), (71, 66), (75, 55), (75, 68), (82, 62)),
                *((84, 70), (82, 90), (74, 92), (80, 78), (96, 60)),
            ),
        ),
        pen_mm=0.7,
        slant=0.24,
    ),
    PARTNER.key: _Hand(
        strokes=(
            ((18, 16), (16, 50), (12, 88)),
            (
                *((8, 34), (18, 12), (34, 12), (38, 28), (30, 44), (18, 48), (34, 50), (44, 54)),
                *((46, 40), (50, 54), (54, 42), (57, 54), (62, 44), (64, 56), (70, 46), (78, 20)),
                *((80, 28), (70, 60), (58, 86), (50, 84), (62, 70), (84, 58), (95, 52)),
            ),
        ),
        pen_mm=0.58,
        slant=0.05,
    ),
    SPECIALIST.key: _Hand(
        strokes=(
            (
                *((12, 20), (10, 48), (8, 80), (12, 52), (24, 44), (28, 18), (26, 50), (24, 80)),
                *((30, 62), (38, 52), (40, 66), (46, 70), (52, 52), (50, 66), (57, 68), (62, 50)),
                *((64, 68), (70, 54), (72, 68), (80, 58), (94, 46)),
            ),
            ((30, 86), (58, 82), (88, 84)),
        ),
        pen_mm=0.54,
        slant=0.15,
    ),
    HEAD.key: _Hand(
        strokes=(
            (
                *((14, 70), (20, 30), (24, 16), (27, 40), (30, 62), (36, 30), (40, 20), (42, 48)),
                *((46, 68), (54, 54), (60, 58), (60, 70), (68, 58), (74, 66), (82, 52), (94, 44)),
            ),
        ),
        pen_mm=0.6,
        slant=0.12,
    ),
    CLERK.key: _Hand(
        strokes=(
            (
                *((8, 24), (14, 20), (20, 64), (24, 76), (30, 40), (36, 18), (38, 26), (36, 60)),
                *((40, 66), (46, 50), (47, 64), (53, 52), (54, 66), (61, 54), (68, 60), (90, 50)),
            ),
        ),
        pen_mm=0.5,
        slant=0.12,
    ),
}


_MARKS = {
    HEAD.key: _Hand(
        strokes=(((8, 70), (22, 14), (30, 72), (42, 22), (50, 74), (64, 40), (76, 62), (94, 30)),),
        pen_mm=0.38,
        slant=0.1,
    ),
    CHIEF.key: _Hand(
        strokes=(((34, 22), (18, 16), (10, 52), (26, 80), (46, 56), (56, 26), (60, 74), (92, 38)),),
        pen_mm=0.42,
        slant=0.2,
    ),
}
"""How they give ký nháy."""


def draw_signature(holder: str, path: Path) -> None:
    """Write the handwritten signature of a `people.Holder`'s key as a transparent PNG.

    It is `SIGNATURE_MM` in size at `SIGNATURE_DPI`.
    """
    _draw_hand(_HANDS[holder], SIGNATURE_MM, SIGNATURE_DPI, path)


def draw_initial(holder: str, path: Path) -> None:
    """Write somebody's ký nháy, `INITIAL_MM` in size at `INITIAL_DPI`, as a transparent PNG."""
    _draw_hand(_MARKS[holder], INITIAL_MM, INITIAL_DPI, path)


def _draw_hand(hand: _Hand, size_mm: tuple[float, float], dpi: int, path: Path) -> None:
    scale = _OVERSAMPLING * dpi / _MM_PER_INCH
    width, height = (round(side * scale) for side in size_mm)
    ink = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(ink)
    for stroke in hand.strokes:
        points = [_placed(point, hand.slant, width, height) for point in stroke]
        _draw_stroke(pen, points, hand.pen_mm * scale)
    _save(ink, _BLUE, dpi, path)


def draw_seal(path: Path, seal: Seal = AGENCY_SEAL_WORDS) -> None:
    """Write a round seal, `SEAL_MM` across at `SEAL_DPI`, as a transparent PNG."""
    scale = _OVERSAMPLING * SEAL_DPI / _MM_PER_INCH
    size = round(SEAL_MM * scale)
    ink = Image.new("L", (size, size), 0)
    pen = ImageDraw.Draw(ink)
    centre = size / 2
    _ring(pen, centre, SEAL_MM / 2 * scale, 0.9 * scale)
    _ring(pen, centre, (SEAL_MM / 2 - 1.3) * scale, 0.3 * scale)
    _ring(pen, centre, 10.6 * scale, 0.35 * scale)
    letters = ImageFont.truetype(font_path(_FONT), round(3.3 * scale))
    _text_on_circle(ink, seal.ring, letters, 12.15 * scale, 262.0)
    _star(pen, (centre, centre + 13.5 * scale), 1.9 * scale)
    _centred(pen, centre, centre - 2.7 * scale, seal.middle[0], seal.sizes_mm[0] * scale)
    _centred(pen, centre, centre + 3.3 * scale, seal.middle[1], seal.sizes_mm[1] * scale)
    _centred(pen, centre, centre + 7.6 * scale, "(MẪU)", 2.2 * scale)
    _save(_worn(ink), _RED, SEAL_DPI, path)


def draw_all(folder: Path) -> dict[str, Path]:
    """Write every image of the office into a folder; return their paths by the holder's key.

    The mark of ký nháy has `initial-` before the key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = {holder: folder / f"signature-{holder}.png" for holder in _HANDS}
    for holder, path in paths.items():
        draw_signature(holder, path)
    for holder in _MARKS:
        mark = folder / f"initial-{holder}.png"
        draw_initial(holder, mark)
        paths[mark.stem] = mark
    seal = folder / "seal.png"
    draw_seal(seal)
    return paths | {AGENCY_SEAL.key: seal}


def _placed(point: _Point, slant: float, width: int, height: int) -> _Point:
    x, y = point[0] / 100, point[1] / 100
    leaning = x + slant * (0.5 - y) * height / width
    return leaning * width * 0.94 + 0.03 * width, y * height * 0.94 + 0.03 * height


def _draw_stroke(pen: ImageDraw.ImageDraw, points: list[_Point], pen_px: float) -> None:
    """Draw dots along a smooth curve: thick where the hand is slow, thin where it is fast."""
    path = list(_smooth(points))
    thickness = pen_px
    for index, (x, y) in enumerate(path):
        ahead = path[min(index + 1, len(path) - 1)]
        speed = math.dist((x, y), ahead) / pen_px
        ends = min(1.0, 0.35 + index / 60, 0.25 + (len(path) - index) / 90)
        wanted = pen_px * ends * (1.25 - min(speed, 0.5) * 1.3)
        thickness += (wanted - thickness) * 0.06
        radius = thickness / 2
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _smooth(points: list[_Point], steps: int = 110) -> list[_Point]:
    """Interpolate by centripetal-like Catmull-Rom splines."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(steps):
            t = step / steps
            curve.append(
                (
                    _catmull_rom(before[0], start[0], end[0], after[0], t),
                    _catmull_rom(before[1], start[1], end[1], after[1], t),
                )
            )
    return curve


def _catmull_rom(before: float, start: float, end: float, after: float, t: float) -> float:
    return 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )


def _ring(pen: ImageDraw.ImageDraw, centre: float, radius: float, line: float) -> None:
    box = (centre - radius, centre - radius, centre + radius, centre + radius)
    pen.ellipse(box, outline=255, width=round(line))


def _text_on_circle(
    ink: Image.Image, text: str, font: ImageFont.FreeTypeFont, radius: float, spread: float
) -> None:
    """Set a text over `spread` degrees, its middle at the top, its baseline at `radius`."""
    centre = ink.width / 2
    widths = [font.getlength(letter) for letter in text]
    gap = (math.radians(spread) * radius - sum(widths)) / (len(text) - 1)
    along = -math.radians(spread) * radius / 2
    tile_px = round(font.size * _TILE_EM)
    for letter, width in zip(text, widths, strict=True):
        angle = (along + width / 2) / radius
        along += width + gap
        tile = Image.new("L", (tile_px, tile_px), 0)
        middle = tile_px / 2
        ImageDraw.Draw(tile).text((middle, middle), letter, font=font, fill=255, anchor="ms")
        turned = tile.rotate(-math.degrees(angle), Image.Resampling.BILINEAR)
        left = round(centre + radius * math.sin(angle) - middle)
        top = round(centre - radius * math.cos(angle) - middle)
        ink.paste(255, (left, top), turned)


def _star(pen: ImageDraw.ImageDraw, centre: _Point, radius: float) -> None:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.382
        angle = math.radians(36 * corner)
        points.append((centre[0] + reach * math.sin(angle), centre[1] - reach * math.cos(angle)))
    pen.polygon(points, fill=255)


def _centred(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: float) -> None:
    font = ImageFont.truetype(font_path(_FONT), round(size))
    pen.text((x, y), text, font=font, fill=255, anchor="ms")


def _worn(ink: Image.Image) -> Image.Image:
    """Let the ink be a little uneven, as rubber leaves it; the same every time."""
    dice = random.Random(36)
    coarse = Image.new("L", (64, 64))
    coarse.putdata([dice.randint(195, 255) for _ in range(64 * 64)])
    return ImageChops.multiply(ink, coarse.resize(ink.size, Image.Resampling.BICUBIC))


def _save(ink: Image.Image, colour: tuple[int, int, int], dpi: int, path: Path) -> None:
    size = (round(ink.width / _OVERSAMPLING), round(ink.height / _OVERSAMPLING))
    image = Image.new("RGBA", size, (*colour, 0))
    image.putalpha(ink.resize(size, Image.Resampling.LANCZOS))
    image.save(path, dpi=(dpi, dpi))
