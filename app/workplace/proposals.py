"""What signing or issuing an open document would do, said before any PIN is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.clock import vietnam_date
from app.errors import AppError
from app.workflow.blanks import FIELD_NAMES, PlacedBlank
from app.workflow.checking import check_file
from app.workflow.dates import date_notes, leader_date_notes, typed_date_notes
from app.workflow.documents import Document
from app.workflow.dossiers import dossier_notes
from app.workflow.fetching import fetch, refuse_paper_documents
from app.workflow.given import with_given
from app.workflow.initial import initial_wish, refuse_elsewhere
from app.workflow.issue import NUMBER_TO_COME, my_seal
from app.workflow.leaders import check_leaders, own_leaders_field
from app.workflow.limits import limit_notes
from app.workflow.number_signature import (
    LISTED_APART,
    has_number_signature,
    needs_number_signature,
    number_places,
)
from app.workflow.office import Office
from app.workflow.opinions import as_the_form_asks, refuse_others_opinions, room_for
from app.workflow.order import refuse_against_form, refuse_out_of_order
from app.workflow.placing import Place, as_box
from app.workflow.plan import Work
from app.workflow.planning import (
    fields_to_prepare,
    look_at,
    place_signature,
    refuse_second_signature,
    texts_to_fill,
)
from app.workflow.showing import corner_wish
from app.workflow.signatories import SignatoryRegister, notes_on_names
from app.workflow.soundness import content_notes
from app.workflow.wish import Wish
from app.workplace.account import Account, Seat
from app.workplace.papers import Papers, boxes_of
from app.workplace.records import (
    IssueProposal,
    OpinionProposal,
    Paper,
    PlacedBox,
    Problem,
    SealedCorner,
    SigningProposal,
    problem_of,
)
from app.workplace.seats import my_seat_on
from pdf.geometry import PageGeometry, box_to_view_space
from signing.facts import FileFacts
from signing.opinions import OPINION_NAMES
from signing.report import FileReport
from signing.request import SignatureWidget, TextFieldSpec
from signing.terms import SignatureKind, kind_of_field


@dataclass(frozen=True, slots=True)
class _Sealing:
    """What is known of a document before its seal."""

    seat: Seat
    paper: Paper
    facts: FileFacts
    report: FileReport
    day: date
    seal: Work | None

    @property
    def wish(self) -> Wish:
        wish = Wish(
            SignatureKind.SEAL,
            image=self.seat.office.seal_image,
            signer=self.paper.document.signers[0].name if self.paper.document.signers else None,
            beside=own_leaders_field(self.paper.document, self.report, self.seat.person.office),
            number=self.paper.document.number or NUMBER_TO_COME,
            issue_date=self.day,
        )
        return with_given(wish, self.paper.document, self.paper.main.ref)

    @property
    def is_numbered_apart(self) -> bool:
        """Whether number and date will be shown by a signature of their own."""
        return self.seal is None and needs_number_signature(self.facts)

    def number_widgets(self) -> tuple[SignatureWidget, ...]:
        """Return where number and date will stand; nothing where a person has to say it."""
        if not self.is_numbered_apart:
            return self.facts.open_widgets
        try:
            found = number_places(self.seat.office.bench, self.paper.main.path, self.wish)
        except AppError:
            return ()
        return tuple(SignatureWidget(item.name, item.page_index, item.box) for item in found)

    def refuse_unfillable(self) -> None:
        """Refuse what number and date cannot be put into.

        Raises:
            AppError: as `number_places` and `texts_to_fill`.
        """
        bench = self.seat.office.bench
        if self.is_numbered_apart:
            number_places(bench, self.paper.main.path, self.wish)
        elif not has_number_signature(self.facts):
            texts_to_fill(bench, self.facts, self.wish)


class Proposals:
    """Proposes for whoever is signed in."""

    def __init__(self, account: Account, papers: Papers, register: SignatoryRegister) -> None:
        self._account = account
        self._papers = papers
        self._register = register

    def of_signing(self, paper: Paper) -> SigningProposal:
        """Say what my signature would be.

        Raises:
            AppError: `workflow.wrong_signer` where I am none of the signers; `workflow.already_signed`; as `look_at`.
            SigningError: as `look_at` and `fields_to_prepare`.
        """
        seat = self._account.seated()
        bench, document = seat.office.bench, paper.document
        refuse_paper_documents(document)
        for problem in paper.problems:
            raise AppError(problem.code, **dict[str, Any](problem.params))
        refuse_against_form(bench.profile, document.kind_name, SignatureKind.PERSONAL)
        signer = my_seat_on(document, seat.person)
        if signer is None:
            names = ", ".join(item.name for item in document.signers)
            raise AppError("workflow.wrong_signer", expected=names, subject=seat.person.name)
        path = paper.main.path
        mine = {*seat.person.certificate_sha256, signer.certificate_sha256 or ""}
        facts = _signable(seat.office, paper, SignatureKind.PERSONAL, mine)
        wish = Wish(SignatureKind.PERSONAL, image=seat.office.personal_image, signer=signer.name)
        wish = with_given(wish, document, paper.main.ref)
        wish = as_the_form_asks(bench, path, document, signer, wish)
        if wish.said is not None:
            refuse_others_opinions(bench, path, document, wish.said)
        personal = bench.profile.personal
        size_mm = (personal.width_mm, personal.height_mm)
        return _proposed(seat.office, paper, wish, facts, size_mm)

    def of_initial(self, paper: Paper) -> SigningProposal:
        """Say what my ký nháy would be.

        Raises:
            AppError: `workflow.nothing_to_initial`; `workflow.no_initials`, `workflow.initial_after_leader`;
                `workflow.already_signed`; as `look_at`.
            SigningError: as `look_at` and `fields_to_prepare`.
        """
        seat = self._account.seated()
        office, document = seat.office, paper.document
        refuse_paper_documents(document)
        for problem in paper.problems:
            raise AppError(problem.code, **dict[str, Any](problem.params))
        refuse_elsewhere(document)
        refuse_against_form(office.bench.profile, document.kind_name, SignatureKind.INITIAL)
        mine = set(seat.person.certificate_sha256)
        facts = _signable(office, paper, SignatureKind.INITIAL, mine)
        wish = with_given(initial_wish(office, document), document, paper.main.ref)
        wish = as_the_form_asks(office.bench, paper.main.path, document, None, wish)
        rule = office.bench.profile.initial
        proposal = _proposed(office, paper, wish, facts, (rule.width_mm, rule.height_mm))
        return replace(proposal, signer=seat.person.name)

    def of_issue(self, paper: Paper) -> IssueProposal:
        """Judge the leader's signature and say what issuing would do.

        Raises:
            AppError: as `look_at`; the server's where an attachment is not here yet.
        """
        seat = self._account.seated()
        office, document = seat.office, paper.document
        refuse_paper_documents(document)
        facts = look_at(office.bench, paper.main.path)
        report = check_file(office.bench.judge, office.bench.eyes, paper.main.path)
        seal = my_seal(office, document)
        sealing = _Sealing(seat, paper, facts, report, _day(office, document, seal), seal)
        notes: tuple[str, ...] = ()
        if seal is not None:
            box = self._seal_there(sealing)
        else:
            box, notes = placed(office, paper, sealing.wish, facts)
            typed = typed_date_notes(office.bench, paper.main.path, sealing.day)
            notes = (*_date_notes(office, report, sealing.day), *typed, *notes)
        notes = (*notes, *dossier_notes(office.bench.profile, document))
        notes = (*notes, *notes_on_names(self._register, document, report))
        is_apart = sealing.is_numbered_apart
        if seal is None:
            notes = (*notes, *limit_notes(facts), *((LISTED_APART,) if is_apart else ()))
        there = boxes_of(sealing.number_widgets(), paper.main.pages).values()
        return IssueProposal(
            report=report,
            seal=box,
            size_mm=(office.bench.profile.seal.diameter_mm,) * 2,
            issue_date=sealing.day,
            number=document.number,
            leader_problem=_what_stops(sealing),
            blanks=tuple(PlacedBox(SignatureKind.NUMBER, index, box_mm) for index, box_mm in there),
            attachments=self._corners(seat, document),
            notes=notes,
            is_numbered_apart=is_apart,
        )

    def _seal_there(self, sealing: _Sealing) -> PlacedBox | None:
        """Return where the seal stands that I made before; it may not be with the server yet."""
        office, pages = sealing.seat.office, sealing.paper.main.pages
        assert sealing.seal is not None
        path = office.files.path_of(sealing.seal.signed_sha256 or "")
        widgets = office.bench.judge.look(path).result().signatures
        found = [
            PlacedBox(SignatureKind.SEAL, *place)
            for name, place in boxes_of(widgets, pages).items()
            if kind_of_field(name) is SignatureKind.SEAL
        ]
        return found[-1] if found else None

    def _corners(self, seat: Seat, document: Document) -> tuple[SealedCorner, ...]:
        office = seat.office
        corners = []
        for attachment in document.attachments:
            path = fetch(office, document, attachment)
            paper = Paper(document, self._papers.shown(attachment, path))
            wish = corner_wish(
                office.bench,
                SignatureKind.ATTACHMENT,
                seat.person.office,
                image=office.seal_image,
                number=document.number or NUMBER_TO_COME,
                symbol=document.symbol,
            )
            wish = with_given(wish, document, attachment)
            box, _ = placed(office, paper, wish, office.bench.judge.look(path).result())
            corners.append(SealedCorner(paper.main, box))
        return tuple(corners)


def _signable(office: Office, paper: Paper, kind: SignatureKind, mine: set[str]) -> FileFacts:
    """Look at a draft; refuse what I have signed as this kind already, and what is not its turn."""
    if _is_kept(office, paper, kind):
        raise AppError("workflow.already_signed")
    facts = look_at(office.bench, paper.main.path)
    refuse_second_signature(office.bench, paper.main.path, kind, facts, mine)
    refuse_out_of_order(office.bench.profile, kind, facts)
    return facts


def _proposed(
    office: Office, paper: Paper, wish: Wish, facts: FileFacts, size_mm: tuple[float, float]
) -> SigningProposal:
    """Place a person's signature with the blanks and the opinion that belong to it."""
    box, notes = placed(office, paper, wish, facts)
    prepare, more = fields_to_prepare(office.bench, paper.main.path, wish, facts)
    pages = paper.main.pages
    blanks = tuple(_blank(spec, pages) for spec in prepare if spec.name not in OPINION_NAMES)
    opinion = _opinion(wish, facts, prepare, pages)
    notes = (*notes, *more, *content_notes(office.bench, paper.main.path))
    return SigningProposal(box, size_mm, blanks, notes, wish.signer or "", facts.signed, opinion)


def placed(
    office: Office, paper: Paper, wish: Wish, facts: FileFacts
) -> tuple[PlacedBox | None, tuple[str, ...]]:
    """Place a signature; None where a person must."""
    try:
        place, notes = place_signature(office.bench, paper.main.path, wish, facts)
    except AppError as error:
        if error.code != "workflow.no_place":
            raise
        return None, ()
    return _box(wish.kind, place), notes


def _box(kind: SignatureKind, place: Place) -> PlacedBox:
    return PlacedBox(kind, place.page.page_index, place.box_mm, place.confidence, place.reason)


def _blank(spec: TextFieldSpec, pages: tuple[PageGeometry, ...]) -> PlacedBlank:
    which = next(blank for blank, name in FIELD_NAMES.items() if name == spec.name)
    box_mm = box_to_view_space(as_box(spec.box), pages[spec.page_index])
    size_pt = spec.font_size_pt * pages[spec.page_index].user_unit
    return PlacedBlank(which, spec.page_index, box_mm, size_pt)


def _opinion(
    wish: Wish,
    facts: FileFacts,
    prepare: tuple[TextFieldSpec, ...],
    pages: tuple[PageGeometry, ...],
) -> OpinionProposal | None:
    """Say what my level of an internal form may say; None where I sign at no level."""
    said = wish.said
    if said is None or said.level is None or said.place is None:
        return None
    rule, place = said.form.rule.opinions[said.level - 1], said.place
    room = room_for(said.level, facts, prepare, pages)
    return OpinionProposal(
        said.level,
        rule.heading,
        place.page_index,
        place.text_mm if room is not None else None,
        0 if room is None else room.lines,
        rule.required,
        room,
    )


def _is_kept(office: Office, paper: Paper, kind: SignatureKind) -> bool:
    """Say whether I have signed these very bytes and the signature waits to be sent."""
    shown = (kind.value, paper.main.ref.file_id, paper.main.sha256)
    return any(
        (work.kind, work.file_id, work.base_sha256) == shown and work.waits
        for work in office.journal.works_of(paper.document.document_id)
    )


def _day(office: Office, document: Document, seal: Work | None) -> date:
    """Return the document's own date where it has one that may still be used, else today in Vietnam."""
    own, is_strict = document.issue_date, office.bench.profile.publish.date == "strict"
    if own is not None and (seal is not None or (document.number is not None and not is_strict)):
        return own
    return vietnam_date(office.bench.clock())


def _what_stops(sealing: _Sealing) -> Problem | None:
    """Return why the document cannot be issued as it is: its leader, or what the seal would have to fill."""
    agency = sealing.seat.person.agency_certificate_sha256
    bench, path = sealing.seat.office.bench, sealing.paper.main.path
    document, report = sealing.paper.document, sealing.report
    try:
        refuse_against_form(bench.profile, document.kind_name, SignatureKind.SEAL)
        # A reason lifts an undetermined signature alone: what it cannot lift is said first.
        check_leaders(bench.profile, document, report, undetermined_reason="?")
        if sealing.seal is None:
            refuse_second_signature(bench, path, SignatureKind.SEAL, sealing.facts, agency)
            to_come = int(sealing.is_numbered_apart)
            refuse_out_of_order(bench.profile, SignatureKind.SEAL, sealing.facts, to_come=to_come)
            leader_date_notes(bench, report, sealing.day)
            sealing.refuse_unfillable()
        check_leaders(bench.profile, document, report)
    except AppError as error:
        return problem_of(error)
    return None


def _date_notes(office: Office, report: FileReport, day: date) -> tuple[str, ...]:
    """Say what differs; what the rules refuse is told as the reason why nothing is issued."""
    try:
        return (*date_notes(office.bench, day), *leader_date_notes(office.bench, report, day))
    except AppError:
        return ()
