"""A program that dies right after its n-th step: the ports are wrapped, whatever they did stays done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.workflow.office import Office

STEPS = {
    "journal": (
        *("begin", "begin_base", "begin_extension", "signed", "extended", "sending", "accepted"),
        *("key_for", "settle"),
    ),
    "files": ("adopt",),
    "server": ("download", "upload", "upload_base", "forward", "take_number", "register_incoming"),
    "token": ("sign",),
    "services": ("extend",),
}
"""What changes something, by port."""


class KilledError(BaseException):
    """The program is gone: no handler of ordinary errors may see this."""


class Tripwire:
    """Counts the steps of an office and ends it right after one of them; `trace` names those that were done."""

    def __init__(
        self, kill_after: int | None = None, act: Callable[[], None] | None = None
    ) -> None:
        self._kill_after = kill_after
        self._act = act
        self.trace: list[str] = []

    def around(self, office: Office) -> Office:
        wrapped = {
            name: _Wrapped(getattr(office, name), name, self) for name in ("server", "files")
        }
        journal: Any = _Wrapped(office.journal, "journal", self)
        token: Any = _Wrapped(office.bench.token, "token", self)
        server: Any = wrapped["server"]
        files: Any = wrapped["files"]
        services: Any = office.bench.services
        if services is not None:
            services = _Wrapped(services, "services", self)
        bench = replace(office.bench, token=token, services=services)
        return replace(office, bench=bench, server=server, files=files, journal=journal)

    def passed(self, step: str) -> None:
        self.trace.append(step)
        if self._kill_after is not None and len(self.trace) == self._kill_after:
            if self._act is not None:
                self._act()
            raise KilledError(step)


class _Wrapped:
    def __init__(self, port: object, name: str, wire: Tripwire) -> None:
        self._port, self._name, self._wire = port, name, wire

    def __getattr__(self, method: str) -> Any:
        found = getattr(self._port, method)
        if method not in STEPS[self._name]:
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            value = found(*args, **kwargs)
            self._wire.passed(f"{self._name}.{method}")
            return value

        return call
