"""Incoming documents (văn bản đến): check, register, and put the agency's block on them where the office does so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.delivering import deliver, sign_and_keep
from app.workflow.documents import Document, Numbering
from app.workflow.fetching import fetch
from app.workflow.issue import refuse_foreign_seal
from app.workflow.office import Office
from app.workflow.plan import SigningPlan
from app.workflow.planning import corner_wish, plan_signature
from signing.report import FileReport
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a document that came in: trích yếu, who sent it, its own number and date."""

    abstract: str
    sender: str
    sender_number: str
    sender_date: date


@dataclass(frozen=True, slots=True)
class Registered:
    """An incoming document in the register, with the report on the file as it came."""

    document: Document
    numbering: Numbering
    report: FileReport
    stored_sha256: str
    notes: tuple[str, ...]


def register(
    office: Office, file: Path, arrival: Arrival, agency: CertificateInfo | None, *, key: str
) -> Registered:
    """Check an incoming file, register it, and sign it where the rule profile asks for that.

    Args:
        office: the clerk's office; the agency's token is open where a signature is asked for.
        file: as it came.
        arrival: its description.
        agency: the agency's certificate, None where the profile only registers.
        key: names this arrival; the same key registers once.

    Raises:
        AppError: `workflow.incoming_invalid`: it goes back to the sender and is not registered.

    Source: Decree 30/2020, Articles 21 and 22; seed 004, Articles 7.4 a and 8.1 a.
    """
    if agency is not None:
        refuse_foreign_seal(office, agency)
    report = check_file(office.bench.judge, office.bench.eyes, file)
    if report.verdict in (Verdict.INVALID, Verdict.UNREADABLE):
        raise AppError("workflow.incoming_invalid", reason=report.reason or report.verdict.value)
    document, numbering = office.server.register_incoming(
        file,
        abstract=arrival.abstract,
        sender=arrival.sender,
        sender_number=arrival.sender_number,
        sender_date=arrival.sender_date,
        idempotency_key=office.journal.key_for("incoming", key),
    )
    main = document.main_file
    if agency is None or not office.bench.profile.sign_incoming:
        return Registered(document, numbering, report, main.sha256, ())
    path = fetch(office, document, main)
    wish = corner_wish(
        office.bench,
        SignatureKind.INCOMING,
        agency.subject,
        image=office.seal_image,
        number=numbering.text,
    )
    planned = plan_signature(office.bench, path, wish, agency, shown_sha256=main.sha256)
    plan = SigningPlan(document.document_id, main.file_id, main.sha256, planned.request)
    work, notes = sign_and_keep(office, plan)
    deliver(office, work)
    return Registered(
        document, numbering, report, work.signed_sha256 or "", (*planned.notes, *notes)
    )
