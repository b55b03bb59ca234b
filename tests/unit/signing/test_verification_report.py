"""The report as JSON, and a viewer's findings joined to it."""

from __future__ import annotations

import json
from pathlib import Path

from signing.findings import LaterFindings, ViewerFindings, with_viewer_findings
from signing.report_json import file_as_json, reports_as_json
from signing.terms import Verdict
from tests.unit.signing.verification_world import (
    NOW,
    agency,
    draft,
    fill,
    judge,
    sign,
    update,
)


def test_every_key_of_the_schema_is_there(tmp_path: Path) -> None:
    data = update(sign(draft(), "LanhDao"), fill("05"))
    entry = file_as_json(judge(tmp_path, data))
    (signature,) = entry["signatures"]

    assert entry.keys() >= {
        "path", "verdict", "reason", "sha256", "pages", "signatures", "active_content",
    }  # fmt: skip
    assert signature.keys() >= {
        "field", "kind", "signer", "organization", "issuer", "certificate_sha256", "verdict",
        "indication", "subindication", "signature_info", "authentication", "timestamp",
    }  # fmt: skip
    assert signature["signature_info"].keys() == {
        "verdict", "algorithm", "digest", "subfilter", "level", "claimed_time",
    }  # fmt: skip
    assert signature["authentication"].keys() == {
        "verdict", "integrity", "coverage", "trusted", "revocation", "anchor", "revocation_data",
        "changes_after",
    }  # fmt: skip
    assert signature["authentication"]["changes_after"] == [
        {"what": "form_filled", "allowed": True, "page": 1, "detail": "SoVanBan"}
    ]
    assert signature["timestamp"].keys() == {"verdict", "time", "authority"}


def test_the_document_names_its_schema(tmp_path: Path) -> None:
    assert reports_as_json([judge(tmp_path, draft())])["schema"] == "trinhky.verify/1"


def test_what_does_not_apply_is_null(tmp_path: Path) -> None:
    entry = file_as_json(judge(tmp_path, b"no document"))

    assert entry["pages"] is None
    assert entry["signatures"] == []


def test_times_are_written_in_utc(tmp_path: Path) -> None:
    entry = file_as_json(judge(tmp_path, sign(draft(), "LanhDao", at=NOW)))

    assert entry["signatures"][0]["timestamp"]["time"] == "2026-11-22T09:00:00Z"


def test_names_survive_as_they_are_written(tmp_path: Path) -> None:
    document = reports_as_json([judge(tmp_path, sign(draft(), "LanhDao"))])

    assert "Nguyễn Văn A" in json.dumps(document, ensure_ascii=False)


def test_a_signed_file_that_the_viewer_repaired_never_gets_a_green_mark(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(draft(), "LanhDao"))

    seen = with_viewer_findings(report, ViewerFindings(repaired=True))

    assert (seen.verdict, seen.reason) == (Verdict.UNDETERMINED, "verify.viewer_repaired")


def test_a_repair_does_not_soften_an_invalid_file(tmp_path: Path) -> None:
    broken = sign(draft(), "LanhDao").replace(b"Quyet dinh", b"Quyet dimh")

    seen = with_viewer_findings(judge(tmp_path, broken), ViewerFindings(repaired=True))

    assert (seen.verdict, seen.reason) == (Verdict.INVALID, "verify.bytes_changed")


def test_a_repaired_file_without_signatures_stays_unsigned(tmp_path: Path) -> None:
    report = judge(tmp_path, draft())

    assert with_viewer_findings(report, ViewerFindings(repaired=True)) == report


def test_a_page_that_looks_different_is_a_disallowed_change(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(sign(draft(), "LanhDao"), "ConDau", agency()))

    seen = with_viewer_findings(report, ViewerFindings(changed_pages={"LanhDao": [1]}))

    assert seen.verdict is Verdict.INVALID
    assert seen.signatures[0].authentication.changes_after[-1].detail == "looks_different"
    assert seen.signatures[1].verdict is Verdict.VALID


def test_a_widget_laid_over_text_is_a_disallowed_change(tmp_path: Path) -> None:
    report = judge(tmp_path, sign(sign(draft(), "LanhDao"), "ConDau", agency()))

    seen = with_viewer_findings(
        report, ViewerFindings(later=LaterFindings(covered_text={"LanhDao": [1]}))
    )

    assert seen.signatures[0].reason == "verify.changed_after_signing"
