"""The paper under the ink: a smooth surface of its colour, however the light falls on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from operator import mul

from PIL import Image

from signing.errors import SigningError

_GRID = 48
_TILES = 6
_ROUNDS = 8
_LIGHTEST_SHARE = 0.4
_TOLERANCE = 7.0
"""How much darker than the surface paper may be, of 255."""
_GLARE = 25.0
_DARKEST = 60.0
_LEAST_SHARE = 0.25
_SURFACE = 64

_Row = tuple[float, ...]


def paper_colours(image: Image.Image) -> tuple[Image.Image, Image.Image, Image.Image]:
    """Return the paper's red, green and blue over the whole picture, as images of floats.

    A surface of second degree goes through what is paper: the lightest of each part of the picture at first, then all
    that lies on the surface.

    Raises:
        SigningError: `image.no_paper` where most of the picture is none, or it is too dark.
    """
    small = _reduced(image, _GRID)
    points = [_terms(x, y) for x, y in _places(small.size)]
    bands = [[float(level) for level in band.tobytes()] for band in small.split()]
    pixels: list[_Row] = list(zip(*bands, strict=True))
    lights = [_light(pixel) for pixel in pixels]
    chosen = _lightest(lights, small.size)
    surfaces: list[_Row] = []
    for _ in range(_ROUNDS):
        surfaces = _fitted(points, pixels, chosen)
        levels = [_light([_at(surface, point) for surface in surfaces]) for point in points]
        chosen = [
            -_TOLERANCE < light - level < _GLARE
            for light, level in zip(lights, levels, strict=True)
        ]
        if sum(chosen) < _LEAST_SHARE * len(chosen):
            raise SigningError("image.no_paper")
    paper = [light for light, is_paper in zip(lights, chosen, strict=True) if is_paper]
    if sum(paper) / len(paper) < _DARKEST:
        raise SigningError("image.no_paper")
    red, green, blue = (_spread(surface, image.size) for surface in surfaces)
    return red, green, blue


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    scale = longest / max(image.size)
    size = tuple(max(8, round(side * scale)) for side in image.size)
    return image.resize((size[0], size[1]), Image.Resampling.BOX)


def _cells(size: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x, y) for y in range(size[1]) for x in range(size[0])]


def _places(size: tuple[int, int]) -> list[tuple[float, float]]:
    """The middles of a grid's cells, each axis from -1 to 1."""
    width, height = size
    return [((2 * x + 1) / width - 1, (2 * y + 1) / height - 1) for x, y in _cells(size)]


def _terms(x: float, y: float) -> _Row:
    return (1.0, x, y, x * x, x * y, y * y)


def _light(pixel: Sequence[float]) -> float:
    return 0.3 * pixel[0] + 0.59 * pixel[1] + 0.11 * pixel[2]


def _lightest(lights: list[float], size: tuple[int, int]) -> list[bool]:
    """The lightest of each tile: where the light is weak, paper is darker than ink is elsewhere."""
    width, height = size
    tiles: dict[tuple[int, int], list[float]] = {}
    places = [(x * _TILES // width, y * _TILES // height) for x, y in _cells(size)]
    for tile, light in zip(places, lights, strict=True):
        tiles.setdefault(tile, []).append(light)
    floors = {
        tile: sorted(found)[int(len(found) * (1 - _LIGHTEST_SHARE))]
        for tile, found in tiles.items()
    }
    return [light >= floors[tile] for tile, light in zip(places, lights, strict=True)]


def _fitted(points: list[_Row], pixels: list[_Row], chosen: list[bool]) -> list[_Row]:
    """Return the least-squares surface through each channel of the chosen points (normal equations)."""
    terms = list(zip(*compress(points, chosen), strict=True))
    channels = list(zip(*compress(pixels, chosen), strict=True))
    rows = [[sum(map(mul, one, other)) for other in (*terms, *channels)] for one in terms]
    for at, row in enumerate(rows):
        row[at] += 1e-6
    return _solved(rows)


def _solved(rows: list[list[float]]) -> list[_Row]:
    """Solve a small symmetric system, for each of its right sides, by Gauss's elimination with pivots."""
    count = len(rows)
    for at in range(count):
        pivot = max(range(at, count), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        head = rows[at][at]
        rows[at] = [value / head for value in rows[at]]
        for other in range(count):
            if other != at:
                share = rows[other][at]
                rows[other] = [
                    value - share * mine for value, mine in zip(rows[other], rows[at], strict=True)
                ]
    return list(zip(*(row[count:] for row in rows), strict=True))


def _at(surface: _Row, point: _Row) -> float:
    return sum(one * other for one, other in zip(surface, point, strict=True))


def _spread(surface: _Row, size: tuple[int, int]) -> Image.Image:
    grid = (_SURFACE, _SURFACE)
    drawn = Image.new("F", grid)
    drawn.putdata([min(max(_at(surface, _terms(x, y)), 30.0), 255.0) for x, y in _places(grid)])
    return drawn.resize(size, Image.Resampling.BICUBIC)
