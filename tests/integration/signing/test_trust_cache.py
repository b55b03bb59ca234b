"""Facts about what is kept of an online verification: it serves the next one, with the network cable out."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from app.demo.authority import authority_app, build_crl
from app.demo.people import LEADER
from app.demo.pki import DemoPki
from app.demo.serving import claim_port, serve
from signing.certificates import common_name, fingerprint
from signing.report import Anchor, SignatureReport
from signing.trust import TrustAnchors
from signing.trust_cache import keep_fetched
from signing.trust_places import CACHE, FETCHED
from signing.trust_proofs import Proofs
from signing.verification import verify_file
from tests.unit.signing.verification_world import Person, draft, sign


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoPki]:
    """An authority that answers."""
    claimed = claim_port()
    url = f"http://127.0.0.1:{claimed.getsockname()[1]}"
    pki = DemoPki(tmp_path_factory.mktemp("online"), url)
    with serve(authority_app(pki), claimed=claimed):
        yield pki


@pytest.fixture(scope="module")
def leaf_only(online: DemoPki, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter whose signature brings the signer's certificate and nothing above it, as in the field."""
    signer = online.issue_with_key(LEADER)
    path = tmp_path_factory.mktemp("leaf") / "letter.pdf"
    path.write_bytes(sign(draft(), "Leader", Person(signer.certificate, signer.key)))
    return path


def judged(path: Path, *places: Path, online: bool = False) -> SignatureReport:
    (report,) = verify_file(path, TrustAnchors.load(places), online=online).signatures
    return report


@pytest.fixture
def root(online: DemoPki, tmp_path: Path) -> Path:
    path = tmp_path / "root.cer"
    path.write_bytes(online.root.certificate.public_bytes(Encoding.DER))
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / CACHE


def test_a_leaf_alone_is_completed_from_the_store(
    online: DemoPki, leaf_only: Path, root: Path, tmp_path: Path
) -> None:
    assert judged(leaf_only, root).subindication == "NO_CERTIFICATE_CHAIN_FOUND"
    issuing = tmp_path / "issuing.cer"
    issuing.write_bytes(online.issuing.certificate.public_bytes(Encoding.DER))
    found = judged(leaf_only, root, issuing).authentication
    assert found.trusted
    assert found.anchor == Anchor(
        common_name(online.root.certificate.subject),
        fingerprint(online.root.certificate),
        str(root),
    )


def test_what_was_fetched_once_serves_without_a_network(
    leaf_only: Path, root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = judged(leaf_only, root, cache, online=True).authentication
    assert (first.revocation, first.status and first.status.origin) == ("good", "online")
    monkeypatch.setattr(socket.socket, "connect", _no_network)
    again = judged(leaf_only, root, cache).authentication
    assert (again.trusted, again.revocation) == (True, "good")
    assert again.status == replace(first.status, origin="store")  # type: ignore[type-var]  # not None


def test_offline_nothing_is_kept(leaf_only: Path, root: Path, cache: Path) -> None:
    judged(leaf_only, root, cache)
    assert not cache.exists()


def test_what_is_kept_is_never_an_anchor(online: DemoPki, leaf_only: Path, cache: Path) -> None:
    folder = cache / FETCHED
    folder.mkdir(parents=True)
    for name, it in (("a.cer", online.root), ("b.cer", online.issuing)):
        (folder / name).write_bytes(it.certificate.public_bytes(Encoding.DER))
    assert not judged(leaf_only, cache).authentication.trusted


def test_a_revocation_is_seen_online_though_an_older_answer_is_kept(
    online: DemoPki, root: Path, cache: Path, tmp_path: Path
) -> None:
    signer = online.issue_with_key(LEADER)
    path = tmp_path / "letter.pdf"
    path.write_bytes(sign(draft(), "Leader", Person(signer.certificate, signer.key)))
    assert judged(path, root, cache, online=True).authentication.revocation == "good"
    online.revoke(signer.certificate.serial_number)
    assert judged(path, root, cache, online=True).authentication.revocation == "revoked"
    assert judged(path, root, cache).authentication.revocation == "revoked"


def test_a_list_that_its_issuer_did_not_sign_is_not_kept(online: DemoPki, cache: Path) -> None:
    issuing = online.issuing.certificate.public_bytes(Encoding.DER)
    proofs = Proofs((online.root.certificate.public_bytes(Encoding.DER),), (issuing,))
    genuine = build_crl(online, online.issuing)
    forged = bytearray(genuine)
    forged[-1] ^= 1
    keep_fetched(cache, proofs, (), (bytes(forged),))
    assert not list(cache.rglob("*.crl"))
    keep_fetched(cache, proofs, (issuing,), (genuine,))
    assert sorted(it.suffix for it in cache.rglob("*.*")) == [".cer", ".crl"]


def _no_network(*_: object, **__: object) -> NoReturn:
    pytest.fail("the network was touched")
