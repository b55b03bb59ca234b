"""What the panel of an open document shows, and whether it can be signed or issued as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.workers.records import PagePicture
from app.workflow.blanks import PlacedBlank
from app.workflow.documents import Queue, Task
from app.workplace.records import (
    CopyProposal,
    IssueProposal,
    OpinionPreview,
    Order,
    OrderKind,
    Paper,
    PlacedBox,
    Problem,
    SealedCorner,
    ShownFile,
    SigningProposal,
)
from signing.terms import SignatureKind
from ui.viewmodels.document_modes import KINDS, ORDERS, SIGNING, DocumentMode, DocumentPhase

if TYPE_CHECKING:
    from app.rules import CopyForm

NO_INITIALS = frozenset({"workflow.no_initials", "workflow.nothing_to_initial"})
"""A document that asks for ký nháy can still be passed on without one."""
NOT_SHOWN = "workflow.not_shown_yet"
"""What passes by itself once the page was on the screen for a moment."""
UNDETERMINED = "workflow.leader_signature_undetermined"
"""What a reason given by the clerk lifts."""
MENDABLE = frozenset({"sign.damaged", "sign.own_form_fields"})
"""What can be put right in a draft that nobody has signed, where the person asks for it."""
DATE_DIFFERS = "workflow.date_differs"
DONE = frozenset({"workflow.already_signed", "server.signature_exists", "server.withdrawn"})
"""The document waits for nothing more of me: a piece of information, no error."""
BLANKS = ("number", "day", "month")
"""What a person may place where none was found; the year stands in print (Decree 30/2020, Annex III)."""
_NO_BLANK = "workflow.number_blank_missing"
_NO_BLANK_APART = "workflow.number_no_blank"
"""The same on a document that other software signed: what the person places lifts it."""
_OF_THE_PLACE = frozenset(
    {
        "workflow.low_confidence",
        "workflow.covers_text",
        "workflow.covers_signature",
        "workflow.given_place_unusable",
    }
)
"""Notes of a proposal that speak of its place alone: they fall when a person chose another."""


@dataclass(frozen=True, slots=True)
class DocumentState:
    """An open document.

    `shown_file` is the file in the page area, `fetched` are attachments that were asked for, `awaited_file` is one on
    its way, `file_problem` why one did not come. `is_shown`: the main file's first picture has been on the screen for
    a moment. `box` is what will be signed or sealed, as it stands now; `warnings` speak against it where the person
    chose it, and `is_weighing` while they are awaited. `blanks` are those that the person placed, `asked_blank` is
    one that waits for its place. `pictures` are what will stand in the boxes, by kind.

    `copy` is what calling it a copy will do, of the `form` that the person chose.

    `opinion` is what the person says at their level of an internal form, `opinion_shown` how it will stand there,
    `opinion_problem` why it cannot; while that is found out, `is_setting_opinion`. `converting` is the name of a Word
    file that is made a PDF now. `is_changed`: the server's copy
    is another one than was shown first. `guidance` are texts kept ready for returning it; `is_mending`: a new
    base is made of it. `is_checking`: the server's copy is still awaited. `problem` is why something
    did not work.
    """

    phase: DocumentPhase = DocumentPhase.EMPTY
    mode: DocumentMode = DocumentMode.READ
    task: Task | None = None
    paper: Paper | None = None
    shown_file: ShownFile | None = None
    fetched: tuple[ShownFile, ...] = ()
    awaited_file: str | None = None
    file_problem: Problem | None = None
    is_shown: bool = False
    signing: SigningProposal | None = None
    issue: IssueProposal | None = None
    copy: CopyProposal | None = None
    form: CopyForm = "sao_y"
    box: PlacedBox | None = None
    is_box_moved: bool = False
    can_undo: bool = False
    warnings: tuple[str, ...] = ()
    is_weighing: bool = False
    blanks: tuple[PlacedBlank, ...] = ()
    asked_blank: str | None = None
    pictures: Mapping[SignatureKind, PagePicture] = field(default_factory=dict)
    opinion: str = ""
    opinion_shown: OpinionPreview | None = None
    opinion_problem: Problem | None = None
    is_setting_opinion: bool = False
    converting: str = ""
    issue_date: date | None = None
    is_todays_date: bool = True
    reason: str = ""
    guidance: tuple[str, ...] = ()
    is_mending: bool = False
    is_changed: bool = False
    is_checking: bool = False
    is_proposing: bool = False
    is_busy: bool = False
    problem: Problem | None = None

    @property
    def document_id(self) -> str | None:
        """The document that was opened last."""
        return self.task.document_id if self.task else None

    @property
    def kind(self) -> SignatureKind:
        """What the box of this document is for."""
        return KINDS.get(self.mode, SignatureKind.PERSONAL)

    @property
    def proposed_box(self) -> PlacedBox | None:
        """The place that the program proposes."""
        if self.issue is not None:
            return self.issue.seal
        proposal = self.signing or self.copy
        return proposal.box if proposal is not None else None

    @property
    def files(self) -> tuple[ShownFile, ...]:
        """The files that are here: the main one, the attachments to be sealed, those that were asked for."""
        here = self._agreed_files
        known = {file.ref.file_id for file in here}
        return (*here, *(file for file in self.fetched if file.ref.file_id not in known))

    @property
    def blanks_to_place(self) -> tuple[str, ...]:
        """The blanks of number and date that a person has to place, since none for the number was found."""
        proposal = self.signing
        if self.issue is not None and self._stops_issue == _NO_BLANK_APART:
            return BLANKS
        if proposal is None or _NO_BLANK not in proposal.notes or self._is_numbered:
            return ()
        found = {blank.which for blank in proposal.blanks}
        return tuple(which for which in BLANKS if which not in found)

    def blank(self, which: str) -> PlacedBlank | None:
        """Where the person placed a blank."""
        return next((blank for blank in self.blanks if blank.which == which), None)

    @property
    def is_offline(self) -> bool:
        """Whether what is shown comes from this machine alone, and the server did not answer."""
        return self.paper is not None and not self.paper.is_fresh and not self.is_checking

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What the person should read before agreeing."""
        proposal = self.proposal
        codes = [
            *(self.paper.notes if self.paper is not None else ()),
            *(proposal.notes if proposal is not None else ()),
        ]
        if self.is_box_moved:
            codes = [code for code in codes if code not in _OF_THE_PLACE]
        if _NO_BLANK in codes:
            # A number that is typed already needs no blank; without one the draft cannot be signed.
            codes.remove(_NO_BLANK)
            codes += ["workflow.no_blanks"] if self._lacks_number else []
        if self.issue is not None:
            codes = [code for code in codes if code != DATE_DIFFERS]
            codes += [] if self.is_todays_date else [DATE_DIFFERS]
        if self.is_changed:
            codes.insert(0, "workflow.changed_since")
        if self.is_offline:
            is_issue = self.mode in (DocumentMode.ISSUE, DocumentMode.COPY)
            codes.insert(0, "workflow.issue_offline" if is_issue else "workflow.offline_copy")
        page = {"page": self.box.page_index + 1} if self.box is not None else {}
        told = (Problem(code, page) for code in dict.fromkeys((*codes, *self.warnings)))
        stopping = self.paper.problems if self.paper is not None else ()
        return (*self._why_returned(), *stopping, *told)

    @property
    def why_not(self) -> Problem | None:
        """Why the document cannot be signed or issued as it stands; None where it can, or nothing is to be done."""
        if self.phase is not DocumentPhase.READY or self.is_proposing:
            return None
        if self.mode in SIGNING:
            return self.problem if self.signing is None else self._why_not_signed(self.signing)
        if self.mode is DocumentMode.ISSUE:
            return self.problem if self.issue is None else self._why_not_issued(self.issue)
        if self.mode is DocumentMode.COPY:
            return self.problem if self.copy is None else self._why_not_copied(self.copy)
        return None

    @property
    def can_order(self) -> bool:
        """Whether the one clear button works."""
        if self.paper is None or (self._is_of_the_agency and not self.paper.is_fresh):
            return False
        return (
            self.phase is DocumentPhase.READY
            and self.proposal is not None
            and not self.is_proposing
            and not self.is_busy
            and not (self.is_weighing and self._is_signed)
            and not self.is_setting_opinion
            and self.why_not is None
        )

    @property
    def can_move(self) -> bool:
        """Whether it can be passed on or returned: it is at rest, and nothing more was done with it elsewhere."""
        why_not = self.why_not
        return not self.is_busy and (why_not is None or why_not.code not in DONE)

    @property
    def can_print(self) -> bool:
        """Whether the print for paper can be written: the leader has signed, and number and date have their place."""
        is_open = self.paper is not None and self.paper.is_fresh and not self.is_busy
        has_fields = self.issue is not None and not self.issue.is_numbered_apart
        return is_open and has_fields and self._stops_issue in (None, UNDETERMINED)

    @property
    def passes_on_only(self) -> bool:
        """Whether nothing is signed here: an initialler before a document that carries no ký nháy of theirs."""
        return self.mode is DocumentMode.INITIAL and self.signing is None

    @property
    def can_mend(self) -> bool:
        """Whether a new base can be made of a draft that cannot be signed as it came."""
        is_draft = self.mode in SIGNING and self.paper is not None and self.paper.is_fresh
        problem = self.problem
        return is_draft and problem is not None and problem.code in MENDABLE and not self.is_busy

    @property
    def size_mm(self) -> tuple[float, float] | None:
        """What a box that is placed by hand measures, by the office's rules."""
        return None if self.proposal is None else self.proposal.size_mm

    @property
    def proposal(self) -> IssueProposal | CopyProposal | SigningProposal | None:
        """What was proposed."""
        return self.issue or self.copy or self.signing

    @property
    def corners(self) -> tuple[SealedCorner, ...]:
        """The attachments that are marked with the document."""
        sealing = self.issue or self.copy
        return () if sealing is None else sealing.attachments

    @property
    def can_copy(self) -> bool:
        """Whether calling it a copy is offered to the clerk: of what came in, or of what nobody here signed."""
        if self.paper is None or not self.paper.is_fresh or self.task is None or self.is_busy:
            return False
        if self.mode is DocumentMode.ISSUE:
            return self._stops_issue == "workflow.leader_signature_missing"
        return self.mode is DocumentMode.READ and self.task.queue is Queue.INCOMING

    @property
    def is_refused(self) -> bool:
        """Whether it cannot be signed or issued as it stands, and waiting a moment changes nothing."""
        why_not = self.why_not
        return self.phase is DocumentPhase.REFUSED or (
            why_not is not None and why_not.code != NOT_SHOWN
        )

    def order(self) -> Order | None:
        """What the person agrees to with that button, or None where it does not work."""
        if not self.can_order or self.paper is None:
            return None
        document = self.paper.document
        return Order(
            kind=ORDERS.get(self.mode, OrderKind.SIGN),
            document_id=document.document_id,
            title=document.abstract,
            shown={file.ref.file_id: file.sha256 for file in self._agreed_files},
            box=self.box,
            signer=self.signing.signer if self.signing is not None else "",
            issue_date=self.issue_date if self.issue is not None else None,
            reason=self._reason_to_record(),
            blanks=self._blanks_to_prepare(),
            opinion=self.opinion.strip(),
            level=self._level,
            form=self.form,
        )

    @property
    def _agreed_files(self) -> tuple[ShownFile, ...]:
        """What the button signs or seals: an attachment that a leader reads is not signed with the rest."""
        if self.paper is None:
            return ()
        return (self.paper.main, *(corner.file for corner in self.corners))

    @property
    def _level(self) -> int | None:
        opinion = self.signing.opinion if self.signing is not None else None
        return None if opinion is None else opinion.level

    @property
    def _is_numbered(self) -> bool:
        return self.paper is not None and self.paper.document.number is not None

    @property
    def _is_signed(self) -> bool:
        """Whether nothing may lie over the words any more."""
        if self.copy is not None:
            return bool(self.copy.report.signatures)
        return self.issue is not None or (self.signing is not None and self.signing.is_signed)

    @property
    def _is_of_the_agency(self) -> bool:
        return self.issue is not None or self.copy is not None

    @property
    def _stops_issue(self) -> str | None:
        problem = self.issue.leader_problem if self.issue is not None else None
        return None if problem is None else problem.code

    @property
    def _lacks_number(self) -> bool:
        return "number" in self.blanks_to_place and self.blank("number") is None

    def _blanks_to_prepare(self) -> tuple[PlacedBlank, ...]:
        if not self.blanks_to_place:
            return ()
        found = self.signing.blanks if self.signing is not None else ()
        return (*found, *self.blanks)

    def _why_returned(self) -> tuple[Problem, ...]:
        if self.task is None or self.paper is None or not self.task.returned:
            return ()
        steps = reversed(self.paper.document.history)
        last = next((step for step in steps if step.action == "return"), None)
        if last is None:
            return ()
        told = {"actor": last.actor, "comment": last.comment or "–"}
        return (Problem("workflow.returned", told),)

    def _reason_to_record(self) -> str | None:
        return self.reason.strip() if self._stops_issue == UNDETERMINED else None

    def _why_not_signed(self, proposal: SigningProposal) -> Problem | None:
        if self.box is None:
            return Problem("workflow.place_needed")
        if self._lacks_number:
            return Problem("workflow.no_blanks")
        over = self._over_text() if proposal.is_signed else None
        return over or self._why_not_said(proposal) or self._why_not_yet()

    def _why_not_said(self, proposal: SigningProposal) -> Problem | None:
        asked = proposal.opinion
        if asked is not None and asked.is_required and not self.opinion.strip():
            return Problem("workflow.opinion_missing", {"heading": asked.heading})
        return self.opinion_problem

    def _why_not_issued(self, proposal: IssueProposal) -> Problem | None:
        problem = proposal.leader_problem
        if problem is not None and not self._lifts(problem):
            return problem
        if self.is_offline:
            return Problem("workflow.issue_offline")
        if self.box is None:
            return Problem("workflow.place_needed")
        return self._over_text() or self._why_no_corner() or self._why_not_yet()

    def _lifts(self, problem: Problem) -> bool:
        """Say whether what the person gave lifts what stops the issue: a reason, or the blank of the number."""
        if problem.code == _NO_BLANK_APART:
            return self.blank("number") is not None
        return problem.code == UNDETERMINED and bool(self.reason.strip())

    def _why_not_copied(self, proposal: CopyProposal) -> Problem | None:
        if proposal.problem is not None:
            return proposal.problem
        if self.is_offline:
            return Problem("workflow.issue_offline")
        if self.box is None:
            return Problem("workflow.place_needed")
        over = self._over_text() if self._is_signed else None
        return over or self._why_no_corner() or self._why_not_yet()

    def _why_no_corner(self) -> Problem | None:
        lost = next((corner for corner in self.corners if corner.box is None), None)
        return None if lost is None else Problem("workflow.no_corner", {"name": lost.file.ref.name})

    def _over_text(self) -> Problem | None:
        """Say that the box lies over words: on a signed file that would be refused after the PIN."""
        return next((note for note in self.notes if note.code == "workflow.covers_text"), None)

    def _why_not_yet(self) -> Problem | None:
        return None if self.is_shown else Problem(NOT_SHOWN)
