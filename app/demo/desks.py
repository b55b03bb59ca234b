"""The desks of the demo office's people, each with a window in a process of its own: its servers take no time from it.

That process loads this module and none of the office's.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import keyring
from keyring.backend import KeyringBackend

from app.cli.main import keep_log
from app.cli.terminal import EXIT_FAILED, Terminal
from app.errors import AppError
from app.messages import Language
from app.opening import open_window
from app.settings import Settings

_SITS_ELSEWHERE = 100
"""Exit codes from here on name the desk where the person sits down next."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One person's desk. `token_environment` is what a process needs to find the tokens on it."""

    label: str
    user_id: str
    password: str
    settings: Settings
    token_environment: Mapping[str, str]

    def sign_in(self, url: str) -> bool:
        """Sign in at once, as this person would in a browser."""
        from app.demo.office.person import PersonAtBrowser  # noqa: PLC0415 - after the first paint

        return PersonAtBrowser(self.user_id, self.password)(url)


class MemoryKeyring(KeyringBackend):
    """Forgets with the process: the demo's people are not the person at this machine."""

    priority: ClassVar[float] = 1
    _kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return what was kept."""
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it in this process."""
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget it; harmless where there is nothing."""
        self._kept.pop((service, username), None)


def sit_down(desks: Sequence[Desk], language: Language) -> int:
    """Open the window at the first desk, then wherever the person sits down; return the last exit code.

    Raises:
        KeyboardInterrupt: Ctrl-C reached the window, maybe before this process.
    """
    spawn = multiprocessing.get_context("spawn")
    at = 0
    while True:
        window = spawn.Process(target=_sit, args=(tuple(desks), at, language))
        window.start()
        try:
            window.join()
        finally:
            window.terminate()
        code = window.exitcode
        if code == -signal.SIGINT:
            raise KeyboardInterrupt
        if code is None or code < _SITS_ELSEWHERE:
            return EXIT_FAILED if code else 0
        at = code - _SITS_ELSEWHERE


def show_window(desks: Sequence[Desk], at: int, language: Language) -> int:
    """Open the window at a desk; return its exit code, or where the person wants to sit down next."""
    desk = desks[at]
    terminal = Terminal(language, as_json=False)
    keep_log(desk.settings.logs, terminal)
    keyring.set_keyring(MemoryKeyring())  # type: ignore[no-untyped-call]  # keyring's own
    return open_window(
        desk.settings,
        language=language,
        told=terminal.error,
        sign_in=desk.sign_in,
        environment=desk.token_environment,
        seats=[(item.label, _SITS_ELSEWHERE + number) for number, item in enumerate(desks)],
    )


def _sit(desks: Sequence[Desk], at: int, language: Language) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        sys.exit(show_window(desks, at, language))
    except AppError as error:
        Terminal(language, as_json=False).error(error)
        sys.exit(EXIT_FAILED)
