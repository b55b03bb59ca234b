"""Who has signed what: authorities that reach an anchor, and the CRLs that such an authority has signed.

What proves itself so needs nobody's agreement; only anchors do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from asn1crypto import crl
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from signing.certificates import is_authority

FAULTS = (ValueError, TypeError, KeyError, InvalidSignature, UnsupportedAlgorithm)


class Proofs:
    """Authorities below some anchors, by their name."""

    def __init__(self, anchors: Iterable[bytes], intermediates: Iterable[bytes]) -> None:
        self._by_name: dict[bytes, list[x509.Certificate]] = {}
        self._ders: set[bytes] = set()
        for der in anchors:
            with suppress(*FAULTS):
                self._take(der, x509.load_der_x509_certificate(der))
        waiting = dict.fromkeys(intermediates)
        while True:
            before = len(self._ders)
            for der in tuple(waiting):
                if self._is_issued(der):
                    del waiting[der]
            if len(self._ders) == before:
                break

    def reach(self, der: bytes) -> bool:
        """Say whether a certificate is one of theirs: an anchor's, or issued below one."""
        return der in self._ders

    def have_signed(self, der: bytes) -> bool:
        """Say whether a CRL's signature is that of its issuer, who reaches an anchor."""
        with suppress(*FAULTS):
            revoked = x509.load_der_x509_crl(der)
            for issuer in self._by_name.get(revoked.issuer.public_bytes(), ()):
                if revoked.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]  # raises for others
                    return True
        return False

    def _take(self, der: bytes, certificate: x509.Certificate) -> None:
        self._ders.add(der)
        self._by_name.setdefault(certificate.subject.public_bytes(), []).append(certificate)

    def _is_issued(self, der: bytes) -> bool:
        with suppress(*FAULTS):
            certificate = x509.load_der_x509_certificate(der)
            if not is_authority(certificate):
                return False
            for issuer in self._by_name.get(certificate.issuer.public_bytes(), ()):
                with suppress(*FAULTS):
                    certificate.verify_directly_issued_by(issuer)
                    self._take(der, certificate)
                    return True
        return False


def list_key(der: bytes) -> str | None:
    """Return what a CRL shares with a newer one that takes its place: issuer and scope. None for a delta CRL."""
    with suppress(ValueError, TypeError, KeyError):
        revoked = crl.CertificateList.load(der, strict=True)
        if revoked.delta_crl_indicator_value is not None:
            return None
        scope = revoked.issuing_distribution_point_value
        parts = (revoked.issuer.dump(), scope.dump() if scope is not None else b"")
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
    return None
