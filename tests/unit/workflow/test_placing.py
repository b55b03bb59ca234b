"""Facts about places: from millimetres on the page as shown to the boxes that are signed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.blanks import PlacedBlank
from app.workflow.placing import (
    Place,
    blanks,
    blanks_at,
    is_where_the_seal_belongs,
    place_at,
    propose_place,
    seal_beside_personal,
)
from pdf.geometry import BoxMm, BoxPt, PageGeometry, box_to_user_space, box_to_view_space
from pdf.places import PlaceKind
from signing.facts import FileFacts, SignatureWidget
from signing.request import UserBox
from signing.terms import SignatureKind
from tests.fakes.desk import profile
from tests.fakes.engines import PLACES, FakeEyes
from tests.fakes.records import BASE, page

PERSONAL = BoxMm(120, 150, 165, 172)
PARTNERS_PLACE = BoxMm(30, 150, 75, 172)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "draft.pdf"
    path.write_bytes(b"%PDF-")
    return path


def widget(name: str, box: BoxMm | None, on: PageGeometry) -> SignatureWidget:
    if box is None:
        return SignatureWidget(name, None, None)
    sides = box_to_user_space(box, on)
    return SignatureWidget(
        name,
        on.page_index,
        UserBox(sides.left_pt, sides.bottom_pt, sides.right_pt, sides.top_pt),
    )


def facts(*widgets: SignatureWidget) -> FileFacts:
    return FileFacts(
        sha256=BASE,
        pages=1,
        signatures=widgets,
        empty_signature_fields=(),
        certified=None,
        open_fields=(),
        open_widgets=(),
        filled_fields=(),
        own_fields=(),
    )


def as_seen(place: Place) -> tuple[float, ...]:
    box = place.box_mm
    return tuple(round(side, 6) for side in (box.left_mm, box.top_mm, box.right_mm, box.bottom_mm))


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_the_seal_covers_the_left_third_of_the_leaders_image(rotation_deg: int) -> None:
    shown = page(rotation_deg=rotation_deg)
    place = seal_beside_personal((shown,), facts(widget("LanhDao", PERSONAL, shown)), profile())
    assert place is not None
    left, top, right, bottom = as_seen(place)
    third = PERSONAL.left_mm + PERSONAL.width_mm / 3
    assert right == pytest.approx(third, abs=1e-6)
    assert (top + bottom) / 2 == pytest.approx(PERSONAL.centre_y_mm)
    assert (right - left, bottom - top) == pytest.approx((36, 36))


def test_in_a_joint_document_the_seal_goes_over_the_named_leaders_image() -> None:
    shown = page()
    found = facts(widget("LanhDao", PARTNERS_PLACE, shown), widget("LanhDao_2", PERSONAL, shown))
    first = seal_beside_personal((shown,), found, profile())
    own = seal_beside_personal((shown,), found, profile(), beside="LanhDao_2")
    assert first is not None
    assert own is not None
    assert own.box_mm.right_mm == pytest.approx(PERSONAL.left_mm + 15)
    assert first.box_mm.right_mm == pytest.approx(PARTNERS_PLACE.left_mm + 15)


def test_a_name_that_only_begins_like_a_leaders_is_no_leaders_signature() -> None:
    shown = page()
    found = facts(widget("LanhDaoKhac", PERSONAL, shown), widget("ConDau", PERSONAL, shown))
    assert seal_beside_personal((shown,), found, profile()) is None


def test_an_invisible_leaders_signature_gives_the_seal_no_place() -> None:
    found = facts(widget("LanhDao", None, page()))
    assert seal_beside_personal((page(),), found, profile()) is None


def test_a_seal_that_would_hang_over_the_edge_is_not_proposed() -> None:
    found = facts(widget("LanhDao", PERSONAL.moved_by(-110, 0), page()))
    assert seal_beside_personal((page(),), found, profile()) is None


@pytest.mark.parametrize(
    ("right_mm", "down_mm", "larger_mm", "belongs"),
    [
        (0, 0, 0, True),
        (1, 8, 0, True),
        (3, 0, 0, False),
        (-3, 0, 0, False),
        (0, 30, 0, False),
        (0, 0, 1, False),
    ],
)
def test_a_given_seal_has_its_real_size_and_covers_a_third(
    right_mm: float, down_mm: float, larger_mm: float, *, belongs: bool
) -> None:
    shown = page()
    found = facts(widget("LanhDao", PERSONAL, shown))
    size_mm = 36 + larger_mm
    right = PERSONAL.left_mm + PERSONAL.width_mm / 3 + right_mm
    middle = PERSONAL.centre_y_mm + down_mm
    box = BoxMm(right - size_mm, middle - size_mm / 2, right, middle + size_mm / 2)
    assert is_where_the_seal_belongs(Place(shown, box), (shown,), found, profile()) is belongs


def test_without_a_leaders_image_a_given_seal_needs_its_size_alone() -> None:
    place = Place(page(), BoxMm(100, 200, 136, 236))
    assert is_where_the_seal_belongs(place, (page(),), facts(), profile())


def test_without_a_leaders_image_the_seal_is_placed_by_the_text(file: Path) -> None:
    eyes = FakeEyes()
    place = propose_place(eyes, file, SignatureKind.SEAL, profile=profile(), facts=facts())
    assert place.box_mm == PLACES[PlaceKind.SEAL]
    assert eyes.asked == [(PlaceKind.SEAL, None)]


def test_a_seal_over_the_authors_words_moves_off_them(file: Path) -> None:
    eyes = FakeEyes()
    found = facts(widget("LanhDao", PERSONAL, page()))
    exact = propose_place(eyes, file, SignatureKind.SEAL, profile=profile(), facts=found)
    eyes.is_over_text = True
    eyes.places[PlaceKind.SEAL] = exact.box_mm.moved_by(4, 2)
    moved = propose_place(eyes, file, SignatureKind.SEAL, profile=profile(), facts=found)
    assert moved.box_mm == exact.box_mm.moved_by(4, 2)


def test_a_seal_that_moves_stays_with_its_leader(file: Path) -> None:
    eyes = FakeEyes()
    eyes.is_over_text = True
    found = facts(widget("LanhDao", PERSONAL, page()))
    eyes.places[PlaceKind.SEAL] = PERSONAL.moved_by(-90, 0)
    place = propose_place(eyes, file, SignatureKind.SEAL, profile=profile(), facts=found)
    assert place.reason == "left third of LanhDao"


def test_the_signers_name_helps_to_find_the_place(file: Path) -> None:
    eyes = FakeEyes()
    place = propose_place(
        eyes, file, SignatureKind.PERSONAL, profile=profile(), facts=facts(), signer="An"
    )
    assert eyes.asked == [(PlaceKind.PERSONAL, "An")]
    assert (place.confidence, place.reason) == (0.9, "by the text")


def test_where_nothing_is_found_a_person_must_place_it(file: Path) -> None:
    eyes = FakeEyes()
    eyes.places.clear()
    with pytest.raises(AppError) as caught:
        propose_place(eyes, file, SignatureKind.COPY, profile=profile(), facts=facts())
    assert (caught.value.code, caught.value.params) == (
        "workflow.no_place",
        {"kind": "kind.copy"},
    )


@pytest.mark.parametrize(
    ("index", "box"),
    [
        (0, BoxMm(-1, 10, 20, 20)),
        (0, BoxMm(190, 10, 211, 20)),
        (0, BoxMm(10, 290, 20, 298)),
        (1, BoxMm(10, 10, 20, 20)),
        (-1, BoxMm(10, 10, 20, 20)),
        (0, BoxMm(float("nan"), 10, 20, 20)),
    ],
)
def test_a_place_outside_the_page_is_refused(file: Path, index: int, box: BoxMm) -> None:
    with pytest.raises(AppError) as caught:
        place_at(FakeEyes(), file, index, box)
    assert caught.value.code == "workflow.outside_page"
    assert caught.value.params == {"page": index + 1}


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_a_chosen_place_lies_in_the_file_where_it_was_seen(file: Path, rotation_deg: int) -> None:
    eyes = FakeEyes()
    eyes.pages = (page(rotation_deg=rotation_deg),)
    box = BoxMm(20, 30, 65, 52)
    user = place_at(eyes, file, 0, box).user_box
    back = box_to_view_space(
        BoxPt(user.left_pt, user.bottom_pt, user.right_pt, user.top_pt), eyes.pages[0]
    )
    assert (back.left_mm, back.bottom_mm) == pytest.approx((20, 52))


def test_a_drafts_blanks_become_fields_of_their_names(file: Path) -> None:
    specs = blanks(FakeEyes(), file, profile())
    assert [(spec.name, spec.italic) for spec in specs] == [
        ("VT_SO", False),
        ("VT_NGAY", True),
        ("VT_THANG", True),
        ("VT_NAM", True),
    ]


def test_a_draft_without_blanks_gets_no_fields(file: Path) -> None:
    eyes = FakeEyes()
    eyes.places.clear()
    assert blanks(eyes, file, profile()) == ()


def test_blanks_that_a_person_placed_are_in_italics_but_for_the_number(file: Path) -> None:
    placed = (
        PlacedBlank("number", 0, BoxMm(50, 36, 60, 42)),
        PlacedBlank("day", 0, BoxMm(138, 36, 146, 42)),
    )
    specs = blanks_at(FakeEyes(), file, placed)
    assert [(spec.name, spec.italic) for spec in specs] == [("VT_SO", False), ("VT_NGAY", True)]
