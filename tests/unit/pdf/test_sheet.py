"""Facts about sheets for the printer: every word is on a page, inside its margins, in letters that are in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pymupdf
import pytest

from pdf.errors import PdfError
from pdf.render import render_page
from pdf.sheet import Banner, Facts, Heading, NewPage, Part, Remark, Sheet, Sign, Table, Title
from pdf.sheet_pages import BOTTOM_PT, LEFT_PT, RIGHT_PT, TOP_PT, write_sheet
from pdf.typefaces import typefaces
from signing.fonts import serif_font

ENGINE: Any = pymupdf
LONG = "Ủy-ban-nhân-dân-" * 60


def written(folder: Path, *parts: Part) -> Path:
    out = folder / "sheet.pdf"
    sheet = Sheet("Phiếu", "vi", "Trình Ký", "Trang {page}/{pages}", parts)
    write_sheet(sheet, out, serif_font(), serif_font(bold=True))
    return out


def pages_of(path: Path) -> list[str]:
    with ENGINE.open(str(path)) as document:
        return [str(page.get_text()) for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_kind_of_part_says_its_words_in_vietnamese(tmp_path: Path) -> None:
    shown = "\n".join(
        pages_of(
            written(
                tmp_path,
                Title("PHIẾU KIỂM TRA", "Lập ngày"),
                Banner("invalid", "KHÔNG HỢP LỆ", ("Nội dung đã bị thay đổi.",)),
                Heading("Chữ ký 1/2", sign="valid"),
                Facts((("Người ký", "Nguyễn Văn Ường"),)),
                Remark("Chữ ký không có dấu thời gian."),
                Table(("Tệp", "Lý do"), (("một.pdf", "đã sửa"),), (0.5, 0.5), ("invalid",)),
            )
        )
    )
    for words in (
        *("PHIẾU KIỂM TRA", "Lập ngày", "KHÔNG HỢP LỆ", "Nội dung đã bị thay đổi."),
        *("Chữ ký 1/2", "Nguyễn Văn Ường", "không có dấu thời gian", "đã sửa"),
    ):
        assert words in shown


@pytest.mark.parametrize(
    "part",
    [
        Title(LONG, LONG),
        Heading(LONG, is_large=True, sign="valid"),
        Banner("valid", LONG, (LONG,)),
        Facts(((LONG, LONG),)),
        Remark(LONG),
        Table(("Tệp", "Lý do"), ((LONG, LONG),), (0.5, 0.5), ("valid",)),
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_word_without_end_goes_on_in_the_next_line_and_loses_no_letter(
    part: Part, tmp_path: Path
) -> None:
    path = written(tmp_path, part)
    with ENGINE.open(str(path)) as document:
        spans = [
            (span["bbox"], span["text"])
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    letters = "".join(text for _, text in spans)
    assert squeezed(letters).count("Ủ") >= LONG.count("Ủ")
    assert all(left >= LEFT_PT - 1 and right <= RIGHT_PT + 1 for (left, _, right, _), _ in spans)


def test_what_does_not_fit_goes_on_on_the_next_page_and_pages_are_counted(tmp_path: Path) -> None:
    rows = tuple((f"Hàng {index}", "giá trị " * 8) for index in range(150))
    pages = pages_of(written(tmp_path, Facts(rows)))
    assert len(pages) > 2
    assert all(f"Trang {index}/{len(pages)}" in text for index, text in enumerate(pages, start=1))
    assert all(f"Hàng {index}\n" in "".join(pages) for index in range(150))


def test_a_name_is_read_aloud_before_what_is_so_named(tmp_path: Path) -> None:
    shown = " ".join(
        pages_of(written(tmp_path, Facts((("Tệp", "một"), ("Trang", "hai")))))[0].split()
    )
    assert shown.startswith("Tệp một Trang hai")


def test_nothing_is_written_outside_the_printable_part(tmp_path: Path) -> None:
    path = written(tmp_path, *(Heading(f"Mục {index}") for index in range(80)))
    with ENGINE.open(str(path)) as document:
        for page in document:
            bodies = [word for word in page.get_text("words") if word[4] == "Mục"]
            assert all(top >= TOP_PT and bottom <= BOTTOM_PT for _, top, _, bottom, *_ in bodies)


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    for filled in range(40, 56):
        rows = tuple((f"r{index}", "x") for index in range(filled))
        pages = pages_of(written(tmp_path, Facts(rows), Heading("ĐẦU MỤC"), Facts((("sau", "y"),))))
        (page,) = [text for text in pages if "ĐẦU MỤC" in text]
        assert "sau" in page


def test_a_table_s_heading_is_repeated_on_each_page(tmp_path: Path) -> None:
    rows = tuple((f"tệp-{index}.pdf", "đã sửa") for index in range(120))
    table = Table(("TÊN", "LÝ DO"), rows, (0.5, 0.5), ("invalid",) * 120)
    pages = pages_of(written(tmp_path, table))
    assert len(pages) > 1
    assert all("LÝ DO" in text for text in pages)


def test_what_begins_a_new_page_leaves_none_empty(tmp_path: Path) -> None:
    pages = pages_of(written(tmp_path, NewPage(), Heading("một"), NewPage(), Heading("hai")))
    assert [("một" in text, "hai" in text) for text in pages] == [(True, False), (False, True)]


def test_letters_of_other_scripts_are_drawn_too(tmp_path: Path) -> None:
    assert "文件" in pages_of(written(tmp_path, Facts((("Tệp", "文件.pdf"),))))[0]


def test_all_letters_are_in_the_file(tmp_path: Path) -> None:
    families, loose = typefaces(written(tmp_path, Title("Phiếu"), Remark("Chữ")))
    assert families
    assert loose == ()


def test_the_verdicts_are_told_apart_by_shape_alone(tmp_path: Path) -> None:
    looks = set()
    for sign in get_args(Sign):
        picture = render_page(written(tmp_path, Heading(" ", sign=sign)), 0, 40)
        # The green channel of a colour printer's darkest inks: ink or no ink.
        looks.add(bytes(level > 150 for level in picture.pixels[1::3]))
    assert len(looks) == len(get_args(Sign))


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(PdfError) as told:
        write_sheet(
            Sheet("a", "vi", "", "", (Title("a"),)),
            tmp_path / "none" / "a.pdf",
            serif_font(),
            serif_font(bold=True),
        )
    assert told.value.code == "pdf.print_failed"
