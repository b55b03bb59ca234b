"""A signer's certificate before any PIN: revoked is refused, what cannot be checked is said."""

from __future__ import annotations

from app.errors import AppError
from app.workflow.office import Workbench
from signing.token.records import CertificateInfo, TokenInfo

STATUS_UNKNOWN = "certificate.status_unknown"
UNTRUSTED = "certificate.untrusted"


def check_certificate(
    bench: Workbench, certificate: CertificateInfo, token: TokenInfo
) -> tuple[str, ...]:
    """Check path and status of a certificate that is about to sign; what it is by itself, `cannot_sign` says already.

    Returns:
        Message codes that the signer should read before giving the PIN.

    Raises:
        AppError: `certificate.revoked`; `certificate.untrusted_forbidden` and `certificate.status_forbidden` where the
            office's rules ask for a trust anchor, or for a known status.

    Source: TT 15/2025, Article 5.2; TT 41/2017, Article 8.
    """
    if bench.services is None or not certificate.der:
        return ()
    rules = bench.profile.signatures
    try:
        status = bench.services.status(certificate.der, token.authorities)
    except AppError:
        revocation, is_trusted = "unknown", True
    else:
        revocation, is_trusted = status.revocation, status.trusted
    if revocation == "revoked":
        raise AppError("certificate.revoked", subject=certificate.subject)
    if not is_trusted and rules.untrusted_chain == "forbid":
        raise AppError("certificate.untrusted_forbidden", subject=certificate.subject)
    if revocation == "unknown" and rules.unknown_status == "forbid":
        raise AppError("certificate.status_forbidden", subject=certificate.subject)
    notes = ((UNTRUSTED, not is_trusted), (STATUS_UNKNOWN, revocation == "unknown"))
    return tuple(code for code, is_so in notes if is_so)
