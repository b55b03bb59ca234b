"""From an agreed plan to the server's receipt, one journalled step after the other; repeatable after any crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.errors import AppError
from app.workflow.documents import FileRef
from app.workflow.evidence_keeping import keep_evidence
from app.workflow.making import make_signature
from app.workflow.office import Office
from app.workflow.plan import BASE, EXTENSION, SigningPlan, Work, WorkState
from app.workflow.raising import raise_before_sending
from signing.terms import SignatureKind

NEVER_TAKEN = ("server.conflict", "server.withdrawn", "server.signature_exists")
"""Refusals of an upload that no repetition changes: somebody else was first, or the document was taken back."""


BASE_NEVER_TAKEN = (
    *NEVER_TAKEN,
    "server.base_signed",
    "server.action_refused",
    "server.denied",
    "server.not_found",
    "server.too_large",
    "server.invalid",
    "server.secret_refused",
    "server.paper_only",
)
"""Those of a new base. It costs nobody a signature and can be made again, so every refusal for good ends it."""


def sign_and_keep(
    office: Office, plan: SigningPlan, told: Callable[[], None] | None = None
) -> tuple[Work, tuple[str, ...]]:
    """Carry out a plan: sign, judge, store, journal. What was signed before is not signed again.

    `told` is called when the signature is made and before it is judged.

    Returns:
        The work, at least `signed`, and message codes to tell the person.

    Raises:
        AppError, SigningError: what stopped it; the journal notes the code and the draft is as it was.
    """
    work = office.journal.begin(plan)
    if work.waits or work.state is WorkState.ACCEPTED:
        return work, ()
    base = office.files.path_of(plan.request.base_sha256)
    aside = office.files.aside()
    try:
        made = make_signature(office.bench, base, aside, plan.request, told)
    except Exception as error:
        office.journal.failed_once(
            work.work_id, code=str(getattr(error, "code", type(error).__name__))
        )
        raise
    sha256 = office.files.adopt(made.file.path)
    notes = keep_evidence(office.evidence, office.bench, plan.request, sha256, plan.document_id)
    work = office.journal.signed(work.work_id, signed_sha256=sha256, level=made.file.level.value)
    return work, (*made.notes, *notes)


def deliver(office: Office, work: Work) -> Work:
    """Upload signed work as `send` does, where nobody waits to be told how far it was raised."""
    return send(office, work)[0]


def send(office: Office, work: Work, told: tuple[str, ...] = ()) -> tuple[Work, tuple[str, ...]]:
    """Upload signed work and record the receipt; the same key makes a repeated upload one revision.

    A new base that waits goes first: the server takes no signature on what it does not hold. Before its first upload
    the file is brought to the level that the office wants, as far as the services answer.

    Args:
        office: whose work it is.
        work: signed, or accepted already.
        told: as `raise_before_sending`.

    Returns:
        The accepted work, and message codes to tell the person.

    Raises:
        AppError: one of `NEVER_TAKEN`: the work is given up, the signed file stays in the store, and the document
            as it now is may be signed anew. Anything else: the work waits for its next try.
    """
    if work.state is WorkState.ACCEPTED:
        return work, ()
    if work.signed_sha256 is None:
        raise AppError("workflow.not_signed")
    for base in office.journal.works_of(work.document_id):
        is_mine = (base.kind, base.file_id, base.signed_sha256) == (
            BASE,
            work.file_id,
            work.base_sha256,
        )
        if is_mine and base.state is WorkState.SIGNED:
            _send(office, base)
    if work.kind == BASE:
        return _send(office, work), ()
    work, notes = raise_before_sending(office, work, told)
    return _send(office, work), notes


def _send(office: Office, work: Work) -> Work:
    path = office.files.path_of(work.signed_sha256 or "")
    try:
        if work.kind == BASE:
            receipt = office.server.upload_base(
                work.document_id,
                work.file_id,
                converted=path,
                original_sha256=work.base_sha256,
                idempotency_key=work.upload_key,
            )
        else:
            receipt = office.server.upload(
                work.document_id,
                work.file_id,
                signed=path,
                kind=work.kind,
                base_sha256=work.base_sha256,
                idempotency_key=work.upload_key,
            )
    except AppError as error:
        if error.code in (BASE_NEVER_TAKEN if work.kind == BASE else NEVER_TAKEN):
            office.journal.dropped(work.work_id, reason=error.code)
        raise
    return office.journal.accepted(work.work_id, receipt)


def already_signed(
    office: Office, document_id: str, file: FileRef, kind: SignatureKind
) -> Work | None:
    """Return my signature of a kind on a file's current revision, so that nothing is signed twice.

    One that waits to be sent to this revision is sent now; an upload whose receipt was lost is asked for again
    under its own key.
    """
    works = office.journal.works_of(document_id)
    known = extended_since(works, file)
    for work in works:
        if (work.file_id, work.kind) != (file.file_id, kind.value):
            continue
        if (work.waits and work.base_sha256 == file.sha256) or work.signed_sha256 in known:
            return work if work.state is WorkState.DROPPED else deliver(office, work)
    return None


def extended_since(works: Iterable[Work], file: FileRef) -> frozenset[str]:
    """Return the hash of a file's current revision, and of those to which I have since added no signature."""
    made_of = {
        work.signed_sha256: work.base_sha256
        for work in works
        if (work.kind, work.file_id) == (EXTENSION, file.file_id)
    }
    known, sha256 = {file.sha256}, made_of.get(file.sha256)
    while sha256 is not None and sha256 not in known:
        known.add(sha256)
        sha256 = made_of.get(sha256)
    return frozenset(known)


def deliver_unfinished(office: Office) -> tuple[Work, ...]:
    """Upload whatever was signed and not yet accepted, say after a crash or a day without network.

    Returns:
        The works that were accepted now. The first refusal is raised after all others had their turn.
    """
    done: list[Work] = []
    refused: AppError | None = None
    for work in office.journal.unfinished():
        if work.waits:
            try:
                done.append(deliver(office, work))
            except AppError as error:
                refused = refused or error
    if refused is not None:
        raise refused
    return tuple(done)
