"""What a file itself forbids or asks of whoever signs it next: certification, locks, seed values, empty fields.

It is looked at before a place is chosen or a PIN asked for, shown, and never obeyed unseen: a signature of ours always
gets a field of its own.
"""

from __future__ import annotations

from app.errors import AppError
from app.rules import RuleProfile
from signing.facts import FileFacts

CERTIFIED = "workflow.certified_note"
EMPTY_FIELDS = "workflow.empty_fields_note"
SEED_VALUES = "workflow.seed_values_note"


def refuse_against_certification(profile: RuleProfile, facts: FileFacts) -> None:
    """Refuse to sign further what was certified, under rules that do not have it.

    Raises:
        AppError: `workflow.certified_strict` with the P of the certification (ISO 32000-2, 12.8.2.2).
    """
    if facts.certified is not None and not profile.verification.allow_signing_after_certification:
        raise AppError("workflow.certified_strict", permission=facts.certified)


def limit_notes(facts: FileFacts) -> tuple[str, ...]:
    """Return message codes for what a file brings along; which fields they are is in the facts."""
    notes = (
        (CERTIFIED, facts.certified is not None),
        (EMPTY_FIELDS, bool(facts.empty_signature_fields)),
        (SEED_VALUES, any(item.seeds for item in facts.empty_widgets)),
    )
    return tuple(code for code, is_so in notes if is_so)
