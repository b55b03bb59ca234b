"""Finds where each level of an internal form writes its opinion and signs (seed 004, Annex 02).

The room of a level runs from its heading to the next one, or to the page's foot, perhaps over to the next page. What
the author typed there stays free; dotted lines are written on. The signature goes to the right end, below the text, or
beside it where there is little height.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from pdf.document import open_document, page_geometry, reading
from pdf.fields import letter_text, signature_boxes
from pdf.geometry import POINTS_PER_MM, BoxMm
from pdf.headings import Heading, find_headings, words_of
from pdf.layout import signer_blocks
from pdf.opinion_room import ABOVE_EM, STEP_EM, Room, shared
from pdf.places import OpinionPlace, PlacementRules
from pdf.rows import rows, size_mm
from pdf.signers import SigningPlace
from pdf.stamps import personal_proposal
from pdf.text import PageText, TextLine
from pdf.words import is_recipients_heading

_MOST_PAGES = 40
_LEADERS = frozenset(" \t.…_․‥·⋯-")
_LEADER_MM = 40.0
_BODY_LETTERS = 20
_FOOT_MM, _HEAD_MM = 20.0, 18.0
_CLEARANCE_MM = 1.0
_EDGE_MM = 10.0
_LEFT_MM, _RIGHT_MM = 30.0, 20.0
_WIDE_ENOUGH = 0.8
_MOST_SPAN_MM = 90.0
_OVER_DOTS_EM = 0.15
_LEAST_SPAN_MM = 5.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page as read: its rows, the signatures that stand on it, the left and right edge of its text."""

    page: PageText
    rows: tuple[TextLine, ...]
    signatures_mm: tuple[BoxMm, ...]
    left_mm: float = 0.0
    right_mm: float = 0.0

    @property
    def index(self) -> int:
        return self.page.geometry.page_index


@dataclass(frozen=True, slots=True)
class _Span:
    """A part of a page without words, but perhaps with dotted lines."""

    sheet: _Sheet
    box_mm: BoxMm
    leaders: tuple[TextLine, ...]


def find_opinions(
    path: Path, headings: tuple[tuple[str, ...], ...], rules: PlacementRules
) -> tuple[OpinionPlace, ...]:
    """Find the levels of a form that are there, in their order; nothing where the form is another one.

    Args:
        path: the form, signed or not.
        headings: for each level the ways its heading may be worded, without its number.
        rules: the office's sizes.

    Raises:
        PdfError: `pdf.unreadable`, `pdf.password_required`.
    """
    with open_document(path) as document:
        sheets = _sheets(document, path, headings)
        found = find_headings([(sheet.index, sheet.rows) for sheet in sheets], headings)
        ends: list[Heading | None] = [*found[1:], None]
        return tuple(
            _place(sheets, heading, end, rules) for heading, end in zip(found, ends, strict=False)
        )


def _sheets(document: Any, path: Path, headings: Sequence[Sequence[str]]) -> list[_Sheet]:
    """Read the pages from the first that may hold a heading; reading costs ten times a look at the bare text."""
    count = min(len(document), _MOST_PAGES)
    wanted = [" ".join(words_of(text)[:3]) for wordings in headings for text in wordings]
    with reading(path):
        texts = [" ".join(words_of(document[index].get_text("text"))) for index in range(count)]
    hits = [index for index, text in enumerate(texts) if any(start in text for start in wanted)]
    if not hits:
        return []
    sheets = []
    for index in range(hits[0], min(hits[-1] + 2, count)):
        page = letter_text(document, index, path)
        with reading(path):
            shown = page_geometry(document, index)
        # A field on a page that lies on its side would be filled across the form's own lines.
        if page.geometry == shown:
            boxes = signature_boxes(document, page.geometry, path)
            sheets.append(_Sheet(page, rows(page), boxes))
    return [_with_columns(sheet, sheets) for sheet in sheets]


def _place(
    sheets: Sequence[_Sheet], heading: Heading, end: Heading | None, rules: PlacementRules
) -> OpinionPlace:
    own = next(sheet for sheet in sheets if sheet.index == heading.page_index)
    last_page = end.page_index if end else own.index + 1
    spans = [
        span
        for sheet in sheets
        if own.index <= sheet.index <= last_page
        for span in _spans(sheet, heading, end)
        if span.box_mm.height_mm >= _LEAST_SPAN_MM
    ]
    first_row, reason = own.rows[heading.first_row], f"below «{heading.text[:60]}»"
    if not spans:
        span = _span(
            own, own.rows[heading.last_row].box_mm.bottom_mm, own.page.geometry.height_mm, ()
        )
        laid_out = replace(_laid_out(span, first_row, rules), text_mm=None)
        return replace(laid_out, level=heading.level, confidence=0.1, reason=f"{reason}, no room")
    span = max(spans, key=lambda item: item.box_mm.height_mm)
    confidence = 0.95 if heading.is_numbered else 0.85
    place = _laid_out(span, first_row, rules)
    if span.sheet is not own:
        confidence, reason = confidence - 0.15, f"{reason}, on the next page"
    if place.text_mm is None:
        confidence, reason = 0.2, f"{reason}, no room for a line"
    signature = _signature(span.sheet, heading, end, place.signature_mm, rules)
    free = _beside_others(signature, span.sheet.signatures_mm)
    if free != signature:
        confidence, reason = min(confidence, 0.45), f"{reason}, beside another signature"
    return replace(
        place, level=heading.level, signature_mm=free, confidence=confidence, reason=reason
    )


def _spans(sheet: _Sheet, heading: Heading, end: Heading | None) -> Iterator[_Span]:
    """Cut the level's part of a page at the rows that hold words."""
    top_mm, first = _HEAD_MM, 0
    if sheet.index == heading.page_index:
        first = heading.last_row + 1
        top_mm = sheet.rows[heading.last_row].box_mm.bottom_mm
    bottom_mm, behind = sheet.page.geometry.height_mm - _FOOT_MM, len(sheet.rows)
    if end is not None and sheet.index == end.page_index:
        behind = end.first_row
        bottom_mm = min(bottom_mm, sheet.rows[end.first_row].box_mm.top_mm)
    elif end is None:
        bottom_mm = min(bottom_mm, _end_of_form(sheet, top_mm))
    leaders: list[TextLine] = []
    for row in sheet.rows[first:behind]:
        if row.box_mm.top_mm >= bottom_mm:
            break
        if _is_leader(row):
            leaders.append(row)
            continue
        yield _span(sheet, top_mm, min(row.box_mm.top_mm, bottom_mm), leaders)
        top_mm, leaders = max(top_mm, row.box_mm.bottom_mm), []
    yield _span(sheet, top_mm, bottom_mm, leaders)


def _span(sheet: _Sheet, top_mm: float, bottom_mm: float, leaders: Sequence[TextLine]) -> _Span:
    left_mm, right_mm = sheet.left_mm, sheet.right_mm
    if leaders:
        left_mm = min(row.box_mm.left_mm for row in leaders)
        right_mm = max(row.box_mm.right_mm for row in leaders)
    # Below the last heading a whole page may be free: the signature stays with its text.
    bottom_mm = min(bottom_mm - _CLEARANCE_MM, top_mm + _MOST_SPAN_MM)
    inner = BoxMm(left_mm, top_mm + _CLEARANCE_MM, right_mm, bottom_mm)
    return _Span(sheet, inner, tuple(leaders))


def _with_columns(sheet: _Sheet, sheets: Sequence[_Sheet]) -> _Sheet:
    """Find the edges of a form's text on its pages of one width: a page may hold little but headings."""
    width_mm = sheet.page.geometry.width_mm
    body = [
        row.box_mm
        for other in sheets
        if abs(other.page.geometry.width_mm - width_mm) < _CLEARANCE_MM
        for row in other.rows
        if sum(map(str.isalpha, row.text)) >= _BODY_LETTERS
    ]
    left_mm = min((box.left_mm for box in body), default=_LEFT_MM)
    right_mm = max((box.right_mm for box in body), default=0.0)
    if right_mm < width_mm * _WIDE_ENOUGH:
        right_mm = width_mm - _RIGHT_MM
    return replace(
        sheet, left_mm=max(left_mm, _EDGE_MM), right_mm=min(right_mm, width_mm - _EDGE_MM)
    )


def _is_leader(row: TextLine) -> bool:
    ink = [char for char in row.text if not char.isspace()]
    return all(char in _LEADERS for char in ink) and row.box_mm.width_mm >= _LEADER_MM


def _end_of_form(sheet: _Sheet, top_mm: float) -> float:
    """Where nơi nhận or a signer's block begins below the last level."""
    ends = [row.box_mm.top_mm for row in sheet.rows if is_recipients_heading(row)]
    ends += [block.title_box_mm.top_mm for block in signer_blocks(sheet.page)]
    return min((end for end in ends if end > top_mm), default=sheet.page.geometry.height_mm)


def _signature(
    sheet: _Sheet, heading: Heading, end: Heading | None, box: BoxMm, rules: PlacementRules
) -> BoxMm:
    """Return the signature's box: between position and name where a level's part shows them, else as laid out.

    What stands below the last level may be anybody's.
    """
    if end is None:
        return box
    top_mm, bottom_mm = 0.0, sheet.page.geometry.height_mm
    if sheet.index == heading.page_index:
        top_mm = sheet.rows[heading.last_row].box_mm.bottom_mm
    if sheet.index == end.page_index:
        bottom_mm = sheet.rows[end.first_row].box_mm.top_mm
    for block in signer_blocks(sheet.page):
        is_named = block.name_box_mm is not None and block.name_box_mm.bottom_mm <= bottom_mm
        if is_named and block.title_box_mm.top_mm >= top_mm:
            place = SigningPlace(sheet.page, block, sheet.signatures_mm)
            return personal_proposal(place, rules).box_mm
    return box


def _laid_out(span: _Span, heading: TextLine, rules: PlacementRules) -> OpinionPlace:
    em_mm, leaders = size_mm(heading), span.leaders
    step_mm, top_mm, leading_pt = STEP_EM * em_mm, span.box_mm.top_mm, None
    if leaders:
        # A little above the dots, so that they underline the letters.
        first_mm = leaders[0].baseline_mm - (ABOVE_EM + _OVER_DOTS_EM) * em_mm
        top_mm = max(top_mm - _CLEARANCE_MM, first_mm)
    if len(leaders) > 1:
        step_mm = median(two.baseline_mm - one.baseline_mm for one, two in pairwise(leaders))
        leading_pt = step_mm * POINTS_PER_MM
    text, signature = shared(Room(span.box_mm, top_mm, em_mm, step_mm), rules)
    size_pt = heading.style.size_pt
    return OpinionPlace(0, span.sheet.index, text, signature, size_pt, 0.0, "", leading_pt)


def _beside_others(box: BoxMm, others: Sequence[BoxMm]) -> BoxMm:
    """Move a signature to the left of those that stand there."""
    for _ in others:
        hit = next((other for other in others if other.intersects(box)), None)
        if hit is None:
            return box
        box = box.moved_by(hit.left_mm - _CLEARANCE_MM - box.right_mm, 0)
    return box
