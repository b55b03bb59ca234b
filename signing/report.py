"""The verification report: frozen records, one to one with the JSON schema `trinhky.verify/1`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from signing.terms import ChangeKind, Coverage, Indication, PadesLevel, SignatureKind, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a later revision did, seen from a signature.

    `page` counts from 1, None where the change has no page. `detail` is a stable code or a field's name, no sentence.
    """

    what: ChangeKind
    allowed: bool
    page: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class SignatureInfo:
    """Section 1, thông tin chữ ký số (seed 004, Article 6)."""

    verdict: Verdict
    algorithm: str | None
    digest: str | None
    subfilter: str | None
    level: PadesLevel | None
    claimed_time: datetime | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The trust anchor that a certification path ends at; `file` is where it lies, None where that is not known."""

    name: str
    sha256: str
    file: str | None = None


@dataclass(frozen=True, slots=True)
class StatusData:
    """The newest CRL or OCSP answer on a signer's certificate; its origin: "file", "store" or "online"."""

    kind: str  # "crl" or "ocsp"
    issued: datetime
    usable_until: datetime | None
    origin: str = "file"


@dataclass(frozen=True, slots=True)
class Authentication:
    """Section 2, chi tiết xác thực: the signed bytes, what came after, the certification path."""

    verdict: Verdict
    integrity: (
        str | None
    )  # "intact", "broken", or None where the kind of signature cannot be checked
    coverage: Coverage
    trusted: bool
    revocation: str  # "good", "revoked" or "unknown"
    changes_after: tuple[Change, ...] = ()
    anchor: Anchor | None = None
    status: StatusData | None = None


@dataclass(frozen=True, slots=True)
class TimestampInfo:
    """Section 3, dấu thời gian: None as time where the signer's own claim is all there is."""

    verdict: Verdict
    time: datetime | None
    authority: str | None


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature, judged."""

    field: str
    kind: SignatureKind
    signer: str | None
    organization: str | None
    issuer: str | None
    certificate_sha256: str | None
    verdict: Verdict
    indication: Indication
    subindication: str | None
    signature_info: SignatureInfo
    authentication: Authentication
    timestamp: TimestampInfo
    warnings: tuple[str, ...] = ()
    reason: str | None = None  # message code of what decided the verdict
    uid: str | None = None  # the subject's user id
    valid_from: datetime | None = None  # the certificate's validity period
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, judged. `reason` is a message code; `verdict` is the worst of the file's parts."""

    path: str
    verdict: Verdict
    reason: str | None
    sha256: str | None
    pages: int | None
    signatures: tuple[SignatureReport, ...] = ()
    active_content: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision: the first `end_bytes` of the file. `signed_by` is the field whose signature ends it."""

    index: int
    end_bytes: int
    sha256: str
    signed_by: str | None
