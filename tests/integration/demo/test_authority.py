from __future__ import annotations

import asyncio
import base64
import hashlib
import subprocess
import threading
import urllib.parse
from pathlib import Path

import pytest
import requests
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from pyhanko.sign.timestamps import HTTPTimeStamper

from app.demo.authority import Authority, authority_app, start_authority
from app.demo.people import LEADER
from app.demo.serving import claim_port, serve
from app.demo.timestamping import TsaFault

DER = serialization.Encoding.DER
PEM = serialization.Encoding.PEM
TIMEOUT_S = 20


def _openssl(*arguments: str | Path) -> str:
    command = ["openssl", *(str(one) for one in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def _issuing_file(authority: Authority, folder: Path) -> Path:
    path = folder / "issuing.pem"
    path.write_bytes(authority.pki.issuing.certificate.public_bytes(PEM))
    return path


def _ocsp_request(authority: Authority, certificate: x509.Certificate) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        certificate, authority.pki.issuing.certificate, hashes.SHA256()
    )
    return builder.build().public_bytes(DER)


@pytest.mark.parametrize("state", ["good", "revoked"])
def test_openssl_hears_the_same_from_ocsp(authority: Authority, tmp_path: Path, state: str) -> None:
    certificate = authority.pki.issue_with_key(LEADER).certificate
    if state == "revoked":
        authority.pki.revoke(certificate.serial_number)
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(certificate.public_bytes(PEM))
    issuing = _issuing_file(authority, tmp_path)
    trust = ("-CAfile", authority.pki.root_path, "-verify_other", issuing)
    url = f"{authority.served.url}/ocsp"
    said = _openssl("ocsp", "-issuer", issuing, "-cert", leaf, "-url", url, *trust)
    assert "Response verify OK" in said
    assert f"{leaf}: {state}" in said


def test_ocsp_answers_get_as_well(authority: Authority) -> None:
    request = _ocsp_request(authority, authority.pki.tsa.certificate)
    encoded = urllib.parse.quote(base64.b64encode(request).decode(), safe="")
    answer = requests.get(f"{authority.served.url}/ocsp/{encoded}", timeout=TIMEOUT_S)
    assert answer.headers["content-type"] == "application/ocsp-response"
    status = ocsp.load_der_ocsp_response(answer.content).certificate_status
    assert status is ocsp.OCSPCertStatus.GOOD


def test_the_pointers_in_a_certificate_lead_to_crl_and_issuer(authority: Authority) -> None:
    certificate = authority.pki.issue_with_key(LEADER).certificate
    (point,) = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert point.full_name is not None
    crl = requests.get(point.full_name[0].value, timeout=TIMEOUT_S)
    issuer = requests.get(access[-1].access_location.value, timeout=TIMEOUT_S)
    key = authority.pki.issuing.key.public_key()
    assert x509.load_der_x509_crl(crl.content).is_signature_valid(key)
    assert x509.load_der_x509_certificate(issuer.content) == authority.pki.issuing.certificate


def test_openssl_builds_the_path_and_refuses_it_after_a_revocation(
    authority: Authority, tmp_path: Path
) -> None:
    certificate = authority.pki.issue_with_key(LEADER).certificate
    leaf = tmp_path / "leaf.pem"
    leaf.write_bytes(certificate.public_bytes(PEM))
    trust = ("-CAfile", authority.pki.root_path, "-untrusted", _issuing_file(authority, tmp_path))
    assert "OK" in _openssl("verify", "-crl_check", "-crl_download", *trust, leaf)
    authority.pki.revoke(certificate.serial_number)
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        _openssl("verify", "-crl_check", "-crl_download", *trust, leaf)
    assert "certificate revoked" in refusal.value.stderr


@pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
def test_openssl_accepts_a_time_stamp(authority: Authority, tmp_path: Path, algorithm: str) -> None:
    data = tmp_path / "data"
    data.write_bytes(b"a signature value")
    query, reply = tmp_path / "query.tsq", tmp_path / "reply.tsr"
    _openssl("ts", "-query", "-data", data, f"-{algorithm}", "-cert", "-out", query)
    answer = requests.post(
        authority.pki.tsa_url,
        data=query.read_bytes(),
        headers={"Content-Type": "application/timestamp-query"},
        timeout=TIMEOUT_S,
    )
    reply.write_bytes(answer.content)
    trust = ("-CAfile", authority.pki.root_path, "-untrusted", _issuing_file(authority, tmp_path))
    said = _openssl("ts", "-verify", "-queryfile", query, "-in", reply, *trust)
    assert answer.headers["content-type"] == "application/timestamp-reply"
    assert "Verification: OK" in said


def _stamp(url: str) -> tsp.TimeStampReq:
    digest = hashlib.sha256(b"a signature value").digest()
    stamper = HTTPTimeStamper(url, timeout=TIMEOUT_S)
    return asyncio.run(stamper.async_timestamp(digest, "sha256"))


def test_pyhanko_accepts_a_time_stamp(authority: Authority) -> None:
    token = _stamp(authority.pki.tsa_url)
    info = token["content"]["encap_content_info"]["content"].parsed
    expected = hashlib.sha256(b"a signature value").digest()
    assert info["message_imprint"]["hashed_message"].native == expected


@pytest.mark.parametrize(
    ("fault", "complaint"),
    [
        (TsaFault.WRONG_NONCE, "nonce mismatch"),
        (TsaFault.WRONG_IMPRINT, "message imprint mismatch"),
        (TsaFault.UNTRUSTED, "self-signed certificate"),
    ],
)
def test_openssl_refuses_a_faulty_time_stamp(
    authority: Authority, tmp_path: Path, fault: TsaFault, complaint: str
) -> None:
    data, query, reply = tmp_path / "data", tmp_path / "query.tsq", tmp_path / "reply.tsr"
    data.write_bytes(b"a signature value")
    _openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", query)
    with serve(authority_app(authority.pki, fault)) as faulty:
        answer = requests.post(f"{faulty.url}/tsa", data=query.read_bytes(), timeout=TIMEOUT_S)
    reply.write_bytes(answer.content)
    trust = ("-CAfile", authority.pki.root_path, "-untrusted", _issuing_file(authority, tmp_path))
    with pytest.raises(subprocess.CalledProcessError) as refusal:
        _openssl("ts", "-verify", "-queryfile", query, "-in", reply, *trust)
    assert complaint in refusal.value.stderr


def test_a_refusal_names_its_reason(authority: Authority, tmp_path: Path) -> None:
    data, query, reply = tmp_path / "data", tmp_path / "query.tsq", tmp_path / "reply.tsr"
    data.write_bytes(b"a signature value")
    _openssl("ts", "-query", "-data", data, "-sha256", "-out", query)
    with serve(authority_app(authority.pki, TsaFault.REFUSES)) as faulty:
        answer = requests.post(f"{faulty.url}/tsa", data=query.read_bytes(), timeout=TIMEOUT_S)
    reply.write_bytes(answer.content)
    said = _openssl("ts", "-reply", "-in", reply, "-text")
    assert "Status: Rejected" in said
    assert "the request cannot be handled due to system failure" in said


def test_an_unavailable_tsa_answers_503(authority: Authority) -> None:
    with serve(authority_app(authority.pki, TsaFault.UNAVAILABLE)) as faulty:
        answer = requests.post(f"{faulty.url}/tsa", data=b"", timeout=TIMEOUT_S)
    assert answer.status_code == 503


def test_a_slow_tsa_outlasts_the_callers_patience_and_stops_with_the_office(
    authority: Authority,
) -> None:
    slow = serve(authority_app(authority.pki, TsaFault.SLOW, tsa_delay_s=600))
    with pytest.raises(requests.ReadTimeout):
        requests.post(f"{slow.url}/tsa", data=b"", timeout=0.2)
    slow.stop()
    assert slow.port not in {_port(one) for one in threading.enumerate()}


def test_a_resumed_office_answers_on_the_same_port(tmp_path: Path) -> None:
    with start_authority(tmp_path) as first:
        serial = first.pki.tsa.certificate.serial_number
    with start_authority(tmp_path) as second:
        assert second.served.port == first.served.port
        assert second.pki.tsa.certificate.serial_number == serial


def test_a_resumed_office_moves_when_its_port_is_taken(tmp_path: Path) -> None:
    with start_authority(tmp_path) as first:
        pass
    with claim_port(first.served.port) as squatter:
        squatter.listen()
        with start_authority(tmp_path) as second:
            assert second.served.port != first.served.port
            assert second.pki.tsa_url == f"{second.served.url}/tsa"


def _port(thread: threading.Thread) -> int | None:
    return int(thread.name.removeprefix("demo-http-")) if "demo-http-" in thread.name else None
