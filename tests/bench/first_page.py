"""The first page of a stored draft, from choosing it to its pixels in this process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pymupdf

from tests.bench.measure import Line, interleaved, milliseconds
from tests.bench.scene import Scene

ROUNDS = 15
DPI = 96.0
FRAME_S = 0.016


def run(scene: Scene) -> Iterator[Line]:
    render = scene.processes.render

    def ours(path: Path) -> None:
        render.page(path, 0, DPI).result()

    def reference(path: Path) -> None:
        with pymupdf.open(path) as document:
            document[0].get_pixmap(dpi=int(DPI)).samples  # noqa: B018 - the pixels are what is measured

    for title, path in (
        ("2 pages", scene.letter),
        ("200 pages", scene.report),
        ("23 MB scan", scene.scan),
    ):
        pair = interleaved(
            partial(ours, path),
            partial(reference, path),
            ROUNDS,
        )
        bar_s = 1.5 * pair.reference_s + FRAME_S
        yield Line(
            f"first page, {title}, through the render process / PyMuPDF in-process",
            milliseconds(pair.ours_s),
            milliseconds(pair.reference_s),
            f"{pair.ratio:.2f} x",
            f"<= 1.5 x + {milliseconds(FRAME_S)}",
            pair.ours_s <= bar_s,
        )
