"""A column beside the page: what is read scrolls, what is pressed stays below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import L_PX, M_PX, S_PX, mark


def lay_out_column(
    panel: QWidget, parts: Iterable[QWidget | QLayout], foot: Iterable[QWidget]
) -> QScrollArea:
    """Fill a panel that has no layout yet; returns what scrolls."""
    contents = QWidget()
    mark(contents, role="scrolled")
    column = QVBoxLayout(contents)
    column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
    column.setSpacing(M_PX)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    column.addStretch()
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidget(contents)
    buttons = QVBoxLayout()
    buttons.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
    buttons.setSpacing(S_PX)
    for button in foot:
        buttons.addWidget(button)
    whole = QVBoxLayout(panel)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll, 1)
    whole.addLayout(buttons)
    return scroll
