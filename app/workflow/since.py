"""What a person sees of a checked file that nobody saw who signed it, signature by signature."""

from __future__ import annotations

from pathlib import Path

from app.workflow.ports import Eyes, Judge
from pdf.traces import Signed, SinceSigned
from signing.report import FileReport, SignatureReport
from signing.terms import ChangeKind


def since_signed(
    report: FileReport, path: Path, judge: Judge, eyes: Eyes
) -> dict[str, SinceSigned]:
    """Return, by signature field, what is seen since; signatures that nothing came after have no entry."""
    changed = [item for item in report.signatures if item.authentication.changes_after]
    if not changed:
        return {}
    revisions = judge.revisions(path).result()
    ends = {item.signed_by: item.end_bytes for item in revisions}
    asked = {item.field: _signed(item, ends[item.field]) for item in changed if item.field in ends}
    found = eyes.since_signed(path, tuple(asked.values())).result()
    return dict(zip(asked, found, strict=True))


def _signed(item: SignatureReport, end_bytes: int) -> Signed:
    names: dict[ChangeKind, list[str]] = {
        ChangeKind.SIGNATURE_ADDED: [],
        ChangeKind.FORM_FILLED: [],
    }
    for change in item.authentication.changes_after:
        if change.what in names and change.detail is not None:
            names[change.what].append(change.detail)
    signed, filled = (tuple(dict.fromkeys(found)) for found in names.values())
    return Signed(end_bytes, signed, filled)
