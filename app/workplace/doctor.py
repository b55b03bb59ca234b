"""Is this machine ready to sign, and which token drivers does it try: asked by the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.diagnosis.machine import check_machine
from app.diagnosis.network import check_network
from app.diagnosis.records import Check, Origin, TriedModule
from app.diagnosis.report import write_report
from app.diagnosis.tokens import check_tokens, module_problem
from app.errors import AppError
from app.messages import Language
from app.settings import Settings
from app.store.modules import ModuleList
from app.workers.token import TokenProcess
from app.workflow.office import Workbench
from app.workplace.account import Account
from signing.token.records import is_key_file

Told = Callable[[Check], None]


class Doctor:
    """Looks, and keeps the modules that the person has added."""

    def __init__(
        self, settings: Settings, account: Account, bench: Workbench, token: TokenProcess
    ) -> None:
        self._settings = settings
        self._account = account
        self._bench = bench
        self._token = token
        self._own = ModuleList(settings.data)

    def check_machine(self, told: Told) -> None:
        """Tell each finding about this machine and the services as it comes."""
        for check in check_machine(self._settings):
            told(check)
        for check in check_network(self._settings):
            told(check)

    def check_tokens(self, told: Told) -> tuple[TriedModule, ...]:
        """Tell each finding about modules and tokens as it comes; return the modules tried."""
        found = self._token.survey()
        seat = self._account.seat
        for check in check_tokens(found, self._bench if seat is None else seat.office.bench):
            told(check)
        modules = (item for item in found if not is_key_file(item.path))
        return tuple(TriedModule(item, self._origin(item.path)) for item in modules)

    def write_report(self, checks: Sequence[Check], language: Language) -> str:
        """Put findings into a text that may be passed on."""
        return write_report(checks, language, datetime.now(UTC))

    def add_driver(self, path: Path) -> None:
        """Try a module and keep it.

        Raises:
            AppError: why it cannot be used, with `module`: it is not kept then; as `ModuleList.add`.
        """
        found = self._token.add_module(path)
        if found.problem is not None:
            raise AppError(module_problem(found.problem), module=str(path))
        self._own.add(path)

    def remove_driver(self, path: Path) -> None:
        """Keep a module no more. Errors as `ModuleList.remove`."""
        if self._own.remove(path):
            self._token.drop_module(path)

    def _origin(self, path: str) -> Origin:
        if path in self._settings.modules:
            return "settings"
        return "own" if path in self._own.paths() else "known"
