"""Carries out what a person agreed to: document after document with one open key, and what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from app.errors import AppError
from app.store import Store
from app.workflow.batch import AT_ONCE, in_doubt, work_through
from app.workflow.certificates import check_certificate
from app.workflow.converting import converted
from app.workflow.copying import copy_document, finish_copy
from app.workflow.delivering import already_signed, deliver
from app.workflow.documents import Document, Queue
from app.workflow.fetching import refuse_other_than_shown
from app.workflow.flow import Flow, FlowState
from app.workflow.incoming import register
from app.workflow.initial import initial_wish, plan_initial
from app.workflow.issue import IssueStep, finish_issue, issue
from app.workflow.making import choose_certificate
from app.workflow.office import Office
from app.workflow.plan import BASE, EXTENSION, MADE, SigningPlan, WorkState
from app.workflow.sign_draft import (
    OpenDraft,
    expected_signer,
    fetch_draft,
    hand_on,
    plan_draft,
    resume_draft,
    sign_draft,
)
from app.workflow.wish import Wish
from app.workplace.account import Account
from app.workplace.papers import AWAY
from app.workplace.records import (
    Key,
    Order,
    OrderKind,
    Problem,
    Progress,
    Step,
    Told,
    Waiting,
    problem_of,
)
from pdf.geometry import BoxMm
from signing.errors import SigningError
from signing.terms import SignatureKind
from signing.token.records import CertificateInfo, ModuleInfo

_STEPS = {
    FlowState.SIGNING: Step.SIGNING,
    FlowState.JUDGING: Step.JUDGING,
    FlowState.SENDING: Step.SENDING,
}
MOVED_ON = (
    "server.conflict",
    "server.withdrawn",
    "server.action_refused",
    "server.denied",
    "server.not_found",
)
"""The signature is with the server, and the document no longer mine to move: the copy of the queue was old."""
_KINDS = {
    OrderKind.SIGN: SignatureKind.PERSONAL,
    OrderKind.INITIAL: SignatureKind.INITIAL,
    OrderKind.ISSUE: SignatureKind.SEAL,
    OrderKind.INCOMING: SignatureKind.INCOMING,
    OrderKind.COPY: SignatureKind.COPY,
}
_HANDED_ON = (
    (SignatureKind.INITIAL, Queue.TO_INITIAL),
    (SignatureKind.PERSONAL, Queue.TO_SIGN),
)
"""What goes to the next person when it is signed, and where it waits until then."""
_PERSONS = (OrderKind.SIGN, OrderKind.INITIAL)
"""Carried out with a person's own certificate; the rest with the agency's."""


class Orders:
    """Signs, issues, copies and registers for whoever is signed in."""

    def __init__(self, account: Account, store: Store) -> None:
        self._account = account
        self._store = store

    def choose_key(self, modules: Sequence[ModuleInfo], order: Order) -> Key:
        """Choose token and certificate: one that the server knows as mine, else by its purpose and the signer's name.

        Raises:
            AppError: `workflow.no_certificate`, `workflow.certificate_unusable`; as `check_certificate`.
            SigningError: `token.none`.
        """
        tokens = [token for module in modules for token in module.tokens]
        if not tokens:
            raise SigningError("token.none")
        certificates = tuple(item for token in tokens for item in token.certificates)
        chosen = self._known(certificates, order) or choose_certificate(
            certificates,
            "person" if order.kind in _PERSONS else "agency",
            signer=order.signer,
        )
        token = next(token for token in tokens if chosen in token.certificates)
        seat = self._account.seat
        notes = () if seat is None else check_certificate(seat.office.bench, chosen, token)
        return Key(token, chosen, notes)

    def _known(
        self, certificates: tuple[CertificateInfo, ...], order: Order
    ) -> CertificateInfo | None:
        seat = self._account.seat
        if seat is None:
            return None
        is_personal = order.kind in _PERSONS
        person = seat.person
        mine = person.certificate_sha256 if is_personal else person.agency_certificate_sha256
        usable = (item for item in certificates if item.cannot_sign is None)
        return next((item for item in usable if item.sha256 in mine), None)

    def carry_out(self, orders: Sequence[Order], key: Key, told: Told) -> None:
        """Carry out orders, telling each one's steps. What puts the token in doubt ends the rest.

        Persons' signatures are made side by side; what takes a number goes one after the other, in the list's order.
        What whoever asked for it has left behind is not begun by who sits there next.
        """
        seat = self._account.seat

        def one(order: Order) -> Progress:
            try:
                if seat is not None:
                    self._account.refuse_others(seat.person)
                return self._carry_out_one(order, key.certificate, told)
            except Exception as error:  # noqa: BLE001 - the next document has its turn, whatever befell this one
                problem = problem_of(error)
                return Progress(order.document_id, self._ended(order, problem), problem)

        are_apart = len({order.document_id for order in orders}) == len(orders)
        are_persons = all(order.kind in _PERSONS for order in orders)
        at_once = AT_ONCE if are_apart and are_persons else 1
        left = work_through(
            orders, one, _doubt, lambda _, progress: told(progress), at_once=at_once
        )
        if left is not None:
            for order in left.items:
                told(Progress(order.document_id, Step.SKIPPED, left.why.problem))

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what I signed and is not yet with the server, oldest first; nothing where nobody is signed in."""
        seat = self._account.seat
        works = () if seat is None else seat.office.journal.unfinished()
        return tuple(
            Waiting(work.work_id, work.document_id, work.kind, self._title_of(work.document_id))
            for work in works
            if work.waits and work.kind not in (BASE, EXTENSION)
        )

    def send_waiting(self) -> tuple[Waiting, ...]:
        """Send what I signed and waits, hand on and publish what can be; what is refused does not keep the rest.

        Raises:
            AppError: the first refusal, after all had their turn; the server's where it is away.
        """
        office = self._account.seated().office
        refused: list[AppError] = []
        sent: list[str] = []
        for work in office.journal.unfinished():
            if work.waits:
                sent.append(work.document_id)
                _try(partial(deliver, office, work), refused)
        for kind, queue in _HANDED_ON:
            for document_id in dict.fromkeys((*sent, *self._in(queue))):
                if _has(office, document_id, kind):
                    _try(partial(self._hand_on, office, document_id, kind), refused, MOVED_ON)
        for document_id in dict.fromkeys((*sent, *self._in(Queue.TO_ISSUE))):
            if _has(office, document_id, SignatureKind.SEAL):
                _try(partial(self._publish, office, document_id), refused, MOVED_ON)
            elif _has(office, document_id, SignatureKind.COPY):
                _try(partial(finish_copy, office, document_id), refused, MOVED_ON)
        if refused:
            raise refused[0]
        return self.waiting()

    def _carry_out_one(self, order: Order, certificate: CertificateInfo, told: Told) -> Progress:
        office = self._account.seated().office
        if order.kind is OrderKind.INCOMING:
            return self._register(office, order, certificate, told)
        if order.box is None:
            raise AppError("workflow.no_place", kind="kind." + _KINDS[order.kind].value)
        place = order.box.page_index, order.box.box_mm
        if order.kind is OrderKind.ISSUE:
            return self._issue(office, order, certificate, place, told)
        if order.kind is OrderKind.COPY:
            return self._copy(office, order, certificate, place, told)
        return self._sign(office, order, certificate, place, told)

    def _sign(
        self,
        office: Office,
        order: Order,
        certificate: CertificateInfo,
        place: tuple[int, BoxMm],
        told: Told,
    ) -> Progress:
        document_id, kind = order.document_id, _KINDS[order.kind]
        if _has(office, document_id, kind, *MADE):
            told(Progress(document_id, Step.SENDING))
            resumed = resume_draft(office, document_id, kind)
            if resumed is not None:
                self._remember(resumed)
                return Progress(document_id, Step.DONE)

        def watch(flow: Flow) -> None:
            if flow.state in _STEPS:
                told(Progress(document_id, _STEPS[flow.state]))

        # A base that waited here goes to the server now, and is what the server then has.
        document = converted(office, self._document(office, document_id)).document
        refuse_other_than_shown(office, document_id, (document.main_file,), order.shown)
        draft = fetch_draft(office, document)
        plan = self._plan(office, draft, order, certificate, place)
        signed = sign_draft(office, draft, plan, watch)
        self._remember(signed.document)
        return Progress(document_id, Step.DONE, notes=signed.notes, detail=signed.level)

    def _plan(
        self,
        office: Office,
        draft: OpenDraft,
        order: Order,
        certificate: CertificateInfo,
        place: tuple[int, BoxMm],
    ) -> SigningPlan:
        if order.kind is OrderKind.INITIAL:
            wish = _at(place, initial_wish(office, draft.document), order)
            person = self._account.seated().person
            return plan_initial(office, draft, certificate, person, wish)[0]
        signer = expected_signer(draft.document, certificate).name
        wish = Wish(SignatureKind.PERSONAL, image=office.personal_image, signer=signer)
        wish = _at(place, wish, order)
        plan, planned = plan_draft(office, draft, certificate, wish, order.opinion)
        if planned.level != order.level and (order.level is not None or order.opinion):
            raise AppError("workflow.not_what_was_shown", file=draft.file.name)
        return plan

    def _document(self, office: Office, document_id: str) -> Document:
        """Return the description; the one kept here where the server is away."""
        try:
            return office.server.document(document_id)
        except AppError as error:
            kept = self._store.cache.document(document_id) if error.code in AWAY else None
            if kept is None:
                raise
            return kept

    def _issue(
        self,
        office: Office,
        order: Order,
        certificate: CertificateInfo,
        place: tuple[int, BoxMm],
        told: Told,
    ) -> Progress:
        def watch(step: IssueStep, number: str | None) -> None:
            told(Progress(order.document_id, Step(step.value), detail=number))

        issued = issue(
            office,
            order.document_id,
            certificate,
            issue_date=order.issue_date,
            undetermined_reason=order.reason,
            shown=order.shown,
            seal_place=place,
            blanks=order.blanks,
            watch=watch,
        )
        self._remember(issued.document)
        number = f"{issued.numbering.text}/{issued.numbering.symbol}"
        notes = tuple(dict.fromkeys(issued.notes))
        return Progress(order.document_id, Step.DONE, notes=notes, detail=number)

    def _copy(
        self,
        office: Office,
        order: Order,
        certificate: CertificateInfo,
        place: tuple[int, BoxMm],
        told: Told,
    ) -> Progress:
        def watch(step: IssueStep, number: str | None) -> None:
            told(Progress(order.document_id, Step(step.value), detail=number))

        document = office.server.document(order.document_id)
        copied = copy_document(
            office,
            order.document_id,
            certificate,
            order.form,
            shown=order.shown,
            places={document.main_file.file_id: place},
            watch=watch,
        )
        self._remember(copied.document)
        return Progress(order.document_id, Step.DONE, notes=copied.notes)

    def _register(
        self, office: Office, order: Order, certificate: CertificateInfo, told: Told
    ) -> Progress:
        def watch(step: IssueStep, number: str | None) -> None:
            told(Progress(order.document_id, Step(step.value), detail=number))

        assert order.path is not None
        assert order.arrival is not None
        came = register(
            office,
            order.path,
            order.arrival,
            certificate,
            shown_sha256=order.document_id,
            watch=watch,
        )
        notes = tuple(dict.fromkeys(came.notes))
        return Progress(order.document_id, Step.DONE, notes=notes, detail=came.numbering.text)

    def _ended(self, order: Order, problem: Problem) -> Step:
        """Say how an order ended that met a problem: a signature that is made and in the store is kept."""
        shown = set(order.shown.values())
        seat = self._account.seat
        journal = self._store.journal if seat is None else seat.office.journal
        # What came in has its id from the server, which the order does not know.
        is_incoming = order.kind is OrderKind.INCOMING
        works = journal.unfinished() if is_incoming else journal.works_of(order.document_id)
        is_made = any(
            work.kind == _KINDS[order.kind].value
            and work.state in MADE
            and {work.base_sha256, work.signed_sha256} & shown
            for work in works
        )
        return Step.KEPT if is_made and problem.code.startswith("server.") else Step.FAILED

    def _hand_on(self, office: Office, document_id: str, kind: SignatureKind) -> None:
        document = office.server.document(document_id)
        main = document.main_file
        if already_signed(office, document_id, main, kind) is not None:
            self._remember(hand_on(office, document_id, main.sha256, kind))

    def _publish(self, office: Office, document_id: str) -> None:
        published = finish_issue(office, document_id)
        if published is not None:
            self._remember(published)

    def _in(self, queue: Queue) -> tuple[str, ...]:
        return tuple(task.document_id for task in self._store.cache.tasks(queue))

    def _remember(self, document: Document) -> None:
        # Only a copy: what is signed and sent stays so.
        with suppress(AppError):
            self._store.cache.remember(document)

    def _title_of(self, document_id: str) -> str | None:
        document = self._store.cache.document(document_id)
        return None if document is None else document.abstract


def _doubt(progress: Progress) -> str | None:
    problem = progress.problem
    return None if problem is None else in_doubt(problem.code, problem.params)


def _at(place: tuple[int, BoxMm], wish: Wish, order: Order) -> Wish:
    page_index, box = place
    return replace(wish, page_index=page_index, box=box, blanks=order.blanks)


def _has(office: Office, document_id: str, kind: SignatureKind, *states: WorkState) -> bool:
    """Say whether I have made a signature of a kind on a document; accepted by the server where no state is named."""
    return any(
        work.kind == kind.value and work.state in (states or (WorkState.ACCEPTED,))
        for work in office.journal.works_of(document_id)
    )


def _try(act: Callable[[], object], refused: list[AppError], let_go: tuple[str, ...] = ()) -> None:
    """Do one thing; a refusal is kept to be told, but a server that is away ends all."""
    try:
        act()
    except AppError as error:
        if error.code in AWAY:
            raise
        if error.code not in let_go:
            refused.append(error)
