"""How long the window's event loop was ever kept from its next turn."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer


class Stalls:
    """A timer that wants a turn every so often, and notes by how much each came late."""

    def __init__(self, turn_ms: int) -> None:
        self._turn_ms = turn_ms
        self._late_ms: list[float] = []
        self._last_s = 0.0
        self._timer: QTimer | None = None

    def start(self) -> None:
        """Begin, in the window's thread."""
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)
        self._last_s = time.perf_counter()
        self._timer.start(self._turn_ms)

    def stop(self) -> None:
        """Note no more, in the window's thread."""
        self._timer = None

    def clear(self) -> None:
        """Forget what was noted."""
        self._late_ms.clear()

    def told(self) -> dict[str, float]:
        """Return the longest stall, and the one that a turn in a thousand exceeds, in milliseconds."""
        late = sorted(self._late_ms) or [0.0]
        return {
            "max_ms": round(late[-1], 1),
            "p999_ms": round(late[int(len(late) * 0.999) - 1], 1),
            "turns": len(late),
        }

    def _turn(self) -> None:
        now_s = time.perf_counter()
        self._late_ms.append(max((now_s - self._last_s) * 1000 - self._turn_ms, 0.0))
        self._last_s = now_s
