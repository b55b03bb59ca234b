"""Facts about Ctrl-C at a command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

PATIENCE_S = 60.0
MANY = 3000
"""So many files take longer than it takes to see that the processes start."""


def _is_importing(head: int) -> bool:
    """Tell whether the process that a program's workers are copies of has begun to import what they need."""
    children = Path(f"/proc/{head}/task").glob("*/children")
    for child in " ".join(path.read_text() for path in children).split():
        process = Path(f"/proc/{child}")
        with suppress(OSError):
            is_it = b"forkserver" in (process / "cmdline").read_bytes()
            if is_it and "cryptography" in (process / "maps").read_text():
                return True
    return False


@pytest.mark.usefixtures("hears_ctrl_c")
def test_ctrl_c_while_the_processes_start_ends_a_command_without_a_word(tmp_path: Path) -> None:
    draft = tmp_path / "draft.pdf"
    draft.write_bytes(b"%PDF-1.7\n")
    with subprocess.Popen(
        [sys.executable, "-m", "app", "verify", *[str(draft)] * MANY],
        env=os.environ | {"HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as command:
        until_s = time.monotonic() + PATIENCE_S
        while not _is_importing(command.pid):
            assert time.monotonic() < until_s
            os.sched_yield()
        os.killpg(command.pid, signal.SIGINT)
        _, noted = command.communicate(timeout=PATIENCE_S)
    assert (command.returncode, noted) == (130, "")
