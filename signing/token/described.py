"""A certificate as a person is told of it."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from signing import certificates as certs
from signing.token.records import CertificateInfo


def certificate_info(
    key_id: str, certificate: x509.Certificate, now: datetime, *, has_pss: bool
) -> CertificateInfo:
    """Describe a certificate as it is at a moment.

    Args:
        key_id: CKA_ID in hex, or what stands for it.
        certificate: a signer's.
        now: the moment that tells whether it may sign.
        has_pss: whether its key's holder can make RSASSA-PSS with RSA keys.
    """
    algorithm, bits = certs.key_strength(certificate)
    return CertificateInfo(
        key_id=key_id,
        sha256=certs.fingerprint(certificate),
        subject=certs.common_name(certificate.subject),
        organization=certs.name_part(certificate.subject, x509.NameOID.ORGANIZATION_NAME),
        issuer=certs.common_name(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        purpose=certs.purpose(certificate),
        algorithm=algorithm,
        key_bits=bits,
        cannot_sign=certs.why_cannot_sign(certificate, now),
        uid=certs.name_part(certificate.subject, x509.NameOID.USER_ID),
        can_pss=has_pss and algorithm == "rsa",
        der=certificate.public_bytes(Encoding.DER),
    )
