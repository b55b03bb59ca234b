from __future__ import annotations

from pathlib import Path

import pytest

from pdf.geometry import BoxMm
from pdf.placement import propose
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.text import TextChar, read_page
from tests.unit.pdf.drafts import Draft, add_slanting_text

RULES = PlacementRules()
LEADERS = " .…_"


def _numbers(tmp_path: Path, text: str) -> tuple[Proposal, ...]:
    draft = Draft()
    draft.header(number=text)
    return propose(draft.save(tmp_path / "a.pdf"), PlaceKind.NUMBER, RULES)


def _dates(tmp_path: Path, text: str) -> tuple[Proposal, ...]:
    draft = Draft()
    draft.header(date=text)
    path = draft.save(tmp_path / "a.pdf")
    found = propose(path, PlaceKind.DATE, RULES)
    for proposal in found:
        assert not _touched(path, proposal.box_mm)
    return found


def _touched(path: Path, box: BoxMm) -> list[TextChar]:
    return [
        char
        for line in read_page(path, 0).lines
        for char in line.chars
        if char.char not in LEADERS and char.box_mm.intersects(box)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Số:        /CTHADS-VP",
        "Số:…… /QĐ-STP",
        "Số: ........../VP",
        "Số:         /2026/QĐ-UBND",
        "Số ……/KH-UBND",
        "Số:______/TB",
        "SỐ:          /TTr-STP",
        "Số :          /TTr-STP",
        "Số         -CV/TU",
        "Số/No.:          /QĐ-STP",
        "Số (No.):          /QĐ-STP",
        "Luật số:        /2026/QH15",
        "Số:          /",
        " Số:          /QĐ-STP",
    ],
)
def test_the_number_has_its_place_in_the_blank(tmp_path: Path, text: str) -> None:
    (found,) = _numbers(tmp_path, text)
    assert found.confidence > 0.9
    assert found.which == "number"
    assert found.text_format == "%(number)s"
    assert found.font_size_pt == pytest.approx(13)
    assert found.baseline_mm == pytest.approx(36, abs=0.1)
    assert not found.italic
    assert not _touched(tmp_path / "a.pdf", found.box_mm)


def test_the_reason_quotes_the_number_line(tmp_path: Path) -> None:
    (found,) = _numbers(tmp_path, "Số:      /STP-VP")
    assert found.reason == "blank in «Số:      /STP-VP»"


@pytest.mark.parametrize(
    "text", ["Số: 218 /SNN-VP", "Số: 05/QĐ-STP", "Số:   7  /QĐ", "Số: 15-CV/TU"]
)
def test_a_typed_number_is_left_alone(tmp_path: Path, text: str) -> None:
    assert _numbers(tmp_path, text) == ()


def test_a_wide_blank_takes_five_digits(tmp_path: Path) -> None:
    (found,) = _numbers(tmp_path, "Số: ................/VP")
    assert found.box_mm.width_mm > 5 * 6.5 / 72 * 25.4


def test_a_blank_of_one_space_is_doubted(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(number="Số:  /VP")
    (found,) = propose(draft.save(tmp_path / "a.pdf"), PlaceKind.NUMBER, RULES)
    assert found.confidence < 0.5


def test_a_number_line_without_a_symbol_gets_a_place_with_less_confidence(tmp_path: Path) -> None:
    (found,) = _numbers(tmp_path, "Số:")
    assert 0.5 < found.confidence < 0.9
    assert not _touched(tmp_path / "a.pdf", found.box_mm)


def test_a_number_torn_apart_by_a_tab_is_one_blank(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(number="")
    draft.text(40, 36, "Số:")
    draft.text(75, 36, "/QĐ-UBND")
    (found,) = propose(draft.save(tmp_path / "a.pdf"), PlaceKind.NUMBER, RULES)
    assert 46 < found.box_mm.left_mm < 48
    assert 74 < found.box_mm.right_mm < 75


def test_blanks_in_brackets_are_never_touched(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(105, 30, "PHỤ LỤC", bold=True, centred=True)
    draft.text(105, 36, "(Kèm theo Văn bản", italic=True, centred=True)
    draft.text(60, 42, "Số:      /SNN-VP, ngày     tháng     năm 2026", italic=True)
    draft.text(105, 48, "của Sở Tư pháp)", italic=True, centred=True)
    path = draft.save(tmp_path / "a.pdf")
    assert propose(path, PlaceKind.NUMBER, RULES) == ()
    assert propose(path, PlaceKind.DATE, RULES) == ()


def test_blanks_of_another_document_in_the_body_are_never_touched(tmp_path: Path) -> None:
    draft = Draft()
    draft.header("Số: 12/QĐ-STP", "Hà Nội, ngày 05 tháng 01 năm 2026")
    draft.text(30, 70, "Căn cứ Quyết định số      /QĐ-BTP ngày     tháng     năm 2026")
    draft.text(30, 76, "Căn cứ Biên bản họp ngày     tháng     năm 2026")
    path = draft.save(tmp_path / "a.pdf")
    assert propose(path, PlaceKind.NUMBER, RULES) == ()
    assert propose(path, PlaceKind.DATE, RULES) == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Hậu Giang, ngày      tháng 02 năm 2025", ["day"]),
        ("Tuyên Quang, ngày ….. tháng ….. năm 2026", ["day", "month"]),
        ("Hà Nội, ngày     tháng     năm", ["day", "month", "year"]),
        ("Hà Nội, ngày ..... tháng ..... năm ......", ["day", "month", "year"]),
        ("Hà Nội, ngày 05 tháng     năm 2026", ["month"]),
        ("….., ngày     tháng      năm 2026", ["day", "month"]),
        ("Đà Nẵng ngày      tháng 11 năm 2026", ["day"]),
        ("Thành phố Cần Thơ ngày      tháng 11 năm 2026", ["day"]),
        ("Hà Nội, ngày ___ tháng ___ năm 2026", ["day", "month"]),
        ("Hà Nội, ngày    /11/2026", ["day"]),
        ("Hà Nội, ngày 22 tháng 11 năm 2026", []),
    ],
)
def test_only_the_blank_parts_of_the_date_are_filled(
    tmp_path: Path, text: str, parts: list[str]
) -> None:
    found = _dates(tmp_path, text)
    assert [proposal.which for proposal in found] == parts
    assert [proposal.text_format for proposal in found] == [f"%({part})s" for part in parts]
    assert all(proposal.italic for proposal in found)
    assert all(proposal.baseline_mm == pytest.approx(42, abs=0.1) for proposal in found)


def test_a_year_that_wraps_to_the_next_line_is_typed(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(date="Thành phố Hồ Chí Minh, ngày      tháng      năm")
    draft.text(150, 47.5, "2026", italic=True, centred=True)
    found = propose(draft.save(tmp_path / "a.pdf"), PlaceKind.DATE, RULES)
    assert [proposal.which for proposal in found] == ["day", "month"]


def test_a_date_that_wraps_before_its_month_is_still_one_date(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(date="Thành phố Hồ Chí Minh, ngày")
    draft.text(150, 47.5, "tháng      năm 2026", italic=True, centred=True)
    path = draft.save(tmp_path / "a.pdf")
    day, month = propose(path, PlaceKind.DATE, RULES)
    assert day.baseline_mm == pytest.approx(42, abs=0.1)
    assert month.baseline_mm == pytest.approx(47.5, abs=0.1)
    assert not _touched(path, day.box_mm)
    assert not _touched(path, month.box_mm)


def test_number_and_date_typed_on_one_line_with_spaces_are_told_apart(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(30, 42, "Số:        /BC-STP               Hà Nội, ngày      tháng 11 năm 2026")
    path = draft.save(tmp_path / "a.pdf")
    (number,) = propose(path, PlaceKind.NUMBER, RULES)
    (day,) = propose(path, PlaceKind.DATE, RULES)
    assert number.box_mm.right_mm < day.box_mm.left_mm
    assert number.reason == "blank in «Số:        /BC-STP»"


def test_letters_typed_in_pieces_hide_no_blank(tmp_path: Path) -> None:
    draft = Draft(nfd=True)
    draft.header()
    path = draft.save(tmp_path / "a.pdf")
    assert len(propose(path, PlaceKind.NUMBER, RULES)) == 1
    assert [p.which for p in propose(path, PlaceKind.DATE, RULES)] == ["day", "month"]


def test_a_form_carries_its_date_above_the_position(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60, 30)
    draft.text(150, 245, "Hà Nội, ngày      tháng      năm 2026", italic=True, centred=True)
    draft.block(251)
    found = propose(draft.save(tmp_path / "a.pdf"), PlaceKind.DATE, RULES)
    assert [proposal.which for proposal in found] == ["day", "month"]
    assert all(proposal.confidence < 0.9 for proposal in found)


def test_blanks_of_a_form_in_an_appendix_are_not_the_letters(tmp_path: Path) -> None:
    draft = Draft()
    draft.header("Số: 12/QĐ-STP", "Hà Nội, ngày 05 tháng 01 năm 2026")
    draft.add_page()
    draft.header()
    path = draft.save(tmp_path / "a.pdf")
    assert propose(path, PlaceKind.NUMBER, RULES) == ()
    assert propose(path, PlaceKind.DATE, RULES) == ()


def test_the_blanks_lie_behind_a_cover_page(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(105, 140, "BÁO CÁO TỔNG KẾT", bold=True, centred=True)
    draft.add_page()
    draft.header()
    path = draft.save(tmp_path / "a.pdf")
    (number,) = propose(path, PlaceKind.NUMBER, RULES)
    assert number.page_index == 1
    assert number.confidence < 0.9


def test_a_number_in_a_field_that_was_filled_is_no_blank(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(number="Số:          /STP")
    path = draft.save(tmp_path / "a.pdf")
    (blank,) = propose(path, PlaceKind.NUMBER, RULES)
    document, box = draft.document, blank.box_mm
    widget = draft.page.add_freetext_annot(
        [mm * 72 / 25.4 for mm in (box.left_mm, box.top_mm, box.right_mm, box.bottom_mm)],
        "218",
        fontsize=11,
    )
    widget.update()
    document.save(tmp_path / "b.pdf")
    assert propose(tmp_path / "b.pdf", PlaceKind.NUMBER, RULES) == ()


def test_a_date_that_ends_with_a_comma_is_still_a_date(tmp_path: Path) -> None:
    assert [p.which for p in _dates(tmp_path, "Hà Nội, ngày      tháng 11 năm 2026;")] == ["day"]


def test_a_watermark_over_a_blank_fills_nothing(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    for shift_mm in range(0, 120, 10):
        add_slanting_text(draft, 40 + shift_mm, 90, "DỰ THẢO LẦN HAI", size_pt=40)
    path = draft.save(tmp_path / "a.pdf")
    assert len(propose(path, PlaceKind.NUMBER, RULES)) == 1
    assert [p.which for p in propose(path, PlaceKind.DATE, RULES)] == ["day", "month"]


def test_a_blank_below_a_typed_number_is_another_documents(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(number="Số: 12/QĐ-STP")
    draft.text(40, 80, "Số:          /GP-XD")
    assert propose(draft.save(tmp_path / "a.pdf"), PlaceKind.NUMBER, RULES) == ()


def test_a_form_without_a_number_takes_none_from_its_appendix(tmp_path: Path) -> None:
    draft = Draft()
    draft.header(number="", date="Hà Nội, ngày 05 tháng 01 năm 2026")
    draft.add_page()
    draft.text(105, 25, "PHỤ LỤC", bold=True, centred=True)
    draft.text(40, 60, "Số:          /BC-STP")
    assert propose(draft.save(tmp_path / "a.pdf"), PlaceKind.NUMBER, RULES) == ()


def test_a_cover_with_the_national_motto_hides_no_blank(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(105, 30, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True)
    draft.text(105, 140, "BÁO CÁO TỔNG KẾT", bold=True, centred=True)
    draft.add_page()
    draft.header()
    path = draft.save(tmp_path / "a.pdf")
    assert [p.page_index for p in propose(path, PlaceKind.NUMBER, RULES)] == [1]
