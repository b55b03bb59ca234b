"""The signing desk: the tokens that are open in this process, and signatures made with them.

The functions here are what the token process is asked to run, one at a time, on the thread that owns the
PKCS#11 modules. A PIN comes in once and is forgotten; what stays is the logged-in session.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from signing.errors import SigningError
from signing.pades import sign_file
from signing.request import SignatureRequest, SignedFile
from signing.terms import PadesLevel
from signing.token.driver import Driver, Session
from signing.token.pin import Pin
from signing.trust_files import anchors_at
from signing.tsa_client import never

_open: dict[str, Session] = {}
"""Logged-in sessions by their certificate's SHA-256."""

_places: dict[str, tuple[str, str]] = {}
"""Module and token serial of each open session."""

LOST = ("token.removed", "token.failed", "token.pin_each_time", "token.bad_signature")
"""After these a session is worth nothing: all are dropped, and the person is asked again. A signature by
another key means another card in the reader (research: tokens)."""


def login(
    module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
) -> None:
    """Open a token for signing with one certificate, trying the PIN once.

    Raises:
        SigningError: as `Driver.login`.
    """
    logout(certificate_sha256)
    # A token takes one login: another certificate of the same token takes its place.
    for other in [key for key, place in _places.items() if place == (module, serial)]:
        logout(other)
    driver = Driver(Path(module))
    _open[certificate_sha256] = driver.login(
        serial=serial, certificate_sha256=certificate_sha256, pin=pin, last_try=last_try
    )
    _places[certificate_sha256] = (module, serial)


def sign(
    base: Path,
    out: Path,
    request: SignatureRequest,
    *,
    trust: tuple[Path, ...] = (),
    given_up: Callable[[], bool] = never,
) -> SignedFile:
    """Sign a file with an open token.

    Args:
        base: the file that was shown.
        out: the new file.
        request: what to make; its certificate names the token.
        trust: files and folders of the trust store, for the time stamp.
        given_up: says whether the person waits no more for a time stamp.

    Raises:
        SigningError: `token.not_open`, `trust.not_readable`, and as `signing.pades.sign_file`.
    """
    session = _open.get(request.certificate_sha256)
    if session is None:
        raise SigningError("token.not_open")
    try:
        is_stamped = request.level is not PadesLevel.B_B and bool(request.tsa_urls)
        return sign_file(
            base,
            out,
            request,
            session,
            trust=anchors_at(trust) if is_stamped else None,
            given_up=given_up,
        )
    except SigningError as error:
        if error.code in LOST:
            logout()
        raise


def logout(certificate_sha256: str | None = None) -> None:
    """Forget one open token, or all of them."""
    chosen = list(_open) if certificate_sha256 is None else [certificate_sha256]
    for key in chosen:
        session = _open.pop(key, None)
        _places.pop(key, None)
        if session is not None:
            session.close()
