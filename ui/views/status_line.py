"""The line below: what was done last, and how fresh the queue is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.workplace.records import OrderKind, Step
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.shell_state import Result
from ui.views.base import Look, View
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel

_ICONS = {
    Step.DONE: ("check-circle", Tone.GOOD),
    Step.KEPT: ("document-kept", Tone.WARN),
    Step.FAILED: ("cross-circle", Tone.BAD),
}

_SETTLED_ICON = ("info", Tone.INFO)
_NO_ICON = ("", Tone.TEXT)


class StatusLine(View):
    """Shows the last result of `ShellVm`, so that it can be read after the next document is open."""

    def __init__(self, shell: ShellVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._shell = shell
        mark(self, role="status")
        self.icon = IconLabel(look.theme)
        self.result = ElidedLabel()
        self.result.setObjectName("last_result")
        self.synced = PlainLabel()
        self.synced.setObjectName("synced_at")
        mark(self.synced, type="caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(M_PX, XS_PX, L_PX, XS_PX)
        row.setSpacing(S_PX)
        row.addWidget(self.icon)
        row.addWidget(self.result, 1)
        row.addWidget(self.synced)
        shell.changed.connect(self.show_state)
        shell.queue.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Speak the person's language."""
        self.setAccessibleName(self.tr("What was done last"))

    def show_state(self) -> None:
        """Show the last result and the moment of the last answer."""
        result = self._shell.state.last
        icon = _ICONS.get(result.step, _NO_ICON) if result else _NO_ICON
        self.icon.set_icon(*(_SETTLED_ICON if result and result.is_settled else icon))
        self.result.setText(self._told(result) if result else "")
        at = self._shell.queue.state.synced_at
        told = self.tr("Queue as of {moment}")
        self.synced.setText("" if at is None else told.format(moment=self.look.words.moment(at)))

    def _told(self, result: Result) -> str:
        title, number = plain(result.title), result.detail or "–"
        if result.is_settled:
            return self.tr("No longer waiting for you: {title}").format(title=title)
        if result.step is Step.FAILED:
            return self._failed(result).format(number=number, title=title)
        if result.step is Step.KEPT:
            told = self.tr("Signed and kept here, to be sent later: {title}")
            return told.format(title=title)
        if result.kind is OrderKind.ISSUE:
            told = self.tr("Issued with number {number}: {title}")
            return told.format(number=number, title=title)
        if result.kind is OrderKind.INCOMING:
            told = self.tr("Registered with incoming number {number}: {title}")
            return told.format(number=number, title=title)
        return self.tr("Signed and accepted by the server: {title}").format(title=title)

    def _failed(self, result: Result) -> str:
        if result.kind is OrderKind.INCOMING and result.detail:
            return self.tr(
                "Incoming number {number} is taken; the block is not on the file: {title}"
            )
        return {
            OrderKind.SIGN: self.tr("Not signed: {title}"),
            OrderKind.INITIAL: self.tr("Not initialled: {title}"),
            OrderKind.COPY: self.tr("Not marked as a copy: {title}"),
            OrderKind.ISSUE: self.tr("Not issued: {title}"),
            OrderKind.INCOMING: self.tr("Not registered: {title}"),
        }[result.kind]
