"""What a verify process runs; imported in the child alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from signing.profile import VerificationProfile
from signing.report import FileReport
from signing.trust_files import anchors_at
from signing.verification import verify_file


def verify(
    path: Path,
    anchors: tuple[Path, ...],
    at: datetime | None,
    *,
    online: bool,
    profile: VerificationProfile,
) -> FileReport:
    """Judge a file against the trust store at `anchors`; raises as `anchors_at` and `verify_file`."""
    return verify_file(path, anchors_at(anchors), at=at, online=online, profile=profile)
