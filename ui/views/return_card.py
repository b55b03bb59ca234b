"""Returning a document that is not accepted: a letter to its sender, to be copied, or saved with the report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.workflow.report_letter import letter
from ui.theme import M_PX, S_PX, mark
from ui.viewmodels.report import ReportVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.report_outcome import ReportOutcome
from ui.widgets.plain_label import wrapped

_LINES = 14


class ReturnCard(View):
    """Hidden until `begin`. The program sends no mail: the person does, as they always do.

    Signals:
        closed: the person does not want it any more.
    """

    closed = Signal()

    def __init__(self, vm: ReportVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.title = wrapped("heading")
        self.hint = wrapped("caption")
        self.text = QPlainTextEdit()
        self.text.setObjectName("return_letter")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * _LINES)
        self.save_button = _button("return_save_button")
        mark(self.save_button, role="primary")
        self.copy_button = _button("return_copy_button")
        self.close_button = _button("return_close_button")
        self.save_button.clicked.connect(self._choose)
        self.copy_button.clicked.connect(self.copy)
        self.close_button.clicked.connect(self.end)
        self.outcome = ReportOutcome(vm, look)
        self._lay_out()
        vm.changed.connect(self.show_state)
        self.setVisible(False)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the parts; what the person has written stays as it is."""
        self.title.setText(self.tr("Return to the sender"))
        self.hint.setText(
            self.tr(
                "Read the letter and change what you like, then send it yourself with the report attached: "
                "the program sends no mail."
            )
        )
        self.text.setAccessibleName(self.tr("Letter to the sender"))
        self.save_button.setText(self.tr("Save with the report…"))
        self.copy_button.setText(self.tr("Copy the letter"))
        self.close_button.setText(self.tr("Close"))

    def show_state(self) -> None:
        """Close where another file is shown; hold still while the report is written."""
        if not self.vm.state.can_write and not self.isHidden():
            self.end()
        self.save_button.setEnabled(not self.vm.state.is_writing)

    def begin(self) -> None:
        """Show the letter on the file that was checked."""
        findings = self.vm.findings
        if findings is None:
            return
        file, report = findings.found[0]
        language = self.look.words.language
        self.text.setPlainText(letter(report, file.name, findings.checked_at, language))
        self.copy_button.setText(self.tr("Copy the letter"))
        self.setVisible(True)
        self.text.setFocus()

    def end(self) -> None:
        """Put the letter away."""
        self.setVisible(False)
        self.closed.emit()

    def copy(self) -> None:
        """Put the letter on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
        say(self.copy_button, self.copy_button.text())

    def save_to(self, chosen: str) -> None:
        """Write the report into what the dialog returned, and the letter beside it."""
        out = Path(chosen)
        is_named = out.suffix.lower() == ".pdf"
        if not is_named:
            out = out.with_name(f"{out.name}.pdf")
        self.vm.write_return(
            self.text.toPlainText(), out, self.look.words.language, may_replace=is_named
        )

    def _choose(self) -> None:
        findings = self.vm.findings
        if findings is None:
            return
        name = f"{Path(findings.found[0][0].name).stem}-tra-lai.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the report and the letter"),
            str(Path(QDir.homePath()) / name),
            self.tr("PDF files (*.pdf)"),
        )
        if chosen:
            self.save_to(chosen)

    def _lay_out(self) -> None:
        frame = QFrame()
        mark(frame, role="card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        column.setSpacing(S_PX)
        for part in (self.title, self.hint, self.text, self.outcome, self.save_button):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        column.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    return button
