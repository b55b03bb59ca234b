"""What an office asks of a signature beyond what the standards ask. Imports nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VerificationProfile:
    """The defaults are the government profile: what is missing is said and leaves its own section undetermined."""

    require_timestamp: bool = False
    require_revocation: bool = False
    forbid_sha1: bool = False
    allow_signing_after_certification: bool = True
