"""The PIN's field, and the titles of what will be signed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from ui.theme import mark
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel

_SHOWN_LINES = 7
"""So many lines of titles are seen at once; more are scrolled to."""


class PinField(QLineEdit):
    """Takes a PIN: shown as dots, never completed, learned, dragged or undone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pin_field")
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        mark(self, role="pin")


class Titles(QScrollArea):
    """The documents' titles, each with as many lines as it takes; a long list is scrolled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documents_to_sign")
        self.label = PlainLabel()
        self.label.setWordWrap(True)
        mark(self.label, type="body", role="scrolled")
        self.setWidget(self.label)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mark(self, role="framed")

    def set_titles(self, titles: list[str]) -> None:
        """Show the titles, numbered where there are several."""
        shown = [plain(title) for title in titles]
        if len(shown) > 1:
            shown = [f"{number}. {title}" for number, title in enumerate(shown, 1)]
        self.label.setText("\n".join(shown))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the titles need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed_px = max(self.label.heightForWidth(self.viewport().width()), 0)
        limit_px = _SHOWN_LINES * self.label.fontMetrics().lineSpacing()
        is_long = needed_px > limit_px
        frame_px = self.height() - self.maximumViewportSize().height()
        self.setFixedHeight(min(needed_px, limit_px) + frame_px)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_long else Qt.FocusPolicy.NoFocus)
