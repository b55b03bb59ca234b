"""Judges one file. Never raises for what a file contains: whatever goes wrong is a verdict with a reason."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyhanko.sign.validation.errors import SignatureValidationError

from signing.active_content import list_active_content
from signing.changes import ChangeReader, ChangesAfter, limits_of
from signing.cms import signature_tokens
from signing.embedded import CoverageReader, Found, digest_covered, find_signatures
from signing.errors import SigningError
from signing.evidence import collect_evidence
from signing.file_bytes import FileBytes, file_bytes
from signing.form import walk_pages
from signing.judgement import Bench, changes_of, judge_signature
from signing.levels import LevelReader
from signing.pdf_objects import UNREADABLE
from signing.profile import VerificationProfile
from signing.reading import open_for_reading
from signing.report import FileReport, SignatureReport
from signing.signature_report import Stamp, unread_report
from signing.terms import WORST_FIRST, Coverage, SignatureKind, Verdict
from signing.trust import ChainJudge, TrustAnchors, utc

_DEEP = 6_000
_DEFAULT_PROFILE = VerificationProfile()


def verify_file(
    path: Path,
    trust: TrustAnchors,
    *,
    at: datetime | None = None,
    online: bool = False,
    profile: VerificationProfile = _DEFAULT_PROFILE,
) -> FileReport:
    """Judge every signature of a file, and the file by the worst of them.

    `at` is the moment as of which certificates are judged, now where it is None. No network is touched unless
    `online`. A hostile file may take long or much memory: call this in a process with a deadline and a limit.
    """
    moment = utc(at or datetime.now(UTC))
    try:
        with file_bytes(path) as source:
            report = _guarded(source, path, trust, moment, profile, online=online)
            return replace(report, sha256=source.sha256())
    except SigningError as error:
        return _unreadable(path, error.code)
    except OSError:
        return _unreadable(path, "verify.file_not_readable")


def _guarded(
    source: FileBytes,
    path: Path,
    trust: TrustAnchors,
    moment: datetime,
    profile: VerificationProfile,
    *,
    online: bool,
) -> FileReport:
    try:
        with _deep_recursion():
            return asyncio.run(_verify(source, str(path), trust, moment, profile, online=online))
    except SigningError as error:
        return _unreadable(path, error.code)
    except OSError:
        return _unreadable(path, "verify.file_not_readable")
    except Exception:  # noqa: BLE001 - the one border where anything a file provokes becomes a verdict
        return _unreadable(path, "verify.unreadable")


async def _verify(
    source: FileBytes,
    path: str,
    trust: TrustAnchors,
    moment: datetime,
    profile: VerificationProfile,
    *,
    online: bool,
) -> FileReport:
    reader = open_for_reading(source)
    found = find_signatures(reader)
    digest_covered(found, source)
    pages = sum(1 for _ in walk_pages(reader))
    active = list_active_content(reader)
    if not found:
        if b"/ByteRange" in source:
            raise SigningError("verify.signed_but_unreadable")
        return FileReport(path, Verdict.UNSIGNED, "verify.unsigned", None, pages, (), active)
    signatures = [item.signature for item in found if item.signature is not None]
    evidence = collect_evidence(reader, signatures)
    chains = ChainJudge(trust, evidence, online=online)
    bench = Bench(
        coverage=CoverageReader(reader, source),
        changes=ChangeReader(
            reader, {item.signed_revision: limits_of(item) for item in signatures}
        ),
        chains=chains,
        levels=LevelReader(
            evidence,
            (*chains.authorities, *_embedded(signatures)),
            _store_revision(reader),
            _stamp_revisions(found),
        ),
        moment=moment,
        profile=profile,
    )
    reports = await _judge_all(found, bench)
    verdict, reason = _of_file(reports)
    return FileReport(path, verdict, reason, None, pages, reports, active)


async def _judge_all(found: list[Found], bench: Bench) -> tuple[SignatureReport, ...]:
    """Newest first, so that each document time stamp is judged before the signatures it vouches for."""
    reports: list[SignatureReport] = []
    stamps: list[Stamp] = []
    for item in reversed(found):
        report = await _judge_guarded(item, bench, stamps)
        reports.append(report)
        sound = report.authentication.integrity == "intact" and not any(
            not change.allowed for change in report.authentication.changes_after
        )
        if item.kind is SignatureKind.DOCUMENT_TIMESTAMP and sound:
            section = report.timestamp
            certificate = getattr(item.signature, "signer_cert", None)
            stamps.insert(
                0,
                Stamp(section.verdict, section.time, section.authority, certificate=certificate),
            )
    return tuple(reversed(reports))


async def _judge_guarded(item: Found, bench: Bench, stamps: list[Stamp]) -> SignatureReport:
    after: ChangesAfter | None = None
    coverage = Coverage.PARTIAL
    try:
        if item.signature is not None and item.problem is None:
            return await judge_signature(item, bench, list(stamps))
        if item.signature is not None:
            covered, after = changes_of(item.signature, bench)
            coverage = covered.coverage
        return unread_report(item, after, coverage)
    except UNREADABLE:
        problem = item.problem or "verify.signature_not_checkable"
        return unread_report(replace(item, problem=problem), after, coverage)


def _of_file(reports: tuple[SignatureReport, ...]) -> tuple[Verdict, str | None]:
    """The worst signature decides. Document time stamps alone leave a file without anybody's signature."""
    verdicts = {report.verdict for report in reports}
    if all(report.kind is SignatureKind.DOCUMENT_TIMESTAMP for report in reports):
        verdicts.add(Verdict.UNSIGNED)
    verdict = next(item for item in WORST_FIRST if item in verdicts)
    if verdict is Verdict.UNSIGNED:
        return verdict, "verify.only_timestamps"
    return verdict, next(report.reason for report in reports if report.verdict is verdict)


def _embedded(signatures: list[Any]) -> list[Any]:
    """The certificates that came along with the signatures; none of a signature that cannot be read."""
    found: list[Any] = []
    for signature in signatures:
        try:
            found += signature.other_embedded_certs
            for token in signature_tokens(signature.signer_info):
                found += [one.chosen for one in token["certificates"]]
        except (SignatureValidationError, *UNREADABLE):
            continue
    return found


def _store_revision(reader: Any) -> int:
    try:
        raw = reader.root.raw_get("/DSS")
        ref = getattr(raw, "reference", None) or reader.root_ref
        return int(reader.xrefs.get_last_change(ref))
    except UNREADABLE:
        return int(reader.total_revisions)


def _stamp_revisions(found: list[Found]) -> list[int]:
    return [
        int(item.signature.signed_revision)
        for item in found
        if item.kind is SignatureKind.DOCUMENT_TIMESTAMP and item.signature is not None
    ]


def _unreadable(path: Path, reason: str) -> FileReport:
    return FileReport(str(path), Verdict.UNREADABLE, reason, None, None)


@contextmanager
def _deep_recursion() -> Iterator[None]:
    """PyHanko walks documents recursively; long outline chains of honest files go deeper than Python's default."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
