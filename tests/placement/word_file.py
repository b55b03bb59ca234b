"""The parts that a Word file is built of: paragraphs, tables without borders, frames, page numbers."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from tests.placement.cases import Case

Align = Literal["left", "center", "right", "justify"]
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
LEFT_MM, TEXT_MM = 30.0, 165.0
HEADER_MM = (70.0, 95.0)
BLOCK_MM = (80.0, 85.0)
BODY_PT = 14.0
SMALL_PT = 11.0


class WordFile:
    """A Word file in the making."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._random = random.Random(case.seed)
        self._file = docx.Document()
        style: Any = self._file.styles["Normal"]
        style.font.name, style.font.size = case.font, Pt(BODY_PT)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = 1.0
        section = self._file.sections[0]
        width_mm, height_mm = (297, 210) if case.is_landscape else (210, 297)
        section.page_width, section.page_height = Mm(width_mm), Mm(height_mm)
        section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(width_mm - LEFT_MM - TEXT_MM)
        section.top_margin = section.bottom_margin = Mm(20)
        section.header_distance = Mm(9)
        self._number_pages(section)
        if case.footer:
            for footer in (section.footer, section.first_page_footer):
                self._say(case.footer, footer, size_pt=10)

    def _say(
        self,
        text: str,
        where: Any = None,
        *,
        align: Align = "center",
        bold: bool = False,
        italic: bool = False,
        size_pt: float = 13.0,
    ) -> Any:
        """Add a paragraph; in a fresh cell, its first one is used."""
        where = where if where is not None else self._file
        paragraphs = getattr(where, "paragraphs", [])
        fresh = where is not self._file and len(paragraphs) == 1 and not paragraphs[0].runs
        paragraph = paragraphs[0] if fresh else where.add_paragraph()
        paragraph.alignment = _ALIGN[align]
        run = paragraph.add_run(unicodedata.normalize("NFD", text) if self._case.nfd else text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size_pt)
        return paragraph

    def _cells(self, widths_mm: Sequence[float], *, rows: int = 1, border: bool = False) -> Any:
        table = self._file.add_table(rows, len(widths_mm))
        table.autofit = False
        if border:
            table.style = "Table Grid"
        for column, width_mm in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width_mm)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        return table

    def _lines(self, count: int, where: Any = None) -> None:
        for _ in range(count):
            self._say("", where)

    def _number_pages(self, section: Any) -> None:
        section.different_first_page_header_footer = True
        paragraph = section.header.paragraphs[0]
        paragraph.alignment = _ALIGN["center"]
        field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))

    def _grid(self, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        widths = [15.0, *[150.0 / (len(head) - 1)] * (len(head) - 1)]
        table = self._cells(widths, rows=len(rows) + 1, border=True)
        if self._case.is_tall_table:
            for row in table.rows:
                row.height = Mm(16)
        for row, texts in zip(table.rows, [head, *rows], strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                self._say(text, cell, bold=texts is head, size_pt=12)
        self._lines(1)

    def _framed(self, text: str, x_mm: float, y_mm: float, width_mm: float, *, bold: bool) -> None:
        paragraph = self._say(text, bold=bold)
        twips = 1440 / 25.4
        frame = (
            f'<w:framePr {nsdecls("w")} w:w="{width_mm * twips:.0f}" w:hSpace="0" w:wrap="around"'
            f' w:vAnchor="page" w:hAnchor="page" w:x="{x_mm * twips:.0f}" w:y="{y_mm * twips:.0f}"/>'
        )
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(frame))
