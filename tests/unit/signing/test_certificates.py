"""Facts about whether a certificate may sign, and whose it looks to be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from signing.certificates import (
    common_name,
    fingerprint,
    is_authority,
    key_strength,
    purpose,
    why_cannot_sign,
)
from tests.unit.signing.verification_world import Person, expired, leader, root, rsa_signer

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STARTS, ENDS = NOW - timedelta(days=10), NOW + timedelta(days=10)
PrivateKey = (
    rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey | ed25519.Ed25519PrivateKey
)


def _certificate(
    *parts: tuple[x509.ObjectIdentifier, str],
    key: PrivateKey | None = None,
    usage: tuple[bool, bool] | None = (True, False),
) -> x509.Certificate:
    """A certificate with these subject attributes; `usage` is digitalSignature, contentCommitment."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(STARTS)
        .not_valid_after(ENDS)
    )
    if usage is not None:
        digital_signature, content_commitment = usage
        builder = builder.add_extension(
            x509.KeyUsage(
                digital_signature=digital_signature,
                content_commitment=content_commitment,
                key_encipherment=True,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    return builder.sign(root().key, hashes.SHA256())


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (STARTS - timedelta(seconds=1), "certificate.not_yet_valid"),
        (STARTS, None),
        (ENDS, None),
        (ENDS + timedelta(seconds=1), "certificate.expired"),
    ],
)
def test_a_certificate_signs_within_its_validity_both_ends_included(
    at: datetime, code: str | None
) -> None:
    assert why_cannot_sign(_certificate(), at) == code


@pytest.mark.parametrize(
    ("usage", "code"),
    [
        ((True, False), None),
        ((False, True), None),
        (None, None),
        ((False, False), "certificate.key_usage"),
    ],
)
def test_a_key_for_encryption_only_does_not_sign(
    usage: tuple[bool, bool] | None, code: str | None
) -> None:
    assert why_cannot_sign(_certificate(usage=usage), NOW) == code


def _weak_rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)  # noqa: S505 - weak on purpose: it must be refused


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (_weak_rsa(), "certificate.weak_key"),
        (rsa.generate_private_key(65537, 2048), None),
        (ec.generate_private_key(ec.SECP256R1()), None),
        (ec.generate_private_key(ec.SECP384R1()), None),
        (ec.generate_private_key(ec.SECP224R1()), "certificate.weak_key"),
        (dsa.generate_private_key(2048), "certificate.weak_key"),
        (ed25519.Ed25519PrivateKey.generate(), "certificate.weak_key"),
    ],
    ids=["rsa-1024", "rsa-2048", "p-256", "p-384", "p-224", "dsa", "ed25519"],
)
def test_weak_and_unknown_keys_do_not_sign(key: PrivateKey, code: str | None) -> None:
    assert why_cannot_sign(_certificate(key=key), NOW) == code


def test_an_expired_certificate_says_so_before_anything_else() -> None:
    assert why_cannot_sign(expired().certificate, NOW) == "certificate.expired"


@pytest.mark.parametrize(
    ("person", "strength"), [(leader(), ("ecdsa", 256)), (rsa_signer(), ("rsa", 2048))]
)
def test_the_strength_of_a_key_is_told_in_bits(person: Person, strength: tuple[str, int]) -> None:
    assert key_strength(person.certificate) == strength


CN, ORG, T = NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.TITLE


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (((CN, "Nguyễn Văn An"), (ORG, "Sở Tư pháp"), (T, "Giám đốc")), "person"),
        (((CN, "Nguyễn Văn An"), (ORG, "Sở Tư pháp")), "person"),
        (((CN, "Nguyễn Văn An"), (NameOID.USER_ID, "CCCD:1")), "person"),
        (((CN, "Nguyễn Văn An"),), "unknown"),
        (((CN, "Sở Tư pháp tỉnh Thử Nghiệm"), (ORG, "UBND tỉnh")), "agency"),
        (((CN, "ubnd huyện An Bình"), (ORG, "UBND tỉnh")), "agency"),
        (((CN, "Quỹ ABC"), (ORG, "QUỸ ABC")), "agency"),
        (((ORG, "Sở Tư pháp"),), "agency"),
        ((), "unknown"),
    ],
)
def test_the_subject_tells_a_person_from_an_agency(
    parts: tuple[tuple[x509.ObjectIdentifier, str], ...], expected: str
) -> None:
    assert purpose(_certificate(*parts)) == expected


def test_a_name_without_a_common_name_is_told_whole() -> None:
    assert common_name(_certificate((ORG, "Sở Tư pháp")).subject) == "O=Sở Tư pháp"


def test_an_authority_is_known_by_its_basic_constraints() -> None:
    assert is_authority(root().certificate)
    assert not is_authority(leader().certificate)
    assert not is_authority(_certificate())


def test_a_fingerprint_is_lower_case_hex() -> None:
    found = fingerprint(leader().certificate)
    assert len(found) == 64
    assert found == found.lower()
