from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pdf.text import TextLine, read_page, search
from tests.unit.pdf.drafts import Draft, letter


def _line(path: Path, start: str) -> TextLine:
    return next(line for line in read_page(path, 0).lines if line.text.startswith(start))


def test_a_line_stands_where_it_was_written(tmp_path: Path) -> None:
    draft = Draft()
    end_mm = draft.text(50, 100, "GIÁM ĐỐC", bold=True)
    line = _line(draft.save(tmp_path / "a.pdf"), "GIÁM")
    assert line.box_mm.left_mm == pytest.approx(50, abs=0.1)
    assert line.box_mm.right_mm == pytest.approx(end_mm, abs=0.1)
    assert line.baseline_mm == pytest.approx(100, abs=0.05)
    assert line.box_mm.top_mm < 100 < line.box_mm.bottom_mm


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_line_of_a_turned_and_cropped_page_stands_where_it_is_seen(
    tmp_path: Path, rotation_deg: int
) -> None:
    draft = Draft()
    draft.text(50, 100, "GIÁM ĐỐC", bold=True)
    line = _line(draft.save(tmp_path / "a.pdf", rotation_deg=rotation_deg, crop_mm=10), "GIÁM")
    assert line.is_upright
    assert line.box_mm.left_mm == pytest.approx(40, abs=0.1)
    assert line.baseline_mm == pytest.approx(90, abs=0.1)


def test_letters_typed_in_pieces_become_whole(tmp_path: Path) -> None:
    draft = Draft(nfd=True)
    draft.text(50, 100, "Nguyễn Thị Thược")
    line = _line(draft.save(tmp_path / "a.pdf"), "Ng")
    assert line.text == unicodedata.normalize("NFC", "Nguyễn Thị Thược")
    assert len(line.chars) == len(line.text)


def test_bold_and_italic_and_size_are_seen(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(50, 100, "Đậm", bold=True, size_pt=14)
    draft.text(50, 110, "Nghiêng", italic=True, size_pt=11)
    path = draft.save(tmp_path / "a.pdf")
    bold, italic = _line(path, "Đậm").style, _line(path, "Nghiêng").style
    assert bold.is_bold
    assert not bold.is_italic
    assert bold.size_pt == pytest.approx(14)
    assert italic.is_italic
    assert not italic.is_bold
    assert italic.size_pt == pytest.approx(11)


def test_text_that_runs_up_the_page_is_not_upright(tmp_path: Path) -> None:
    draft = Draft()
    draft.page.insert_text((100, 300), "Sideways", rotate=90)
    assert not _line(draft.save(tmp_path / "a.pdf"), "Sideways").is_upright


def test_search_finds_text_whatever_its_case_and_unicode_form(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf")
    (match,) = search(path, unicodedata.normalize("NFD", "nguyễn  văn a"))
    assert match.page_index == 0
    assert match.boxes_mm[0].centre_x_mm == pytest.approx(150, abs=0.5)


def test_search_finds_text_across_a_line_break(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(30, 100, "Thủ tướng")
    draft.text(30, 106, "Chính phủ")
    (match,) = search(draft.save(tmp_path / "a.pdf"), "tướng chính")
    assert len(match.boxes_mm) == 2


def test_search_can_be_kept_to_one_page(tmp_path: Path) -> None:
    draft = letter()
    draft.add_page()
    draft.text(30, 100, "Nguyễn Văn A")
    path = draft.save(tmp_path / "a.pdf")
    assert [match.page_index for match in search(path, "Nguyễn Văn A")] == [0, 1]
    assert [match.page_index for match in search(path, "Nguyễn Văn A", 1)] == [1]


def test_search_for_nothing_finds_nothing(tmp_path: Path) -> None:
    assert search(letter().save(tmp_path / "a.pdf"), "  ") == ()
