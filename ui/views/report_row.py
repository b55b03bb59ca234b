"""The button that writes a report to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import S_PX
from ui.viewmodels.report import ReportVm
from ui.views.base import Look, View
from ui.views.report_outcome import ReportOutcome

if TYPE_CHECKING:
    from app.workflow.reporting import ReportForm


class ReportRow(View):
    """Hidden where there is nothing to write. `name` is what the dialog begins with, without its suffix."""

    def __init__(self, vm: ReportVm, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.name = name
        self.button = QPushButton()
        self.button.setObjectName("report_button")
        self.button.clicked.connect(self._choose)
        self.outcome = ReportOutcome(vm, look)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        for widget in (self.outcome, self.button):
            column.addWidget(widget)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the button."""
        self.button.setText(self.tr("Save the report…"))
        self.button.setAccessibleName(self.tr("Save the verification report to a file"))

    def show_state(self) -> None:
        """Show whether there is something to write."""
        state = self.vm.state
        self.setVisible(state.can_write)
        self.button.setEnabled(not state.is_writing)

    def write_to(self, chosen: str, filter_: str) -> None:
        """Write into what the dialog returned; the suffix says as what."""
        out = Path(chosen)
        filters = self._filters()
        named = next((form for form in filters if out.suffix.lower() == f".{form}"), None)
        wanted: ReportForm = next(
            (form for form, text in filters.items() if text == filter_), "pdf"
        )
        if named is None:
            out = out.with_name(f"{out.name}.{wanted}")
        # The dialog has asked about the name that was typed, not about one with a suffix added to it.
        language = self.look.words.language
        self.vm.write(out, named or wanted, language, may_replace=named is not None)

    def _filters(self) -> dict[ReportForm, str]:
        return {
            "pdf": self.tr("Report for the printer (*.pdf)"),
            "csv": self.tr("Table for a spreadsheet (*.csv)"),
            "json": self.tr("Everything, for programs (*.json)"),
        }

    def _choose(self) -> None:
        filters = ";;".join(self._filters().values())
        start = str(Path(QDir.homePath()) / f"{self.name}.pdf")
        chosen, filter_ = QFileDialog.getSaveFileName(
            self, self.tr("Save the report"), start, filters
        )
        if chosen:
            self.write_to(chosen, filter_)

    def _tint(self) -> None:
        self.button.setIcon(icon("document", self.look.theme.colours.text))
