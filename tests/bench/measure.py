"""Measuring on a busy machine: both sides interleaved in one run, medians, the median of pairwise ratios."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Action = Callable[[], object]


@dataclass(frozen=True)
class Line:
    """One line of the report. `is_met` is None where there is no bar: the reference is shown beside."""

    name: str
    ours: str
    reference: str
    ratio: str
    bar: str = "-"
    is_met: bool | None = None

    def __str__(self) -> str:
        verdict = {True: "ok", False: "NOT MET", None: "shown"}[self.is_met]
        return " | ".join((self.name, self.ours, self.reference, self.ratio, self.bar, verdict))


@dataclass(frozen=True)
class Pair:
    """Medians in seconds, and the median of ours divided by the reference that ran right beside it."""

    ours_s: float
    reference_s: float
    ratio: float

    def at_most(self, name: str, bar: float, *, per: int = 1, unit: str = "") -> Line:
        ours, reference = milliseconds(self.ours_s / per), milliseconds(self.reference_s / per)
        return Line(
            name,
            ours + unit,
            reference + unit,
            f"{self.ratio:.2f} x",
            f"<= {bar:g} x",
            self.ratio <= bar,
        )

    def shown(self, name: str) -> Line:
        return Line(
            name, milliseconds(self.ours_s), milliseconds(self.reference_s), f"{self.ratio:.2f} x"
        )


def faster(name: str, ours_s: float, reference_s: float, bar: float | None, unit: str = "") -> Line:
    """The line for a bar that says how many times faster than the reference we are."""
    times = reference_s / ours_s
    return Line(
        name,
        milliseconds(ours_s) + unit,
        milliseconds(reference_s) + unit,
        f"{times:.1f} x faster",
        "-" if bar is None else f">= {bar:g} x",
        None if bar is None else times >= bar,
    )


def timed(action: Action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def interleaved(ours: Action, reference: Action, rounds: int, *, is_warm: bool = False) -> Pair:
    """Run A B, B A, A B, …: whatever else the machine does meets both. One round before does not count."""
    if not is_warm:
        ours(), reference()
    pairs = []
    for number in range(rounds):
        if number % 2:
            reference_s = timed(reference)
            pairs.append((timed(ours), reference_s))
        else:
            ours_s = timed(ours)
            pairs.append((ours_s, timed(reference)))
    return Pair(
        median(pair[0] for pair in pairs),
        median(pair[1] for pair in pairs),
        median(pair[0] / pair[1] for pair in pairs),
    )


def among(ours: Action, reference: Sequence[Action]) -> tuple[float, float]:
    """Time a long run of ours between two halves of short references; the latter's median is returned."""
    half = len(reference) // 2
    before = [timed(action) for action in reference[:half]]
    ours_s = timed(ours)
    return ours_s, median([*before, *(timed(action) for action in reference[half:])])


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 10 else f"{seconds:.1f} s"


def run(command: list[str], *, environment: dict[str, str] | None = None, stdin: str = "") -> str:
    """Run a whole process and return its standard output; a failure is a broken benchmark."""
    done = subprocess.run(
        command,
        env=os.environ | (environment or {}),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[:4]}: {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def peak_bytes_of_tree() -> int:
    """Sum of the peaks of this process and all below it, what they share counted once.

    An upper bound without sampling: the peaks need not coincide. Linux only.
    """
    return sum(_peak_bytes(Path("/proc", str(pid))) for pid in _tree(os.getpid()))


def _tree(pid: int) -> list[int]:
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text(encoding="ascii").split():
            found += _tree(int(child))
    return found


def _peak_bytes(process: Path) -> int:
    peak = _kilobytes(process / "status", "VmHWM:")
    now, own_share = (_kilobytes(process / "smaps_rollup", key) for key in ("Rss:", "Pss:"))
    return (peak - (now - own_share)) * 1024


def _kilobytes(file: Path, key: str) -> int:
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key))
