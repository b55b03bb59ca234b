"""Whom a verdict rests on, as it is told beside it: engine-free."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrustedRoot:
    """A trust anchor by its name and the fingerprint (SHA-256) of its certificate."""

    name: str
    sha256: str
