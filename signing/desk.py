"""The signing desk: the tokens that are open in this process, and the raw signatures made with them.

The functions here are what the token process is asked to run, one at a time, on the thread that owns the
PKCS#11 modules. A PIN comes in once and is forgotten; what stays is the logged-in session.
"""

from __future__ import annotations

from pathlib import Path

from signing.errors import KEY_STAYS_OPEN, SigningError
from signing.token.driver import Driver, Session
from signing.token.key_file import OpenKeyFile, open_key_file
from signing.token.pin import Pin
from signing.token.records import OpenedKey, RawRequest, is_key_file

_open: dict[str, Session | OpenKeyFile] = {}
"""Logged-in sessions and opened key files by their certificate's SHA-256."""

_places: dict[str, tuple[str, str]] = {}
"""Module and token serial of each open session."""

_drivers: dict[str, Driver] = {}
"""Modules that were loaded to open a token, or to see what is in."""


def login(
    module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
) -> OpenedKey:
    """Open a token for signing with one certificate, trying the PIN once.

    Raises:
        SigningError: as `Driver.login`; of a PKCS#12 file as `open_key_file`.
    """
    logout(certificate_sha256)
    # A token takes one login: another certificate of the same token takes its place.
    for other in [key for key, place in _places.items() if place == (module, serial)]:
        logout(other)
    try:
        if is_key_file(module):
            opened: Session | OpenKeyFile = open_key_file(Path(module), certificate_sha256, pin)
        else:
            opened = _driver(module).login(
                serial=serial, certificate_sha256=certificate_sha256, pin=pin, last_try=last_try
            )
    except SigningError:
        logout()  # a module that refused a PIN was begun anew
        raise
    _open[certificate_sha256] = opened
    _places[certificate_sha256] = (module, serial)
    return opened.opened_key()


def _driver(module: str) -> Driver:
    """Return a module's driver, which sees what is in now where nothing is open on it."""
    driver = _loaded(module)
    if module not in {place for place, _ in _places.values()}:
        # What a module remembers of its slots may be of another card (research: tokens).
        driver.forget_slots()
    return driver


def _loaded(module: str) -> Driver:
    driver = _drivers.get(module)
    if driver is None:
        driver = _drivers[module] = Driver(Path(module))
    return driver


def sign_raw(certificate_sha256: str, wanted: RawRequest) -> bytes:
    """Sign data with an open token; the result is as of `Session.sign`, `Session.sign_pss`.

    Raises:
        SigningError: `token.not_open`, and as `Session.sign`.
    """
    session = _open.get(certificate_sha256)
    if session is None:
        raise SigningError("token.not_open")
    try:
        if wanted.pss_salt_bytes is None:
            return session.sign(wanted.data, wanted.digest)
        return session.sign_pss(wanted.data, wanted.digest, wanted.pss_salt_bytes)
    except SigningError as error:
        if error.code not in KEY_STAYS_OPEN:
            logout()
        raise


def glance(modules: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return module and serial number of each token that is in now, quickly and without reading certificates.

    Of a module that fails, it is the error's code in the serial number's place.
    """
    seen = []
    for module in modules:
        try:
            seen += [(module, serial) for serial in _loaded(module).serials()]
        except SigningError as error:
            seen.append((module, error.code))
    return tuple(seen)


def logout(certificate_sha256: str | None = None) -> None:
    """Forget one open token, or all of them."""
    chosen = list(_open) if certificate_sha256 is None else [certificate_sha256]
    for key in chosen:
        session = _open.pop(key, None)
        _places.pop(key, None)
        if session is not None:
            session.close()
