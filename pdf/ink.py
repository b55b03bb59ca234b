"""Which ink of a page is no longer seen, and where something is drawn, between two pictures of it."""

from __future__ import annotations

from collections.abc import Sequence

from pdf.covering import ink_box
from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.render import RenderedPage
from pdf.text import TextLine

DPI = 144.0
"""Of the pictures: two pixels to a point."""

_PIXELS_PER_MM = DPI / 72 * POINTS_PER_MM
_LEAST_LETTERS = 4
"""What is shorter, as the sign that ends a text, is a part of something."""
_LEAST_CONTRAST = 60
"""Of 255, between a letter and its paper: what is fainter can be neither read nor hidden."""
_LOST = 0.25
_TURNED = 0.65
"""How far towards paper ink must go to be hidden: red over black goes a third of the way, blue a quarter."""
_PART = 0.2
"""So much of a letter under paper is another letter."""
_NOTICED = 40
_LEAST_DOTS_PX = 4


def hidden_part(line: TextLine, before: RenderedPage, after: RenderedPage) -> str | None:
    """Say whether the "whole" of a line, or "part" of it, is no longer seen."""
    letters = [char for char in line.chars if not char.char.isspace()]
    looks = [_seen(ink_box(char, is_upright=line.is_upright), before, after) for char in letters]
    known = [look for look in looks if look is not None]
    if len(known) >= _LEAST_LETTERS and all(contrast < _LOST for contrast, _ in known):
        return "whole"
    return "part" if any(turned > _PART for _, turned in known) else None


def hidden_look(
    whole: BoxMm, under: BoxMm, before: RenderedPage, after: RenderedPage
) -> str | None:
    """Say whether the "whole" of what was drawn in a box, or "part" of it, is no longer seen `under` another one."""
    all_of_it, covered = _seen(whole, before, after), _seen(under, before, after)
    if all_of_it is not None and (all_of_it[0] < _LOST or all_of_it[1] > 1 - _LOST):
        return "whole"
    return "part" if covered is not None and covered[1] > _PART else None


def is_drawn_on(box: BoxMm, before: RenderedPage, after: RenderedPage) -> bool:
    """Say whether the pictures differ within a box."""
    dots = zip(_greys(box, before), _greys(box, after), strict=True)
    return sum(abs(was - now) > _NOTICED for was, now in dots) >= _LEAST_DOTS_PX


def _seen(box: BoxMm, before: RenderedPage, after: RenderedPage) -> tuple[float, float] | None:
    """Of a letter: which part of its contrast is left, and which part of its ink has turned into paper."""
    was, now = _greys(box, before), _greys(box, after)
    if not was or max(was) - min(was) < _LEAST_CONTRAST:
        return None
    middle = (max(was) + min(was)) / 2
    ink = [at for at, grey in enumerate(was) if grey < middle]
    paper = [at for at, grey in enumerate(was) if grey >= middle]
    light, dark = _mean(was, paper), _mean(was, ink)
    turned = sum(
        (now[at] - was[at]) > _TURNED * (light - was[at]) and now[at] > middle for at in ink
    )
    return (_mean(now, paper) - _mean(now, ink)) / (light - dark), turned / len(ink)


def _mean(greys: Sequence[int], places: Sequence[int]) -> float:
    return sum(greys[at] for at in places) / len(places)


def _greys(box: BoxMm, picture: RenderedPage) -> list[int]:
    """How light each pixel within a box is, from 0 to 255."""
    left, right = (
        max(0, min(picture.width_px, round(side_mm * _PIXELS_PER_MM)))
        for side_mm in (box.left_mm, box.right_mm)
    )
    top, bottom = (
        max(0, min(picture.height_px, round(side_mm * _PIXELS_PER_MM)))
        for side_mm in (box.top_mm, box.bottom_mm)
    )
    greys: list[int] = []
    for row in range(top, bottom):
        start = row * picture.stride_bytes
        dots = picture.pixels[start + 3 * left : start + 3 * right]
        greys += [
            (299 * red + 587 * green + 114 * blue) // 1000
            for red, green, blue in zip(dots[::3], dots[1::3], dots[2::3], strict=True)
        ]
    return greys
