"""What the person can do with an open document: one clear button, whose text says what it does, and the rest."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode, DocumentPhase
from ui.viewmodels.document_state import UNDETERMINED
from ui.views.base import Look, View
from ui.views.issue_panel import LEADERS_VERDICTS
from ui.views.move_card import Move, MoveCard
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel

_ICONS = {
    DocumentMode.SIGN: "sign",
    DocumentMode.ISSUE: "seal",
    DocumentMode.INITIAL: "sign",
    DocumentMode.COPY: "seal",
}


class DocumentFooter(View):
    """Stays in sight while the panel scrolls.

    Signals:
        order_wanted: the person agreed to this (`Order`).
        tick_wanted: the document is to be part of the batch, or not (its id, whether).
    """

    order_wanted = Signal(object)
    tick_wanted = Signal(str, bool)

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("document_footer")
        mark(self, role="footer")
        self._document_id: str | None = None
        self.card = MoveCard(look)
        self.card.confirmed.connect(self._confirmed)
        self.card.cancelled.connect(self.close_card)
        self.why_sign = IconLabel(look.theme, "info", Tone.MUTED)
        self.why = PlainLabel()
        self.why.setObjectName("why_not")
        self.why.setWordWrap(True)
        mark(self.why, type="caption")
        self.tick = QCheckBox()
        self.tick.setObjectName("tick_box")
        self.tick.toggled.connect(self._ticked)
        self.primary = QPushButton()
        self.primary.setObjectName("primary_button")
        mark(self.primary, role="primary")
        self.primary.clicked.connect(self.act)
        self.pass_on = _button("pass_on_button")
        self.pass_on.clicked.connect(lambda: self.ask(Move.PASS_ON))
        self.send_back = _button("return_button")
        self.send_back.clicked.connect(lambda: self.ask(Move.RETURN))
        self.copy = _button("copy_button")
        self.copy.clicked.connect(self._copy)
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.KeyboardModifier.ControlModifier | keys), self)
            shortcut.activated.connect(self.act)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()

    def act(self) -> None:
        """Do what the one clear button says, or what the card asks for while it is open."""
        if not self.card.isHidden():
            self.card.confirm()
        elif self.vm.state.passes_on_only:
            if self.primary.isEnabled():
                self.ask(Move.PASS_ON)
        else:
            order = self.vm.order()
            if order is not None:
                self.order_wanted.emit(order)
            else:
                self.vm.tried()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take note of a press on the button that does not work yet."""
        self.vm.tried()
        super().mousePressEvent(event)

    def ask(self, move: Move) -> None:
        """Ask for the words of a move in place of the buttons."""
        self._buttons.hide()
        self.card.ask(move, self.vm.state.mode, self.vm.state.guidance)

    def close_card(self) -> None:
        """Ask for nothing any more."""
        if not self.card.isHidden():
            had_focus = self.card.hasFocus() or self.card.text.hasFocus()
            self.card.hide()
            self._buttons.show()
            if had_focus:
                self.send_back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_tick(self, *, is_ticked: bool) -> None:
        """Show whether the document is part of the batch."""
        with QSignalBlocker(self.tick):
            self.tick.setChecked(is_ticked)

    def retranslate(self) -> None:
        """Name the buttons."""
        self.tick.setText(self.tr("Reviewed: add to the batch"))
        self.tick.setAccessibleName(self.tick.text())
        self.pass_on.setText(self.tr("Pass on…"))
        self.pass_on.setAccessibleName(self.tr("Pass on without signing"))
        self.copy.setText(self.tr("Make a copy…"))
        self.copy.setAccessibleName(self.tr("Make an electronic copy (sao y, sao lục, trích sao)"))
        self.send_back.setText(self.tr("Return…"))
        self.send_back.setAccessibleName(self.tr("Return with a reason"))

    def show_state(self) -> None:
        """Show what can be done now, and why not where it cannot."""
        state = self.vm.state
        if state.document_id != self._document_id:
            self._document_id = state.document_id
            self.close_card()
        is_ready = state.phase is DocumentPhase.READY
        is_read = state.mode is DocumentMode.READ
        self.setVisible(is_ready and (not is_read or state.can_copy))
        self.copy.setVisible(state.can_copy)
        self.primary.setVisible(not is_read)
        self.send_back.setVisible(not is_read)
        self.primary.setText(self.tr("Pass on") if state.passes_on_only else self._deed(state.mode))
        self.primary.setAccessibleName(self.primary.text())
        is_free = not state.is_busy and not state.is_proposing
        self.primary.setEnabled(is_free if state.passes_on_only else state.can_order)
        self.primary.setToolTip("Ctrl+Enter")
        why = state.why_not if is_ready else None
        told = "" if why is None else self._say_why(why)
        self.why.setText(told)
        self._why_row.setVisible(bool(told))
        self.primary.setAccessibleDescription(told)
        is_sign = state.mode is DocumentMode.SIGN
        self.tick.setVisible(is_sign)
        self.tick.setEnabled(state.can_order)
        self.pass_on.setVisible(is_sign or (state.signing is not None and state.issue is None))
        for button in (self.pass_on, self.send_back):
            button.setEnabled(state.can_move)
        self.card.setEnabled(not state.is_busy)
        self._tint()

    def _say_why(self, problem: Problem) -> str:
        if problem.code == UNDETERMINED:
            return self.tr("The leader's signature is undetermined: give a reason first.")
        if problem.code in LEADERS_VERDICTS:
            return self.tr("Not without the leader's valid signature.")
        return self.look.words.message(problem).what

    def _deed(self, mode: DocumentMode) -> str:
        return {
            DocumentMode.SIGN: self.tr("Sign"),
            DocumentMode.ISSUE: self.tr("Number, seal and publish"),
            DocumentMode.INITIAL: self.tr("Initial and pass on"),
            DocumentMode.COPY: self.tr("Mark as a copy"),
        }.get(mode, "")

    def _confirmed(self, move: Move, words: str) -> None:
        if move is Move.RETURN:
            self.vm.send_back(words)
        else:
            self.vm.pass_on(words)

    def _copy(self) -> None:
        self.vm.copy()

    def _ticked(self, is_ticked: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._document_id is not None:
            self.tick_wanted.emit(self._document_id, is_ticked)

    def _tint(self) -> None:
        colours = self.look.theme.colours
        name = "forward" if self.vm.state.passes_on_only else _ICONS.get(self.vm.state.mode)
        if name is not None:
            self.primary.setIcon(icon(name, colours.on_accent, colours.raised))
        self.pass_on.setIcon(icon("forward", colours.text))
        self.send_back.setIcon(icon("return", colours.text))
        self.copy.setIcon(icon("copy", colours.text))

    def _lay_out(self) -> None:
        self._why_row = QWidget()
        why = QHBoxLayout(self._why_row)
        why.setContentsMargins(0, 0, 0, 0)
        why.setSpacing(S_PX)
        why.addWidget(self.why_sign, 0, Qt.AlignmentFlag.AlignTop)
        why.addWidget(self.why, 1)
        others = QHBoxLayout()
        others.setSpacing(S_PX)
        others.addWidget(self.pass_on, 1)
        others.addWidget(self.send_back, 1)
        others.addWidget(self.copy, 1)
        self._buttons = QFrame()
        column = QVBoxLayout(self._buttons)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        for widget in (self._why_row, self.tick, self.primary):
            column.addWidget(widget)
        column.addLayout(others)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        whole.addWidget(self._buttons)
        whole.addWidget(self.card)
        self.card.hide()


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    return button
