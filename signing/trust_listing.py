"""Describes what a trust store holds, and what a file offers to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from asn1crypto import crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from signing.certificates import common_name, fingerprint, is_authority
from signing.errors import SigningError
from signing.trust import TrustAnchors, utc
from signing.trust_profiles import compare
from signing.trust_proofs import FAULTS, Proofs, list_key
from signing.trust_records import (
    Authority,
    Bundle,
    OfferedAuthority,
    OfferedList,
    RevocationList,
    StoreContents,
)
from signing.trust_unpacking import MOST_BYTES, unpack_file


def list_store(places: Iterable[Path]) -> StoreContents:
    """Describe what lies in a trust store's files and folders.

    Raises:
        SigningError: as `TrustAnchors.load`.
    """
    found = TrustAnchors.load(places)
    proofs = Proofs(found.anchors, found.intermediates)
    authorities = zip(
        (*found.anchors, *found.intermediates),
        (*found.anchor_files, *found.intermediate_files),
        strict=True,
    )
    lists = zip(found.crls, found.crl_files, strict=True)
    return StoreContents(
        tuple(_described(der, file) for der, file in authorities),
        tuple(one for der, file in lists for one in _list(der, proofs, file)),
    )


def read_bundle(path: Path, places: Iterable[Path]) -> Bundle:
    """Read what a file offers to the trust store at `places`: authorities, roots first, and CRLs.

    Raises:
        SigningError: `trust.not_readable`, `trust.too_large`; `trust.not_an_authority`: it holds other certificates
            alone (RFC 5280, 4.2.1.9), or roots that are not signed by themselves.
    """
    data = _read(path)
    items, passed_over = unpack_file(data, path.name)
    certificates = [der for kind, der in items if kind == "certificate"]
    taken = [one for der in certificates for one in _offered(der)]
    known = TrustAnchors.load(places)
    proofs = Proofs(known.anchors, (*known.intermediates, *(one.der for one in taken)))
    lists = [
        OfferedList(one, der)
        for kind, der in items
        if kind == "list"
        for one in _list(der, proofs, "")
    ]
    if not items:
        raise SigningError("trust.not_readable", file=path.name)
    if not taken and not lists:
        raise SigningError(
            "trust.not_an_authority" if certificates else "trust.not_readable", file=path.name
        )
    passed_over += len(items) - len(taken) - len(lists)
    taken.sort(key=lambda one: not one.authority.is_root)
    return Bundle(tuple(taken), tuple(lists), passed_over)


def prove_lists(lists: tuple[bytes, ...], places: Iterable[Path]) -> tuple[OfferedList, ...]:
    """Describe CRLs (DER) as the trust store at `places` sees them now. Errors as `TrustAnchors.load`."""
    known = TrustAnchors.load(places)
    proofs = Proofs(known.anchors, known.intermediates)
    return tuple(OfferedList(one, der) for der in lists for one in _list(der, proofs, ""))


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise SigningError("trust.not_readable", file=path.name)
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise SigningError("trust.not_readable", file=path.name) from error


def _offered(der: bytes) -> Iterator[OfferedAuthority]:
    with suppress(*FAULTS):
        certificate = x509.load_der_x509_certificate(der)
        if is_authority(certificate) and _stands_alone(certificate):
            yield OfferedAuthority(_described(der), certificate.public_bytes(Encoding.DER))


def _described(der: bytes, file: str = "") -> Authority:
    certificate = x509.load_der_x509_certificate(der)
    sha256 = fingerprint(certificate)
    return Authority(
        sha256,
        certificate.fingerprint(hashes.SHA1()).hex(),  # noqa: S303 - to compare with published ones
        common_name(certificate.subject),
        certificate.subject.rfc4514_string(),
        certificate.issuer.rfc4514_string(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.subject == certificate.issuer,
        compare(sha256, (str(part.value) for part in certificate.subject)),
        file,
    )


def _list(der: bytes, proofs: Proofs, file: str) -> Iterator[RevocationList]:
    key = list_key(der)
    if key is None:
        return
    with suppress(*FAULTS):
        revoked = crl.CertificateList.load(der, strict=True)
        told: Any = revoked["tbs_cert_list"]
        name, until = revoked.issuer.native, told["next_update"].native
        yield RevocationList(
            hashlib.sha256(der).hexdigest(),
            key,
            str(name.get("common_name") or revoked.issuer.human_friendly),
            utc(told["this_update"].native),
            None if until is None else utc(until),
            proofs.have_signed(der),
            file,
        )


def _stands_alone(certificate: x509.Certificate) -> bool:
    """Say whether a root's signature is its own; whoever issued the others is judged with each signature."""
    if certificate.subject != certificate.issuer:
        return True
    try:
        certificate.verify_directly_issued_by(certificate)
    except FAULTS:
        return False
    return True
