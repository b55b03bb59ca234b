"""Joins what only a viewer can see to a report: MuPDF's repairs and the comparison of pictures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from signing.report import Authentication, Change, FileReport, SignatureReport
from signing.terms import WORST_FIRST, ChangeKind, Indication, Verdict

Pages = Mapping[str, Sequence[int]]
"""By a signature field's name: pages, from 1."""


@dataclass(frozen=True, slots=True)
class LaterFindings:
    """What signatures that were added after one do to what it signed.

    `covered_text`: they lie over words.
    `hidden_signer`: a line of a signer's position or name, or a signature, is not seen any more.
    `partly_hidden`: some of one, or of the sign that ends the text.
    `longer_number`: they draw right beside a number. `beside_words`: where a line of words begins or ends.
    """

    covered_text: Pages = field(default_factory=dict)
    hidden_signer: Pages = field(default_factory=dict)
    partly_hidden: Pages = field(default_factory=dict)
    longer_number: Pages = field(default_factory=dict)
    beside_words: Pages = field(default_factory=dict)

    def with_covered(self, more: Pages) -> LaterFindings:
        """The same, with words covered on more pages."""
        covered = {name: list(pages) for name, pages in self.covered_text.items()}
        for name, pages in more.items():
            covered[name] = sorted({*covered.get(name, ()), *pages})
        return replace(self, covered_text=covered)


@dataclass(frozen=True, slots=True)
class ViewerFindings:
    """What looking at the file showed.

    `changed_pages` are those that look different from what was signed, outside of the boxes of allowed changes.
    """

    repaired: bool = False
    changed_pages: Pages = field(default_factory=dict)
    later: LaterFindings = field(default_factory=LaterFindings)


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
    later = findings.later
    seen: tuple[tuple[Pages, ChangeKind, str], ...] = (
        (findings.changed_pages, ChangeKind.PAGE_CONTENT, "looks_different"),
        (later.covered_text, ChangeKind.ANNOTATION, "text_covered"),
        (later.hidden_signer, ChangeKind.ANNOTATION, "signer_hidden"),
        (later.longer_number, ChangeKind.ANNOTATION, "number_continued"),
    )
    changes = [
        Change(kind, allowed=False, page=page, detail=detail)
        for pages, kind, detail in seen
        for page in pages.get(signature.field, ())
    ]
    beside = [
        Change(ChangeKind.ANNOTATION, allowed=True, page=page, detail="beside_words")
        for page in later.beside_words.get(signature.field, ())
    ]
    if beside:
        before = signature.authentication
        told = replace(before, changes_after=(*before.changes_after, *beside))
        signature = replace(signature, authentication=told)
    if changes:
        signature = _invalid(signature, changes)
    if later.partly_hidden.get(signature.field):
        # An image with white paper around the ink hides letters too, and no one meant to.
        signature = _not_green(signature, "verify.words_hidden")
    if findings.repaired:
        signature = _not_green(signature, "verify.viewer_repaired")
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


def _not_green(signature: SignatureReport, reason: str) -> SignatureReport:
    warned = replace(signature, warnings=(*signature.warnings, reason))
    if signature.verdict is not Verdict.VALID:
        return warned
    authentication: Authentication = replace(signature.authentication, verdict=Verdict.UNDETERMINED)
    return replace(
        warned,
        verdict=Verdict.UNDETERMINED,
        indication=Indication.INDETERMINATE,
        subindication="GENERIC",
        reason=reason,
        authentication=authentication,
    )
