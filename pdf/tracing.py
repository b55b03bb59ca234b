"""Draws a page with and without a field, and says what of the words that it may lie over or beside is read otherwise.

A seal lies over the signer's position and name, and an initial beside the last word: a box alone tells no seal from
white paint, and no initial from more digits. The ink of a transparent picture never turns letters into paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pdf.covering import ink_box, signer_lines
from pdf.document import open_document, page_geometry, reading
from pdf.fields import annotations_named, letter_text
from pdf.geometry import POINTS_PER_MM, BoxMm, BoxPt, box_to_view_space
from pdf.render import RenderedPage, draw
from pdf.rows import segments
from pdf.text import PageText, TextChar, TextLine
from pdf.traces import Traces

_DPI = 144.0
_PIXELS_PER_MM = _DPI / 72 * POINTS_PER_MM
_END_MARK = re.compile(r"\.\s?/\s?\.|/\s?\.\s*$")
_YEAR_BEGUN = re.compile(r"năm\s+20\d?$", re.IGNORECASE)
"""Typed so that the rest of the year is filled in: no number that more digits would change."""
_HIDDEN = "2"
_LEAST_LETTERS = 4
"""What is shorter, as the sign that ends a text, is a part of something."""
_LEAST_CONTRAST = 60
"""Of 255, between a letter and its paper: what is fainter can be neither read nor hidden."""
_LOST = 0.25
_TURNED = 0.65
"""How far towards paper ink must go to be hidden: red over black goes a third of the way, blue a quarter."""
_PART = 0.2
"""So much of a letter under paper is another letter."""
_STOPS = frozenset('.,;)”"!?%')
_DIGIT_GAP_EM, _LETTER_GAP_EM, _DIGIT_RISE_EM = 0.35, 0.6, 0.7
_NOTICED = 40
_LEAST_DOTS_PX = 4


@dataclass(frozen=True, slots=True)
class _Strip:
    """The room right beside a letter where what is drawn is read on with it."""

    box: BoxMm
    is_number: bool


def traces(path: Path, widgets: tuple[tuple[str, int, BoxPt], ...]) -> tuple[Traces, ...]:
    """Say what fields do to the words that they lie over or beside.

    Args:
        path: the document.
        widgets: full name of a field that has one widget, the page index where that shows, its box in user space.

    Raises:
        PdfError: as `pdf.render.render_page`.
    """
    with open_document(path) as document:
        looks: dict[int, _Look] = {}
        found = []
        for field, page_index, box in widgets:
            if page_index not in looks:
                looks[page_index] = _Look(document, path, letter_text(document, page_index, path))
            found.append(looks[page_index].traces(field, box))
    return tuple(found)


class _Look:
    """A page turned as it is read, drawn as it is once, and without each field in turn."""

    def __init__(self, document: Any, path: Path, page: PageText) -> None:
        self._document = document
        self._path = path
        self._page = page
        self._index = page.geometry.page_index
        self._after: RenderedPage | None = None

    def traces(self, field: str, box: BoxPt) -> Traces:
        shown = box_to_view_space(box, self._page.geometry)
        lines = [line for line in _hideable(self._page) if line.box_mm.intersects(shown)]
        strips = [strip for strip in _strips(self._page, shown) if strip.box.intersects(shown)]
        if not lines and not strips:
            return Traces()
        with reading(self._path):
            found = annotations_named(self._document, self._index, field)
        if len(found) != 1:
            # What cannot be told from others, and looked at, may hide anything.
            return Traces(hides_part=True)
        before, after = self._with_and_without(found[0])
        hidden = [_hidden(line, before, after) for line in lines]
        drawn = [strip for strip in strips if _is_drawn_on(strip.box, before, after)]
        return Traces(
            hides_line="line" in hidden,
            hides_part="part" in hidden,
            touches_number=any(strip.is_number for strip in drawn),
            # A seal runs across the signer's letters too; nobody reads it on.
            stands_beside=bool(drawn) and not _runs_across(lines, before, after),
        )

    def _with_and_without(self, xref: int) -> tuple[RenderedPage, RenderedPage]:
        # In memory only: this room never saves a document.
        document, index, path = self._document, self._index, self._path
        if self._after is None:
            with reading(path):
                if self._page.geometry.rotation_deg != page_geometry(document, index).rotation_deg:
                    turned = str(self._page.geometry.rotation_deg)
                    document.xref_set_key(document.page_xref(index), "Rotate", turned)
            self._after = draw(document, index, _DPI, path)
        with reading(path):
            flags = document.xref_get_key(xref, "F")[1]
            document.xref_set_key(xref, "F", _HIDDEN)
        try:
            return draw(document, index, _DPI, path), self._after
        finally:
            with reading(path):
                document.xref_set_key(xref, "F", flags)


def _hideable(page: PageText) -> Iterator[TextLine]:
    """The words that a signature may lie over, line by line, and the signs that end a text."""
    yield from segments(signer_lines(page))
    for line in page.lines:
        for run in _END_MARK.finditer(line.text):
            yield replace(line, chars=line.chars[run.start() : run.end()])


def _strips(page: PageText, around: BoxMm) -> Iterator[_Strip]:
    for line in (line for line in page.lines if line.is_upright):
        near = around.grown_by(_LETTER_GAP_EM * line.style.size_pt / POINTS_PER_MM)
        if not line.box_mm.intersects(near):
            continue
        for at, char in enumerate(line.chars):
            if not (_may_go_on(char.char) and char.box_mm.intersects(near)):
                continue
            after = line.chars[at + 1 :]
            said = line.text[: at + 1]
            if _is_open(after) and not (_YEAR_BEGUN.search(said) or _END_MARK.search(said)):
                yield from _beside(char, _inked(after), is_right=True)
            before = line.chars[:at][::-1]
            if _is_open(before):
                yield from _beside(char, _inked(before), is_right=False)


def _may_go_on(char: str) -> bool:
    """Say whether words may follow right behind; blanks follow a colon or a stroke."""
    return char.isalnum() or char in _STOPS


def _is_open(neighbours: Sequence[TextChar]) -> bool:
    return not neighbours or neighbours[0].char.isspace()


def _inked(chars: Iterable[TextChar]) -> TextChar | None:
    return next((char for char in chars if not char.char.isspace()), None)


def _beside(char: TextChar, next_one: TextChar | None, *, is_right: bool) -> Iterator[_Strip]:
    em_mm = char.style.size_pt / POINTS_PER_MM
    is_number = char.char.isdigit()
    if not is_number and next_one is not None:
        # Within a line, words are held apart by what `pdf.covering` looks at.
        return
    reach_mm = (_DIGIT_GAP_EM if is_number else _LETTER_GAP_EM) * em_mm
    box = char.box_mm
    if is_right:
        left_mm, right_mm = box.right_mm, box.right_mm + reach_mm
        if next_one is not None:
            right_mm = min(right_mm, next_one.box_mm.left_mm)
    else:
        left_mm, right_mm = box.left_mm - reach_mm, box.left_mm
        if next_one is not None:
            left_mm = max(left_mm, next_one.box_mm.right_mm)
    if left_mm < right_mm:
        top_mm = char.baseline_mm - _DIGIT_RISE_EM * em_mm
        beside = BoxMm(left_mm, top_mm, right_mm, char.baseline_mm)
        yield _Strip(beside, is_number)


def _hidden(line: TextLine, before: RenderedPage, after: RenderedPage) -> str | None:
    """Say whether a "line", or "part" of it, is no longer seen."""
    letters = [char for char in line.chars if not char.char.isspace()]
    looks = [_seen(ink_box(char, is_upright=line.is_upright), before, after) for char in letters]
    known = [look for look in looks if look is not None]
    if len(known) >= _LEAST_LETTERS and all(contrast < _LOST for contrast, _ in known):
        return "line"
    return "part" if any(turned > _PART for _, turned in known) else None


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


def _runs_across(lines: Sequence[TextLine], before: RenderedPage, after: RenderedPage) -> bool:
    return any(
        _is_drawn_on(ink_box(char, is_upright=line.is_upright), before, after)
        for line in lines
        for char in line.chars
        if not char.char.isspace()
    )


def _is_drawn_on(box: BoxMm, before: RenderedPage, after: RenderedPage) -> bool:
    dots = zip(_greys(box, before), _greys(box, after), strict=True)
    return sum(abs(was - now) > _NOTICED for was, now in dots) >= _LEAST_DOTS_PX


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
