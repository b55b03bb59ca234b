"""`trinhky doctor`: is this machine ready to sign? Each check is ok, a warning or an error, with what to do."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

import requests

from app.bootstrap import Processes
from app.cli.terminal import EXIT_FAILED, EXIT_OK, Terminal
from app.errors import AppError
from app.rules import load_profile
from app.server.transport import ServerAddress, Transport
from app.settings import Settings
from app.store import open_store
from app.workers import libreoffice
from signing.errors import SigningError
from signing.fonts import family_of, serif_font

State = Literal["ok", "warning", "error"]
CLOCK_TOLERANCE_S = 60.0
TIMEOUT_S = 10.0
PCSC_SOCKETS = ("/run/pcscd/pcscd.comm", "/var/run/pcscd/pcscd.comm")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; `code` has words that say what to do."""

    name: str
    state: State
    code: str
    detail: str = ""


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
    yield _fonts(settings)
    yield _tried(
        "profile",
        lambda: load_profile(settings.profile, settings.profiles_folder).id,
        "doctor.profile_ok",
    )
    yield _converter(settings)
    yield from _token_checks(settings, modules)
    yield _card_service()
    yield _keyring()
    yield _tried("store", lambda: _store(settings), "doctor.store_ok")
    yield _trust(settings)
    yield from _server_checks(settings)
    yield from _tsa(settings)


def _fonts(settings: Settings) -> Check:
    """Say whether text is drawn in the rules' own font or in a twin with its metrics."""
    try:
        path = serif_font()
        wanted = load_profile(settings.profile, settings.profiles_folder).text.font
        family = family_of(path)
    except (AppError, SigningError) as error:
        return Check("fonts", "error", error.code, str(error.params))
    code = "doctor.fonts_ok" if family == wanted else "doctor.fonts_twin"
    return Check("fonts", "ok", code, f"{family} ({path})")


def _tried(name: str, look: Callable[[], str], good: str) -> Check:
    try:
        return Check(name, "ok", good, look())
    except (AppError, SigningError) as error:
        return Check(name, "error", error.code, str(error.params))


def _token_checks(settings: Settings, modules: tuple[str, ...]) -> Iterator[Check]:
    with Processes.of(settings, modules=modules) as processes:
        found = processes.token.survey()
    answering = [item for item in found if item.problem is None]
    if not answering:
        yield Check("modules", "error", "doctor.no_module", ", ".join(item.path for item in found))
        return
    yield Check("modules", "ok", "doctor.modules_ok", ", ".join(item.path for item in answering))
    tokens = [token for item in answering for token in item.tokens]
    if not tokens:
        yield Check("tokens", "warning", "token.none")
    for token in tokens:
        usable = [item for item in token.certificates if item.cannot_sign is None]
        if not usable:
            yield Check("tokens", "warning", "doctor.token_unusable", token.label)
        elif token.pin_state.value in ("final", "locked"):
            yield Check("tokens", "warning", "pin." + token.pin_state.value, token.label)
        else:
            yield Check("tokens", "ok", "doctor.token_ok", token.label)


def _converter(settings: Settings) -> Check:
    """Say whether drafts that come as Word files can be converted; offices without such drafts do without."""
    program = libreoffice.find(settings.converter)
    if program is None:
        return Check("converter", "warning", "convert.missing", str(settings.converter or ""))
    said = libreoffice.version(program)
    if said is None:
        return Check("converter", "warning", "doctor.converter_silent", str(program))
    return Check("converter", "ok", "doctor.converter_ok", f"{said}, {program}")


def _card_service() -> Check:
    """Say whether the smart card service runs, which hardware tokens need; other systems start theirs."""
    if sys.platform != "linux":
        return Check("pcsc", "ok", "doctor.pcsc_elsewhere", sys.platform)
    if any(Path(item).exists() for item in PCSC_SOCKETS):
        return Check("pcsc", "ok", "doctor.pcsc_ok")
    return Check("pcsc", "warning", "doctor.pcsc_missing")


def _keyring() -> Check:
    import keyring  # noqa: PLC0415 - looks for the desktop's services when it is imported
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if isinstance(backend, NoKeyring):
        return Check("keyring", "warning", "server.no_keyring")
    return Check("keyring", "ok", "doctor.keyring_ok", backend.name)


def _store(settings: Settings) -> str:
    with open_store(settings.data) as store:
        return f"{settings.data} ({len(store.journal.unfinished())})"


def _trust(settings: Settings) -> Check:
    missing = [str(item) for item in settings.trust if not item.exists()]
    if missing:
        return Check("trust", "error", "doctor.trust_missing", ", ".join(missing))
    if not settings.trust:
        return Check("trust", "warning", "doctor.trust_empty")
    return Check("trust", "ok", "doctor.trust_ok", ", ".join(map(str, settings.trust)))


def _server_checks(settings: Settings) -> Iterator[Check]:
    if not settings.server:
        yield Check("server", "warning", "settings.no_server")
        return
    try:
        stamp = _ask_server(
            ServerAddress(
                settings.server, settings.office_ca, connect_s=TIMEOUT_S, read_s=TIMEOUT_S
            )
        )
    except AppError as error:
        yield Check("server", "error", error.code, settings.server)
        return
    except OSError:
        yield Check("server", "error", "doctor.office_ca", str(settings.office_ca))
        return
    yield Check("server", "ok", "doctor.server_ok", settings.server)
    if stamp:
        off_s = (datetime.now(UTC) - parsedate_to_datetime(stamp)).total_seconds()
        state: State = "ok" if abs(off_s) <= CLOCK_TOLERANCE_S else "warning"
        code = "doctor.clock_ok" if state == "ok" else "doctor.clock_off"
        yield Check("clock", state, code, f"{off_s:+.0f} s")


def _tsa(settings: Settings) -> Iterator[Check]:
    if not settings.tsa:
        yield Check("tsa", "warning", "doctor.no_tsa")
    for url in settings.tsa:
        try:
            # A TSA is asked over plain HTTP: its answer is signed (RFC 3161, 3.4).
            requests.get(url, timeout=TIMEOUT_S, allow_redirects=False).close()
        except requests.RequestException:
            yield Check("tsa", "warning", "doctor.tsa_away", url)
        else:
            yield Check("tsa", "ok", "doctor.tsa_ok", url)


def _ask_server(address: ServerAddress) -> str | None:
    """Ask the document server for its sign-in metadata; returns its clock as it says it.

    Raises:
        AppError: as `Transport.send`; `server.garbage` where something else answers.
    """
    transport = Transport(address)
    try:
        with transport.send("GET", "/.well-known/oauth-authorization-server") as answer:
            if answer.status_code != requests.codes.ok:
                raise AppError("server.garbage", server=address.url)
            return answer.headers.get("Date")
    finally:
        transport.close()
