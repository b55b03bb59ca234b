"""Memory of all our processes: the first page shown, one signature made and one more over it, both judged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Line
from tests.bench.measure import run as run_process
from tests.bench.scene import Scene

MIB = 1024**2
BAR_BYTES = 400 * MIB
HOW = "memory of all processes without Qt (sum of their peaks), view, sign, seal, verify"


def run(scene: Scene) -> Iterator[Line]:
    small, scan, large = (
        _peak_bytes(scene, path) for path in (scene.letter, scene.scan, scene.large_scan)
    )
    scan_bytes, large_bytes = scene.scan.stat().st_size, scene.large_scan.stat().st_size
    yield Line(
        f"{HOW}, {scan_bytes / MIB:.0f} MiB scan / 2 pages",
        f"{scan / MIB:.0f} MiB",
        f"{small / MIB:.0f} MiB",
        f"{scan / small:.2f} x",
        f"<= {BAR_BYTES / MIB:.0f} MiB",
        scan <= BAR_BYTES,
    )
    growth = (large - small) / large_bytes
    yield Line(
        f"{HOW}, growth from 2 pages to a large scan / the file",
        f"{(large - small) / MIB:.0f} MiB",
        f"{large_bytes / MIB:.0f} MiB",
        f"{growth:.2f} x",
        "<= 1.5 x",
        growth <= 1.5,
    )


def _peak_bytes(scene: Scene, path: Path) -> int:
    token = scene.token
    words = (scene.module, token.serial, token.certificate_sha256)
    paths = (scene.trust, scene.image, path, scene.folder / "memory.pdf")
    told = run_process(
        [sys.executable, "-m", "tests.bench.memory_day", *words, *(str(item) for item in paths)],
        stdin=token.user_pin,
    )
    return int(told)
