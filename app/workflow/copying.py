"""Bản sao điện tử (sao y, sao lục, trích sao): the agency's line of text on a scan of paper, or on what came in.

The agency's signature on a copy stands for the paper or the document that it was made of; no number is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.errors import AppError
from app.rules import CopyForm, RuleProfile
from app.workflow.checking import check_file
from app.workflow.converting import refuse_other_than_pdf
from app.workflow.delivering import already_signed, send, sign_and_keep
from app.workflow.documents import Document, FileRef, Queue
from app.workflow.fetching import fetch, refuse_other_than_shown
from app.workflow.given import with_given
from app.workflow.issue import IssueStep, Watcher, refuse_foreign_seal
from app.workflow.office import Office
from app.workflow.plan import SigningPlan
from app.workflow.planning import plan_signature
from app.workflow.showing import corner_wish
from app.workflow.sign_draft import forward_once
from app.workflow.signed_by import is_by
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from signing.report import FileReport
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo

FROM_ELECTRONIC: tuple[CopyForm, ...] = ("trich_sao",)
"""The only form that Decree 30/2020, Article 25, makes of an electronic document as an electronic one."""
COPY_OF_SIGNED = "workflow.copy_of_signed"
_COPIED_IN = (Queue.TO_ISSUE.value, Queue.INCOMING.value)

FilePlaces = Mapping[str, tuple[int, BoxMm]]
"""Page index and box that a person chose, by file id."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A document whose files carry the agency's line. `notes` are message codes to tell the clerk."""

    document: Document
    copied_sha256: tuple[str, ...]
    notes: tuple[str, ...]


def copy_document(
    office: Office,
    document_id: str,
    agency: CertificateInfo,
    form: CopyForm,
    *,
    shown: Mapping[str, str] | None = None,
    places: FilePlaces | None = None,
    watch: Watcher | None = None,
) -> Copied:
    """Put the agency's line on every file of a document. The agency's token must be open.

    What waited to be issued is published then; what came in stays with the clerk, to be passed on.

    Args:
        office: the clerk's office.
        document_id: of a scan of paper that waits to go out, or of what came in.
        agency: the agency's certificate.
        form: hình thức sao.
        shown: SHA-256 of every file as the clerk was shown it, by file id; anything else is refused.
        places: where a person put the line; the profile's corner for other files.
        watch: told of each step.

    Raises:
        AppError: `workflow.not_the_agency`, `workflow.copy_form_unused`, `workflow.nothing_to_copy`,
            `workflow.not_what_was_shown`, `workflow.copy_of_invalid`, `workflow.copy_of_own_draft`; as
            `plan_signature` and the ports.

    Source: Decree 30/2020, Articles 25 to 27; Annex I, part II.
    """
    refuse_foreign_seal(office, agency)
    document = office.server.document(document_id)
    check_form(office.bench.profile, document, form)
    if shown is not None:
        refuse_other_than_shown(office, document_id, document.files, shown)
    refuse_other_than_pdf(office, document)
    told = watch or (lambda _step, _number: None)
    copied: list[str] = []
    notes: tuple[str, ...] = ()
    wish = copy_wish(office, agency.subject, form)
    for file in document.files:
        told(IssueStep.SEALING, None)
        page_index, box = (places or {}).get(file.file_id, (None, None))
        placed = with_given(replace(wish, page_index=page_index, box=box), document, file)
        sha256, more = _copy(office, document, file, agency, wish=placed, form=form)
        copied.append(sha256)
        notes = (*notes, *more)
    told(IssueStep.SENDING, None)
    document = office.server.document(document_id)
    if document.state == Queue.TO_ISSUE.value:
        document = forward_once(office, document, "publish")
    return Copied(document, tuple(copied), tuple(dict.fromkeys(notes)))


def finish_copy(office: Office, document_id: str) -> Document | None:
    """Publish a copy that I made whole before a crash or a day without network; None where it is not made whole."""
    document = office.server.document(document_id)
    if document.state != Queue.TO_ISSUE.value:
        return None
    for file in document.files:
        if already_signed(office, document_id, file, SignatureKind.COPY) is None:
            return None
    return forward_once(office, office.server.document(document_id), "publish")


def check_form(profile: RuleProfile, document: Document, form: CopyForm) -> None:
    """Hold a form against the office's rules, and a document against where copies are made.

    Raises:
        AppError: `workflow.copy_form_unused`, `workflow.nothing_to_copy`.
    """
    if form not in profile.copies.forms:
        raise AppError("workflow.copy_form_unused", form="copy." + form)
    if document.state not in _COPIED_IN:
        raise AppError("workflow.nothing_to_copy")


def copy_notes(report: FileReport, form: CopyForm) -> tuple[str, ...]:
    """Say what a clerk should know before a file is called a copy of this form.

    Raises:
        AppError: `workflow.copy_of_invalid` where it carries a signature that is broken.
    """
    if report.verdict in (Verdict.INVALID, Verdict.UNREADABLE):
        raise AppError("workflow.copy_of_invalid", reason=report.reason or "–")
    is_signed = any(item.verdict is Verdict.VALID for item in report.signatures)
    return (COPY_OF_SIGNED,) if is_signed and form not in FROM_ELECTRONIC else ()


def refuse_own_draft(document: Document, report: FileReport) -> None:
    """Refuse to let a document out as a copy that its own leader has signed: it is numbered and sealed.

    Raises:
        AppError: `workflow.copy_of_own_draft`.
    """
    if document.state != Queue.TO_ISSUE.value:
        return
    if any(is_by(item, signer) for item in report.signatures for signer in document.signers):
        raise AppError("workflow.copy_of_own_draft")


def copy_wish(office: Office, agency: str, form: CopyForm) -> Wish:
    """Return the line as the office's rules have it."""
    return corner_wish(office.bench, SignatureKind.COPY, agency, image=office.seal_image, form=form)


def _copy(
    office: Office,
    document: Document,
    file: FileRef,
    agency: CertificateInfo,
    *,
    wish: Wish,
    form: CopyForm,
) -> tuple[str, tuple[str, ...]]:
    before = already_signed(office, document.document_id, file, SignatureKind.COPY)
    if before is not None:
        return before.signed_sha256 or "", ()
    path = fetch(office, document, file)
    report = check_file(office.bench.judge, office.bench.eyes, path)
    refuse_own_draft(document, report)
    notes = copy_notes(report, form)
    planned = plan_signature(office.bench, path, wish, agency, shown_sha256=file.sha256)
    plan = SigningPlan(document.document_id, file.file_id, file.sha256, planned.request)
    work, of_signing = sign_and_keep(office, plan)
    work, of_sending = send(office, work, of_signing)
    return work.signed_sha256 or "", (*notes, *planned.notes, *of_signing, *of_sending)
