"""What a person says at their level of an internal form: typed here, shown on the page as it will stand."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import L_PX, M_PX, S_PX, mark
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

_LINES = 4


class OpinionCard(View):
    """Shows the level's heading, a field for the text, and why a text cannot stand on the form."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("opinion_card")
        self.heading = PlainLabel()
        self.heading.setWordWrap(True)
        mark(self.heading, type="strong")
        self.room = PlainLabel()
        self.room.setWordWrap(True)
        mark(self.room, type="caption")
        self.text = QPlainTextEdit()
        self.text.setObjectName("opinion_text")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 2 * M_PX)
        self.text.textChanged.connect(self._typed)
        self.problem = NoteCard(look.theme)
        card = QFrame()
        mark(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        inside.setSpacing(S_PX)
        for widget in (self.heading, self.text, self.room, self.problem):
            inside.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the part."""
        self.setAccessibleName(self.tr("Opinion"))

    def show_state(self) -> None:
        """Show what is asked, and what was said."""
        state = self.vm.state
        asked = state.signing.opinion if state.signing is not None else None
        self.setVisible(asked is not None)
        if asked is None:
            return
        self.heading.setText(breakable(plain(asked.heading)))
        self.text.setAccessibleName(plain(asked.heading))
        self.text.setEnabled(asked.box_mm is not None and not state.is_busy)
        if self.text.toPlainText() != state.opinion:
            with QSignalBlocker(self.text):
                self.text.setPlainText(state.opinion)
        said = self.tr("Room for about %n line(s) on the form.", "", asked.lines)
        if asked.box_mm is None:
            said = self.tr("The form has no room for a text here: you sign without one.")
        elif not asked.is_required:
            said += " " + self.tr("Without a text you agree.")
        self.room.setText(said)
        problem = state.opinion_problem
        self.problem.set_message(None if problem is None else self.look.words.message(problem))

    def _typed(self) -> None:
        self.vm.set_opinion(self.text.toPlainText())
