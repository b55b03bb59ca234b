"""`trinhky doctor`: is this machine ready to sign? Each check is ok, a warning or an error, with what to do."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime

from app.bootstrap import Processes, workbench
from app.cli.terminal import EXIT_FAILED, EXIT_OK, Terminal, read_secret
from app.diagnosis.machine import check_machine
from app.diagnosis.network import check_network
from app.diagnosis.records import NAMES, Check
from app.diagnosis.report import write_report
from app.diagnosis.tokens import check_tokens
from app.diagnosis.trial import try_signature
from app.settings import Settings
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, TokenInfo


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """Run all checks; exit code 0 unless one is an error."""
    checks = sorted(_checks(arguments, settings), key=lambda check: NAMES.index(check.name))
    document: dict[str, object] = {"schema": "trinhky.doctor/1"}
    document["checks"] = [_row(check, terminal) for check in checks]
    if arguments.report:
        report = write_report(checks, terminal.language, datetime.now(UTC))
        terminal.say(report.rstrip())
        document["report"] = report
    else:
        for check in checks:
            state = terminal.short("doctor." + check.state)
            name = terminal.short("check." + check.name)
            terminal.say(f"{state:<10} {name:<18} {terminal.words(check.code, check.params)}")
    terminal.result(document)
    return EXIT_FAILED if any(check.state == "error" for check in checks) else EXIT_OK


def _row(check: Check, terminal: Terminal) -> dict[str, object]:
    return {
        "name": check.name,
        "state": check.state,
        "code": check.code,
        "detail": check.detail,
        "params": dict(check.params),
        "message": terminal.words(check.code, check.params),
    }


def _checks(arguments: Namespace, settings: Settings) -> Iterator[Check]:
    yield from check_machine(settings)
    with Processes.of(settings, modules=tuple(arguments.module)) as processes:
        found = processes.token.survey()
        bench = workbench(settings, processes)
        yield from check_tokens(found, bench)
        if arguments.test_signature:
            yield try_signature(bench, found, _ask_pin, arguments.certificate)
    yield from check_network(settings)


def _ask_pin(token: TokenInfo, certificate: CertificateInfo) -> Pin:
    return Pin(read_secret(f"PIN ({token.label}, {certificate.subject}): "))
