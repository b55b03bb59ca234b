"""Passing a document on or returning it, asked for in its place: a few words, then yes or no."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.theme import M_PX, S_PX, XS_PX, mark
from ui.viewmodels.document_modes import DocumentMode
from ui.views.base import Look, View
from ui.widgets.elided_label import tip
from ui.widgets.plain_label import PlainLabel

_LINES = 3
_CHIP_LETTERS = 52
_SUGGESTIONS = 8


class Move(StrEnum):
    """What is asked for."""

    PASS_ON = "pass_on"  # noqa: S105 - trình tiếp
    RETURN = "return"


class MoveCard(View):
    """Takes a comment, or the reason of a return, which is required.

    Signals:
        confirmed: do it (the move, the words).
        cancelled: do not.
    """

    confirmed = Signal(object, str)
    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setObjectName("move_card")
        self._move = Move.RETURN
        self._mode = DocumentMode.SIGN
        self._guidance: tuple[str, ...] = ()
        self.heading = PlainLabel()
        mark(self.heading, type="heading")
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        mark(self.label, type="caption")
        self.text = QPlainTextEdit()
        self.text.setObjectName("move_text")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * _LINES + 2 * M_PX)
        self.text.textChanged.connect(self.show_state)
        self.label.setBuddy(self.text)
        self.chips = [self._chip(index) for index in range(_SUGGESTIONS)]
        self.yes = QPushButton()
        self.yes.setObjectName("move_confirm")
        mark(self.yes, role="primary")
        self.yes.clicked.connect(self.confirm)
        self.no = QPushButton()
        self.no.setObjectName("move_cancel")
        self.no.clicked.connect(self.cancelled)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.cancelled)
        self._lay_out()
        self.retranslate()
        self.show_state()

    def ask(self, move: Move, mode: DocumentMode, guidance: tuple[str, ...] = ()) -> None:
        """Ask for the words of a move, from an empty field; `guidance` are texts that the office keeps ready."""
        self._move, self._mode, self._guidance = move, mode, guidance
        self.text.clear()
        self.retranslate()
        self.show_state()
        self.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Do it, where everything that is needed was said."""
        if self.yes.isEnabled():
            self.confirmed.emit(self._move, self.text.toPlainText().strip())

    def retranslate(self) -> None:
        """Say what is asked."""
        is_return = self._move is Move.RETURN
        self.heading.setText(
            self.tr("Return the document") if is_return else self.tr("Pass the document on")
        )
        self.label.setText(
            self.tr("Reason (required). It stands in the document's history.")
            if is_return
            else self.tr("Comment (if any). It stands in the document's history.")
        )
        self.text.setAccessibleName(self.tr("Reason") if is_return else self.tr("Comment"))
        self.yes.setText(self.tr("Return") if is_return else self.tr("Pass on"))
        self.no.setText(self.tr("Cancel"))
        for button in (self.yes, self.no):
            button.setAccessibleName(button.text())
        texts = self._suggestions() if is_return else ()
        for index, chip in enumerate(self.chips):
            text = texts[index] if index < len(texts) else ""
            chip.setVisible(bool(text))
            # A button does not break its line; the whole text stands in the field, and is read aloud.
            chip.setText(text if len(text) <= _CHIP_LETTERS else f"{text[:_CHIP_LETTERS]}…")
            chip.setToolTip(tip(text) if text else "")
            chip.setAccessibleName(text)

    def show_state(self) -> None:
        """Let nobody return a document without a reason."""
        has_words = bool(self.text.toPlainText().strip())
        self.yes.setEnabled(has_words or self._move is Move.PASS_ON)

    def _suggestions(self) -> tuple[str, ...]:
        if self._guidance:
            return self._guidance[:_SUGGESTIONS]
        if self._mode is DocumentMode.ISSUE:
            return (
                self.tr("The leader's signature did not pass the check."),
                self.tr("The format does not follow Decree 30/2020."),
                self.tr("An attachment is missing."),
            )
        return (
            self.tr("The content needs correcting."),
            self.tr("The format does not follow Decree 30/2020."),
            self.tr("The legal basis is missing."),
        )

    def _chip(self, index: int) -> QPushButton:
        chip = QPushButton()
        chip.setObjectName(f"move_suggestion_{index + 1}")
        chip.setMinimumWidth(1)
        mark(chip, role="link")
        chip.clicked.connect(lambda: self._take(chip.accessibleName()))
        return chip

    def _take(self, words: str) -> None:
        before = self.text.toPlainText().strip()
        self.text.setPlainText(f"{before} {words}".strip())
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        suggestions = QVBoxLayout()
        suggestions.setSpacing(0)
        for chip in self.chips:
            suggestions.addWidget(chip, alignment=Qt.AlignmentFlag.AlignLeft)
        buttons = QHBoxLayout()
        buttons.setSpacing(S_PX)
        buttons.addWidget(self.yes, 1)
        buttons.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.heading)
        column.addWidget(self.label)
        column.addWidget(self.text)
        column.addLayout(suggestions)
        column.addSpacing(XS_PX)
        column.addLayout(buttons)
