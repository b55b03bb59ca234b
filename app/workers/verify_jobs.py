"""What a verify process runs; imported in the child alone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from signing.profile import VerificationProfile
from signing.report import FileReport
from signing.roots import TrustedRoot
from signing.trust_files import anchors_at
from signing.trust_listing import list_store
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


def trusted_roots(anchors: tuple[Path, ...]) -> tuple[TrustedRoot, ...]:
    """Name the roots among the trust store's files, each once; raises as `list_store`."""
    roots = (item for item in list_store(anchors).authorities if item.is_root)
    return tuple(dict.fromkeys(TrustedRoot(item.name, item.sha256) for item in roots))
