"""The office's rules: their name, what they do, and the legal texts that they rest on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.theme import S_PX, mark
from ui.viewmodels.rules import RulesVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import wrapped
from ui.widgets.side_column import lay_out_column

_LONGEST = 1000


class RulesPanel(View):
    """Shows a rule profile.

    Signals:
        closed: the person has read it.
    """

    closed = Signal()

    def __init__(self, vm: RulesVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("rules_panel")
        mark(self, role="panel")
        self.caption = wrapped("caption")
        self.title = wrapped("heading")
        self.problem = NoteCard(look.theme)
        self.texts = QWidget()
        self._lines = QVBoxLayout(self.texts)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(S_PX)
        self.close_button = QPushButton()
        self.close_button.setObjectName("rules_close")
        self.close_button.clicked.connect(self.closed)
        self._lay_out()
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the part."""
        self.setAccessibleName(self.tr("The office's rules"))
        self.caption.setText(self.tr("The office's rules"))
        self.close_button.setText(self.tr("Back"))

    def show_state(self) -> None:
        """Show the rules in the person's language; legal texts stand as they are cited."""
        rules, problem = self.vm.state.rules, self.vm.state.problem
        self.problem.set_message(None if problem is None else self.look.words.message(problem))
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        language = self.look.words.language
        self.title.setText("" if rules is None else plain(getattr(rules.title, language)))
        if rules is None:
            return
        self._add(self.tr("What they say"), "strong")
        for note in rules.notes:
            self._add(getattr(note, language), "body")
        self._add(self.tr("What they rest on"), "strong")
        for text in rules.basis:
            self._add(text, "body")

    def _add(self, text: str, look: str) -> None:
        label = wrapped(look)
        label.setText(breakable(plain(text, _LONGEST)))
        self._lines.addWidget(label)

    def _lay_out(self) -> None:
        parts = (self.caption, self.title, self.problem, self.texts)
        lay_out_column(self, parts, (self.close_button,))
