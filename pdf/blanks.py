"""Finds what the clerk fills in: the blanks of `Số:      /KH` and `ngày      tháng      năm`.

Only blanks are found. A typed number, day, month or year stays, and what stands in brackets
(`(Kèm theo … số … ngày …)`) is left unfilled, as Decree 30/2020, Annex I, III.1 c asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.places import BlankName
from pdf.rows import GAP, rows, size_mm
from pdf.text import PageText, TextChar, TextLine

_B = r"[\s.…_․‥·⋯]"
_START = r"(?:^\s*|\t\s*|\s{3,})"
_LABEL = r"(?:(?:Luật|Pháp lệnh|Nghị quyết) số(?=\s*:)|S[ốỐ](?:\s?/\s?No\.?|\s?\(No\.?\))?)"
_NUMBER = re.compile(
    rf"{_START}(?P<label>{_LABEL}(?:\s*:)?)(?P<number>{_B}*)(?=[/–-]\s*(?:[\w.…]|$|\t))"
)
_OPEN_NUMBER = re.compile(
    rf"{_START}(?P<label>{_LABEL}\s*:)(?P<number>[^\S\t]*[.…_․‥·⋯]*\s*)(?=$|\t)"
)
_TYPED_NUMBER = re.compile(rf"{_START}{_LABEL}\s*:?\s*\d+\s*[/–-]")
_DATE = re.compile(
    rf"{_START}(?P<place>[^\t\n(:;/]*?)(?P<label>ngày)"
    rf"(?P<day>{_B}*\d{{0,2}}{_B}*)(?:tháng|/)"
    rf"(?P<month>{_B}*\d{{0,2}}{_B}*)(?:năm|/)"
    rf"(?P<year>{_B}*(?:\d{{2,4}})?{_B}*)(?=$|\t|[,;]\s*$)",
    re.IGNORECASE,
)

_LEADERS = " .…_․‥·⋯"
_MIN_BLANK_MM = 1.5
_CLEARANCE_MM = 0.3
_DIGIT_EM = 0.5
_DIGITS: dict[BlankName, int] = {"number": 5, "day": 2, "month": 2, "year": 4}
_MIN_DIGITS: dict[BlankName, int] = {"number": 2, "day": 2, "month": 1, "year": 4}
_PAGE_EDGE_MM = 5.0
_LINES_ABOVE = 3
_LONGEST_PLACE = 60
_PLACE_WORDS = ("phố", "xã", "trấn", "tỉnh", "huyện", "quận", "phường")


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank, with the words around it and the type it is to be filled in.

    `box_mm` lies within the blank. `is_closed` says that text follows on the same line;
    `is_roomy` that the usual digits fit in.
    """

    which: BlankName
    page_index: int
    box_mm: BoxMm
    quote: str
    font_size_pt: float
    baseline_mm: float
    italic: bool
    is_closed: bool
    is_roomy: bool


def number_blank(page: PageText, zone: BoxMm) -> Blank | None:
    """Find the blank of the document's number in a part of the page, the topmost first.

    Below a number that is typed, blanks are another document's.
    """
    page_rows = rows(page)
    for index, row in enumerate(page_rows):
        if _TYPED_NUMBER.search(row.text):
            return None
        found = _NUMBER.search(row.text) or _OPEN_NUMBER.search(row.text)
        if found is None or not _is_in(row.chars[found.start("label")], zone):
            continue
        if _is_bracketed(page_rows, index, found.start("label")):
            continue
        blank = _blank("number", found, row.chars, page)
        if blank is not None:
            return blank
    return None


def has_number(page: PageText) -> bool:
    """Whether a number is typed already."""
    return any(_TYPED_NUMBER.search(row.text) for row in rows(page))


def date_blanks(page: PageText, zone: BoxMm) -> tuple[Blank, ...] | None:
    """Find the blanks of the date line in a part of the page.

    Returns:
        The blank parts in the order day, month, year; None where there is no date line at all.
    """
    line = date_line(page, zone)
    if line is None:
        return None
    found, chars = line
    parts: tuple[BlankName, ...] = ("day", "month", "year")
    blanks = (_blank(part, found, chars, page) for part in parts)
    return tuple(blank for blank in blanks if blank is not None)


def date_line(page: PageText, zone: BoxMm) -> tuple[re.Match[str], Sequence[TextChar]] | None:
    """Find the date line in a part of the page, with its groups `day`, `month` and `year`, blank or typed."""
    page_rows = rows(page)
    for index, row in enumerate(page_rows):
        for found, chars in _dates(page_rows, index):
            if not _is_in(row.chars[found.start("label")], zone):
                continue
            if _is_bracketed(page_rows, index, found.start("label")):
                continue
            return found, chars
    return None


def _dates(
    page_rows: Sequence[TextLine], index: int
) -> Iterator[tuple[re.Match[str], Sequence[TextChar]]]:
    """Read a date line, first together with what it wraps into, then alone."""
    row = page_rows[index]
    if "ngày" not in row.text.lower():
        return
    for chars in [*_wrapped(page_rows, index), row.chars]:
        found = _DATE.search("".join(char.char for char in chars))
        if found and _is_place(found["place"]) and found.start("label") < len(row.chars):
            yield found, chars


def _wrapped(page_rows: Sequence[TextLine], index: int) -> Iterator[Sequence[TextChar]]:
    row = page_rows[index]
    em_mm = size_mm(row)
    for below in page_rows[index + 1 :]:
        distance_mm = below.baseline_mm - row.baseline_mm
        if distance_mm > 2.0 * em_mm:
            return
        if distance_mm < 0.8 * em_mm:
            continue
        for piece in _columns(below):
            if piece.box_mm.overlaps_columns_of(row.box_mm):
                end = row.chars[-1]
                wrap = TextChar("\n", end.box_mm, end.baseline_mm, end.style)
                yield (*row.chars, wrap, *piece.chars)


def _columns(row: TextLine) -> Iterator[TextLine]:
    start = 0
    for end in [*(i for i, char in enumerate(row.chars) if char.char == GAP), len(row.chars)]:
        chars = row.chars[start:end]
        if any(not char.char.isspace() for char in chars):
            yield TextLine(row.page_index, chars, is_upright=True)
        start = end + 1


def _is_place(text: str) -> bool:
    """Whether the words before the date name a place: `Hà Nội,`, `Hà Nội`, `…..,` or nothing."""
    words = text.rstrip(" ,").split()
    if len(text) > _LONGEST_PLACE or "số" in text.lower().split():
        return False
    ends_with_comma = text.rstrip().endswith(",")
    return ends_with_comma or all(
        word[0].isupper() or not word.isalnum() or word in _PLACE_WORDS for word in words
    )


def _is_in(char: TextChar, zone: BoxMm) -> bool:
    return zone.top_mm <= char.box_mm.centre_y_mm <= zone.bottom_mm


def _is_bracketed(page_rows: Sequence[TextLine], index: int, position: int) -> bool:
    """Whether a bracket that opened here or a few lines above, in the same column, is open."""
    row = page_rows[index]
    above = page_rows[max(0, index - _LINES_ABOVE) : index]
    before = " ".join(
        column.text
        for line in above
        for column in _columns(line)
        if column.box_mm.overlaps_columns_of(row.box_mm)
    )
    before += " " + row.text[:position]
    return before.rfind("(") > before.rfind(")")


def _blank(
    which: BlankName, found: re.Match[str], chars: Sequence[TextChar], page: PageText
) -> Blank | None:
    content = found[which]
    if any(char.isalnum() for char in content):
        return None
    start, end = found.span(which)
    label = chars[start - 1]
    if "\n" in content:
        # The line breaks within the blank: the rest of the first line is the place to write.
        end = start + content.index("\n")
    follower = chars[end] if end < len(chars) and chars[end].char not in "\t\n" else None
    em_mm = label.style.size_pt / POINTS_PER_MM
    wanted_mm = _DIGITS[which] * _DIGIT_EM * em_mm + 2 * _CLEARANCE_MM
    left_mm = label.box_mm.right_mm
    if follower is not None:
        right_mm = follower.box_mm.left_mm
    else:
        left_mm += 0.25 * em_mm - _CLEARANCE_MM
        leader_mm = max((char.box_mm.right_mm for char in chars[start:end]), default=left_mm)
        right_mm = min(max(left_mm + wanted_mm, leader_mm), _room_mm(label, page))
    box = BoxMm(
        left_mm + _CLEARANCE_MM,
        label.box_mm.top_mm,
        right_mm - _CLEARANCE_MM,
        label.box_mm.bottom_mm,
    )
    if right_mm - left_mm < _MIN_BLANK_MM or _is_filled(box, page):
        return None
    return Blank(
        which=which,
        page_index=page.geometry.page_index,
        box_mm=box,
        quote=_quote(found),
        font_size_pt=label.style.size_pt,
        baseline_mm=label.baseline_mm,
        italic=label.style.is_italic,
        is_closed=follower is not None,
        is_roomy=right_mm - left_mm >= _MIN_DIGITS[which] * _DIGIT_EM * em_mm,
    )


def _room_mm(label: TextChar, page: PageText) -> float:
    """How far to the right of a label the page stays free of text on that line."""
    beside = (
        char.box_mm.left_mm
        for line in page.lines
        if line.is_upright
        and line.box_mm.top_mm < label.box_mm.bottom_mm
        and label.box_mm.top_mm < line.box_mm.bottom_mm
        for char in line.chars
        if char.char not in _LEADERS and char.box_mm.left_mm >= label.box_mm.right_mm
    )
    return min(beside, default=page.geometry.width_mm - _PAGE_EDGE_MM)


def _is_filled(box: BoxMm, page: PageText) -> bool:
    """Whether a form field, a note or an overprint has written into the blank already."""
    middle = box.grown_by(-min(0.5, box.width_mm / 4))
    return any(
        char.box_mm.intersects(middle)
        for line in page.lines
        if line.is_upright and line.box_mm.intersects(middle)
        for char in line.chars
        if char.char not in _LEADERS
    )


def _quote(found: re.Match[str]) -> str:
    """The blank with its words, as `Số:      /STP-VP`, cut off at the next column."""
    words = found.string[found.start("label") : found.end()]
    rest = re.split(r"\t|\s{3,}", found.string[found.end() :], maxsplit=1)[0]
    return (words + rest).replace("\n", " ").strip()[:80]
