"""A label that shows its text as it is: what comes out of a file or from a server may look like markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import mark


class PlainLabel(QLabel):
    """Shows every letter. Qt's own label takes what looks like markup for markup, and fetches its pictures."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        super().setText(text)


def wrapped(kind: str) -> PlainLabel:
    """Make a label of a kind of text ("title", "body", ...) that takes as many lines as it needs."""
    label = PlainLabel()
    label.setWordWrap(True)
    mark(label, type=kind)
    return label
