"""Reports on received files, as the verifier words them, one for each thing that a person may be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.workplace.records import Review
from pdf.geometry import BoxMm
from signing.report import (
    Authentication,
    Change,
    FileReport,
    SignatureInfo,
    SignatureReport,
    TimestampInfo,
)
from signing.terms import (
    ChangeKind,
    Coverage,
    Indication,
    PadesLevel,
    SignatureKind,
    Verdict,
    kind_of_field,
)
from tests.fakes.records import AGENCY, AGENCYS, BASE, LEADER, LEADERS, NOON, page

STAMPED = datetime(2026, 11, 22, 5, 0, 30, tzinfo=UTC)
AUTHORITY = "TSA thử nghiệm"
INDICATIONS = {
    Verdict.VALID: Indication.TOTAL_PASSED,
    Verdict.INVALID: Indication.TOTAL_FAILED,
    Verdict.UNDETERMINED: Indication.INDETERMINATE,
}
SEAL_ADDED = Change(ChangeKind.SIGNATURE_ADDED, allowed=True, page=1, detail="ConDau")
NUMBER_FILLED = Change(ChangeKind.FORM_FILLED, allowed=True, page=1, detail="SoVanBan")
PAGE_CHANGED = Change(ChangeKind.PAGE_CONTENT, allowed=False, page=2, detail="looks_different")


def sound(
    field: str = "LanhDao",
    signer: str | None = LEADER,
    *changes: Change,
    is_stamped: bool = True,
    is_last: bool = True,
    **others: Any,
) -> SignatureReport:
    """A signature that holds."""
    valid = Verdict.VALID
    is_stamp = kind_of_field(field) is SignatureKind.DOCUMENT_TIMESTAMP
    stamp = TimestampInfo(valid, STAMPED, AUTHORITY)
    made = SignatureReport(
        field=field,
        kind=kind_of_field(field),
        signer=signer,
        organization=None if is_stamp else AGENCY,
        issuer="CA thử nghiệm",
        certificate_sha256=AGENCYS if field == "ConDau" else LEADERS,
        verdict=valid,
        indication=Indication.TOTAL_PASSED,
        subindication=None,
        signature_info=SignatureInfo(
            valid, "rsassa_pkcs1v15", "sha256", "ETSI.CAdES.detached", PadesLevel.B_LT, NOON
        ),
        authentication=Authentication(
            valid,
            "intact",
            Coverage.ENTIRE_FILE if is_last else Coverage.ENTIRE_REVISION,
            trusted=True,
            revocation="good",
            changes_after=changes,
        ),
        valid_from=datetime(2025, 1, 1, tzinfo=UTC),
        valid_until=datetime(2027, 1, 1, tzinfo=UTC),
        timestamp=stamp if is_stamped else TimestampInfo(Verdict.UNDETERMINED, None, None),
        warnings=() if is_stamped else ("verify.no_timestamp",),
    )
    return replace(made, **others)


def faulty(item: SignatureReport, verdict: Verdict, reason: str, **found: Any) -> SignatureReport:
    """A signature that does not hold, or that nobody knows of; `found` is what authenticating it showed."""
    return replace(
        item,
        verdict=verdict,
        indication=INDICATIONS[verdict],
        reason=reason,
        authentication=replace(item.authentication, verdict=verdict, **found),
    )


def report(
    *signatures: SignatureReport,
    verdict: Verdict = Verdict.VALID,
    reason: str | None = None,
    **others: Any,
) -> FileReport:
    made = FileReport("/tmp/412-UBND.pdf", verdict, reason, BASE, 3, signatures)
    return replace(made, **others)


def issued() -> FileReport:
    """Signed by the leader, numbered, sealed; nothing else."""
    return report(
        sound("LanhDao", LEADER, NUMBER_FILLED, SEAL_ADDED, is_last=False), sound("ConDau", AGENCY)
    )


def leader_only() -> FileReport:
    return report(sound())


def with_remarks() -> FileReport:
    """Valid, with no time stamp, nothing known of a revocation, and a script in the file."""
    item = sound("LanhDao", LEADER, SEAL_ADDED, is_stamped=False, is_last=False)
    unknown = replace(item.authentication, verdict=Verdict.UNDETERMINED, revocation="unknown")
    told = (*item.warnings, "verify.revocation_unknown")
    return report(
        replace(item, authentication=unknown, warnings=told),
        sound("ConDau", AGENCY),
        active_content=("javascript", "embedded_file"),
    )


def changed_after() -> FileReport:
    reason = "verify.changed_after_signing"
    bad = faulty(
        sound("LanhDao", LEADER, SEAL_ADDED, PAGE_CHANGED, is_last=False),
        Verdict.INVALID,
        reason,
        changes_after=(SEAL_ADDED, PAGE_CHANGED),
    )
    also = faulty(sound("ConDau", AGENCY, PAGE_CHANGED, is_last=False), Verdict.INVALID, reason)
    return report(
        replace(bad, subindication="FORMAT_FAILURE"),
        replace(also, subindication="FORMAT_FAILURE"),
        verdict=Verdict.INVALID,
        reason=reason,
    )


def untrusted() -> FileReport:
    reason = "verify.untrusted"
    item = faulty(
        sound(is_stamped=False), Verdict.UNDETERMINED, reason, trusted=False, revocation="unknown"
    )
    told = ("verify.no_timestamp", "verify.revocation_unknown")
    return report(
        replace(item, subindication="NO_CERTIFICATE_CHAIN_FOUND", warnings=told),
        verdict=Verdict.UNDETERMINED,
        reason=reason,
    )


def unsigned() -> FileReport:
    return report(verdict=Verdict.UNSIGNED, reason="verify.unsigned")


def unreadable(reason: str = "verify.signed_but_unreadable") -> FileReport:
    return report(verdict=Verdict.UNREADABLE, reason=reason, pages=None)


def only_timestamps() -> FileReport:
    return report(
        sound("DauThoiGian", AUTHORITY),
        verdict=Verdict.UNSIGNED,
        reason="verify.only_timestamps",
    )


def hostile() -> FileReport:
    """A file whose names try to be more than names."""
    name = "<h1>Đã xác minh</h1>\u202egnấud\u202c\nHỢP LỆ " + "Đ" * 300
    item = sound(
        "x" * 400, name, organization="<img src='http://example.invalid/'>", issuer="\u0000\t\u2028"
    )
    info = replace(item.signature_info, claimed_time=datetime.max.replace(tzinfo=UTC))
    bad = faulty(item, Verdict.INVALID, "verify.signature_broken", integrity="broken")
    return report(
        replace(bad, signature_info=info),
        verdict=Verdict.INVALID,
        reason="verify.signature_broken",
        active_content=("javascript", "<b>unknown</b>"),
    )


def review(made: FileReport, path: Path = Path("/tmp/412-UBND.pdf")) -> Review:
    """A report with a page for each it tells of, and a place for each signature but time stamps."""
    boxes = {
        item.field: (0, BoxMm(110, 200 + 20 * index, 180, 215 + 20 * index))
        for index, item in enumerate(made.signatures)
        if item.kind is not SignatureKind.DOCUMENT_TIMESTAMP
    }
    pages = tuple(page(index) for index in range(made.pages or 0))
    return Review(made, path, pages, boxes)


SAMPLES: dict[str, Callable[[], FileReport]] = {
    item.__name__: item
    for item in (
        issued, leader_only, with_remarks, changed_after, untrusted, unsigned, unreadable,
        only_timestamps, hostile,
    )
}  # fmt: skip
