"""The leader's part (ký duyệt): whose signature it will be, where it stands, what it prepares for the clerk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look, View
from ui.views.blanks_card import BlanksCard
from ui.views.opinion_card import OpinionCard
from ui.views.place_fields import PlaceFields
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel


class DraftPanel(View):
    """Shows what signing will do."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("draft_panel")
        self.to_place = BlanksCard(vm, look)
        self.opinion = OpinionCard(vm, look)
        self.place = PlaceFields(vm, look)
        self.signer = _Line(look, "signer_line", "person")
        self.blanks = _Line(look, "blanks_line", "info")
        card = QFrame()
        mark(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        inside.setSpacing(M_PX)
        inside.addWidget(self.place)
        inside.addWidget(self.signer)
        inside.addWidget(self.blanks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(L_PX)
        column.addWidget(self.to_place)
        column.addWidget(self.opinion)
        column.addWidget(card)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the part."""
        self.setAccessibleName(self.tr("Signing"))

    def show_state(self) -> None:
        """Show the proposal."""
        state, proposal = self.vm.state, self.vm.state.signing
        signer = plain(proposal.signer) if proposal is not None else ""
        self.signer.set_text(self.tr("Signature of {name}").format(name=signer) if signer else "")
        blanks = len(proposal.blanks) if proposal is not None else 0
        blanks += len(state.blanks) if state.blanks_to_place else 0
        self.blanks.set_text(
            self.tr("%n field(s) for number and date are prepared for the clerk.", "", blanks)
            if blanks
            else ""
        )


class _Line(QWidget):
    def __init__(self, look: Look, name: str, icon: str) -> None:
        super().__init__()
        self.label = PlainLabel()
        self.label.setObjectName(name)
        self.label.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S_PX)
        row.addWidget(IconLabel(look.theme, icon, Tone.MUTED), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def set_text(self, text: str) -> None:
        self.label.setText(text)
        self.setVisible(bool(text))
