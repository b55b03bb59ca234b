"""Facts about the office's whole day under the rules that differ most from the default ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.test_day import Played, play

pytestmark = pytest.mark.soak
"""Whole days; what each profile asks for is held by `test_profiles` in every run."""


@pytest.fixture(scope="module")
def hau_giang(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("thads") / "office", "--profile", "thads-hau-giang-2025")


def _fields(day: Played, name: str) -> str:
    return next(
        str(step["detail"])
        for step in day.told["steps"]
        if step["document"] == name and step["what"] == "valid"
    )


def test_in_hau_giang_every_draft_gets_two_initials_before_its_leader(hau_giang: Played) -> None:
    assert (hau_giang.exit_code, hau_giang.noted, hau_giang.told["ended_well"]) == (0, "", True)
    found = _fields(hau_giang, "cong-van/cong-van.pdf")
    assert found == "KyNhay: valid, KyNhay_2: valid, LanhDao: valid, ConDau: valid"
    marks = [step["document"] for step in hau_giang.told["steps"] if step["what"] == "initialled"]
    assert {marks.count(name) for name in marks} == {2}


def test_where_incoming_documents_are_not_signed_a_paper_becomes_a_copy(hau_giang: Played) -> None:
    assert _fields(hau_giang, "van-ban-den/412-UBND-TP.pdf") == "SaoY: valid"


def test_in_binh_phuoc_a_joint_plan_stops_at_its_second_leader(tmp_path: Path) -> None:
    day = play(tmp_path / "office", "--profile", "stp-binh-phuoc-2019")
    assert (day.exit_code, day.told["ended_well"]) == (0, True)
    refused = {(step["document"], step["code"]) for step in day.told["steps"] if step["code"]}
    assert refused == {
        ("cong-van-mat", "workflow.secret"),
        ("ke-hoach-lien-tich", "workflow.signature_count"),
    }
