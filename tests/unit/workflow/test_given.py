"""Facts about whose a place is that the server sends."""

from __future__ import annotations

import pytest

from app.workflow.documents import GivenPlace, Signer
from app.workflow.given import with_given
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.terms import SignatureKind
from tests.fakes.records import LEADER, document

SIDES = (120.0, 190.0, 160.0, 210.0)
PARTNER = Signer("Trần Thị Bình", "PHÓ GIÁM ĐỐC")
BOTH = (Signer(LEADER, "GIÁM ĐỐC"), PARTNER)


def given(*places: GivenPlace, signer: str = LEADER, signers: tuple[Signer, ...] = ()) -> Wish:
    paper = document(*signers, places=places)
    wish = Wish(SignatureKind.PERSONAL, signer=signer)
    return with_given(wish, paper, paper.main_file)


@pytest.mark.parametrize(("signer", "is_mine"), [(LEADER, True), ("Trần Thị Bình", False)])
def test_a_place_is_that_of_the_signer_it_names(signer: str, is_mine: bool) -> None:
    wish = given(GivenPlace("f1", "personal", 1, SIDES, signer), signers=BOTH)
    assert wish.given == (((1, BoxMm(*SIDES)),) if is_mine else ())


def test_a_place_without_a_name_is_nobodys_where_two_sign() -> None:
    assert given(GivenPlace("f1", "personal", 0, SIDES), signers=BOTH).given == ()


def test_a_place_without_a_name_is_the_one_signers() -> None:
    assert given(GivenPlace("f1", "personal", 0, SIDES)).given == ((0, BoxMm(*SIDES)),)


@pytest.mark.parametrize("place", [("f2", "personal"), ("f1", "seal")])
def test_a_place_of_another_file_or_kind_is_not_mine(place: tuple[str, str]) -> None:
    assert given(GivenPlace(*place, 0, SIDES)).given == ()


def test_the_blanks_of_number_and_date_come_with_it() -> None:
    wish = given(GivenPlace("f1", "number", 0, SIDES), GivenPlace("f1", "day", 0, SIDES))
    assert [blank.which for blank in wish.given_blanks] == ["number", "day"]


def test_of_several_places_each_may_be_tried() -> None:
    wish = given(GivenPlace("f1", "personal", 9, SIDES), GivenPlace("f1", "personal", 0, SIDES))
    assert [page_index for page_index, _ in wish.given] == [9, 0]
