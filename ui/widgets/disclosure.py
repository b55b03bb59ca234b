"""A heading that opens and closes what stands under it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import S_PX, Theme, mark


class Disclosure(QWidget):
    """Shows its `body` while it is open; closed at first.

    Signals:
        toggled: it was opened (True) or closed.
    """

    toggled = Signal(bool)

    def __init__(self, theme: Theme, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.body = body
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        mark(self.button, role="quiet")
        self.button.toggled.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.button)
        column.addWidget(body)
        theme.changed.connect(self._tint)
        body.setVisible(False)
        self._tint()

    def set_title(self, title: str) -> None:
        """Say what opens."""
        self.button.setText(title)
        self.button.setAccessibleName(title)

    def _show(self, is_open: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.body.setVisible(is_open)
        self._tint()
        self.toggled.emit(is_open)

    def _tint(self) -> None:
        name = "chevron-down" if self.button.isChecked() else "chevron-right"
        self.button.setIcon(icon(name, self._theme.colours.muted))
