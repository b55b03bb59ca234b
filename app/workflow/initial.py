"""Ký nháy: the heads of division and of the office put their small marks on a draft before its leader signs.

Whoever comes first prepares the fields of number and date. Passing on without a mark is `app.workflow.routing.pass_on`.
"""

from __future__ import annotations

from app.errors import AppError
from app.workflow.documents import Document, Person, Queue, same_name
from app.workflow.given import with_given
from app.workflow.office import Office
from app.workflow.opinions import as_the_form_asks
from app.workflow.order import refuse_against_form
from app.workflow.plan import SigningPlan
from app.workflow.planning import Planned, plan_signature
from app.workflow.sign_draft import OpenDraft, refuse_without_blanks
from app.workflow.wish import Wish
from signing.terms import SignatureKind
from signing.token.records import CertificateInfo


def plan_initial(
    office: Office,
    draft: OpenDraft,
    certificate: CertificateInfo,
    person: Person,
    wish: Wish | None = None,
) -> tuple[SigningPlan, Planned]:
    """Settle the ký nháy on a draft that is shown; `app.workflow.sign_draft.sign_draft` carries the plan out.

    Args:
        office: of whoever gives it.
        draft: as it was opened.
        certificate: whose mark it is.
        person: who is signed in.
        wish: what and where; after the last words of the body by default.

    Raises:
        AppError: `workflow.nothing_to_initial`, `workflow.not_my_certificate`, `workflow.no_initials` (the office's
            rules have none), `workflow.initial_after_leader`, `workflow.no_blanks`; as `plan_signature`.

    Source: seed 003, 3.1, step 3.
    """
    refuse_elsewhere(draft.document)
    refuse_other_person(person, certificate)
    refuse_against_form(office.bench.profile, draft.document.kind_name, SignatureKind.INITIAL)
    wanted = with_given(wish or initial_wish(office, draft.document), draft.document, draft.file)
    wanted = as_the_form_asks(office.bench, draft.path, draft.document, None, wanted)
    planned = plan_signature(
        office.bench, draft.path, wanted, certificate, shown_sha256=draft.shown_sha256
    )
    refuse_without_blanks(office, draft.document, planned)
    plan = SigningPlan(
        draft.document.document_id, draft.file.file_id, draft.shown_sha256, planned.request
    )
    return plan, planned


def initial_wish(office: Office, document: Document) -> Wish:
    """Return the mark as the office shows it, its place looked for before the first signer's block."""
    signer = document.signers[0].name if document.signers else None
    return Wish(SignatureKind.INITIAL, image=office.initial_image, signer=signer)


def refuse_elsewhere(document: Document) -> None:
    """Refuse what does not wait for a ký nháy, say a draft that came back to its drafter.

    Raises:
        AppError: `workflow.nothing_to_initial`.
    """
    if document.state != Queue.TO_INITIAL.value:
        raise AppError("workflow.nothing_to_initial")


def refuse_other_person(person: Person, certificate: CertificateInfo) -> None:
    """Refuse another person's certificate: by fingerprint where the server knows mine, else by name.

    Raises:
        AppError: `workflow.not_my_certificate`.
    """
    known = person.certificate_sha256
    is_mine = certificate.sha256 in known if known else same_name(certificate.subject, person.name)
    if not is_mine:
        raise AppError(
            "workflow.not_my_certificate", subject=certificate.subject, person=person.name
        )
