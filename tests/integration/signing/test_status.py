"""Facts about the status of a signer's certificate: by OCSP or a current list, within two seconds, or not known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.authority import authority_app, build_crl
from app.demo.people import LEADER
from app.demo.pki import DemoPki
from app.demo.serving import Served, claim_port, serve
from app.workers.services import ServicesProcess
from signing.status_check import check_status
from signing.trust import TrustAnchors

WITHIN_S = 2.0


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoPki]:
    """An authority that answers."""
    claimed = claim_port()
    url = f"http://127.0.0.1:{claimed.getsockname()[1]}"
    pki = DemoPki(tmp_path_factory.mktemp("online"), url)
    with serve(authority_app(pki), claimed=claimed):
        yield pki


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoPki]:
    """An authority at whose address nobody answers."""
    with claim_port() as claimed:
        url = f"http://127.0.0.1:{claimed.getsockname()[1]}"
        yield DemoPki(tmp_path_factory.mktemp("away"), url)


def issued(pki: DemoPki) -> x509.Certificate:
    return pki.issue_with_key(LEADER).certificate


def trust_of(pki: DemoPki, *, with_lists: bool = False) -> TrustAnchors:
    lists = tuple(build_crl(pki, item) for item in (pki.root, pki.issuing)) if with_lists else ()
    return TrustAnchors((der(pki.root.certificate),), (der(pki.issuing.certificate),), lists)


def test_a_certificate_that_its_authority_calls_good_is_good(online: DemoPki) -> None:
    status = check_status(der(issued(online)), (), trust_of(online), within_s=WITHIN_S)
    assert (status.revocation, status.trusted) == ("good", True)
    assert status.usable_until is not None
    assert status.usable_until > status.checked_at
    assert status.ocsps or status.crls
    assert der(online.root.certificate) not in status.certificates


def test_a_certificate_that_was_revoked_a_moment_ago_is_revoked(online: DemoPki) -> None:
    certificate = issued(online)
    stale = trust_of(online, with_lists=True)
    online.revoke(certificate.serial_number)
    status = check_status(der(certificate), (), stale, within_s=WITHIN_S)
    assert status.revocation == "revoked"


def test_without_an_answer_the_status_is_unknown_in_time(away: DemoPki) -> None:
    started = time.monotonic()
    status = check_status(der(issued(away)), (), trust_of(away), within_s=WITHIN_S)
    assert (status.revocation, status.trusted) == ("unknown", True)
    assert time.monotonic() - started < WITHIN_S + 1


@pytest.mark.parametrize(("is_revoked", "told"), [(False, "good"), (True, "revoked")])
def test_a_current_list_of_the_trust_store_tells_where_the_services_are_away(
    away: DemoPki, *, is_revoked: bool, told: str
) -> None:
    certificate = issued(away)
    if is_revoked:
        away.revoke(certificate.serial_number)
    trust = trust_of(away, with_lists=True)
    assert check_status(der(certificate), (), trust, within_s=WITHIN_S).revocation == told


def test_a_certificate_of_a_stranger_is_not_trusted(online: DemoPki, away: DemoPki) -> None:
    status = check_status(der(issued(online)), (), trust_of(away), within_s=WITHIN_S)
    assert (status.revocation, status.trusted) == ("unknown", False)


def test_an_issuer_on_the_token_helps_and_is_no_anchor(online: DemoPki) -> None:
    certificate, above = der(issued(online)), (der(online.issuing.certificate),)
    root_alone = TrustAnchors((der(online.root.certificate),))
    assert check_status(certificate, above, root_alone, within_s=WITHIN_S).trusted
    nobody = check_status(certificate, above, TrustAnchors(), within_s=WITHIN_S)
    assert (nobody.revocation, nobody.trusted) == ("unknown", False)


def test_an_answer_is_used_again_until_it_goes_out_of_date(
    tmp_path: Path,
) -> None:
    claimed = claim_port()
    pki = DemoPki(tmp_path / "pki", f"http://127.0.0.1:{claimed.getsockname()[1]}")
    certificate, served = der(issued(pki)), Served(authority_app(pki), claimed)
    services = ServicesProcess((pki.root_path,))
    try:
        first = services.status(certificate, (der(pki.issuing.certificate),))
        served.stop()
        assert first.revocation == "good"
        assert services.status(certificate, ()) == first
    finally:
        served.stop()
        services.close()
