"""What came of writing a report: where it lies, or why there is none."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.workplace.records import Problem
from ui.theme import S_PX, Tone
from ui.viewmodels.report import ReportVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import breakable, plain

_LONGEST = 300


class ReportOutcome(View):
    """Takes no room while there is nothing to tell."""

    def __init__(self, vm: ReportVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.done = NoticeCard(look.theme)
        self.done.setObjectName("report_done")
        self.done.acted.connect(self._open)
        self.problem = NoteCard(look.theme)
        self.problem.setObjectName("report_problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        for widget in (self.done, self.problem):
            column.addWidget(widget)
        vm.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show what came of it."""
        state = self.vm.state
        if state.written is None:
            self.done.set_message(None)
        else:
            where = {"path": breakable(plain(str(state.written), _LONGEST))}
            code = "report.returned" if state.has_letter else "report.saved"
            told = self.look.words.message(Problem(code, where))
            self.done.set_message(told, Tone.GOOD, self.tr("Open it"))
            say(self.done, told.what)
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.setVisible(state.written is not None or state.problem is not None)

    def _open(self) -> None:
        written = self.vm.state.written
        if written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written)))
