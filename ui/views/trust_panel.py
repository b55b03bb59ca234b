"""Whom this machine believes: authorities, revocation lists and their age; imported, disabled, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import S_PX, Tone, mark
from ui.viewmodels.trust import TrustVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.trust_offer import TrustOffer
from ui.views.trust_rows import StoreRows
from ui.widgets.busy_line import BusyLine
from ui.widgets.plain_label import wrapped
from ui.widgets.side_column import lay_out_column


class TrustPanel(View):
    """Stands beside the page.

    Signals:
        closed: the person goes back.
    """

    closed = Signal()

    def __init__(self, vm: TrustVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("trust_panel")
        mark(self, role="panel")
        self.title = wrapped("title")
        self.hint = wrapped("caption")
        self.busy = BusyLine()
        self.problem = NoteCard(look.theme)
        self.kept = wrapped("body")
        self.offer = TrustOffer(vm, look)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(S_PX)
        self.rows = StoreRows(look)
        self.rows.switched.connect(vm.switch)
        self.rows.removed.connect(vm.remove)
        self.add = QPushButton()
        self.add.setObjectName("trust_add")
        self.add.clicked.connect(self._choose)
        self.back = QPushButton()
        self.back.setObjectName("trust_close")
        self.back.clicked.connect(self.closed)
        self._is_asking = False
        self._told: tuple[Problem, ...] | None = None
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self._tint()

    def retranslate(self) -> None:
        """Name the part and its buttons; everything is said anew."""
        self.setAccessibleName(self.tr("Trusted authorities"))
        self.title.setText(self.tr("Trusted authorities"))
        self.hint.setText(
            self.tr(
                "A signature is believed where its certificate leads to a root in this list. The program brings no "
                "certificate along: get them from the authorities' own sites, and compare the fingerprints."
            )
        )
        self.add.setText(self.tr("Import certificates or lists…"))
        self.back.setText(self.tr("Back"))
        self.offer.retranslate()
        self.rows.say()
        self._told = None
        self.show_state()

    def show_state(self) -> None:
        """Show the store, and the certificate that is asked about."""
        state = self.vm.state
        self.busy.setVisible(state.is_busy)
        self.busy.set_text(self.tr("Looking…") if state.is_busy else "")
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.kept.setVisible(state.kept > 0)
        self.kept.setText(self.tr("%n certificate(s) or list(s) added.", "", state.kept))
        self._tell(state.findings)
        self.rows.show_store(state.store, self.vm.now, is_busy=state.is_busy)
        self.add.setEnabled(not state.is_busy and state.offer is None)
        if state.offer is not None and not self._is_asking:
            self._scroll.verticalScrollBar().setValue(0)
        self._is_asking = state.offer is not None

    def _tell(self, findings: tuple[Problem, ...]) -> None:
        if findings == self._told:
            return
        self._told = findings
        while (item := self.notes.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for finding in findings:
            card = NoteCard(self.look.theme)
            card.set_message(self.look.words.message(finding))
            self.notes.addWidget(card)

    def _choose(self) -> None:
        kinds = "*.cer *.crt *.der *.pem *.p7b *.p7c *.crl *.zip"
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choose certificates or revocation lists"),
            "",
            self.tr("Certificates and lists ({kinds})").format(kinds=f"{kinds} {kinds.upper()}"),
        )
        if chosen:
            self.vm.choose(Path(chosen))

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.add.setIcon(icon("folder-open", colours.text, colours.surface))

    def _lay_out(self) -> None:
        told = (self.title, self.hint, self.busy, self.problem, self.kept, self.offer)
        self._scroll = lay_out_column(self, (*told, self.notes, self.rows), (self.add, self.back))
        self._scroll.setObjectName("trust_scroll")
