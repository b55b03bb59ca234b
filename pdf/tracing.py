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

from pdf.covering import ink_box, signer_lines, word_spaces
from pdf.document import open_document, page_geometry, reading
from pdf.fields import annotations_named, letter_text
from pdf.geometry import POINTS_PER_MM, BoxMm, box_to_view_space
from pdf.ink import DPI, hidden_look, hidden_part, is_drawn_on
from pdf.render import RenderedPage, draw
from pdf.rows import segments
from pdf.text import PageText, TextChar, TextLine
from pdf.traces import Traces, Widget

_END_MARK = re.compile(r"\.\s?/\s?\.|/\s?\.\s*$")
_YEAR_BEGUN = re.compile(r"năm\s+20\d?$", re.IGNORECASE)
"""Typed so that the rest of the year is filled in: no number that more digits would change."""
_HIDDEN = "2"
_STOPS = frozenset('.,;)”"!?%')
_DIGIT_GAP_EM, _LETTER_GAP_EM, _DIGIT_RISE_EM = 0.35, 0.6, 0.7


@dataclass(frozen=True, slots=True)
class _Strip:
    """The room right beside a letter where what is drawn is read on with it."""

    box: BoxMm
    is_number: bool


def traces(path: Path, widgets: tuple[Widget, ...]) -> tuple[Traces, ...]:
    """Say what fields do to the words that they lie over or beside.

    Args:
        path: the document.
        widgets: fields of one widget each.

    Raises:
        PdfError: as `pdf.render.render_page`.
    """
    with open_document(path) as document:
        looks: dict[int, _Look] = {}
        found = []
        for widget in widgets:
            index = widget.page_index
            if index not in looks:
                looks[index] = _Look(document, path, letter_text(document, index, path))
            found.append(looks[index].traces(widget))
    return tuple(found)


class _Look:
    """A page turned as it is read, drawn as it is once, and without each field in turn."""

    def __init__(self, document: Any, path: Path, page: PageText) -> None:
        self._document = document
        self._path = path
        self._page = page
        self._index = page.geometry.page_index
        self._after: RenderedPage | None = None

    def traces(self, widget: Widget) -> Traces:
        shown = box_to_view_space(widget.box, self._page.geometry)
        earlier = [box_to_view_space(box, self._page.geometry) for box in widget.earlier]
        looks = [box for box in earlier if box.intersects(shown)]
        lines = [line for line in _hideable(self._page) if line.box_mm.intersects(shown)]
        words = [box for box in _words(self._page) if box.intersects(shown)]
        strips = [strip for strip in _strips(self._page, shown) if strip.box.intersects(shown)]
        if not (lines or strips or words or looks):
            return Traces()
        with reading(self._path):
            found = annotations_named(self._document, self._index, widget.field)
        if len(found) != 1:
            # What cannot be told from others, and looked at, may hide anything.
            return Traces(hides_part=True, touches_words=True)
        before, after = self._with_and_without(found[0])
        hidden = [hidden_part(line, before, after) for line in lines]
        hidden += [hidden_look(look, _shared(look, shown), before, after) for look in looks]
        drawn = [strip for strip in strips if is_drawn_on(strip.box, before, after)]
        return Traces(
            hides_whole="whole" in hidden,
            hides_part="part" in hidden,
            touches_words=any(is_drawn_on(word, before, after) for word in words),
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
            self._after = draw(document, index, DPI, path)
        with reading(path):
            flags = document.xref_get_key(xref, "F")[1]
            document.xref_set_key(xref, "F", _HIDDEN)
        try:
            return draw(document, index, DPI, path), self._after
        finally:
            with reading(path):
                document.xref_set_key(xref, "F", flags)


def _shared(one: BoxMm, other: BoxMm) -> BoxMm:
    return BoxMm(
        max(one.left_mm, other.left_mm),
        max(one.top_mm, other.top_mm),
        min(one.right_mm, other.right_mm),
        min(one.bottom_mm, other.bottom_mm),
    )


def _hideable(page: PageText) -> Iterator[TextLine]:
    """The words that a signature may lie over, line by line, and the signs that end a text."""
    yield from segments(signer_lines(page))
    for line in page.lines:
        for run in _END_MARK.finditer(line.text):
            yield replace(line, chars=line.chars[run.start() : run.end()])


def _words(page: PageText) -> Iterator[BoxMm]:
    """The letters that a signature may not lie over, and the spaces between two words of them."""
    signers = signer_lines(page)
    for line in page.lines:
        if line not in signers:
            yield from word_spaces(line)
            yield from (
                ink_box(char, is_upright=line.is_upright)
                for char in line.chars
                if not char.char.isspace()
            )


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


def _runs_across(lines: Sequence[TextLine], before: RenderedPage, after: RenderedPage) -> bool:
    return any(
        is_drawn_on(ink_box(char, is_upright=line.is_upright), before, after)
        for line in lines
        for char in line.chars
        if not char.char.isspace()
    )
