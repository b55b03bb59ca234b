"""The clerk's copy (sao y, sao lục, trích sao): what the original is, which form it takes, where the line stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QVBoxLayout, QWidget

from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.place_fields import PlaceFields
from ui.views.verdict import VerdictWords
from ui.views.verdict_banner import VerdictBanner
from ui.widgets.calm import keep_calm
from ui.widgets.plain_label import PlainLabel


class CopyPanel(View):
    """Shows what calling the document a copy will do."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("copy_panel")
        self._verdicts = VerdictWords(look.words)
        self.verdict = VerdictBanner(look.theme)
        self.stop = NoteCard(look.theme)
        self.heading = PlainLabel()
        mark(self.heading, type="heading")
        self.form_label = PlainLabel()
        mark(self.form_label, type="caption")
        self.form = QComboBox()
        keep_calm(self.form)
        self.form.setObjectName("copy_form")
        self.form.activated.connect(self._chosen)
        self.form_label.setBuddy(self.form)
        self.place = PlaceFields(vm, look)
        self.back = QPushButton()
        self.back.setObjectName("leave_copy_button")
        self.back.clicked.connect(vm.leave_copy)
        card = QFrame()
        mark(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        inside.setSpacing(S_PX)
        for field in (self.heading, self.form_label, self.form, self.place):
            inside.addWidget(field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        for widget in (self.verdict, self.stop, card, self.back):
            column.addWidget(widget)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the part and its fields."""
        self.setAccessibleName(self.tr("Copy"))
        self.heading.setText(self.tr("Electronic copy"))
        self.form_label.setText(self.tr("Form of the copy"))
        self.form.setAccessibleName(self.form_label.text())
        self.back.setText(self.tr("Make no copy"))

    def show_state(self) -> None:
        """Show the proposal."""
        state, proposal = self.vm.state, self.vm.state.copy
        self.verdict.setVisible(proposal is not None)
        self.back.setEnabled(not state.is_busy)
        self.form.setEnabled(proposal is not None and not state.is_busy)
        problem = proposal.problem if proposal is not None else None
        message = None if problem is None else self.look.words.message(problem)
        self.stop.set_message(message, Tone.BAD)
        if proposal is None or state.mode is not DocumentMode.COPY:
            return
        # What is said of the original is no verdict on the copy.
        self.verdict.show_verdict(replace(self._verdicts.of(proposal.report), means="", do=""))
        with QSignalBlocker(self.form):
            self.form.clear()
            for form in proposal.forms:
                word = self.look.words.label("copy." + form)
                self.form.addItem(word[:1].upper() + word[1:], form)
            self.form.setCurrentIndex(self.form.findData(state.form))

    def _chosen(self, index: int) -> None:
        self.vm.copy(self.form.itemData(index))
