"""Ink apart from paper: how much of it lies on each point, its own colour, and whether that is the one wanted."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter, ImageMath

from signing.errors import SigningError
from signing.intake.paper import paper_colours
from signing.intake.records import Ink

HUES: dict[Ink, tuple[tuple[int, int], ...]] = {
    "blue": ((135, 190),),
    "red": ((0, 14), (236, 255)),
    "any": ((0, 255),),
}
"""Hues by ink as Pillow counts them, 255 for the whole circle: blue from 190° to 268°, red from 333° to 20°."""
_LEAST_SATURATION = 60
"""Below it ink is grey or black, whatever its hue."""
_CORE = 150
"""Ink that covers its paper, of 255: the edges are mixed with it."""
_LEAST_CONTRAST = 28
_LEAST_SHARE = 0.0006
_MOST_SHARE = 0.6
_QUIET_SHARE = 0.995
_LEAST_FLOOR, _MOST_FLOOR = 10, 90


@dataclass(frozen=True, slots=True)
class InkLayer:
    """Ink without paper: `cover` how much of it lies on each point (L), `colour` its own colour (RGB)."""

    cover: Image.Image
    colour: Image.Image


def ink_of(image: Image.Image) -> InkLayer:
    """Take the ink off its paper.

    Raises:
        SigningError: `image.empty` (no ink), `image.no_paper` (most of the picture is dark, or shows other things).
    """
    papers = paper_colours(image)
    balanced = [_balanced(band, paper) for band, paper in zip(image.split(), papers, strict=True)]
    darkness = ImageChops.invert(balanced[0])
    for band in balanced[1:]:
        darkness = ImageChops.lighter(darkness, ImageChops.invert(band))
    cover = _cover(darkness)
    colours = [_unmixed(band, cover) for band in balanced]
    return InkLayer(cover, Image.merge("RGB", colours))


def share_of(layer: InkLayer, ink: Ink) -> float:
    """Return the part of the ink that has a hue, 0 to 1."""
    hue, saturation, _ = layer.colour.convert("HSV").split()
    core = layer.cover.point([255 if level >= _CORE else 0 for level in range(256)])
    right = hue.point(
        [255 if any(low <= at <= high for low, high in HUES[ink]) else 0 for at in range(256)]
    )
    if ink != "any":
        vivid = saturation.point([255 if at >= _LEAST_SATURATION else 0 for at in range(256)])
        right = ImageChops.darker(right, vivid)
    total = core.histogram()[255]
    return ImageChops.darker(core, right).histogram()[255] / total if total else 0.0


def _balanced(band: Image.Image, paper: Image.Image) -> Image.Image:
    """Return a band as it would be on white paper in even light."""
    ratio = ImageMath.lambda_eval(
        lambda args: args["min"](args["float"](args["band"]) * 255.0 / args["paper"], 255.0),
        band=band,
        paper=paper,
    )
    level: Image.Image = ratio.convert("L")
    return level


def _cover(darkness: Image.Image) -> Image.Image:
    """Return how much ink covers each point: none at the level of the paper's grain, all at that of the strokes."""
    counts = darkness.filter(ImageFilter.MedianFilter(3)).histogram()
    split = _split(counts)
    total, dark = sum(counts), sum(counts[split + 1 :])
    if dark < _LEAST_SHARE * total:
        raise SigningError("image.empty")
    ink = sum(level * counts[level] for level in range(split + 1, 256)) / dark
    light = sum(counts[: split + 1])
    paper = sum(level * counts[level] for level in range(split + 1)) / max(light, 1)
    if ink - paper < _LEAST_CONTRAST:
        raise SigningError("image.empty")
    if dark > _MOST_SHARE * total:
        raise SigningError("image.no_paper")
    noise = darkness.histogram()
    grain = _percentile(noise[: split + 1], _QUIET_SHARE)
    low = min(
        max(paper + 0.15 * (ink - paper), float(_LEAST_FLOOR), min(grain, split)), _MOST_FLOOR
    )
    high = max(ink * 0.92, low + 16)
    ramp = [round(min(max((level - low) / (high - low), 0.0), 1.0) * 255) for level in range(256)]
    return darkness.point(ramp)


def _split(counts: list[int]) -> int:
    """Return the level that tells two kinds of points apart best (Otsu 1979)."""
    total, weighted = sum(counts), sum(level * count for level, count in enumerate(counts))
    best, best_level = -1.0, 127
    below, below_sum = 0, 0
    for level, count in enumerate(counts):
        below += count
        below_sum += level * count
        above = total - below
        if below == 0 or above == 0:
            continue
        apart = below_sum / below - (weighted - below_sum) / above
        spread = below * above * apart * apart
        if spread > best:
            best, best_level = spread, level
    return best_level


def _percentile(counts: list[int], share: float) -> float:
    wanted, seen = share * sum(counts), 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= wanted:
            return float(level)
    return float(len(counts) - 1)


def _unmixed(band: Image.Image, cover: Image.Image) -> Image.Image:
    """Return the ink's own share of a band that is mixed of ink and white paper."""
    own = ImageMath.lambda_eval(
        lambda args: args["max"](
            255.0
            - (255.0 - args["float"](args["band"]))
            * 255.0
            / args["max"](args["float"](args["cover"]), 48.0),
            0.0,
        ),
        band=band,
        cover=cover,
    )
    level: Image.Image = own.convert("L")
    return level
