"""Facts about a scan that has no text to go by: what a person places on it is signed, and filled in by the clerk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.demo.day import SCAN, SCAN_BLANKS, SCAN_PLACE
from app.demo.people import CLERK, LEADER, PARTNER
from app.workflow.blanks import PlacedBlank
from app.workplace.records import Order, PlacedBox, Step
from app.workplace.workplace import Workplace
from pdf.geometry import BoxMm
from signing.terms import SignatureKind, Verdict
from tests.integration.workplace.workplaces import Workplaces, endings, to_issue, to_sign


def by_hand(
    workplace: Workplace, document_id: str, blanks: tuple[PlacedBlank, ...] = SCAN_BLANKS
) -> Order:
    """Agree to signing a scan, with signature and blanks where the person placed them."""
    box = PlacedBox(SignatureKind.PERSONAL, *SCAN_PLACE)
    return replace(to_sign(workplace, document_id), box=box, blanks=blanks)


def test_a_scan_whose_blanks_a_person_placed_is_signed_numbered_and_published(
    places: Workplaces,
) -> None:
    document_id = places.world.draft(SCAN)
    with places.of() as workplace:
        told = places.sign(workplace, by_hand(workplace, document_id))
    assert endings(told) == [(Step.DONE, None)]
    with places.of(CLERK) as workplace:
        proposal = workplace.propose_issue(workplace.open(document_id))
        assert endings(places.issue(workplace, to_issue(workplace, document_id))) == [
            (Step.DONE, None)
        ]
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    assert review.report.verdict is Verdict.VALID
    shown = [(it.page_index, round(it.box_mm.left_mm, 1)) for it in proposal.blanks]
    assert shown == [(it.page_index, round(it.box_mm.left_mm, 1)) for it in SCAN_BLANKS]


def test_a_scan_without_its_number_s_blank_is_refused(places: Workplaces) -> None:
    document_id = places.world.draft(SCAN)
    with places.of() as workplace:
        told = places.sign(workplace, by_hand(workplace, document_id, SCAN_BLANKS[1:]))
    assert endings(told) == [(Step.FAILED, "workflow.no_blanks")]


def test_a_blank_beside_the_page_is_refused(places: Workplaces) -> None:
    document_id = places.world.draft(SCAN)
    outside = replace(SCAN_BLANKS[0], box_mm=BoxMm(205, 36.5, 217, 42.15))
    with places.of() as workplace:
        told = places.sign(workplace, by_hand(workplace, document_id, (outside,)))
    assert endings(told) == [(Step.FAILED, "workflow.outside_page")]


def test_a_draft_says_which_blank_is_which(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        proposal = workplace.propose_signing(workplace.open(document_id))
    assert {blank.which for blank in proposal.blanks} >= {"number", "day", "month"}


def test_what_was_found_can_be_named_in_an_order_and_comes_out_the_same(places: Workplaces) -> None:
    documents = [places.world.draft() for _ in range(2)]
    shown = []
    for document_id, is_named in zip(documents, (True, False), strict=True):
        with places.of() as workplace:
            order = to_sign(workplace, document_id)
            found = workplace.propose_signing(workplace.open(document_id)).blanks
            places.sign(workplace, replace(order, blanks=found) if is_named else order)
        with places.of(CLERK) as workplace:
            proposal = workplace.propose_issue(workplace.open(document_id))
        shown.append([(it.box_mm.left_mm, it.box_mm.bottom_mm) for it in proposal.blanks])
    assert len(shown[0]) == len(shown[1])
    for named, settled in zip(*shown, strict=True):
        assert named == pytest.approx(settled, abs=0.05)


def test_the_second_signer_of_a_joint_document_is_told_that_it_is_signed(
    places: Workplaces,
) -> None:
    document_id = places.world.draft("ke-hoach-lien-tich", signers=(LEADER, PARTNER))
    with places.of() as workplace:
        first = workplace.propose_signing(workplace.open(document_id))
        places.sign(workplace, to_sign(workplace, document_id))
    with places.of(PARTNER) as workplace:
        second = workplace.propose_signing(workplace.open(document_id))
    assert (first.is_signed, second.is_signed) == (False, True)
