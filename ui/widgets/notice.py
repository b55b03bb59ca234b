"""A notice in its place, never a box in the way: what happened, what it means for the document, what to do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.messages import Message
from ui.icons import MEDIUM_PX, icon
from ui.theme import M_PX, S_PX, XS_PX, Theme, Tone, mark
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel, wrapped

_ICONS = {
    Tone.GOOD: "check-circle",
    Tone.WARN: "warning",
    Tone.BAD: "cross-circle",
    Tone.INFO: "info",
}


class NoticeCard(QFrame):
    """Shows a message of the catalogue; it is hidden until it has one.

    Signals:
        acted: the action's button was pressed.
    """

    acted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message: Message | None = None
        self._tone = Tone.INFO
        self.icon = IconLabel(theme, size_px=MEDIUM_PX)
        self.word = _label("caption")
        self.what = _label("strong")
        self.means = _label("body")
        self.do = _label("body")
        self.code = PlainLabel()
        mark(self.code, type="caption")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action = QPushButton()
        self.action.setObjectName("notice_action")
        self.action.setVisible(False)
        self.copy = QPushButton()
        self.copy.setObjectName("notice_copy")
        mark(self.copy, role="quiet")
        self.action.clicked.connect(self.acted)
        self.copy.clicked.connect(self.copy_details)
        theme.changed.connect(self._tint)
        self._lay_out()
        self.retranslate()
        self.setVisible(False)

    def set_message(
        self, message: Message | None, tone: str = Tone.BAD, action: str | None = None
    ) -> None:
        """Show a message, with a button where `action` names one; hide where there is none."""
        self._message = message
        self._tone = Tone(tone)
        self.setVisible(message is not None)
        if message is None:
            return
        for label, text in (
            (self.what, message.what),
            (self.means, message.means),
            (self.do, message.do),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        # Nobody has to be asked for help about what is only told.
        is_told = bool(message.means or message.do) and self._tone is not Tone.INFO
        self.code.setText(message.code)
        self.code.setVisible(is_told)
        self.copy.setVisible(is_told)
        self.action.setText(action or "")
        self.action.setVisible(action is not None)
        self.action.setAccessibleName(action or "")
        mark(self, role="notice", tone=self._tone)
        self._tint()
        self.retranslate()

    def copy_details(self) -> None:
        """Put the message and its code on the clipboard, for whoever helps."""
        if self._message is not None:
            QGuiApplication.clipboard().setText(f"{self._message}\n[{self._message.code}]")
            self.copy.setText(self.tr("Copied"))

    def retranslate(self) -> None:
        """Say its own words in the person's language."""
        words = {
            Tone.GOOD: self.tr("Done"),
            Tone.WARN: self.tr("Please note"),
            Tone.BAD: self.tr("Problem"),
            Tone.INFO: self.tr("Information"),
        }
        self.word.setText(words.get(self._tone, ""))
        self.copy.setText(self.tr("Copy details"))
        self.copy.setAccessibleName(self.tr("Copy the message and its code"))
        self.setAccessibleName(f"{self.word.text()}: {self.what.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _tint(self) -> None:
        self.icon.set_icon(_ICONS.get(self._tone, "info"), self._tone)
        mark(self.word, tone=self._tone)
        self.copy.setIcon(icon("copy", self._theme.colours.text))

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        for label in (self.word, self.what, self.means, self.do, self.code):
            texts.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(S_PX)
        buttons.addWidget(self.action)
        buttons.addWidget(self.copy)
        buttons.addStretch()
        texts.addSpacing(XS_PX)
        texts.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        row.setSpacing(M_PX)
        row.addWidget(self.icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)


def _label(kind: str) -> PlainLabel:
    label = wrapped(kind)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
