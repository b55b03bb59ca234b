"""Facts about clocks: the machine's against the server's and the time stamp's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

from app.errors import AppError
from app.workflow.clocks import server_clock_notes, stamp_notes
from signing.report import SignatureReport, TimestampInfo
from signing.request import FieldValue
from signing.terms import Verdict
from tests.fakes.desk import Desk, desk_of, profile
from tests.fakes.records import NOON, signature

TODAY = date(2026, 11, 22)
FILLED = (FieldValue("VT_SO", "05"), FieldValue("VT_NGAY", "22"), FieldValue("VT_THANG", "11"))
DAY_S = 86_400.0


def _desk(folder: Path, rule: Literal["strict", "warn", "off"], skew_s: float | None) -> Desk:
    desk = desk_of(folder, rules=profile(rule))
    desk.server.skew_s = skew_s
    return desk


def _sealed(stamped: datetime | None = None) -> SignatureReport:
    verdict = Verdict.VALID if stamped else Verdict.UNDETERMINED
    return replace(signature("ConDau"), timestamp=TimestampInfo(verdict, stamped, None))


@pytest.mark.parametrize("skew_s", [None, 0.0, 59.0, -59.0])
def test_a_clock_that_agrees_with_the_servers_is_not_worth_a_word(
    tmp_path: Path, skew_s: float | None
) -> None:
    assert server_clock_notes(_desk(tmp_path, "strict", skew_s).office, TODAY) == ()


def test_a_clock_that_is_off_is_said(tmp_path: Path) -> None:
    assert server_clock_notes(_desk(tmp_path, "warn", DAY_S).office, TODAY) == (
        "workflow.clock_off",
    )


def test_under_a_strict_rule_no_date_is_filled_that_is_not_today_at_the_server(
    tmp_path: Path,
) -> None:
    with pytest.raises(AppError) as caught:
        server_clock_notes(_desk(tmp_path, "strict", DAY_S).office, TODAY)
    assert caught.value.code == "workflow.date_differs"
    assert caught.value.params["today"] == "2026-11-23"


def test_a_time_stamp_far_from_the_machines_clock_is_said(tmp_path: Path) -> None:
    bench = _desk(tmp_path, "warn", None).bench
    assert stamp_notes(bench, _sealed(NOON + timedelta(seconds=301)), FILLED) == (
        "workflow.clock_off",
    )
    assert stamp_notes(bench, _sealed(NOON + timedelta(seconds=240)), FILLED) == ()


def test_under_a_strict_rule_a_seal_stamped_on_the_next_day_does_not_stand(tmp_path: Path) -> None:
    bench = _desk(tmp_path, "strict", None).bench
    assert stamp_notes(bench, _sealed(), FILLED) == ()
    with pytest.raises(AppError) as caught:
        stamp_notes(bench, _sealed(NOON + timedelta(days=1)), FILLED)
    assert caught.value.code == "workflow.seal_date_differs"
    assert caught.value.params == {"signed": "2026-11-23"}
