"""A4 paper for official documents: millimetres from the top-left corner, Liberation Serif embedded."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.demo.fonts import font_path

UPRIGHT = "DemoSerif"
BOLD = "DemoSerif-Bold"
ITALIC = "DemoSerif-Italic"
BOLD_ITALIC = "DemoSerif-BoldItalic"

WIDTH_MM = 210.0
HEIGHT_MM = 297.0
LEFT_MM = 30.0
RIGHT_MM = 190.0
TOP_MM = 20.0
BOTTOM_MM = 276.0
"""Margins within Decree 30/2020, Annex I, I.1: 20-25, 30-35, 15-20 mm."""

_FILES = {
    UPRIGHT: "LiberationSerif-Regular",
    BOLD: "LiberationSerif-Bold",
    ITALIC: "LiberationSerif-Italic",
    BOLD_ITALIC: "LiberationSerif-BoldItalic",
}


class Sheet:
    """A PDF under way: page after page of A4, the same bytes every time."""

    def __init__(self, path: Path, title: str) -> None:
        _register_fonts()
        # Without a first font of its own the canvas puts Helvetica, not embedded, on every page.
        self._canvas: Any = Canvas(str(path), pagesize=A4, invariant=1, initialFontName=UPRIGHT)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("Trình Ký - văn phòng mẫu (DEMO)")
        self.page = 1

    def text(self, x_mm: float, y_mm: float, text: str, font: str, size_pt: float) -> None:
        """Write a line from x, its baseline at y."""
        self._canvas.setFont(font, size_pt)
        self._canvas.drawString(x_mm * mm, self._y(y_mm), text)

    def centred(self, x_mm: float, y_mm: float, text: str, font: str, size_pt: float) -> None:
        """Write a line centred on x, its baseline at y."""
        self._canvas.setFont(font, size_pt)
        self._canvas.drawCentredString(x_mm * mm, self._y(y_mm), text)

    def rule(self, x_mm: float, y_mm: float, length_mm: float) -> None:
        """Draw a thin line centred on x."""
        self._canvas.setLineWidth(0.6)
        left, right = (x_mm - length_mm / 2) * mm, (x_mm + length_mm / 2) * mm
        self._canvas.line(left, self._y(y_mm), right, self._y(y_mm))

    def stamp(self, x_mm: float, y_mm: float, text: str) -> None:
        """Draw a framed red mark of secrecy or urgency, 30 by 9 mm, from its top-left corner."""
        self._canvas.saveState()
        self._canvas.setStrokeColorRGB(0.8, 0.05, 0.1)
        self._canvas.setFillColorRGB(0.8, 0.05, 0.1)
        self._canvas.setLineWidth(1.2)
        self._canvas.rect(x_mm * mm, self._y(y_mm + 9), 30 * mm, 9 * mm)
        self.centred(x_mm + 15, y_mm + 6.2, text, BOLD, 14)
        self._canvas.restoreState()

    def place(self, flowable: Any, x_mm: float, y_mm: float, width_mm: float) -> float:
        """Draw a reportlab flowable from its top-left corner; return its height in millimetres."""
        _, height = flowable.wrapOn(self._canvas, width_mm * mm, HEIGHT_MM * mm)
        flowable.drawOn(self._canvas, x_mm * mm, self._y(y_mm) - height)
        return float(height) / float(mm)

    def split(self, flowable: Any, width_mm: float, height_mm: float) -> tuple[Any, Any]:
        """Cut a flowable to a height; return what fits, or None, and what is left, or None."""
        _, height = flowable.wrapOn(self._canvas, width_mm * mm, height_mm * mm)
        if height <= height_mm * mm:
            return flowable, None
        parts = flowable.splitOn(self._canvas, width_mm * mm, height_mm * mm)
        return (parts[0], parts[1]) if len(parts) == 2 else (None, flowable)

    def next_page(self) -> None:
        """Start a page, numbered in the middle of its top margin."""
        self._canvas.showPage()
        self.page += 1
        self.centred(WIDTH_MM / 2, 14, str(self.page), UPRIGHT, 13)

    def save(self) -> None:
        """Finish the file."""
        self._canvas.save()

    @staticmethod
    def _y(y_mm: float) -> float:
        return (HEIGHT_MM - y_mm) * float(mm)


def width_mm(text: str, font: str, size_pt: float) -> float:
    """Measure a line."""
    _register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size_pt)) / float(mm)


@cache
def body_style() -> ParagraphStyle:
    """Return the style of the body: size 14, first line indented by 10 mm, justified."""
    _register_fonts()
    return ParagraphStyle(
        "body",
        fontName=UPRIGHT,
        fontSize=14,
        leading=18.5,
        spaceAfter=6,
        firstLineIndent=10 * mm,
        alignment=TA_JUSTIFY,
        allowWidows=0,
        allowOrphans=0,
    )


@cache
def centred_style(size_pt: float = 14) -> ParagraphStyle:
    """Return the style of a centred paragraph; bold and italic come by markup."""
    _register_fonts()
    return ParagraphStyle(
        "centred",
        fontName=UPRIGHT,
        fontSize=size_pt,
        leading=size_pt * 1.25,
        spaceAfter=4,
        alignment=TA_CENTER,
    )


@cache
def _register_fonts() -> None:
    for name, stem in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(font_path(stem))))
    pdfmetrics.registerFontFamily(UPRIGHT, UPRIGHT, BOLD, ITALIC, BOLD_ITALIC)
