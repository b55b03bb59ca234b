"""The evidence that goes with a signed file: whose certificate signed, and what was known of its status then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing.status import CertificateStatus


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of one signature. `document_id` is None for a file on disk that no server knows.

    `status` is the certificate's as it was found before the PIN: it holds the signer's certificate and those above it,
    with the revocation lists and OCSP answers of that moment.
    """

    signed_sha256: str
    document_id: str | None
    kind: str
    certificate_sha256: str
    signed_at: datetime
    status: CertificateStatus


class EvidenceBook(Protocol):
    """Where it is kept; `app.store.evidence.EvidenceStore` is one."""

    def keep(self, evidence: Evidence) -> None:
        """Keep it, durable on disk; the same signed file again changes nothing."""
