"""Lays an official document out as Annex I of Decree 30/2020 asks; number and day are left blank."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.platypus import Paragraph

from app.demo.drafts.sheet import (
    BOLD,
    BOLD_ITALIC,
    BOTTOM_MM,
    ITALIC,
    LEFT_MM,
    RIGHT_MM,
    TOP_MM,
    UPRIGHT,
    Sheet,
    body_style,
    centred_style,
    width_mm,
)
from app.demo.people import AGENCY, PARENT, PLACE

NUMBER_BLANK = " " * 13
"""Wide enough for five digits at size 13."""

DATE_BLANK = f"{PLACE}, ngày{' ' * 8}tháng{' ' * 8}năm 2026"
SIGNING_GAP_MM = 27.5
"""Clear height between position and name, where the signature goes."""

_LEFT_CENTRE_MM = 64.0
_RIGHT_CENTRE_MM = 144.0
_SIGNER_CENTRE_MM = 147.0
_OTHER_SIGNER_CENTRE_MM = 68.0
_TEXT_MM = RIGHT_MM - LEFT_MM
_LINE_MM = 5.6
_NAME_CAP_MM = 3.3


@dataclass(frozen=True, slots=True)
class SignerBlock:
    """Quyền hạn, chức vụ and họ tên of one signer."""

    title_lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An official document's words. `body` paragraphs are reportlab markup; "^" centres one.

    `heading` is the kind's name in capitals; without it the document is a công văn, with V/v under
    the number. Two `signers` stand side by side, the first on the right.
    """

    abstract: str
    symbol: str
    body: tuple[str, ...]
    signers: tuple[SignerBlock, ...]
    recipients: tuple[str, ...]
    heading: str | None = None
    addressees: tuple[str, ...] = ()
    number_line: str | None = None
    date_line: str = DATE_BLANK
    agencies: tuple[str, ...] = (AGENCY.upper(),)
    parent: str | None = PARENT.upper()
    mark: str | None = None

    def build(self, path: Path) -> None:
        """Write the PDF."""
        sheet = Sheet(path, self.abstract)
        y_mm = self._head(sheet)
        y_mm = self._title(sheet, y_mm)
        y_mm = flow(sheet, self.body, y_mm)
        self._signatures(sheet, y_mm)
        sheet.save()

    def _head(self, sheet: Sheet) -> float:
        left = [(self.parent, UPRIGHT)] if self.parent else []
        left += [(line, BOLD) for line in self.agencies]
        for index, (line, font) in enumerate(left):
            sheet.centred(_LEFT_CENTRE_MM, 25 + 5.5 * index, line or "", font, 12)
        agency_mm = 25 + 5.5 * (len(left) - 1)
        sheet.rule(_LEFT_CENTRE_MM, agency_mm + 1.7, 24)
        sheet.centred(_RIGHT_CENTRE_MM, 25, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, 12)
        motto = "Độc lập - Tự do - Hạnh phúc"
        sheet.centred(_RIGHT_CENTRE_MM, 30.5, motto, BOLD, 13)
        sheet.rule(_RIGHT_CENTRE_MM, 32.2, width_mm(motto, BOLD, 13))
        number = self.number_line or f"Số:{NUMBER_BLANK}/{self.symbol}"
        line_mm = max(41.0, agency_mm + 10)
        sheet.centred(_LEFT_CENTRE_MM, line_mm, number, UPRIGHT, 13)
        sheet.centred(_RIGHT_CENTRE_MM, line_mm, self.date_line, ITALIC, 13.5)
        return line_mm

    def _title(self, sheet: Sheet, y_mm: float) -> float:
        if self.heading is not None:
            sheet.centred(105, y_mm + 14, self.heading, BOLD, 14)
            title = Paragraph(f"<b>{self.abstract}</b>", centred_style())
            y_mm += 16.5 + sheet.place(title, 45, y_mm + 16.5, 120)
            sheet.rule(105, y_mm + 2, 30)
            y_mm += 3
        else:
            about = Paragraph(f"V/v {self.abstract}", centred_style(12.5))
            y_mm += 2 + sheet.place(about, _LEFT_CENTRE_MM - 30, y_mm + 2, 60)
        if self.mark is not None:
            sheet.stamp(LEFT_MM + 2, y_mm + 3, self.mark)
            y_mm += 8
        return self._addressees(sheet, y_mm + 6)

    def _addressees(self, sheet: Sheet, y_mm: float) -> float:
        if len(self.addressees) == 1:
            sheet.centred(105, y_mm + 6, f"Kính gửi: {self.addressees[0]}.", UPRIGHT, 14)
            return y_mm + 13
        if self.addressees:
            sheet.text(62, y_mm + 6, "Kính gửi:", UPRIGHT, 14)
            for index, one in enumerate(self.addressees):
                stop = "." if index == len(self.addressees) - 1 else ";"
                sheet.text(84, y_mm + 6 + 6.3 * index, f"- {one}{stop}", UPRIGHT, 14)
            return y_mm + 7 + 6.3 * len(self.addressees)
        return y_mm

    def _signatures(self, sheet: Sheet, y_mm: float) -> None:
        lines = max(len(one.title_lines) for one in self.signers)
        needed_mm = 6 + lines * _LINE_MM + SIGNING_GAP_MM + 6
        if y_mm + needed_mm > BOTTOM_MM:
            sheet.next_page()
            y_mm = TOP_MM
        top_mm = y_mm + 7
        centres = (_SIGNER_CENTRE_MM, _OTHER_SIGNER_CENTRE_MM)
        for centre_mm, block in zip(centres, self.signers, strict=False):
            for index, line in enumerate(block.title_lines):
                sheet.centred(centre_mm, top_mm + _LINE_MM * index, line, BOLD, 14)
            last_mm = top_mm + _LINE_MM * (len(block.title_lines) - 1)
            name_mm = last_mm + SIGNING_GAP_MM + _NAME_CAP_MM
            sheet.centred(centre_mm, name_mm, block.name, BOLD, 14)
        below_mm = needed_mm + 2 if len(self.signers) > 1 else 0.0
        self._recipients(sheet, top_mm + below_mm)

    def _recipients(self, sheet: Sheet, y_mm: float) -> None:
        if not self.recipients:
            return
        sheet.text(LEFT_MM, y_mm, "Nơi nhận:", BOLD_ITALIC, 12)
        for index, one in enumerate(self.recipients):
            stop = "." if index == len(self.recipients) - 1 else ";"
            sheet.text(LEFT_MM, y_mm + 4.8 + 4.5 * index, f"- {one}{stop}", UPRIGHT, 11)


def flow(sheet: Sheet, body: tuple[str, ...], y_mm: float) -> float:
    """Set paragraphs down the page and over to the next; return where the last one ends."""
    for text in body:
        style = centred_style() if text.startswith("^") else body_style()
        left = Paragraph(text.removeprefix("^"), style)
        while left is not None:
            fits, left = sheet.split(left, _TEXT_MM, BOTTOM_MM - y_mm)
            if fits is not None:
                y_mm += sheet.place(fits, LEFT_MM, y_mm, _TEXT_MM) + 2.1
            if left is not None:
                sheet.next_page()
                y_mm = TOP_MM
    return y_mm
