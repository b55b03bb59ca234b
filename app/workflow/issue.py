"""The clerk's work (cấp số, đóng dấu, phát hành): check the leader, take the number, seal, publish.

The number and the date are filled into the fields that the leader's signature already covered, and the seal locks
them, all in one incremental update: so no signature breaks another, and nobody can change the number afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from app.clock import vietnam_date
from app.errors import AppError
from app.workflow.blanks import PlacedBlank
from app.workflow.checking import check_file
from app.workflow.clocks import server_clock_notes
from app.workflow.converting import refuse_other_than_pdf
from app.workflow.dates import leader_date_notes
from app.workflow.delivering import already_signed, extended_since, send, sign_and_keep
from app.workflow.documents import Document, FileRef, Numbering
from app.workflow.fetching import fetch, refuse_other_than_shown
from app.workflow.given import with_given
from app.workflow.leaders import check_leaders, own_leaders_field
from app.workflow.levels import refuse_below_level
from app.workflow.number_signature import (
    has_number_signature,
    needs_number_signature,
    plan_number,
)
from app.workflow.numbers import claim_number
from app.workflow.office import Office
from app.workflow.order import refuse_against_form
from app.workflow.plan import SigningPlan, Work
from app.workflow.planning import plan_signature
from app.workflow.publishing import raise_for_publishing
from app.workflow.showing import corner_wish
from app.workflow.sign_draft import forward_once
from app.workflow.wish import Wish
from app.workflow.writing import number_text
from pdf.geometry import BoxMm
from signing.facts import FileFacts
from signing.report import FileReport
from signing.terms import SignatureKind
from signing.token.records import CertificateInfo

NUMBER_TO_COME = "00"
"""Stands for the number while it is not taken yet."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A published document. `notes` are message codes to tell the clerk."""

    document: Document
    numbering: Numbering
    sealed_sha256: str
    attachments_sha256: tuple[str, ...]
    notes: tuple[str, ...]


class IssueStep(StrEnum):
    """What issuing is at."""

    NUMBERING = "numbering"
    SEALING = "sealing"
    ATTACHMENTS = "attachments"
    SENDING = "sending"


Watcher = Callable[[IssueStep, str | None], None]
"""Told of each step that begins, with number and symbol once they are taken."""


def issue(
    office: Office,
    document_id: str,
    agency: CertificateInfo,
    *,
    issue_date: date | None = None,
    undetermined_reason: str | None = None,
    shown: Mapping[str, str] | None = None,
    seal_place: tuple[int, BoxMm] | None = None,
    blanks: tuple[PlacedBlank, ...] = (),
    watch: Watcher | None = None,
) -> Issued:
    """Number, seal and publish a document whose leader has signed. The agency's token must be open.

    Args:
        office: the clerk's office.
        document_id: what to issue.
        agency: the agency's certificate.
        issue_date: the document's date; today in Vietnam by default. A seal made before keeps its own.
        undetermined_reason: why the clerk seals although the leader's signature is undetermined; it goes into the
            document's routing history.
        shown: SHA-256 of every file as the clerk was shown it, by file id; anything else is refused.
        seal_place: page index and box that the clerk agreed to; proposed where None.
        blanks: of number and date on a document that other software signed, where the clerk placed them.
        watch: told of each step.

    Raises:
        AppError: `workflow.not_what_was_shown` before a number is taken; `workflow.leader_signature_missing`,
            `workflow.leader_signature_invalid`, `workflow.leader_signature_undetermined` (without a reason),
            `workflow.leader_date_differs` (strict profile); `workflow.level_missing` when all is sealed and kept;
            what the ports and plans refuse.
    """
    refuse_foreign_seal(office, agency)
    document = office.server.document(document_id)
    refuse_against_form(office.bench.profile, document.kind_name, SignatureKind.SEAL)
    if shown is not None:
        refuse_other_than_shown(office, document_id, document.files, shown)
    told = watch or _nobody
    told(IssueStep.NUMBERING, None)
    refuse_other_than_pdf(office, document)
    path = fetch(office, document, document.main_file)
    report = check_file(office.bench.judge, office.bench.eyes, path)
    notes = check_leaders(office.bench.profile, document, report, undetermined_reason)
    facts = office.bench.judge.look(path).result()
    wish = _seal_wish(office, document, report, agency, seal_place)
    wish = with_given(replace(wish, blanks=blanks), document, document.main_file)
    day = _day_shown(document, facts) or issue_date or vietnam_date(office.bench.clock())
    is_with_reason = bool(notes)
    is_sealed = my_seal(office, document) is not None
    if not is_sealed:
        notes = (
            *notes,
            *leader_date_notes(office.bench, report, day),
            *server_clock_notes(office, day),
        )
    wish = replace(wish, issue_date=day)
    numbering = _numbered(office, document, agency, wish, path=path, facts=facts)
    if office.numbers is not None:
        claim_number(office.numbers, numbering, agency.subject, document_id)
    number = f"{numbering.text}/{numbering.symbol}"
    told(IssueStep.SEALING, number)
    wish = replace(wish, number=numbering.text, issue_date=numbering.issue_date)
    if needs_number_signature(facts) or has_number_signature(facts):
        document, told_of_number = _show_number(office, document, agency, wish, facts)
        notes = (*notes, *told_of_number)
        wish = _without_number(wish)
    _, more = _sign(office, document, document.main_file, agency, wish)
    for attachment in document.attachments:
        told(IssueStep.ATTACHMENTS, number)
        _, extra = _sign_attachment(office, document, attachment, agency, numbering)
        more = (*more, *extra)
    told(IssueStep.SENDING, number)
    document = office.server.document(document_id)
    if is_sealed:
        # What was sealed before may lack what the services did not give then.
        document, extra = raise_for_publishing(office, document)
        more = (*more, *extra)
    refuse_below_level(office, document)
    published = forward_once(
        office,
        document,
        "publish",
        undetermined_reason if is_with_reason else None,
    )
    if office.bench.profile.publish.archive == "issued":
        more = (*more, "workflow.archive_print_due")
    attachments = tuple(file.sha256 for file in document.attachments)
    return Issued(published, numbering, document.main_file.sha256, attachments, (*notes, *more))


def finish_issue(office: Office, document_id: str) -> Document | None:
    """Publish a document that I sealed whole before a crash or a day without network; sends what waits of it.

    Returns:
        The published document; None where something is still to be sealed, or the leader's signature needs a
        reason: then it is the clerk's to issue again.
    """
    document = office.server.document(document_id)
    if my_seal(office, document) is None:
        return None
    for file in document.files:
        kind = SignatureKind.SEAL if file.role == "main" else SignatureKind.ATTACHMENT
        if already_signed(office, document_id, file, kind) is None:
            return None
    document = office.server.document(document_id)
    path = fetch(office, document, document.main_file)
    try:
        report = check_file(office.bench.judge, office.bench.eyes, path)
        check_leaders(office.bench.profile, document, report)
    except AppError:
        return None
    document, _ = raise_for_publishing(office, document)
    refuse_below_level(office, document)
    return forward_once(office, document, "publish")


def _nobody(step: IssueStep, number: str | None) -> None:
    del step, number


def _seal_wish(
    office: Office,
    document: Document,
    report: FileReport,
    agency: CertificateInfo,
    place: tuple[int, BoxMm] | None,
) -> Wish:
    """Return the seal over the agency's own leader, with its number still to come."""
    page_index, box = place or (None, None)
    return Wish(
        SignatureKind.SEAL,
        image=office.seal_image,
        signer=document.signers[0].name,
        beside=own_leaders_field(document, report, agency.subject),
        page_index=page_index,
        box=box,
        number=NUMBER_TO_COME,
    )


def _numbered(
    office: Office,
    document: Document,
    agency: CertificateInfo,
    wish: Wish,
    *,
    path: Path,
    facts: FileFacts,
) -> Numbering:
    """Take the number; what cannot be sealed takes none, and what I have sealed keeps its date."""
    if my_seal(office, document) is not None and document.issue_date is not None:
        return take_number(office, document, document.issue_date)
    sha256 = document.main_file.sha256
    to_come = 0
    if needs_number_signature(facts):
        plan_number(office.bench, path, wish, agency, shown_sha256=sha256)
        to_come = 1
    if to_come or has_number_signature(facts):
        wish = _without_number(wish)
    plan_signature(office.bench, path, wish, agency, shown_sha256=sha256, to_come=to_come)
    assert wish.issue_date is not None
    return take_number(office, document, wish.issue_date)


def _day_shown(document: Document, facts: FileFacts) -> date | None:
    """Return the date that a number signature shows already: it stays, whatever day it is.

    Raises:
        AppError: `workflow.already_numbered` where it is not of this register.
    """
    if not has_number_signature(facts):
        return None
    if document.number is None:
        raise AppError("workflow.already_numbered")
    return document.issue_date


def _without_number(wish: Wish) -> Wish:
    """Return the seal of a document whose number is shown by a signature of its own."""
    return replace(wish, number=None, blanks=(), given_blanks=())


def _show_number(
    office: Office, document: Document, agency: CertificateInfo, wish: Wish, facts: FileFacts
) -> tuple[Document, tuple[str, ...]]:
    """Show number and date in a signature of their own; return the document as the server has it with that."""
    if my_seal(office, document) is not None:
        return document, ()
    if not needs_number_signature(facts):
        already_signed(office, document.document_id, document.main_file, SignatureKind.NUMBER)
        return document, ()
    wish = replace(wish, kind=SignatureKind.NUMBER)
    _, notes = _sign(office, document, document.main_file, agency, wish)
    return office.server.document(document.document_id), notes


def refuse_foreign_seal(office: Office, agency: CertificateInfo) -> None:
    """Refuse a certificate that the server does not know as the agency's, before anything is numbered.

    Raises:
        AppError: `workflow.not_the_agency`.
    """
    known = office.server.me().agency_certificate_sha256
    if known and agency.sha256 not in known:
        raise AppError("workflow.not_the_agency", subject=agency.subject)


def my_seal(office: Office, document: Document) -> Work | None:
    """Return the seal that I put on a document's current revision, accepted or still to be sent.

    It has locked its number and date: going on after midnight must not change them.
    """
    main = document.main_file
    works = office.journal.works_of(document.document_id)
    known = extended_since(works, main)
    for work in works:
        is_seal = (work.file_id, work.kind) == (main.file_id, SignatureKind.SEAL.value)
        waits = work.waits and work.base_sha256 == main.sha256
        if is_seal and (waits or work.signed_sha256 in known):
            return work
    return None


def take_number(office: Office, document: Document, day: date) -> Numbering:
    """Take the document's number once, however often this is called; one taken before is used again."""
    key = office.journal.key_for("number", document.document_id)
    numbering = office.server.take_number(
        document.document_id, symbol=document.symbol, issue_date=day, idempotency_key=key
    )
    if numbering.text != number_text(numbering.value, office.bench.profile.number.digits):
        raise AppError("server.garbage", server="number")
    return numbering


def _sign_attachment(
    office: Office,
    document: Document,
    attachment: FileRef,
    agency: CertificateInfo,
    numbering: Numbering,
) -> tuple[str, tuple[str, ...]]:
    """Seal an attachment in a file of its own, in the corner that the profile says (seed 004, Article 5.2 b)."""
    wish = corner_wish(
        office.bench,
        SignatureKind.ATTACHMENT,
        agency.subject,
        image=office.seal_image,
        number=numbering.text,
        symbol=numbering.symbol,
    )
    wish = with_given(wish, document, attachment)
    return _sign(office, document, attachment, agency, wish)


def _sign(
    office: Office, document: Document, file: FileRef, agency: CertificateInfo, wish: Wish
) -> tuple[str, tuple[str, ...]]:
    before = already_signed(office, document.document_id, file, wish.kind)
    if before is not None:
        return before.signed_sha256 or "", ()
    path = fetch(office, document, file)
    settle = plan_number if wish.kind is SignatureKind.NUMBER else plan_signature
    planned = settle(office.bench, path, wish, agency, shown_sha256=file.sha256)
    plan = SigningPlan(document.document_id, file.file_id, file.sha256, planned.request)
    work, notes = sign_and_keep(office, plan)
    work, more = send(office, work, notes)
    return work.signed_sha256 or "", (*planned.notes, *notes, *more)
