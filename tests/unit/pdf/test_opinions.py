"""Where each level of an internal form writes its opinion and signs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf.opinions import find_opinions
from pdf.places import OpinionPlace, PlacementRules
from tests.unit.pdf.drafts import Draft

RULES = PlacementRules()
HEADINGS = (
    ("Ý kiến đề xuất của chuyên viên/ Lãnh đạo phòng",),
    ("Ý kiến đề xuất của Lãnh đạo đơn vị",),
    ("Ý kiến của Phó Tổng Giám đốc phụ trách", "Ý kiến của Phó Giám đốc phụ trách"),
    ("Ý kiến của Tổng Giám đốc", "Ý kiến của Giám đốc"),
)
LINES = (
    "2. Ý kiến đề xuất của chuyên viên/ Lãnh đạo phòng:",
    "3. Ý kiến đề xuất của Lãnh đạo đơn vị:",
    "4. Ý kiến của Phó Tổng Giám đốc phụ trách:",
    "5. Ý kiến của Tổng Giám đốc (Tùy phiếu trình có thể có hoặc không)",
)
DOTS = "." * 120


def _form(
    lines: tuple[str, ...] = LINES, *, room_mm: float = 45, nfd: bool = False, bold: bool = True
) -> Draft:
    draft = Draft(nfd=nfd)
    draft.header()
    draft.text(105, 55, "PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC", bold=True, centred=True)
    draft.text(30, 65, "1. Tóm tắt nội dung: ban hành Quy chế quản lý, sử dụng chữ ký số của Sở.")
    for level, line in enumerate(lines):
        draft.text(30, 75 + room_mm * level, line, bold=bold)
    return draft


def _found(folder: Path, draft: Draft, **how: int) -> tuple[OpinionPlace, ...]:
    return find_opinions(draft.save(folder / "phieu.pdf", **how), HEADINGS, RULES)


def _one_room(folder: Path, height_mm: float) -> OpinionPlace:
    draft = _form(LINES[:1])
    draft.text(30, 75 + height_mm, LINES[1])
    return _found(folder, draft)[0]


def test_every_level_of_annex_02_is_found_in_its_order(tmp_path: Path) -> None:
    found = _found(tmp_path, _form())
    assert [place.level for place in found] == [1, 2, 3, 4]
    assert all(place.confidence > 0.9 for place in found)
    assert found[2].reason == "below «4. Ý kiến của Phó Tổng Giám đốc phụ trách:»"


def test_a_level_writes_between_its_heading_and_the_next(tmp_path: Path) -> None:
    found = _found(tmp_path, _form())
    for place, top_mm in zip(found[:3], (75, 120, 165), strict=True):
        assert place.text_mm is not None
        assert top_mm < place.text_mm.top_mm < top_mm + 4
        assert place.signature_mm.bottom_mm < top_mm + 45 - 3
        assert not place.text_mm.intersects(place.signature_mm)


def test_the_signature_stands_at_the_right_end_below_the_text_in_its_real_size(
    tmp_path: Path,
) -> None:
    place = _found(tmp_path, _form(LINES[:3], room_mm=50))[1]
    assert place.text_mm is not None
    assert place.signature_mm.top_mm > place.text_mm.bottom_mm
    assert place.signature_mm.right_mm == pytest.approx(place.text_mm.right_mm)
    assert (place.signature_mm.width_mm, place.signature_mm.height_mm) == pytest.approx((45, 22))


def test_the_last_signature_stays_with_its_text_where_a_whole_page_is_free(tmp_path: Path) -> None:
    place = _found(tmp_path, _form(LINES[:1]))[0]
    assert place.signature_mm.bottom_mm < 75 + 95


def test_the_last_level_ends_at_the_foot_of_the_page(tmp_path: Path) -> None:
    place = _found(tmp_path, _form())[3]
    assert 265 < place.signature_mm.bottom_mm <= 277


def test_the_last_level_ends_above_noi_nhan_and_the_block_of_who_submits(tmp_path: Path) -> None:
    draft = _form(room_mm=30)
    draft.recipients(225)
    draft.block(225, ("CHÁNH VĂN PHÒNG",))
    assert _found(tmp_path, draft)[3].signature_mm.bottom_mm < 222


@pytest.mark.parametrize(
    "lines",
    [
        tuple(line.replace("/ ", "/") for line in LINES),
        tuple(line.upper() for line in LINES),
        tuple(line.split(". ")[1] for line in LINES),
        tuple("IV. " + line.split(". ")[1] for line in LINES),
        tuple(line.replace(" ", "  ").replace(". ", ") ") for line in LINES),
        tuple(line.rstrip(":") for line in LINES),
    ],
    ids=["slash", "capitals", "no number", "roman", "spaces", "no colon"],
)
def test_a_heading_is_known_however_it_is_written(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert [place.level for place in _found(tmp_path, _form(lines))] == [1, 2, 3, 4]


def test_decomposed_letters_are_the_same_heading(tmp_path: Path) -> None:
    assert len(_found(tmp_path, _form(nfd=True))) == 4


def test_another_wording_that_the_office_names_is_the_same_level(tmp_path: Path) -> None:
    lines = (*LINES[:2], "4. Ý kiến của Phó Giám đốc phụ trách:", "5. Ý kiến của Giám đốc:")
    assert [place.level for place in _found(tmp_path, _form(lines))] == [1, 2, 3, 4]


def test_a_heading_that_wraps_is_read_over_its_lines(tmp_path: Path) -> None:
    draft = _form(LINES[:1])
    draft.text(30, 120, "3. Ý kiến đề xuất của", bold=True)
    draft.text(30, 126, "Lãnh đạo đơn vị:", bold=True)
    found = _found(tmp_path, draft)
    assert [place.level for place in found] == [1, 2]
    assert found[1].text_mm is not None
    assert found[1].text_mm.top_mm > 126


def test_a_level_that_the_form_leaves_out_is_left_out(tmp_path: Path) -> None:
    assert [place.level for place in _found(tmp_path, _form(LINES[:3]))] == [1, 2, 3]
    assert [place.level for place in _found(tmp_path, _form((LINES[0], LINES[3])))] == [1, 4]


@pytest.mark.parametrize(
    "text",
    [
        "theo ý kiến của Tổng Giám đốc: đã thống nhất",
        "Ý kiến của Tổng Giám đốc đã được tiếp thu đầy đủ.",
        "Đã có ý kiến của Phó Tổng Giám đốc phụ trách:",
    ],
)
def test_words_of_the_body_are_no_heading(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, _form((text,))) == ()


def test_an_official_letter_has_no_levels(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.body(60)
    draft.block(110)
    assert _found(tmp_path, draft) == ()


def test_dotted_lines_are_written_on(tmp_path: Path) -> None:
    draft = _form(LINES[:2], room_mm=70)
    for line in range(5):
        draft.text(30, 83 + 7 * line, DOTS)
    place = _found(tmp_path, draft)[0]
    assert place.leading_pt == pytest.approx(7 * 72 / 25.4, abs=0.1)
    assert place.text_mm is not None
    em_mm = 13 / (72 / 25.4)
    assert place.text_mm.top_mm + 0.9 * em_mm == pytest.approx(83 - 0.15 * em_mm, abs=0.05)
    assert place.text_mm.left_mm == pytest.approx(30, abs=0.5)


def test_what_the_author_typed_below_a_heading_stays_free(tmp_path: Path) -> None:
    draft = _form(LINES[:2], room_mm=70)
    draft.text(30, 82, "Kính trình Lãnh đạo Sở xem xét, ký ban hành.")
    place = _found(tmp_path, draft)[0]
    assert place.text_mm is not None
    assert place.text_mm.top_mm > 82


def test_a_position_and_name_printed_in_a_level_get_its_signature_between_them(
    tmp_path: Path,
) -> None:
    draft = _form(LINES[:2], room_mm=90)
    draft.block(120, ("TRƯỞNG PHÒNG",), "Lê Hoàng Cường", gap_mm=27)
    place = _found(tmp_path, draft)[0]
    assert place.text_mm is not None
    assert place.text_mm.bottom_mm < 117
    assert 120 < place.signature_mm.top_mm < place.signature_mm.bottom_mm < 145
    assert place.signature_mm.centre_x_mm == pytest.approx(150, abs=1)


def test_a_level_that_breaks_over_a_page_takes_the_larger_part(tmp_path: Path) -> None:
    draft = _form(LINES[:1])
    draft.text(30, 268, LINES[1], bold=True)
    draft.add_page()
    draft.text(105, 12, "2", centred=True)
    draft.text(30, 120, LINES[2], bold=True)
    place = _found(tmp_path, draft)[1]
    assert (place.page_index, place.level) == (1, 2)
    assert "on the next page" in place.reason
    assert place.signature_mm.bottom_mm < 118


def test_little_height_puts_the_signature_beside_the_text(tmp_path: Path) -> None:
    place = _one_room(tmp_path, 26)
    assert place.text_mm is not None
    assert place.text_mm.right_mm < place.signature_mm.left_mm
    assert place.signature_mm.height_mm > 0.7 * 22


def test_a_room_too_small_for_a_line_and_a_signature_is_told(tmp_path: Path) -> None:
    place = _one_room(tmp_path, 12)
    assert place.text_mm is None
    assert place.confidence < 0.5
    assert "no room" in place.reason


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_turned_page_has_its_levels_where_a_person_sees_them(
    tmp_path: Path, rotation_deg: int
) -> None:
    upright = _found(tmp_path, _form())
    turned = _found(tmp_path, _form(), rotation_deg=rotation_deg)
    assert [place.level for place in turned] == [1, 2, 3, 4]
    for one, other in zip(upright, turned, strict=True):
        assert other.signature_mm.left_mm == pytest.approx(one.signature_mm.left_mm, abs=0.5)
        assert other.signature_mm.top_mm == pytest.approx(one.signature_mm.top_mm, abs=0.5)
