"""The date rule: both signing dates are the document's date of issue (seed 001), by the office's rule profile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.clock import vietnam_date
from app.errors import AppError
from app.workflow.office import Workbench
from signing.report import FileReport, SignatureReport
from signing.terms import SignatureKind, Verdict

DATE_DIFFERS = "workflow.date_differs"
LEADER_DATE_DIFFERS = "workflow.leader_date_differs"
TYPED_DATE_DIFFERS = "workflow.typed_date_differs"
_LEADERS = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)


def date_notes(bench: Workbench, issue_date: date | None) -> tuple[str, ...]:
    """Hold the document's date against today in Vietnam, the day of the signature that is made now.

    Raises:
        AppError: `workflow.date_differs` where the profile is strict.
    """
    today = vietnam_date(bench.clock())
    rule = bench.profile.publish.date
    if issue_date is None or issue_date == today or rule == "off":
        return ()
    if rule == "strict":
        raise AppError(DATE_DIFFERS, date=issue_date.isoformat(), today=today.isoformat())
    return (DATE_DIFFERS,)


def leader_date_notes(
    bench: Workbench, report: FileReport, issue_date: date | None
) -> tuple[str, ...]:
    """Hold the document's date against the days in Vietnam on which its leaders signed.

    Raises:
        AppError: `workflow.leader_date_differs` where the profile is strict: the draft can only be returned.
    """
    rule = bench.profile.publish.date
    if issue_date is None or rule == "off":
        return ()
    for item in report.signatures:
        day = signing_date(item)
        if item.kind not in _LEADERS or day is None or day == issue_date:
            continue
        if rule == "strict":
            raise AppError(
                LEADER_DATE_DIFFERS,
                signer=item.signer or "–",
                signed=day.isoformat(),
                date=issue_date.isoformat(),
            )
        return (LEADER_DATE_DIFFERS,)
    return ()


def typed_date_notes(bench: Workbench, base: Path, issue_date: date | None) -> tuple[str, ...]:
    """Say where the author typed another month or year, say, than the date that is filled in: what is typed stays."""
    if issue_date is None:
        return ()
    typed = bench.eyes.typed_date(base).result()
    return () if typed is None or not typed.differs_from(issue_date) else (TYPED_DATE_DIFFERS,)


def signing_date(item: SignatureReport) -> date | None:
    """Return the day in Vietnam on which a signature was made: by its time stamp, else by its own claim."""
    stamp = item.timestamp
    is_stamped = stamp.time is not None and stamp.verdict is not Verdict.INVALID
    moment = stamp.time if is_stamped else item.signature_info.claimed_time
    return None if moment is None else vietnam_date(moment)
