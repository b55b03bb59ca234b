"""What the token process runs to sign; imported in the child alone."""

from __future__ import annotations

from pathlib import Path

from app.workers.child import stop_requested
from signing import desk
from signing.request import SignatureRequest, SignedFile


def sign(base: Path, out: Path, request: SignatureRequest, trust: tuple[Path, ...]) -> SignedFile:
    """Sign; a request to stop gives up the time stamp alone, never the signature. Raises as `signing.desk.sign`."""
    return desk.sign(base, out, request, trust=trust, given_up=stop_requested)
