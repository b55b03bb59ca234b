"""How a one-stop dossier (hồ sơ một cửa) stands against its deadline (seed 002, Article 5.2 a)."""

from __future__ import annotations

from datetime import datetime

from app.clock import vietnam_date
from app.workflow.documents import DeadlineState

DOSSIER = """
  (SELECT number FROM receipts r WHERE r.document_id = d.document_id) AS receipt_number,
  deadline_state(d.dossier_code, d.deadline, (SELECT max(at) FROM history h
    WHERE h.document_id = d.document_id AND h.action = 'publish')) AS deadline_state
"""
"""SQL of a document `d`; the function is `deadline_state` at the office's present moment."""


def deadline_state(
    dossier_code: str | None, deadline: str | None, published: str | None, now: datetime
) -> str | None:
    """Say how a dossier stands: by the day in Vietnam on which its result went out, today while it has not."""
    if dossier_code is None or deadline is None:
        return None
    due = vietnam_date(datetime.fromisoformat(deadline))
    day = vietnam_date(now if published is None else datetime.fromisoformat(published))
    if day < due:
        return DeadlineState.EARLY.value
    return (DeadlineState.ON_TIME if day == due else DeadlineState.OVERDUE).value
