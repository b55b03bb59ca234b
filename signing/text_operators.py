"""Reads a content stream that holds text operators and nothing else, and says where its glyphs stand.

The grammar is the one that `signing.placed_text` writes (ISO 32000-2, 9.4); any other operator, operand or byte ends
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from signing.glyph_ink import Ink, PlainFont
from signing.request import UserBox

_MOST_BYTES = 1 << 16
_MOST_GLYPHS = 256
_LARGEST_PT = 72.0
_TOKEN = re.compile(
    rb"[ \t\r\n\f]*(?:(?P<number>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))|/(?P<name>[A-Za-z0-9]+)"
    rb"|<(?P<hex>[0-9A-Fa-f]*)>|(?P<open>\[)|(?P<close>\])|(?P<operator>[A-Za-z]+))(?=[ \t\r\n\f\[\]</]|$)"
)
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
_NOMINAL = Ink(0.0, -0.15, 0.5, 0.75)
"""Where a glyph stands at the least: a viewer that cannot read the font puts another one there."""

Matrix = tuple[float, float, float, float, float, float]
Operand = float | str | bytes | list[float | bytes]


@dataclass(frozen=True, slots=True)
class Face:
    """A font as text is set in it; widths are in thousandths of an em, by glyph."""

    font: PlainFont
    widths: Mapping[int, float]
    default_width: float


def glyph_boxes(content: bytes, faces: Mapping[str, Face]) -> tuple[UserBox, ...]:
    """Return a box for each glyph, in the form's own space.

    Args:
        content: the decoded stream.
        faces: fonts by resource name.

    Raises:
        ValueError: where it does anything but draw text.
    """
    if len(content) > _MOST_BYTES:
        raise ValueError("too long")
    page = _Page(faces)
    for operator, operands in _operations(content):
        page.do(operator, operands)
    page.end()
    return tuple(page.boxes)


def _operations(content: bytes) -> Iterator[tuple[str, list[Operand]]]:
    operands: list[Operand] = []
    run: list[float | bytes] | None = None
    at, end = 0, len(content.rstrip(b" \t\r\n\f"))
    while at < end:
        token = _TOKEN.match(content, at, end)
        if token is None:
            raise ValueError("not a text operator")
        at = token.end()
        kind, value = str(token.lastgroup), token[str(token.lastgroup)]
        if kind == "operator":
            if run is not None:
                raise ValueError("operator in an array")
            yield value.decode(), operands
            operands = []
        elif kind == "open":
            if run is not None:
                raise ValueError("array in an array")
            run = []
        elif kind == "close":
            if run is None:
                raise ValueError("array")
            operands.append(run)
            run = None
        elif kind == "name":
            if run is not None:
                raise ValueError("name in an array")
            operands.append(value.decode())
        else:
            single = float(value) if kind == "number" else bytes.fromhex(value.decode())
            (operands if run is None else run).append(single)
    if operands or run is not None:
        raise ValueError("operands left")


class _Page:
    """The graphics state, as far as text needs it."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        self.boxes: list[UserBox] = []
        self._faces = faces
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self._stack: list[Matrix] = []
        self._in_text = False
        self._face: Face | None = None
        self._size_pt = 0.0
        self._line = (0.0, 0.0)
        self._at_pt = 0.0

    def do(self, operator: str, operands: list[Operand]) -> None:
        """Carry out an operator, or raise `ValueError`."""
        act = {
            ("q", False): self._save,
            ("Q", False): self._restore,
            ("cm", False): self._turn,
            ("BT", False): self._begin,
            ("ET", True): self._finish,
            ("g", True): self._black,
            ("Tf", True): self._choose,
            ("Td", True): self._move,
            ("TJ", True): self._show,
        }.get((operator, self._in_text))
        if act is None:
            raise ValueError("not a text operator")
        act(*operands)  # type: ignore[operator]  # each takes its operands or raises TypeError

    def end(self) -> None:
        """Hold that everything that began has ended."""
        if self._in_text or self._stack:
            raise ValueError("not ended")

    def _save(self) -> None:
        self._stack.append(self._matrix)

    def _restore(self) -> None:
        self._matrix = self._stack.pop()
        self._face = None

    def _turn(self, *matrix: float) -> None:
        a, b, c, d, e, f = matrix
        if (a, b, c, d) not in _TURNS:
            raise ValueError("scaled or slanted")
        x, y = _point(self._matrix, e, f)
        p, q, r, s = self._matrix[:4]
        self._matrix = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, x, y)

    def _begin(self) -> None:
        self._in_text, self._line, self._at_pt = True, (0.0, 0.0), 0.0

    def _finish(self) -> None:
        self._in_text = False

    def _black(self, grey: float) -> None:
        if grey != 0:
            raise ValueError("not black")

    def _choose(self, name: str, size_pt: float) -> None:
        if not 1 <= size_pt <= _LARGEST_PT:
            raise ValueError("size")
        self._face, self._size_pt = self._faces[name], size_pt

    def _move(self, right_pt: float, up_pt: float) -> None:
        self._line = (self._line[0] + right_pt, self._line[1] + up_pt)
        self._at_pt = 0.0

    def _show(self, run: list[float | bytes]) -> None:
        if self._face is None:
            raise ValueError("no font")
        for part in run:
            if isinstance(part, float):
                self._at_pt -= part / 1000 * self._size_pt
                continue
            if len(part) % 2:
                raise ValueError("half a glyph")
            for index in range(0, len(part), 2):
                self._glyph(self._face, int.from_bytes(part[index : index + 2], "big"))

    def _glyph(self, face: Face, glyph: int) -> None:
        width = face.widths.get(glyph, face.default_width) / 1000
        ink = face.font.ink(glyph)
        if ink is not None:
            nominal = Ink(0.0, _NOMINAL.bottom, max(width, _NOMINAL.right), _NOMINAL.top)
            self.boxes.append(self._box(_united(ink, nominal)))
            if len(self.boxes) > _MOST_GLYPHS:
                raise ValueError("too many glyphs")
        self._at_pt += width * self._size_pt

    def _box(self, ink: Ink) -> UserBox:
        left_pt, base_pt = self._line[0] + self._at_pt, self._line[1]
        size_pt = self._size_pt
        one = _point(self._matrix, left_pt + ink.left * size_pt, base_pt + ink.bottom * size_pt)
        other = _point(self._matrix, left_pt + ink.right * size_pt, base_pt + ink.top * size_pt)
        return UserBox(
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[0], other[0]),
            max(one[1], other[1]),
        )


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _united(one: Ink, other: Ink) -> Ink:
    return Ink(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )
