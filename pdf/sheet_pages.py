"""Lays a sheet out on A4 pages and writes them as a PDF whose fonts are in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatchmethod
from pathlib import Path
from typing import Any

import pymupdf

from pdf.document import ENGINE_ERRORS
from pdf.errors import PdfError
from pdf.geometry import POINTS_PER_MM
from pdf.sheet import Banner, Facts, Heading, NewPage, Part, Remark, Sheet, Table, Title
from pdf.sheet_signs import COLOURS, draw_sign
from pdf.sheet_text import Face, lines_of

WIDTH_PT, HEIGHT_PT = 210 * POINTS_PER_MM, 297 * POINTS_PER_MM
LEFT_PT, RIGHT_PT = 20 * POINTS_PER_MM, WIDTH_PT - 15 * POINTS_PER_MM
TOP_PT, BOTTOM_PT = 16 * POINTS_PER_MM, HEIGHT_PT - 22 * POINTS_PER_MM
LABEL_PT = 44 * POINTS_PER_MM
GAP_PT = 2 * POINTS_PER_MM
PADDING_PT = 3 * POINTS_PER_MM
_BODY, _SMALL, _HEAD, _LARGE, _WORD, _TITLE = 10.5, 8.5, 11.5, 13.0, 15.0, 17.0
_INK, _LINE = (0.0, 0.0, 0.0), (0.7, 0.7, 0.7)
_KEPT_TOGETHER_PT = 26 * POINTS_PER_MM
"""A heading goes to the next page where less is left below it."""
_Colour = tuple[float, float, float]


def write_sheet(sheet: Sheet, out: Path, upright: Path, bold: Path) -> None:
    """Write a sheet as a PDF.

    Args:
        sheet: what it says.
        out: is written anew.
        upright: font file of the text.
        bold: font file of headings.

    Raises:
        PdfError: `pdf.print_failed` where `out` cannot be written.
    """
    try:
        with pymupdf.open() as document:
            pages = _Pages(document, upright, bold)
            for part in sheet.parts:
                pages.put(part)
            pages.finish(sheet)
            document.set_metadata({"title": sheet.title, "producer": "Trình Ký"})
            document.set_language(sheet.language)
            document.subset_fonts()
            document.save(str(out), garbage=3, deflate=True)
    except ENGINE_ERRORS as error:
        out.unlink(missing_ok=True)
        raise PdfError("pdf.print_failed", file=out.name) from error


class _Pages:
    """The pages as they fill from above."""

    def __init__(self, document: Any, upright: Path, bold: Path) -> None:
        self._document = document
        self._upright = pymupdf.Font(fontfile=str(upright))
        self._bold = pymupdf.Font(fontfile=str(bold))
        self._body = Face(self._upright, _BODY)
        self._small = Face(self._upright, _SMALL)
        self._small_bold = Face(self._bold, _SMALL)
        self._head = Face(self._bold, _HEAD)
        self._large = Face(self._bold, _LARGE)
        self._y = TOP_PT
        self._take(document.new_page(width=WIDTH_PT, height=HEIGHT_PT))

    @singledispatchmethod
    def put(self, part: Part) -> None:
        """Put the next part below what is there."""
        raise TypeError(type(part).__name__)

    @put.register
    def _title(self, part: Title) -> None:
        self._centred(part.text, Face(self._bold, _TITLE))
        if part.below:
            self._centred(part.below, self._body)
        self._y += GAP_PT

    @put.register
    def _heading(self, part: Heading) -> None:
        self._y += GAP_PT * (1.5 if part.is_large else 0.5)
        self._need(_KEPT_TOGETHER_PT)
        face = self._large if part.is_large else self._head
        indent = face.size_pt * 1.5 if part.sign else 0.0
        if part.sign:
            draw_sign(self._shape, part.sign, LEFT_PT, self._y + face.size_pt * 0.1, face.size_pt)
        for line in lines_of(part.text, face, RIGHT_PT - LEFT_PT - indent):
            self._line(line, LEFT_PT + indent, face)
        if part.is_large:
            self._rule(_INK, 0.8)
        self._y += GAP_PT * 0.4

    @put.register
    def _banner(self, part: Banner) -> None:
        inside = RIGHT_PT - LEFT_PT - 2 * PADDING_PT
        word = Face(self._bold, _WORD)
        size_pt = 1.25 * _WORD
        words = lines_of(part.word, word, inside - size_pt - PADDING_PT)
        texts = [lines_of(text, self._body, inside) for text in part.texts if text]
        height = 2 * PADDING_PT + max(size_pt, len(words) * word.leading_pt) + GAP_PT
        height += sum(len(lines) for lines in texts) * self._body.leading_pt
        self._need(height)
        top = self._y
        self._y += PADDING_PT
        draw_sign(self._shape, part.sign, LEFT_PT + PADDING_PT, self._y, size_pt)
        for line in words:
            self._line(line, LEFT_PT + 2 * PADDING_PT + size_pt, word)
        self._y = max(self._y, top + PADDING_PT + size_pt) + GAP_PT
        for lines in texts:
            for line in lines:
                self._line(line, LEFT_PT + PADDING_PT, self._body)
        self._y += PADDING_PT
        frame = pymupdf.Rect(LEFT_PT, top, RIGHT_PT, self._y)
        self._shape.draw_rect(frame)
        self._shape.finish(color=COLOURS[part.sign], width=1.6)
        self._y += GAP_PT

    @put.register
    def _facts(self, part: Facts) -> None:
        for name, value in part.rows:
            names = lines_of(name, self._body, LABEL_PT - GAP_PT)
            values = lines_of(value, self._body, RIGHT_PT - LEFT_PT - LABEL_PT)
            self._side_by_side((names, values), (LEFT_PT, LEFT_PT + LABEL_PT), self._body)
        self._y += GAP_PT * 0.5

    @put.register
    def _remark(self, part: Remark) -> None:
        indent = self._body.size_pt * 1.5
        lines = lines_of(part.text, self._body, RIGHT_PT - LEFT_PT - indent)
        self._need(self._body.leading_pt * min(2, len(lines)))
        draw_sign(self._shape, "undetermined", LEFT_PT, self._y + 1.5, self._body.size_pt)
        for line in lines:
            self._line(line, LEFT_PT + indent, self._body)

    @put.register
    def _table(self, part: Table) -> None:
        width = RIGHT_PT - LEFT_PT
        lefts = tuple(LEFT_PT + width * sum(part.shares[:at]) for at in range(len(part.shares)))
        head = self._small_bold

        def put_heading() -> None:
            cells = self._cells(part.heading, part.shares, head)
            self._side_by_side(cells, lefts, head)
            self._rule(_INK, 0.8)

        put_heading()
        for row, sign in zip(part.rows, part.signs, strict=True):
            cells = self._cells(row, part.shares, self._small)
            if self._y + self._small.leading_pt * max(map(len, cells)) > BOTTOM_PT:
                self._begin_page()
                put_heading()
            self._y += 1.5
            if sign:
                draw_sign(self._shape, sign, LEFT_PT + 12, self._y + 0.8, _SMALL)
            self._side_by_side(cells, lefts, self._small, put_heading)
            self._rule(_LINE, 0.5)
        self._y += GAP_PT

    @put.register
    def _new_page(self, part: NewPage) -> None:
        del part
        if self._y > TOP_PT:
            self._begin_page()

    def finish(self, sheet: Sheet) -> None:
        """Number the pages, now that it is known how many there are."""
        self._write()
        pages = self._document.page_count
        foot = BOTTOM_PT + 4 * POINTS_PER_MM
        for index, page in enumerate(self._document, start=1):
            self._take(page)
            self._y = foot
            self._rule(_LINE, 0.5)
            number = sheet.page_of.format(page=index, pages=pages)
            width = self._small.width_pt(number)
            for line in lines_of(
                sheet.footer, self._small, RIGHT_PT - LEFT_PT - width - PADDING_PT
            ):
                self._line(line, LEFT_PT, self._small, is_foot=True)
            self._y = foot + 2
            self._line(number, RIGHT_PT - width, self._small, is_foot=True)
            self._write()

    def _cells(
        self, texts: tuple[str, ...], shares: tuple[float, ...], face: Face
    ) -> tuple[tuple[str, ...], ...]:
        width = RIGHT_PT - LEFT_PT
        return tuple(
            lines_of(text, face, width * share - GAP_PT)
            for text, share in zip(texts, shares, strict=True)
        )

    def _side_by_side(
        self,
        columns: tuple[tuple[str, ...], ...],
        lefts: tuple[float, ...],
        face: Face,
        at_new_page: Callable[[], None] | None = None,
    ) -> None:
        """Write columns of lines; they go on together where the page ends."""
        for at in range(max(map(len, columns))):
            if self._y + face.leading_pt > BOTTOM_PT:
                self._begin_page()
                if at_new_page is not None:
                    at_new_page()
            top = self._y
            for lines, left in zip(columns, lefts, strict=True):
                if at < len(lines):
                    self._y = top
                    self._line(lines[at], left, face)
            self._y = top + face.leading_pt

    def _centred(self, text: str, face: Face) -> None:
        for line in lines_of(text, face, RIGHT_PT - LEFT_PT):
            self._line(line, (LEFT_PT + RIGHT_PT - face.width_pt(line)) / 2, face)

    def _line(self, text: str, left: float, face: Face, *, is_foot: bool = False) -> None:
        if not is_foot:
            self._need(face.leading_pt)
        place = (left, self._y + face.size_pt)
        self._writer.append(place, text, font=face.font, fontsize=face.size_pt)
        self._y += face.leading_pt

    def _write(self) -> None:
        """Put on the page what was collected for it: in one go it is ten times as fast."""
        self._shape.commit()
        self._writer.write_text(self._page)

    def _rule(self, colour: _Colour, width: float) -> None:
        self._y += 1
        self._shape.draw_line((LEFT_PT, self._y), (RIGHT_PT, self._y))
        self._shape.finish(color=colour, width=width)
        self._y += 1

    def _need(self, height_pt: float) -> None:
        """Begin a page where so much has no room left; what is higher than a page runs over."""
        if self._y + height_pt > BOTTOM_PT and self._y > TOP_PT:
            self._begin_page()

    def _begin_page(self) -> None:
        self._write()
        self._take(self._document.new_page(width=WIDTH_PT, height=HEIGHT_PT))
        self._y = TOP_PT

    def _take(self, page: Any) -> None:
        """Go on on a page."""
        self._page = page
        self._shape = page.new_shape()
        self._writer = pymupdf.TextWriter(page.rect)
