"""Facts about time: Vietnam's day begins at 17:00 UTC, whatever the machine's zone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.clock import VIETNAM, system_clock, vietnam_date, vietnam_time


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=9))), date(2026, 11, 22)),
        (datetime(2024, 2, 28, 17, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_the_day_is_vietnams(moment: datetime, day: date) -> None:
    assert vietnam_date(moment) == day


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), "9999-12-31 23:59:59.999999+07:00"),
        (
            datetime(9999, 12, 31, 20, tzinfo=timezone(-timedelta(hours=12))),
            "9999-12-31 23:59:59.999999+07:00",
        ),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), "0001-01-01 00:00:00+07:06:30"),
    ],
)
def test_a_moment_beyond_the_calendar_is_its_end(moment: datetime, shown: str) -> None:
    assert str(vietnam_time(moment)) == shown


@pytest.mark.parametrize("month", [1, 7])
def test_vietnam_has_no_summer_time(month: int) -> None:
    assert datetime(2026, month, 1, tzinfo=VIETNAM).utcoffset() == timedelta(hours=7)


def test_the_systems_moment_is_aware_and_in_utc() -> None:
    assert system_clock().tzinfo is UTC
    assert abs(datetime.now(UTC) - system_clock()) < timedelta(minutes=1)


def test_the_machines_zone_changes_nothing() -> None:
    script = (
        "from datetime import UTC, datetime; from app.clock import vietnam_date; "
        "from app.workflow.writing import time_text; moment = datetime(2026, 11, 21, 17, tzinfo=UTC); "
        "assert str(vietnam_date(moment)) == '2026-11-22' and time_text(moment) == '00:00:00 +07:00'"
    )
    environment = os.environ | {"TZ": "America/New_York"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
