"""The signatures that a document must have before its seal: whose they are, and what they are worth."""

from __future__ import annotations

from app.errors import AppError
from app.rules import RuleProfile
from app.workflow.documents import Document, Signer, same_name
from app.workflow.signed_by import is_by
from signing.report import FileReport, SignatureReport
from signing.terms import SignatureKind, Verdict


def check_leaders(
    profile: RuleProfile,
    document: Document,
    report: FileReport,
    undetermined_reason: str | None = None,
) -> tuple[str, ...]:
    """Hold a document's signatures against the signers that it must have, before the seal.

    A reason lifts an undetermined signature where the office's rules let it.

    Returns:
        Message codes to tell the clerk.

    Raises:
        AppError: `workflow.leader_signature_missing`, `workflow.leader_signature_invalid`,
            `workflow.leader_signature_undetermined`, `workflow.leader_signature_unproven` (no reason lifts it here).

    Source: Decree 30/2020, Articles 5 and 32.2 d.
    """
    if not document.signers:
        raise AppError("workflow.leader_signature_missing", signer="–")
    if report.verdict in (Verdict.INVALID, Verdict.UNREADABLE):
        raise AppError("workflow.leader_signature_invalid", reason=report.reason, signer="–")
    notes: tuple[str, ...] = ()
    for signer in document.signers:
        found = _signature_of(signer, report)
        if found is None:
            raise AppError("workflow.leader_signature_missing", signer=signer.name)
        if found.verdict is Verdict.INVALID:
            raise AppError(
                "workflow.leader_signature_invalid",
                signer=signer.name,
                reason=found.reason or found.subindication,
            )
        if found.verdict is Verdict.UNDETERMINED:
            may_be_lifted = profile.seal.undetermined == "reason"
            if not may_be_lifted or not (undetermined_reason or "").strip():
                raise AppError(
                    "workflow.leader_signature_undetermined"
                    if may_be_lifted
                    else "workflow.leader_signature_unproven",
                    signer=signer.name,
                    reason=found.reason or found.subindication,
                )
            notes = ("workflow.sealed_with_reason",)
    return notes


def check_signed_by_leader(profile: RuleProfile, report: FileReport) -> tuple[str, ...]:
    """Hold a file on disk, of which no task says who must sign, against the one rule for every seal.

    Returns:
        A note where the personal signature is undetermined, say for want of a trust anchor.

    Raises:
        AppError: `workflow.leader_signature_missing`, `workflow.leader_signature_invalid`,
            `workflow.leader_signature_unproven` (undetermined, where the office's rules seal none such).
    """
    if report.verdict in (Verdict.INVALID, Verdict.UNREADABLE):
        raise AppError("workflow.leader_signature_invalid", reason=report.reason, signer="–")
    may_be = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)
    personal = [item for item in report.signatures if item.kind in may_be]
    if not personal:
        raise AppError("workflow.leader_signature_missing", signer="–")
    if any(item.verdict is Verdict.VALID for item in personal):
        return ()
    if profile.seal.undetermined == "never":
        first = personal[0]
        raise AppError(
            "workflow.leader_signature_unproven",
            signer=first.signer or "–",
            reason=first.reason or first.subindication,
        )
    return ("workflow.leader_undetermined_note",)


def own_leaders_field(document: Document, report: FileReport, agency: str) -> str | None:
    """Return the signature field of the agency's own leader: in a joint document the seal goes over that one."""
    found = [
        item for signer in document.signers if (item := _signature_of(signer, report)) is not None
    ]
    own = [item for item in found if same_name(item.organization, agency)]
    return next((item.field for item in (*own, *found)), None)


def _signature_of(signer: Signer, report: FileReport) -> SignatureReport | None:
    # Another program's field has a name of its own; what says that it is something else, say ký nháy, is.
    may_be = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)
    return next(
        (item for item in report.signatures if item.kind in may_be and is_by(item, signer)), None
    )
