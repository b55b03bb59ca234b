"""A workplace that answers what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.workflow.folders import FoundFile
from app.workplace.checks import Checks
from app.workplace.doctor import Doctor
from app.workplace.workplace import Workplace
from signing.report import FileReport
from signing.token.records import OpenedKey


class FakeWorkplace:
    """Has every method of `Workplace`, and no other; it takes what they take.

    `answers` holds what a method returns (or a function of its arguments that makes it), `errors` what it raises,
    by the method's name. A method with neither returns None. `calls` are (name, *arguments) in order.
    `carry_out` tells each `Progress` in `answers["carry_out"]`.
    """

    kind: type = Workplace

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {"open_key": OpenedKey(b""), "is_open": True, **answers}
        self.errors: dict[str, Exception] = {}
        self.calls: list[tuple[Any, ...]] = []

    def asked(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of each call of a method."""
        return [call[1:] for call in self.calls if call[0] == name]

    def carry_out(self, orders: Any, key: Any, told: Callable[[Any], None]) -> None:
        self.calls.append(("carry_out", orders, key))
        if "carry_out" in self.errors:
            raise self.errors["carry_out"]
        for progress in self.answers.get("carry_out", ()):
            told(progress)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        signature = inspect.signature(getattr(self.kind, name))

        def method(*arguments: Any, **named: Any) -> Any:
            signature.bind(self, *arguments, **named)
            self.calls.append((name, *arguments, *named.values()))
            if name in self.errors:
                raise self.errors[name]
            answer = self.answers.get(name)
            return answer(*arguments, **named) if callable(answer) else answer

        return method


class FakeChecks(FakeWorkplace):
    """The workplace's checks of many files: it finds `files`, and says of each what `reports` hold by its name."""

    kind = Checks

    def __init__(self, reports: Mapping[str, FileReport], **answers: Any) -> None:
        files = tuple(FoundFile(Path("/tmp") / name, name) for name in reports)
        super().__init__(find=files, **answers)
        self.reports = reports

    def check(
        self,
        files: Sequence[FoundFile],
        told: Callable[[int, FileReport], None],
        is_wanted: Callable[[], bool],
    ) -> None:
        self.calls.append(("check", files))
        for index, file in enumerate(files):
            if not is_wanted():
                return
            told(index, self.reports[file.name])


class FakeDoctor(FakeWorkplace):
    """The workplace's doctor, likewise."""

    kind = Doctor
