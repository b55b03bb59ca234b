"""Signing in: in this machine's browser, or with a code on another device. Checking a file needs neither."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, XL_PX, XS_PX, XXL_PX, Theme, mark
from ui.viewmodels.account import OFFLINE, AccountPhase, AccountVm
from ui.views.base import Look, View
from ui.widgets.busy_line import BusyLine
from ui.widgets.icon_label import IconLabel
from ui.widgets.notice import NoticeCard
from ui.widgets.plain_label import PlainLabel

_WIDTH_PX = 460
_WAITING = {AccountPhase.WAITING_BROWSER, AccountPhase.WAITING_CODE}


class SignInView(View):
    """Shows `AccountVm` to whoever is not signed in.

    Signals:
        file_wanted: a file on this machine shall be checked.
    """

    file_wanted = Signal()

    def __init__(self, vm: AccountVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._vm = vm
        self._phase: AccountPhase | None = None
        self.title = PlainLabel()
        mark(self.title, type="title")
        self.server = PlainLabel()
        mark(self.server, type="caption")
        self.notice = NoticeCard(look.theme)
        self.notice.acted.connect(lambda: vm.start(None))
        self.browser = _button("sign_in_button", "primary")
        self.browser.clicked.connect(vm.sign_in)
        self.by_code = _button("sign_in_code_button")
        self.by_code.clicked.connect(vm.sign_in_with_code)
        self.url = CodeLine(look.theme, "sign_in_url", "heading", "address")
        self.code = CodeLine(look.theme, "sign_in_code", "code", "large")
        self.busy = BusyLine()
        self.cancel = _button("sign_in_cancel_button")
        self.cancel.clicked.connect(vm.cancel)
        self.open_file = _button("sign_in_open_file_button", "quiet")
        self.open_file.clicked.connect(self.file_wanted)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self._tint()
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.setAccessibleName(self.tr("Sign in"))
        self.browser.setText(self.tr("Sign in in the browser"))
        self.browser.setAccessibleName(self.browser.text())
        self.by_code.setText(self.tr("Sign in with a code on another device"))
        self.by_code.setAccessibleName(self.by_code.text())
        self.cancel.setText(self.tr("Cancel"))
        self.cancel.setAccessibleName(self.tr("Cancel signing in"))
        self.open_file.setText(self.tr("Check a received file without signing in…"))
        self.open_file.setAccessibleName(self.open_file.text())
        self.url.set_name(self.tr("On another device, open"), self.tr("Copy the address"))
        self.code.set_name(self.tr("and enter this code"), self.tr("Copy the code"))

    def show_state(self) -> None:
        """Show how far signing in has come."""
        state = self._vm.state
        is_waiting = state.phase in _WAITING
        is_out = state.phase is AccountPhase.SIGNED_OUT
        titles = {
            AccountPhase.LOADING: self.tr("One moment…"),
            AccountPhase.WAITING_BROWSER: self.tr("Go on in your browser"),
            AccountPhase.WAITING_CODE: self.tr("Go on on another device"),
        }
        self.title.setText(titles.get(state.phase, self.tr("Sign in")))
        self.server.setText(state.server or "")
        self.server.setVisible(bool(state.server))
        self._show_problem()
        self.browser.setVisible(is_out)
        self.by_code.setVisible(is_out)
        self.url.show_text(state.code_url)
        self.code.show_text(state.code)
        busy = {
            AccountPhase.LOADING: self.tr("Your last sign-in is taken up."),
            AccountPhase.WAITING_BROWSER: self.tr("The browser shows your office's sign-in page."),
            AccountPhase.WAITING_CODE: self.tr("Waiting until you have signed in there."),
        }
        self.busy.set_text(busy.get(state.phase, ""))
        self.busy.setVisible(not is_out and state.phase is not AccountPhase.SIGNED_IN)
        self.cancel.setVisible(is_waiting)
        if state.phase is not self._phase:
            self._phase = state.phase
            self.setFocusProxy(self.cancel if is_waiting else self.browser)
            if self.isVisible():
                self.setFocus()

    def _show_problem(self) -> None:
        problem = self._vm.state.problem
        if problem is None:
            self.notice.set_message(None)
            return
        again = self.tr("Try again") if problem.code in OFFLINE else None
        self.notice.set_message(self.look.words.message(problem), "warn", again)

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.browser.setIcon(icon("open-browser", colours.on_accent, colours.accent))
        self.open_file.setIcon(icon("shield", colours.text, colours.ground))

    def _lay_out(self) -> None:
        card = QFrame()
        card.setFixedWidth(_WIDTH_PX)
        mark(card, role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(XXL_PX, XXL_PX, XXL_PX, XL_PX)
        column.setSpacing(M_PX)
        column.addWidget(IconLabel(self.look.theme, "trinhky", size_px=56))
        column.addSpacing(XS_PX)
        parts: tuple[QWidget, ...] = (
            self.title,
            self.server,
            self.notice,
            self.browser,
            self.by_code,
            self.url,
            self.code,
            self.busy,
            self.cancel,
        )
        for part in parts:
            column.addWidget(part)
        # Not by alignment: that reckons the height of wrapped text for the whole window's width.
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        room = QVBoxLayout(self)
        room.addStretch(2)
        room.addLayout(middle)
        room.addSpacing(L_PX)
        room.addWidget(self.open_file, alignment=Qt.AlignmentFlag.AlignHCenter)
        room.addStretch(3)


class CodeLine(QWidget):
    """Something to be read off and typed elsewhere: large, selectable, with a button that copies it."""

    def __init__(self, theme: Theme, name: str, kind: str, role: str) -> None:
        super().__init__()
        self._theme = theme
        self.caption = PlainLabel()
        mark(self.caption, type="caption")
        self.text = PlainLabel()
        self.text.setObjectName(name)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        mark(self.text, type=kind, role=role)
        self.copy = _button(f"{name}_copy", "quiet")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.text()))
        line = QHBoxLayout()
        line.setSpacing(S_PX)
        line.addWidget(self.text, 1)
        line.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS_PX)
        column.addWidget(self.caption)
        column.addLayout(line)
        theme.changed.connect(self._tint)
        self._tint()

    def set_name(self, caption: str, copy: str) -> None:
        """Say what it is, and what the button does."""
        self.caption.setText(caption)
        self.text.setAccessibleName(caption)
        self.copy.setToolTip(copy)
        self.copy.setAccessibleName(copy)

    def show_text(self, text: str | None) -> None:
        """Show another text; hide where there is none."""
        self.text.setText(text or "")
        self.setVisible(text is not None)

    def _tint(self) -> None:
        colours = self._theme.colours
        self.copy.setIcon(icon("copy", colours.text, colours.surface))


def _button(name: str, role: str = "") -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    if role:
        mark(button, role=role)
    return button
