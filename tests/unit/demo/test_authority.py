from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.x509 import ocsp

from app.demo.authority import answer_ocsp, build_crl
from app.demo.certificates import Flaw, Purpose, build_certificate, holder_name
from app.demo.people import LEADER
from app.demo.pki import DemoPki

DER = serialization.Encoding.DER


def _ask(
    pki: DemoPki,
    certificate: x509.Certificate,
    issuer: x509.Certificate | None = None,
    algorithm: hashes.HashAlgorithm | None = None,
    nonce: bytes | None = None,
) -> ocsp.OCSPResponse:
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        certificate, issuer or pki.issuing.certificate, algorithm or hashes.SHA256()
    )
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return ocsp.load_der_ocsp_response(answer_ocsp(pki, builder.build().public_bytes(DER)))


@pytest.mark.parametrize("algorithm", [hashes.SHA256(), hashes.SHA384()])
def test_ocsp_calls_a_fresh_certificate_good(pki: DemoPki, algorithm: hashes.HashAlgorithm) -> None:
    answer = _ask(pki, pki.issue_with_key(LEADER).certificate, algorithm=algorithm)
    assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD


def test_ocsp_calls_a_revoked_certificate_revoked_with_time_and_reason(pki: DemoPki) -> None:
    certificate = pki.issue_with_key(LEADER).certificate
    pki.revoke(certificate.serial_number, x509.ReasonFlags.superseded)
    found = pki.revocation(certificate.serial_number)
    answer = _ask(pki, certificate)
    assert found is not None
    assert answer.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert answer.revocation_time_utc == found.when
    assert answer.revocation_reason is x509.ReasonFlags.superseded


def test_ocsp_does_not_know_what_it_has_not_issued(pki: DemoPki) -> None:
    unheard_of = build_certificate(
        holder_name(LEADER),
        pki.tsa.key.public_key(),
        pki.issuing,
        pki.issuing.key,
        purpose=Purpose.SIGNER,
        base_url=pki.base_url,
        now=pki.clock(),
    )
    answer = _ask(pki, unheard_of)
    assert answer.certificate_status is ocsp.OCSPCertStatus.UNKNOWN


def test_ocsp_does_not_speak_for_another_issuer(pki: DemoPki) -> None:
    answer = _ask(pki, pki.issuing.certificate, issuer=pki.root.certificate)
    assert answer.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED


def test_ocsp_calls_garbage_malformed(pki: DemoPki) -> None:
    answer = ocsp.load_der_ocsp_response(answer_ocsp(pki, b"\x30\x00garbage"))
    assert answer.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST


def test_ocsp_returns_the_nonce(pki: DemoPki) -> None:
    answer = _ask(pki, pki.tsa.certificate, nonce=b"once only")
    assert answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"once only"


def test_ocsp_is_signed_by_the_delegated_responder(pki: DemoPki) -> None:
    answer = _ask(pki, pki.tsa.certificate)
    (responder,) = answer.certificates
    responder.verify_directly_issued_by(pki.issuing.certificate)
    pki.ocsp.key.public_key().verify(
        answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), hashes.SHA256()
    )
    assert responder == pki.ocsp.certificate


def test_the_crl_lists_a_revoked_certificate_and_no_other(pki: DemoPki) -> None:
    good = pki.issue_with_key(LEADER).certificate
    revoked = pki.issue_with_key(LEADER, Flaw.REVOKED).certificate
    crl = x509.load_der_x509_crl(build_crl(pki, pki.issuing))
    assert crl.is_signature_valid(pki.issuing.key.public_key())
    assert crl.get_revoked_certificate_by_serial_number(revoked.serial_number) is not None
    assert crl.get_revoked_certificate_by_serial_number(good.serial_number) is None


def test_the_roots_crl_lists_nothing(pki: DemoPki) -> None:
    pki.issue_with_key(LEADER, Flaw.REVOKED)
    crl = x509.load_der_x509_crl(build_crl(pki, pki.root))
    assert crl.is_signature_valid(pki.root.key.public_key())
    assert list(crl) == []
