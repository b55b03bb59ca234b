"""What one screen has asked for: by name, so that a newer wish replaces the one before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.bridge import Answer, Bridge, Errand, Failed, Lane

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace


class Errands:
    """Errands whose answers only count while what they were asked for is still shown."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._errands: dict[str, Errand] = {}

    def ask(
        self,
        name: str,
        work: Callable[[Workplace], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        lane: Lane = Lane.DESK,
    ) -> None:
        """Ask for something; an errand of the same name is given up."""
        self.cancel(name)
        self._errands[name] = self._bridge.ask(work, done, failed, lane)

    def cancel(self, name: str) -> None:
        """Give one up."""
        errand = self._errands.pop(name, None)
        if errand is not None:
            errand.cancel()

    def cancel_all(self) -> None:
        """Give all up."""
        for name in tuple(self._errands):
            self.cancel(name)
