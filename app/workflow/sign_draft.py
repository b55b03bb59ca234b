"""A person's signature on a draft: the leader's (ký duyệt), blue, and what the ký nháy before it shares with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import AppError
from app.workflow.converting import converted
from app.workflow.delivering import already_signed, deliver, send, sign_and_keep
from app.workflow.documents import Document, FileRef, Queue, Signer, same_name
from app.workflow.fetching import fetch
from app.workflow.flow import Flow, FlowEvent, FlowState
from app.workflow.given import with_given
from app.workflow.office import Office
from app.workflow.opinions import as_the_form_asks, closes_with_seal, refuse_others_opinions
from app.workflow.order import refuse_against_form
from app.workflow.plan import SigningPlan
from app.workflow.planning import Planned, plan_signature
from app.workflow.wish import Wish
from signing.terms import SignatureKind, kind_of_field
from signing.token.records import CertificateInfo

Watcher = Callable[[Flow], None]
"""Told of every state that a flow enters."""


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft as it is shown: these bytes, and no others, are what a signature will cover."""

    document: Document
    file: FileRef
    path: Path
    shown_sha256: str


@dataclass(frozen=True, slots=True)
class SignedDraft:
    """A draft that is signed and with the server. `notes` are message codes to tell the person."""

    document: Document
    signed_sha256: str
    level: str | None
    notes: tuple[str, ...]


def open_draft(office: Office, document_id: str) -> OpenDraft:
    """Fetch a draft for showing.

    Raises:
        AppError: as `fetch`.
    """
    return fetch_draft(office, office.server.document(document_id))


def fetch_draft(office: Office, document: Document) -> OpenDraft:
    """Fetch the draft of a description; from the store where it lies there, so that it works offline too.

    A draft that came as a Word file is the PDF made of it; so are its attachments, which nobody could seal otherwise.

    Raises:
        AppError: as `converted`, for the attachments too.
    """
    found = converted(office, document)
    for problem in found.problems:
        raise problem
    document = found.document
    file = document.main_file
    return OpenDraft(document, file, fetch(office, document, file), file.sha256)


def resume_draft(
    office: Office, document_id: str, kind: SignatureKind = SignatureKind.PERSONAL
) -> Document | None:
    """Go on with a draft that I signed before a crash: its upload, its way to the next. None if I did not.

    `kind` is PERSONAL or INITIAL.
    """
    document = office.server.document(document_id)
    file = document.main_file
    work = next(
        (
            item
            for item in office.journal.works_of(document_id)
            if item.kind == kind.value and item.waits
        ),
        None,
    )
    if work is not None:
        work = deliver(office, work)
        return hand_on(office, document_id, work.signed_sha256 or "", kind)
    if already_signed(office, document_id, file, kind) is not None:
        return hand_on(office, document_id, file.sha256, kind)
    return None


def plan_draft(
    office: Office,
    draft: OpenDraft,
    certificate: CertificateInfo,
    wish: Wish | None = None,
    opinion: str = "",
) -> tuple[SigningPlan, Planned]:
    """Settle the leader's signature on a draft that is shown, with what the leader's level of an internal form says.

    Raises:
        AppError: `workflow.wrong_signer` when the document expects another person; as `plan_signature`,
            `app.workflow.opinions.as_the_form_asks` and `check_levels`.
    """
    profile, document = office.bench.profile, draft.document
    refuse_against_form(profile, document.kind_name, SignatureKind.PERSONAL)
    signer = expected_signer(draft.document, certificate)
    wanted = wish or Wish(SignatureKind.PERSONAL, image=office.personal_image, signer=signer.name)
    wanted = with_given(wanted, document, draft.file)
    wanted = as_the_form_asks(
        office.bench, draft.path, draft.document, signer, wanted, opinion=opinion
    )
    if wanted.said is not None:
        refuse_others_opinions(office.bench, draft.path, draft.document, wanted.said)
    planned = plan_signature(
        office.bench, draft.path, wanted, certificate, shown_sha256=draft.shown_sha256
    )
    refuse_without_blanks(office, document, planned)
    plan = SigningPlan(
        draft.document.document_id, draft.file.file_id, draft.shown_sha256, planned.request
    )
    return plan, planned


def refuse_without_blanks(office: Office, document: Document, planned: Planned) -> None:
    """Refuse a first signature after which the number could not be put on the document any more.

    Raises:
        AppError: `workflow.no_blanks`.
    """
    form = office.bench.profile.form_of(document.kind_name)
    wants_number = document.number is None and (form is None or form.number)
    if wants_number and "workflow.number_blank_missing" in planned.notes:
        raise AppError("workflow.no_blanks")


def expected_signer(document: Document, certificate: CertificateInfo) -> Signer:
    """Return the signer of a document that a certificate belongs to: by fingerprint, else UID, else name.

    Raises:
        AppError: `workflow.wrong_signer` with the names that are expected.
    """
    for signer in document.signers:
        if signer.certificate_sha256 == certificate.sha256:
            return signer
    for signer in document.signers:
        if signer.certificate_sha256 is None and signer.uid and signer.uid == certificate.uid:
            return signer
    for signer in document.signers:
        if (
            signer.certificate_sha256 is None
            and not signer.uid
            and same_name(signer.name, certificate.subject)
        ):
            return signer
    raise AppError(
        "workflow.wrong_signer",
        expected=", ".join(item.name for item in document.signers),
        subject=certificate.subject,
    )


def sign_draft(
    office: Office, draft: OpenDraft, plan: SigningPlan, watch: Watcher | None = None
) -> SignedDraft:
    """Sign, keep, upload, and hand the document on: a ký nháy at once, else when all personal signatures are there.

    The token must be open. Every step is journalled; calling again after a failure goes on where it stopped.

    Raises:
        AppError, SigningError: what stopped it; a signature that exists is kept and sent later.
    """
    flow = _Told(Flow(plan.document_id, plan.file_id, FlowState.AWAITING_PIN), watch)
    flow.move(FlowEvent.LOGGED_IN)
    try:
        work, notes = sign_and_keep(office, plan, lambda: flow.move(FlowEvent.SIGNATURE_MADE))
    except Exception as error:
        flow.move(FlowEvent.FAIL, str(getattr(error, "code", "bug")))
        raise
    if flow.state is FlowState.SIGNING:  # it was made before, and judged
        flow.move(FlowEvent.SIGNATURE_MADE)
    flow.move(FlowEvent.JUDGED_GOOD)
    flow.move(FlowEvent.SEND)
    try:
        work, more = send(office, work, notes)
    except AppError as error:
        flow.move(FlowEvent.SERVER_AWAY, error.code)
        raise
    flow.move(FlowEvent.RECEIPT)
    signed_sha256 = work.signed_sha256 or ""
    document = hand_on(office, draft.document.document_id, signed_sha256, plan.request.kind)
    return SignedDraft(document, signed_sha256, work.level, (*notes, *more))


def hand_on(
    office: Office,
    document_id: str,
    signed_sha256: str,
    kind: SignatureKind = SignatureKind.PERSONAL,
) -> Document:
    """Send a document to the clerk once every signer's signature is on it; else leave it to the next signer.

    An internal form without a seal ends here: it goes to its recipients. What got its ký nháy goes to the next of its
    chain.
    """
    document = office.server.document(document_id)
    if kind is SignatureKind.INITIAL:
        waits = document.state == Queue.TO_INITIAL.value
        return forward_once(office, document, "approve") if waits else document
    facts = office.bench.judge.look(office.files.path_of(signed_sha256)).result()
    may_be = (SignatureKind.PERSONAL, SignatureKind.UNKNOWN)
    personal = [item for item in facts.signatures if kind_of_field(item.name) in may_be]
    if len(personal) < len(document.signers):
        return document
    rule = office.bench.profile.form_of(document.kind_name)
    return forward_once(office, document, "to_clerk" if closes_with_seal(rule) else "publish")


def forward_once(
    office: Office, document: Document, action: str, comment: str | None = None
) -> Document:
    """Move a document on under a key that the journal keeps, so that a repeated call moves it once."""

    def move(key: str) -> Document:
        return office.server.forward(
            document.document_id,
            action=action,
            etag=document.etag,
            idempotency_key=key,
            comment=comment,
        )

    return moved_once(office, document, action, move)


def moved_once(
    office: Office, document: Document, action: str, move: Callable[[str], Document]
) -> Document:
    """Make a call that moves a document under a key that the journal keeps until it is answered.

    A lost answer whose call nobody repeated comes now, though the document has come back since: such an old answer
    names a revision that is not the present one while nothing has moved, and the call is made anew.
    """
    document_id = document.document_id
    moved = move(office.journal.key_for(action, document_id))
    office.journal.settle(action, document_id)
    if moved.etag != document.etag == office.server.document(document_id).etag:
        moved = move(office.journal.key_for(action, document_id))
        office.journal.settle(action, document_id)
    return moved


class _Told:
    def __init__(self, flow: Flow, watch: Watcher | None) -> None:
        self._flow, self._watch = flow, watch

    @property
    def state(self) -> FlowState:
        return self._flow.state

    def move(self, event: FlowEvent, code: str | None = None) -> None:
        self._flow = self._flow.moved(event, code)
        if self._watch is not None:
            self._watch(self._flow)
