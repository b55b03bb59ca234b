"""The report as JSON, schema `trinhky.verify/1`: every key always there, null where it does not apply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from signing.report import FileReport, SignatureReport

SCHEMA = "trinhky.verify/1"


def reports_as_json(reports: Iterable[FileReport]) -> dict[str, Any]:
    """The whole document that `trinhky verify --json` prints, ready for `json.dumps(..., ensure_ascii=False)`."""
    return {"schema": SCHEMA, "files": [file_as_json(report) for report in reports]}


def file_as_json(report: FileReport) -> dict[str, Any]:
    """One file's entry."""
    return {
        "path": report.path,
        "verdict": report.verdict.value,
        "reason": report.reason,
        "sha256": report.sha256,
        "pages": report.pages,
        "signatures": [_signature(signature) for signature in report.signatures],
        "active_content": list(report.active_content),
    }


def _signature(report: SignatureReport) -> dict[str, Any]:
    info, auth, stamp = report.signature_info, report.authentication, report.timestamp
    return {
        "field": report.field,
        "kind": report.kind.value,
        "signer": report.signer,
        "organization": report.organization,
        "issuer": report.issuer,
        "certificate_sha256": report.certificate_sha256,
        "valid_from": _time(report.valid_from),
        "valid_until": _time(report.valid_until),
        "verdict": report.verdict.value,
        "indication": report.indication.value,
        "subindication": report.subindication,
        "reason": report.reason,
        "signature_info": {
            "verdict": info.verdict.value,
            "algorithm": info.algorithm,
            "digest": info.digest,
            "subfilter": info.subfilter,
            "level": info.level.value if info.level else None,
            "claimed_time": _time(info.claimed_time),
        },
        "authentication": {
            "verdict": auth.verdict.value,
            "integrity": auth.integrity,
            "coverage": auth.coverage.value,
            "trusted": auth.trusted,
            "revocation": auth.revocation,
            "anchor": auth.anchor
            and {"name": auth.anchor.name, "sha256": auth.anchor.sha256, "file": auth.anchor.file},
            "revocation_data": auth.status
            and {
                "kind": auth.status.kind,
                "issued": _time(auth.status.issued),
                "usable_until": _time(auth.status.usable_until),
                "origin": auth.status.origin,
            },
            "changes_after": [
                {
                    "what": change.what.value,
                    "allowed": change.allowed,
                    "page": change.page,
                    "detail": change.detail,
                }
                for change in auth.changes_after
            ],
        },
        "timestamp": {
            "verdict": stamp.verdict.value,
            "time": _time(stamp.time),
            "authority": stamp.authority,
        },
        "warnings": list(report.warnings),
    }


def _time(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None
