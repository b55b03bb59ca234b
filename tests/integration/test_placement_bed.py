"""Letters of another layout engine: places stand where the letter's author left room for them.

The ordinary run judges the first letters of the bed; `./run soak` all of it.
"""

from __future__ import annotations

import pytest

from tests.placement.bed import Sheet, make_bed
from tests.placement.drawing_lots import draw_cases
from tests.placement.judge import Fault, judge_all

FEW, ALL, SEED = 50, 230, 1
Judged = list[tuple[Sheet, list[Fault]]]

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module", params=[FEW, pytest.param(ALL, marks=pytest.mark.soak)])
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    sheets = make_bed(tmp_path_factory.mktemp("bed"), request.param, SEED)
    return list(zip(sheets, judge_all(sheets), strict=True))


def _faults(judged: Judged, aspect: str) -> list[str]:
    return [
        f"{sheet.path.name} {sheet.case.label}: {text}"
        for sheet, faults in judged
        for found, text in faults
        if found == aspect
    ]


def _letters_with(judged: Judged, aspect: str) -> int:
    return sum(any(found == aspect for found, _ in faults) for _, faults in judged)


@pytest.mark.parametrize("aspect", ["page", "gap", "number", "date", "unnamed", "confidence"])
def test_at_least_99_of_100_letters_are_placed_right(judged: Judged, aspect: str) -> None:
    assert _letters_with(judged, aspect) <= len(judged) // 100, _faults(judged, aspect)


def test_nothing_covers_what_it_must_not(judged: Judged) -> None:
    assert _faults(judged, "overlap") == []


def test_the_seal_covers_a_third_of_the_image_in_at_least_95_of_100_letters(judged: Judged) -> None:
    assert _letters_with(judged, "third") <= len(judged) // 20, _faults(judged, "third")


def test_the_same_seed_draws_the_same_letters() -> None:
    assert draw_cases(60, SEED) == draw_cases(60, SEED)
    assert draw_cases(60, SEED) != draw_cases(60, SEED + 1)
