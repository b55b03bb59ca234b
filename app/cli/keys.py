"""`trinhky keys`: PKCS#12 files that sign as tokens do, added once with their password, listed and removed."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.bootstrap import Processes
from app.cli.terminal import EXIT_OK, EXIT_USAGE, Terminal, on_one_line, read_secret
from app.errors import AppError
from app.settings import Settings
from app.store.keys import KeyFolder
from signing.token.key_file import check_path
from signing.token.pin import Pin
from signing.token.records import KeyFileInfo


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List, add or remove; neither the key nor its password is kept.

    Raises:
        AppError: `usage.no_secret`, `usage.no_key_file`; the store's; the token process's.
        SigningError: as `read_key_file`.
    """
    folder = KeyFolder(settings.data)
    if (arguments.action == "list") != (arguments.what is None):
        terminal.error_code("usage.keys")
        return EXIT_USAGE
    changed = None
    with Processes.of(settings) as processes:
        if arguments.action == "add":
            changed = _add(arguments.what, terminal, folder, processes)
        elif arguments.action == "remove":
            changed = _remove(arguments.what, terminal, folder)
        found = processes.token.key_files()
    if arguments.action == "list":
        for one in found:
            _tell(one, terminal)
        if not found:
            terminal.say(terminal.short("label.no_key_files"))
    terminal.result(
        {"schema": "trinhky.keys/1", "changed": changed, "keys": [_row(one) for one in found]}
    )
    return EXIT_OK


def _add(what: str, terminal: Terminal, folder: KeyFolder, processes: Processes) -> str:
    # Not resolved: a link or a mounted drive is named as the person names it.
    path = Path(os.path.abspath(what))  # noqa: PTH100 - `..` has no place in what is kept
    check_path(path)
    password = read_secret(f"{terminal.short('label.password')} ({on_one_line(path.name)}): ")
    added = processes.token.read_key_file(path, Pin(password))
    folder.keep(added)
    terminal.say(terminal.short("label.key_file_kept", {"path": str(path)}))
    terminal.say(f"  SHA-256 {added.sha256}")
    return added.sha256


def _remove(what: str, terminal: Terminal, folder: KeyFolder) -> str:
    sha256 = "".join(letter for letter in what.lower() if letter.isalnum())
    if not folder.remove(sha256):
        raise AppError("usage.no_key_file", sha256=sha256)
    terminal.say(terminal.short("label.key_file_removed", {"sha256": sha256}))
    return sha256


def _row(one: KeyFileInfo) -> dict[str, Any]:
    certificate = one.certificate
    return {
        "path": one.file.path,
        "sha256": one.file.sha256,
        "problem": one.problem,
        "subject": certificate and certificate.subject,
        "issuer": certificate and certificate.issuer,
        "not_before": certificate and certificate.not_before,
        "not_after": certificate and certificate.not_after,
        "cannot_sign": certificate and certificate.cannot_sign,
    }


def _tell(one: KeyFileInfo, terminal: Terminal) -> None:
    problem = one.problem or (one.certificate and one.certificate.cannot_sign)
    terminal.say(f"{one.file.path}: {terminal.short(problem or 'label.can_sign')}")
    if one.certificate is not None:
        subject, issuer = one.certificate.subject, one.certificate.issuer
        until = one.certificate.not_after.date().isoformat()
        terminal.say(f"  {on_one_line(subject)} · {on_one_line(issuer)} · {until}")
    terminal.say(f"  SHA-256 {one.file.sha256}")
