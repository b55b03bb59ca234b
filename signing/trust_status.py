"""The newest data that says whether a certificate was revoked, so that its age can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import ocsp

from signing.report import StatusData
from signing.trust_proofs import FAULTS

Found = tuple[bytes, StatusData]
"""A CRL or OCSP answer (DER), and what is told of it."""


def newest_status(
    certificate: Any, path: Any, lists: Iterable[Any], answers: Iterable[Any]
) -> Found | None:
    """Return the newest CRL or OCSP answer (DER) on a certificate that its issuer stands for.

    Args:
        certificate: whose status it is (asn1crypto).
        path: its path (pyHanko's).
        lists: CRLs at hand (asn1crypto).
        answers: OCSP answers at hand (asn1crypto).
    """
    found: list[Found] = []
    with suppress(LookupError, AttributeError, *FAULTS):
        issuer = x509.load_der_x509_certificate(
            path.find_issuing_authority(certificate).certificate.dump()
        )
        found += _of_lists(certificate, issuer, lists)
        found += _of_answers(certificate.serial_number, issuer, answers)
    return max(found, key=lambda one: one[1].issued, default=None)


def _of_lists(certificate: Any, issuer: x509.Certificate, lists: Iterable[Any]) -> Iterator[Found]:
    name = certificate.issuer.dump()
    for one in lists:
        with suppress(*FAULTS):
            if one.issuer.dump() != name:
                continue
            der = one.dump()
            read = x509.load_der_x509_crl(der)
            if read.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]  # raises for others
                yield der, StatusData("crl", read.last_update_utc, read.next_update_utc)


def _of_answers(serial: int, issuer: x509.Certificate, answers: Iterable[Any]) -> Iterator[Found]:
    for one in answers:
        with suppress(*FAULTS):
            der = one.dump()
            read = ocsp.load_der_ocsp_response(der)
            if not _stands_for(issuer, read):
                continue
            for single in read.responses:
                if single.serial_number == serial:
                    issued, until = single.this_update_utc, single.next_update_utc
                    yield der, StatusData("ocsp", issued, until)


def _stands_for(issuer: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    """Say whether an issuer signed an answer itself, or whom it made its responder (RFC 6960, 4.2.2.2)."""
    signers = [issuer]
    for one in answer.certificates:
        with suppress(*FAULTS):
            one.verify_directly_issued_by(issuer)
            signers.append(one)
    return any(_signed_by(signer, answer) for signer in signers)


def _signed_by(signer: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    key, digest = signer.public_key(), answer.signature_hash_algorithm
    if digest is None:
        return False
    with suppress(*FAULTS):
        signed = answer.tbs_response_bytes
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, signed, padding.PKCS1v15(), digest)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, signed, ec.ECDSA(digest))
            return True
    return False
