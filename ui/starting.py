"""What Qt says while it starts: where it finds no display, the person is told in words instead of a core dump."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

EXIT_FAILED = 1


@contextmanager
def telling_fatal(told: Callable[[str], object]) -> Iterator[None]:
    """Tell why Qt cannot start, and leave: after its last word it would end the process itself."""
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:
            # The first complaint says what is missing; the last only that Qt gives up.
            told(said[0].strip())
            os._exit(EXIT_FAILED)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
