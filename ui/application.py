"""Starts Qt and what every view stands on. What nobody expected is logged and told, never shown as a traceback."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.messages import Language, catalogue
from app.workplace.records import problem_of
from ui.bridge import Bridge
from ui.icons import icon
from ui.theme import Scheme, Theme
from ui.views.base import Look
from ui.words import Words

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace

NAME = "Trình Ký"


class Application(QObject):
    """The program's one Qt application, with its language, theme and bridge.

    Signals:
        failed: something went wrong that nobody expected (`Problem`).
    """

    failed = Signal(object)

    def __init__(
        self,
        load: Callable[[], Workplace],
        *,
        language: Language = "vi",
        scheme: Scheme = Scheme.SYSTEM,
    ) -> None:
        self.qt = _qt_application()
        super().__init__()
        self.look = Look(Words(language), Theme(self.qt, scheme, is_dressed=False))
        self.bridge = Bridge(load)

    def run(self) -> int:
        """Show the windows until the last is closed; return the exit code."""
        # A lane that works in Python gives way to the window after a millisecond, not after five.
        sys.setswitchinterval(0.001)
        hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._tell
        threading.excepthook = self._tell_of_thread
        # What is said first would wait for the catalogue: read it while the person looks at the queue.
        QTimer.singleShot(0, threading.Thread(target=catalogue, daemon=True).start)
        try:
            return self.qt.exec()
        finally:
            sys.excepthook, threading.excepthook = hooks

    def _tell(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        del kind, trace
        if isinstance(error, KeyboardInterrupt):
            self.qt.quit()
            return
        self.failed.emit(problem_of(error))

    def _tell_of_thread(self, raised: threading.ExceptHookArgs) -> None:
        if raised.exc_value is not None:
            self.failed.emit(problem_of(raised.exc_value))


def _qt_application() -> QApplication:
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("trinhky")
    application.setApplicationDisplayName(NAME)
    application.setDesktopFileName("trinhky")
    application.setWindowIcon(icon("trinhky", "#000000"))
    return application
