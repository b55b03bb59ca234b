"""What people are told of certification authorities' certificates, and which of them may be trusted at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificates import common_name, fingerprint, is_authority
from signing.errors import SigningError
from signing.trust import TrustAnchors


@dataclass(frozen=True, slots=True)
class Authority:
    """A root (a trust anchor) or issuing certificate. `subject` and `issuer` are the whole names (RFC 4514)."""

    sha256: str
    name: str
    subject: str
    issuer: str
    not_before: datetime
    not_after: datetime
    is_root: bool


def list_authorities(path: Path) -> tuple[Authority, ...]:
    """Describe the certificates in a file or folder of a trust store, roots first.

    Raises:
        SigningError: as `TrustAnchors.load`.
    """
    found = TrustAnchors.load([path])
    return tuple(_described(der) for der in (*found.anchors, *found.intermediates))


def read_authority(path: Path) -> tuple[Authority, bytes]:
    """Read the one authority's certificate of a file that somebody wants to trust; with its DER.

    Raises:
        SigningError: `trust.not_readable`, `trust.several`; `trust.not_an_authority` (RFC 5280, 4.2.1.9), also where a
            root is not signed by itself.
    """
    if not path.is_file():
        raise SigningError("trust.not_readable", file=path.name)
    found = TrustAnchors.load([path])
    ders = (*found.anchors, *found.intermediates)
    if not ders:
        raise SigningError("trust.not_readable", file=path.name)
    if len(ders) > 1:
        raise SigningError("trust.several", file=path.name, count=len(ders))
    certificate = x509.load_der_x509_certificate(ders[0])
    if not is_authority(certificate) or not _stands_alone(certificate):
        raise SigningError("trust.not_an_authority", file=path.name)
    return _described(ders[0]), certificate.public_bytes(Encoding.DER)


def _described(der: bytes) -> Authority:
    certificate = x509.load_der_x509_certificate(der)
    return Authority(
        fingerprint(certificate),
        common_name(certificate.subject),
        certificate.subject.rfc4514_string(),
        certificate.issuer.rfc4514_string(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.subject == certificate.issuer,
    )


def _stands_alone(certificate: x509.Certificate) -> bool:
    """Say whether a root's signature is its own; whoever issued the others is judged with each signature."""
    if certificate.subject != certificate.issuer:
        return True
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
