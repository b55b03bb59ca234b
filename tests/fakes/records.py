"""Records as a test needs them, with what it does not care about filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.workflow.documents import Document, FileRef, Secrecy, Signer, Urgency
from pdf.geometry import BoxPt, PageGeometry
from signing.report import Authentication, FileReport, SignatureInfo, SignatureReport, TimestampInfo
from signing.terms import Coverage, Indication, PadesLevel, SignatureKind, Verdict, kind_of_field
from signing.token.records import CertificateInfo

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
"""Noon in Vietnam."""
LEADER, PARTNER, AGENCY = "Nguyễn Văn An", "Phạm Quốc Dũng", "Sở Tư pháp tỉnh Thử Nghiệm"
LEADERS, PARTNERS, AGENCYS = "1" * 64, "2" * 64, "3" * 64
"""Certificates' fingerprints."""
BASE = "a" * 64


def certificate(
    subject: str = LEADER, sha256: str = LEADERS, organization: str | None = AGENCY, **changes: Any
) -> CertificateInfo:
    made = CertificateInfo(
        key_id="01",
        sha256=sha256,
        subject=subject,
        organization=organization,
        issuer="CA thử nghiệm",
        serial="1",
        not_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_after=datetime(2027, 1, 1, tzinfo=UTC),
        purpose="person",
        algorithm="rsa",
        key_bits=2048,
        cannot_sign=None,
    )
    return replace(made, **changes)


AGENCY_CERTIFICATE = certificate(AGENCY, AGENCYS, "UBND tỉnh Thử Nghiệm", purpose="agency")


def file_ref(sha256: str = BASE, **changes: Any) -> FileRef:
    made = FileRef("f1", "cong-van.pdf", "main", "application/pdf", 1000, sha256, 0)
    return replace(made, **changes)


def document(*signers: Signer, files: tuple[FileRef, ...] = (), **changes: Any) -> Document:
    made = Document(
        document_id="d1",
        etag="v1",
        abstract="Về việc kiểm tra",
        kind_name="Công văn",
        symbol="STP-VP",
        number=None,
        issue_date=None,
        recipients=("Lưu: VT",),
        signers=signers or (Signer(LEADER, "GIÁM ĐỐC", LEADERS),),
        urgency=Urgency.NORMAL,
        secrecy=Secrecy.NONE,
        paper_only=False,
        deadline=None,
        dossier_code=None,
        drafting_unit="Văn phòng",
        state="to_sign",
        files=files or (file_ref(),),
    )
    return replace(made, **changes)


def page(index: int = 0, rotation_deg: int = 0) -> PageGeometry:
    """An A4 page."""
    a4 = BoxPt(0, 0, 595.276, 841.89)
    return PageGeometry(index, a4, a4, rotation_deg, 1.0)


def signature(
    field: str = "LanhDao",
    signer: str | None = LEADER,
    sha256: str | None = LEADERS,
    verdict: Verdict = Verdict.VALID,
    *,
    organization: str | None = AGENCY,
    subindication: str | None = None,
    trusted: bool = True,
    coverage: Coverage = Coverage.ENTIRE_FILE,
    integrity: str | None = "intact",
    kind: SignatureKind | None = None,
) -> SignatureReport:
    return SignatureReport(
        field=field,
        kind=kind or kind_of_field(field),
        signer=signer,
        organization=organization,
        issuer="CA thử nghiệm",
        certificate_sha256=sha256,
        verdict=verdict,
        indication=Indication.TOTAL_PASSED,
        subindication=subindication,
        signature_info=SignatureInfo(
            verdict, "rsa", "sha256", "ETSI.CAdES.detached", PadesLevel.B_B, NOON
        ),
        authentication=Authentication(verdict, integrity, coverage, trusted, "good"),
        timestamp=TimestampInfo(Verdict.UNDETERMINED, None, None),
    )


def report(
    *signatures: SignatureReport,
    verdict: Verdict = Verdict.VALID,
    sha256: str | None = BASE,
    reason: str | None = None,
) -> FileReport:
    return FileReport("a.pdf", verdict, reason, sha256, 1, signatures)
