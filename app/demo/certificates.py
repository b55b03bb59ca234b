"""What stands in a certificate of the demo authority: names, validity, extensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.demo.people import Holder

DEMO_ORGANIZATION = "Trình Ký - Văn phòng mẫu (DEMO)"
ROOT_NAME = "DEMO RootCA Chính phủ (không có giá trị pháp lý)"
ISSUING_NAME = "DEMO CA cấp dưới (không có giá trị pháp lý)"
TSA_NAME = "DEMO TSA (không có giá trị pháp lý)"
OCSP_NAME = "DEMO OCSP (không có giá trị pháp lý)"

_LEEWAY = timedelta(hours=1)
_YEAR = timedelta(days=365)


SignerKey: TypeAlias = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
"""What the demo authority certifies."""


class Purpose(StrEnum):
    """What a key of the demo authority is for; decides usages and extensions."""

    SIGNER = "signer"
    ROOT = "root"
    ISSUING = "issuing"
    TSA = "tsa"
    OCSP = "ocsp"


class Flaw(StrEnum):
    """What is wrong with a signer's certificate, on request."""

    NONE = "none"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    REVOKED = "revoked"
    WRONG_KEY_USAGE = "wrong_key_usage"


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate with its private key in software."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey


def authority_name(common_name: str) -> x509.Name:
    """Name a service of the demo authority, so that nobody takes it for a real one."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, DEMO_ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def holder_name(holder: Holder) -> x509.Name:
    """Name a person (with T, the title) or an agency (without) as Vietnamese certificates do."""
    title = [x509.NameAttribute(NameOID.TITLE, holder.title)] if holder.title else []
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.organization),
            *title,
            x509.NameAttribute(NameOID.COMMON_NAME, holder.common_name),
            x509.NameAttribute(NameOID.USER_ID, holder.uid),
        ]
    )


def build_certificate(
    subject: x509.Name,
    public_key: SignerKey,
    issuer: Identity | None,
    signing_key: rsa.RSAPrivateKey,
    *,
    purpose: Purpose,
    base_url: str,
    now: datetime,
    flaw: Flaw = Flaw.NONE,
) -> x509.Certificate:
    """Issue one certificate (RFC 5280).

    Args:
        subject: from `holder_name` or `authority_name`.
        public_key: of the holder; the private half may live on a token.
        issuer: the authority above; None for the root, which signs itself.
        signing_key: the issuer's key, or the root's own.
        purpose: decides key usages and extensions.
        base_url: where the authority answers OCSP, CRL and caIssuers.
        now: aware; validity is reckoned from it.
        flaw: what shall be wrong with a signer's certificate.
    """
    starts, ends = _validity(purpose, flaw, now)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()),
            critical=False,
        )
        .add_extension(_basic_constraints(purpose), critical=True)
        .add_extension(_key_usage(purpose, flaw), critical=True)
    )
    if purpose is Purpose.TSA:
        # RFC 3161, 2.3: the only extended key usage, and critical.
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    if purpose is Purpose.OCSP:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        builder = builder.add_extension(usage, critical=False)
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    if issuer is not None:
        builder = _with_pointers(builder, purpose, base_url)
    return builder.sign(signing_key, hashes.SHA256())


def _validity(purpose: Purpose, flaw: Flaw, now: datetime) -> tuple[datetime, datetime]:
    if flaw is Flaw.EXPIRED:
        return now - 2 * _YEAR, now - timedelta(days=1)
    if flaw is Flaw.NOT_YET_VALID:
        return now + timedelta(days=30), now + 2 * _YEAR
    if purpose in {Purpose.ROOT, Purpose.ISSUING}:
        # Older than any expired certificate below them.
        return now - 3 * _YEAR, now + 20 * _YEAR
    return now - _LEEWAY, now + 5 * _YEAR


def _basic_constraints(purpose: Purpose) -> x509.BasicConstraints:
    if purpose is Purpose.ROOT:
        return x509.BasicConstraints(ca=True, path_length=None)
    if purpose is Purpose.ISSUING:
        return x509.BasicConstraints(ca=True, path_length=0)
    return x509.BasicConstraints(ca=False, path_length=None)


def _key_usage(purpose: Purpose, flaw: Flaw) -> x509.KeyUsage:
    authority = purpose in {Purpose.ROOT, Purpose.ISSUING}
    wrong = flaw is Flaw.WRONG_KEY_USAGE
    return x509.KeyUsage(
        digital_signature=not authority and not wrong,
        content_commitment=purpose is Purpose.SIGNER and not wrong,
        key_encipherment=wrong,
        data_encipherment=wrong,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _with_pointers(
    builder: x509.CertificateBuilder, purpose: Purpose, base_url: str
) -> x509.CertificateBuilder:
    above = "root" if purpose is Purpose.ISSUING else "issuing"
    access = [_access(Access.CA_ISSUERS, f"{base_url}/ca/{above}.cer")]
    if purpose in {Purpose.SIGNER, Purpose.TSA}:
        access.insert(0, _access(Access.OCSP, f"{base_url}/ocsp"))
    crl = x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(f"{base_url}/crl/{above}.crl")],
        relative_name=None,
        reasons=None,
        crl_issuer=None,
    )
    builder = builder.add_extension(x509.AuthorityInformationAccess(access), critical=False)
    return builder.add_extension(x509.CRLDistributionPoints([crl]), critical=False)


def _access(method: x509.ObjectIdentifier, url: str) -> x509.AccessDescription:
    return x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
