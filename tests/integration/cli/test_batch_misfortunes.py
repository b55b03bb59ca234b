"""Facts about a batch on the command line in which one file has bad luck."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from app.workers import process
from tests.faulty.bed import make_bed
from tests.integration.cli.conftest import CommandLineHere
from tests.integration.signing.office import SigningOffice

SOON_S = 60.0


def test_a_signing_process_that_dies_takes_its_own_file_alone(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    signing_office: SigningOffice,
) -> None:
    bed = make_bed(pytestconfig, tmp_path_factory, tmp_path)
    bed.set("C_Sign delay_ms 500")
    own = {"HOME": str(tmp_path), "TRINHKY_MODULES": bed.module}
    trinhky = CommandLineHere(tmp_path, own | bed.environment)
    paths = [tmp_path / f"{name}.pdf" for name in ("ba", "bon", "hai", "mot")]
    for path in paths:
        path.write_bytes(signing_office.draft.read_bytes())

    others = set(process._open)

    def kill() -> None:
        until_s = time.monotonic() + SOON_S
        while not bed.calls("C_Sign") and time.monotonic() < until_s:
            os.sched_yield()
        own = set(process._open) - others
        pid = next(item.pid for item in own if item.name == "signing-1")
        assert pid is not None
        os.kill(pid, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    answer = trinhky.signs(
        *("--kind", "personal", "--batch", "--certificate", bed.token.certificate_sha256),
        *("--box", "1:120,180,165,202"),
        *paths,
        pin=bed.token.user_pin,
    )
    killing.join()
    codes = [row["error"] and row["error"]["code"] for row in answer.rows]
    assert sorted(map(str, codes)) == ["None", "None", "None", "worker.crashed"]
