"""The report exactly as it will be copied, and the button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, Theme, mark
from ui.widgets.plain_label import PlainLabel


class ReportPage(QWidget):
    """Shows a text before it is copied.

    Signals:
        closed: the person goes back.
    """

    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = PlainLabel()
        mark(self.title, type="title")
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        mark(self.hint, type="caption")
        self.text = QPlainTextEdit()
        self.text.setObjectName("doctor_report")
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = QPushButton()
        self.copy.setObjectName("doctor_copy")
        mark(self.copy, role="primary")
        self.copy.clicked.connect(self._copy)
        self.back = QPushButton()
        self.back.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(L_PX, L_PX, L_PX, M_PX)
        column.setSpacing(M_PX)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        column.addWidget(self.text, 1)
        foot = QVBoxLayout()
        foot.setSpacing(S_PX)
        foot.addWidget(self.copy)
        foot.addWidget(self.back)
        column.addLayout(foot)
        theme.changed.connect(self._tint)
        self.retranslate()
        self._tint()

    def show_text(self, text: str) -> None:
        """Show what will be copied."""
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.title.setText(self.tr("Report to pass on"))
        self.hint.setText(
            self.tr(
                "This is all that will be copied. Names of persons, serial numbers, user names and passwords are left "
                "out; read it once more before you pass it on."
            )
        )
        self.text.setAccessibleName(self.title.text())
        self.copy.setText(self.tr("Copy this text"))
        self.back.setText(self.tr("Back"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(self.tr("Copied"))

    def _tint(self) -> None:
        self.copy.setIcon(icon("copy", self._theme.colours.on_accent))
