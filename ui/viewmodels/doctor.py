"""Is this machine ready to sign: findings as they come, the drivers that are tried, and a report to pass on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.diagnosis.records import NAMES, Check, State, TriedModule
from app.messages import Language
from app.workplace.records import Problem
from ui.bridge import Bridge, Lane
from ui.viewmodels.base import ViewModel
from ui.viewmodels.errands import Errands
from ui.viewmodels.token import TokenVm

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace

_WORST_FIRST: tuple[State, ...] = ("error", "warning", "ok")


@dataclass(frozen=True, slots=True)
class DoctorState:
    """`checks` are the findings so far, the worst first; `drivers` the modules that were tried.

    `report` is the text that will be copied, shown before that. `problem` is why something could not be done.
    """

    checks: tuple[Check, ...] = ()
    drivers: tuple[TriedModule, ...] = ()
    is_busy: bool = False
    report: str | None = None
    problem: Problem | None = None

    def count(self, state: State) -> int:
        """How many findings are of a kind."""
        return sum(check.state == state for check in self.checks)


class DoctorVm(ViewModel):
    """Asks for the findings in two lanes: what needs the token waits for it, the rest does not.

    Whatever it sees of the tokens, `TokenVm` is to see too.
    """

    def __init__(self, bridge: Bridge, token: TokenVm) -> None:
        super().__init__()
        self._token = token
        self._bridge = bridge
        self._errands = Errands(bridge)
        self._state = DoctorState()
        self._round = 0
        self._under_way = 0

    @property
    def state(self) -> DoctorState:
        """What is shown."""
        return self._state

    def look(self) -> None:
        """Check everything anew; where that is under way already, it answers for both."""
        if self._state.is_busy:
            return
        self._round += 1
        self._under_way = 2
        self._become(replace(self._state, checks=(), is_busy=True, report=None, problem=None))
        told = self._teller()
        self._errands.ask(
            "machine", lambda it: it.doctor().check_machine(told), self._machine_done, self._failed
        )
        self._errands.ask(
            "tokens",
            lambda it: it.doctor().check_tokens(told),
            self._tokens_done,
            self._failed,
            Lane.TOKEN,
        )

    def write_report(self, language: Language) -> None:
        """Put what was found into the text that will be copied."""
        checks = self._state.checks
        self._errands.ask(
            "report",
            lambda it: it.doctor().write_report(checks, language),
            lambda text: self._become(replace(self._state, report=text)),
            lambda problem: self._become(replace(self._state, problem=problem)),
            Lane.LOCAL,
        )

    def put_report_away(self) -> None:
        """Go back to the findings."""
        self._errands.cancel("report")
        self._become(replace(self._state, report=None))

    def add_driver(self, path: Path) -> None:
        """Try a driver that the person has chosen, and keep it where it answers."""
        self._change(lambda it: it.doctor().add_driver(path))

    def remove_driver(self, path: Path) -> None:
        """Try a driver no more that the person has added."""
        self._change(lambda it: it.doctor().remove_driver(path))

    def _change(self, work: Callable[[Workplace], None]) -> None:
        if not self._state.is_busy:
            self._under_way = 1
            self._become(replace(self._state, is_busy=True, problem=None))
            self._errands.ask("driver", work, self._changed, self._failed, Lane.TOKEN)

    def _changed(self, _: None) -> None:
        self._end_one()
        self.look()

    def _teller(self) -> Callable[[Check], None]:
        heard = partial(self._heard, self._round)
        return lambda check: self._bridge.post(partial(heard, check))

    def _heard(self, round_: int, check: Check) -> None:
        if round_ == self._round:
            checks = sorted((*self._state.checks, check), key=_rank)
            self._become(replace(self._state, checks=tuple(checks)))

    def _machine_done(self, _: None) -> None:
        self._end_one()

    def _tokens_done(self, drivers: tuple[TriedModule, ...]) -> None:
        self._become(replace(self._state, drivers=drivers))
        self._end_one()
        self._token.look()

    def _failed(self, problem: Problem) -> None:
        self._become(replace(self._state, problem=problem))
        self._end_one()

    def _end_one(self) -> None:
        self._under_way -= 1
        self._become(replace(self._state, is_busy=self._under_way > 0))

    def _become(self, state: DoctorState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()


def _rank(check: Check) -> tuple[int, int]:
    return _WORST_FIRST.index(check.state), NAMES.index(check.name)
