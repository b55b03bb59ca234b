"""Judges one signature: three sections, then the whole (verification.md; ETSI EN 319 102-1, clause 5.1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.errors import InvalidCertificateError

from signing.changes import ChangeReader, ChangesAfter
from signing.cms import (
    CmsFinding,
    TokenFinding,
    check_cms,
    check_token,
    signature_tokens,
)
from signing.embedded import CoverageFinding, CoverageReader, Found
from signing.levels import LevelReader
from signing.pdf_objects import UNREADABLE
from signing.profile import VerificationProfile
from signing.report import (
    Change,
    SignatureReport,
)
from signing.signature_report import Parts, Stamp, name_of, read_report
from signing.terms import ChangeKind, Coverage, SignatureKind, Verdict
from signing.trust import ChainFinding, ChainJudge

_SIGNER_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_AUTHORITY_USAGE = KeyUsageConstraints(extd_key_usage={"time_stamping"})


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging every signature of one file needs."""

    coverage: CoverageReader
    changes: ChangeReader
    chains: ChainJudge
    levels: LevelReader
    moment: datetime
    profile: VerificationProfile


async def judge_signature(found: Found, bench: Bench, later_stamps: list[Stamp]) -> SignatureReport:
    """Judge a signature of a supported kind; `later_stamps` are document time stamps that cover it, oldest first."""
    signature = found.signature
    assert signature is not None
    is_stamp = found.kind is SignatureKind.DOCUMENT_TIMESTAMP
    covered, after = changes_of(signature, bench)
    chain: ChainFinding | None = None
    cms: CmsFinding
    if is_stamp:
        token = check_token(signature.signed_data, signature.compute_digest)
        cms, certificate = token.cms, token.certificate
        stamp = await judge_token(token, bench)
        moment = bench.moment
    else:
        cms = check_cms(signature.signed_data, signature.compute_digest, "data")
        certificate = _certificate_of(signature)
        stamp = await _best_stamp(signature, bench, later_stamps)
        moment = stamp.time if stamp.verdict is Verdict.VALID and stamp.time else bench.moment
    if certificate is not None:
        bench.chains.learn(_other_certificates(signature))
        chain = await _judge_chain(certificate, bench, moment, is_stamp=is_stamp)
        if is_stamp and chain.subindication == "OUT_OF_BOUNDS_NO_POE" and stamp.time:
            chain = replace(chain, subindication=None)
    parts = Parts(cms, covered, after, chain, stamp, certificate)
    return read_report(found, parts, bench.levels, bench.profile)


def changes_of(signature: Any, bench: Bench) -> tuple[CoverageFinding, ChangesAfter]:
    """A signature's coverage and the changes after it; what it does not cover is a disallowed change."""
    covered = bench.coverage.measure(signature)
    if covered.fault:
        fault = Change(ChangeKind.OTHER, allowed=False, detail=covered.fault)
        return covered, ChangesAfter((fault,))
    others = bench.changes.opinions_of_others(signature.signed_revision)
    if covered.coverage is Coverage.ENTIRE_FILE:
        return covered, ChangesAfter(others)
    after = bench.changes.after(signature.signed_revision)
    return covered, replace(after, changes=(*others, *after.changes))


async def judge_token(token: TokenFinding, bench: Bench) -> Stamp:
    """Judge a time stamp token: forged ones are invalid, ones of unknown authorities undetermined."""
    name = name_of(token.certificate, "common_name") if token.certificate is not None else None
    if token.cms.integrity == "broken":
        return Stamp(Verdict.INVALID, token.time, name, "verify.timestamp_broken")
    if token.cms.integrity is None or token.certificate is None or token.time is None:
        return Stamp(Verdict.UNDETERMINED, token.time, name, "verify.timestamp_not_checkable")
    bench.chains.learn(token.certificates)
    chain = await bench.chains.judge(token.certificate, bench.moment)
    usable = _usage_fits(token.certificate, _AUTHORITY_USAGE)
    in_period = (
        token.certificate.not_valid_before <= token.time <= token.certificate.not_valid_after
    )
    if chain.trusted and chain.revocation != "revoked" and usable and in_period:
        return Stamp(
            Verdict.VALID,
            token.time,
            name,
            uses_sha1=token.cms.uses_sha1,
            certificate=token.certificate,
        )
    return Stamp(
        Verdict.UNDETERMINED,
        token.time,
        name,
        "verify.timestamp_untrusted",
        certificate=token.certificate,
    )


async def _best_stamp(signature: Any, bench: Bench, later: list[Stamp]) -> Stamp:
    value = signature.signer_info["signature"].native
    own = [
        await judge_token(check_token(token, lambda name: hashlib.new(name, value).digest()), bench)
        for token in signature_tokens(signature.signer_info)
    ]
    for verdict, stamps in ((Verdict.INVALID, own), (Verdict.VALID, (*own, *later))):
        for stamp in stamps:
            if stamp.verdict is verdict:
                return stamp
    return next(
        iter((*own, *later)), Stamp(Verdict.UNDETERMINED, None, None, "verify.no_timestamp")
    )


async def _judge_chain(
    certificate: Any, bench: Bench, moment: datetime, *, is_stamp: bool
) -> ChainFinding:
    chain = await bench.chains.judge(certificate, moment)
    if chain.subindication is not None:
        return chain
    if not _usage_fits(certificate, _AUTHORITY_USAGE if is_stamp else _SIGNER_USAGE):
        return replace(chain, trusted=False, subindication="CHAIN_CONSTRAINTS_FAILURE", anchor=None)
    if not certificate.not_valid_before <= moment <= certificate.not_valid_after:
        return replace(chain, subindication="OUT_OF_BOUNDS_NO_POE")
    return chain


def _certificate_of(signature: Any) -> Any | None:
    try:
        return signature.signer_cert
    except (SignatureValidationError, *UNREADABLE):
        return None


def _other_certificates(signature: Any) -> list[Any]:
    try:
        return list(signature.other_embedded_certs)
    except (SignatureValidationError, *UNREADABLE):
        return []


def _usage_fits(certificate: Any, usage: KeyUsageConstraints) -> bool:
    try:
        usage.validate(certificate)
    except (InvalidCertificateError, *UNREADABLE):
        return False
    return True
