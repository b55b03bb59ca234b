"""One signature on one file on disk: looked at first, made by the token, judged from disk as a stranger would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.clocks import stamp_notes
from app.workflow.documents import same_name
from app.workflow.office import Workbench
from signing.report import FileReport, SignatureReport
from signing.request import SignatureRequest, SignedFile
from signing.terms import Coverage, Verdict
from signing.token.records import CertificateInfo


@dataclass(frozen=True, slots=True)
class Made:
    """A signed file with the report that let it pass. `notes` are message codes to tell the person."""

    file: SignedFile
    report: FileReport
    notes: tuple[str, ...]


def make_signature(
    bench: Workbench,
    base: Path,
    out: Path,
    request: SignatureRequest,
    told: Callable[[], None] | None = None,
) -> Made:
    """Sign `base` into `out` and judge the result; nothing is left at `out` unless it stands.

    `told` is called when the signature is made and before it is judged.

    Raises:
        AppError: `workflow.own_output_bad` when the new file would not convince a stranger; `workflow.chain_forbidden`
            where the office's rules want a trust anchor behind every certificate; `workflow.seal_date_differs`.
        SigningError: what the token or the file refused.
    """
    try:
        signed = bench.token.sign(base, out, request)
        if told is not None:
            told()
        # What is drawn over words is looked at too.
        is_drawn = bool(request.appearance.placed)
        report = (
            check_file(bench.judge, bench.eyes, out)
            if is_drawn
            else bench.judge.verify(out).result()
        )
        check_result(report, signed)
        mine = own_signature(report, signed.field_name)
        notes = (
            *signed.notes,
            *_chain_notes(bench, mine),
            *stamp_notes(bench, mine, request.shown_values),
        )
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return Made(signed, report, notes)


def _chain_notes(bench: Workbench, mine: SignatureReport) -> tuple[str, ...]:
    if mine.authentication.trusted:
        return ()
    if bench.profile.signatures.untrusted_chain == "forbid":
        raise AppError("workflow.chain_forbidden")
    return ("workflow.chain_untrusted",)


def check_result(report: FileReport, signed: SignedFile) -> None:
    """Hold a freshly signed file against what must be true of it.

    Raises:
        AppError: `workflow.own_output_bad` with the field and the reason.
    """
    if report.sha256 != signed.sha256:
        raise AppError("workflow.own_output_bad", field=signed.field_name, why="sha256")
    mine = own_signature(report, signed.field_name)
    if mine.verdict is Verdict.INVALID or mine.authentication.integrity != "intact":
        raise AppError(
            "workflow.own_output_bad", field=mine.field, why=mine.subindication or "integrity"
        )
    if mine.authentication.coverage is not Coverage.ENTIRE_FILE:
        raise AppError("workflow.own_output_bad", field=mine.field, why="coverage")
    for other in report.signatures:
        if other.verdict is Verdict.INVALID:
            raise AppError(
                "workflow.own_output_bad", field=other.field, why=other.subindication or ""
            )


def own_signature(report: FileReport, field_name: str) -> SignatureReport:
    """Return the report of the signature just made.

    Raises:
        AppError: `workflow.own_output_bad` when the file does not hold it.
    """
    for item in report.signatures:
        if item.field == field_name:
            return item
    raise AppError("workflow.own_output_bad", field=field_name, why=report.reason or "missing")


def choose_certificate(
    certificates: tuple[CertificateInfo, ...],
    purpose: str,
    wanted: str | None = None,
    signer: str | None = None,
) -> CertificateInfo:
    """Choose the certificate to sign with.

    Args:
        certificates: of the tokens that are in.
        purpose: "person" or "agency"; decides where nothing is wanted and several can sign.
        wanted: CKA_ID or SHA-256 fingerprint, hex.
        signer: the name in the signer's block; where nothing is wanted, a certificate of that name goes first.

    Raises:
        AppError: `workflow.no_certificate`, `workflow.certificate_unusable` with the reason's code.
    """
    if wanted is not None:
        key = wanted.lower().replace(":", "")
        chosen = [item for item in certificates if key in (item.sha256, item.key_id.lower())]
    else:
        usable = [item for item in certificates if item.cannot_sign is None]
        fitting = [item for item in usable if item.purpose == purpose]
        unclear = [item for item in usable if item.purpose == "unknown"]
        named = [item for item in (*fitting, *unclear) if same_name(item.subject, signer)]
        # A person's certificate never seals by default, nor does the agency's sign for a person.
        chosen = (
            named or fitting or unclear or [item for item in certificates if item not in usable]
        )
    if not chosen:
        raise AppError("workflow.no_certificate", wanted=wanted)
    if chosen[0].cannot_sign is not None:
        raise AppError(
            "workflow.certificate_unusable", subject=chosen[0].subject, reason=chosen[0].cannot_sign
        )
    return chosen[0]
