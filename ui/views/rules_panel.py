"""The office's rules: their name, what they do, and the legal texts that they rest on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.theme import L_PX, M_PX, S_PX, mark
from ui.viewmodels.rules import RulesVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

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
        self.caption = _label("caption")
        self.title = _label("heading")
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
        label = _label(look)
        label.setText(breakable(plain(text, _LONGEST)))
        self._lines.addWidget(label)

    def _lay_out(self) -> None:
        contents = QWidget()
        mark(contents, role="scrolled")
        column = QVBoxLayout(contents)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        for widget in (self.caption, self.title, self.problem, self.texts):
            column.addWidget(widget)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(contents)
        foot = QVBoxLayout()
        foot.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        foot.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)


def _label(look: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    mark(label, type=look)
    return label
