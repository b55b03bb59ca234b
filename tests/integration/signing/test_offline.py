"""Facts about checking without a network: none is asked for, also where certificates name addresses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.no_network import TOUCHED_NETWORK
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice

ROOT = Path(__file__).parents[3]
# urllib3 tries at its import whether this machine has an IPv6 address of its own; nothing leaves it.
_GUARDED = (
    "import urllib3; from tests.integration.no_network import forbid_network; forbid_network(); "
)


def _ran(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "ask",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_guard_ends_a_process_that_asks_for_the_network(ask: str) -> None:
    assert _ran("-c", _GUARDED + ask).returncode == TOUCHED_NETWORK


@pytest.mark.parametrize(("online", "code"), [(False, 0), (True, TOUCHED_NETWORK)])
def test_addresses_in_certificates_are_asked_only_where_a_person_says_so(
    letter: Letter, signing_office: SigningOffice, *, online: bool, code: int
) -> None:
    path = letter.approved.file.path
    check = (
        "from pathlib import Path; from signing.trust_files import anchors_at; "
        "from signing.verification import verify_file; "
        f"trust = anchors_at((Path({str(signing_office.trust)!r}),)); "
        f"print(verify_file(Path({str(path)!r}), trust, online={online}).verdict.value)"
    )
    done = _ran("-c", _GUARDED + check)
    assert done.returncode == code, done.stderr
    assert done.stdout.strip() == ("" if online else "valid")
