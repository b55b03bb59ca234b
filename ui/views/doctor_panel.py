"""Is this machine ready to sign: the findings, the token drivers, a report to pass on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QStackedLayout,
    QWidget,
)

from ui.icons import icon
from ui.theme import Tone, mark
from ui.viewmodels.doctor import DoctorVm
from ui.views.base import Look, View
from ui.views.check_list import CheckList
from ui.views.driver_list import DriverList
from ui.views.note_card import NoteCard
from ui.views.report_page import ReportPage
from ui.widgets.busy_line import BusyLine
from ui.widgets.plain_label import wrapped
from ui.widgets.side_column import lay_out_column


class DoctorPanel(View):
    """Stands beside the page.

    Signals:
        closed: the person goes back.
        trust_wanted: whom this machine believes shall be shown.
    """

    closed = Signal()
    trust_wanted = Signal()

    def __init__(self, vm: DoctorVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("doctor_panel")
        mark(self, role="panel")
        self.title = wrapped("title")
        self.summary = wrapped("body")
        self.busy = BusyLine()
        self.problem = NoteCard(look.theme)
        self.checks = CheckList(look)
        self.drivers_title = wrapped("heading")
        self.drivers_hint = wrapped("caption")
        self.drivers = DriverList(look)
        self.drivers.removed.connect(vm.remove_driver)
        self.add = _button("doctor_add")
        self.add.clicked.connect(self._choose)
        self.trust = _button("doctor_trust")
        self.trust.clicked.connect(self.trust_wanted)
        self.again = _button("doctor_again")
        self.again.clicked.connect(vm.look)
        self.report = _button("doctor_write")
        self.report.clicked.connect(lambda: vm.write_report(look.words.language))
        self.back = _button("doctor_close")
        self.back.clicked.connect(self.closed)
        self.page = ReportPage(look.theme)
        self.page.closed.connect(vm.put_report_away)
        self._findings = QWidget()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._findings)
        self._pages.addWidget(self.page)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the part and its buttons; findings are said anew."""
        self.setAccessibleName(self.tr("Is this machine ready to sign?"))
        self.title.setText(self.tr("Is this machine ready to sign?"))
        self.drivers_title.setText(self.tr("Token drivers"))
        self.drivers_hint.setText(
            self.tr(
                "PKCS#11 modules that are tried. Before a file that you add is loaded, it is looked at: it must be a "
                "library of the right kind."
            )
        )
        self.add.setText(self.tr("Add a driver…"))
        self.trust.setText(self.tr("Trusted authorities…"))
        self.again.setText(self.tr("Check again"))
        self.report.setText(self.tr("Copy report…"))
        self.back.setText(self.tr("Back"))
        self.page.retranslate()
        self.checks.say()
        self.drivers.say()

    def show_state(self) -> None:
        """Show what was found so far."""
        state = self.vm.state
        self._pages.setCurrentWidget(self._findings if state.report is None else self.page)
        if state.report is not None:
            self.page.show_text(state.report)
        self.busy.setVisible(state.is_busy)
        self.busy.set_text(self.tr("Looking…") if state.is_busy else "")
        self.summary.setText(self._summary())
        self.summary.setVisible(bool(self.summary.text()))
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.checks.show_checks(state.checks)
        self.drivers.show_drivers(state.drivers, is_busy=state.is_busy)
        for button in (self.add, self.again, self.report):
            button.setEnabled(not state.is_busy)

    def _summary(self) -> str:
        state = self.vm.state
        if state.is_busy or not state.checks:
            return ""
        parts = []
        if errors := state.count("error"):
            parts.append(self.tr("%n problem(s)", "", errors))
        if warnings := state.count("warning"):
            parts.append(self.tr("%n thing(s) to note", "", warnings))
        return " · ".join(parts) or self.tr("Everything is ready.")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a driver"), "", self.tr("Libraries (*.so* *.dll *.dylib)")
        )
        if chosen:
            self.vm.add_driver(Path(chosen))

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.add.setIcon(icon("folder-open", colours.text, colours.surface))
        self.trust.setIcon(icon("shield", colours.text, colours.surface))
        self.again.setIcon(icon("refresh", colours.text, colours.surface))
        self.report.setIcon(icon("copy", colours.text, colours.surface))

    def _lay_out(self) -> None:
        told = (self.title, self.summary, self.busy, self.problem, self.checks)
        drivers = (self.drivers_title, self.drivers_hint, self.drivers, self.add)
        foot = (self.again, self.report, self.back)
        scroll = lay_out_column(self._findings, (*told, *drivers, self.trust), foot)
        scroll.setObjectName("doctor_scroll")


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    return button
