"""Something runs and nobody knows for how long: a thin moving line with a word beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from ui.theme import S_PX, mark
from ui.widgets.plain_label import PlainLabel


class BusyLine(QWidget):
    """A line that moves while it is shown, under a text that says what runs."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        mark(self.label, type="caption")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.label)
        column.addWidget(self.bar)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Say what runs."""
        self.label.setText(text)
        self.label.setVisible(bool(text))
        self.bar.setAccessibleName(text)
