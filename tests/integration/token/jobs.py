"""What the tests run in a process of its own with OpenSC's module: modules are never unloaded."""

from __future__ import annotations

from pathlib import Path

from signing.token.driver import Driver
from signing.token.pin import Pin


def sign(
    module: Path, serial: str, certificate_sha256: str, pin: Pin, texts: tuple[bytes, ...]
) -> tuple[bytes, ...]:
    """Open a token and make a raw signature over each text."""
    driver = Driver(module)
    with driver.login(serial=serial, certificate_sha256=certificate_sha256, pin=pin) as session:
        return tuple(session.sign(text, "sha256") for text in texts)
