"""What this program, `pdfsig` and pyHanko say of the files of a corpus, each in one word, trust aside."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.workers.render import RenderClient
from app.workers.verify import VerifyClient
from app.workflow.checking import check_each
from signing.report import FileReport
from signing.terms import Verdict

ROOT = Path(__file__).parents[2]
"""Of the checkout; the corpora lie beside it."""
OTHERS_S = 20.0
"""How long another program may take for a file; it is ended then, and could not check it."""

_FAULTS = ("Signature is Invalid", "Digest Mismatch", "isn't signed or corrupted")
_NOT_GREEN = {"verify.viewer_repaired", "verify.words_hidden"}


def said_by_us(paths: Sequence[Path]) -> list[str]:
    """Of `trinhky verify`, in processes of its own, offline."""
    with VerifyClient(()) as judge, RenderClient() as eyes:
        reports = dict(check_each(judge, eyes, paths))
    return [trust_aside(reports[index]) for index in range(len(paths))]


def trust_aside(report: FileReport) -> str:
    """What is said of a file whose certificates nobody knows, as if they were trusted."""
    if report.verdict in {Verdict.UNSIGNED, Verdict.INVALID}:
        return report.verdict.value
    is_open = report.verdict is Verdict.UNREADABLE or any(
        item.authentication.integrity != "intact" or _NOT_GREEN & set(item.warnings)
        for item in report.signatures
    )
    return "unchecked" if is_open else "valid"


def said_by_pdfsig(path: Path) -> str:
    """`valid` or `invalid` by all its signatures, `unsigned`, or `unchecked`."""
    try:
        done = subprocess.run(
            ["pdfsig", "-nocert", path],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=OTHERS_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "unchecked"
    said = [line for line in done.stdout.splitlines() if "Signature Validation:" in line]
    if "does not contain any signatures" in done.stdout + done.stderr:
        return "unsigned"
    if any(fault in line for line in said for fault in _FAULTS):
        return "invalid"
    is_whole = said and done.returncode >= 0 and all("Signature is Valid" in line for line in said)
    return "valid" if is_whole else "unchecked"


def said_by_pyhanko(paths: Sequence[Path]) -> list[str]:
    """Of pyHanko's reader and validator as its command line calls them; it is not installed with the library."""
    said: list[str] = []
    while len(said) < len(paths):
        said += _until_one_hangs(paths[len(said) :])
    return said


def _until_one_hangs(paths: Sequence[Path]) -> list[str]:
    said: list[str] = []
    worker = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.agreement_worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert worker.stdin is not None
    assert worker.stdout is not None
    with worker, selectors.DefaultSelector() as selector:
        selector.register(worker.stdout, selectors.EVENT_READ)
        for path in paths:
            worker.stdin.write(f"{path}\n".encode())
            worker.stdin.flush()
            line = worker.stdout.readline() if selector.select(OTHERS_S) else b""
            said.append(line.decode().strip() or "unchecked")
            if not line:
                worker.kill()
                break
    return said
