"""Builds one signature's report: the verdict of each section, and the whole as the worst of what counts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signing.changes import ChangesAfter
from signing.cms import CmsFinding, names_its_certificate
from signing.embedded import CoverageFinding, Found
from signing.levels import LevelReader
from signing.pdf_objects import UNREADABLE
from signing.profile import VerificationProfile
from signing.report import Authentication, SignatureInfo, SignatureReport, TimestampInfo
from signing.terms import Coverage, Indication, SignatureKind, Verdict
from signing.trust import ChainFinding, utc

_CHAIN_REASONS = {
    "NO_CERTIFICATE_CHAIN_FOUND": "verify.untrusted",
    "CRYPTO_CONSTRAINTS_FAILURE": "verify.forbidden_algorithm",
    "CHAIN_CONSTRAINTS_FAILURE": "verify.wrong_key_usage",
    "OUT_OF_BOUNDS_NO_POE": "verify.expired",
}


_INDICATIONS = {
    Verdict.VALID: Indication.TOTAL_PASSED,
    Verdict.INVALID: Indication.TOTAL_FAILED,
    Verdict.UNDETERMINED: Indication.INDETERMINATE,
}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A trusted or untrusted time for a signature."""

    verdict: Verdict
    time: datetime | None
    authority: str | None
    reason: str | None = None
    uses_sha1: bool = False
    certificate: Any | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """What was found out about one signature."""

    cms: CmsFinding
    covered: CoverageFinding
    after: ChangesAfter
    chain: ChainFinding | None
    stamp: Stamp
    certificate: Any | None


@dataclass(frozen=True, slots=True)
class _Whole:
    verdict: Verdict
    subindication: str | None
    reason: str | None


def read_report(
    found: Found, parts: Parts, levels: LevelReader, profile: VerificationProfile
) -> SignatureReport:
    """The report of a signature whose kind could be checked."""
    cms, covered, after = parts.cms, parts.covered, parts.after
    chain, stamp, certificate = parts.chain, parts.stamp, parts.certificate
    whole = _decide(parts, profile)
    signature = found.signature
    trusted = chain is not None and chain.trusted and chain.revocation != "revoked"
    revocation = chain.revocation if chain else "unknown"
    info, authenticated = _section_verdicts(parts)
    level = None
    if whole.verdict is not Verdict.INVALID and found.kind is not SignatureKind.DOCUMENT_TIMESTAMP:
        level = levels.level_of(
            signature,
            certificate,
            baseline=found.subfilter == "ETSI.CAdES.detached"
            or names_its_certificate(signature.signer_info if signature else None),
            stamped=stamp.time is not None and stamp.verdict is not Verdict.INVALID,
            stamp_certificate=stamp.certificate,
        )
    return SignatureReport(
        field=found.field,
        kind=found.kind,
        signer=name_of(certificate, "common_name"),
        organization=name_of(certificate, "organization_name"),
        uid=name_of(certificate, "user_id"),
        valid_from=_validity(certificate, "not_before"),
        valid_until=_validity(certificate, "not_after"),
        issuer=_issuer(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest() if certificate else None,
        verdict=whole.verdict,
        indication=_INDICATIONS[whole.verdict],
        subindication=whole.subindication,
        signature_info=SignatureInfo(
            verdict=info,
            algorithm=_algorithm(signature),
            digest=_digest(signature),
            subfilter=found.subfilter,
            level=level,
            claimed_time=_claimed_time(signature),
        ),
        authentication=Authentication(
            verdict=authenticated,
            integrity=cms.integrity,
            coverage=covered.coverage,
            trusted=trusted,
            revocation=revocation,
            changes_after=after.changes,
            anchor=chain.anchor if chain else None,
            status=chain.status if chain else None,
        ),
        timestamp=TimestampInfo(stamp.verdict, stamp.time, stamp.authority),
        warnings=_warnings(parts),
        reason=whole.reason,
    )


def _decide(parts: Parts, profile: VerificationProfile) -> _Whole:
    """The worst of the parts, the most telling reason first."""
    cms, chain, after, stamp = parts.cms, parts.chain, parts.after, parts.stamp
    forbidden_sha1 = profile.forbid_sha1 and (cms.uses_sha1 or stamp.uses_sha1)
    forbidden_cosignature = (
        after.signed_after_certification and not profile.allow_signing_after_certification
    )
    invalid, undetermined = Verdict.INVALID, Verdict.UNDETERMINED
    decisions = (
        (
            parts.covered.rewritten and cms.integrity == "broken",
            invalid,
            "FORMAT_FAILURE",
            "verify.saved_anew",
        ),
        (cms.integrity == "broken", invalid, cms.subindication, cms.reason),
        (
            chain is not None and chain.revocation == "revoked",
            invalid,
            "REVOKED",
            "verify.revoked",
        ),
        # EN 319 102-1 knows no name for it; the European reference implementation says FORMAT_FAILURE too.
        (not after.allowed, invalid, "FORMAT_FAILURE", "verify.changed_after_signing"),
        (forbidden_cosignature, invalid, "FORMAT_FAILURE", "verify.signed_after_certification"),
        (stamp.verdict is invalid, invalid, "FORMAT_FAILURE", stamp.reason),
        (cms.integrity is None, undetermined, cms.subindication, cms.reason),
        (
            forbidden_sha1,
            undetermined,
            "CRYPTO_CONSTRAINTS_FAILURE",
            "verify.forbidden_algorithm",
        ),
        (
            chain is None,
            undetermined,
            "NO_SIGNING_CERTIFICATE_FOUND",
            "verify.signature_not_checkable",
        ),
        (
            chain is not None and chain.subindication is not None,
            undetermined,
            chain.subindication if chain else None,
            _CHAIN_REASONS.get((chain and chain.subindication) or "", "verify.chain_broken"),
        ),
        (
            profile.require_timestamp and stamp.verdict is not Verdict.VALID,
            undetermined,
            "NO_POE",
            stamp.reason,
        ),
        (
            profile.require_revocation and chain is not None and chain.revocation != "good",
            undetermined,
            "TRY_LATER",
            "verify.revocation_unknown",
        ),
    )
    for applies, verdict, subindication, reason in decisions:
        if applies:
            return _Whole(verdict, subindication, reason)
    return _Whole(Verdict.VALID, None, None)


def _section_verdicts(parts: Parts) -> tuple[Verdict, Verdict]:
    cms, covered, after, chain = parts.cms, parts.covered, parts.after, parts.chain
    info = Verdict.VALID if cms.integrity is not None else Verdict.UNDETERMINED
    if cms.subindication == "FORMAT_FAILURE":
        info = Verdict.INVALID
    revoked = chain is not None and chain.revocation == "revoked"
    if cms.integrity == "broken" or covered.fault or not after.allowed or revoked:
        return info, Verdict.INVALID
    sound = (
        cms.integrity == "intact"
        and chain is not None
        and chain.subindication is None
        and chain.revocation == "good"
    )
    return info, Verdict.VALID if sound else Verdict.UNDETERMINED


def _warnings(parts: Parts) -> tuple[str, ...]:
    cms, after, chain, stamp = parts.cms, parts.after, parts.chain, parts.stamp
    said = (
        (cms.uses_sha1, "verify.sha1"),
        (stamp.uses_sha1, "verify.timestamp_sha1"),
        (after.signed_after_certification, "verify.signed_after_certification"),
        (stamp.verdict is Verdict.UNDETERMINED, stamp.reason),
        (chain is not None and chain.revocation == "unknown", "verify.revocation_unknown"),
    )
    return tuple(code for applies, code in said if applies and code)


def unread_report(found: Found, after: ChangesAfter | None, coverage: Coverage) -> SignatureReport:
    """A signature that cannot be checked: undetermined, or invalid where it is none at all."""
    malformed = found.problem == "verify.signature_malformed"
    tampered = after is not None and not after.allowed
    verdict = Verdict.INVALID if malformed or tampered else Verdict.UNDETERMINED
    reason = "verify.changed_after_signing" if tampered and not malformed else found.problem
    return SignatureReport(
        field=found.field,
        kind=found.kind,
        signer=None,
        organization=None,
        issuer=None,
        certificate_sha256=None,
        verdict=verdict,
        indication=_INDICATIONS[verdict],
        subindication="FORMAT_FAILURE" if verdict is Verdict.INVALID else "GENERIC",
        signature_info=SignatureInfo(
            verdict=Verdict.INVALID if malformed else Verdict.UNDETERMINED,
            algorithm=None,
            digest=None,
            subfilter=found.subfilter,
            level=None,
            claimed_time=None,
        ),
        authentication=Authentication(
            verdict=verdict,
            integrity="broken" if malformed else None,
            coverage=coverage,
            trusted=False,
            revocation="unknown",
            changes_after=after.changes if after else (),
        ),
        timestamp=TimestampInfo(Verdict.UNDETERMINED, None, None),
        reason=reason,
    )


def name_of(certificate: Any, part: str) -> str | None:
    """A part of the certificate's subject, such as "common_name"."""
    return _part_of(certificate.subject, part) if certificate is not None else None


def _issuer(certificate: Any) -> str | None:
    if certificate is None:
        return None
    return _part_of(certificate.issuer, "common_name") or _part_of(
        certificate.issuer, "organization_name"
    )


def _validity(certificate: Any, part: str) -> datetime | None:
    try:
        return utc(certificate["tbs_certificate"]["validity"][part].native)
    except UNREADABLE:
        return None


def _part_of(name: Any, part: str) -> str | None:
    try:
        value = name.native.get(part)
    except UNREADABLE:
        return None
    value = value[0] if isinstance(value, list) and value else value
    return str(value) if value else None


def _algorithm(signature: Any) -> str | None:
    try:
        algorithm = signature.signer_info["signature_algorithm"]
        return str(algorithm.signature_algo)
    except UNREADABLE:
        return None


def _digest(signature: Any) -> str | None:
    return str(signature.md_algorithm) if signature is not None else None


def _claimed_time(signature: Any) -> datetime | None:
    try:
        claimed = signature.self_reported_timestamp
        return utc(claimed) if claimed is not None else None
    except UNREADABLE:
        return None
