"""What a verify process runs; imported in the child alone."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from signing.profile import VerificationProfile
from signing.report import FileReport
from signing.trust import TrustAnchors
from signing.verification import verify_file

_Stamp = tuple[str, int, int]


def verify(
    path: Path,
    anchors: tuple[Path, ...],
    at: datetime | None,
    *,
    online: bool,
    profile: VerificationProfile,
) -> FileReport:
    """Judge a file against the trust store at `anchors`; raises as `TrustAnchors.load` and `verify_file`."""
    trust = _loaded(anchors, _stamps(anchors))
    return verify_file(path, trust, at=at, online=online, profile=profile)


@lru_cache(maxsize=4)
def _loaded(anchors: tuple[Path, ...], _stamps: tuple[_Stamp, ...]) -> TrustAnchors:
    return TrustAnchors.load(anchors)


def _stamps(anchors: tuple[Path, ...]) -> tuple[_Stamp, ...]:
    """Tell one state of the trust store from another: a root that was removed is removed at once."""
    files = [file for path in anchors for file in (path, *sorted(path.glob("**/*")))]
    return tuple(
        (str(file), state.st_mtime_ns, state.st_size)
        for file in files
        if file.exists()
        for state in (file.stat(),)
    )
