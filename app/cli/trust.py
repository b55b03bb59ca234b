"""`trinhky trust`: root and issuing certificates that this machine believes, shown, added and removed."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import Literal

from app.cli.terminal import EXIT_OK, EXIT_USAGE, Terminal, on_one_line, plain
from app.errors import AppError
from app.settings import Settings
from app.store.trust import TrustFolder
from signing.trust_listing import Authority, list_authorities, read_authority

Origin = Literal["settings", "added"]
_ORIGINS: dict[Origin, str] = {"settings": "label.trust_settings", "added": "label.trust_added"}


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List, add or remove; verification and signing use what is there from their next start on.

    Raises:
        AppError: `trust.not_confirmed`, `trust.not_there`, `trust.of_settings`; the store's.
        SigningError: as `read_authority`.
    """
    folder = TrustFolder(settings.data)
    if (arguments.action == "list") != (arguments.what is None):
        terminal.error_code("usage.trust")
        return EXIT_USAGE
    changed = None
    if arguments.action == "add":
        changed = _add(arguments, terminal, folder)
    elif arguments.action == "remove":
        changed = _remove(arguments.what, terminal, folder, settings)
    rows = list(_listed(folder, settings))
    if arguments.action == "list":
        for origin, one in rows:
            _tell(one, terminal, origin)
        if not rows:
            terminal.say(terminal.short("label.trust_none"))
    terminal.result(
        {
            "schema": "trinhky.trust/1",
            "changed": changed,
            "certificates": [{**plain(one), "origin": origin} for origin, one in rows],
        }
    )
    return EXIT_OK


def _add(arguments: Namespace, terminal: Terminal, folder: TrustFolder) -> str:
    """Show a certificate and keep it once its fingerprint is agreed to."""
    one, der = read_authority(arguments.what)
    _tell(one, terminal, None)
    if not arguments.yes:
        terminal.note(terminal.words("trust.confirm", {"name": on_one_line(one.name)}))
        if _bare(sys.stdin.readline()) != one.sha256:
            raise AppError("trust.not_confirmed", name=one.name)
    folder.keep(der)
    terminal.say(terminal.short("label.trust_kept", {"name": on_one_line(one.name)}))
    return one.sha256


def _remove(what: object, terminal: Terminal, folder: TrustFolder, settings: Settings) -> str:
    sha256 = _bare(str(what))
    if not folder.remove(sha256):
        known = {one.sha256 for _, one in _listed(folder, settings)}
        raise AppError("trust.of_settings" if sha256 in known else "trust.not_there", sha256=sha256)
    terminal.say(terminal.short("label.trust_removed", {"sha256": sha256}))
    return sha256


def _listed(folder: TrustFolder, settings: Settings) -> Iterator[tuple[Origin, Authority]]:
    for path in settings.trust:
        yield from (("settings", one) for one in list_authorities(path))
    for path in folder.files():
        yield from (("added", one) for one in list_authorities(path))


def _tell(one: Authority, terminal: Terminal, origin: Origin | None) -> None:
    kind = terminal.short("label.trust_root" if one.is_root else "label.trust_issuing")
    where = "" if origin is None else f" · {terminal.short(_ORIGINS[origin])}"
    terminal.say(f"{on_one_line(one.name)} · {kind}{where}")
    terminal.say(f"  {on_one_line(one.subject)}")
    terminal.say(f"  {terminal.short('label.issuer')}: {on_one_line(one.issuer)}")
    terminal.say(f"  {one.not_before.date().isoformat()} – {one.not_after.date().isoformat()}")
    terminal.say(f"  SHA-256 {one.sha256}")


def _bare(text: str) -> str:
    """Return a fingerprint as we write it, however it was copied."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
