"""The verdicts as shapes: a tick in a disc (in a ring with remarks), a cross in a square, a mark in a triangle."""

from __future__ import annotations

from typing import Any

from pdf.sheet import Sign

COLOURS: dict[Sign, tuple[float, float, float]] = {
    "valid": (0.05, 0.42, 0.18),
    "remarks": (0.62, 0.38, 0.0),
    "invalid": (0.70, 0.07, 0.07),
    "undetermined": (0.62, 0.38, 0.0),
    "unsigned": (0.32, 0.32, 0.32),
    "unreadable": (0.70, 0.07, 0.07),
}
_WHITE = (1.0, 1.0, 1.0)
_Strokes = tuple[tuple[tuple[float, float], ...], ...]
_STROKES: dict[Sign, _Strokes] = {
    "valid": (((0.27, 0.52), (0.44, 0.70), (0.75, 0.32)),),
    "remarks": (((0.27, 0.52), (0.44, 0.70), (0.75, 0.32)),),
    "invalid": (((0.28, 0.28), (0.72, 0.72)), ((0.72, 0.28), (0.28, 0.72))),
    "undetermined": (((0.5, 0.36), (0.5, 0.66)), ((0.5, 0.78), (0.5, 0.85))),
    "unsigned": (((0.3, 0.5), (0.7, 0.5)),),
    "unreadable": (((0.0, 1.0), (1.0, 0.0)),),
}


def draw_sign(shape: Any, sign: Sign, left: float, top: float, size_pt: float) -> None:
    """Draw a verdict into a square of this size."""

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * size_pt, top + y * size_pt

    colour, box = COLOURS[sign], (left, top, left + size_pt, top + size_pt)
    ink, strokes = _WHITE, _STROKES[sign]
    if sign in ("valid", "remarks"):
        shape.draw_circle(at(0.5, 0.5), size_pt / 2)
    elif sign == "undetermined":
        shape.draw_polyline([at(0.5, 0.02), at(1.0, 0.98), at(0.0, 0.98)])
    else:
        shape.draw_rect(box)
    if sign in ("remarks", "unsigned", "unreadable"):
        ink = colour
        shape.finish(color=colour, width=size_pt * 0.08)
    else:
        shape.finish(color=colour, fill=colour, closePath=True)
    for stroke in strokes:
        shape.draw_polyline([at(*point) for point in stroke])
        shape.finish(color=ink, width=size_pt * 0.11, closePath=False)
