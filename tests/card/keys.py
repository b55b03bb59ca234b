"""The key pairs of a card with their certificates, and the bare private-key operation that a card does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.people import Holder
from app.demo.pki import DemoPki

CardKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class KeyPair:
    """One key of a card. `algorithm` is PIV's number of it (SP 800-78-4, table 6-2)."""

    key: CardKey
    certificate: x509.Certificate
    algorithm: int

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def sha256(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def raise_to_private(self, data: bytes) -> bytes:
        """Do what a card does: a bare RSA operation on a padded block, or ECDSA over a hash."""
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(data, ec.ECDSA(Prehashed(hashes.SHA256())))
        numbers = self.key.private_numbers()
        block, p, q = int.from_bytes(data, "big"), numbers.p, numbers.q
        by_p, by_q = pow(block, numbers.dmp1, p), pow(block, numbers.dmq1, q)
        made = by_q + q * ((by_p - by_q) * numbers.iqmp % p)
        return made.to_bytes(len(data), "big")


def rsa_pair(pki: DemoPki, holder: Holder) -> KeyPair:
    """Make an RSA 2048 key with a certificate of the demo authority."""
    made = pki.issue_with_key(holder)
    return KeyPair(made.key, made.certificate, 0x07)


def p256_pair(pki: DemoPki, holder: Holder) -> KeyPair:
    """Make a key on P-256 with a certificate of the demo authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    return KeyPair(key, pki.issue(holder, key.public_key()), 0x11)
