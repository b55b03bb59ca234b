"""Facts one under the other: a label, a value, a sign whether it is good, a button to copy it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from ui.icons import icon
from ui.theme import S_PX, XS_PX, Theme, Tone, mark
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable
from ui.widgets.plain_label import PlainLabel, wrapped

LABEL_PX = 104
"""Labels of all groups in a panel end at the same place."""
FACT_ICONS = {
    Tone.GOOD: "check-circle",
    Tone.WARN: "question-circle",
    Tone.BAD: "cross-circle",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `tone` is None where it is neither good nor bad; `copies` is what can be copied of it."""

    label: str
    value: str
    tone: Tone | None = None
    copies: str | None = None


class FactRows(QWidget):
    """Shows facts. Values are texts that come out of files: they are shown as they are, never as markup."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._copies: list[QToolButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(S_PX)
        self._grid.setVerticalSpacing(XS_PX)
        self._grid.setColumnMinimumWidth(0, LABEL_PX)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._tint)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self._copies.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, fact in enumerate(facts):
            self._add(row, fact)
        self._tint()

    def _add(self, row: int, fact: Fact) -> None:
        label = _label(fact.label, "caption")
        label.setFixedWidth(LABEL_PX)
        value = _label(breakable(fact.value), "body" if fact.copies is None else "code")
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{fact.label}: {fact.value}")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, row, 0, top)
        self._grid.addWidget(value, row, 1, top)
        if fact.tone is not None:
            sign = IconLabel(self._theme, FACT_ICONS.get(fact.tone, ""), fact.tone)
            self._grid.addWidget(sign, row, 2, top)
        elif fact.copies is not None:
            self._grid.addWidget(self._copy_button(fact), row, 2, top)

    def _copy_button(self, fact: Fact) -> QToolButton:
        button = QToolButton()
        button.setObjectName("copy_fact_button")
        mark(button, role="quiet")
        said = self.tr("Copy: {what}").format(what=fact.label)
        button.setAccessibleName(said)
        button.setToolTip(said)
        copied = fact.copies or fact.value
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(copied))
        self._copies.append(button)
        return button

    def _tint(self) -> None:
        for button in self._copies:
            button.setIcon(icon("copy", self._theme.colours.muted))


def _label(text: str, look: str) -> PlainLabel:
    label = wrapped(look)
    label.setText(text)
    return label
