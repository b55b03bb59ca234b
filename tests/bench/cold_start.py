"""Whole processes of the command line, from nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Line, interleaved
from tests.bench.measure import run as run_process
from tests.bench.queue_sync import filled_store
from tests.bench.scene import Scene

ROUNDS = 5
WINDOW = (
    "from PySide6.QtWidgets import QApplication, QMainWindow\n"
    "application = QApplication([])\nwindow = QMainWindow()\nwindow.show()\n"
    "application.processEvents()"
)
QUEUE = (
    "import sys\nfrom pathlib import Path\nfrom app.store import open_store\n"
    "from app.workflow.documents import Queue\n"
    "with open_store(Path(sys.argv[1])) as store: store.cache.tasks(Queue.TO_SIGN)"
)


def run(scene: Scene) -> Iterator[Line]:
    environment = {
        "TRINHKY_SETTINGS": str(scene.folder / "none.toml"),
        "QT_QPA_PLATFORM": "offscreen",
    }

    def python(*words: str) -> None:
        run_process([sys.executable, *words], environment=environment)

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
    small, large = (
        filled_store(Path(scene.folder, f"queue-{count}"), count) for count in (100, 10_000)
    )
    yield interleaved(
        lambda: python("-c", QUEUE, str(small)), lambda: python("-c", WINDOW), ROUNDS
    ).at_most("cold start, 100 tasks from the store, no window yet / an empty QMainWindow", 2.0)
    yield interleaved(
        lambda: python("-c", QUEUE, str(large)), lambda: python("-c", WINDOW), ROUNDS
    ).at_most("cold start, 10,000 tasks from the store, no window yet / an empty QMainWindow", 2.0)
