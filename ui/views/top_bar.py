"""The bar above: who is signed in, which token is in, online or offline, what waits to be sent, and the choices."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.messages import Language
from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import M_PX, S_PX, XL_PX, XS_PX, Scheme, Tone, mark
from ui.viewmodels.account import AccountPhase, AccountVm
from ui.viewmodels.token import TokenPhase, TokenVm
from ui.views.base import Look, View
from ui.widgets.badge import Badge
from ui.widgets.elided_label import ElidedLabel, tip
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel

HEIGHT_PX = 56
_LANGUAGES: tuple[tuple[Language, str], ...] = (("vi", "Tiếng Việt"), ("en", "English"))
"""Each in its own language: whoever needs it reads it."""
_SCHEMES = ((Scheme.SYSTEM, "half"), (Scheme.LIGHT, "sun"), (Scheme.DARK, "moon"))


class TopBar(View):
    """Shows `AccountVm` and `TokenVm`, and what its owner tells of the outbox.

    Signals:
        file_wanted: a file on this machine shall be checked.
        folder_wanted: all files of a folder shall be checked.
        sending_wanted: what waits shall be sent now.
        rules_wanted: the office's rules shall be shown.
        pictures_wanted: the picture of a signature or seal shall be taken in.
        key_files_wanted: the key files of this machine shall be shown.
        trust_wanted: whom this machine believes shall be shown.
        doctor_wanted: whether this machine is ready to sign shall be shown.
    """

    file_wanted = Signal()
    folder_wanted = Signal()
    sending_wanted = Signal()
    rules_wanted = Signal()
    pictures_wanted = Signal()
    key_files_wanted = Signal()
    trust_wanted = Signal()
    doctor_wanted = Signal()

    def __init__(
        self, account: AccountVm, token: TokenVm, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._account = account
        self._waiting = 0
        self._sending_problem: Problem | None = None
        self.person = _quiet_button("person_button")
        self.office = ElidedLabel()
        mark(self.office, type="caption")
        self.token = TokenStatus(token, look)
        self.online = Badge(look.theme)
        self.outbox = _quiet_button("outbox_button")
        self.outbox.clicked.connect(self.sending_wanted)
        self.open_file = _quiet_button("open_file_button")
        self.open_file.clicked.connect(self.file_wanted)
        self.open_folder = _quiet_button("open_folder_button")
        self.open_folder.clicked.connect(self.folder_wanted)
        self.language = _menu_button("language_button")
        self.scheme = _menu_button("scheme_button")
        self.rules = QAction(self)
        self.rules.triggered.connect(self.rules_wanted)
        self.pictures = QAction(self)
        self.pictures.triggered.connect(self.pictures_wanted)
        self.key_files = QAction(self)
        self.key_files.triggered.connect(self.key_files_wanted)
        self.trust = QAction(self)
        self.trust.triggered.connect(self.trust_wanted)
        self.doctor = QAction(self)
        self.doctor.triggered.connect(self.doctor_wanted)
        self.doctor_button = QToolButton()
        self.doctor_button.setObjectName("doctor_button")
        self.doctor_button.setDefaultAction(self.doctor)
        mark(self.doctor_button, role="quiet")
        self.sign_out = QAction(self)
        self.sign_out.triggered.connect(account.sign_out)
        self._languages = {code: QAction(name, self) for code, name in _LANGUAGES}
        self._schemes = {scheme: QAction(self) for scheme, _ in _SCHEMES}
        self._fill_menus()
        self._lay_out()
        account.changed.connect(self.show_state)
        look.theme.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def show_waiting(self, count: int, problem: Problem | None = None) -> None:
        """Show how much is signed here and not yet with the server, and why it could not be sent."""
        self._waiting, self._sending_problem = count, problem
        self.show_state()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.setAccessibleName(self.tr("State of the program"))
        self.open_file.setText(self.tr("Check a file…"))
        self.open_file.setAccessibleName(self.tr("Check a received file"))
        self.open_file.setToolTip(self.tr("Check the signatures of a file on this machine"))
        self.open_folder.setAccessibleName(self.tr("Check a folder of received files"))
        self.open_folder.setToolTip(self.tr("Check all PDF files of a folder"))
        self.language.setToolTip(self.tr("Language"))
        self.language.setAccessibleName(self.tr("Language"))
        self.scheme.setToolTip(self.tr("Appearance"))
        self.scheme.setAccessibleName(self.tr("Appearance"))
        self.rules.setText(self.tr("The office's rules"))
        self.pictures.setText(self.tr("Picture of a signature or seal…"))
        self.key_files.setText(self.tr("Key files…"))
        self.trust.setText(self.tr("Trusted authorities…"))
        self.doctor.setText(self.tr("Check this machine…"))
        self.doctor.setToolTip(self.tr("Is this machine ready to sign? Drivers, tokens, services"))
        self.doctor_button.setAccessibleName(self.tr("Check this machine"))
        self.sign_out.setText(self.tr("Sign out"))
        names = {
            Scheme.SYSTEM: self.tr("As the system"),
            Scheme.LIGHT: self.tr("Light"),
            Scheme.DARK: self.tr("Dark"),
        }
        for scheme, action in self._schemes.items():
            action.setText(names[scheme])

    def show_state(self) -> None:
        """Show who is signed in, whether the server answers, what waits."""
        state, colours = self._account.state, self.look.theme.colours
        person = state.person
        for part in (self.person, self.office, self.token, self.online):
            part.setVisible(person is not None)
        if person is not None:
            self.person.setText(_verbatim(person.name))
            self.person.setAccessibleName(self.tr("Signed in: {name}").format(name=person.name))
            self.office.setText(plain(person.office))
        self.sign_out.setEnabled(state.phase is AccountPhase.SIGNED_IN)
        self.pictures.setEnabled(state.phase is AccountPhase.SIGNED_IN)
        if state.is_online:
            self.online.set(self.tr("Online"), "online", Tone.GOOD)
            self.online.setToolTip(tip(state.server or ""))
        else:
            self.online.set(self.tr("Offline"), "offline", Tone.WARN)
            self.online.setToolTip(
                self.tr("You can go on working: what you sign is kept here and sent later.")
            )
        self._show_waiting()
        self.person.setIcon(icon("person", colours.text, colours.surface))
        self.open_file.setIcon(icon("shield", colours.text, colours.surface))
        self.open_folder.setIcon(icon("folder-open", colours.text, colours.surface))
        self.language.setIcon(icon("language", colours.text, colours.surface))
        self.pictures.setIcon(icon("sign", colours.text, colours.surface))
        self.key_files.setIcon(icon("token", colours.text, colours.surface))
        self.trust.setIcon(icon("shield", colours.text, colours.surface))
        self.doctor.setIcon(icon("pulse", colours.text, colours.surface))
        self.rules.setIcon(icon("info", colours.text, colours.surface))
        self.sign_out.setIcon(icon("sign-out", colours.text, colours.surface))
        for scheme, name in _SCHEMES:
            self._schemes[scheme].setIcon(icon(name, colours.text, colours.surface))
            self._schemes[scheme].setChecked(scheme is self.look.theme.scheme)
            if scheme is self.look.theme.scheme:
                self.scheme.setIcon(icon(name, colours.text, colours.surface))
        for code, action in self._languages.items():
            action.setChecked(code == self.look.words.language)

    def _show_waiting(self) -> None:
        self.outbox.setVisible(self._waiting > 0)
        text = self.tr("%n waiting to be sent", "", self._waiting)
        hint = self.tr("Signed and kept on this machine. Send now")
        if self._sending_problem is not None:
            hint = str(self.look.words.message(self._sending_problem))
        self.outbox.setText(text)
        self.outbox.setAccessibleName(text + ". " + self.tr("Send now"))
        self.outbox.setToolTip(tip(hint))
        colours = self.look.theme.colours
        self.outbox.setIcon(icon("outbox", colours.warn, colours.surface))

    def _fill_menus(self) -> None:
        person = QMenu(self.person)
        person.addAction(self.rules)
        person.addAction(self.pictures)
        person.addAction(self.key_files)
        person.addAction(self.trust)
        person.addAction(self.doctor)
        person.addAction(self.sign_out)
        self.person.setMenu(person)
        _choices(self.language, self._languages.values())
        _choices(self.scheme, self._schemes.values())
        for code, action in self._languages.items():
            action.triggered.connect(lambda _, code=code: self.look.words.choose(code))
        for scheme, action in self._schemes.items():
            action.triggered.connect(lambda _, scheme=scheme: self.look.theme.choose(scheme))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(M_PX, 0, M_PX, 0)
        row.setSpacing(XS_PX)
        row.addWidget(self.person)
        row.addWidget(self.office, 1)
        row.addStretch()
        row.addWidget(self.outbox)
        row.addWidget(self.token)
        row.addSpacing(S_PX)
        row.addWidget(self.online)
        row.addSpacing(XL_PX)
        row.addWidget(self.open_file)
        row.addWidget(self.open_folder)
        row.addWidget(self.doctor_button)
        row.addWidget(self.language)
        row.addWidget(self.scheme)
        self.setFixedHeight(HEIGHT_PX)
        mark(self, role="bar")


class TokenStatus(View):
    """Which token is in, and how long its PIN is still known."""

    def __init__(self, vm: TokenVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._vm = vm
        self.button = _quiet_button("token_button")
        self.button.clicked.connect(lambda: vm.look(again=True))
        self.left = PlainLabel()
        mark(self.left, type="caption")
        self.forget = _quiet_button("forget_pin_button")
        self.forget.clicked.connect(vm.forget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(XS_PX)
        row.addWidget(self.button)
        row.addWidget(self.left)
        row.addWidget(self.forget)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.forget.setText(self.tr("Clear the kept PIN"))
        self.forget.setAccessibleName(self.tr("Clear the kept PIN now"))

    def show_state(self) -> None:
        """Show the token."""
        state, colours = self._vm.state, self.look.theme.colours
        is_open = state.open_key is not None
        label = state.open_key.token.label if state.open_key else ""
        if not label and state.tokens:
            label = ", ".join(token.label for token in state.tokens)
        texts = {
            TokenPhase.LOOKING: label or self.tr("Looking for tokens…"),
            TokenPhase.READY: label,
            TokenPhase.NONE: self.tr("No token"),
            TokenPhase.PROBLEM: self.tr("Token problem"),
        }
        hint = self.tr("Look again which tokens are in")
        if state.problem is not None:
            hint = str(self.look.words.message(state.problem))
        tone = Tone.WARN if state.phase is TokenPhase.PROBLEM else Tone.TEXT
        name = "warning" if state.phase is TokenPhase.PROBLEM else "token"
        colour = colours.tone(tone if label or state.problem else Tone.MUTED)
        self.button.setIcon(icon("unlock" if is_open else name, colour, colours.surface))
        self.button.setText(_verbatim(texts[state.phase]))
        self.button.setAccessibleName(self.tr("Token: {state}").format(state=texts[state.phase]))
        self.button.setToolTip(tip(hint))
        self.forget.setIcon(icon("lock", colours.text, colours.surface))
        self.forget.setVisible(is_open)
        self.left.setVisible(is_open)
        left_s = state.seconds_left or 0
        self.left.setText(f"{left_s // 60}:{left_s % 60:02d}")
        self.left.setToolTip(self.tr("The kept PIN is cleared when this time is over without use"))


def _verbatim(text: str) -> str:
    """Return a text for a button, which would take an ampersand for the mark of a shortcut."""
    return plain(text).replace("&", "&&")


def _quiet_button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    mark(button, role="quiet")
    return button


def _menu_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    mark(button, role="quiet")
    return button


def _choices(button: QToolButton, actions: Iterable[QAction]) -> None:
    menu, group = QMenu(button), QActionGroup(button)
    for action in actions:
        action.setCheckable(True)
        group.addAction(action)
        menu.addAction(action)
    button.setMenu(menu)
