"""The panel of a signature under way: the token is looked for, its PIN awaited, each document's result shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.workplace.records import Problem
from ui.theme import L_PX, M_PX, Tone, mark
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.signing_pin import PinCard
from ui.views.signing_results import SigningResults
from ui.widgets.busy_line import BusyLine
from ui.widgets.notice import NoticeCard
from ui.widgets.plain_label import PlainLabel


class SigningPanel(View):
    """Stands in the document panel's place while something is signed."""

    def __init__(self, vm: SigningVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self._phase = SigningPhase.IDLE
        self.choosing = Choosing(vm, look)
        self.pin = PinCard(vm, look)
        self.results = SigningResults(vm, look)
        self._parts = (self.choosing, self.pin, self.results)
        self._pages = QStackedWidget()
        for part in self._parts:
            self._pages.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setObjectName("signing_panel")
        mark(self, role="panel")
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(vm.cancel)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Name the panel."""
        self.setAccessibleName(self.tr("Signing"))

    def show_state(self) -> None:
        """Show the part that belongs to the phase, and give it the keyboard when it is another one."""
        for part in self._parts:
            part.show_state()
        phase, before = self.vm.state.phase, self._phase
        self._phase = phase
        self._pages.setCurrentWidget(self._part(phase))
        if phase is not before and self.isVisible():
            self._part(phase).take_focus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard where the person goes on."""
        super().showEvent(event)
        self._part(self._phase).take_focus()

    def _part(self, phase: SigningPhase) -> Choosing | PinCard | SigningResults:
        if phase in (SigningPhase.AWAITING_PIN, SigningPhase.OPENING):
            return self.pin
        if phase in (SigningPhase.RUNNING, SigningPhase.DONE):
            return self.results
        return self.choosing


class Choosing(View):
    """The token is looked for, or why none can sign."""

    def __init__(self, vm: SigningVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self._said: Problem | None = None
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        mark(self.title, type="title")
        self.busy = BusyLine()
        self.slow = NoticeCard(look.theme)
        self.notice = NoticeCard(look.theme)
        self.notice.action.setObjectName("choose_again_button")
        self.cancel = QPushButton()
        self.cancel.setObjectName("cancel_choosing_button")
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        for widget in (self.title, self.busy, self.slow, self.notice):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.notice.acted.connect(vm.look_again)
        self.cancel.clicked.connect(vm.cancel)
        self.retranslate()
        self.show_state()

    def take_focus(self) -> None:
        """Hold the keyboard, so that Escape cancels and a second Enter presses nothing; then offer another look."""
        (self.notice.action if self.vm.state.problem else self).setFocus()

    def retranslate(self) -> None:
        """Set the texts that do not depend on the state."""
        self.setAccessibleName(self.tr("Looking for your token"))
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel: nothing is signed"))
        self.cancel.setToolTip(self.tr("Nothing is signed (Esc)"))

    def show_state(self) -> None:
        """Show that it is being looked, or what was not found."""
        state = self.vm.state
        words = self.look.words
        if state.phase is not SigningPhase.CHOOSING:
            self._said = None
            return
        problem = state.problem
        self.title.setText(
            self.tr("Looking for your token…") if problem is None else self.tr("Not signed")
        )
        self.busy.setVisible(problem is None)
        self.slow.set_message(words.message(Problem(state.note)) if state.note else None, Tone.WARN)
        message = words.message(problem) if problem else None
        self.notice.set_message(message, Tone.WARN, self.tr("Look again"))
        if problem != self._said:
            self._said = problem
            if message is not None:
                self.take_focus()
                say(self, str(message))
