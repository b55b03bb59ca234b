"""What signing stands on at this machine itself: fonts, rules, programs, services, folders."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from app.diagnosis.records import Check, failed
from app.errors import AppError
from app.rules import load_profile
from app.settings import Settings
from app.store import open_store
from app.store.trust import TrustFolder
from app.workers import libreoffice
from signing.errors import SigningError

PCSC_SOCKETS = ("/run/pcscd/pcscd.comm", "/var/run/pcscd/pcscd.comm")


def check_machine(settings: Settings) -> Iterator[Check]:
    """Look at everything that needs neither a token nor the network."""
    yield _fonts(settings)
    yield _tried(
        "profile",
        lambda: load_profile(settings.profile, settings.profiles_folder).id,
        "doctor.profile_ok",
    )
    yield _converter(settings)
    yield _card_service()
    yield _keyring()
    yield _tried("store", lambda: _store(settings), "doctor.store_ok")
    yield _trust(settings)


def _fonts(settings: Settings) -> Check:
    """Say whether text is drawn in the rules' own font or in a twin with its metrics."""
    from signing.fonts import family_of, serif_font  # noqa: PLC0415 - brings a reader of fonts

    try:
        path = serif_font()
        wanted = load_profile(settings.profile, settings.profiles_folder).text.font
        family = family_of(path)
    except (AppError, SigningError) as error:
        return failed("fonts", error)
    code = "doctor.fonts_ok" if family == wanted else "doctor.fonts_twin"
    return Check("fonts", "ok", code, {"detail": f"{family} ({path})"})


def _tried(name: str, look: Callable[[], str], good: str) -> Check:
    try:
        return Check(name, "ok", good, {"detail": look()})
    except (AppError, SigningError) as error:
        return failed(name, error)


def _converter(settings: Settings) -> Check:
    """Say whether drafts that come as Word files can be converted; offices without such drafts do without."""
    program = libreoffice.find(settings.converter)
    if program is None:
        return Check("converter", "warning", "doctor.converter_missing")
    said = libreoffice.version(program)
    if said is None:
        return Check("converter", "warning", "doctor.converter_silent", {"detail": str(program)})
    return Check("converter", "ok", "doctor.converter_ok", {"detail": f"{said}, {program}"})


def _card_service() -> Check:
    """Say whether the smart card service runs, which hardware tokens need; other systems start theirs."""
    if sys.platform != "linux":
        return Check("pcsc", "ok", "doctor.pcsc_elsewhere", {"detail": sys.platform})
    if any(Path(item).exists() for item in PCSC_SOCKETS):
        return Check("pcsc", "ok", "doctor.pcsc_ok")
    return Check("pcsc", "warning", "doctor.pcsc_missing")


def _keyring() -> Check:
    import keyring  # noqa: PLC0415 - looks for the desktop's services when it is imported
    from keyring.backends.fail import Keyring as NoKeyring  # noqa: PLC0415

    backend = keyring.get_keyring()
    if isinstance(backend, NoKeyring):
        return Check("keyring", "warning", "server.no_keyring")
    return Check("keyring", "ok", "doctor.keyring_ok", {"detail": backend.name})


def _store(settings: Settings) -> str:
    with open_store(settings.data) as store:
        return f"{settings.data} ({len(store.journal.unfinished())})"


def _trust(settings: Settings) -> Check:
    missing = [str(item) for item in settings.trust if not item.exists()]
    if missing:
        return Check("trust", "error", "doctor.trust_missing", {"detail": ", ".join(missing)})
    added = len(TrustFolder(settings.data).kept())
    if not settings.trust and not added:
        return Check("trust", "warning", "doctor.trust_empty")
    paths = [
        *map(str, settings.trust),
        *([f"{settings.data / 'trust'} ({added})"] if added else []),
    ]
    return Check("trust", "ok", "doctor.trust_ok", {"detail": ", ".join(paths)})
