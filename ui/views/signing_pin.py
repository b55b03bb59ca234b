"""What will be signed, with which key, and the field for its PIN: in its place, never a box in the way."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Key, OrderKind, Problem
from signing.terms import PinState, SignatureKind
from signing.token.records import TokenInfo
from ui.icons import MEDIUM_PX
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.signing_fields import PinField, Titles
from ui.widgets.busy_line import BusyLine
from ui.widgets.fact_rows import Fact, FactRows
from ui.widgets.icon_label import IconLabel
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel, wrapped

_PIN_ICONS = {
    PinState.OK: ("check-circle", Tone.GOOD),
    PinState.LOW: ("warning", Tone.WARN),
    PinState.FINAL: ("warning", Tone.BAD),
    PinState.LOCKED: ("lock", Tone.BAD),
    PinState.UNKNOWN: ("question-circle", Tone.MUTED),
}


class PinCard(View):
    """Names the documents, the certificate and the kind of signature, and takes the PIN once for all of them."""

    def __init__(self, vm: SigningVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self._said: Problem | None = None
        self.title = wrapped("title")
        self.kind_icon = IconLabel(look.theme, size_px=MEDIUM_PX)
        self.kind = wrapped("strong")
        self.documents = Titles()
        self.facts = FactRows(look.theme)
        self._facts: tuple[Fact, ...] = ()
        self.pin_icon = IconLabel(look.theme)
        self.pin_state = wrapped("body")
        self.notice = NoticeCard(look.theme)
        self.to_know = NoticeCard(look.theme)
        self.doubts = (NoticeCard(look.theme), NoticeCard(look.theme))
        self.pin_label = wrapped("strong")
        self.field = PinField()
        self.pin_label.setBuddy(self.field)
        self.hint = wrapped("body")
        self.busy = BusyLine()
        self.slow = NoticeCard(look.theme)
        self.sign = QPushButton()
        self.sign.setObjectName("give_pin_button")
        mark(self.sign, role="primary")
        self.agree = QPushButton()
        self.agree.setObjectName("agree_button")
        self.cancel = QPushButton()
        self.cancel.setObjectName("cancel_signing_button")
        self.look_again = QPushButton()
        self.look_again.setObjectName("look_again_button")
        self._lay_out()
        self.field.returnPressed.connect(self._give)
        self.sign.clicked.connect(self._give)
        self.cancel.clicked.connect(vm.cancel)
        self.look_again.clicked.connect(vm.look_again)
        self.agree.clicked.connect(self._agree)
        self.retranslate()
        self.show_state()

    def take_focus(self) -> None:
        """Let the PIN be typed at once; the last try and a locked token are never a mere Enter away."""
        if self.vm.state.can_give_pin:
            (self.sign if self.vm.state.pin_pad else self.field).setFocus()
        else:
            self.cancel.setFocus()
        # What has just appeared above has its room only after the next round of events.
        QTimer.singleShot(0, self, self._scroll_to_buttons)

    def retranslate(self) -> None:
        """Set the texts that do not depend on the state."""
        self.hint.setText(
            self.tr("The PIN is entered on the reader: press the button, then use its keys.")
        )
        self.look_again.setText(self.tr("Look again"))
        self.look_again.setAccessibleName(self.tr("Look at the token again"))

    def show_state(self) -> None:
        """Show what is signed with what, and whether the PIN is awaited, asked about or being tried."""
        state = self.vm.state
        if state.phase not in (SigningPhase.AWAITING_PIN, SigningPhase.OPENING):
            self.field.setText("")
            self._said = None
            return
        self._show_orders()
        self._show_key(state.key)
        self._show_pin()
        self._show_problem()
        is_opening = state.phase is SigningPhase.OPENING
        self.busy.setVisible(is_opening)
        self.busy.set_text(self._waiting())
        self.slow.set_message(
            self.look.words.message(Problem(state.note)) if state.note else None, Tone.WARN
        )
        self.sign.setVisible(state.can_give_pin or is_opening)
        self.sign.setEnabled(not is_opening)
        self._show_cancel()
        self.look_again.setVisible(state.pin_state is PinState.LOCKED)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no PIN in a field that nobody sees."""
        self.field.setText("")
        super().hideEvent(event)

    def _give(self) -> None:
        text = self.field.text()
        self.field.setText("")
        self.vm.give_pin(text)

    def _agree(self) -> None:
        if self.vm.state.asks_one_by_one:
            self.vm.agree_one_by_one()
        else:
            self.vm.agree_last_try()
            self.take_focus()

    def _scroll_to_buttons(self) -> None:
        self._scroll.ensureWidgetVisible(self.cancel)

    def _show_cancel(self) -> None:
        state = self.vm.state
        word, hint = self.tr("Cancel"), self.tr("Cancel: nothing is signed")
        if state.items:
            word, hint = self.tr("Stop"), self.tr("Stop: what is signed is kept")
        self.cancel.setText(word)
        self.cancel.setAccessibleName(hint)
        self.cancel.setEnabled(state.can_cancel)
        self.cancel.setToolTip(
            hint if state.can_cancel else self.tr("The token is working: it cannot be interrupted")
        )

    def _show_orders(self) -> None:
        state = self.vm.state
        count = len(state.due)
        texts = {
            OrderKind.SIGN: (
                self.tr("Sign"),
                self.tr("Sign %n document(s)", "", count),
                SignatureKind.PERSONAL,
                ("sign", "blue"),
            ),
            OrderKind.INITIAL: (
                self.tr("Initial and pass on"),
                self.tr("Initial and pass on %n document(s)", "", count),
                SignatureKind.INITIAL,
                ("sign", "blue"),
            ),
            OrderKind.COPY: (
                self.tr("Mark as a copy"),
                self.tr("Mark %n document(s) as copies", "", count),
                SignatureKind.COPY,
                ("copy", Tone.TEXT),
            ),
            OrderKind.ISSUE: (
                self.tr("Number, seal and publish"),
                self.tr("Number, seal and publish %n document(s)", "", count),
                SignatureKind.SEAL,
                ("seal", "red"),
            ),
            OrderKind.INCOMING: (
                self.tr("Register and put the incoming block"),
                self.tr("Register %n document(s) and put the incoming block", "", count),
                SignatureKind.INCOMING,
                ("seal", "red"),
            ),
            None: (
                self.tr("Sign and seal"),
                self.tr("Sign and seal %n document(s)", "", count),
                SignatureKind.UNKNOWN,
                ("sign", Tone.TEXT),
            ),
        }
        one, many, kind, picture = texts[state.kind]
        self.title.setText(one if count == 1 else many)
        self.sign.setText(one if count == 1 else many)
        self.sign.setAccessibleName(self.sign.text())
        self.kind.setText(self.look.words.label(f"kind.{kind}"))
        self.kind_icon.set_icon(*picture)
        self.documents.set_titles([order.title for order in state.due])
        self.documents.setAccessibleName(self.tr("%n document(s)", "", count))

    def _show_key(self, key: Key | None) -> None:
        if key is None:
            return
        for doubt, code in zip_longest(self.doubts, key.notes[: len(self.doubts)]):
            doubt.set_message(self.look.words.message(Problem(code)) if code else None, Tone.WARN)
        certificate, token = key.certificate, key.token
        facts = (
            Fact(self.tr("Certificate"), plain(certificate.subject)),
            Fact(self.tr("Agency"), plain(certificate.organization) or "–"),
            Fact(self.look.words.label("label.issuer"), plain(certificate.issuer)),
            Fact(self.tr("Valid until"), self.look.words.moment(certificate.not_after)),
            self._place(token),
        )
        if facts != self._facts:
            self._facts = facts
            self.facts.set_facts(facts)

    def _place(self, token: TokenInfo) -> Fact:
        if token.is_file:
            return Fact(self.tr("Key file"), plain(token.module))
        told = self.tr("{label}, serial {serial}")
        return Fact(
            self.tr("Token"), told.format(label=plain(token.label), serial=plain(token.serial))
        )

    def _show_pin(self) -> None:
        state = self.vm.state
        is_file = state.key is not None and state.key.token.is_file
        name, tone = ("info", Tone.MUTED) if is_file else _PIN_ICONS[state.pin_state]
        self.pin_icon.set_icon(name, tone)
        said = self.tr("A key file counts no wrong passwords") if is_file else None
        self.pin_state.setText(said or self.look.words.label(f"pin.{state.pin_state}"))
        mark(self.pin_state, tone=tone)
        self.pin_label.setText(self.tr("Password of the file") if is_file else self.tr("Token PIN"))
        self.field.setAccessibleName(self.pin_label.text())
        is_opening = state.phase is SigningPhase.OPENING
        takes_pin = (state.can_give_pin or is_opening) and not state.pin_pad
        self.pin_label.setVisible(takes_pin)
        self.field.setVisible(takes_pin)
        self.field.setReadOnly(is_opening)
        mark(self.field, tone=Tone.BAD if state.problem else Tone.TEXT)
        self.hint.setVisible(state.can_give_pin and state.pin_pad)
        last_try = Problem(
            "token.pin_last_try", {"token": state.key.token.label if state.key else ""}
        )
        one_by_one = Problem(
            "token.pin_for_each", {"signed": state.ended, "count": len(state.orders)}
        )
        asked = last_try if state.asks_last_try else None
        if asked is None and state.is_one_by_one and len(state.orders) > 1:
            asked = one_by_one
        self.to_know.set_message(self.look.words.message(asked) if asked else None, Tone.WARN)
        self.agree.setVisible(state.asks_last_try or state.asks_one_by_one)
        if state.asks_one_by_one:
            self.agree.setText(self.tr("Sign one by one"))
            self.agree.setAccessibleName(self.tr("Go on, with a PIN for each document"))
        else:
            self.agree.setText(self.tr("Use the last try"))
            self.agree.setAccessibleName(self.tr("I am sure of the PIN: use the last try"))

    def _show_problem(self) -> None:
        problem = self.vm.state.problem
        message = self.look.words.message(problem) if problem else None
        self.notice.set_message(message, Tone.BAD)
        if problem != self._said:
            self._said = problem
            if message is not None:
                say(self, str(message))

    def _waiting(self) -> str:
        state = self.vm.state
        if state.pin_pad:
            return self.tr("Enter the PIN on the reader now.")
        if state.waited_s < 2:
            return self.tr("Opening the token…")
        return self.tr("Opening the token… {seconds} s").format(seconds=state.waited_s)

    def _lay_out(self) -> None:
        kind_row, pin_row = _row(self.kind_icon, self.kind), _row(self.pin_icon, self.pin_state)
        what = _card(kind_row, self.documents)
        with_what = _card(self.facts, _line(), pin_row)
        buttons = QVBoxLayout()  # one under the other: their texts are long in some languages
        buttons.setSpacing(S_PX)
        for button in (self.sign, self.agree, self.look_again, self.cancel):
            buttons.addWidget(button)
        inside = QWidget()
        mark(inside, role="scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        notices = (*self.doubts, self.notice, self.to_know)
        for widget in (self.title, what, with_what, *notices, self.hint):
            column.addWidget(widget)
        entry = QVBoxLayout()
        entry.setSpacing(XS_PX)
        entry.addWidget(self.pin_label)
        entry.addWidget(self.field)
        column.addLayout(entry)
        column.addWidget(self.busy)
        column.addWidget(self.slow)
        column.addLayout(buttons)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(self._scroll)


def _row(icon: IconLabel, label: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(S_PX)
    row.addWidget(icon)
    row.addWidget(label, 1)
    return row


def _line() -> QFrame:
    line = QFrame()
    mark(line, role="line")
    return line


def _card(*parts: QWidget | QHBoxLayout) -> QFrame:
    card = QFrame()
    mark(card, role="card")
    column = QVBoxLayout(card)
    column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
    column.setSpacing(S_PX)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return card
