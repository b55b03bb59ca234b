"""Whole processes of the command line, from nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.bench.measure import Line, interleaved
from tests.bench.measure import run as run_process
from tests.bench.queue_sync import filled_store
from tests.bench.scene import Scene

ROUNDS = 9
NOBODY_THERE = "http://127.0.0.1:9"


def run(scene: Scene) -> Iterator[Line]:
    environment = {
        "TRINHKY_SETTINGS": str(scene.folder / "none.toml"),
        "QT_QPA_PLATFORM": "offscreen",
        # Compiled modules are kept, as wherever a program is installed.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(scene.folder / "pycache"),
    }

    def python(*words: str) -> None:
        run_process([sys.executable, *words], environment=environment)

    def window(which: str, data: str) -> None:
        run_process(
            [sys.executable, "-m", "tests.bench.window_start", which],
            environment=environment | {"TRINHKY_DATA": data, "TRINHKY_SERVER": NOBODY_THERE},
        )

    def help_of_place() -> None:
        python("-m", "app", "place", "--help")

    yield interleaved(help_of_place, lambda: python("-c", "pass"), ROUNDS).shown(
        "cold start, `trinhky place --help` / python -c pass"
    )
    yield interleaved(help_of_place, lambda: python("-c", "import pyhanko.sign"), ROUNDS).shown(
        "cold start, `trinhky place --help` / import pyhanko.sign"
    )
    file, trust = str(scene.signed[0]), str(scene.trust)
    yield interleaved(
        lambda: python("-m", "app", "verify", "--json", "--trust", trust, file),
        lambda: python("-m", "tests.bench.bare", "validate", trust, file),
        ROUNDS,
    ).shown("cold start, `trinhky verify` of one file / pyHanko one process (script)")
    for count in (100, 10_000):
        data = str(filled_store(Path(scene.folder, f"queue-{count}"), count))
        empty = partial(window, "empty", data)
        yield interleaved(partial(window, "painted", data), empty, ROUNDS).at_most(
            f"cold start to the painted queue, {count:,} tasks / an empty QMainWindow, painted", 2.0
        )
        yield interleaved(partial(window, "idle", data), empty, ROUNDS).shown(
            f"cold start until the window answers, {count:,} tasks / an empty QMainWindow, painted"
        )
