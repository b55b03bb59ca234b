"""Checks what a key answered with: a raw signature is given out only once it is its certificate's."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from signing import certificates as certs
from signing.errors import SigningError

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


def verify_raw(
    certificate: x509.Certificate,
    raw: bytes,
    data: bytes,
    digest: str,
    *,
    pss_salt_bytes: int | None = None,
) -> None:
    """Check a raw signature against a certificate's public key; RSASSA-PSS where a salt is given.

    Raises:
        SigningError: `token.bad_signature`.
    """
    key = certificate.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            scheme: padding.AsymmetricPadding = padding.PKCS1v15()
            if pss_salt_bytes is not None:
                scheme = padding.PSS(padding.MGF1(HASHES[digest]), pss_salt_bytes)
            key.verify(raw, data, scheme, HASHES[digest])
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(raw, data, ec.ECDSA(HASHES[digest]))
        else:
            raise SigningError(
                "certificate.weak_key", subject=certs.common_name(certificate.subject)
            )
    except InvalidSignature as error:
        raise SigningError(
            "token.bad_signature", subject=certs.common_name(certificate.subject)
        ) from error
