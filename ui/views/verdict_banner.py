"""What a person reads first: the verdict as shape and word, one sentence, what it means, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.icons import LARGE_PX
from ui.theme import L_PX, M_PX, S_PX, Theme, Tone, mark
from ui.views.verdict import ToldVerdict
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable
from ui.widgets.plain_label import PlainLabel


class VerdictBanner(QFrame):
    """Shows one verdict, with the remarks that stand against it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("verdict_banner")
        self.icon = IconLabel(theme, size_px=LARGE_PX)
        self.word = _text("title", "verdict_word")
        self.sentence = _text("strong", "verdict_sentence")
        self.means = _text("body", "verdict_means")
        self.do = _text("body", "verdict_do")
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(S_PX)
        texts = QVBoxLayout()
        texts.setSpacing(S_PX)
        for label in (self.sentence, self.means, self.do):
            texts.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(M_PX)
        top.addWidget(self.icon)
        top.addWidget(self.word, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        column.addLayout(top)
        column.addLayout(texts)
        column.addLayout(self._remarks)

    def show_verdict(self, told: ToldVerdict, remarks: Sequence[str] = ()) -> None:
        """Show another verdict."""
        mark(self, role="notice", tone=told.tone)
        self.icon.set_icon(told.icon, told.tone)
        self.word.setText(told.word)
        mark(self.word, tone=told.tone if told.tone is not Tone.MUTED else Tone.TEXT)
        for label, text in (
            (self.sentence, told.sentence),
            (self.means, told.means),
            (self.do, told.do),
        ):
            label.setText(breakable(text))
            label.setVisible(bool(text))
        self._show_remarks(remarks)
        self.setAccessibleName(str(told))
        self.setAccessibleDescription(" ".join((told.means, told.do, *remarks)))

    def _show_remarks(self, remarks: Sequence[str]) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for text in remarks:
            line = QWidget()
            label = _text("body", "verdict_remark")
            label.setText(text)
            row_layout = QHBoxLayout(line)
            row_layout.setContentsMargins(0, 0, 0, 0)
            row_layout.setSpacing(S_PX)
            sign = IconLabel(self._theme, "warning", Tone.WARN)
            row_layout.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            row_layout.addWidget(label, 1)
            self._remarks.addWidget(line)


def _text(look: str, name: str) -> PlainLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    mark(label, type=look)
    return label
