"""Incoming documents (văn bản đến): check, register, and put the agency's block on them where the office does so."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.delivering import send, sign_and_keep
from app.workflow.documents import Arrival, Document, Numbering
from app.workflow.fetching import fetch
from app.workflow.issue import IssueStep, Watcher, refuse_foreign_seal
from app.workflow.office import Office
from app.workflow.plan import SigningPlan
from app.workflow.planning import plan_signature
from app.workflow.showing import corner_wish
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo


@dataclass(frozen=True, slots=True)
class Registered:
    """An incoming document in the register. `notes` are message codes to tell the clerk."""

    document: Document
    numbering: Numbering
    stored_sha256: str
    notes: tuple[str, ...]


def register(
    office: Office,
    file: Path,
    arrival: Arrival,
    agency: CertificateInfo | None,
    *,
    shown_sha256: str,
    watch: Watcher | None = None,
) -> Registered:
    """Check an incoming file, register it, and sign it where the rule profile asks for that.

    Args:
        office: the clerk's office; the agency's token is open where a signature is asked for.
        file: as it came.
        arrival: its description.
        agency: the agency's certificate, None where the profile only registers.
        shown_sha256: hash of the file as the clerk was shown it. The same bytes are one arrival, registered once.
        watch: told of each step.

    Raises:
        AppError: before a number is taken `workflow.not_what_was_shown`, and `workflow.incoming_invalid`: it goes back
            to the sender and is not registered.

    Source: Decree 30/2020, Articles 21 and 22; seed 004, Articles 7.4 a and 8.1 a.
    """
    if agency is not None:
        refuse_foreign_seal(office, agency)
    told = watch or (lambda _step, _number: None)
    told(IssueStep.NUMBERING, None)
    document, numbering = _registered(office, file, arrival, shown_sha256)
    main = document.main_file
    if agency is None or not office.bench.profile.incoming.sign:
        return Registered(document, numbering, main.sha256, ())
    told(IssueStep.SEALING, numbering.text)
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
    told(IssueStep.SENDING, numbering.text)
    work, more = send(office, work, notes)
    notes = (*planned.notes, *notes, *more)
    return Registered(document, numbering, work.signed_sha256 or "", notes)


def _registered(
    office: Office, file: Path, arrival: Arrival, shown_sha256: str
) -> tuple[Document, Numbering]:
    """Judge a copy that nobody else writes to, and send that one: what was judged is what is registered."""
    copy = office.files.aside()
    try:
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            raise AppError("server.file_unreadable", file=file.name) from error
        with copy.open("rb") as copied:
            if hashlib.file_digest(copied, "sha256").hexdigest() != shown_sha256:
                raise AppError("workflow.not_what_was_shown", file=file.name)
        report = check_file(office.bench.judge, office.bench.eyes, copy)
        if report.verdict in (Verdict.INVALID, Verdict.UNREADABLE):
            reason = report.reason or "verdict." + report.verdict.value
            raise AppError("workflow.incoming_invalid", reason=reason)
        return office.server.register_incoming(
            copy,
            abstract=arrival.abstract,
            sender=arrival.sender,
            sender_number=arrival.sender_number,
            sender_date=arrival.sender_date,
            idempotency_key=office.journal.key_for("incoming", shown_sha256),
        )
    finally:
        copy.unlink(missing_ok=True)
