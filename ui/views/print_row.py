"""The button that writes a document's print for paper, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import S_PX, Tone, mark
from ui.viewmodels.printing import PrintVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.note_list import NoteList
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

_LONGEST = 300


class PrintRow(View):
    """Hidden where nothing can be printed."""

    def __init__(self, vm: PrintVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("print_row")
        self.button = QPushButton()
        self.button.setObjectName("print_button")
        self.button.clicked.connect(self._choose)
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        mark(self.hint, type="caption")
        self.done = NoticeCard(look.theme)
        self.done.setObjectName("print_done")
        self.done.acted.connect(self._open)
        self.notes = NoteList(look)
        self.problem = NoteCard(look.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        for widget in (self.button, self.hint, self.done, self.problem):
            column.addWidget(widget)
        column.addLayout(self.notes)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the button."""
        self.button.setText(self.tr("Print for paper…"))
        self.button.setAccessibleName(self.tr("Write the print for paper to a file"))
        self.hint.setText(
            self.tr(
                "For the ink seal or the paper archive: signed and numbered, without the electronic seal. A document "
                "without a number takes it now and keeps it."
            )
        )

    def show_state(self) -> None:
        """Show what came of it."""
        state = self.vm.state
        self.setVisible(state.can_print or state.printed is not None)
        self.button.setEnabled(state.can_print and not state.is_printing)
        printed = state.printed
        if printed is None:
            self.done.set_message(None)
        else:
            where = {"path": breakable(plain(str(printed.out), _LONGEST))}
            told = self.look.words.message(Problem("workflow.printed", where))
            self.done.set_message(told, Tone.GOOD, self.tr("Open it"))
        codes = () if printed is None else printed.notes
        self.notes.show_notes([(Problem(code), Tone.WARN) for code in codes])
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)

    def _choose(self) -> None:
        start = str(Path(QDir.homePath()) / self.vm.suggested_name)
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Print for paper"), start, self.tr("PDF files (*.pdf)")
        )
        if chosen:
            self.vm.print_to(Path(chosen))

    def _open(self) -> None:
        printed = self.vm.state.printed
        if printed is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(printed.out)))

    def _tint(self) -> None:
        self.button.setIcon(icon("document", self.look.theme.colours.text))
