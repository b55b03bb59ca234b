"""Where the ink is: specks apart, its bounds, and how round it is."""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageFilter

from signing.errors import SigningError

_CELLS = 200
_FAINT = 14
"""A cell's mean cover, of 255, from which it holds ink."""
_SPECK_SHARE = 0.004
"""A part of so little of all the ink, far from the rest, is dust."""
_NEAR_CELLS = 6
_EDGE = 110
_ANGLES = 180
_RADIAL_PX = 400

_Cell = tuple[int, int]


def without_specks(cover: Image.Image) -> Image.Image:
    """Return the ink without dust: small parts that lie apart from the rest."""
    scale = _CELLS / max(cover.size)
    size = (max(1, round(cover.width * scale)), max(1, round(cover.height * scale)))
    grid = cover.resize(size, Image.Resampling.BOX)
    levels = zip(_cells(size), grid.tobytes(), strict=True)
    inked = {cell: level for cell, level in levels if level >= _FAINT}
    parts = _parts(set(inked))
    masses = [sum(inked[cell] for cell in part) for part in parts]
    if not masses:
        raise SigningError("image.empty")
    total = sum(masses)
    kept: set[_Cell] = set()
    for part, mass in sorted(zip(parts, masses, strict=True), key=lambda item: -item[1]):
        if mass >= _SPECK_SHARE * total or _is_near(part, kept):
            kept |= part
    mask = Image.new("L", size)
    for cell in kept:
        mask.putpixel(cell, 255)
    mask = mask.filter(ImageFilter.MaxFilter(3)).resize(cover.size, Image.Resampling.NEAREST)
    return ImageChops.darker(cover, mask)


def bounds(cover: Image.Image) -> tuple[int, int, int, int]:
    """Return the ink's left, top, right, bottom: to where half of a point is covered.

    Raises:
        SigningError: `image.empty`.
    """
    found = cover.point([255 if level >= _EDGE else 0 for level in range(256)]).getbbox()
    if found is None:
        raise SigningError("image.empty")
    return found


def roundness(cover: Image.Image) -> float:
    """Return how round the outline of the ink is: 1 for a circle, 0.71 for a square, b / a for an ellipse.

    Args:
        cover: cropped to the ink.
    """
    scale = _RADIAL_PX / max(cover.size)
    small = cover.resize(
        (max(1, round(cover.width * scale)), max(1, round(cover.height * scale))),
        Image.Resampling.BOX,
    )
    levels = small.tobytes()
    reach = int(math.hypot(small.width, small.height) / 2) + 1
    radii = sorted(
        _outermost(levels, small.size, 2 * math.pi * at / _ANGLES, reach) for at in range(_ANGLES)
    )
    # A worn seal has gaps in its ring: what is seen through them does not count.
    low, high = radii[int(0.3 * _ANGLES)], radii[int(0.95 * _ANGLES)]
    sides = min(cover.size) / max(cover.size)
    return min(sides, low / high if high else 0.0)


def _outermost(levels: bytes, size: tuple[int, int], angle: float, reach: int) -> float:
    """Return how far from the middle the last ink lies in a direction."""
    width, height = size
    across, down = math.cos(angle), math.sin(angle)
    for radius in range(reach, 0, -1):
        x, y = round((width - 1) / 2 + across * radius), round((height - 1) / 2 + down * radius)
        if 0 <= x < width and 0 <= y < height and levels[y * width + x] >= _EDGE // 2:
            return float(radius)
    return 0.0


def _cells(size: tuple[int, int]) -> list[_Cell]:
    return [(x, y) for y in range(size[1]) for x in range(size[0])]


def _parts(cells: set[_Cell]) -> list[set[_Cell]]:
    """Return what hangs together, over corners too."""
    left, found = set(cells), []
    while left:
        part, edge = set(), [left.pop()]
        while edge:
            x, y = edge.pop()
            part.add((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            edge.extend(near)
        found.append(part)
    return found


def _is_near(part: set[_Cell], kept: set[_Cell]) -> bool:
    """Whether a small part, say the dot of a letter, belongs to what is kept."""
    x, y = next(iter(part))
    reach = range(-_NEAR_CELLS, _NEAR_CELLS + 1)
    return any((x + dx, y + dy) in kept for dx in reach for dy in reach)
