"""`trinhky` and `trinhky open [FILE]`: the window."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Mapping

from app.cli.terminal import EXIT_USAGE, Terminal, choose_language
from app.errors import AppError
from app.settings import Settings

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Any of these says where a window can appear; the last is Qt's own."""


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Open the window and return when the person has closed it.

    Raises:
        AppError: `usage.no_file`; `usage.no_window` where this machine lacks what Qt stands on.
    """
    if not has_display():
        terminal.error_code("usage.no_display")
        return EXIT_USAGE
    file = arguments.file.absolute() if arguments.file else None
    if file is not None and not file.exists():
        raise AppError("usage.no_file", path=str(arguments.file))
    from app.opening import open_window  # noqa: PLC0415 - Qt comes with it

    terminal.language = choose_language(arguments.lang or settings.language or "vi")
    return open_window(settings, language=terminal.language, told=terminal.error, file=file)


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Say whether a window has somewhere to appear."""
    return platform != "linux" or any(environment.get(name) for name in DISPLAYS)
