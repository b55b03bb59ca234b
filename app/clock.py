"""Time: aware UTC inside, Vietnam's time for people, never the machine's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import MINYEAR, UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
"""UTC+7 without summer time: the zone of every date on an official document."""

_FIRST, _LAST = datetime.min.replace(tzinfo=VIETNAM), datetime.max.replace(tzinfo=VIETNAM)

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""


def system_clock() -> datetime:
    """Return the machine's present moment, aware, in UTC."""
    return datetime.now(UTC)


def vietnam_time(moment: datetime) -> datetime:
    """Return an aware moment as Vietnam's clocks show it; what lies beyond the calendar is the calendar's end.

    Such moments come out of files: a certificate that never expires ends with the year 9999 (RFC 5280, 4.1.2.5).
    """
    try:
        return moment.astimezone(VIETNAM)
    except OverflowError:
        return _FIRST if moment.year == MINYEAR else _LAST


def vietnam_date(moment: datetime) -> date:
    """Return the calendar day in Vietnam at an aware moment."""
    return vietnam_time(moment).date()
