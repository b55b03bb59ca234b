"""The file's history: its signatures one under the other in the order of time, and what came after each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from signing.report import FileReport
from ui.theme import M_PX, S_PX, XS_PX, Tone, mark
from ui.views.base import Look
from ui.views.review_words import HistoryEntry, ReviewWords
from ui.views.verdict import VerdictWords, verdict_look
from ui.widgets.fact_rows import FACT_ICONS, Fact
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable
from ui.widgets.plain_label import PlainLabel

_RAIL_PX = 2


class HistoryList(QWidget):
    """Shows a report's signatures as a line of time, in the language of the moment."""

    def __init__(self, look: Look, report: FileReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_list")
        self._look = look
        self._report = report
        self._holders = VerdictWords(look.words)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(M_PX)
        self._grid.setVerticalSpacing(XS_PX)
        self._grid.setColumnStretch(1, 1)
        entries = ReviewWords(look.words).history(report)
        for entry in entries:
            self._add(entry, is_last=entry is entries[-1])

    def _add(self, entry: HistoryEntry, *, is_last: bool) -> None:
        item = self._report.signatures[entry.index]
        row = self._grid.rowCount()
        sign = IconLabel(
            self._look.theme, *verdict_look(item.verdict, has_remarks=bool(item.warnings))
        )
        self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        if not is_last:
            rail = QFrame()
            rail.setFixedWidth(_RAIL_PX)
            mark(rail, role="rail")
            self._grid.addWidget(rail, row + 1, 0, Qt.AlignmentFlag.AlignHCenter)
        label = self._look.words.label
        parts = [label("kind." + item.kind.value), self._holders.holder(item)]
        word = label("verdict." + item.verdict.value)
        who = _text("strong", f"{', '.join(part for part in parts if part)}: {word}")
        self._grid.addWidget(who, row, 1)
        self._grid.addLayout(self._below(entry), row + 1, 1)

    def _below(self, entry: HistoryEntry) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(XS_PX)
        column.setContentsMargins(0, 0, 0, S_PX)
        column.addWidget(_text("caption", entry.when))
        for change in entry.changes:
            column.addWidget(self._change(change))
        return column

    def _change(self, change: Fact) -> QWidget:
        line = QWidget()
        row = QGridLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(S_PX)
        tone = change.tone or Tone.MUTED
        sign = IconLabel(self._look.theme, FACT_ICONS.get(tone, ""), tone)
        row.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_text("body", f"{change.label}: {change.value}"), 0, 1)
        row.setColumnStretch(1, 1)
        return line


def _text(look: str, text: str) -> PlainLabel:
    label = PlainLabel(breakable(text))
    label.setWordWrap(True)
    mark(label, type=look)
    return label
