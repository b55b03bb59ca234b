"""The twelve drafts of the placement corpus: what is proposed stands where a clerk would put it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pdf.geometry import BoxMm
from pdf.placement import propose
from pdf.places import PlaceKind, PlacementRules, Proposal
from pdf.text import PageText, read_page, search

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpora" / "placement"
RULES = PlacementRules()
DRAFTS = [f"{index:03}" for index in range(12)]
TOLERANCE_MM = 1.0


@pytest.fixture(params=DRAFTS)
def draft(request: pytest.FixtureRequest) -> tuple[Path, dict[str, Any]]:
    if not CORPUS.is_dir():
        pytest.skip("the placement corpus does not lie beside this checkout (../shared)")
    facts = json.loads((CORPUS / "truth.json").read_text("utf-8"))
    return CORPUS / f"{request.param}.pdf", facts[request.param]


def _best(draft: tuple[Path, dict[str, Any]], kind: PlaceKind) -> Proposal:
    path, truth = draft
    return propose(path, kind, RULES, truth["name"])[0]


def _covers_text(proposal: Proposal, page: PageText, allowed: str = " ") -> bool:
    return any(
        char.box_mm.grown_by(-0.05).intersects(proposal.box_mm)
        for line in page.lines
        for char in line.chars
        if char.char not in allowed
    )


def _circle_touches(circle: BoxMm, box: BoxMm) -> bool:
    x = min(max(circle.centre_x_mm, box.left_mm), box.right_mm) - circle.centre_x_mm
    y = min(max(circle.centre_y_mm, box.top_mm), box.bottom_mm) - circle.centre_y_mm
    return bool((x * x + y * y) ** 0.5 < circle.width_mm / 2 - 0.01)


def test_the_personal_image_stands_between_position_and_name(
    draft: tuple[Path, dict[str, Any]],
) -> None:
    _, truth = draft
    found = _best(draft, PlaceKind.PERSONAL)
    assert found.page_index == truth["sign_page"] - 1
    assert found.box_mm.top_mm >= truth["gap_mm"][0]
    assert found.box_mm.bottom_mm <= truth["gap_mm"][1]
    assert found.box_mm.centre_x_mm == pytest.approx(truth["centre_x_mm"], abs=3)
    assert found.confidence > 0.9


def test_the_personal_image_covers_no_text(draft: tuple[Path, dict[str, Any]]) -> None:
    found = _best(draft, PlaceKind.PERSONAL)
    assert not _covers_text(found, read_page(draft[0], found.page_index))


def test_the_reason_names_position_and_signer(draft: tuple[Path, dict[str, Any]]) -> None:
    _, truth = draft
    reason = _best(draft, PlaceKind.PERSONAL).reason
    assert reason == f"between {truth['titles'][-1]} and {truth['name']}"


def test_the_seal_covers_the_left_third_of_the_image(draft: tuple[Path, dict[str, Any]]) -> None:
    image = _best(draft, PlaceKind.PERSONAL).box_mm
    seal = _best(draft, PlaceKind.SEAL).box_mm
    assert seal.right_mm == pytest.approx(image.left_mm + image.width_mm / 3)
    assert seal.centre_y_mm == pytest.approx(image.centre_y_mm)
    assert seal.width_mm == pytest.approx(36)
    assert seal.height_mm == pytest.approx(36)


def test_the_seal_covers_neither_recipients_nor_body(draft: tuple[Path, dict[str, Any]]) -> None:
    path, truth = draft
    found = _best(draft, PlaceKind.SEAL)
    signing = {*truth["titles"], truth["name"], "ĐẠI DIỆN BÊN A"}
    others = [
        line.box_mm
        for line in read_page(path, found.page_index).lines
        if line.text.strip() not in signing and line.text.strip() not in str(truth["other"])
    ]
    assert not any(_circle_touches(found.box_mm, box) for box in others)


def test_the_number_stands_in_its_blank(draft: tuple[Path, dict[str, Any]]) -> None:
    path, truth = draft
    (found,) = propose(path, PlaceKind.NUMBER, RULES)
    blank = BoxMm(*truth["number_blank_mm"]).grown_by(TOLERANCE_MM)
    assert found.page_index == 0
    assert blank.contains(found.box_mm)
    assert not _covers_text(found, read_page(path, 0), " .…")


def test_the_number_uses_the_width_of_its_blank(draft: tuple[Path, dict[str, Any]]) -> None:
    path, truth = draft
    (found,) = propose(path, PlaceKind.NUMBER, RULES)
    left_mm, _, right_mm, _ = truth["number_blank_mm"]
    assert found.box_mm.width_mm > right_mm - left_mm - 2


def test_the_date_has_a_proposal_for_every_blank_and_no_other(
    draft: tuple[Path, dict[str, Any]],
) -> None:
    path, truth = draft
    found = [p.which for p in propose(path, PlaceKind.DATE, RULES)]
    _, _, rest = truth["date"].partition("ngày")
    day, _, rest = rest.partition("tháng")
    month, _, year = rest.partition("năm")
    parts = (("day", day), ("month", month), ("year", year))
    assert found == [which for which, text in parts if not any(c.isdigit() for c in text)]


def test_the_date_covers_no_text(draft: tuple[Path, dict[str, Any]]) -> None:
    path, _ = draft
    page = read_page(path, 0)
    found = propose(path, PlaceKind.DATE, RULES)
    assert found
    assert not any(_covers_text(proposal, page, " .…") for proposal in found)


def test_the_date_stands_on_its_line_in_its_type(draft: tuple[Path, dict[str, Any]]) -> None:
    path, _ = draft
    date_line = search(path, "ngày ", 0)[0].boxes_mm[0]
    for found in propose(path, PlaceKind.DATE, RULES):
        assert found.italic
        assert found.font_size_pt == pytest.approx(13)
        assert found.baseline_mm is not None
        assert date_line.top_mm < found.baseline_mm < date_line.bottom_mm


@pytest.mark.parametrize("kind", [PlaceKind.INITIAL, PlaceKind.INCOMING, PlaceKind.COPY])
def test_small_marks_cover_no_text(draft: tuple[Path, dict[str, Any]], kind: PlaceKind) -> None:
    found = _best(draft, kind)
    assert not _covers_text(found, read_page(draft[0], found.page_index))
