"""The size of what a client needs installed: the product's dependencies and theirs, no demo office, no tools."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from tests.bench.measure import Line
from tests.bench.scene import Scene

MB = 1_000_000
BAR_MB = 420
PRODUCT = "trinhky"
QT = "PySide6-Essentials"


def run(_scene: Scene) -> Iterator[Line]:
    needed = _needed(PRODUCT, frozenset(), {})
    total, qt = (
        sum(_size_bytes(name) for name in names) for names in (needed, _needed(QT, frozenset(), {}))
    )
    yield Line(
        f"installed size of the client's {len(needed)} packages / {QT} with shiboken6",
        f"{total / MB:.0f} MB",
        f"{qt / MB:.0f} MB",
        f"{total / qt:.2f} x",
        f"<= {BAR_MB} MB",
        total <= BAR_MB * MB,
    )


def _needed(
    name: str, extras: frozenset[str], found: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Walk the requirements of what is installed, with the extras that are asked for and their markers."""
    key = name.lower().replace("_", "-").replace(".", "-")
    if key in found and extras <= found[key]:
        return found
    found[key] = found.get(key, frozenset()) | extras
    for text in metadata.distribution(name).requires or ():
        requirement = Requirement(text)
        wanted = any(
            requirement.marker is None or requirement.marker.evaluate({"extra": extra})
            for extra in ("", *found[key])
        )
        if wanted:
            _needed(requirement.name, frozenset(requirement.extras), found)
    return found


def _size_bytes(name: str) -> int:
    distribution = metadata.distribution(name)
    paths = {Path(str(distribution.locate_file(file))) for file in distribution.files or ()}
    return sum(path.stat().st_size for path in paths if path.is_file())
