"""The register's questions on an incoming document, in their place; afterwards its number."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.clock import system_clock, vietnam_date
from app.workflow.documents import Arrival
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.viewmodels.incoming import IncomingPhase, IncomingVm
from ui.views.base import Look, View
from ui.widgets.badge import Badge
from ui.widgets.busy_line import BusyLine
from ui.widgets.calm import keep_calm
from ui.widgets.icon_label import IconLabel
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel


class IncomingForm(View):
    """Hidden until the clerk wants to register the file."""

    def __init__(self, look: Look, vm: IncomingVm, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._vm = vm
        self._phase = IncomingPhase.CLOSED
        self.title = PlainLabel()
        mark(self.title, type="heading")
        self.abstract_line = _line("incoming_abstract")
        self.sender_line = _line("incoming_sender")
        self.number_line = _line("incoming_number")
        self.date_edit = QDateEdit()
        keep_calm(self.date_edit)
        self.date_edit.setObjectName("incoming_date")
        self.date_edit.setCalendarPopup(True)
        self.date_edit.setDisplayFormat("dd/MM/yyyy")
        self.inputs: dict[str, QLineEdit | QDateEdit] = {
            "abstract": self.abstract_line,
            "sender": self.sender_line,
            "sender_number": self.number_line,
            "sender_date": self.date_edit,
        }
        self.labels = {name: PlainLabel() for name in self.inputs}
        for name, label in self.labels.items():
            mark(label, type="caption")
            label.setBuddy(self.inputs[name])
        self.notice = NoticeCard(look.theme)
        self.busy = BusyLine()
        self.register_button = QPushButton()
        self.register_button.setObjectName("incoming_register_button")
        mark(self.register_button, role="primary")
        self.cancel_button = QPushButton()
        self.cancel_button.setObjectName("incoming_cancel_button")
        mark(self.cancel_button, role="quiet")
        self.result = PlainLabel()
        self.result.setObjectName("incoming_result")
        self.result.setWordWrap(True)
        mark(self.result, type="strong")
        self.sealed = PlainLabel()
        self.sealed.setWordWrap(True)
        self.badge = Badge(look.theme)
        self.hint_icon = IconLabel(look.theme)
        self.hint_text = PlainLabel()
        self.hint_text.setObjectName("incoming_block_hint")
        self.hint_text.setWordWrap(True)
        self._lay_out()
        self.register_button.clicked.connect(self._register)
        self.cancel_button.clicked.connect(vm.cancel)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Speak the person's language."""
        self.title.setText(self.tr("Register as incoming document"))
        said = {
            "abstract": self.tr("Abstract"),
            "sender": self.tr("Sender"),
            "sender_number": self.tr("Number, symbol"),
            "sender_date": self.tr("Date of the document"),
        }
        for name, text in said.items():
            self.labels[name].setText(text)
            self.inputs[name].setAccessibleName(text)
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setAccessibleName(self.tr("Do not register the document"))
        self.busy.set_text(self.tr("Checking the file again and taking a number…"))
        self.badge.set(self.tr("Registered"), "check-circle", Tone.GOOD)

    def show_state(self) -> None:
        """Show how far it has come."""
        state = self._vm.state
        is_open = state.phase in {IncomingPhase.FILLING, IncomingPhase.REGISTERING}
        is_done = state.phase is IncomingPhase.DONE
        if state.phase is IncomingPhase.FILLING and self._phase is IncomingPhase.CLOSED:
            self._clear()
        self.setVisible(state.phase is not IncomingPhase.CLOSED)
        self.form.setVisible(is_open)
        self.form.setEnabled(state.phase is IncomingPhase.FILLING)
        self.busy.setVisible(state.phase is IncomingPhase.REGISTERING)
        for name, widget in self.inputs.items():
            mark(widget, tone="bad" if name in state.missing else "")
        self.missing.setVisible(bool(state.missing))
        self.missing.setText(self.tr("Fill in the marked fields."))
        problem = state.problem
        self.notice.set_message(self.look.words.message(problem) if problem else None)
        self.hint.setVisible(is_open and state.wants_block)
        self._show_hint()
        for part in (self.badge, self.result, self.sealed):
            part.setVisible(is_done)
        if is_done:
            self._show_result()
        if state.missing:
            self.inputs[state.missing[0]].setFocus()
        elif self._phase is IncomingPhase.CLOSED and state.phase is IncomingPhase.FILLING:
            self.abstract_line.setFocus()
        self._phase = state.phase

    def _show_hint(self) -> None:
        state = self._vm.state
        number = state.number
        self.hint_text.setText(
            self.tr("The agency's incoming block will be put on the file, with the agency's token.")
            if number is None
            else self.tr(
                "Incoming number {number} is taken, and the block is not on the file yet."
            ).format(number=number)
        )
        self.hint_icon.set_icon(*(("seal", "red") if number is None else ("warning", Tone.WARN)))
        wants_block = state.wants_block
        self.register_button.setText(
            self.tr("Register and put the block") if wants_block else self.tr("Register")
        )
        self.register_button.setAccessibleName(
            self.tr("Register as incoming document and put the agency's block on it")
            if wants_block
            else self.tr("Register as incoming document")
        )

    def _show_result(self) -> None:
        state = self._vm.state
        text = self.tr("Incoming number {number}: {abstract}")
        number = state.number or "–"
        self.result.setText(text.format(number=number, abstract=plain(state.abstract)))
        said = [self._sealed()]
        said += [self.look.words.label(code) for code in state.notes]
        self.sealed.setText("\n".join(said))

    def _sealed(self) -> str:
        state = self._vm.state
        if state.is_kept:
            return self.tr(
                "The registered file carries the agency's incoming block; "
                "it will be sent when the server answers."
            )
        if state.is_sealed:
            return self.tr("The registered file carries the agency's incoming block.")
        return self.tr("The file was stored as it came, without the agency's incoming block.")

    def _register(self) -> None:
        day = self.date_edit.date()
        self._vm.register(
            Arrival(
                self.abstract_line.text().strip(),
                self.sender_line.text().strip(),
                self.number_line.text().strip(),
                date(day.year(), day.month(), day.day()),
            )
        )

    def _clear(self) -> None:
        for line in (self.abstract_line, self.sender_line, self.number_line):
            line.clear()
        day = vietnam_date(system_clock())
        self.date_edit.setDate(QDate(day.year, day.month, day.day))
        self.date_edit.setMaximumDate(QDate(day.year, day.month, day.day))

    def _lay_out(self) -> None:
        card = QFrame()
        mark(card, role="card")
        self.form = QWidget()
        fields = QVBoxLayout(self.form)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(XS_PX)
        for name, widget in self.inputs.items():
            fields.addWidget(self.labels[name])
            fields.addWidget(widget)
            fields.addSpacing(XS_PX)
        self.missing = PlainLabel()
        self.missing.setObjectName("incoming_missing")
        mark(self.missing, tone="bad")
        fields.addWidget(self.missing)
        self.hint = QWidget()
        hint = QHBoxLayout(self.hint)
        hint.setContentsMargins(0, 0, 0, S_PX)
        hint.setSpacing(S_PX)
        hint.addWidget(self.hint_icon, 0, Qt.AlignmentFlag.AlignTop)
        hint.addWidget(self.hint_text, 1)
        fields.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.setSpacing(S_PX)
        buttons.addWidget(self.register_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch()
        fields.addLayout(buttons)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        inside.setSpacing(M_PX)
        for part in (
            self.title, self.badge, self.result, self.sealed, self.notice, self.form, self.busy,
        ):  # fmt: skip
            inside.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName(name)
    return line
