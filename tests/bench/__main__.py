"""`python -m tests.bench [NAME ...]`: one line a measurement: name | ours | reference | ratio | bar | ok or NOT MET."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from tests.bench import (
    batch,
    cold_start,
    first_page,
    folder,
    installed,
    memory,
    one_signature,
    queue_sync,
    window,
)
from tests.bench.measure import Line
from tests.bench.scene import Scene

BENCHMARKS: dict[str, Callable[[Scene], Iterator[Line]]] = {
    "one_signature": one_signature.run,
    "folder": folder.run,
    "batch": batch.run,
    "memory": memory.run,
    "first_page": first_page.run,
    "cold_start": cold_start.run,
    "window": window.run,
    "queue": queue_sync.run,
    "installed": installed.run,
}


def main(names: list[str]) -> int:
    """Run the chosen benchmarks, or all; a bar that is not met is said and is no failure."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
        return 64
    print("name | ours | reference | ratio | bar | verdict", flush=True)
    started = time.monotonic()
    with Scene() as scene:
        for name in names or BENCHMARKS:
            for line in BENCHMARKS[name](scene):
                print(line, flush=True)
    print(f"took {time.monotonic() - started:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
