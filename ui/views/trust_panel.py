"""Whom this machine believes: authorities, revocation lists and their age; imported, disabled, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.trust import TrustVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.trust_offer import TrustOffer
from ui.views.trust_rows import StoreRows
from ui.widgets.busy_line import BusyLine
from ui.widgets.plain_label import PlainLabel


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
        self.title = _label("title")
        self.hint = _label("caption")
        self.busy = BusyLine()
        self.problem = NoteCard(look.theme)
        self.kept = _label("body")
        self.offer = TrustOffer(vm, look)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(S_PX)
        self.rows = StoreRows(look)
        self.rows.switched.connect(self._switch)
        self.rows.removed.connect(vm.remove)
        self.add = QPushButton()
        self.add.setObjectName("trust_add")
        self.add.clicked.connect(self._choose)
        self.back = QPushButton()
        self.back.setObjectName("trust_close")
        self.back.clicked.connect(self.closed)
        self._is_asking = False
        self._scroll = QScrollArea()
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

    def _switch(self, sha256: str, is_enabled: bool) -> None:  # noqa: FBT001 - as the signal
        if is_enabled:
            self.vm.disable(sha256)
        else:
            self.vm.enable(sha256)

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
        contents = QWidget()
        mark(contents, role="scrolled")
        column = QVBoxLayout(contents)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        for part in (self.title, self.hint, self.busy, self.problem, self.kept, self.offer):
            column.addWidget(part)
        column.addLayout(self.notes)
        column.addLayout(self.rows)
        column.addStretch()
        scroll = self._scroll
        scroll.setObjectName("trust_scroll")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(contents)
        foot = QVBoxLayout()
        foot.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        foot.setSpacing(S_PX)
        foot.addWidget(self.add)
        foot.addWidget(self.back)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)


def _label(look: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    mark(label, type=look)
    return label
