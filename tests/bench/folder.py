"""Verifying a folder of 100 signed files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

from app.workers.verify import VerifyClient
from signing.terms import Verdict
from tests.bench import bare
from tests.bench.measure import Line, among, faster, interleaved, timed
from tests.bench.measure import run as run_process
from tests.bench.scene import Scene

ROUNDS = 3
SCALED = 5
"""Files of the slow references; their time is scaled to the folder."""


def run(scene: Scene) -> Iterator[Line]:
    files, trust = scene.signed, scene.trust
    count = len(files)
    inputs = bare.validation_inputs(trust)

    def judge_all(client: VerifyClient) -> None:
        for _, report in client.verify_each(files):
            if report.verdict is Verdict.INVALID or report.verdict is Verdict.UNREADABLE:
                raise RuntimeError(report.path)

    def cold() -> None:
        with VerifyClient((trust,)) as client:
            judge_all(client)

    def in_process() -> None:
        for path in files:
            bare.validate(path, inputs)

    def one_process(path: Path) -> None:
        run_process([sys.executable, "-m", "tests.bench.bare", "validate", str(trust), str(path)])

    def pdfsig(path: Path) -> None:
        run_process(["pdfsig", "-nocert", str(path)])

    cold_s, one_s = among(cold, [partial(one_process, path) for path in files[:SCALED]])
    yield faster(
        f"verify {count} files, processes started / pyHanko one process each "
        f"(script for its absent command line; {SCALED} files scaled)",
        cold_s,
        one_s * count,
        15.0,
    )
    with VerifyClient((trust,)) as client:
        pair = interleaved(lambda: judge_all(client), in_process, ROUNDS)
    yield pair.at_most(
        f"verify {count} files, warm, 2 processes / pyHanko in-process, one core", 1.0
    )
    pdfsig_s = median(timed(partial(pdfsig, path)) for path in files[:SCALED])
    yield faster(
        f"verify {count} files, warm, 2 processes / pdfsig one process each ({SCALED} files scaled)",
        pair.ours_s,
        pdfsig_s * count,
        None,
    )
