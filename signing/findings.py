"""Joins what only a viewer can see to a report: MuPDF's repairs and the comparison of pictures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from signing.report import Authentication, Change, FileReport, SignatureReport
from signing.terms import WORST_FIRST, ChangeKind, Indication, Verdict


@dataclass(frozen=True, slots=True)
class ViewerFindings:
    """What looking at the file showed.

    `changed_pages` maps a signature field's name to the pages (from 1) that look different from what was signed,
    outside of the boxes of allowed changes; `covered_text` maps it to pages where a later widget hides text.
    """

    repaired: bool = False
    changed_pages: Mapping[str, Sequence[int]] = field(default_factory=dict)
    covered_text: Mapping[str, Sequence[int]] = field(default_factory=dict)


def with_viewer_findings(report: FileReport, findings: ViewerFindings) -> FileReport:
    """The report with a viewer's findings taken in; it never gets better by them.

    A signed file that the viewer had to repair may show something else than was checked, so nothing in it stays
    valid (libraries.md, fact 1). A page that looks different is a disallowed change (fact 2).
    """
    if not report.signatures or report.verdict is Verdict.UNREADABLE:
        return report
    signatures = tuple(_looked_at(signature, findings) for signature in report.signatures)
    if signatures == report.signatures:
        return report
    verdicts = {report.verdict, *(signature.verdict for signature in signatures)}
    verdict = next(item for item in WORST_FIRST if item in verdicts)
    reason = report.reason
    if verdict is not report.verdict:
        reason = next(item.reason for item in signatures if item.verdict is verdict)
    return replace(report, verdict=verdict, reason=reason, signatures=signatures)


def _looked_at(signature: SignatureReport, findings: ViewerFindings) -> SignatureReport:
    changes = [
        Change(ChangeKind.PAGE_CONTENT, allowed=False, page=page, detail="looks_different")
        for page in findings.changed_pages.get(signature.field, ())
    ]
    changes += [
        Change(ChangeKind.ANNOTATION, allowed=False, page=page, detail="text_covered")
        for page in findings.covered_text.get(signature.field, ())
    ]
    if changes:
        signature = _invalid(signature, changes)
    if findings.repaired:
        signature = _not_green(signature)
    return signature


def _invalid(signature: SignatureReport, changes: Sequence[Change]) -> SignatureReport:
    seen = signature.authentication
    already = signature.verdict is Verdict.INVALID
    return replace(
        signature,
        verdict=Verdict.INVALID,
        indication=Indication.TOTAL_FAILED,
        subindication=signature.subindication if already else "FORMAT_FAILURE",
        reason=signature.reason if already else "verify.changed_after_signing",
        authentication=replace(
            seen, verdict=Verdict.INVALID, changes_after=(*seen.changes_after, *changes)
        ),
    )


def _not_green(signature: SignatureReport) -> SignatureReport:
    warned = replace(signature, warnings=(*signature.warnings, "verify.viewer_repaired"))
    if signature.verdict is not Verdict.VALID:
        return warned
    authentication: Authentication = replace(signature.authentication, verdict=Verdict.UNDETERMINED)
    return replace(
        warned,
        verdict=Verdict.UNDETERMINED,
        indication=Indication.INDETERMINATE,
        subindication="GENERIC",
        reason="verify.viewer_repaired",
        authentication=authentication,
    )
