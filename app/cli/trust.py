"""`trinhky trust`: root and issuing certificates that this machine believes, shown, added, disabled and removed."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from app.cli.terminal import EXIT_FAILED, EXIT_OK, EXIT_USAGE, Terminal, on_one_line, plain
from app.cli.trust_words import tell_authority, tell_list, tell_published
from app.errors import AppError
from app.settings import Settings
from app.workplace.trust import TrustDesk, bare, refuse_unpublished
from app.workplace.trust_records import Store, findings
from signing import trust_listing
from signing.errors import SigningError
from signing.trust_records import Bundle, OfferedAuthority


def run(arguments: Namespace, terminal: Terminal, settings: Settings) -> int:
    """List, check, add, disable, enable or remove; what is there counts from the next file on.

    Raises:
        AppError: as `TrustDesk`'s.
        SigningError: as `read_bundle`; `trust.several`.
    """
    desk = TrustDesk(settings, trust_listing)
    if (arguments.action in ("list", "check")) != (arguments.what is None):
        terminal.error_code("usage.trust")
        return EXIT_USAGE
    changed: list[str] = []
    if arguments.action == "add":
        changed = _add(arguments, terminal, desk)
    elif arguments.what is not None:
        changed = [_change(arguments, terminal, desk)]
    store = desk.store()
    found = list(findings(store, datetime.now(UTC))) if arguments.action == "check" else []
    if arguments.action in ("list", "check"):
        _show(store, terminal)
    if arguments.action == "check":
        tell_published(store.published, terminal)
        for one in found:
            terminal.say(f"! {terminal.words(one.code, one.params)}")
        if not found:
            terminal.say(terminal.short("label.trust_sound"))
    terminal.result(
        {
            "schema": "trinhky.trust/1",
            "changed": changed,
            "certificates": [
                {
                    **plain(row.authority),
                    "origin": row.origin.value,
                    "is_enabled": row.is_enabled,
                    "note": None if row.note is None else plain(row.note),
                }
                for row in store.authorities
            ],
            "lists": [
                {**plain(one.crl), "origin": one.origin, "is_late": one.is_late}
                for one in store.lists
            ],
            "missing": list(store.missing),
            "published": [plain(one) for one in store.published],
            "findings": [
                {"code": one.code, "message": terminal.words(one.code, one.params)} for one in found
            ],
        }
    )
    return EXIT_FAILED if found else EXIT_OK


def _show(store: Store, terminal: Terminal) -> None:
    for row in store.authorities:
        tell_authority(row.authority, terminal, row)
    for one in store.lists:
        tell_list(one, terminal)
    if not store.authorities:
        terminal.say(terminal.short("label.trust_none"))


def _add(arguments: Namespace, terminal: Terminal, desk: TrustDesk) -> list[str]:
    """Show what a file offers; keep each certificate whose fingerprint is agreed to, then the CRLs that they prove."""
    path = Path(arguments.what)
    bundle = desk.read(path)
    if arguments.yes and len(bundle.authorities) > 1:
        raise SigningError("trust.several", file=path.name, count=len(bundle.authorities))
    named = {bare(one) for one in arguments.fingerprint}
    kept: list[str] = []
    for offered in bundle.authorities:
        one = offered.authority
        if named and not named & {one.sha256, one.sha1}:
            continue
        tell_authority(one, terminal)
        refuse_unpublished(one, arguments.not_as_published)
        agreed = one.sha256 if arguments.yes or named else _asked(offered, bundle, terminal)
        if agreed:
            desk.keep(offered, path.name, agreed, arguments.not_as_published)
            kept.append(one.sha256)
            terminal.say(terminal.short("label.trust_kept", {"name": on_one_line(one.name)}))
    if named and not kept:
        raise AppError("trust.not_in_file", file=path.name)
    _keep_lists(bundle, terminal, desk)
    if bundle.passed_over:
        terminal.say(terminal.short("label.trust_passed_over", {"count": bundle.passed_over}))
    return kept


def _keep_lists(bundle: Bundle, terminal: Terminal, desk: TrustDesk) -> None:
    taken = desk.keep_lists(bundle.lists)
    for one in taken:
        terminal.say(terminal.short("label.trust_list_kept", {"issuer": on_one_line(one.issuer)}))
    left = [one.crl for one in bundle.lists if one.crl.sha256 not in {it.sha256 for it in taken}]
    if left and not bundle.authorities and not taken:
        raise AppError("trust.list_not_kept", issuer=left[0].issuer)
    for crl in left:
        terminal.say(f"! {terminal.words('trust.list_not_kept', {'issuer': crl.issuer})}")


def _asked(offered: OfferedAuthority, bundle: Bundle, terminal: Terminal) -> str:
    """Ask for a fingerprint; of several certificates an empty line leaves one out."""
    one = offered.authority
    terminal.note(terminal.words("trust.confirm", {"name": on_one_line(one.name)}))
    typed = bare(sys.stdin.readline())
    if typed not in (one.sha256, one.sha1) and (typed or len(bundle.authorities) == 1):
        raise AppError("trust.not_confirmed", name=one.name)
    return typed


def _change(arguments: Namespace, terminal: Terminal, desk: TrustDesk) -> str:
    sha256 = bare(str(arguments.what))
    changes = {"disable": desk.disable, "enable": desk.enable, "remove": desk.remove}
    changes[arguments.action](sha256)
    terminal.say(terminal.short(f"trust.done.{arguments.action}", {"sha256": sha256}))
    return sha256
