"""Builds drafts of official letters for tests: real text at known places, in millimetres."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pymupdf

from app.demo.fonts import font_path

ENGINE: Any = pymupdf
_FILES = {
    (False, False): "LiberationSerif-Regular",
    (True, False): "LiberationSerif-Bold",
    (False, True): "LiberationSerif-Italic",
    (True, True): "LiberationSerif-BoldItalic",
}
_PT = 72 / 25.4
BODY = "Thực hiện Quyết định số 28/2018/QĐ-TTg ngày 12/7/2018 của Thủ tướng Chính phủ,"
RIGHT_MM = 150.0


class Draft:
    """A PDF in the making; lengths are millimetres from the top left corner."""

    def __init__(self, width_mm: float = 210, height_mm: float = 297, *, nfd: bool = False) -> None:
        self.document = ENGINE.open()
        self._nfd = nfd
        self.add_page(width_mm, height_mm)

    def add_page(self, width_mm: float = 210, height_mm: float = 297) -> None:
        self.page = self.document.new_page(width=width_mm * _PT, height=height_mm * _PT)

    def text(
        self,
        x_mm: float,
        baseline_mm: float,
        text: str,
        *,
        bold: bool = False,
        italic: bool = False,
        size_pt: float = 13,
        centred: bool = False,
    ) -> float:
        """Write a line; returns where it ends."""
        font = ENGINE.Font(fontfile=str(font_path(_FILES[bold, italic])))
        width_mm = font.text_length(text, fontsize=size_pt) / _PT
        left_mm = x_mm - width_mm / 2 if centred else x_mm
        shown = unicodedata.normalize("NFD", text) if self._nfd else text
        writer = ENGINE.TextWriter(self.page.rect)
        writer.append((left_mm * _PT, baseline_mm * _PT), shown, font=font, fontsize=size_pt)
        writer.write_text(self.page)
        return float(left_mm + width_mm)

    def header(
        self,
        number: str = "Số:        /STP-VP",
        date: str = "Hà Nội, ngày      tháng      năm 2026",
    ) -> None:
        self.text(62, 24, "SỞ TƯ PHÁP", bold=True, size_pt=12, centred=True)
        self.text(
            RIGHT_MM, 24, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size_pt=12, centred=True
        )
        self.text(RIGHT_MM, 30, "Độc lập - Tự do - Hạnh phúc", bold=True, centred=True)
        self.text(62, 36, number, centred=True)
        self.text(RIGHT_MM, 42, date, italic=True, centred=True)

    def body(self, top_mm: float, lines: int = 6, text: str = BODY) -> float:
        """Write body lines 6 mm apart; returns the last baseline."""
        for line in range(lines):
            self.text(30, top_mm + 6 * line, text)
        return top_mm + 6 * (lines - 1)

    def recipients(self, top_mm: float) -> None:
        self.text(30, top_mm, "Nơi nhận:", bold=True, italic=True, size_pt=12)
        for line, text in enumerate(("- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT, VP.")):
            self.text(30, top_mm + 5 + 5 * line, text, size_pt=11)

    def block(
        self,
        top_mm: float,
        titles: tuple[str, ...] = ("GIÁM ĐỐC",),
        name: str = "Nguyễn Văn A",
        *,
        gap_mm: float = 27,
        centre_mm: float = RIGHT_MM,
    ) -> None:
        """Write position and name; `gap_mm` is between their baselines."""
        for line, title in enumerate(titles):
            self.text(centre_mm, top_mm + 6 * line, title, bold=True, centred=True)
        foot_mm = top_mm + 6 * (len(titles) - 1) + gap_mm
        self.text(centre_mm, foot_mm, name, bold=True, centred=True)

    def save(self, path: Path, *, rotation_deg: int = 0, crop_mm: float = 0) -> Path:
        """Write the file; turned pages still show upright, cropped ones lose a margin."""
        if rotation_deg:
            self.document = _turned(self.document, rotation_deg)
        if crop_mm:
            for page in self.document:
                margin_pt = crop_mm * _PT
                left, bottom, right, top = page.mediabox
                page.set_cropbox(
                    ENGINE.Rect(
                        left + margin_pt, bottom + margin_pt, right - margin_pt, top - margin_pt
                    )
                )
        self.document.save(path)
        return path


def letter(titles: tuple[str, ...] = ("GIÁM ĐỐC",), name: str = "Nguyễn Văn A") -> Draft:
    """A letter of one page."""
    draft = Draft()
    draft.header()
    draft.body(60)
    draft.recipients(110)
    draft.block(110, titles, name)
    return draft


def scan(path: Path, words: str = "") -> Path:
    """A page that is nothing but a picture, and perhaps a line that the scanner wrote."""
    document = ENGINE.open()
    page = document.new_page()
    picture = ENGINE.Pixmap(ENGINE.csGRAY, ENGINE.IRect(0, 0, 60, 84))
    picture.clear_with(235)
    page.insert_image(page.rect, pixmap=picture)
    if words:
        page.insert_text((20, 830), words, fontsize=9)
    document.save(path)
    return path


def add_signature_field(document: Any, page_index: int, rect: str, xref_of_parent: int = 0) -> None:
    """Put an empty visible signature field on a page; `rect` is a PDF array in user space."""
    page = document[page_index]
    xref = document.get_new_xref()
    kind = f"/Parent {xref_of_parent} 0 R" if xref_of_parent else "/FT /Sig"
    document.update_object(
        xref, f"<< /Type /Annot /Subtype /Widget {kind} /T (S1) /F 4 /Rect {rect} >>"
    )
    document.xref_set_key(page.xref, "Annots", f"[{xref} 0 R]")


def add_slanting_text(draft: Draft, x_mm: float, y_mm: float, text: str, *, size_pt: float) -> None:
    """Write a line that climbs at 45 degrees from a point, as watermarks do."""
    point = ENGINE.Point(x_mm * _PT, y_mm * _PT)
    draft.page.insert_text(
        point,
        text,
        fontsize=size_pt,
        fontname="F0",
        fontfile=str(font_path(_FILES[False, False])),
        color=(0.8, 0.8, 0.8),
        morph=(point, ENGINE.Matrix(45)),
    )


def _turned(document: Any, rotation_deg: int) -> Any:
    turned = ENGINE.open()
    for page in document:
        width, height = page.rect.width, page.rect.height
        if rotation_deg in {90, 270}:
            width, height = height, width
        new = turned.new_page(width=width, height=height)
        new.show_pdf_page(new.rect, document, page.number, rotate=rotation_deg)
        new.set_rotation(rotation_deg)
    return turned
