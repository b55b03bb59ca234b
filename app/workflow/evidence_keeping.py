"""Keeps the evidence of a signature as it is made."""

from __future__ import annotations

import logging

from app.errors import AppError
from app.workflow.evidence import Evidence, EvidenceBook
from app.workflow.office import Workbench
from signing.request import SignatureRequest
from signing.status import CertificateStatus

NOT_KEPT = "evidence.not_kept"
_logger = logging.getLogger(__name__)


def keep_evidence(
    book: EvidenceBook | None,
    bench: Workbench,
    request: SignatureRequest,
    signed_sha256: str,
    document_id: str | None = None,
) -> tuple[str, ...]:
    """Keep what is known of a signature that was just made; that it cannot be kept costs no signature, and is told.

    Source: TT 15/2025, Article 5.4; TT 41/2017, Articles 9 and 10.
    """
    if book is None:
        return ()
    now = bench.clock()
    known = (
        None if bench.services is None else bench.services.known_status(request.certificate_sha256)
    )
    status = known or CertificateStatus("unknown", trusted=False, checked_at=now)
    evidence = Evidence(
        signed_sha256,
        document_id,
        request.kind.value,
        request.certificate_sha256,
        request.signing_time or now,
        status,
    )
    try:
        book.keep(evidence)
    except AppError as error:
        _logger.warning("evidence.not_kept", extra={"code": error.code})
        return (NOT_KEPT,)
    return ()
