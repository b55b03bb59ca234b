"""Facts about how a dossier stands against its deadline."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.demo.office.dossiers import deadline_state

DUE = datetime(2026, 11, 22, 10, 0, tzinfo=UTC).isoformat()
DAY_BEFORE = datetime(2026, 11, 21, 16, 59, tzinfo=UTC)
JUST_AFTER_MIDNIGHT = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
"""Already the 22nd in Vietnam."""
DAY_AFTER = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "state"),
    [(DAY_BEFORE, "early"), (JUST_AFTER_MIDNIGHT, "on_time"), (DAY_AFTER, "overdue")],
)
def test_a_dossier_stands_by_the_day_in_vietnam(now: datetime, state: str) -> None:
    assert deadline_state("HS-1", DUE, None, now) == state


def test_a_result_that_went_out_in_time_stays_in_time() -> None:
    assert deadline_state("HS-1", DUE, DAY_BEFORE.isoformat(), DAY_AFTER) == "early"


@pytest.mark.parametrize(("code", "deadline"), [(None, DUE), ("HS-1", None)])
def test_what_is_no_dossier_or_has_no_deadline_has_no_state(
    code: str | None, deadline: str | None
) -> None:
    assert deadline_state(code, deadline, None, DAY_AFTER) is None
