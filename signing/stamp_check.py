"""Holds a time stamp token against what was asked for, before it is put into a document that it could spoil."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from signing.trust import ChainJudge, Evidence, TrustAnchors


class BadStampError(Exception):
    """A token that is no good; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def check_stamp(
    token: cms.ContentInfo,
    message_digest: bytes,
    md_algorithm: str,
    room_bytes: int,
    trust: TrustAnchors | None,
) -> None:
    """Check a token's imprint, signature, size and, where there are anchors, its authority.

    Raises:
        BadStampError: `timestamp.wrong_imprint`, `timestamp.bad_signature`, `timestamp.too_large`,
            `timestamp.untrusted`.
        ValueError, TypeError, KeyError: it is no token.
    """
    _check_imprint(token, message_digest, md_algorithm)
    certificate = _check_signature(token)
    if len(token.dump()) > room_bytes:
        raise BadStampError("timestamp.too_large")
    if trust is not None and trust.anchors and not await _is_trusted(token, certificate, trust):
        raise BadStampError("timestamp.untrusted")


def _check_imprint(token: cms.ContentInfo, message_digest: bytes, md_algorithm: str) -> None:
    """Hold a time stamp against what was sent, which pyHanko does not (RFC 3161, 2.4.2)."""
    imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
    asked = (md_algorithm, message_digest)
    if (imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native) != asked:
        raise BadStampError("timestamp.wrong_imprint")


def _check_signature(token: cms.ContentInfo) -> Any:
    """Hold a time stamp's own signature against its certificate: a bad one would make the document invalid."""
    content = token["content"]
    (signer,) = content["signer_infos"]
    named = signer["sid"].chosen
    certificates = [
        item.chosen
        for item in content["certificates"]
        if item.chosen.issuer.dump() == named["issuer"].dump()
        and item.chosen.serial_number == named["serial_number"].native
    ]
    if not certificates:
        raise BadStampError("timestamp.bad_signature")
    digest = hashlib.new(
        signer["digest_algorithm"]["algorithm"].native,
        content["encap_content_info"]["content"].contents,
    ).digest()
    intact, valid = validate_sig_integrity(signer, certificates[0], "tst_info", digest)
    if not (intact and valid):
        raise BadStampError("timestamp.bad_signature")
    return certificates[0]


async def _is_trusted(token: cms.ContentInfo, certificate: Any, trust: TrustAnchors) -> bool:
    """Say whether a token's certificate is a time stamping authority's, reaches an anchor and is not revoked."""
    sent = [item.chosen.dump() for item in token["content"]["certificates"]]
    usage = certificate.extended_key_usage_value
    if usage is None or "time_stamping" not in usage.native:
        return False
    judge = ChainJudge(trust, Evidence(certificates=sent), online=False)
    finding = await judge.judge(certificate, datetime.now(UTC))
    return finding.trusted and finding.revocation != "revoked"
