"""Reads the certificates, CRLs and OCSP answers that are at hand; what cannot be read is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator.revinfo.archival import (
    CRLContainer,
    OCSPContainer,
    process_legacy_crl_input,
    process_legacy_ocsp_input,
)


def certificates(ders: Iterable[bytes]) -> Iterator[Any]:
    """Yield certificates (asn1crypto)."""
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            certificate = x509.Certificate.load(der, strict=True)
            certificate.subject.dump()
            yield certificate


def crls(ders: Iterable[bytes]) -> Iterator[CRLContainer]:
    """Yield CRLs."""
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            parsed = crl.CertificateList.load(der, strict=True)
            parsed.issuer.dump()
            yield from process_legacy_crl_input([parsed])


def ocsps(ders: Iterable[bytes]) -> Iterator[OCSPContainer]:
    """Yield OCSP answers."""
    for der in ders:
        with suppress(ValueError, TypeError, KeyError):
            yield from process_legacy_ocsp_input([ocsp.OCSPResponse.load(der, strict=True)])


def about(answer: Any) -> frozenset[int]:
    """Return the serial numbers that an OCSP answer speaks of."""
    try:
        return frozenset(
            single["cert_id"]["serial_number"].native
            for single in answer.response_data["responses"]
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return frozenset()
