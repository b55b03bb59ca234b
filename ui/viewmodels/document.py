"""An open document of the office: how it comes, what signing or issuing it will do, how it moves on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.clock import Clock, system_clock, vietnam_date
from app.workflow.documents import Document, Task
from app.workplace.records import (
    CopyProposal,
    IssueProposal,
    OpinionPreview,
    Order,
    Paper,
    PlacedBox,
    Problem,
    SigningProposal,
)
from ui.bridge import Bridge, Lane
from ui.viewmodels.document_facts import has_the_same_files, refusal_of
from ui.viewmodels.document_modes import MODES, DocumentMode, DocumentPhase
from ui.viewmodels.document_pages import DocumentPages
from ui.viewmodels.document_previews import PREVIEW_DPI
from ui.viewmodels.document_state import NO_INITIALS, DocumentState
from ui.viewmodels.printing import PrintVm

if TYPE_CHECKING:
    from app.rules import CopyForm
    from app.workplace.workplace import Workplace


class DocumentVm(DocumentPages):
    """Opens one document after the other; the newest wish counts.

    What this machine has is shown at once, and replaced when the server has another copy.

    Signals:
        opened: a document is shown, or another copy of it (`Paper`).
        moved_on: a document was passed on or returned (its id).
    """

    opened = Signal(object)
    moved_on = Signal(str)

    def __init__(self, bridge: Bridge, clock: Clock = system_clock) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._clock = clock
        self.prints = PrintVm(bridge, self)

    # opening

    def open(self, task: Task) -> None:
        """Open a task's document.

        The one that is open already stays as it is; where the server tells of a change to it, it stays until another
        copy has come.
        """
        now = self._state
        is_here = now.task is not None and now.phase is not DocumentPhase.REFUSED
        if is_here and now.task == task:
            return
        is_same = now.document_id == task.document_id and now.mode is MODES[task.queue]
        if now.paper is not None and is_same and refusal_of(task) is None:
            self._become(replace(now, task=task, is_checking=True))
            self._ask_server(task)
        else:
            self._open(task)

    def retry(self) -> None:
        """Open the same document once more."""
        if self._state.task is not None:
            self._open(self._state.task)

    def close(self) -> None:
        """Show no document any more."""
        self._give_up()
        self._state = DocumentState()
        self.file_shown.emit(None)
        self.changed.emit()

    # the issue

    def set_issue_date(self, day: date) -> None:
        """Choose the document's date."""
        if day != self._state.issue_date:
            self._become(replace(self._state, issue_date=day, is_todays_date=self._is_today(day)))

    def set_reason(self, reason: str) -> None:
        """Say why an undetermined leader's signature is accepted."""
        if reason != self._state.reason:
            self._become(replace(self._state, reason=reason))

    # the copy

    def copy(self, form: CopyForm = "sao_y") -> None:
        """Call the document a copy of this form, in place of issuing or only reading it; say what that will do."""
        state = self._state
        is_here = state.can_copy or (state.mode is DocumentMode.COPY and not state.is_busy)
        if not is_here or (state.mode is DocumentMode.COPY and form == state.form):
            return
        # The same line with another word in it stands where the person put the one before.
        kept = state.box if state.mode is DocumentMode.COPY and state.is_box_moved else None
        self._turn(DocumentMode.COPY, form=form, box=kept)

    def leave_copy(self) -> None:
        """Go back to what the queue has the document for."""
        if self._state.mode is DocumentMode.COPY and self._state.task is not None:
            self._turn(MODES[self._state.task.queue])

    def _turn(
        self, mode: DocumentMode, *, form: CopyForm = "sao_y", box: PlacedBox | None = None
    ) -> None:
        self._undo.clear()
        self._errands.cancel("propose")
        self._errands.cancel("warnings")
        self._become(
            replace(
                self._state,
                mode=mode,
                form=form,
                issue=None,
                copy=None,
                box=box,
                is_box_moved=box is not None,
                can_undo=False,
                warnings=(),
                is_weighing=False,
                blanks=(),
                asked_blank=None,
                pictures={},
                is_proposing=False,
                problem=None,
            )
        )
        self._previews.forget()
        self._propose()

    # the opinion

    def set_opinion(self, text: str) -> None:
        """Say something at one's level of an internal form; how it will stand there is drawn while it is typed."""
        state = self._state
        asked = state.signing.opinion if state.signing is not None else None
        if text == state.opinion or state.paper is None or asked is None:
            return
        paper, has_words = state.paper, bool(text.strip())
        self._errands.cancel("opinion")
        self._become(
            replace(
                state,
                opinion=text,
                opinion_shown=None,
                opinion_problem=None,
                is_setting_opinion=has_words,
            )
        )
        if has_words:
            self._errands.ask(
                "opinion",
                lambda it: it.preview_opinion(paper, asked, text, PREVIEW_DPI),
                self._opinion_drawn,
                self._opinion_refused,
                Lane.LOCAL,
            )

    def _opinion_drawn(self, shown: OpinionPreview) -> None:
        self._become(replace(self._state, opinion_shown=shown, is_setting_opinion=False))

    def _opinion_refused(self, problem: Problem) -> None:
        self._become(replace(self._state, opinion_problem=problem, is_setting_opinion=False))

    # moving on

    def order(self) -> Order | None:
        """What the person agrees to now; None where it cannot be carried out."""
        return self._state.order()

    def pass_on(self, comment: str) -> None:
        """Pass the document on without signing (trình tiếp)."""
        said = comment.strip() or None
        self._move(lambda workplace, document_id: workplace.pass_on(document_id, said))

    def send_back(self, reason: str) -> None:
        """Return the document (trả lại); the reason is required."""
        if reason.strip():
            self._move(lambda workplace, document_id: workplace.send_back(document_id, reason))
        else:
            self._told(Problem("workflow.reason_missing"))

    # mending

    def mend_or_retry(self) -> None:
        """Do what helps against the problem shown: make a new base where that can be done, else open it once more."""
        if self._state.can_mend:
            self.mend()
        else:
            self.retry()

    def mend(self) -> None:
        """Have a damaged draft repaired, or one with form fields of its own flattened; the new base is then shown."""
        document_id = self._state.document_id
        if document_id is None or not self._state.can_mend:
            return
        self._become(replace(self._state, is_mending=True, is_busy=True, problem=None))
        self._errands.ask("mend", lambda it: it.mend(document_id), self._mended, self._not_mended)

    def _mended(self, paper: Paper) -> None:
        self._state = replace(self._state, is_mending=False, is_busy=False)
        self._show(paper)

    def _not_mended(self, problem: Problem) -> None:
        self._become(replace(self._state, is_mending=False, is_busy=False, problem=problem))

    # how it comes

    def _open(self, task: Task) -> None:
        self._give_up()
        mode = MODES[task.queue]
        self._state = DocumentState(DocumentPhase.OPENING, mode, task, is_checking=True)
        self.file_shown.emit(None)
        refusal = refusal_of(task)
        if refusal is not None:
            self._refuse(refusal)
            return
        self.changed.emit()
        self._errands.ask(
            "stored",
            lambda it: it.stored(task.document_id),
            self._stored,
            _silent,
            Lane.LOCAL,
        )
        self._ask_server(task)

    def _ask_server(self, task: Task) -> None:
        def converting(name: str) -> None:
            self._bridge.post(partial(self._converting, task, name))

        self._errands.ask(
            "open", lambda it: it.open(task.document_id, converting), self._came, self._refuse
        )

    def _converting(self, task: Task, name: str) -> None:
        if self._state.task == task and self._state.paper is None:
            self._become(replace(self._state, converting=name))

    def _stored(self, paper: Paper | None) -> None:
        if paper is not None and self._state.paper is None:
            self._show(paper)

    def _came(self, paper: Paper) -> None:
        shown = self._state.paper
        self._state = replace(self._state, is_checking=False)
        if shown is None or not has_the_same_files(shown, paper):
            self._show(paper, is_changed=shown is not None)
            return
        # Its pages are on the screen and its box may have been moved: they stay.
        self._become(replace(self._state, paper=replace(paper, main=shown.main)))
        if shown.document != paper.document:
            self._propose()

    def _refuse(self, problem: Problem) -> None:
        self._give_up()
        self._state = DocumentState(
            DocumentPhase.REFUSED, self._state.mode, self._state.task, problem=problem
        )
        self.file_shown.emit(None)
        self.changed.emit()

    def _show(self, paper: Paper, *, is_changed: bool = False) -> None:
        before = self._state
        self._undo.clear()
        self._previews.forget()
        self._errands.cancel("warnings")
        self._errands.cancel("file")
        if before.paper is None or before.paper.main.sha256 != paper.main.sha256:
            self._hide()
        self._state = DocumentState(
            DocumentPhase.READY,
            before.mode,
            before.task,
            paper,
            paper.main,
            # The page area does not tell anew of bytes that are on the screen already.
            is_shown=self._is_painted and before.is_shown,
            is_changed=is_changed,
            is_checking=before.is_checking,
            form=before.form,
        )
        self.opened.emit(paper)
        self.file_shown.emit(paper.main)
        self.changed.emit()
        self._ask_guidance(paper)
        self._propose()

    def _ask_guidance(self, paper: Paper) -> None:
        if paper.document.dossier_code is not None:
            ask = self._errands.ask
            ask("guidance", lambda it: it.guidance(paper.document), self._guided, _silent)

    def _guided(self, guidance: tuple[str, ...]) -> None:
        self._become(replace(self._state, guidance=guidance))

    # what will be done

    def _propose(self) -> None:
        paper, mode = self._state.paper, self._state.mode
        if paper is None or mode is DocumentMode.READ:
            return
        self._become(replace(self._state, is_proposing=True, problem=None))
        ask = self._errands.ask
        if mode is DocumentMode.SIGN:
            ask("propose", lambda it: it.propose_signing(paper), self._to_sign, self._told)
        elif mode is DocumentMode.INITIAL:
            ask(
                "propose", lambda it: it.propose_initial(paper), self._to_sign, self._not_initialled
            )
        elif mode is DocumentMode.COPY:
            form = self._state.form
            ask("propose", lambda it: it.propose_copy(paper, form), self._to_copy, self._told)
        else:
            ask("propose", lambda it: it.propose_issue(paper), self._to_issue, self._told)

    def _to_sign(self, proposal: SigningProposal) -> None:
        self._state = replace(self._state, signing=proposal)
        self._proposed()

    def _not_initialled(self, problem: Problem) -> None:
        """Leave the document to be passed on where no ký nháy is asked for: that is no problem."""
        if problem.code in NO_INITIALS:
            self._become(replace(self._state, is_proposing=False))
        else:
            self._told(problem)

    def _to_issue(self, proposal: IssueProposal) -> None:
        day = self._state.issue_date or proposal.issue_date
        self._state = replace(
            self._state, issue=proposal, issue_date=day, is_todays_date=self._is_today(day)
        )
        self._proposed()

    def _to_copy(self, proposal: CopyProposal) -> None:
        self._state = replace(self._state, copy=proposal)
        self._proposed()

    def _proposed(self) -> None:
        box = self._state.box if self._state.is_box_moved else self._state.proposed_box
        self._become(replace(self._state, is_proposing=False, box=box))
        self._previews.draw(self._state)

    # errands

    def _move(self, ask: Callable[[Workplace, str], Document]) -> None:
        document_id = self._state.document_id
        if document_id is None or self._state.is_busy:
            return
        self._become(replace(self._state, is_busy=True, problem=None))
        # Not one of the document's own errands: it is told of though another document is open by then.
        self._bridge.ask(
            lambda workplace: ask(workplace, document_id),
            lambda _: self._moved(document_id),
            partial(self._not_moved, document_id),
        )

    def _moved(self, document_id: str) -> None:
        if self._state.document_id == document_id:
            self.close()
        self.moved_on.emit(document_id)

    def _not_moved(self, document_id: str, problem: Problem) -> None:
        if self._state.document_id == document_id:
            self._become(replace(self._state, is_busy=False, problem=problem))

    def _told(self, problem: Problem) -> None:
        self._become(replace(self._state, is_proposing=False, problem=problem))

    def _give_up(self) -> None:
        self._errands.cancel_all()
        self._previews.forget()
        self._undo.clear()
        self._hide()

    def _is_today(self, day: date) -> bool:
        return day == vietnam_date(self._clock())


def _silent(problem: Problem) -> None:
    """Nothing is lost: what this machine has not, the server has."""
