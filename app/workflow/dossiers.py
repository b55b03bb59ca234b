"""One-stop dossiers (hồ sơ một cửa): what a clerk is told of them, and the guidance that goes with a return.

Source: seed 002, Articles 5.2 a (deadlines), 9.2 c (phiếu hướng dẫn), 9.5 c (mã hồ sơ trên biên nhận).
"""

from __future__ import annotations

from app.rules import RuleProfile
from app.workflow.documents import DeadlineState, Document


def dossier_notes(profile: RuleProfile, document: Document) -> tuple[str, ...]:
    """Say where a result lacks its dossier, and where the dossier is overdue."""
    if document.deadline_state is DeadlineState.OVERDUE:
        return ("workflow.dossier_overdue",)
    if profile.dossier.used and document.dossier_code is None:
        return ("workflow.dossier_missing",)
    return ()


def guidance_for(profile: RuleProfile, document: Document) -> tuple[str, ...]:
    """Return the texts that the office keeps ready for an incomplete dossier; none for other documents."""
    return profile.dossier.guidance if document.dossier_code is not None else ()
