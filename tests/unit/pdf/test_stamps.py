from __future__ import annotations

from math import hypot
from pathlib import Path

import pytest

from pdf.geometry import BoxMm
from pdf.placement import propose
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.text import read_page, search
from tests.unit.pdf.drafts import (
    BODY,
    RIGHT_MM,
    Draft,
    add_signature_field,
    add_slanting_text,
    letter,
    scan,
)

RULES = PlacementRules()


def _one(path: Path, kind: PlaceKind, rules: PlacementRules = RULES) -> Proposal:
    return propose(path, kind, rules)[0]


def _covers(box: BoxMm, path: Path, page_index: int = 0) -> bool:
    return any(box.intersects(line.box_mm) for line in read_page(path, page_index).lines)


def test_the_image_keeps_its_shape_in_a_narrow_gap(tmp_path: Path) -> None:
    draft = Draft()
    draft.block(110, gap_mm=16)
    box = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL).box_mm
    assert box.width_mm < 30
    assert box.width_mm / box.height_mm == pytest.approx(45 / 22)


def test_the_image_keeps_its_size_in_a_wide_gap(tmp_path: Path) -> None:
    draft = Draft()
    draft.block(110, gap_mm=40)
    box = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL).box_mm
    assert box.width_mm == pytest.approx(45)
    assert box.height_mm == pytest.approx(22)


def test_the_seal_follows_the_rules_of_the_office(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf")
    rules = PlacementRules(seal_diameter_mm=38.8, overlap=0.38)
    image, seal = (_one(path, kind, rules).box_mm for kind in (PlaceKind.PERSONAL, PlaceKind.SEAL))
    assert seal.width_mm == pytest.approx(38.8)
    assert seal.right_mm == pytest.approx(image.left_mm + 0.38 * image.width_mm)
    assert seal.centre_y_mm == pytest.approx(image.centre_y_mm)


def test_the_seal_moves_off_the_recipients(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60)
    draft.recipients(110)
    draft.text(30, 130, "- Các cơ quan, tổ chức, đơn vị liên quan tại tỉnh ta;", size_pt=11)
    draft.block(110)
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.SEAL)
    assert "moved" in found.reason
    assert found.confidence < 0.9
    (line,) = search(path, "- Các cơ quan")[0].boxes_mm
    (line,) = (o.box_mm for o in read_page(path, 0).lines if o.box_mm.top_mm == line.top_mm)
    across_mm = found.box_mm.centre_x_mm - line.right_mm
    along_mm = max(0, line.top_mm - found.box_mm.centre_y_mm)
    assert hypot(across_mm, along_mm) >= 18


def test_a_seal_with_no_free_place_is_doubted(tmp_path: Path) -> None:
    draft = Draft()
    for line in range(20):
        draft.text(30, 80 + 6 * line, BODY[:50])
    draft.block(110)
    assert _one(draft.save(tmp_path / "a.pdf"), PlaceKind.SEAL).confidence < 0.5


def test_the_seal_covers_a_third_of_the_signature_that_was_really_made(tmp_path: Path) -> None:
    draft = letter()
    add_signature_field(draft.document, 0, "[380 460 500 515]")
    path = draft.save(tmp_path / "a.pdf")
    seal = _one(path, PlaceKind.SEAL).box_mm
    left_mm, width_mm = 380 * 25.4 / 72, 120 * 25.4 / 72
    assert seal.right_mm == pytest.approx(left_mm + width_mm / 3, abs=0.1)
    assert seal.centre_y_mm == pytest.approx(297 - 487.5 * 25.4 / 72, abs=0.2)


def test_a_place_that_is_signed_already_is_not_offered_with_confidence(tmp_path: Path) -> None:
    draft = letter()
    add_signature_field(draft.document, 0, "[380 460 500 515]")
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL)
    assert found.confidence < 0.5
    assert "a signature stands there" in found.reason


def test_the_initial_stands_behind_the_last_words_of_the_body(tmp_path: Path) -> None:
    draft = letter()
    end_mm = draft.text(30, 96, "Đề nghị các đơn vị thực hiện./.")
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.INITIAL)
    assert found.box_mm.left_mm == pytest.approx(end_mm + 1, abs=0.1)
    assert found.box_mm.top_mm < 96 < found.box_mm.bottom_mm
    assert not _covers(found.box_mm, path)


def test_the_initial_goes_below_a_line_that_fills_the_page(tmp_path: Path) -> None:
    draft = letter()
    draft.text(30, 98, BODY + " và các cơ quan liên")
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.INITIAL)
    assert found.box_mm.top_mm > 98
    assert not _covers(found.box_mm, path)


def test_the_initial_has_a_second_place_at_the_recipients(tmp_path: Path) -> None:
    _, second = propose(letter().save(tmp_path / "a.pdf"), PlaceKind.INITIAL, RULES)
    assert "nơi nhận" in second.reason
    assert second.box_mm.top_mm > 120


@pytest.mark.parametrize("kind", [PlaceKind.PERSONAL, PlaceKind.SEAL])
def test_a_scan_gets_the_usual_zone_with_little_confidence(tmp_path: Path, kind: PlaceKind) -> None:
    (found,) = propose(scan(tmp_path / "a.pdf"), kind, RULES)
    assert found.confidence == pytest.approx(0.2)
    assert 100 < found.box_mm.left_mm < found.box_mm.right_mm < 185
    assert 190 < found.box_mm.top_mm < found.box_mm.bottom_mm < 260


def test_a_scan_has_no_blanks(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf")
    assert propose(path, PlaceKind.NUMBER, RULES) == ()
    assert propose(path, PlaceKind.DATE, RULES) == ()
    assert propose(path, PlaceKind.INITIAL, RULES) == ()


@pytest.mark.parametrize(
    ("kind", "left_mm", "top_mm"),
    [(PlaceKind.ATTACHMENT, 10, 7), (PlaceKind.INCOMING, 10, 5), (PlaceKind.COPY, 120, 7)],
)
def test_a_free_corner_is_used_exactly(
    tmp_path: Path, kind: PlaceKind, left_mm: float, top_mm: float
) -> None:
    draft = Draft()
    draft.text(105, 60, "PHỤ LỤC", bold=True, centred=True)
    found = _one(draft.save(tmp_path / "a.pdf"), kind)
    assert found.box_mm.left_mm == pytest.approx(left_mm, abs=0.1)
    assert found.box_mm.top_mm == pytest.approx(top_mm, abs=0.1)
    assert found.confidence > 0.9


def test_an_occupied_corner_is_avoided(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(12, 12, "Mẫu 01", size_pt=10)
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.INCOMING)
    assert found.confidence == pytest.approx(0.75)
    assert not _covers(found.box_mm, path)


def test_a_corner_moves_up_where_the_letterhead_begins_high(tmp_path: Path) -> None:
    draft = Draft()
    draft.text(30, 23, "UBND TỈNH HÀ NAM", size_pt=12)
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.INCOMING)
    assert found.confidence > 0.7
    assert not _covers(found.box_mm, path)


def test_a_corner_full_of_text_is_doubted(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(10, 20, BODY + " " + BODY)
    for line in range(20):
        draft.text(5, 10 + 6 * line, BODY)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.ATTACHMENT)
    assert found.confidence < 0.5
    assert found.box_mm.left_mm == pytest.approx(10)


def test_the_corner_of_a_turned_page_is_the_one_that_is_seen(tmp_path: Path) -> None:
    path = letter().save(tmp_path / "a.pdf", rotation_deg=270)
    found = _one(path, PlaceKind.COPY)
    assert found.box_mm.right_mm == pytest.approx(201, abs=0.1)
    assert not _covers(found.box_mm, path)


def test_a_landscape_page_is_signed_at_its_block(tmp_path: Path) -> None:
    draft = Draft(420, 297)
    draft.body(60)
    draft.block(200, centre_mm=340)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL)
    assert found.box_mm.centre_x_mm == pytest.approx(340, abs=1)
    assert found.box_mm.centre_x_mm != pytest.approx(RIGHT_MM, abs=50)


def test_a_scanners_own_line_makes_no_text_of_a_scan(tmp_path: Path) -> None:
    path = scan(tmp_path / "a.pdf", "Scanned with CamScanner")
    (found,) = propose(path, PlaceKind.PERSONAL, RULES, "Nguyễn Văn A")
    assert found.confidence == pytest.approx(0.2)


def test_a_watermark_moves_neither_image_nor_seal(tmp_path: Path) -> None:
    plain, marked = letter(), letter()
    add_slanting_text(marked, 60, 200, "DỰ THẢO LẦN HAI", size_pt=60)
    for kind in (PlaceKind.PERSONAL, PlaceKind.SEAL):
        expected = _one(plain.save(tmp_path / "a.pdf"), kind)
        assert _one(marked.save(tmp_path / "b.pdf"), kind).box_mm == expected.box_mm


def test_the_seal_may_cover_the_remark_that_tells_how_to_sign(tmp_path: Path) -> None:
    draft = letter()
    draft.text(RIGHT_MM, 115, "(Ký, đóng dấu, ghi rõ họ và tên)", italic=True, centred=True)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.SEAL)
    assert "moved" not in found.reason


def test_the_initial_stands_before_signers_in_rows(tmp_path: Path) -> None:
    draft = Draft()
    end_mm = draft.text(30, 60, "Biên bản lập xong hồi 17 giờ.")
    draft.block(80, ("THƯ KÝ",), "Trần Thị B")
    draft.block(120, ("CHỦ TỌA",), "Nguyễn Văn A")
    path = draft.save(tmp_path / "a.pdf")
    (found,) = propose(path, PlaceKind.INITIAL, RULES, "Nguyễn Văn A")
    assert found.box_mm.left_mm == pytest.approx(end_mm + 1, abs=0.1)


def _field(draft: Draft, box: BoxMm) -> None:
    sides = (box.left_mm, 297 - box.bottom_mm, box.right_mm, 297 - box.top_mm)
    numbers = " ".join(f"{side * 72 / 25.4:.2f}" for side in sides)
    add_signature_field(draft.document, 0, f"[{numbers}]")


def test_the_image_leaves_the_neighbours_signature_alone(tmp_path: Path) -> None:
    draft = letter()
    neighbour = BoxMm(90, 112, 140, 132)
    _field(draft, neighbour)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.PERSONAL)
    assert not found.box_mm.intersects(neighbour)
    assert found.box_mm.centre_x_mm == pytest.approx(RIGHT_MM, abs=0.5)


def test_the_seal_leaves_the_neighbours_signature_alone(tmp_path: Path) -> None:
    draft = letter()
    neighbour = BoxMm(70, 112, 112, 132)
    _field(draft, neighbour)
    seal = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.SEAL).box_mm
    assert seal.left_mm >= neighbour.right_mm


def test_an_empty_field_in_a_corner_occupies_it(tmp_path: Path) -> None:
    draft = Draft()
    field = BoxMm(10, 8, 30, 18)
    _field(draft, field)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.INCOMING)
    assert not found.box_mm.intersects(field)
    assert found.confidence < 0.9


def test_the_second_initial_stands_beside_the_first(tmp_path: Path) -> None:
    draft = letter()
    draft.text(30, 96, "Đề nghị các đơn vị thực hiện./.")
    first = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.INITIAL).box_mm
    _field(draft, first)
    second = _one(draft.save(tmp_path / "b.pdf"), PlaceKind.INITIAL).box_mm
    assert first.right_mm < second.left_mm < first.right_mm + 3
    assert second.centre_y_mm == pytest.approx(first.centre_y_mm)


def test_the_seal_stays_on_the_page(tmp_path: Path) -> None:
    draft = Draft()
    draft.body(60)
    draft.block(110, centre_mm=35, gap_mm=36)
    found = _one(draft.save(tmp_path / "a.pdf"), PlaceKind.SEAL)
    assert found.box_mm.left_mm >= 0


def test_a_corner_beside_a_narrow_margin_gets_a_smaller_mark(tmp_path: Path) -> None:
    draft = Draft()
    for line in range(40):
        draft.text(30, 24 + 6 * line, BODY)
    path = draft.save(tmp_path / "a.pdf")
    found = _one(path, PlaceKind.ATTACHMENT)
    assert not _covers(found.box_mm, path)
    assert found.confidence < 0.5
    assert 19 < found.box_mm.width_mm < 36
    assert found.box_mm.width_mm == pytest.approx(found.box_mm.height_mm)
    assert "of its size" in found.reason
