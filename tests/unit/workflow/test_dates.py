"""Facts about the date rule: signature, seal and date of issue on one day in Vietnam, where the office asks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pytest

from app.errors import AppError
from app.workflow.dates import leader_date_notes, signing_date, typed_date_notes
from app.workflow.office import Workbench
from pdf.places import TypedDate
from signing.report import SignatureReport, TimestampInfo
from signing.terms import Verdict
from tests.fakes.desk import desk_of, profile
from tests.fakes.engines import DRAFT
from tests.fakes.records import report, signature

DAY = date(2026, 11, 22)
LATE_EVENING_UTC = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
"""Already the 22nd in Vietnam."""
DAY_BEFORE = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
Rule = Literal["strict", "warn", "off"]


def _bench(folder: Path, rule: Rule) -> Workbench:
    return desk_of(folder, rules=profile(rule)).bench


def _signed(claimed: datetime, stamped: datetime | None = None) -> SignatureReport:
    made = signature()
    stamp = TimestampInfo(Verdict.VALID if stamped else Verdict.UNDETERMINED, stamped, None)
    return replace(
        made,
        signature_info=replace(made.signature_info, claimed_time=claimed),
        timestamp=stamp,
    )


def test_under_a_strict_rule_a_leader_of_the_day_before_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        leader_date_notes(_bench(tmp_path, "strict"), report(_signed(DAY_BEFORE)), DAY)
    assert caught.value.code == "workflow.leader_date_differs"
    assert caught.value.params["signed"] == "2026-11-21"


def test_under_a_warning_rule_it_is_said(tmp_path: Path) -> None:
    notes = leader_date_notes(_bench(tmp_path, "warn"), report(_signed(DAY_BEFORE)), DAY)
    assert notes == ("workflow.leader_date_differs",)


def test_without_a_rule_nothing_is_said(tmp_path: Path) -> None:
    assert leader_date_notes(_bench(tmp_path, "off"), report(_signed(DAY_BEFORE)), DAY) == ()


def test_the_day_is_vietnams_whatever_utc_says(tmp_path: Path) -> None:
    found = report(_signed(LATE_EVENING_UTC))
    assert leader_date_notes(_bench(tmp_path, "strict"), found, DAY) == ()


def test_the_time_stamp_counts_before_the_signers_own_claim() -> None:
    assert signing_date(_signed(DAY_BEFORE, stamped=LATE_EVENING_UTC)) == DAY


def test_a_broken_time_stamp_counts_for_nothing() -> None:
    made = _signed(LATE_EVENING_UTC)
    broken = replace(made, timestamp=TimestampInfo(Verdict.INVALID, DAY_BEFORE, None))
    assert signing_date(broken) == DAY


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        (TypedDate(month=11, year=2026), ()),
        (TypedDate(month=2, year=2026), ("workflow.typed_date_differs",)),
        (None, ()),
    ],
)
def test_a_typed_month_that_is_another_than_the_chosen_one_is_said(
    tmp_path: Path, typed: TypedDate | None, notes: tuple[str, ...]
) -> None:
    desk = desk_of(tmp_path)
    desk.eyes.typed = typed
    base = desk.files.path_of(desk.files.put(DRAFT))
    assert typed_date_notes(desk.bench, base, DAY) == notes
