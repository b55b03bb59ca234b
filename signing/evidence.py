"""Collects what a file brings along for its own validation: the DSS and the archived revocation data of signatures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyhanko.sign.general import find_cms_attribute_iter

from signing.pdf_objects import UNREADABLE, entry, is_dictionary, items
from signing.trust import Evidence

_MAX_ITEMS = 400


def collect_evidence(reader: Any, signatures: Iterable[Any]) -> Evidence:
    """Certificates, CRLs and OCSP answers of the file; what cannot be read is left out."""
    evidence = Evidence()
    try:
        store = entry(reader.root, "/DSS")
    except UNREADABLE:
        store = None
    if is_dictionary(store):
        evidence.certificates += _streams(store, "/Certs")
        evidence.crls += _streams(store, "/CRLs")
        evidence.ocsps += _streams(store, "/OCSPs")
    for signature in signatures:
        try:
            _add_archived(signature, evidence)
        except UNREADABLE:
            continue
    return evidence


def _streams(store: Any, key: str) -> list[bytes]:
    try:
        return [bytes(item.data) for item in items(entry(store, key))[:_MAX_ITEMS]]
    except UNREADABLE:
        return []


def _add_archived(signature: Any, evidence: Evidence) -> None:
    """The Adobe attribute of ISO 32000-1, 12.8.3.3.2."""
    attributes = signature.signer_info["signed_attrs"]
    for value in find_cms_attribute_iter(attributes, "adobe_revocation_info_archival"):
        if value["crl"]:
            evidence.crls += [item.dump() for item in value["crl"]]
        if value["ocsp"]:
            evidence.ocsps += [item.dump() for item in value["ocsp"]]
