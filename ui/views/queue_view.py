"""The queue: what waits for me, the most urgent first."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.clock import Clock, system_clock, vietnam_time
from app.workflow.documents import Queue
from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, Theme, mark
from ui.viewmodels.account import OFFLINE
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.queue_rows import Row
from ui.views.base import Look, View
from ui.views.queue_delegate import QueueDelegate
from ui.views.queue_model import QueueModel
from ui.views.queue_phrases import QueuePhrases
from ui.widgets.busy_line import BusyLine
from ui.widgets.empty import Empty
from ui.widgets.notice import NoticeCard
from ui.widgets.section_list import SectionList


class QueueList(SectionList):
    """The rows. A click or Enter opens one; Space or a click on its box ticks it.

    Signals:
        opened: a document shall be shown (its row).
        ticked: a document shall go into the batch, or out of it (its row).
    """

    opened = Signal(object)
    ticked = Signal(object)

    def __init__(self, model: QueueModel, delegate: QueueDelegate) -> None:
        super().__init__()
        self._model = model
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.set_heights(delegate.row_px, delegate.heading_px)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space, open with Enter."""
        if event.key() == Qt.Key.Key_Space:
            self._tick(self.currentIndex())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick where the box was clicked."""
        if event.button() is Qt.MouseButton.LeftButton and self._is_box(event.position().toPoint()):
            self._tick(self.indexAt(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def _is_box(self, at: QPoint) -> bool:
        index = self.indexAt(at)
        entry = self._model.entry(index)
        reach = self._delegate.box(self.visualRect(index)).adjusted(-S_PX, -S_PX, S_PX, S_PX)
        return isinstance(entry, Row) and entry.can_tick and reach.contains(at)

    def _open(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, Row):
            self.opened.emit(entry)

    def _tick(self, index: QModelIndex) -> None:
        entry = self._model.entry(index)
        if isinstance(entry, Row) and entry.can_tick:
            self.ticked.emit(entry)


class QueueView(View):
    """Shows `QueueVm`.

    Signals:
        sign_ticked: the ticked documents shall be signed.
    """

    sign_ticked = Signal()

    def __init__(
        self,
        vm: QueueVm,
        look: Look,
        clock: Clock = system_clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._vm = vm
        self._tabs: tuple[Queue | None, ...] = ()
        self._selected: str | None = None
        self._phrases = QueuePhrases(look.words, clock)
        self._model = QueueModel(self._phrases.told)
        self._delegate = QueueDelegate(look.theme, self._phrases, self.font())
        self.list = QueueList(self._model, self._delegate)
        self.list.setObjectName("queue_list")
        self.list.opened.connect(lambda row: vm.select(row.task.document_id))
        self.list.ticked.connect(lambda row: vm.tick(row.task.document_id, not row.is_ticked))
        self._top = _Top(look.theme, vm)
        self.tabs = QTabBar()
        self.tabs.setObjectName("queue_tabs")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.currentChanged.connect(self._choose_tab)
        self.notice = NoticeCard(look.theme)
        self.notice.acted.connect(vm.sync)
        self.nothing = Empty(look.theme, "inbox")
        self.loading = BusyLine()
        self._waiting, self._noticed = QWidget(), QWidget()
        self.rooms = QStackedWidget()
        self.footer = _Footer(vm)
        self.footer.sign.clicked.connect(self.sign_ticked)
        self._lay_out()
        self.setFocusProxy(self.list)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._repaint)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.setAccessibleName(self.tr("Queue"))
        self.list.setAccessibleName(self.tr("Documents that wait for me"))
        self.tabs.setAccessibleName(self.tr("Kinds of work"))
        self._top.retranslate()
        self.footer.retranslate()
        self.loading.set_text(self.tr("Fetching your documents…"))
        self._tabs = ()
        self.list.viewport().update()

    def show_state(self) -> None:
        """Show what waits."""
        state = self._vm.state
        self._top.show_state()
        self._show_tabs()
        self._show_problem()
        if self._model.show_groups(state.groups):
            self.list.set_headings(self._model.headings())
        self._show_selected()
        room: QWidget = self.list
        if not state.groups:
            room = self.nothing if state.is_known or state.problem else self._waiting
            self._show_nothing()
        self.rooms.setCurrentWidget(room)
        self.footer.show_state()

    def _show_selected(self) -> None:
        state = self._vm.state
        place = self._model.place(state.selected)
        self._delegate.selected = state.selected
        if state.selected != self._selected or not self.list.currentIndex().isValid():
            self._selected = state.selected
            if place.isValid():
                self.list.setCurrentIndex(place)
                self.list.scrollTo(place)
        self.list.viewport().update()

    def _show_tabs(self) -> None:
        state = self._vm.state
        shown = (None, *state.queues) if len(state.queues) > 1 else ()
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's own
        if shown != self._tabs:
            self._tabs = shown
            while self.tabs.count():
                self.tabs.removeTab(0)
            for _ in shown:
                self.tabs.addTab("")
        for at, queue in enumerate(shown):
            count = sum(state.counts.values()) if queue is None else state.counts.get(queue, 0)
            name = self.tr("All") if queue is None else self._phrases.queue(queue)
            self.tabs.setTabText(at, f"{name}  {count}")
        if state.shown in shown:
            self.tabs.setCurrentIndex(shown.index(state.shown))
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.tabs.setVisible(bool(shown))

    def _choose_tab(self, at: int) -> None:
        if 0 <= at < len(self._tabs):
            self._vm.show_queue(self._tabs[at])

    def _show_problem(self) -> None:
        # Offline is no alarm: the top bar says it, and what is known here is worked on.
        problem = self._vm.state.problem
        is_calm = problem is None or (problem.code in OFFLINE and self._vm.state.is_known)
        message = None if problem is None or is_calm else self.look.words.message(problem)
        self.notice.set_message(message, "warn", self.tr("Try again"))
        self._noticed.setVisible(message is not None)

    def _show_nothing(self) -> None:
        if self._vm.state.search:
            self.nothing.icon.set_icon("search")
            self.nothing.set_texts(self.tr("Nothing found"), self.tr("Try other or fewer words."))
        else:
            self.nothing.icon.set_icon("inbox")
            self.nothing.set_texts(
                self.tr("Nothing is waiting"),
                self.tr("New documents appear here by themselves."),
            )

    def _repaint(self) -> None:
        self._top.retint()
        self.list.viewport().update()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._waiting)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.addWidget(self.loading)
        column.addStretch()
        for room in (self.list, self.nothing, self._waiting):
            self.rooms.addWidget(room)
        padded = QVBoxLayout(self._noticed)
        padded.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        padded.addWidget(self.notice)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._top)
        rows.addWidget(self.tabs)
        rows.addWidget(self._noticed)
        rows.addWidget(self.rooms, 1)
        rows.addWidget(self.footer)
        mark(self, role="panel")


class _Top(QWidget):
    """The search and the button that asks the server."""

    def __init__(self, theme: Theme, vm: QueueVm) -> None:
        super().__init__()
        self._theme = theme
        self._vm = vm
        self.search = QLineEdit()
        self.search.setObjectName("queue_search")
        self.search.setClearButtonEnabled(True)
        self._glass = QAction(self.search)
        self.search.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(vm.search)
        self.refresh = QToolButton()
        self.refresh.setObjectName("queue_refresh")
        mark(self.refresh, role="quiet")
        self.refresh.setShortcut(QKeySequence(Qt.Key.Key_F5))
        self.refresh.clicked.connect(vm.sync)
        row = QHBoxLayout(self)
        row.setContentsMargins(M_PX, M_PX, S_PX, M_PX)
        row.setSpacing(S_PX)
        row.addWidget(self.search, 1)
        row.addWidget(self.refresh)
        self.retint()

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search in the queue"))
        self.refresh.setAccessibleName(self.tr("Refresh"))

    def show_state(self) -> None:
        state = self._vm.state
        self.refresh.setEnabled(not state.is_syncing)
        if state.search != self.search.text():
            self.search.setText(state.search)
        tip = self.tr("Refresh")
        if state.synced_at is not None:
            tip = self.tr("Refresh (last at {time})").format(
                time=vietnam_time(state.synced_at).strftime("%H:%M")
            )
        self.refresh.setToolTip(tip)

    def retint(self) -> None:
        colours = self._theme.colours
        self._glass.setIcon(icon("search", colours.muted))
        self.refresh.setIcon(icon("refresh", colours.text, colours.surface))


class _Footer(QFrame):
    """Shown while something is ticked."""

    def __init__(self, vm: QueueVm) -> None:
        super().__init__()
        self._vm = vm
        mark(self, role="footer")
        self.sign = QPushButton()
        self.sign.setObjectName("sign_ticked_button")
        mark(self.sign, role="primary")
        self.none = QPushButton()
        self.none.setObjectName("untick_button")
        mark(self.none, role="quiet")
        self.none.clicked.connect(vm.untick_all)
        row = QHBoxLayout(self)
        row.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        row.setSpacing(S_PX)
        row.addWidget(self.sign, 1)
        row.addWidget(self.none)

    def retranslate(self) -> None:
        self.none.setText(self.tr("Clear"))
        self.none.setAccessibleName(self.tr("Untick all documents"))

    def show_state(self) -> None:
        count = len(self._vm.state.ticked)
        self.setVisible(count > 0)
        text = self.tr("Sign %n reviewed document(s)", "", count)
        self.sign.setText(text)
        self.sign.setAccessibleName(text)
