"""Reads the command line, runs one command, and turns errors into words and exit codes."""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.cli.terminal import EXIT_FAILED, Terminal, choose_language, speak_utf8
from app.errors import AppError
from app.logs import set_up_logs
from app.settings import load_settings
from pdf.errors import PdfError
from signing.errors import SigningError

COMMANDS = {
    "open": "app.cli.window",
    "verify": "app.cli.verify",
    "place": "app.cli.place",
    "prepare": "app.cli.prepare",
    "sign": "app.cli.sign",
    "extend": "app.cli.extend",
    "tokens": "app.cli.tokens",
    "doctor": "app.cli.doctor",
    "login": "app.cli.account",
    "logout": "app.cli.account",
    "queue": "app.cli.queue",
    "rules": "app.cli.rules",
    "print": "app.cli.printing",
    "image": "app.cli.image",
    "signers": "app.cli.signers",
    "trust": "app.cli.trust",
    "keys": "app.cli.keys",
    "evidence": "app.cli.evidence",
}
"""Module by command; each has `run(arguments, terminal, settings) -> exit code` and loads when it is called."""


def run(argv: list[str], *, demo: Callable[[Namespace, Terminal], int]) -> int:
    """Run one command, or open the window where there is none, and return the exit code; 64 is wrong usage."""
    speak_utf8()
    arguments = _parsed(argv)
    terminal = Terminal(choose_language(arguments.lang), as_json=arguments.json)
    try:
        if arguments.command == "demo":
            keep_log(arguments.out / "logs", terminal)
            return demo(arguments, terminal)
        settings = load_settings()
        keep_log(settings.logs, terminal)
        if not arguments.lang:
            terminal.language = choose_language(settings.language)
        return int(import_module(COMMANDS[arguments.command]).run(arguments, terminal, settings))
    except (AppError, SigningError, PdfError) as error:
        terminal.result(
            {"schema": f"trinhky.{arguments.command}/1", "error": terminal.error(error)}
        )
        return EXIT_FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has left, say `head`; the interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    except Exception as error:
        logging.getLogger(__name__).exception("program.bug")
        told = terminal.error(AppError("bug", kind=type(error).__name__))
        terminal.result({"schema": f"trinhky.{arguments.command}/1", "error": told})
        return EXIT_FAILED


def _parsed(argv: list[str]) -> Namespace:
    if not argv:
        return Namespace(command="open", file=None, lang=None, json=False)
    from app.cli.arguments import build_parser  # noqa: PLC0415 - the window need not wait for it

    return build_parser().parse_args(argv)


def keep_log(folder: Path, terminal: Terminal) -> None:
    """Open the log; a folder that cannot be written is said and stops nothing."""
    # Without this, logging prints its own troubles, and records without a handler, to the person.
    logging.raiseExceptions = False
    logging.lastResort = None
    try:
        set_up_logs(folder)
    except OSError:
        terminal.note(terminal.words("settings.no_log", {"path": str(folder)}))
