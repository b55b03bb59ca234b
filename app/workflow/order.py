"""The order of signatures, and how many of each, by the office's rule profile: said before any PIN.

Fields are counted by their names (`signing.terms.FIELD_STEMS`); whose signature one is, and what it is worth, is judged
elsewhere. A field of another program's name may be a leader's.
"""

from __future__ import annotations

from app.errors import AppError
from app.rules import RuleProfile
from signing.facts import FileFacts
from signing.terms import SignatureKind, kind_of_field

_LEADERS = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)
_PERSONS = (SignatureKind.INITIAL, SignatureKind.PERSONAL)
_AGENCY = (SignatureKind.SEAL, SignatureKind.NUMBER)


def refuse_out_of_order(
    profile: RuleProfile, kind: SignatureKind, facts: FileFacts, *, to_come: int = 0
) -> None:
    """Refuse a signature that the office's rules do not have, or not now.

    Args:
        profile: the office's rules.
        kind: what is to be signed.
        facts: the file as it is.
        to_come: agency signatures that this act makes before this one, say the number's before the seal.

    Raises:
        AppError: `workflow.no_initials` (the office has no ký nháy), `workflow.initials_missing` (the leader signs
            after them), `workflow.initial_after_leader`, `workflow.sealed_already`, `workflow.signature_count` (more
            or fewer than the rules say).
    """
    counts = count_kinds(facts)
    if kind in (*_PERSONS, *_AGENCY) and counts[SignatureKind.SEAL]:
        raise AppError("workflow.sealed_already")
    leaders = sum(counts[item] for item in _LEADERS)
    if kind is SignatureKind.INITIAL:
        _check_initial(profile, leaders)
    elif kind is SignatureKind.PERSONAL:
        _check_personal(profile, counts[SignatureKind.INITIAL], leaders)
    elif kind in _AGENCY:
        agency = sum(counts[item] for item in _AGENCY) + to_come + 1
        _check_agency(profile, leaders, agency)


def refuse_against_form(profile: RuleProfile, kind_name: str, kind: SignatureKind) -> None:
    """Refuse a signature that an internal form of this kind (loại văn bản) does not carry.

    Raises:
        AppError: `workflow.form_not_signed`, `workflow.form_not_sealed`.

    Source: seed 004, Annex 02.
    """
    form = profile.form_of(kind_name)
    if form is None:
        return
    if kind in _PERSONS and not form.signed:
        raise AppError("workflow.form_not_signed", kind_name=kind_name)
    if kind in _AGENCY and not form.seal:
        raise AppError("workflow.form_not_sealed", kind_name=kind_name)


def count_kinds(facts: FileFacts) -> dict[SignatureKind, int]:
    """Count a file's signatures by the kind that their field's name says."""
    counts = dict.fromkeys(SignatureKind, 0)
    for item in facts.signatures:
        counts[kind_of_field(item.name)] += 1
    return counts


def is_sealed(facts: FileFacts) -> bool:
    """Say whether a file carries a seal."""
    return count_kinds(facts)[SignatureKind.SEAL] > 0


def _check_initial(profile: RuleProfile, leaders: int) -> None:
    if not profile.initial.used:
        raise AppError("workflow.no_initials")
    if leaders:
        raise AppError("workflow.initial_after_leader")


def _check_personal(profile: RuleProfile, initials: int, leaders: int) -> None:
    missing = profile.initial.chain[initials:]
    if missing:
        raise AppError(
            "workflow.initials_missing",
            found=initials,
            expected=profile.initial.least,
            missing=", ".join(missing),
        )
    exact = profile.signatures.exact_personal
    if exact is not None and leaders + 1 > exact:
        raise AppError("workflow.signature_count", found=leaders + 1, expected=exact)


def _check_agency(profile: RuleProfile, leaders: int, agency: int) -> None:
    exact = profile.signatures.exact_personal
    if exact is not None and leaders != exact:
        raise AppError("workflow.signature_count", found=leaders, expected=exact)
    exact = profile.signatures.exact_agency
    if exact is not None and agency > exact:
        raise AppError("workflow.signature_count", found=agency, expected=exact)
