"""An attachment in a file of its own: its line "(Kèm theo …)" stays unfilled, the corners stay free."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Table, TableStyle

from app.demo.drafts.sheet import BOLD, LEFT_MM, UPRIGHT, Sheet, centred_style
from app.demo.people import AGENCY

_COLUMNS_MM = (12.0, 100.0, 24.0, 24.0)


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: a title and a table of what is to be counted."""

    title: str
    symbol: str
    rows: tuple[str, ...]

    def build(self, path: Path) -> None:
        """Write the PDF."""
        sheet = Sheet(path, self.title)
        sheet.centred(110, 25, "PHỤ LỤC", BOLD, 14)
        heading = Paragraph(f"<b>{self.title}</b>", centred_style())
        y_mm = 28 + sheet.place(heading, 47, 28, 126)
        number = f"số{'&nbsp;' * 10}/{self.symbol}"
        date = f"ngày{'&nbsp;' * 8}tháng{'&nbsp;' * 8}năm 2026"
        line = f"<i>(Kèm theo Công văn {number}<br/>{date} của {AGENCY})</i>"
        y_mm += 1 + sheet.place(Paragraph(line, centred_style(13)), 45, y_mm + 1, 130)
        sheet.rule(110, y_mm + 2, 40)
        sheet.place(self._table(), LEFT_MM, y_mm + 8, sum(_COLUMNS_MM))
        sheet.save()

    def _table(self) -> Table:
        head = ["TT", "Nội dung", "Số lượng", "Ghi chú"]
        rows = [[str(number), text, "", ""] for number, text in enumerate(self.rows, 1)]
        table = Table([head, *rows], colWidths=[width * mm for width in _COLUMNS_MM])
        table.setStyle(
            TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                    ("FONT", (0, 0), (-1, 0), BOLD, 13),
                    ("FONT", (0, 1), (-1, -1), UPRIGHT, 13),
                    ("ALIGN", (0, 0), (-1, 0), "CENTER"),
                    ("ALIGN", (0, 0), (0, -1), "CENTER"),
                    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                    ("TOPPADDING", (0, 0), (-1, -1), 4),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                ]
            )
        )
        return table


STATISTICS = Annex(
    title="BIỂU MẪU SỐ LIỆU CÔNG TÁC TƯ PHÁP NĂM 2026",
    symbol="STP-VP",
    rows=(
        "Văn bản quy phạm pháp luật được thẩm định",
        "Văn bản quy phạm pháp luật được kiểm tra, rà soát",
        "Hội nghị phổ biến, giáo dục pháp luật",
        "Lượt người tham dự hội nghị",
        "Vụ việc hòa giải ở cơ sở",
        "Vụ việc hòa giải thành",
        "Việc đăng ký khai sinh",
        "Việc đăng ký kết hôn",
        "Việc đăng ký khai tử",
        "Bản sao được chứng thực từ bản chính",
        "Chữ ký được chứng thực",
        "Hợp đồng, giao dịch được chứng thực",
        "Vụ việc trợ giúp pháp lý",
        "Đơn thư khiếu nại, tố cáo đã giải quyết",
    ),
)
