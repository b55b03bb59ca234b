"""The clerk's part (cấp số, đóng dấu): the leader's signature judged first, then number, date and seal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, QLocale, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QGridLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import IssueProposal, Problem
from signing.terms import Verdict
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_state import DATE_DIFFERS, DONE, UNDETERMINED
from ui.views.base import Look, View
from ui.views.blanks_card import BlanksCard
from ui.views.note_card import NoteCard
from ui.views.place_fields import PlaceFields
from ui.views.print_row import PrintRow
from ui.views.verdict import ToldVerdict, VerdictWords, verdict_look
from ui.views.verdict_banner import VerdictBanner
from ui.widgets.calm import keep_calm
from ui.widgets.plain import plain
from ui.widgets.plain_label import wrapped

DAY_FORMAT = "dd/MM/yyyy"
_REASON_LINES = 2
LEADERS_VERDICTS = {
    "workflow.leader_signature_missing": Verdict.UNSIGNED,
    "workflow.leader_signature_invalid": Verdict.INVALID,
    UNDETERMINED: Verdict.UNDETERMINED,
}


class IssuePanel(View):
    """Shows what issuing will do."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("issue_panel")
        self._verdicts = VerdictWords(look.words)
        self.verdict = VerdictBanner(look.theme)
        self.stop = NoteCard(look.theme)
        self.reason_label = wrapped("caption")
        self.reason = QPlainTextEdit()
        self.reason.setObjectName("issue_reason")
        self.reason.setTabChangesFocus(True)
        line_px = self.reason.fontMetrics().lineSpacing()
        self.reason.setFixedHeight(line_px * _REASON_LINES + 2 * M_PX)
        self.reason.textChanged.connect(self._reason_changed)
        self.reason_label.setBuddy(self.reason)
        self.heading = wrapped("heading")
        self.number_label = wrapped("caption")
        self.number = wrapped("strong")
        self.number.setObjectName("issue_number")
        self.number_note = wrapped("caption")
        self.date_label = wrapped("caption")
        self.date = QDateEdit()
        keep_calm(self.date)
        self.date.setObjectName("issue_date")
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat(DAY_FORMAT)
        self.date.setKeyboardTracking(False)
        self.date.dateChanged.connect(self._date_changed)
        self.date_label.setBuddy(self.date)
        self.date_note = NoteCard(look.theme)
        self.place = PlaceFields(vm, look)
        self.to_place = BlanksCard(vm, look)
        self.prints = PrintRow(vm.prints, look)
        self._lay_out()
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the part and its fields."""
        self.setAccessibleName(self.tr("Issuing"))
        self.reason_label.setText(
            self.tr("Why it is sealed all the same (required; it is recorded)")
        )
        self.reason.setAccessibleName(self.reason_label.text())
        self.heading.setText(self.tr("Number and date"))
        self.number_label.setText(self.tr("Number, symbol"))
        self.date_label.setText(self.tr("Date of issue"))
        self.date.setAccessibleName(self.tr("Date of issue, day month year"))
        self.date.setLocale(QLocale(self.look.words.language))

    def show_state(self) -> None:
        """Show the proposal."""
        state = self.vm.state
        proposal = state.issue
        self.verdict.setVisible(proposal is not None)
        problem = proposal.leader_problem if proposal is not None else None
        is_undetermined = problem is not None and problem.code == UNDETERMINED
        self.reason_label.setVisible(is_undetermined)
        self.reason.setVisible(is_undetermined)
        self.reason.setEnabled(not state.is_busy)
        if self.reason.toPlainText() != state.reason:
            with QSignalBlocker(self.reason):
                self.reason.setPlainText(state.reason)
        can_go_on = problem is None or is_undetermined or bool(state.blanks_to_place)
        self._card.setVisible(proposal is not None and can_go_on)
        if proposal is not None:
            self.verdict.show_verdict(self._told(proposal))
        # Anything else that stops the issue says nothing against the leader's signature.
        other = problem if problem is not None and problem.code not in LEADERS_VERDICTS else None
        tone = Tone.INFO if other is not None and other.code in DONE else Tone.BAD
        self.stop.set_message(None if other is None else self.look.words.message(other), tone)
        if proposal is not None:
            self._show_number(proposal)
        if state.issue_date is not None:
            day = state.issue_date
            with QSignalBlocker(self.date):
                self.date.setDate(QDate(day.year, day.month, day.day))
        self.date.setEnabled(not state.is_busy)
        differs = None if state.is_todays_date else Problem(DATE_DIFFERS)
        self.date_note.set_message(
            self.look.words.message(differs) if differs is not None else None, Tone.WARN
        )

    def _told(self, proposal: IssueProposal) -> ToldVerdict:
        """Say of the leader's signature what decides whether the document may be sealed."""
        found, problem = self._verdicts.of(proposal.report), proposal.leader_problem
        if problem is None or problem.code not in LEADERS_VERDICTS:
            return replace(found, means="", do="")
        verdict = LEADERS_VERDICTS[problem.code]
        icon, tone = verdict_look(verdict)
        told = self.look.words.message(problem)
        word = self.look.words.label("verdict." + verdict.value)
        # The report says in words what the problem has as a code.
        is_same = proposal.report.verdict is verdict and proposal.report.reason is not None
        why = found.sentence if is_same else told.what
        return ToldVerdict(word, icon, tone, why, told.means, told.do)

    def _show_number(self, proposal: IssueProposal) -> None:
        paper = self.vm.state.paper
        symbol = plain(paper.document.symbol) if paper is not None else ""
        self.number.setText(f"{plain(proposal.number) or '…'}/{symbol}")
        self.number_note.setText(
            self.tr("The number that this document took before")
            if proposal.number
            else self.tr("Will be taken from the register")
        )

    def _reason_changed(self) -> None:
        self.vm.set_reason(self.reason.toPlainText())

    def _date_changed(self, day: QDate) -> None:
        self.vm.set_issue_date(date(day.year(), day.month(), day.day()))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(M_PX)
        grid.setVerticalSpacing(XS_PX)
        grid.addWidget(self.number_label, 0, 0)
        grid.addWidget(self.number, 0, 1)
        grid.addWidget(self.number_note, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.date_label, 2, 0)
        grid.addWidget(self.date, 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        line = QFrame()
        mark(line, role="line")
        self._card = QFrame()
        mark(self._card, role="card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        inside.setSpacing(M_PX)
        inside.addWidget(self.heading)
        inside.addLayout(grid)
        inside.addWidget(self.date_note)
        inside.addWidget(line)
        inside.addWidget(self.place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.verdict)
        column.addWidget(self.stop)
        column.addWidget(self.reason_label)
        column.addWidget(self.reason)
        column.addWidget(self.to_place)
        column.addWidget(self._card)
        column.addWidget(self.prints)
