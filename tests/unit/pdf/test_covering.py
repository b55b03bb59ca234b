"""Facts about boxes over the author's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf.covering import covers_text
from pdf.document import inspect
from pdf.geometry import POINTS_PER_MM, BoxMm, box_to_user_space
from pdf.layout import signer_blocks
from pdf.text import read_page, search
from tests.unit.pdf.drafts import RIGHT_MM, letter, scan


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return letter().save(tmp_path / "draft.pdf")


def _covers(path: Path, box: BoxMm) -> bool:
    page = inspect(path).pages[0]
    return covers_text(path, ((0, box_to_user_space(box, page)),))[0]


def test_a_box_over_the_body_covers_words(draft: Path) -> None:
    assert _covers(draft, BoxMm(40, 80, 180, 120))


def test_a_box_over_one_digit_of_the_year_covers_words(draft: Path) -> None:
    year = next(
        box for match in search(draft, "2026", 0) for box in match.boxes_mm if box.top_mm < 50
    )
    last = BoxMm(year.right_mm - year.width_mm / 4, year.top_mm, year.right_mm, year.bottom_mm)
    assert _covers(draft, last)


@pytest.mark.parametrize("share", [0.2, 0.45])
def test_a_box_over_a_part_of_a_digit_covers_words(draft: Path, share: float) -> None:
    """Half an 8 under white is a 3."""
    year = next(
        box for match in search(draft, "2026", 0) for box in match.boxes_mm if box.top_mm < 50
    )
    right_mm = year.left_mm + year.width_mm / 4 * share
    assert _covers(draft, BoxMm(year.left_mm, year.top_mm, right_mm, year.bottom_mm))


def test_a_strip_over_the_upper_half_of_a_digit_covers_words(draft: Path) -> None:
    year = next(
        box for match in search(draft, "2026", 0) for box in match.boxes_mm if box.top_mm < 50
    )
    assert _covers(
        draft, BoxMm(year.left_mm, year.top_mm, year.right_mm, year.top_mm + year.height_mm * 0.45)
    )


def test_a_strip_over_the_marks_of_a_line_covers_words(draft: Path) -> None:
    """Without its marks a Vietnamese word is another word."""
    line = next(
        line for line in read_page(draft, 0).lines if line.text.startswith("CỘNG HÒA")
    ).box_mm
    strip = BoxMm(line.left_mm, line.top_mm, line.right_mm, line.top_mm + line.height_mm * 0.3)
    assert _covers(draft, strip)


def test_a_box_that_touches_the_letters_beside_a_blank_covers_nothing(draft: Path) -> None:
    label = search(draft, "Số:", 0)[0].boxes_mm[0]
    assert not _covers(draft, label.moved_by(label.width_mm * 0.98, 0))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("15,5 triệu", ","),
        ("1.500 đồng", "."),
        ("âm -5 độ", "-"),
        ("lãi 6% năm", "%"),
        ("ở xã", "ở"),
    ],
)
def test_a_box_over_one_mark_of_a_number_or_one_letter_covers_words(
    tmp_path: Path, text: str, hidden: str
) -> None:
    draft = letter()
    draft.text(RIGHT_MM, 200, text)
    path = draft.save(tmp_path / "a.pdf")
    line = next(line for line in read_page(path, 0).lines if line.text.startswith(text))
    mark = line.chars[text.index(hidden)]
    assert _covers(path, mark.box_mm)


@pytest.mark.parametrize(
    ("text", "from_baseline_em"),
    [("đã", (-0.6, -0.55)), ("lạ", (0.05, 0.25)), ("15,5", (-0.1, 0.2)), ("7", (-0.35, -0.3))],
    ids=["the bar of an đ", "the dot below", "a comma's ink", "the middle of a digit"],
)
def test_a_strip_through_what_makes_a_letter_covers_words(
    tmp_path: Path, text: str, from_baseline_em: tuple[float, float]
) -> None:
    draft = letter()
    draft.text(40, 200, text)
    path = draft.save(tmp_path / "a.pdf")
    line = next(line for line in read_page(path, 0).lines if line.text == text)
    em_mm = line.chars[0].style.size_pt / POINTS_PER_MM
    top_mm, bottom_mm = (line.chars[0].baseline_mm + part * em_mm for part in from_baseline_em)
    assert _covers(path, BoxMm(line.box_mm.left_mm, top_mm, line.box_mm.right_mm, bottom_mm))


def test_a_box_on_the_next_line_covers_nothing_of_the_line_above(tmp_path: Path) -> None:
    draft = letter()
    draft.text(40, 200, "lại họp gọn")
    path = draft.save(tmp_path / "a.pdf")
    line = next(line for line in read_page(path, 0).lines if line.text == "lại họp gọn")
    em_mm = line.chars[0].style.size_pt / POINTS_PER_MM
    top_mm = line.chars[0].baseline_mm + (1.15 - 0.95) * em_mm
    assert not _covers(path, BoxMm(40, top_mm, 100, top_mm + em_mm))


def test_a_box_over_the_dots_of_a_blank_covers_nothing(tmp_path: Path) -> None:
    draft = letter()
    draft.text(40, 200, "Số: ......./2026")
    path = draft.save(tmp_path / "a.pdf")
    line = next(line for line in read_page(path, 0).lines if "/2026" in line.text)
    dots = [char.box_mm for char in line.chars if char.char == "."]
    assert not _covers(path, dots[0].united_with(dots[-1]))


def test_a_box_in_an_empty_place_covers_nothing(draft: Path) -> None:
    assert not _covers(draft, BoxMm(10, 270, 60, 290))


def test_a_seal_over_position_and_name_covers_no_words(draft: Path) -> None:
    block = signer_blocks(read_page(draft, 0))[0]
    assert block.name_box_mm is not None
    assert not _covers(draft, block.title_box_mm.united_with(block.name_box_mm))


def test_on_a_scan_there_are_no_words_to_go_by(tmp_path: Path) -> None:
    assert not _covers(scan(tmp_path / "scan.pdf"), BoxMm(0, 0, 210, 297))


@pytest.mark.parametrize(
    ("remark", "is_covered"),
    [
        ("(Ký, đóng dấu, ghi rõ họ và tên)", False),
        ("(Phạt tiền 90 triệu đồng)", True),
        ("(Ký tên, phạt 90 triệu đồng)", True),
    ],
)
def test_a_remark_may_be_covered_only_where_it_says_nothing_but_how_to_sign(
    tmp_path: Path, remark: str, *, is_covered: bool
) -> None:
    draft = letter()
    draft.text(RIGHT_MM, 116, remark, italic=True, centred=True)
    path = draft.save(tmp_path / "a.pdf")
    assert _covers(path, BoxMm(RIGHT_MM - 40, 111.5, RIGHT_MM + 40, 118)) is is_covered


def test_a_box_in_the_space_between_two_words_covers_words(tmp_path: Path) -> None:
    """A 1 before a 5, or a small word, would be read with what stands beside it."""
    draft = letter()
    draft.text(30, 250, "Phạt 5 triệu đồng")
    path = draft.save(tmp_path / "a.pdf")
    line = next(line for line in read_page(path, 0).lines if line.text.startswith("Phạt 5"))
    assert _covers(path, line.chars[line.text.index(" ")].box_mm)
