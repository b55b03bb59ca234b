"""Each document's way and result as it comes, then a sentence that sums them up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import OrderKind, Problem, Step
from ui.icons import LARGE_PX, MEDIUM_PX
from ui.theme import L_PX, M_PX, S_PX, XS_PX, Tone, mark
from ui.viewmodels.signing import ENDS, Item, SigningPhase, SigningVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.widgets.icon_label import IconLabel
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import plain
from ui.widgets.plain_label import wrapped

_ICONS = {
    Step.WAITING: ("clock", Tone.MUTED),
    Step.SIGNING: ("sign", Tone.INFO),
    Step.JUDGING: ("shield", Tone.INFO),
    Step.NUMBERING: ("document", Tone.INFO),
    Step.SEALING: ("seal", Tone.INFO),
    Step.ATTACHMENTS: ("attachment", Tone.INFO),
    Step.SENDING: ("outbox", Tone.INFO),
    Step.DONE: ("check-circle", Tone.GOOD),
    Step.KEPT: ("document-kept", Tone.WARN),
    Step.FAILED: ("cross-circle", Tone.BAD),
    Step.SKIPPED: ("minus", Tone.MUTED),
}


_AT_ONCE = 3
"""Rows made in one turn of the event loop: each takes two milliseconds."""


class SigningResults(View):
    """The list of documents while they are signed, and afterwards."""

    def __init__(self, vm: SigningVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self._rows: list[ResultRow] = []
        self._phase = SigningPhase.IDLE
        self.icon = IconLabel(look.theme, size_px=LARGE_PX)
        self.title = wrapped("title")
        self.summary = wrapped("body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.slow = NoticeCard(look.theme)
        self.retry = QPushButton()
        self.retry.setObjectName("retry_failed_button")
        self.go_on = QPushButton()
        self.go_on.setObjectName("continue_button")
        self.go_on.setDefault(True)
        mark(self.go_on, role="primary")
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.retry.clicked.connect(vm.retry_failed)
        self.go_on.clicked.connect(vm.close)
        self.slow.acted.connect(vm.skip_time_stamp)
        self.slow.action.setObjectName("skip_stamp_button")
        self.retranslate()
        self.show_state()

    def take_focus(self) -> None:
        """Let Enter go on once all is over; until then hold the keyboard, so that it presses nothing."""
        if self.vm.state.phase is SigningPhase.DONE:
            self.go_on.setFocus()
        else:
            self.setFocus()

    def retranslate(self) -> None:
        """Set the texts that do not depend on the state."""
        self.retry.setText(self.tr("Retry the failed"))
        self.retry.setAccessibleName(self.tr("Retry the documents that failed"))
        self.go_on.setText(self.tr("Continue"))
        self.go_on.setAccessibleName(self.tr("Put the results away and continue"))
        self.bar.setAccessibleName(self.tr("Documents finished"))
        self.setAccessibleName(self.tr("Results"))
        self._scroll.setAccessibleName(self.tr("Results by document"))

    def show_state(self) -> None:
        """Show every document's step, and what they come to."""
        state = self.vm.state
        if state.phase not in (SigningPhase.RUNNING, SigningPhase.DONE):
            self._phase = state.phase
            return
        is_done = state.phase is SigningPhase.DONE
        self._show_rows()
        self.bar.setRange(0, max(len(state.items), 1))
        self.bar.setValue(state.ended)
        self.bar.setVisible(not is_done)
        self.icon.setVisible(is_done)
        self.title.setText(self._title())
        self.summary.setText(self._summary() if is_done else self._waiting())
        self.slow.set_message(
            self.look.words.message(Problem(state.note)) if state.note else None,
            Tone.WARN,
            self.tr("Go on without the time stamp") if state.can_skip_stamp else None,
        )
        self.retry.setVisible(state.can_retry)
        self.go_on.setVisible(is_done)
        if is_done and self._phase is not SigningPhase.DONE:
            self._show_first_failed()
            say(self, f"{self.title.text()}. {self.summary.text()}")
        self._phase = state.phase

    def _show_rows(self) -> None:
        items = self.vm.state.items
        if any(row.order != item.order for row, item in zip(self._rows, items, strict=False)):
            for row in self._rows:
                row.hide()
                row.deleteLater()
            self._rows = []
        for place, item in enumerate(items[len(self._rows) :][:_AT_ONCE], len(self._rows)):
            row = ResultRow(self.look, item)
            self._rows.append(row)
            self._list.insertWidget(place, row)
        if len(self._rows) < len(items):
            QTimer.singleShot(0, self._show_rows)
        for row, item in zip(self._rows, items, strict=False):
            if row.show_item(item):
                self._scroll.ensureWidgetVisible(row)

    def _show_first_failed(self) -> None:
        for row, item in zip(self._rows, self.vm.state.items, strict=False):
            if item.step is Step.FAILED:
                self._scroll.ensureWidgetVisible(row)
                return

    def _title(self) -> str:
        state = self.vm.state
        if state.phase is SigningPhase.RUNNING:
            return self.tr("{ended} of {count} finished").format(
                ended=state.ended, count=len(state.items)
            )
        name, tone = _ICONS[Step.DONE]
        title = self.tr("All done")
        if state.can_retry:
            name, tone = _ICONS[Step.FAILED]
            title = self.tr("Not everything is done")
        elif state.count(Step.KEPT):
            name, tone = _ICONS[Step.KEPT]
            title = self.tr("Signed, not sent yet")
        self.icon.set_icon(name, tone)
        return title

    def _summary(self) -> str:
        state = self.vm.state
        done, kept = state.count(Step.DONE), state.count(Step.KEPT)
        settled, skipped = sum(map(_is_settled, state.items)), state.count(Step.SKIPPED)
        failed = state.count(Step.FAILED) - settled
        ended = {
            None: self.tr("%n signed", "", done),
            OrderKind.SIGN: self.tr("%n signed", "", done),
            OrderKind.INITIAL: self.tr("%n initialled", "", done),
            OrderKind.COPY: self.tr("%n marked as copies", "", done),
            OrderKind.ISSUE: self.tr("%n issued", "", done),
            OrderKind.INCOMING: self.tr("%n registered", "", done),
        }
        parts = (
            (done, ended[state.kind]),
            (kept, self.tr("%n signed and to be sent later", "", kept)),
            (settled, self.tr("%n no longer waiting", "", settled)),
            (failed, self.tr("%n failed", "", failed)),
            (skipped, self.tr("%n not tried", "", skipped)),
        )
        return ", ".join(text for count, text in parts if count) + "."

    def _waiting(self) -> str:
        state = self.vm.state
        if state.waited_s < 5:
            return self.tr("What has begun is finished: it cannot be stopped halfway.")
        return self.tr("Waiting for {seconds} s.").format(seconds=state.waited_s)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(L_PX, L_PX, L_PX, S_PX)
        head.setSpacing(S_PX)
        for widget in (self.icon, self.title, self.summary, self.bar, self.slow):
            head.addWidget(widget)
        inside = QWidget()
        mark(inside, role="scrolled")
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(L_PX, S_PX, L_PX, S_PX)
        self._list.setSpacing(M_PX)
        self._list.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("signing_results")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        mark(self._scroll, role="framed")
        buttons = QVBoxLayout()
        buttons.setContentsMargins(L_PX, M_PX, L_PX, L_PX)
        buttons.setSpacing(S_PX)
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(buttons)


class ResultRow(QFrame):
    """One document: its step in a word with an icon; why it failed, or what else is to be read about it."""

    def __init__(self, look: Look, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[Item, str] | None = None
        self.order = item.order
        self.setObjectName("result_row")
        mark(self, role="card")
        self.icon = IconLabel(look.theme, size_px=MEDIUM_PX)
        self.title = wrapped("strong")
        self.step = wrapped("body")
        self.notes = wrapped("caption")
        self.notice = NoticeCard(look.theme)
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        for label in (self.title, self.step, self.notes):
            texts.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(M_PX)
        line.addWidget(self.icon, alignment=Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        column.addLayout(line)
        column.addWidget(self.notice)

    def show_item(self, item: Item) -> bool:
        """Show a document's step; tell whether it is another one than before."""
        words = self._look.words
        shown = (item, words.language)
        if shown == self._shown:
            return False
        is_moved = self._shown is None or self._shown[0].step is not item.step
        self._shown = shown
        name, tone = ("info", Tone.INFO) if _is_settled(item) else _ICONS[item.step]
        self.icon.set_icon(name, tone)
        self.title.setText(plain(item.order.title))
        self.step.setText(self._word(item))
        mark(self.step, tone=tone)
        notes = [words.message(Problem(code)).what for code in item.notes]
        if item.step is Step.KEPT and item.problem is not None:
            notes.insert(0, words.message(item.problem).what)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        has_failed = item.step is Step.FAILED and item.problem is not None
        self.notice.set_message(
            words.message(item.problem) if has_failed and item.problem else None, tone
        )
        self.setAccessibleName(f"{self.title.text()}: {self.step.text()}")
        if is_moved and item.step in ENDS:
            say(self, self.accessibleName())
        return is_moved and item.step is not Step.WAITING

    def _word(self, item: Item) -> str:
        kind, detail = item.order.kind, item.detail
        if detail and item.step is Step.DONE:
            if kind is OrderKind.ISSUE:
                return self.tr("Issued with number {number}").format(number=detail)
            if kind is OrderKind.INCOMING:
                return self.tr("Registered with incoming number {number}").format(number=detail)
            return self.tr("Signed, level {level}").format(level=detail)
        if detail and item.step is Step.FAILED and kind is OrderKind.INCOMING:
            told = self.tr("Incoming number {number} is taken; the block is not on the file")
            return told.format(number=detail)
        if _is_settled(item):
            return self.tr("No longer waiting for you")
        done, failed = {
            OrderKind.SIGN: (self.tr("Signed"), self.tr("Not signed")),
            OrderKind.INITIAL: (self.tr("Initialled"), self.tr("Not initialled")),
            OrderKind.COPY: (self.tr("Marked as a copy"), self.tr("Not marked as a copy")),
            OrderKind.ISSUE: (self.tr("Issued"), self.tr("Not issued")),
            OrderKind.INCOMING: (self.tr("Registered"), self.tr("Not registered")),
        }[kind]
        is_stopped = item.problem is not None and item.problem.code == "token.stopped"
        skipped = (
            self.tr("Not tried, since you stopped before")
            if is_stopped
            else self.tr("Not tried, since the token failed before")
        )
        words = {
            Step.WAITING: self.tr("Waiting its turn"),
            Step.SIGNING: self.tr("Signing…"),
            Step.JUDGING: self.tr("Checking the signature…"),
            Step.NUMBERING: self.tr("Taking the number…"),
            Step.SEALING: self.tr("Sealing…"),
            Step.ATTACHMENTS: self.tr("Sealing the attachments…"),
            Step.SENDING: self.tr("Sending…"),
            Step.DONE: done,
            Step.KEPT: self.tr("Signed and kept here; will be sent when the server answers"),
            Step.FAILED: failed,
            Step.SKIPPED: skipped,
        }
        return words[item.step]


def _is_settled(item: Item) -> bool:
    """Tell whether it failed because nothing is wanted of the person any more: no error."""
    return item.step is Step.FAILED and not item.can_retry
