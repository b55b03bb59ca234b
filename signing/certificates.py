"""Reads a signer's certificate: whose it is, and whether it may sign (RFC 5280)."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

MIN_RSA_BITS = 2048
CURVES = ("secp256r1", "secp384r1")
"""P-256 and P-384 (FIPS 186-5, SP 800-186)."""
AGENCY_WORDS = (
    "BAN ", "BẢO HIỂM", "BỆNH VIỆN", "BỘ ", "CHI CỤC", "CỤC ", "CÔNG TY", "ĐẢNG ", "HỘI ", "HỘI ĐỒNG",
    "KHO BẠC", "PHÒNG ", "SỞ ", "THANH TRA", "TỔNG CỤC", "TÒA ÁN", "TRƯỜNG ", "TRUNG TÂM", "ỦY BAN",
    "UBND", "VĂN PHÒNG", "VIỆN ",
)  # fmt: skip
"""First words of an agency's common name, upper case."""


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the lower-case hex SHA-256 of the DER certificate."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def name_part(name: x509.Name, oid: x509.ObjectIdentifier) -> str | None:
    """Return the first value of an attribute of a distinguished name, or None."""
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


def common_name(name: x509.Name) -> str:
    """Return the common name, or the whole name where there is none."""
    return name_part(name, NameOID.COMMON_NAME) or name.rfc4514_string()


def is_authority(certificate: x509.Certificate) -> bool:
    """Say whether a certificate is a certification authority's (basic constraints)."""
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def purpose(certificate: x509.Certificate) -> str:
    """Guess "person" or "agency" from the subject, "unknown" where it gives no ground.

    A guess for people to confirm: the task's own fingerprint decides (design: signing, Before signing).
    """
    subject = certificate.subject
    name = (name_part(subject, NameOID.COMMON_NAME) or "").strip()
    organization = (name_part(subject, NameOID.ORGANIZATION_NAME) or "").strip()
    if not name:
        return "agency" if organization else "unknown"
    if name.casefold() == organization.casefold() or name.upper().startswith(AGENCY_WORDS):
        return "agency"
    person_marks = (
        NameOID.TITLE,
        NameOID.SURNAME,
        NameOID.GIVEN_NAME,
        NameOID.USER_ID,
        NameOID.EMAIL_ADDRESS,
    )
    if organization or any(name_part(subject, oid) for oid in person_marks):
        return "person"
    return "unknown"


def key_strength(certificate: x509.Certificate) -> tuple[str, int]:
    """Return the key's algorithm ("rsa", "ecdsa" or the class name) and its size in bits."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ecdsa", key.key_size
    return type(key).__name__.lower(), 0


def why_cannot_sign(certificate: x509.Certificate, at: datetime) -> str | None:
    """Return the code of the first reason against signing with a certificate at a moment, or None.

    Codes: `certificate.not_yet_valid`, `certificate.expired`, `certificate.key_usage`, `certificate.weak_key`.
    """
    if at < certificate.not_valid_before_utc:
        return "certificate.not_yet_valid"
    if at > certificate.not_valid_after_utc:
        return "certificate.expired"
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        pass
    else:
        if not (usage.digital_signature or usage.content_commitment):
            return "certificate.key_usage"
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return None if key.key_size >= MIN_RSA_BITS else "certificate.weak_key"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return None if key.curve.name in CURVES else "certificate.weak_key"
    return "certificate.weak_key"
