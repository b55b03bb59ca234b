"""A submission slip (phiếu trình giải quyết công việc) as Annex 02 of Decision 599/QĐ-BHXH lays it out.

It is neither numbered by the clerk nor sealed: the unit that submits it types number and date, and each level writes
and signs in its own part.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.demo.drafts.letter import Letter, flow
from app.demo.drafts.sheet import BOLD, BOTTOM_MM, LEFT_MM, TOP_MM, UPRIGHT, Sheet
from app.demo.people import PLACE

_AFTER_HEADING_MM = 8.0
_DOTS = "." * 128


@dataclass(frozen=True, slots=True)
class Part:
    """One level's part: its heading and the height below it, with dotted lines so far apart where there are any."""

    heading: str
    room_mm: float
    dotted_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Slip(Letter):
    """A letter's head and body, then the parts of the levels."""

    parts: tuple[Part, ...] = ()

    def build(self, path: Path) -> None:
        """Write the PDF."""
        sheet = Sheet(path, self.abstract)
        y_mm = self._head(sheet)
        y_mm = self._title(sheet, y_mm)
        y_mm = flow(sheet, self.body, y_mm)
        for part in self.parts:
            if y_mm + _AFTER_HEADING_MM + part.room_mm > BOTTOM_MM:
                sheet.next_page()
                y_mm = TOP_MM
            sheet.text(LEFT_MM, y_mm + 6, part.heading, BOLD, 14)
            _draw_lines(sheet, y_mm + _AFTER_HEADING_MM, part)
            y_mm += _AFTER_HEADING_MM + part.room_mm
        sheet.save()


def _draw_lines(sheet: Sheet, y_mm: float, part: Part) -> None:
    if part.dotted_mm is None:
        return
    for line in range(1, int(part.room_mm / part.dotted_mm)):
        sheet.text(LEFT_MM, y_mm + line * part.dotted_mm, _DOTS, UPRIGHT, 14)


SLIP = Slip(
    abstract="Về việc ban hành Quy chế quản lý, sử dụng chữ ký số",
    heading="PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC",
    symbol="PTr-VP",
    number_line="Số: 27/PTr-VP",
    date_line=f"{PLACE}, ngày 20 tháng 11 năm 2026",
    addressees=("Giám đốc Sở Tư pháp",),
    body=(
        "<b>Vấn đề trình:</b> ban hành Quy chế quản lý, sử dụng chữ ký số của Sở Tư pháp.",
        "<b>Hồ sơ trình:</b> dự thảo Quyết định kèm theo Quy chế; bảng tổng hợp ý kiến của 07 phòng, đơn vị.",
        "<b>1. Tóm tắt nội dung:</b> dự thảo gồm 04 điều, quy định việc ký số cá nhân, đóng dấu cơ quan, quản lý thiết "
        "bị lưu khóa bí mật. Có 07/07 đơn vị tham gia ý kiến, trong đó 05 đơn vị thống nhất, 02 đơn vị đề nghị chỉnh "
        "sửa câu chữ và đã được tiếp thu.",
    ),
    signers=(),
    recipients=("Ban Giám đốc", "Lưu: VP"),
    parts=(
        Part("2. Ý kiến đề xuất của chuyên viên/ Lãnh đạo phòng:", 52, dotted_mm=6.5),
        Part("3. Ý kiến đề xuất của Lãnh đạo đơn vị:", 48),
        Part("4. Ý kiến của Phó Giám đốc phụ trách:", 55),
        Part("5. Ý kiến của Giám đốc:", 60),
    ),
)
