from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.demo.pki import DemoPki
from app.demo.timestamping import TsaFault, stamper_for

NOW = datetime(2026, 11, 22, 2, 15, 6, 700000, tzinfo=UTC)


def _request(algorithm: str = "sha256", *, cert_req: bool = True, **extra: object) -> bytes:
    digest = hashlib.new(algorithm, b"a signature").digest()
    request = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": algorithm},
                "hashed_message": digest,
            },
            "nonce": 4711,
            "cert_req": cert_req,
            **extra,
        }
    )
    der: bytes = request.dump()
    return der


def _signed_data(pki: DemoPki, body: bytes, fault: TsaFault = TsaFault.NONE) -> cms.SignedData:
    response = tsp.TimeStampResp.load(stamper_for(pki, fault).answer(body, NOW))
    assert response["status"]["status"].native == "granted"
    return response["time_stamp_token"]["content"]


def _info(pki: DemoPki, body: bytes, fault: TsaFault = TsaFault.NONE) -> tsp.TSTInfo:
    return _signed_data(pki, body, fault)["encap_content_info"]["content"].parsed


def _failure(pki: DemoPki, body: bytes, fault: TsaFault = TsaFault.NONE) -> set[str]:
    response = core.Sequence.load(stamper_for(pki, fault).answer(body, NOW))
    status = tsp.PKIStatusInfo.load(response.contents)
    assert status["status"].native == "rejection"
    failure: set[str] = status["fail_info"].native
    return failure


def _signature_holds(signed: cms.SignedData, key: rsa.RSAPublicKey) -> bool:
    signer = signed["signer_infos"][0]
    signed_bytes: bytes = signer["signed_attrs"].untag().dump()
    signature: bytes = signer["signature"].native
    key.verify(signature, signed_bytes, padding.PKCS1v15(), hashes.SHA256())
    return True


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_a_stamp_holds_the_digest_that_was_sent(pki: DemoPki, algorithm: str) -> None:
    imprint = _info(pki, _request(algorithm))["message_imprint"]
    assert imprint["hash_algorithm"]["algorithm"].native == algorithm
    assert imprint["hashed_message"].native == hashlib.new(algorithm, b"a signature").digest()


def test_a_stamp_returns_the_nonce(pki: DemoPki) -> None:
    assert _info(pki, _request())["nonce"].native == 4711


def test_a_stamp_tells_the_authoritys_time_in_whole_seconds(pki: DemoPki) -> None:
    assert _info(pki, _request())["gen_time"].native == NOW.replace(microsecond=0)


def test_a_stamp_is_signed_over_its_content(pki: DemoPki) -> None:
    signed = _signed_data(pki, _request())
    attributes = {
        one["type"].native: one["values"][0] for one in signed["signer_infos"][0]["signed_attrs"]
    }
    content = signed["encap_content_info"]["content"].contents
    assert attributes["message_digest"].native == hashlib.sha256(content).digest()
    assert _signature_holds(signed, pki.tsa.key.public_key())


def test_a_stamp_names_its_certificate_by_sha256(pki: DemoPki) -> None:
    attributes = _signed_data(pki, _request())["signer_infos"][0]["signed_attrs"]
    (named,) = [one for one in attributes if one["type"].native == "signing_certificate_v2"]
    digest = named["values"][0]["certs"][0]["cert_hash"].native
    assert digest == pki.tsa.certificate.fingerprint(hashes.SHA256())


def test_a_stamp_brings_its_chain_when_asked(pki: DemoPki) -> None:
    sent = {
        x509.load_der_x509_certificate(one.dump())
        for one in _signed_data(pki, _request())["certificates"]
    }
    assert sent == {pki.tsa.certificate, pki.issuing.certificate}


def test_a_stamp_brings_no_certificates_unasked(pki: DemoPki) -> None:
    assert not _signed_data(pki, _request(cert_req=False))["certificates"]


def test_sha1_is_refused(pki: DemoPki) -> None:
    assert _failure(pki, _request("sha1")) == {"bad_alg"}


def test_another_policy_is_refused(pki: DemoPki) -> None:
    assert _failure(pki, _request(req_policy="1.2.3.4")) == {"unaccepted_policy"}


def test_garbage_is_refused(pki: DemoPki) -> None:
    assert _failure(pki, b"garbage") == {"bad_data_format"}


def test_a_refusing_authority_rejects_a_good_request(pki: DemoPki) -> None:
    assert _failure(pki, _request(), TsaFault.REFUSES) == {"system_failure"}


def test_a_wrong_nonce_comes_back_on_request(pki: DemoPki) -> None:
    assert _info(pki, _request(), TsaFault.WRONG_NONCE)["nonce"].native != 4711


def test_a_stamp_for_another_document_comes_back_on_request(pki: DemoPki) -> None:
    imprint = _info(pki, _request(), TsaFault.WRONG_IMPRINT)["message_imprint"]
    assert imprint["hashed_message"].native != hashlib.sha256(b"a signature").digest()


def test_an_untrusted_stamp_is_well_signed_by_a_stranger(pki: DemoPki) -> None:
    signed = _signed_data(pki, _request(), TsaFault.UNTRUSTED)
    (only,) = signed["certificates"]
    stranger = x509.load_der_x509_certificate(only.dump())
    key = stranger.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert _signature_holds(signed, key)
    assert stranger.issuer != pki.issuing.certificate.subject
