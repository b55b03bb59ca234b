"""`trinhky doctor`: is this machine ready to sign? Each check is ok, a warning or an error, with what to do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from app.bootstrap import Processes
from app.cli.terminal import EXIT_FAILED, EXIT_OK, Terminal
from app.diagnosis.machine import check_machine
from app.diagnosis.network import check_network
from app.diagnosis.records import Check
from app.diagnosis.tokens import check_tokens
from app.settings import Settings


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Run all checks; exit code 0 unless one is an error."""
    checks = list(_checks(settings, tuple(arguments.module)))
    rows = []
    for check in checks:
        words = terminal.words(
            check.code,
            dict.fromkeys(("detail", "server", "url", "module", "path", "file"), check.detail),
        )
        terminal.say(f"{terminal.short('doctor.' + check.state):<10} {check.name:<10} {words}")
        rows.append({**asdict(check), "message": words})
    terminal.result({"schema": "trinhky.doctor/1", "checks": rows})
    return EXIT_FAILED if any(check.state == "error" for check in checks) else EXIT_OK


def _checks(settings: Settings, modules: tuple[str, ...]) -> Iterator[Check]:
    yield from check_machine(settings)
    with Processes.of(settings, modules=modules) as processes:
        found = processes.token.survey()
    yield from check_tokens(found)
    yield from check_network(settings)
