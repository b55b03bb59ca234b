"""The panel of an open document: what it is, what will happen, and one clear button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Problem
from ui.icons import LARGE_PX
from ui.theme import L_PX, M_PX, XL_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode, DocumentPhase
from ui.viewmodels.document_state import DATE_DIFFERS, DONE, DocumentState
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.copy_panel import CopyPanel
from ui.views.document_footer import DocumentFooter
from ui.views.document_header import DocumentHeader
from ui.views.draft_panel import DraftPanel
from ui.views.file_list import FileList
from ui.views.issue_panel import IssuePanel
from ui.views.note_list import NoteList
from ui.views.routing_list import RoutingList
from ui.widgets.busy_line import BusyLine
from ui.widgets.icon_label import IconLabel
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel

_FINAL = {
    "workflow.secret": Tone.WARN,
    "workflow.paper_only": Tone.WARN,
    "server.secret_refused": Tone.WARN,
    "server.paper_only": Tone.WARN,
    **dict.fromkeys(DONE, Tone.INFO),
}
"""What no second try changes, and nobody did wrong."""
_INFORMING = frozenset({"workflow.returned", "workflow.offline_copy"})


class DocumentPanel(View):
    """Frame of the document's parts.

    Signals:
        order_wanted: the person agreed to this (`Order`).
        tick_wanted: the document is to be part of the batch, or not (its id, whether).
    """

    order_wanted = Signal(object)
    tick_wanted = Signal(str, bool)

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("document_panel")
        mark(self, role="panel")
        self._told: tuple[DocumentPhase, str | None] = (DocumentPhase.EMPTY, None)
        self.hint = PlainLabel()
        self.header = DocumentHeader(vm, look)
        self.busy = BusyLine()
        self.problem = NoticeCard(look.theme)
        self.problem.setObjectName("document_problem")
        self.problem.acted.connect(vm.mend_or_retry)
        self.draft = DraftPanel(vm, look)
        self.issue = IssuePanel(vm, look)
        self.copy = CopyPanel(vm, look)
        self.files = FileList(vm, look)
        self.routing = RoutingList(vm, look)
        self.footer = DocumentFooter(vm, look)
        self.footer.order_wanted.connect(self.order_wanted)
        self.footer.tick_wanted.connect(self.tick_wanted)
        self._lay_out()
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(vm.undo)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def show_tick(self, *, is_ticked: bool) -> None:
        """Show whether the document is part of the batch."""
        self.footer.show_tick(is_ticked=is_ticked)

    def retranslate(self) -> None:
        """Speak the person's language."""
        self.setAccessibleName(self.tr("Document"))
        self.hint.setText(self.tr("Choose a document in the queue."))

    def show_state(self) -> None:
        """Show the parts that belong to the phase and to what the person does."""
        state = self.vm.state
        is_ready = state.phase is DocumentPhase.READY
        self._pages.setCurrentIndex(0 if state.phase is DocumentPhase.EMPTY else 1)
        self.busy.setVisible(bool(text := self._what_runs(state)))
        self.busy.set_text(text)
        self._show_problem(state)
        # The clerk reads of the date beside it.
        notes = tuple(note for note in state.notes if note.code != DATE_DIFFERS)
        self._show_notes(notes if is_ready else ())
        can_sign = state.signing is not None or state.is_proposing
        signs = state.mode in (DocumentMode.SIGN, DocumentMode.INITIAL)
        self.draft.setVisible(is_ready and signs and can_sign)
        self.issue.setVisible(is_ready and state.mode is DocumentMode.ISSUE)
        self.copy.setVisible(is_ready and state.mode is DocumentMode.COPY)
        self._announce(state)

    def _what_runs(self, state: DocumentState) -> str:
        if state.is_mending:
            return self.tr("Making a new base of the draft…")
        if state.phase is DocumentPhase.OPENING and state.converting:
            told = self.tr("Making a PDF of {name}…")
            return told.format(name=plain(state.converting))
        if state.phase is DocumentPhase.OPENING:
            return self.tr("Opening the document…")
        if state.phase is DocumentPhase.READY and state.is_proposing:
            if state.mode is DocumentMode.ISSUE:
                return self.tr("Checking the leader's signature…")
            if state.mode is DocumentMode.COPY:
                return self.tr("Checking the original…")
            return self.tr("Looking for the place…")
        return ""

    def _show_problem(self, state: DocumentState) -> None:
        problem = state.problem
        if problem is None:
            self.problem.set_message(None)
            return
        is_lost = state.phase is DocumentPhase.REFUSED or state.proposal is None
        again = self.tr("Try again") if is_lost and problem.code not in _FINAL else None
        if state.can_mend:
            is_damaged = problem.code == "sign.damaged"
            again = (
                self.tr("Repair the draft")
                if is_damaged
                else self.tr("Turn its fields into fixed text")
            )
        tone = _FINAL.get(problem.code, Tone.BAD)
        self.problem.set_message(self.look.words.message(problem), tone, again)

    def _show_notes(self, notes: tuple[Problem, ...]) -> None:
        self._cards.show_notes(
            [(note, Tone.INFO if note.code in _INFORMING else Tone.WARN) for note in notes]
        )

    def _announce(self, state: DocumentState) -> None:
        """Tell a screen reader when another document is there, or why it is not."""
        told = (state.phase, state.document_id)
        if told == self._told:
            return
        self._told = told
        self._scroll.verticalScrollBar().setValue(0)
        if state.phase is DocumentPhase.READY and state.task is not None:
            say(self, state.task.abstract)
        elif state.phase is DocumentPhase.REFUSED and state.problem is not None:
            say(self, str(self.look.words.message(state.problem)))

    def _lay_out(self) -> None:
        contents = QWidget()
        mark(contents, role="scrolled")
        self._cards = NoteList(self.look)
        column = QVBoxLayout(contents)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(L_PX)
        for widget in (self.header, self.busy, self.problem):
            column.addWidget(widget)
        column.addLayout(self._cards)
        for part in (self.draft, self.issue, self.copy, self.files, self.routing):
            column.addWidget(part)
        column.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("document_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(contents)
        filled = QWidget()
        whole = QVBoxLayout(filled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.footer)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(filled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(page)
        column.setContentsMargins(XL_PX, XL_PX, XL_PX, XL_PX)
        column.setSpacing(M_PX)
        column.addStretch()
        column.addWidget(IconLabel(self.look.theme, "document", Tone.MUTED, LARGE_PX), 0, centre)
        self.hint.setWordWrap(True)
        self.hint.setAlignment(centre)
        mark(self.hint, type="body", tone=Tone.MUTED)
        column.addWidget(self.hint)
        column.addStretch()
        return page
