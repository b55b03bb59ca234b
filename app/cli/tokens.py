"""`trinhky tokens`: every module tried, every token, every certificate and why it cannot sign."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.bootstrap import Processes
from app.cli.terminal import EXIT_OK, Terminal, plain
from app.settings import Settings
from signing.token.records import ModuleInfo, TokenInfo


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List what the PKCS#11 modules hold; asks for no PIN."""
    with Processes.of(settings, modules=tuple(arguments.module)) as processes:
        modules = processes.token.survey()
    for module in modules:
        _tell(module, terminal)
    if not any(module.tokens for module in modules):
        terminal.say(terminal.words("token.none"))
    terminal.result({"schema": "trinhky.tokens/1", "modules": [_row(item) for item in modules]})
    return EXIT_OK


def _row(module: ModuleInfo) -> Any:
    row = asdict(module)
    for token in row["tokens"]:
        del token["authorities"]
        for certificate in token["certificates"]:
            del certificate["der"]
    return plain(row)


def _tell(module: ModuleInfo, terminal: Terminal) -> None:
    state = f"{module.slots} slot"
    if module.problem:
        state = terminal.short(module.problem, {"module": Path(module.path).name})
    terminal.say(f"{module.path}: {state}")
    for token in module.tokens:
        _tell_token(token, terminal)


def _tell_token(token: TokenInfo, terminal: Terminal) -> None:
    pin = terminal.short("label.key_file" if token.is_file else "pin." + token.pin_state.value)
    terminal.say(f"  {token.label} ({token.serial}) · {pin}")
    for item in token.certificates:
        until = item.not_after.date().isoformat()
        usable = (
            terminal.short(item.cannot_sign)
            if item.cannot_sign
            else terminal.short("label.can_sign")
        )
        terminal.say(f"    {item.subject} · {item.issuer} · {until} · {usable}")
        terminal.say(f"      CKA_ID {item.key_id} · SHA-256 {item.sha256}")
