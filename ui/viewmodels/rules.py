"""The office's rules in force, as the person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.workplace.records import Problem
from ui.bridge import Bridge, Errand
from ui.viewmodels.base import ViewModel

if TYPE_CHECKING:
    from app.rules import RuleProfile


@dataclass(frozen=True, slots=True)
class RulesState:
    """`rules` is None until they are there; `problem` is why they cannot be read."""

    rules: RuleProfile | None = None
    problem: Problem | None = None


class RulesVm(ViewModel):
    """Asks for the rules when they are to be shown: another person's office may have others."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._errand: Errand | None = None
        self._state = RulesState()

    @property
    def state(self) -> RulesState:
        """What is shown."""
        return self._state

    def look(self) -> None:
        """Ask for the rules in force."""
        if self._errand is not None:
            self._errand.cancel()
        self._errand = self._bridge.ask(
            lambda workplace: workplace.rules(), self._came, self._failed
        )

    def _came(self, rules: RuleProfile) -> None:
        self._become(RulesState(rules))

    def _failed(self, problem: Problem) -> None:
        self._become(RulesState(problem=problem))

    def _become(self, state: RulesState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
