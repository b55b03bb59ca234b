"""`python -m tests.bench.window_start empty|painted|idle`: one window's process, from nothing to its first paint."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


def ours(*, when_idle: bool) -> None:
    """Start as `trinhky` does, and leave when the queue is painted, or when the window answers after that."""
    from app.__main__ import main  # noqa: PLC0415 - its import is what is measured
    from ui.views.queue_view import QueueList  # noqa: PLC0415

    paint = QueueList.paintEvent

    def painted(queue: QueueList, event: QPaintEvent) -> None:
        paint(queue, event)
        if not when_idle:
            os._exit(0)
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: os._exit(0)))

    QueueList.paintEvent = painted  # type: ignore[assignment, method-assign]
    sys.argv[1:] = []
    sys.exit(main())


class Empty(QMainWindow):
    """Ends the process when it was painted."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Leave; what comes after is no part of the start."""
        super().paintEvent(event)
        os._exit(0)


def empty() -> None:
    """Show an empty window."""
    application = QApplication([])
    window = Empty()
    window.show()
    sys.exit(application.exec())


STARTS: dict[str, Callable[[], None]] = {
    "empty": empty,
    "painted": partial(ours, when_idle=False),
    "idle": partial(ours, when_idle=True),
}

if __name__ == "__main__":
    STARTS[sys.argv[1]]()
