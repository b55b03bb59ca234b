"""The window's frame: the bar above, then the queue, the page and the panel side by side. It decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.workplace.records import Problem
from ui.theme import M_PX, Tone, mark
from ui.views.base import Look
from ui.views.queue_view import QueueView
from ui.views.sign_in import SignInView
from ui.views.top_bar import TopBar
from ui.widgets.notice import NoticeCard

QUEUE_PX, PANEL_PX = 350, 400
_SIZES_PX = [QUEUE_PX, 10_000, PANEL_PX]
_LEAST_QUEUE_PX, _LEAST_PAGE_PX, _LEAST_PANEL_PX = 280, 360, 340

_CLOSES_LATER = Problem("token.at_work")


class MainWindow(QMainWindow):
    """Holds the views, by the names that its owner gives the panels.

    Signals:
        files_dropped: PDF files or folders were dropped on the window (paths).
        closing: the person closes the window.
        painted: the window was seen for the first time.
    """

    files_dropped = Signal(object)
    closing = Signal()
    painted = Signal()

    def __init__(
        self,
        look: Look,
        *,
        top_bar: TopBar,
        sign_in: SignInView,
        queue: QueueView,
        pages: QWidget | None = None,
        panels: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._panels: dict[str, QWidget] = {}
        self._problem: Problem | None = None
        self._is_held = self._closes_later = False
        self.top_bar = top_bar
        self.sign_in = sign_in
        self.queue = queue
        self.pages = QWidget() if pages is None else pages
        self.notice = NoticeCard(look.theme)
        self._noticed = QWidget()
        self.notice.acted.connect(lambda: self.show_problem(None))
        self._shown = ""
        self._is_painted = False
        self._nothing = QWidget()
        mark(self._nothing, role="panel")
        self.panel = QStackedWidget()
        self.panel.addWidget(self._nothing)
        for name, panel in (panels or {}).items():
            self.add_panel(name, panel)
        self.columns = self._lay_out_columns()
        self.body = QStackedWidget()
        self.body.addWidget(sign_in)
        self.body.addWidget(self.columns)
        self._lay_out()
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))
        self.retranslate()

    def add_panel(self, name: str, panel: QWidget) -> None:
        """Take a panel that was made later, after the first paint."""
        self._panels[name] = panel
        self.panel.addWidget(panel)
        self._show_panel()

    def set_pages(self, pages: QWidget) -> None:
        """Take the page's column, made after the first paint."""
        sizes = self.columns.sizes()
        pages.setMinimumWidth(_LEAST_PAGE_PX)
        self.columns.replaceWidget(1, pages)
        self.columns.setStretchFactor(1, 1)
        self.columns.setSizes(sizes)
        self.pages.deleteLater()
        self.pages = pages

    def show_sign_in(self) -> None:
        """Show nothing but the way in."""
        self.body.setCurrentWidget(self.sign_in)
        self.sign_in.setFocus()

    def show_panel(self, name: str, *, has_queue: bool = True) -> None:
        """Show the columns with a panel at the right; without the queue to whoever is not signed in."""
        self.queue.setVisible(has_queue)
        self._shown = name
        self._show_panel()
        if self.body.currentWidget() is not self.columns:
            self.body.setCurrentWidget(self.columns)
            # While they were hidden every column shrank to its least width.
            self.columns.setSizes(_SIZES_PX)
            self.queue.setFocus()

    def hold(self, *, is_held: bool) -> None:
        """Stay open while something has to end first; whoever closes the window meanwhile sees it close afterwards."""
        self._is_held = is_held
        if self._closes_later and not is_held:
            # Whoever else is told of the end comes first.
            QTimer.singleShot(0, self.close)

    def show_problem(self, problem: Problem | None) -> None:
        """Show what went wrong with the program itself, until the person puts it away."""
        self._problem = problem
        message = None if problem is None else self._look.words.message(problem)
        tone = Tone.INFO if problem == _CLOSES_LATER else Tone.BAD
        self.notice.set_message(message, tone, self.tr("Close"))
        self._noticed.setVisible(message is not None)

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.setWindowTitle(self.tr("Trình Ký"))
        self.columns.setAccessibleName(self.tr("Queue, page and document"))
        self.show_problem(self._problem)

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001 - Qt's own
        """Put on the style sheet before anything is seen."""
        if visible:
            self._look.theme.dress()
        super().setVisible(visible)

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take PDF files and folders."""
        if _checkable(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell of the files."""
        if paths := _checkable(event):
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def event(self, event: QEvent) -> bool:
        """Tell of the first paint, once it is on the screen."""
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes, or that it does so later."""
        if self._is_held:
            self._closes_later = True
            self.show_problem(_CLOSES_LATER)
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _show_panel(self) -> None:
        panel = self._panels.get(self._shown, self._nothing)
        had_focus = self._is_focused(self.panel)
        self.panel.setCurrentWidget(panel)
        if had_focus and not self._is_focused(panel):
            # Else it would go to whatever comes next, say a menu.
            (self.queue if self.queue.isVisible() else panel).setFocus()

    def _is_focused(self, part: QWidget) -> bool:
        focused = cast(
            "QWidget | None", self.focusWidget()
        )  # the stubs forget that there may be none
        return focused is not None and part.isAncestorOf(focused)

    def _lay_out_columns(self) -> QSplitter:
        columns = QSplitter(Qt.Orientation.Horizontal)
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        self.queue.setMinimumWidth(_LEAST_QUEUE_PX)
        self.pages.setMinimumWidth(_LEAST_PAGE_PX)
        self.panel.setMinimumWidth(_LEAST_PANEL_PX)
        for column in (self.queue, self.pages, self.panel):
            columns.addWidget(column)
        # More room goes to the page.
        columns.setStretchFactor(1, 1)
        columns.setSizes(_SIZES_PX)
        return columns

    def _lay_out(self) -> None:
        padded = QVBoxLayout(self._noticed)
        padded.setContentsMargins(M_PX, M_PX, M_PX, M_PX)
        padded.addWidget(self.notice)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._noticed)
        column.addWidget(self.body, 1)
        self.setCentralWidget(middle)


def _checkable(event: QDropEvent) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() == ".pdf" or path.is_dir())
