"""The text of a page with the place of every character, on the page as shown.

Text is NFC, whatever the file holds: drafts arrive with composed and with decomposed letters. Every
kind of space is a plain one here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pymupdf

from pdf.document import load_page, open_document, page_geometry, reading
from pdf.geometry import POINTS_PER_MM, BoxMm, PageGeometry, point_to_view_space

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_COLLECT_STYLES
_ITALIC, _BOLD = 1 << 1, 1 << 4
_CHAR_BOLD = 1 << 3
_MAX_MATCHES = 1000
_ASCENT_EM, _DESCENT_EM = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a character is set; `size_pt` in points of the page as shown."""

    size_pt: float
    is_bold: bool
    is_italic: bool


@dataclass(frozen=True, slots=True)
class TextChar:
    """One code point of NFC text. Code points of one letter share its box."""

    char: str
    box_mm: BoxMm
    baseline_mm: float
    style: TextStyle


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters in reading order on one line. `text[i]` is `chars[i].char`."""

    page_index: int
    chars: tuple[TextChar, ...]
    is_upright: bool
    text: str = field(init=False)
    box_mm: BoxMm = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(char.char for char in self.chars))
        inked = [char for char in self.chars if not char.char.isspace()] or list(self.chars)
        object.__setattr__(self, "box_mm", BoxMm.enclosing([char.box_mm for char in inked]))

    @property
    def style(self) -> TextStyle:
        """The style of the first visible character."""
        return next((c.style for c in self.chars if not c.char.isspace()), self.chars[0].style)

    @property
    def baseline_mm(self) -> float:
        """The first visible character's baseline, from the top of the page."""
        return next(
            (c.baseline_mm for c in self.chars if not c.char.isspace()), self.chars[0].baseline_mm
        )


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's geometry and its lines, in the file's order."""

    geometry: PageGeometry
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class TextMatch:
    """Where a searched text stands: a box for every line it runs over."""

    page_index: int
    boxes_mm: tuple[BoxMm, ...]


def read_page(path: Path, page_index: int) -> PageText:
    """Read the text of one page.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`, `pdf.no_such_page`.
    """
    with open_document(path) as document:
        return page_text(document, page_index, path)


def search(path: Path, needle: str, page_index: int | None = None) -> tuple[TextMatch, ...]:
    """Find a text, whatever its case, Unicode form, spacing and line breaks.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`, `pdf.no_such_page`.
    """
    wanted = _folded(" ".join(unicodedata.normalize("NFC", needle).split()))
    matches: list[TextMatch] = []
    with open_document(path) as document:
        indices = range(document.page_count) if page_index is None else (page_index,)
        for index in indices:
            matches.extend(_matches(page_text(document, index, path), wanted))
            if len(matches) >= _MAX_MATCHES:
                break
    return tuple(matches[:_MAX_MATCHES])


def page_text(document: Any, page_index: int, path: Path, *, as_read: bool = False) -> PageText:
    """Read the text of a page of a document that is open; `path` only names it in errors.

    With `as_read`, a page that is shown lying on its side is turned the way its text runs: the
    geometry that comes back says how, and `box_to_user_space` understands it.
    """
    geometry, raw_lines = _raw_lines(document, page_index, path, "rawdict")
    if as_read:
        geometry = _turned_to_read(geometry, raw_lines)
    to_view = _ViewMap(geometry)
    lines = (_line(raw, page_index, to_view) for raw in raw_lines)
    return PageText(geometry, tuple(line for line in lines if line is not None))


def geometry_as_read(document: Any, page_index: int, path: Path) -> PageGeometry:
    """The geometry of a page turned the way its text runs, as `page_text` has it with `as_read`."""
    return _turned_to_read(*_raw_lines(document, page_index, path, "dict"))


def _raw_lines(
    document: Any, page_index: int, path: Path, detail: str
) -> tuple[PageGeometry, list[dict[str, Any]]]:
    page = load_page(document, page_index, path)
    with reading(path):
        geometry = page_geometry(document, page_index)
        blocks = page.get_text(detail, flags=_FLAGS)["blocks"]
    return geometry, [line for block in blocks for line in block.get("lines", ())]


def _turned_to_read(geometry: PageGeometry, raw_lines: list[dict[str, Any]]) -> PageGeometry:
    """The rotation in which the most lines run upright; the page's own where it ties."""
    candidates = [
        replace(geometry, rotation_deg=(geometry.rotation_deg + turn) % 360)
        for turn in (0, 90, 180, 270)
    ]
    return max(
        candidates,
        key=lambda page: sum(map(_ViewMap(page).is_upright, (raw["dir"] for raw in raw_lines))),
    )


class _ViewMap:
    """Maps the engine's unrotated points (origin top left of the crop box) to the page as shown."""

    def __init__(self, page: PageGeometry) -> None:
        crop, unit = page.crop_box_pt, page.user_unit
        origin = point_to_view_space(crop.left_pt, crop.top_pt, page)
        right = point_to_view_space(crop.left_pt + 1 / unit, crop.top_pt, page)
        down = point_to_view_space(crop.left_pt, crop.top_pt - 1 / unit, page)
        self._origin = origin
        self._right = (right[0] - origin[0], right[1] - origin[1])
        self._down = (down[0] - origin[0], down[1] - origin[1])

    def point(self, x: float, y: float) -> tuple[float, float]:
        (ox, oy), (rx, ry), (dx, dy) = self._origin, self._right, self._down
        return ox + x * rx + y * dx, oy + x * ry + y * dy

    def box(self, corners: tuple[float, float, float, float]) -> BoxMm:
        x1, y1 = self.point(corners[0], corners[1])
        x2, y2 = self.point(corners[2], corners[3])
        return BoxMm(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def is_upright(self, direction: tuple[float, float]) -> bool:
        """Whether a writing direction runs from left to right on the page as shown."""
        x1, y1 = self.point(0, 0)
        x2, y2 = self.point(*direction)
        return (x2 - x1) * POINTS_PER_MM > 0.99 and abs(y2 - y1) * POINTS_PER_MM < 0.1


def _line(raw: dict[str, Any], page_index: int, to_view: _ViewMap) -> TextLine | None:
    is_upright = to_view.is_upright(raw["dir"])
    chars = tuple(_chars(raw, to_view, is_upright=is_upright))
    if not any(not char.char.isspace() for char in chars):
        return None
    return TextLine(page_index, chars, is_upright)


def _chars(raw: dict[str, Any], to_view: _ViewMap, *, is_upright: bool) -> Iterator[TextChar]:
    for letter, members, style in _letters(raw):
        box = to_view.box(members[0]["bbox"])
        for member in members[1:]:
            box = box.united_with(to_view.box(member["bbox"]))
        baseline_mm = to_view.point(*members[0]["origin"])[1]
        if is_upright:
            # Fonts tell their heights differently, some by half a line too much.
            em_mm = style.size_pt / POINTS_PER_MM
            top_mm, bottom_mm = baseline_mm - _ASCENT_EM * em_mm, baseline_mm + _DESCENT_EM * em_mm
            box = BoxMm(box.left_mm, top_mm, box.right_mm, bottom_mm)
        for code_point in letter:
            yield TextChar(code_point, box, baseline_mm, style)


def _letters(raw: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]], TextStyle]]:
    """Group base characters with the combining marks after them, across spans."""
    members: list[dict[str, Any]] = []
    style = TextStyle(0, is_bold=False, is_italic=False)
    for span in raw["spans"]:
        span_style = _style(span)
        for char in span["chars"]:
            if members and unicodedata.combining(char["c"][0]):
                members.append(char)
                continue
            if members:
                yield _letter(members), members, style
            members, style = [char], span_style
    if members:
        yield _letter(members), members, style


def _letter(members: list[dict[str, Any]]) -> str:
    letter = unicodedata.normalize("NFC", "".join(member["c"] for member in members))
    # Fonts draw several characters with one shape, and the file may name the rarer of them.
    return " " if letter.isspace() else letter.replace("\u00ad", "-")


def _style(span: dict[str, Any]) -> TextStyle:
    name = str(span["font"]).lower()
    return TextStyle(
        size_pt=float(span["size"]),
        is_bold=bool(
            span["flags"] & _BOLD or span.get("char_flags", 0) & _CHAR_BOLD or "bold" in name
        ),
        is_italic=bool(span["flags"] & _ITALIC or "italic" in name or "oblique" in name),
    )


def _folded(text: str) -> str:
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def _matches(page: PageText, wanted: str) -> Iterator[TextMatch]:
    letters: list[tuple[str, TextLine, TextChar]] = []
    for line in page.lines:
        for char in line.chars:
            shown = " " if char.char.isspace() else _folded(char.char)
            if shown != " " or (letters and letters[-1][0] != " "):
                letters.append((shown, line, char))
        if letters and letters[-1][0] != " ":
            letters.append((" ", line, line.chars[-1]))
    haystack = "".join(shown for shown, _, _ in letters)
    start = haystack.find(wanted) if wanted else -1
    while start >= 0:
        boxes: dict[int, BoxMm] = {}
        for shown, line, char in letters[start : start + len(wanted)]:
            if shown != " ":
                known = boxes.get(id(line), char.box_mm)
                boxes[id(line)] = known.united_with(char.box_mm)
        yield TextMatch(page.geometry.page_index, tuple(boxes.values()))
        start = haystack.find(wanted, start + len(wanted))
