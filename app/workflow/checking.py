"""Checking a received file: the signatures' verdicts, and whether viewer and verifier see the same document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.workflow.opinions import covers_opinion
from app.workflow.placing import as_box
from app.workflow.ports import DocumentLook, Eyes, Judge
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.findings import ViewerFindings, with_viewer_findings
from signing.report import FileReport
from signing.terms import ChangeKind, Verdict


def check_file(judge: Judge, eyes: Eyes, path: Path) -> FileReport:
    """Judge one file as a stranger would, offline."""
    return with_viewer_finding(judge.verify(path).result(), judge, eyes)


def check_each(
    judge: Judge,
    eyes: Eyes,
    paths: Sequence[Path],
    *,
    at: datetime | None = None,
    online: bool = False,
) -> Iterator[tuple[int, FileReport]]:
    """Judge many files in parallel; yields (index in `paths`, report) as they are done."""
    for index, report in judge.verify_each(paths, at=at, online=online):
        yield index, with_viewer_finding(report, judge, eyes)


def with_viewer_finding(report: FileReport, judge: Judge, eyes: Eyes) -> FileReport:
    """Add what only looking at the pages tells; a report never gets better by it.

    A signed file that the viewer had to repair loses its green mark: an update without a usable cross-reference
    table is invisible to the verifier and shown by the viewer (research: libraries, fact 1). A signature that was
    added over the words that somebody signed before is a disallowed change (the sneaky signature).
    """
    if report.verdict not in (Verdict.VALID, Verdict.UNDETERMINED):
        return report
    path = Path(report.path)
    try:
        look: DocumentLook = eyes.facts(path).result()
        findings = ViewerFindings(
            look.is_repaired, covered_text=_covered(report, path, judge, eyes)
        )
    except (PdfError, SigningError, AppError) as error:
        return replace(report, verdict=Verdict.UNDETERMINED, reason=error.code)
    return with_viewer_findings(report, findings)


def _covered(
    report: FileReport, path: Path, judge: Judge, eyes: Eyes
) -> dict[str, tuple[int, ...]]:
    """Return, by signature field, the pages on which a signature added later lies over words."""
    later = {
        item.field: {
            change.detail
            for change in item.authentication.changes_after
            if change.what is ChangeKind.SIGNATURE_ADDED
        }
        for item in report.signatures
    }
    names = set().union(*later.values()) if later else set()
    if not names:
        return {}
    facts = judge.look(path).result()
    shown = [
        (widget.name, widget.page_index, widget.box)
        for widget in facts.signatures
        if widget.name in names and widget.page_index is not None and widget.box is not None
    ]
    boxes = tuple((page, as_box(box)) for _, page, box in shown)
    answers = eyes.covers_text(path, boxes).result()
    over = {
        name: page + 1
        for (name, page, box), is_over in zip(shown, answers, strict=True)
        if is_over or covers_opinion(facts, page, box)
    }
    return {
        field: tuple(over[name] for name in added if name in over)
        for field, added in later.items()
        if any(name in over for name in added)
    }
