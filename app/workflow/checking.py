"""Checking a received file: the signatures' verdicts, and whether viewer and verifier see the same document."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.workflow.covering import findings_of_later
from app.workflow.ports import DocumentLook, Eyes, Judge
from app.workflow.since import since_signed
from pdf.errors import PdfError
from signing.errors import SigningError
from signing.findings import ViewerFindings, with_viewer_findings
from signing.report import FileReport
from signing.terms import Verdict


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
) -> Generator[tuple[int, FileReport]]:
    """Judge many files in parallel; yields (index in `paths`, report) as they are done. Closing gives up the rest."""
    for index, report in judge.verify_each(paths, at=at, online=online):
        yield index, with_viewer_finding(report, judge, eyes)


def with_viewer_finding(report: FileReport, judge: Judge, eyes: Eyes) -> FileReport:
    """Add what only looking at the pages tells; a report never gets better by it.

    A signed file that the viewer had to repair loses its green mark: an update without a usable cross-reference
    table is invisible to the verifier and shown by the viewer (research: libraries, fact 1). A signature that was
    added over the words that somebody signed before is a disallowed change (the sneaky signature), and so is a page
    that looks different from what was signed, whatever its structure says (fact 2).
    """
    if report.verdict not in (Verdict.VALID, Verdict.UNDETERMINED):
        return report
    path = Path(report.path)
    try:
        look: DocumentLook = eyes.facts(path).result()
        since = since_signed(report, path, judge, eyes)
        prepared = {field: item.prepared for field, item in since.items()}
        later = findings_of_later(report, path, judge, eyes, prepared)
        hidden = {field: _from_1(item.hidden_pages) for field, item in since.items()}
        findings = ViewerFindings(
            look.is_repaired or any(item.is_repaired for item in since.values()),
            changed_pages={field: _from_1(item.changed_pages) for field, item in since.items()},
            later=later.with_covered(hidden),
        )
    except (PdfError, SigningError, AppError) as error:
        return replace(report, verdict=Verdict.UNDETERMINED, reason=error.code)
    return with_viewer_findings(report, findings)


def _from_1(pages: Sequence[int]) -> tuple[int, ...]:
    return tuple(page + 1 for page in pages)
