"""The local trust store read from its files once, and again whenever they change."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from signing.trust import TrustAnchors

_Stamp = tuple[str, int, int]


def anchors_at(paths: tuple[Path, ...]) -> TrustAnchors:
    """Return the trust store at files and folders; raises as `TrustAnchors.load`."""
    return _loaded(paths, _stamps(paths))


@lru_cache(maxsize=4)
def _loaded(paths: tuple[Path, ...], _stamps: tuple[_Stamp, ...]) -> TrustAnchors:
    return TrustAnchors.load(paths)


def _stamps(paths: tuple[Path, ...]) -> tuple[_Stamp, ...]:
    """Tell one state of the trust store from another: a root that was removed is removed at once."""
    files = [file for path in paths for file in (path, *sorted(path.glob("**/*")))]
    return tuple(
        (str(file), state.st_mtime_ns, state.st_size)
        for file in files
        if file.exists()
        for state in (file.stat(),)
    )
