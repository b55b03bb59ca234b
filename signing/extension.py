"""What a signed file is asked to become, and what became of it: frozen, engine-free."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signing.request import STAMP_TIMEOUT_S, StampTry
from signing.terms import PadesLevel

STATUS_S = 60.0
"""How long all services that tell certificates' status may take together."""


@dataclass(frozen=True, slots=True)
class ExtensionRequest:
    """A level for a file's signatures. `tsa_urls` are asked in this order."""

    base_sha256: str
    level: PadesLevel
    tsa_urls: tuple[str, ...] = ()
    tsa_timeout_s: float = STAMP_TIMEOUT_S
    status_s: float = STATUS_S


@dataclass(frozen=True, slots=True)
class ExtendedFile:
    """The outcome: what was `gained` ("document_timestamp", "validation_data"), and codes of what was not.

    Which level it has reached is for verification to say.
    """

    path: Path
    sha256: str
    gained: tuple[str, ...]
    notes: tuple[str, ...] = ()
    stamp_tries: tuple[StampTry, ...] = ()
