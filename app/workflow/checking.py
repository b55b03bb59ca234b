"""Checking a received file: the signatures' verdicts, and whether viewer and verifier see the same document."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.errors import AppError
from app.workflow.covering import findings_of_later
from app.workflow.ports import DocumentLook, Eyes, Judge
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
    added over the words that somebody signed before is a disallowed change (the sneaky signature).
    """
    if report.verdict not in (Verdict.VALID, Verdict.UNDETERMINED):
        return report
    path = Path(report.path)
    try:
        look: DocumentLook = eyes.facts(path).result()
        findings = ViewerFindings(
            look.is_repaired, later=findings_of_later(report, path, judge, eyes)
        )
    except (PdfError, SigningError, AppError) as error:
        return replace(report, verdict=Verdict.UNDETERMINED, reason=error.code)
    return with_viewer_findings(report, findings)
