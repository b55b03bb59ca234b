"""The machine's clock against the server's and the time stamp's: what is signed now is never dated by a wrong clock."""

from __future__ import annotations

from datetime import date, timedelta

from app.clock import vietnam_date
from app.errors import AppError
from app.workflow.dates import DATE_DIFFERS, signing_date
from app.workflow.office import Office, Workbench
from app.workflow.writing import field_texts
from signing.report import SignatureReport
from signing.request import FieldValue

CLOCK_OFF = "workflow.clock_off"
SERVER_TOLERANCE_S = 60.0
STAMP_TOLERANCE_S = 300.0
"""An authority took 131 s to answer, and another was four minutes ahead (research: field)."""


def server_clock_notes(office: Office, issue_date: date) -> tuple[str, ...]:
    """Hold the date that is filled in, and this machine's clock, against the server's clock.

    Raises:
        AppError: `workflow.date_differs` where the profile is strict and the server has another day.
    """
    skew_s = office.server.clock_skew_s()
    if skew_s is None or abs(skew_s) <= SERVER_TOLERANCE_S:
        return ()
    bench = office.bench
    today = vietnam_date(bench.clock() + timedelta(seconds=skew_s))
    if today != issue_date and bench.profile.publish.date == "strict":
        raise AppError(DATE_DIFFERS, date=issue_date.isoformat(), today=today.isoformat())
    return (CLOCK_OFF,)


def stamp_notes(
    bench: Workbench, made: SignatureReport, fill: tuple[FieldValue, ...]
) -> tuple[str, ...]:
    """Hold a signature that was just made against the date that it filled in, and its time stamp against the clock.

    Raises:
        AppError: `workflow.seal_date_differs` where the profile is strict: the seal was made on another day.
    """
    day = signing_date(made)
    if day is not None and bench.profile.publish.date == "strict":
        texts = field_texts(None, day, bench.profile.date)
        if any(texts.get(value.name, value.text) != value.text for value in fill):
            raise AppError("workflow.seal_date_differs", signed=day.isoformat())
    stamped, claimed = made.timestamp.time, made.signature_info.claimed_time
    if stamped is None or claimed is None:
        return ()
    is_off = abs((stamped - claimed).total_seconds()) > STAMP_TOLERANCE_S
    return (CLOCK_OFF,) if is_off else ()
