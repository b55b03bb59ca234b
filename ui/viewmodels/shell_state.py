"""What the window shows beside its screens: which panel, what was done last, what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass

from app.workplace.records import OrderKind, Problem, Step, Waiting
from ui.panels import Panel


@dataclass(frozen=True, slots=True)
class Result:
    """How an order ended. `detail` is the number that was taken, or the signature's level.

    `is_settled`: it failed since nothing was wanted of the person any more, which is no failure of theirs.
    """

    kind: OrderKind
    title: str
    step: Step
    detail: str | None = None
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class ShellState:
    """`waiting` is signed here and not yet with the server; `problem` is why it could not be sent.

    `last` is what was done last, `has_queue` whether there is somebody whose queue can be shown.
    """

    panel: Panel = Panel.DOCUMENT
    has_queue: bool = True
    last: Result | None = None
    waiting: tuple[Waiting, ...] = ()
    problem: Problem | None = None
