"""Checking many files at once: how far it is, what each is worth, the way to each file's own review."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.workflow.report_words import deciding_code, has_remarks, label
from signing.terms import WORST_FIRST, SignatureKind
from ui.icons import MEDIUM_PX, icon
from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.checking import CheckedRow, CheckingPhase, CheckingState, CheckingVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.checking_model import CheckingModel
from ui.views.note_card import NoteCard
from ui.views.report_row import ReportRow
from ui.views.verdict import VerdictWords, verdict_look
from ui.widgets.plain import plain
from ui.widgets.plain_label import wrapped


class CheckingPanel(View):
    """Stands beside the page.

    Signals:
        closed: the person goes back.
        file_chosen: a file's own review shall be shown (`Path`).
        paths_chosen: files or a folder shall be checked (paths).
    """

    closed = Signal()
    file_chosen = Signal(object)
    paths_chosen = Signal(object)

    def __init__(self, vm: CheckingVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("checking_panel")
        mark(self, role="panel")
        self._verdicts = VerdictWords(look.words)
        self._phase: CheckingPhase | None = None
        self.title = wrapped("title")
        self.progress = wrapped("body")
        self.progress.setObjectName("checking_progress")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.counts = wrapped("caption")
        self.counts.setObjectName("checking_counts")
        self.problem = NoteCard(look.theme)
        self.filter = QCheckBox()
        self.filter.setObjectName("checking_filter")
        # All of it can be clicked, and no more than what can be.
        self.filter.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.filter.toggled.connect(lambda on: vm.show_only_doubtful(wanted=on))
        self.model = CheckingModel(self._told, self._icon)
        self.list = QListView()
        self.list.setObjectName("checking_list")
        self.list.setModel(self.model)
        mark(self.list, role="framed")
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(MEDIUM_PX, MEDIUM_PX))
        self.list.setSpacing(S_PX // 2)
        self.list.clicked.connect(self._choose_row)
        self.list.activated.connect(self._choose_row)
        self.report = ReportRow(vm.report, look, "phieu-kiem-tra")
        self.stop_button = _button("checking_stop")
        self.stop_button.clicked.connect(vm.stop)
        self.folder_button = _button("checking_folder")
        self.folder_button.clicked.connect(self.choose_folder)
        self.close_button = _button("checking_close")
        self.close_button.clicked.connect(self.closed)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the parts; rows are said anew."""
        self.title.setText(self.tr("Check many files"))
        self.setAccessibleName(self.title.text())
        self.filter.setText(self.tr("Only what is not valid"))
        self.list.setAccessibleName(self.tr("Files that were checked"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop checking; what is done is kept"))
        self.folder_button.setText(self.tr("Check a folder…"))
        self.close_button.setText(self.tr("Back"))
        self.model.say_anew()

    def show_state(self) -> None:
        """Show how far it is, and what came."""
        state = self.vm.state
        is_running = state.phase in (CheckingPhase.LOOKING, CheckingPhase.CHECKING)
        self.progress.setText(self._how_far(state))
        self.progress.setVisible(bool(self.progress.text()))
        self.bar.setVisible(is_running)
        self.bar.setRange(0, state.total)
        self.bar.setValue(len(state.rows))
        self.bar.setAccessibleName(self.progress.text())
        self.counts.setText(self._counts(state))
        self.counts.setVisible(bool(self.counts.text()))
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.filter.setVisible(bool(state.rows))
        self.model.show_rows(state.shown())
        self.stop_button.setVisible(is_running)
        self.folder_button.setVisible(not is_running)
        if state.phase is not self._phase:
            self._phase = state.phase
            if state.phase is CheckingPhase.DONE:
                say(self, f"{self.progress.text()} {self.counts.text()}")

    def choose_folder(self) -> None:
        """Ask for a folder."""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Check a folder"))
        if chosen:
            self.paths_chosen.emit((Path(chosen),))

    def _how_far(self, state: CheckingState) -> str:
        done, total = len(state.rows), state.total
        if state.phase is CheckingPhase.LOOKING:
            return self.tr("Looking for PDF files…")
        if state.phase is CheckingPhase.CHECKING:
            return self.tr("Checking: {done} of {total}").format(done=done, total=total)
        if state.is_stopped:
            return self.tr("Stopped: {done} of {total} files were checked.").format(
                done=done, total=total
            )
        if state.phase is CheckingPhase.DONE and total:
            return self.tr("%n file(s) checked.", "", total)
        return ""

    def _counts(self, state: CheckingState) -> str:
        word = self.look.words.label
        counts = ((verdict, state.count(verdict)) for verdict in WORST_FIRST)
        return " · ".join(
            f"{word('verdict.' + verdict.value)}: {count}" for verdict, count in counts if count
        )

    def _told(self, row: CheckedRow) -> str:
        """Say a row in three lines: name, verdict with signers, reason."""
        report, words = row.report, self.look.words
        word = words.label("verdict." + report.verdict.value)
        signers = dict.fromkeys(
            self._verdicts.holder(item)
            for item in report.signatures
            if item.kind is not SignatureKind.DOCUMENT_TIMESTAMP
        )
        second = " · ".join(part for part in (word, ", ".join(signers)) if part)
        return "\n".join(
            (plain(row.file.name), second, label(deciding_code(report), words.language))
        )

    def _icon(self, row: CheckedRow) -> QIcon:
        name, tone = verdict_look(row.report.verdict, has_remarks=has_remarks(row.report))
        return icon(name, self.look.theme.colours.tone(tone))

    def _choose_row(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None:
            self.file_chosen.emit(row.file.path)

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.folder_button.setIcon(icon("folder-open", colours.text, colours.surface))
        self.stop_button.setIcon(icon("close", colours.text, colours.surface))
        self.model.say_anew()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(L_PX, L_PX, L_PX, M_PX)
        column.setSpacing(S_PX)
        for part in (self.title, self.progress, self.bar, self.counts, self.problem, self.filter):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(L_PX, 0, L_PX, M_PX)
        foot.setSpacing(S_PX)
        foot.addWidget(self.report)
        row = QHBoxLayout()
        row.setSpacing(S_PX)
        for button in (self.stop_button, self.folder_button, self.close_button):
            row.addWidget(button)
        foot.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(column, 1)
        whole.addLayout(foot)


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    return button
