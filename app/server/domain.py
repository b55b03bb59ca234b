"""Turns wire models into the records of the office's work, and back where the client asks."""

from __future__ import annotations

from datetime import UTC, datetime

from app.server import wire
from app.workflow import documents


def person(me: wire.Me) -> documents.Person:
    """Return who is signed in."""
    return documents.Person(
        user_id=me.user_id,
        name=me.name,
        office=me.office,
        roles=me.roles,
        certificate_sha256=me.certificate_sha256,
        agency_certificate_sha256=me.agency_certificate_sha256,
        rule_profile=me.rule_profile,
    )


def task_page(page: wire.TaskPage) -> documents.TaskPage:
    """Return one page of a queue's changes."""
    return documents.TaskPage(
        changed=tuple(_task(item) for item in page.changed),
        gone=page.gone,
        cursor=page.cursor,
        more=page.more,
    )


def document(answer: wire.Document, etag: str) -> documents.Document:
    """Return a document's description.

    Args:
        answer: the body.
        etag: the version from the answer's header, without its quotes.
    """
    return documents.Document(
        document_id=answer.document_id,
        etag=etag,
        abstract=answer.abstract,
        kind_name=answer.kind_name,
        symbol=answer.symbol,
        number=answer.number,
        issue_date=answer.issue_date,
        recipients=answer.recipients,
        signers=tuple(
            documents.Signer(item.name, item.title, item.certificate_sha256, item.uid)
            for item in answer.signers
        ),
        urgency=answer.urgency,
        secrecy=answer.secrecy,
        paper_only=answer.paper_only,
        deadline=_utc_or_none(answer.deadline),
        dossier_code=answer.dossier_code,
        drafting_unit=answer.drafting_unit,
        state=answer.state,
        files=tuple(_file(item) for item in answer.files),
        history=tuple(_step(item) for item in answer.history),
        receipt_number=answer.receipt_number,
        deadline_state=answer.deadline_state,
        places=tuple(
            documents.GivenPlace(it.file_id, it.kind, it.page_index, it.box_mm, it.signer)
            for it in answer.places
        ),
    )


def receipt(answer: wire.UploadReceipt) -> documents.UploadReceipt:
    """Return the server's word that it holds a revision."""
    return documents.UploadReceipt(
        file_id=answer.file_id,
        revision=answer.revision,
        sha256=answer.sha256,
        received_at=answer.received_at.astimezone(UTC),
    )


def numbering(answer: wire.Numbering) -> documents.Numbering:
    """Return a number of the register."""
    return documents.Numbering(
        value=answer.value, text=answer.text, symbol=answer.symbol, issue_date=answer.issue_date
    )


def wire_mark(mark: documents.PageMark) -> wire.PageMark:
    """Return a page mark as it is sent."""
    return wire.PageMark(
        file_id=mark.file_id, page_index=mark.page_index, note=mark.note, box_mm=mark.box_mm
    )


def _task(item: wire.Task) -> documents.Task:
    return documents.Task(
        task_id=item.task_id,
        queue=item.queue,
        document_id=item.document_id,
        abstract=item.abstract,
        kind_name=item.kind_name,
        urgency=item.urgency,
        secrecy=item.secrecy,
        paper_only=item.paper_only,
        deadline=_utc_or_none(item.deadline),
        attachments=item.attachments,
        updated_at=item.updated_at.astimezone(UTC),
        returned=item.returned,
        dossier_code=item.dossier_code,
        deadline_state=item.deadline_state,
    )


def _file(item: wire.FileRef) -> documents.FileRef:
    was = item.converted_from
    original = None
    if was is not None:
        at = was.at.astimezone(UTC)
        original = documents.Original(was.sha256, was.name, was.media_type, was.by, at)
    return documents.FileRef(
        file_id=item.file_id,
        name=item.name,
        role=item.role,
        media_type=item.media_type,
        size_bytes=item.size_bytes,
        sha256=item.sha256,
        revision=item.revision,
        converted_from=original,
    )


def _step(item: wire.RoutingStep) -> documents.RoutingStep:
    return documents.RoutingStep(
        at=item.at.astimezone(UTC),
        actor=item.actor,
        action=item.action,
        comment=item.comment,
        marks=tuple(
            documents.PageMark(mark.file_id, mark.page_index, mark.note, mark.box_mm)
            for mark in item.marks
        ),
    )


def _utc_or_none(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(UTC)
