"""One signature of a checked file: who, what, which verdict; opened, the law's three sections and the details."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.workplace.records import Problem
from signing.report import SignatureReport
from signing.terms import SignatureKind, Verdict
from ui.icons import MEDIUM_PX, icon
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.views.base import Look
from ui.views.review_words import ReviewWords, Section
from ui.views.verdict import VerdictWords, verdict_look
from ui.widgets.badge import Badge
from ui.widgets.disclosure import Disclosure
from ui.widgets.fact_rows import FactRows
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

_ICONS = {
    SignatureKind.PERSONAL: ("sign", "blue"),
    SignatureKind.INITIAL: ("sign", "blue"),
    SignatureKind.SEAL: ("seal", "red"),
    SignatureKind.ATTACHMENT: ("seal", "red"),
    SignatureKind.INCOMING: ("inbox", Tone.MUTED),
    SignatureKind.COPY: ("copy", Tone.MUTED),
    SignatureKind.NUMBER: ("calendar", Tone.MUTED),
    SignatureKind.DOCUMENT_TIMESTAMP: ("clock", Tone.MUTED),
}


class SignatureCard(QFrame):
    """Shows one signature, in the language of the moment: it is made anew when that changes.

    Signals:
        chosen: the person wants it opened (its field), or closed (None).
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, item: SignatureReport, number: int, parent: QWidget | None = None
    ) -> None:
        """`number` is its place in the file's order, from 1."""
        super().__init__(parent)
        self.item = item
        self._look = look
        self._number = number
        self.is_open = False
        self.setObjectName("signature_card")
        self.kind, self.holder, self.agency = (
            _text(name) for name in ("strong", "body", "caption")
        )
        self.badge = Badge(look.theme)
        self.button = QToolButton()
        self.button.setObjectName("signature_card_button")
        mark(self.button, role="quiet")
        self.button.clicked.connect(self._toggle)
        self.body: SignatureBody | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        self._column.setSpacing(M_PX)
        self._column.addWidget(self._header())
        self._show_header()
        self.set_open(is_open=False)
        look.theme.changed.connect(self._tint)

    def set_open(self, *, is_open: bool) -> None:
        """Show all that was found, or the header alone."""
        self.is_open = is_open
        if is_open and self.body is None:
            self.body = SignatureBody(self._look, self.item)
            self._column.addWidget(self.body)
        if self.body is not None:
            self.body.setVisible(is_open)
        mark(self, role="card", state="chosen" if is_open else "")
        self._tint()
        self._name_button()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole header opens and closes it."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        if is_left and event.position().y() <= self._header_end_px():
            self._toggle()
        super().mousePressEvent(event)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setCursor(Qt.CursorShape.PointingHandCursor)
        name, tone = _ICONS.get(self.item.kind, ("sign", Tone.MUTED))
        top = Qt.AlignmentFlag.AlignTop
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        for label in (self.kind, self.holder, self.agency):
            texts.addWidget(label)
        texts.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S_PX)
        row.addWidget(IconLabel(self._look.theme, name, tone, MEDIUM_PX), 0, top)
        row.addLayout(texts, 1)
        row.addWidget(self.button, 0, top)
        self._top = header
        return header

    def _header_end_px(self) -> int:
        return self._top.geometry().bottom() + M_PX

    def _toggle(self) -> None:
        self.chosen.emit(None if self.is_open else self.item.field)

    def _show_header(self) -> None:
        item, label = self.item, self._look.words.label
        self.kind.setText(f"{self._number}. {label('kind.' + item.kind.value)}")
        self.holder.setText(breakable(VerdictWords(self._look.words).holder(item)))
        agency = plain(item.organization) if item.organization != item.signer else ""
        self.agency.setText(breakable(agency))
        for text in (self.holder, self.agency):
            text.setVisible(bool(text.text()))
        name, tone = verdict_look(item.verdict, has_remarks=bool(item.warnings))
        word = label("verdict." + item.verdict.value)
        if item.verdict is Verdict.VALID and item.warnings:
            word = self.tr("{verdict}, %n remark(s)", "", len(item.warnings)).format(verdict=word)
        self.badge.set(word, name, tone)
        self._name_button()

    def _name_button(self) -> None:
        words = (self.kind.text(), self.holder.text(), self.badge.label.text())
        what = ", ".join(text for text in words if text)
        said = self.tr("Fold: {what}") if self.is_open else self.tr("Show what was found: {what}")
        self.button.setAccessibleName(said.format(what=what))
        self.button.setToolTip(self.tr("Fold") if self.is_open else self.tr("Show what was found"))

    def _tint(self) -> None:
        name = "chevron-up" if self.is_open else "chevron-down"
        self.button.setIcon(icon(name, self._look.theme.colours.muted))


class SignatureBody(QWidget):
    """What stands in an open card."""

    def __init__(self, look: Look, item: SignatureReport) -> None:
        super().__init__()
        self._look = look
        self._item = item
        self._words = ReviewWords(look.words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(L_PX)
        self._add_reason()
        for section in self._words.sections(item):
            self._column.addLayout(self._section(section))
        for code in item.warnings:
            self._column.addLayout(self._remark(code, "warning", Tone.WARN))
        details = self._words.details(item)
        rows = FactRows(look.theme)
        rows.set_facts(details.facts)
        self.details = Disclosure(look.theme, rows)
        self.details.button.setObjectName("signature_details_button")
        self.details.set_title(details.title)
        self._column.addWidget(self.details)

    def _add_reason(self) -> None:
        if self._item.reason is not None:
            name, tone = verdict_look(self._item.verdict)
            self._column.addLayout(self._remark(self._item.reason, name, tone))

    def _section(self, section: Section) -> QVBoxLayout:
        title = _text("strong")
        title.setText(section.title)
        head = QHBoxLayout()
        head.setSpacing(S_PX)
        head.addWidget(title, 1)
        if section.verdict is not None:
            word = self._look.words.label("verdict." + section.verdict.value)
            name, tone = verdict_look(section.verdict)
            if self._item.verdict is not Verdict.VALID and tone is Tone.GOOD:
                # No part of a signature that does not hold may look like a seal of approval.
                tone = Tone.MUTED
            head.addWidget(Badge(self._look.theme, word, name, tone))
        rows = FactRows(self._look.theme)
        rows.set_facts(section.facts)
        column = QVBoxLayout()
        column.setSpacing(S_PX)
        column.addLayout(head)
        column.addWidget(rows)
        return column

    def _remark(self, code: str, name: str, tone: Tone) -> QHBoxLayout:
        told = self._look.words.message(Problem(code))
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        for look, text in (("body", told.what), ("caption", told.means), ("caption", told.do)):
            label = _text(look)
            label.setText(text)
            label.setVisible(bool(text))
            texts.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(S_PX)
        row.addWidget(IconLabel(self._look.theme, name, tone), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row


def _text(look: str) -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    mark(label, type=look)
    return label
