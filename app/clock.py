"""Time: aware UTC inside, Vietnam's time for people, never the machine's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""UTC+7 without summer time: the zone of every date on an official document."""

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's present moment, aware, in UTC."""
    return datetime.now(UTC)


def vietnam_date(moment: datetime) -> date:
    """Return the calendar day in Vietnam at an aware moment."""
    return moment.astimezone(VIETNAM).date()
