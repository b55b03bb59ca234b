"""A token with faults: the demo leader's, behind `module.c`, which says what faults there are."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.demo.token_writer import SOFTHSM_CONF
from app.demo.tokens import DemoToken, plug_in, softhsm_environment, softhsm_module
from tests.integration.signing.office import shared_office

SOURCE = Path(__file__).with_name("module.c")
PIN_PAD = ("C_Login pad", "C_GetTokenInfo flags 0x100")
PULLED = (
    "C_GetSlotList empty",
    *(f"{name} ckr 0xe0" for name in ("C_GetTokenInfo", "C_OpenSession")),
)
PULLED_WHILE_OPEN = (*PULLED, "C_Sign ckr 0x32")
"""The token is out; what was open on it is dead for good as soon as it is asked to sign."""


@dataclass(frozen=True)
class Bed:
    """One token in its slot. `environment` is for the process that loads `module`, before it does."""

    module: str
    environment: dict[str, str]
    token: DemoToken
    rules: Path
    calls_file: Path

    def set(self, *rules: str) -> None:
        """Let these faults hold from now on, and no others."""
        aside = self.rules.with_suffix(".new")
        aside.write_text("".join(f"{rule}\n" for rule in rules), encoding="utf-8")
        aside.replace(self.rules)

    def next(self, function: str, after: int = 0) -> int:
        """Return the number of a function's next call, or of one after that: what `module.c` calls NTH."""
        return self.calls(function) + after + 1

    def calls(self, function: str) -> int:
        """Count the calls of a function since the bed was made, in all processes."""
        return sum(line.split()[0] == function for line in self._lines())

    @property
    def pins(self) -> int:
        """How many times a PIN was sent to the token."""
        return sum(line.startswith("C_Login") and line.endswith(" pin") for line in self._lines())

    @property
    def signature_pins(self) -> int:
        """How many of them allowed one signature each, of a key that wants that; the others opened the token."""
        return self._lines().count("C_Login context pin")

    def _lines(self) -> list[str]:
        return self.calls_file.read_text(encoding="utf-8").splitlines()


_BUILT = pytest.StashKey[Path]()


def build(folder: Path) -> Path:
    """Make the module in a folder, and beside it the SoftHSM that it stands before; returns the module."""
    strict = ("-Wall", "-Wextra", "-Werror", "-O1", "-fPIC", "-fvisibility=hidden")
    target = folder / "faulty.so"
    header = "-I/usr/include/p11-kit-1"
    subprocess.run(["gcc", "-shared", *strict, header, SOURCE, "-o", target], check=True)
    # A copy of its own: the one of the system may be loaded by the same process, and has one state.
    shutil.copy(softhsm_module(), folder / "behind.so")
    return target


def built_for(config: pytest.Config, factory: pytest.TempPathFactory) -> Path:
    """The folder with the module, built once a test run, and the SoftHSM that it stands before."""
    if _BUILT not in config.stash:
        folder = factory.mktemp("faulty-module")
        build(folder)
        config.stash[_BUILT] = folder
    return config.stash[_BUILT]


def make_bed(
    config: pytest.Config,
    factory: pytest.TempPathFactory,
    folder: Path,
    *,
    with_seal: bool = False,
) -> Bed:
    """Make a bed without faults, its files under a folder; the agency's token may be in beside the leader's."""
    office = shared_office(config, factory)
    built = built_for(config, factory)
    return bed_in(folder, built, office.folder / "tokens", office.leader, with_seal=with_seal)


def bed_in(
    folder: Path, built: Path, tokens: Path, token: DemoToken, *, with_seal: bool = False
) -> Bed:
    """Make a bed without faults of one token of those under `tokens`, or of all; `built` is where `build` was."""
    rules, calls = folder / "rules", folder / "calls"
    own = softhsm_environment(tokens) if with_seal else plug_in(tokens, folder / "desk", token)
    others = plug_in(tokens, folder / "empty-desk", None)
    environment = {
        "FAULTY_MODULE": str(built / "behind.so"),
        "FAULTY_CONF": own[SOFTHSM_CONF],
        "FAULTY_RULES": str(rules),
        "FAULTY_CALLS": str(calls),
        "FAULTY_PAD_PIN": token.user_pin,
    }
    rules.touch()
    calls.touch()
    return Bed(str(built / "faulty.so"), others | environment, token, rules, calls)
