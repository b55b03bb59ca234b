"""The research corpus: 141 real, broken, hostile and attacking files, judged in a child process with a deadline."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpora" / "validation"
DEADLINE_S = 60.0
"""After which a file counts as hung; its process may compute for ten seconds of them."""
HUNG = "hung"

KNOWN_DIFFERENCES = {
    # The second signature carries the first one's time stamp: DSS ignores it, the design calls a forged part worthless.
    "sig-dss/dss--pades-two-sig-copied-tst.pdf": "invalid",
}

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the research corpora are not beside the checkout (../shared)"
)


def _cases() -> list[dict[str, Any]]:
    if not CORPUS.is_dir():
        return []
    manifest = json.loads((CORPUS / "manifest.json").read_text(encoding="utf-8"))
    files: list[dict[str, Any]] = manifest["files"]
    return files


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    """Every file's report, or `hung` for one that missed its deadline, as the supervised process would be ended."""
    left = [case["file"] for case in _cases()]
    reports: dict[str, Any] = {}
    while left:
        reports.update(_judge_until_one_hangs(left))
        left = [name for name in left if name not in reports]
    return reports


def _judge_until_one_hangs(names: list[str]) -> dict[str, Any]:
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.validation_worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    done: dict[str, Any] = {}
    with worker, selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        for name in names:
            worker.stdin.write(f"{CORPUS / name}\n".encode())
            worker.stdin.flush()
            line = worker.stdout.readline() if selector.select(DEADLINE_S) else b""
            if not line:
                done[name] = HUNG
                worker.kill()
                break
            done[name] = json.loads(line)
    return done


def _trust_aside(report: Any) -> str:
    """The manifest's verdict for our report, as if every certificate were trusted."""
    if report == HUNG or report["verdict"] == "unreadable":
        return "malformed"
    if report["verdict"] in {"unsigned", "invalid"}:
        return str(report["verdict"])
    unknown = any(
        signature["authentication"]["integrity"] != "intact" for signature in report["signatures"]
    )
    return "indeterminate" if unknown else "valid"


def _acceptable(case: dict[str, Any], report: Any) -> set[str]:
    """What the manifest calls right, in our words."""
    if case["file"] in KNOWN_DIFFERENCES:
        return {KNOWN_DIFFERENCES[case["file"]]}
    right = {case["expected"], *case["also_ok"]}
    if "modified-after-signing" in right and _has_disallowed_change(report):
        right.add("invalid")
    if case["category"].startswith("attack-"):
        return (right | {"malformed"}) - {"valid"}
    if case["expected"] == "invalid" and report["reason"] == "verify.signed_but_unreadable":
        right.add("malformed")
    if case["expected"] == "valid":
        right.add("indeterminate")
    if case["category"] == "malformed":
        right |= {"malformed", "unsigned", "indeterminate", "invalid"}
    return right


def _has_disallowed_change(report: Any) -> bool:
    return report != HUNG and any(
        not change["allowed"]
        for signature in report["signatures"]
        for change in signature["authentication"]["changes_after"]
    )


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["file"]))
@pytest.mark.timeout(240)
def test_the_file_is_judged_as_its_source_says(
    case: dict[str, Any], judged: dict[str, Any]
) -> None:
    report = judged[case["file"]]

    assert _trust_aside(report) in _acceptable(case, report)


def test_no_file_of_the_corpus_is_ever_called_valid_without_a_trust_anchor(
    judged: dict[str, Any],
) -> None:
    called_valid = [
        name for name, report in judged.items() if report != HUNG and report["verdict"] == "valid"
    ]

    assert called_valid == []


def test_every_file_of_the_corpus_ends_in_a_verdict_without_the_network(
    judged: dict[str, Any],
) -> None:
    """Within ten seconds of work and 1 GB, in a process that a question to the network would end."""
    assert [name for name, report in judged.items() if report == HUNG] == []
