"""The doctor's findings one under the other: state by icon and word, what it is, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.diagnosis.records import Check, State
from app.workplace.records import Problem
from ui.theme import S_PX, XS_PX, Tone, mark
from ui.views.base import Look
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel, wrapped

_LOOKS: Mapping[State, tuple[str, Tone]] = {
    "ok": ("check-circle", Tone.GOOD),
    "warning": ("warning", Tone.WARN),
    "error": ("cross-circle", Tone.BAD),
}
_LONGEST = 600


class CheckRow(QWidget):
    """One finding."""

    def __init__(self, check: Check, look: Look) -> None:
        super().__init__()
        self.check = check
        self._look = look
        is_good = check.state == "ok"
        name, tone = _LOOKS[check.state]
        self.title = _label("strong")
        self.word = _label("caption")
        self.word.setWordWrap(False)
        mark(self.word, tone=tone)
        self.what = _label("caption" if is_good else "body")
        self.means, self.do = _label("body"), _label("body")
        head = QHBoxLayout()
        head.setSpacing(S_PX)
        head.addWidget(self.title, 1)
        head.addWidget(self.word, alignment=Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        texts.addLayout(head)
        for label in (self.what, self.means, self.do):
            texts.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, S_PX, 0, S_PX)
        row.setSpacing(S_PX)
        row.addWidget(IconLabel(look.theme, name, tone), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self.say()

    def say(self) -> None:
        """Say it in the language of now; of what is well there is nothing to do."""
        check = self.check
        words = {"ok": self.tr("Good"), "warning": self.tr("Note"), "error": self.tr("Problem")}
        message = self._look.words.message(Problem(check.code, check.params))
        self.title.setText(self._look.words.label("check." + check.name))
        self.word.setText(words[check.state])
        for label, text in (
            (self.what, message.what),
            (self.means, message.means),
            (self.do, message.do),
        ):
            label.setText(breakable(plain(text, _LONGEST)))
        for label in (self.means, self.do):
            label.setVisible(bool(label.text()) and check.state != "ok")
        self.setAccessibleName(f"{self.title.text()}: {self.word.text()}. {message.what}")


class CheckList(QVBoxLayout):
    """Rows of findings; a new one goes in among those that are there."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setSpacing(0)
        self._look = look
        self._rows: list[CheckRow] = []

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these, in this order."""
        if any(row.check not in checks for row in self._rows):
            self._clear()
        for index, check in enumerate(checks):
            if index >= len(self._rows) or self._rows[index].check != check:
                row = CheckRow(check, self._look)
                self.insertWidget(index, row)
                self._rows.insert(index, row)

    def say(self) -> None:
        """Say all in the language of now."""
        for row in self._rows:
            row.say()

    def _clear(self) -> None:
        for row in self._rows:
            self.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows.clear()


def _label(look: str) -> PlainLabel:
    label = wrapped(look)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
