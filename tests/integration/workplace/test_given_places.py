"""Facts about places that the document server sends: they win over what is found, and are checked like it."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from app.demo.day import SCAN
from app.demo.people import CLERK, LEADER, PARTNER
from app.workflow.documents import GivenPlace
from app.workplace.records import PlacedBox, Step
from tests.integration.workplace.workplaces import Workplaces, endings, to_issue, to_sign

GIVEN = "sent by the document server"
HERE = (121.0, 205.0, 161.0, 225.0)
OVER_WORDS = (30.0, 100.0, 75.0, 122.0)
BESIDE_THE_PAGE = (190.0, 280.0, 235.0, 302.0)
UNUSABLE = "workflow.given_place_unusable"
BLANK_UNUSABLE = "workflow.given_blank_unusable"
BLANK = (52.5, 36.5, 64.5, 42.15)


def place(kind: str, sides: tuple[float, float, float, float] = HERE, page: int = 0) -> GivenPlace:
    return GivenPlace("f1", kind, page, sides)


def proposed(places: Workplaces, *given: GivenPlace) -> tuple[PlacedBox | None, tuple[str, ...]]:
    document_id = places.world.draft(places=given)
    with places.of() as workplace:
        found = workplace.propose_signing(workplace.open(document_id))
    return found.box, found.notes


def test_the_servers_place_is_signed_and_sealed_and_measured_on_the_file(
    places: Workplaces,
) -> None:
    free = _free_place(places)
    document_id = places.world.draft(places=(place("personal", free),))
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        assert order.box is not None
        assert (order.box.reason, order.box.confidence) == (GIVEN, 1.0)
        assert endings(places.sign(workplace, order)) == [(Step.DONE, None)]
    path = places.world.demo.store.content_path(document_id, "f1")
    assert _widget_mm(path, "LanhDao") == pytest.approx(free, abs=0.1)
    with places.of(CLERK) as workplace:
        assert endings(places.issue(workplace, to_issue(workplace, document_id))) == [
            (Step.DONE, None)
        ]


@pytest.mark.parametrize("sides", [OVER_WORDS, BESIDE_THE_PAGE])
def test_a_place_over_words_or_beside_the_page_is_told_and_another_found(
    places: Workplaces, sides: tuple[float, float, float, float]
) -> None:
    box, notes = proposed(places, place("personal", sides))
    assert box is not None
    assert box.reason != GIVEN
    assert UNUSABLE in notes


def test_a_place_on_a_page_that_is_not_there_is_told_and_another_found(places: Workplaces) -> None:
    box, notes = proposed(places, place("personal", page=99))
    assert box is not None
    assert UNUSABLE in notes


def test_the_blanks_of_a_scan_come_from_the_server(places: Workplaces) -> None:
    number = place("number", BLANK)
    document_id = places.world.draft(SCAN, places=(number,))
    with places.of() as workplace:
        found = workplace.propose_signing(workplace.open(document_id))
    assert [blank.which for blank in found.blanks] == ["number"]
    assert found.blanks[0].box_mm.left_mm == pytest.approx(52.5, abs=0.01)


def test_a_blank_over_words_is_told_and_those_that_are_found_are_used(places: Workplaces) -> None:
    _, notes = proposed(places, place("number", OVER_WORDS))
    assert BLANK_UNUSABLE in notes


def test_of_two_places_the_first_that_can_be_used_counts(places: Workplaces) -> None:
    free = _free_place(places)
    box, notes = proposed(places, place("personal", OVER_WORDS), place("personal", free))
    assert box is not None
    assert box.reason == GIVEN
    assert UNUSABLE not in notes


@pytest.mark.parametrize(("moved_mm", "is_used"), [(0, True), (6, False)])
def test_a_seals_place_is_used_where_it_covers_a_third_of_the_signature(
    places: Workplaces, moved_mm: float, *, is_used: bool
) -> None:
    free = _free_place(places)
    third_mm, middle_mm = free[0] + (free[2] - free[0]) / 3 + moved_mm, (free[1] + free[3]) / 2
    seal = (third_mm - 36, middle_mm - 18, third_mm, middle_mm + 18)
    document_id = places.world.draft(places=(place("personal", free), place("seal", seal)))
    with places.of() as workplace:
        assert endings(places.sign(workplace, to_sign(workplace, document_id))) == [
            (Step.DONE, None)
        ]
    with places.of(CLERK) as workplace:
        issue = workplace.propose_issue(workplace.open(document_id))
    assert issue.seal is not None
    assert (issue.seal.reason == GIVEN, UNUSABLE in issue.notes) == (is_used, not is_used)


def test_a_place_over_another_signature_is_told_and_another_found(places: Workplaces) -> None:
    free = _free_place(places)
    document_id = places.world.draft(
        signers=(LEADER, PARTNER),
        places=(
            GivenPlace("f1", "personal", 0, free, LEADER.common_name),
            GivenPlace("f1", "personal", 0, free, PARTNER.common_name),
        ),
    )
    with places.of() as workplace:
        assert endings(places.sign(workplace, to_sign(workplace, document_id))) == [
            (Step.DONE, None)
        ]
    with places.of(PARTNER) as workplace:
        found = workplace.propose_signing(workplace.open(document_id))
    assert UNUSABLE in found.notes
    assert found.box is None or found.box.reason != GIVEN


def _free_place(places: Workplaces) -> tuple[float, float, float, float]:
    """Where the program would sign, a little to the left and smaller: as a template might have it."""
    box, _ = proposed(places)
    assert box is not None
    found = box.box_mm
    return (
        round(found.left_mm - 3, 1),
        round(found.top_mm + 1, 1),
        round(found.right_mm - 8, 1),
        round(found.bottom_mm - 1, 1),
    )


def _widget_mm(path: Path, name: str) -> list[float]:
    with pymupdf.open(path) as opened:
        for page in opened:
            for widget in page.widgets() or ():
                if widget.field_name == name:
                    return [side * 25.4 / 72 for side in widget.rect]
    raise LookupError(name)
