"""A hand at the window: real X events by xdotool, from a thread of its own, each action counted."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

Found = TypeVar("Found")
Place = Callable[[], QPoint]
PATIENCE_S = 90.0
LOOK_AGAIN_S = 0.02


class WindowThread(QObject):
    """Runs what is asked in the window's thread and waits for the answer. Made in that thread."""

    _asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def ask(self, question: Callable[[], Found]) -> Found:
        answer: Future[Found] = Future()

        def answered() -> None:
            try:
                answer.set_result(question())
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that asked
                answer.set_exception(error)

        self._asked.emit(answered)
        return answer.result(PATIENCE_S)

    def _run(self, call: Callable[[], None]) -> None:
        call()


@dataclass
class Count:
    """How many clicks, keys and drags something took, and how often a PIN was typed."""

    actions: int = 0
    pins: int = 0


class Hand:
    """Clicks, types and drags where a person would, and waits for what they would see."""

    def __init__(self, window_thread: WindowThread) -> None:
        self._thread = window_thread
        self._count = Count()
        self._waiting = threading.Event()

    @contextmanager
    def counted(self) -> Iterator[Count]:
        """Count what is done in this context."""
        before, self._count = self._count, Count()
        try:
            yield self._count
        finally:
            before.actions += self._count.actions
            before.pins += self._count.pins
            self._count = before

    # looking

    def ask(self, question: Callable[[], Found]) -> Found:
        """Ask something in the window's thread."""
        return self._thread.ask(question)

    def until(self, condition: Callable[[], Found | None], told: str = "") -> Found:
        """Look again and again until what is asked for is true, and return it.

        Raises:
            TimeoutError: it did not become true.
        """
        for _ in range(int(PATIENCE_S / LOOK_AGAIN_S)):
            # What is looked for may not be there at all yet.
            with suppress(LookupError):
                if found := self.ask(condition):
                    return found
            self._waiting.wait(LOOK_AGAIN_S)
        raise TimeoutError(told or condition)

    def shows(self, name: str) -> QWidget:
        """Wait for a control that can be used and return it."""
        return self.until(lambda: usable(name), name)

    def settled(self) -> None:
        """Wait until all that was to be painted is painted."""
        for _ in range(3):
            self.ask(lambda: None)
            self._waiting.wait(LOOK_AGAIN_S)

    # doing

    def click(self, name: str) -> None:
        """Click the middle of a control."""
        self.shows(name)
        self.click_at(lambda: middle(required(name)))

    def click_row(self, name: str, wanted: Callable[[QModelIndex], bool]) -> None:
        """Click the row of a list for which `wanted` is true, brought into view first."""
        self.until(lambda: row(name, wanted) is not None, f"{name}: row")
        self.click_at(lambda: row_middle(name, wanted))

    def click_at(self, place: Place) -> None:
        """Click a place on the screen."""
        point = self.ask(lambda: physical(place()))
        _xdotool("mousemove", str(point.x()), str(point.y()), "click", "1")
        self._count.actions += 1

    def drag(self, start: Place, way_px: tuple[int, int]) -> None:
        """Press at a place, move in steps, let go."""
        point = self.ask(lambda: physical(start()))
        steps = [
            (point.x() + way_px[0] * step // 8, point.y() + way_px[1] * step // 8)
            for step in range(1, 9)
        ]
        moves = [word for x, y in steps for word in ("mousemove", str(x), str(y), "sleep", "0.01")]
        _xdotool("mousemove", str(point.x()), str(point.y()), "mousedown", "1", *moves)
        _xdotool("mouseup", "1")
        self._count.actions += 1

    def scroll(self, name: str, notches: int) -> None:
        """Turn the mouse's wheel over a control; down where `notches` is above zero."""
        point = self.ask(lambda: physical(middle(required(name))))
        button = "5" if notches > 0 else "4"
        _xdotool("mousemove", str(point.x()), str(point.y()))
        _xdotool("click", "--repeat", str(abs(notches)), "--delay", "10", button)
        self._count.actions += 1

    def key(self, combination: str) -> None:
        """Press a key, say `Return` or `ctrl+Return`."""
        self._focus()
        _xdotool("key", combination)
        self._count.actions += 1

    def type(self, text: str) -> None:
        """Type letters into what has the focus. Words are no action: the field's click was."""
        self._focus()
        _xdotool("type", "--delay", "2", "--", text)

    def give_pin(self, name: str, pin: str) -> None:
        """Type a PIN and send it off with Enter: one action for however many documents."""
        self.shows(name)
        self._focus()
        self.until(lambda: required(name).hasFocus(), f"{name}: focus")
        _xdotool("type", "--delay", "2", "--", pin)
        _xdotool("key", "Return")
        self._count.actions += 1
        self._count.pins += 1

    def leave(self) -> None:
        """Close the window's program."""
        self.ask(lambda: QApplication.exit(0))

    def _focus(self) -> None:
        """Without a window manager nobody gives the keyboard to the window that a person looks at."""
        window = self.ask(lambda: int(_front().winId()))
        _xdotool("windowfocus", "--sync", str(window))


def usable(name: str) -> QWidget | None:
    """Return the visible, enabled control of that name."""
    for window in QApplication.topLevelWidgets():
        found = [window] if window.objectName() == name else window.findChildren(QWidget, name)
        for widget in found:
            if widget.isVisible() and widget.isEnabled():
                return widget
    return None


def required(name: str) -> QWidget:
    """Return the control that must be there.

    Raises:
        LookupError: it is not, or cannot be used.
    """
    widget = usable(name)
    if widget is None:
        raise LookupError(name)
    return widget


def middle(widget: QWidget) -> QPoint:
    """Return the middle of what is seen of a control, in global coordinates."""
    seen = widget.visibleRegion().boundingRect()
    return widget.mapToGlobal((seen if seen.isValid() else widget.rect()).center())


def row(name: str, wanted: Callable[[QModelIndex], bool]) -> QModelIndex | None:
    """Return the first row of a list for which `wanted` is true."""
    view = usable(name)
    if not isinstance(view, QAbstractItemView):
        return None
    model = view.model()
    indexes = (model.index(number, 0) for number in range(model.rowCount()))
    return next((index for index in indexes if wanted(index)), None)


def row_rect(name: str, wanted: Callable[[QModelIndex], bool]) -> tuple[QWidget, QRect]:
    """Bring a row into view and return the viewport with the row's place on it."""
    view = required(name)
    index = row(name, wanted)
    if not isinstance(view, QAbstractItemView) or index is None:
        raise LookupError(name)
    view.scrollTo(index)
    return view.viewport(), view.visualRect(index)


def row_middle(name: str, wanted: Callable[[QModelIndex], bool]) -> QPoint:
    """Return the middle of a row, in global coordinates."""
    viewport, place = row_rect(name, wanted)
    return viewport.mapToGlobal(place.center())


def physical(point: QPoint) -> QPoint:
    """Return the X server's pixel for a global point of Qt's."""
    scale = QApplication.primaryScreen().devicePixelRatio()
    return QPoint(round(point.x() * scale), round(point.y() * scale))


def _front() -> QWidget:
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or _main()


def _main() -> QWidget:
    return next(
        window
        for window in QApplication.topLevelWidgets()
        if window.isVisible() and window.parent() is None
    )


def _xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, capture_output=True, timeout=PATIENCE_S)
