from __future__ import annotations

from pathlib import Path

import pytest

from pdf.layout import SignerBlock, find_recipients, signer_blocks
from pdf.placement import propose
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.text import read_page
from pdf.words import ends_with_name, same_name
from tests.unit.pdf.drafts import BODY, RIGHT_MM, Draft, add_signature_field, letter

RULES = PlacementRules()


def _blocks(draft: Draft, tmp_path: Path) -> tuple[SignerBlock, ...]:
    return signer_blocks(read_page(draft.save(tmp_path / "a.pdf"), 0))


def _personal(draft: Draft, tmp_path: Path, signer: str | None = None) -> tuple[Proposal, ...]:
    return propose(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL, RULES, signer)


@pytest.mark.parametrize(
    "titles",
    [
        ("GIÁM ĐỐC",),
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("TL. CỤC TRƯỞNG", "CHÁNH VĂN PHÒNG"),
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("Q. CỤC TRƯỞNG",),
        ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ TƯ PHÁP"),
        ("TL. BỘ TRƯỞNG", "CỤC TRƯỞNG CỤC KIỂM TRA VĂN BẢN", "QUY PHẠM PHÁP LUẬT"),
        ("LÃNH ĐẠO ĐƠN VỊ",),
    ],
)
def test_the_position_is_read_with_all_its_lines(tmp_path: Path, titles: tuple[str, ...]) -> None:
    (block,) = _blocks(letter(titles), tmp_path)
    assert block.titles == titles
    assert block.name == "Nguyễn Văn A"
    assert block.centre_x_mm == pytest.approx(RIGHT_MM, abs=0.5)
    assert block.has_recipients


@pytest.mark.parametrize(
    "name",
    ["Đỗ Ý", "Lê Văn A", "Ksor H'Bơ Khăp", "Điểu K’Ré", "TS. Trần Thị B", "Y Bhiông Niê Kđăm"],
)
def test_short_long_and_highland_names_are_names(tmp_path: Path, name: str) -> None:
    (block,) = _blocks(letter(name=name), tmp_path)
    assert block.name == name


def test_a_name_that_wraps_is_whole(tmp_path: Path) -> None:
    draft = letter(name="Phạm Nguyễn Quỳnh")
    draft.text(RIGHT_MM, 143, "Như", bold=True, centred=True)
    (block,) = _blocks(draft, tmp_path)
    assert block.name == "Phạm Nguyễn Quỳnh Như"


def test_the_heading_of_the_letter_is_no_block(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.body(60)
    assert _blocks(draft, tmp_path) == ()


def test_a_remark_under_the_position_belongs_to_it(tmp_path: Path) -> None:
    draft = letter()
    draft.text(RIGHT_MM, 115, "(Ký, ghi rõ họ tên)", italic=True, centred=True)
    (block,) = _blocks(draft, tmp_path)
    assert block.titles == ("GIÁM ĐỐC",)
    assert block.gap_mm.top_mm > 115


def test_two_signers_on_one_line_of_text_are_two(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60)
    draft.text(40, 110, "NGƯỜI LẬP BIỂU" + " " * 40 + "GIÁM ĐỐC", bold=True)
    draft.text(42, 135, "Trần Thị B" + " " * 46 + "Nguyễn Văn A", bold=True)
    assert [block.name for block in _blocks(draft, tmp_path)] == ["Trần Thị B", "Nguyễn Văn A"]


def test_the_signers_name_chooses_between_two(tmp_path: Path) -> None:
    draft = letter()
    draft.block(110, ("ĐẠI DIỆN BÊN A",), "Phạm Thị B", centre_mm=100)
    (left,) = _personal(draft, tmp_path, "Phạm Thị B")
    assert left.box_mm.centre_x_mm == pytest.approx(100, abs=1)
    (right,) = _personal(draft, tmp_path, "nguyễn văn a")
    assert right.box_mm.centre_x_mm == pytest.approx(RIGHT_MM, abs=1)


def test_without_a_name_the_right_one_of_two_comes_first_and_is_doubted(tmp_path: Path) -> None:
    draft = letter()
    draft.block(110, ("ĐẠI DIỆN BÊN A",), "Phạm Thị B", centre_mm=100)
    first, second = _personal(draft, tmp_path)
    assert first.box_mm.left_mm > second.box_mm.left_mm
    assert first.confidence < 0.8


def test_images_of_two_signers_do_not_overlap_the_others_name(tmp_path: Path) -> None:
    draft = letter()
    draft.block(110, ("ĐẠI DIỆN BÊN A",), "Phạm Thị B", centre_mm=112, gap_mm=18)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    page = read_page(tmp_path / "a.pdf", 0)
    assert not any(found.box_mm.intersects(line.box_mm) for line in page.lines)


def test_a_signer_who_is_not_there_leaves_only_doubtful_places(tmp_path: Path) -> None:
    (found,) = _personal(letter(), tmp_path, "Lý Thường Kiệt")
    assert found.confidence < 0.5
    assert "not the name asked for" in found.reason


def test_a_name_in_the_body_is_not_where_to_sign(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.body(60, 3)
    draft.text(30, 78, "Giao đồng chí Nguyễn Văn A, Giám đốc, chỉ đạo thực hiện.")
    draft.text(30, 84, "Nguyễn Văn A", bold=True)
    draft.recipients(150)
    draft.block(150)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.box_mm.top_mm > 150


def test_a_name_in_an_appendix_is_not_where_to_sign(tmp_path: Path) -> None:
    draft = letter()
    draft.add_page(420, 297)
    draft.text(210, 25, "PHỤ LỤC", bold=True, centred=True)
    draft.text(105, 60, "HỌ VÀ TÊN", bold=True, centred=True)
    draft.text(105, 75, "Nguyễn Văn A", centred=True)
    draft.text(30, 250, "Người lập biểu: Nguyễn Văn A")
    found = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found[0].page_index == 0
    assert found[0].confidence > 0.9


def test_a_block_on_a_page_of_its_own_is_found(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.body(60, 30)
    draft.add_page()
    draft.recipients(25)
    draft.block(25)
    (found,) = _personal(draft, tmp_path)
    assert found.page_index == 1
    assert found.confidence > 0.9


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_turned_page_is_signed_where_the_upright_one_is(
    tmp_path: Path, rotation_deg: int
) -> None:
    upright = propose(letter().save(tmp_path / "a.pdf"), PlaceKind.PERSONAL, RULES)[0].box_mm
    path = letter().save(tmp_path / "b.pdf", rotation_deg=rotation_deg)
    turned = propose(path, PlaceKind.PERSONAL, RULES)[0].box_mm
    assert turned.left_mm == pytest.approx(upright.left_mm, abs=0.1)
    assert turned.top_mm == pytest.approx(upright.top_mm, abs=0.1)


def test_a_page_that_lies_on_its_side_is_still_read(tmp_path: Path) -> None:
    upright = propose(letter().save(tmp_path / "a.pdf"), PlaceKind.PERSONAL, RULES)[0].box_mm
    draft = letter()
    draft.page.set_rotation(90)
    path = draft.save(tmp_path / "b.pdf")
    (lying,) = propose(path, PlaceKind.PERSONAL, RULES)
    assert lying.box_mm.left_mm == pytest.approx(297 - upright.bottom_mm, abs=0.1)
    assert lying.box_mm.top_mm == pytest.approx(upright.left_mm, abs=0.1)
    assert "on its side" in lying.reason
    assert lying.confidence < 0.7
    (number,) = propose(path, PlaceKind.NUMBER, RULES)
    assert number.box_mm.left_mm > 250


def test_a_cropped_page_is_measured_from_what_is_shown(tmp_path: Path) -> None:
    whole = propose(letter().save(tmp_path / "a.pdf"), PlaceKind.PERSONAL, RULES)[0].box_mm
    path = letter().save(tmp_path / "b.pdf", crop_mm=8)
    cropped = propose(path, PlaceKind.PERSONAL, RULES)[0].box_mm
    assert cropped.left_mm == pytest.approx(whole.left_mm - 8, abs=0.1)
    assert cropped.top_mm == pytest.approx(whole.top_mm - 8, abs=0.1)


def test_letters_typed_in_pieces_hide_no_signer(tmp_path: Path) -> None:
    draft = Draft(nfd=True)
    draft.body(60)
    draft.recipients(110)
    draft.block(110, name="Nguyễn Thị Thược")
    (found,) = _personal(draft, tmp_path, "Nguyễn Thị Thược")
    assert found.reason == "between GIÁM ĐỐC and Nguyễn Thị Thược"


def test_a_position_without_a_name_gets_a_doubtful_place_below(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.body(60)
    draft.recipients(110)
    draft.text(RIGHT_MM, 110, "GIÁM ĐỐC", bold=True, centred=True)
    (found,) = _personal(draft, tmp_path)
    assert found.confidence < 0.5
    assert found.reason == "below GIÁM ĐỐC"
    assert found.box_mm.top_mm > 110


def test_a_name_in_capitals_is_found_when_it_is_the_signers(tmp_path: Path) -> None:
    (found,) = _personal(letter(name="NGUYỄN VĂN A"), tmp_path, "Nguyễn Văn A")
    assert found.confidence > 0.8


def test_the_list_of_recipients_ends_with_its_last_line(tmp_path: Path) -> None:
    recipients = find_recipients(read_page(letter().save(tmp_path / "a.pdf"), 0))
    assert recipients is not None
    assert recipients.last_line_mm.bottom_mm == pytest.approx(125.9, abs=0.5)
    assert recipients.box_mm.top_mm < 110


def test_text_without_any_block_has_no_place(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60, text=BODY)
    assert _personal(draft, tmp_path) == ()


def test_a_certificate_without_accents_still_names_its_signer() -> None:
    assert ends_with_name("Đỗ Thị Hòa", "DO THI HOA")
    assert not ends_with_name("Đỗ Thị Hoài", "Do Thi Hoa")


def test_a_rank_before_the_name_makes_no_other_signer(tmp_path: Path) -> None:
    (found,) = _personal(letter(name="TS. Nguyễn Văn A"), tmp_path, "Nguyễn Văn A")
    assert found.confidence > 0.9


def test_a_role_in_a_heading_takes_no_confidence_from_the_block(tmp_path: Path) -> None:
    draft = Draft()
    draft.header()
    draft.text(150, 80, "TRÁCH NHIỆM CỦA THỦ TRƯỞNG", bold=True, centred=True)
    draft.add_page()
    draft.body(30)
    draft.block(110)
    (found,) = _personal(draft, tmp_path)
    assert found.page_index == 1
    assert found.confidence > 0.8


def test_the_place_of_a_tone_mark_makes_no_other_name() -> None:
    assert same_name("Nguyễn Thị Hoà", "NGUYỄN  THỊ HÒA")
    assert same_name("Ksor H'Bơ", "Ksor H’Bơ")
    assert not same_name("Nguyễn Thị Hoa", "Nguyễn Thị Hòa")


def test_a_name_in_capitals_is_found_without_being_asked_for(tmp_path: Path) -> None:
    (found,) = _personal(letter(name="NGUYỄN ĐÌNH KHƯƠNG"), tmp_path)
    assert found.reason == "between GIÁM ĐỐC and NGUYỄN ĐÌNH KHƯƠNG"
    assert found.confidence > 0.8


@pytest.mark.parametrize("rank", ["Thiếu tướng", "Đại tá", "Thượng uý", "Kỹ sư"])
def test_a_rank_in_small_letters_hides_no_name(tmp_path: Path, rank: str) -> None:
    (found,) = _personal(letter(name=f"{rank} Nguyễn Văn A"), tmp_path, "Nguyễn Văn A")
    assert found.confidence > 0.9
    (unnamed,) = _personal(letter(name=f"{rank} Nguyễn Văn A"), tmp_path)
    assert unnamed.box_mm == found.box_mm


def test_a_remark_of_two_lines_belongs_to_the_position(tmp_path: Path) -> None:
    draft = letter()
    draft.text(RIGHT_MM, 115, "(Chữ ký của người có thẩm quyền,", italic=True, centred=True)
    draft.text(RIGHT_MM, 120, "dấu của cơ quan, tổ chức)", italic=True, centred=True)
    (block,) = _blocks(draft, tmp_path)
    assert block.titles == ("GIÁM ĐỐC",)
    assert block.gap_mm.top_mm > 120


def test_the_next_position_is_no_part_of_the_name_above_it(tmp_path: Path) -> None:
    draft = Draft()
    draft.block(60, ("TỔ TRƯỞNG",), "Đỗ Ý")
    draft.block(93, ("LÃNH ĐẠO ĐƠN VỊ",), "Nguyễn Văn A")
    names = {block.name for block in _blocks(draft, tmp_path)}
    assert names == {"Đỗ Ý", "Nguyễn Văn A"}


def test_a_model_letter_in_the_appendix_is_not_where_to_sign(tmp_path: Path) -> None:
    draft = letter()
    draft.add_page()
    draft.text(105, 25, "QUY TRÌNH", bold=True, centred=True)
    draft.text(
        105, 32, "(Kèm theo Văn bản số    /SNN-VP ngày    /02/2026)", italic=True, centred=True
    )
    draft.body(45)
    draft.add_page()
    draft.header()
    draft.body(60)
    draft.recipients(110)
    draft.block(110)
    for signer in ("Nguyễn Văn A", None):
        (found,) = _personal(draft, tmp_path, signer)
        assert found.page_index == 0
        assert found.confidence > 0.9


def test_an_appendix_in_a_file_of_its_own_is_signed_at_its_block(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(105, 25, "PHỤ LỤC", bold=True, centred=True)
    draft.body(45)
    draft.block(110)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.box_mm.top_mm > 110
    assert found.confidence > 0.7


def test_a_signature_far_before_the_end_is_found(tmp_path: Path) -> None:
    draft = letter()
    for number in range(450):
        draft.add_page()
        draft.text(30, 40, f"TRÁCH NHIỆM CỦA GIÁM ĐỐC {number}", bold=True)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.page_index == 0


def test_a_second_letter_that_is_enclosed_is_not_where_to_sign(tmp_path: Path) -> None:
    draft = letter()
    draft.add_page()
    draft.header()
    draft.body(60)
    draft.recipients(110)
    draft.block(110)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.page_index == 0


def test_an_empty_field_elsewhere_is_not_obeyed(tmp_path: Path) -> None:
    draft = letter()
    add_signature_field(draft.document, 0, "[20 780 90 830]")
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.box_mm == _personal(letter(), tmp_path, "Nguyễn Văn A")[0].box_mm


def test_a_position_in_small_light_letters_is_one_above_the_name_asked_for(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60)
    draft.text(RIGHT_MM, 110, "Người lập phiếu", centred=True)
    draft.text(RIGHT_MM, 137, "Nguyễn Văn A", centred=True)
    (found,) = _personal(draft, tmp_path, "Nguyễn Văn A")
    assert found.reason == "between Người lập phiếu and Nguyễn Văn A"
    assert _personal(draft, tmp_path) == ()


def test_the_list_of_places_falls_in_confidence(tmp_path: Path) -> None:
    draft = Draft()
    draft.block(60, ("PHÊ DUYỆT",), "Trần Thị B", centre_mm=60)
    draft.block(60, ("CHUYÊN VIÊN",), "Lê Văn Cường", centre_mm=110)
    draft.block(60, ("CHỨC DANH",), "Nguyễn Văn A", centre_mm=160)
    found = [place.confidence for place in _personal(draft, tmp_path)]
    assert len(found) == 3
    assert found == sorted(found, reverse=True)
