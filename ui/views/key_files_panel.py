"""Where a person adds a PKCS#12 file that signs as a token does: choose it, give its password once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Problem
from ui.icons import icon
from ui.theme import M_PX, S_PX, Tone, mark
from ui.viewmodels.key_files import KeyFilesVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.signing_fields import PinField
from ui.widgets.busy_line import BusyLine
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import wrapped
from ui.widgets.side_column import lay_out_column

if TYPE_CHECKING:
    from signing.token.records import KeyFileInfo


class KeyFilesPanel(View):
    """Stands in the document panel's place while key files are looked at.

    Signals:
        closed: the person is done.
    """

    closed = Signal()

    def __init__(self, vm: KeyFilesVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("key_files_panel")
        mark(self, role="panel")
        self.title = wrapped("title")
        self.hint = wrapped("caption")
        self.files = QWidget()
        self._rows = QVBoxLayout(self.files)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(S_PX)
        self.choose = QPushButton()
        self.choose.setObjectName("key_file_choose")
        self.choose.clicked.connect(self._choose)
        self.source = wrapped("strong")
        self.password_label = wrapped("caption")
        self.password = PinField()
        self.password.setObjectName("key_file_password")
        self.password.returnPressed.connect(self._add)
        self.password_label.setBuddy(self.password)
        self.busy = BusyLine()
        self.problem = NoteCard(look.theme)
        self.added = wrapped("body")
        self.added.setObjectName("key_file_added")
        self.add = QPushButton()
        self.add.setObjectName("key_file_add")
        mark(self.add, role="primary")
        self.add.clicked.connect(self._add)
        self.back = QPushButton()
        self.back.setObjectName("key_file_close")
        self.back.clicked.connect(self.closed)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the part and its fields."""
        self.setAccessibleName(self.tr("Key files"))
        self.title.setText(self.tr("Key files"))
        self.hint.setText(
            self.tr(
                "A PKCS#12 file (.p12, .pfx) signs as a token does. It is looked into once with its password; neither "
                "the key nor the password is kept, and the password is asked for again when you sign."
            )
        )
        self.choose.setText(self.tr("Add a key file…"))
        self.password_label.setText(self.tr("Password of the file"))
        self.password.setAccessibleName(self.password_label.text())
        self.add.setText(self.tr("Add"))
        self.back.setText(self.tr("Back"))

    def show_state(self) -> None:
        """Show the files that were added, and the one whose password is awaited."""
        state = self.vm.state
        self._show_files()
        self.choose.setEnabled(not state.is_busy)
        for part in (self.source, self.password_label, self.password, self.add):
            part.setVisible(state.source is not None)
        self.source.setText("" if state.source is None else breakable(plain(state.source.name)))
        self.password.setReadOnly(state.is_busy)
        self.busy.setVisible(state.is_busy)
        self.busy.set_text(self.tr("Looking into the file…") if state.is_busy else "")
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.added.setVisible(state.added is not None)
        if state.added is not None:
            name = plain(state.added.name)
            self.added.setText(self.tr("{name} can sign from now on.").format(name=name))
        self.add.setEnabled(state.can_add)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave no password in a field that nobody sees."""
        self.password.setText("")
        super().hideEvent(event)

    def _show_files(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for file in self.vm.state.files:
            self._rows.addWidget(self._card(file))

    def _card(self, file: KeyFileInfo) -> QFrame:
        name, certificate = Path(file.file.path).name, file.certificate
        card = QFrame()
        mark(card, role="card")
        column = QVBoxLayout(card)
        column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        column.setSpacing(S_PX)
        lines = [(name, "strong", Tone.TEXT)]
        problem = file.problem
        if certificate is not None:
            until = self.look.words.moment(certificate.not_after)
            lines.append((certificate.subject, "body", Tone.TEXT))
            lines.append((self.tr("Valid until {date}").format(date=until), "caption", Tone.MUTED))
            problem = problem or certificate.cannot_sign
        if problem is not None:
            words = self.look.words.message(Problem(problem, {"module": name}))
            lines.append((words.what, "body", Tone.BAD))
        for text, kind, tone in lines:
            label = wrapped(kind)
            label.setText(breakable(plain(text)))
            mark(label, tone=tone)
            column.addWidget(label)
        remove = QPushButton(self.tr("Remove from the list"))
        remove.setObjectName("key_file_remove")
        remove.setAccessibleName(self.tr("Remove {name} from the list").format(name=plain(name)))
        remove.setEnabled(not self.vm.state.is_busy)
        remove.clicked.connect(partial(self.vm.remove, file.file.sha256))
        column.addWidget(remove)
        return card

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a key file"), "", self.tr("Key files (*.p12 *.pfx *.P12 *.PFX)")
        )
        if chosen:
            self.password.setText("")
            self.vm.choose(Path(chosen))
            self.password.setFocus()

    def _add(self) -> None:
        text = self.password.text()
        self.password.setText("")
        self.vm.add(text)

    def _tint(self) -> None:
        self.choose.setIcon(icon("folder-open", self.look.theme.colours.text))

    def _lay_out(self) -> None:
        entry = (self.source, self.password_label, self.password)
        told = (self.busy, self.problem, self.added)
        parts = (self.title, self.hint, self.files, self.choose, *entry, *told)
        lay_out_column(self, parts, (self.add, self.back))
