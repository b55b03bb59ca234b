"""Asks for the status of a signer's certificate, by OCSP or a current CRL, with an end in sight."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509

from signing.pdf_objects import UNREADABLE
from signing.status import CertificateStatus
from signing.trust import ChainData, ChainJudge, Evidence, TrustAnchors, utc


def check_status(
    certificate: bytes, authorities: tuple[bytes, ...], trust: TrustAnchors, *, within_s: float
) -> CertificateStatus:
    """Say what is known of a certificate now.

    The services that it names are asked first; where they do not tell, a current list of the trust store does.

    Args:
        certificate: the signer's, DER.
        authorities: those above it that came along, DER; never anchors.
        trust: whom to believe, with lists that may be current.
        within_s: how long the network may take in all.
    """
    now = datetime.now(UTC)
    signer = x509.Certificate.load(certificate)
    status = CertificateStatus("unknown", trusted=False, checked_at=now)
    for online in (True, False):
        evidence = Evidence(certificates=list(authorities))
        judge = ChainJudge(
            trust, evidence, online=online, within_s=within_s, per_request_s=within_s
        )
        finding = asyncio.run(judge.judge(signer, now))
        data = judge.data_at_hand(signer)
        if finding.revocation == "good":
            data = asyncio.run(judge.data_for(signer, now)) or data
        status = _told(finding.revocation, data, now, trusted=finding.trusted)
        if finding.revocation != "unknown":
            break
    return status


def _told(revocation: str, data: ChainData, now: datetime, *, trusted: bool) -> CertificateStatus:
    return CertificateStatus(
        revocation,
        trusted,
        now,
        min(_ends(data), default=None),
        tuple(item.dump() for item in data.certificates),
        tuple(item.dump() for item in data.crls),
        tuple(item.dump() for item in data.ocsps),
    )


def _ends(data: ChainData) -> Iterator[datetime]:
    """Yield when each answer goes out of date."""
    values: list[Any] = [item["tbs_cert_list"]["next_update"].native for item in data.crls]
    for answer in data.ocsps:
        try:
            values += [single["next_update"].native for single in answer.response_data["responses"]]
        except UNREADABLE:
            continue
    yield from (utc(value) for value in values if value is not None)
