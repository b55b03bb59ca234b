"""Writes a case as a Word file, the way offices build theirs: tables without borders, blanks typed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from PIL import Image, ImageDraw

from tests.placement.cases import Signer
from tests.placement.vocabulary import HEADINGS, NAMES, NOTES, RECIPIENTS, SENTENCES
from tests.placement.word_file import (
    BLOCK_MM,
    BODY_PT,
    HEADER_MM,
    SMALL_PT,
    TEXT_MM,
    WordFile,
)


class Letter(WordFile):
    """A Word file in the making."""

    def write(self, path: Path) -> None:
        """Write the whole letter."""
        case = self._case
        if self._case.corner != "none":
            self._corner()
        self._header()
        self._heading()
        self._body()
        if self._case.is_block_on_own_page:
            self._file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if case.has_block:
            self._signing()
        if self._case.appendix != "none":
            self._appendix()
        self._file.save(str(path))

    def _header(self) -> None:
        case = self._case
        left, right = self._cells(HEADER_MM).rows[0].cells
        for line in case.agency[:-1]:
            self._say(line, left)
        self._say(case.agency[-1], left, bold=True)
        if case.form != "party":
            self._say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, bold=True, size_pt=12)
            self._say("Độc lập - Tự do - Hạnh phúc", right, bold=True)
        if case.form == "bilingual":
            self._say("SOCIALIST REPUBLIC OF VIET NAM", right, size_pt=11)
            self._say("Independence - Freedom - Happiness", right, italic=True, size_pt=11)
        if case.rules:
            self._say(case.rules, left, size_pt=8)
            self._say(case.rules, right, size_pt=8)
        number = "".join((case.number.label, case.number.blank, case.number.rest))
        if case.form == "party":
            self._say("ĐẢNG CỘNG SẢN VIỆT NAM", right, bold=True)
        if case.one_line_header:
            self._say(
                f"{number}\t{case.date.text}", align="left"
            ).paragraph_format.tab_stops.add_tab_stop(Mm(85))
            return
        if not case.date_on_top:
            left, right = self._cells(HEADER_MM).rows[0].cells
        if case.is_underlined_blank:
            paragraph = self._say(case.number.label, left)
            for text, underline in ((case.number.blank, True), (case.number.rest, False)):
                run = paragraph.add_run(text)
                run.underline, run.font.size = underline, Pt(13)
        else:
            self._say(number, left)
        if case.subject:
            self._say(case.subject, left, size_pt=12)
        self._say(case.date.text, right, italic=True)

    def _heading(self) -> None:
        case = self._case
        self._lines(1)
        match case.form:
            case "decision":
                self._say("QUYẾT ĐỊNH", bold=True, size_pt=14)
                self._say("Ban hành Quy chế quản lý, sử dụng chữ ký số", bold=True)
                self._lines(1)
                self._say(
                    f"{case.signer.titles[0].removeprefix('KT. ')} {case.agency[-1]}", bold=True
                )
            case "slip":
                self._say("PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", bold=True, size_pt=14)
                self._say("Trình lần thứ 1")
            case "request":
                self._say("PHIẾU XIN Ý KIẾN GIẢI QUYẾT CÔNG VIỆC", bold=True, size_pt=14)
            case "summary":
                self._say("BẢNG TỔNG HỢP Ý KIẾN THAM GIA CỦA CÁC ĐƠN VỊ", bold=True, size_pt=14)
            case "letter" | "party" | "bilingual":
                pass
        self._say("Kính gửi: Các phòng, đơn vị trực thuộc.", size_pt=14)
        self._lines(1)

    def _body(self) -> None:
        case = self._case
        if case.form in {"slip", "request"}:
            for item in ("Tóm tắt nội dung", "Ý kiến đề xuất của chuyên viên/Lãnh đạo phòng"):
                self._say(f"{item}:", align="left")
                self._say(self._random.choice(SENTENCES), align="justify")
        if case.form == "summary":
            self._grid(
                ("STT", "Tên đơn vị tham gia", "Nội dung", "Ý kiến của đơn vị chủ trì"),
                [(str(i), f"Đơn vị {i}", f"Nội dung {i}", "Tiếp thu") for i in range(1, 6)],
            )
        for index in range(case.paragraphs):
            if case.has_headings and index % 4 == 1:
                self._say(self._random.choice(HEADINGS), align="left", bold=True)
            self._say(self._random.choice(SENTENCES), align="justify", size_pt=BODY_PT)
        if case.form == "decision":
            self._say("QUYẾT ĐỊNH:", bold=True, size_pt=14)
            self._say(self._random.choice(SENTENCES), align="justify")
        if case.is_name_in_body:
            self._say(
                f"Giao đồng chí {case.signer.name}, {case.signer.titles[-1].capitalize()}, trực tiếp chỉ đạo.",
                align="justify",
            )
        if case.is_upper_table_in_body:
            self._staff_table()
        end = "Đề nghị các đơn vị nghiêm túc triển khai thực hiện./."
        self._say(end, align="justify", size_pt=BODY_PT)

    def _staff_table(self) -> None:
        rows = [
            ("1", self._case.signer.name, "TRƯỞNG BAN"),
            ("2", self._random.choice(NAMES), "PHÓ TRƯỞNG BAN"),
            ("3", self._random.choice(NAMES), "ỦY VIÊN"),
        ]
        self._grid(("STT", "HỌ VÀ TÊN", "CHỨC VỤ"), rows)

    def _signing(self) -> None:
        case = self._case
        self._lines(1)
        if case.recipients == "above":
            self._recipients(None)
        {
            "beside": self._stacked_blocks,
            "alone": self._stacked_blocks,
            "stacked": self._stacked_blocks,
            "side": self._blocks_in_rows,
            "grid": self._blocks_in_rows,
            "tabs": self._tabbed_block,
            "indent": self._indented_block,
        }[case.arrangement]()
        if case.recipients == "below":
            self._recipients(None)

    def _stacked_blocks(self) -> None:
        left, right = self._cells(BLOCK_MM).rows[0].cells
        if self._case.recipients == "beside" and self._case.arrangement != "alone":
            self._recipients(left)
        for index, signer in enumerate(self._case.signers):
            self._lines(min(index, 1), right)
            self._block(signer, right)

    def _blocks_in_rows(self) -> None:
        signers = self._case.signers
        columns = 2 if self._case.arrangement == "grid" else len(signers)
        table = self._cells([TEXT_MM / columns] * columns, rows=len(signers) // columns)
        cells = [cell for row in table.rows for cell in row.cells]
        for signer, cell in zip(signers, cells, strict=True):
            self._block(signer, cell)

    def _block(self, signer: Signer, cell: Any) -> None:
        for title in signer.titles:
            self._say(title, cell, bold=True)
        if signer.note:
            self._say(signer.note, cell, italic=True, size_pt=12)
        self._lines(self._case.gap_lines, cell)
        self._say(signer.signature, cell, bold=signer.bold, size_pt=14 if signer.bold else 13)

    def _tabbed_block(self) -> None:
        """Recipients and block typed on the same lines, a centred tab between them."""
        signer = self._case.signer
        right = [*signer.titles, *[""] * self._case.gap_lines, signer.signature]
        left = ["Nơi nhận:", *self._recipient_lines()]
        height = max(len(left), len(right))
        for row in range(height):
            words = left[row] if row < len(left) else ""
            other = right[row] if row < len(right) else ""
            paragraph = self._say(words, align="left", size_pt=SMALL_PT)
            paragraph.paragraph_format.tab_stops.add_tab_stop(
                Mm(BLOCK_MM[0] + BLOCK_MM[1] / 2), WD_TAB_ALIGNMENT.CENTER
            )
            paragraph.paragraph_format.keep_with_next = row + 1 < height
            paragraph.paragraph_format.line_spacing = Pt(16)
            run = paragraph.add_run("\t" + other)
            run.bold, run.font.size = True, Pt(13)

    def _indented_block(self) -> None:
        signer = self._case.signer
        lines = [*signer.titles, *[""] * self._case.gap_lines, signer.signature]
        for index, line in enumerate(lines):
            paragraph = self._say(line, bold=True)
            paragraph.paragraph_format.left_indent = Mm(BLOCK_MM[0])
            paragraph.paragraph_format.keep_with_next = index + 1 < len(lines)

    def _recipients(self, where: Any) -> None:
        self._say("Nơi nhận:", where, align="left", bold=True, italic=True, size_pt=12)
        for line in self._recipient_lines():
            self._say(line, where, align="left", size_pt=SMALL_PT)

    def _recipient_lines(self) -> list[str]:
        lines = self._random.sample(RECIPIENTS, self._random.randint(2, 5))
        if self._case.is_name_in_recipients:
            lines.append(f"- Đ/c {self._case.signer.name};")
        return [*lines, "- Lưu: VT, VP."]

    def _appendix(self) -> None:
        case = self._case
        if case.appendix == "landscape":
            section = self._file.add_section()
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(420), Mm(297)
        else:
            self._file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        if case.appendix == "enclosed":
            self._appended_letter()
            return
        if case.appendix == "unnamed":
            self._say("QUY TRÌNH", bold=True, size_pt=14)
            self._say("Ký số và phát hành văn bản điện tử", bold=True)
        else:
            self._say(self._random.choice(("PHỤ LỤC", "Phụ lục I", "PHỤ LỤC 01")), bold=True)
        symbol = case.number.rest.lstrip("/ ")
        self._say(
            f"(Kèm theo Văn bản số       /{symbol} ngày      tháng      năm 2026", italic=True
        )
        self._say(f"của {case.agency[-1].title()})", italic=True)
        self._lines(1)
        for _ in range(self._random.randint(1, 6)):
            self._say(self._random.choice(SENTENCES), align="justify")
        self._staff_table()
        if case.appendix in {"form", "landscape"}:
            self._appended_form()
        if case.appendix == "letter":
            self._file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            self._appended_letter()

    def _appended_form(self) -> None:
        """A form that others will fill in, with blanks and a block of its own."""
        left, right = self._cells(HEADER_MM).rows[0].cells
        self._say("TÊN ĐƠN VỊ ........", left, bold=True)
        self._say("Số:        /BC-...", left)
        self._say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, bold=True, size_pt=12)
        self._say("........., ngày ..... tháng ..... năm 2026", right, italic=True)
        self._say("BÁO CÁO KẾT QUẢ", bold=True)
        self._say(self._random.choice(SENTENCES), align="justify")
        left, right = self._cells(BLOCK_MM).rows[0].cells
        self._block(Signer(("NGƯỜI LẬP BIỂU",), self._random.choice(NAMES)), left)
        name = self._random.choice((self._case.signer.name, "Họ và tên"))
        self._block(Signer(("THỦ TRƯỞNG ĐƠN VỊ",), name, self._random.choice(NOTES)), right)

    def _appended_letter(self) -> None:
        """A whole letter as a model, with recipients, and signed by the same person."""
        left, right = self._cells(HEADER_MM).rows[0].cells
        self._say("TÊN CƠ QUAN", left, bold=True)
        self._say("Số:        /TB-...", left)
        self._say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", right, bold=True, size_pt=12)
        self._say("........., ngày ..... tháng ..... năm 2026", right, italic=True)
        self._say("THÔNG BÁO", bold=True)
        self._say(self._random.choice(SENTENCES), align="justify")
        left, right = self._cells(BLOCK_MM).rows[0].cells
        self._recipients(left)
        self._block(self._case.signer, right)

    def _corner(self) -> None:
        """Something that stands in the top margin or beside the head already."""
        match self._case.corner:
            case "mark":
                self._framed("XEM XONG TRẢ LẠI", 125, 9, 60, bold=True)
            case "urgency":
                self._framed("HỎA TỐC", 14, 12, 32, bold=True)
            case "logo":
                picture = io.BytesIO()
                image = Image.new("RGB", (200, 200), "white")
                ImageDraw.Draw(image).ellipse((4, 4, 196, 196), fill=(0, 70, 160))
                image.save(picture, "PNG")
                paragraph = self._file.add_paragraph()
                paragraph.paragraph_format.left_indent = Mm(-18)
                paragraph.add_run().add_picture(picture, width=Mm(18))
            case "none":
                pass
