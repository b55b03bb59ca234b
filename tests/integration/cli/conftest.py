"""The command line as a person or a script starts it, with a home of its own.

Most tests run a command in their own process, where its workers need not import everything anew; what a process alone
can show (`test_window`, `test_interrupting`, the way from draft to issued in `test_sign`) runs in another one.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from tests.integration.signing.office import (
    FlawedTokens,
    SigningOffice,
    shared_flawed_tokens,
    shared_office,
)


@dataclass(frozen=True)
class Answer:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json["files"]
        return found


@dataclass(frozen=True)
class CommandLine:
    """Starts `trinhky`; all it knows of the office comes by its environment."""

    home: Path
    environment: Mapping[str, str]

    def run(self, *arguments: str | Path, stdin: str | None = None) -> Answer:
        """Run a command; without `stdin` there is nothing to read."""
        done = subprocess.run(
            [sys.executable, "-m", "app", *map(str, arguments)],
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            env=dict(self.environment),
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def signs(self, *arguments: str | Path, pin: str) -> Answer:
        """Run `sign --json` with a PIN on standard input."""
        return self.run("sign", "--json", *arguments, stdin=f"{pin}\n")

    @property
    def left_behind(self) -> str:
        """All that the program wrote under its home, logs included."""
        files = (path for path in self.home.rglob("*") if path.is_file())
        return "\n".join(path.read_bytes().decode("latin-1") for path in files)


@dataclass(frozen=True)
class CommandLineHere(CommandLine):
    """Runs `trinhky` in the tests' own process."""

    def run(self, *arguments: str | Path, stdin: str | None = None) -> Answer:
        """Run a command; without `stdin` there is nothing to read."""
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with (
            self._at_home(stdin or ""),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                code = main.run(list(map(str, arguments)), demo=_no_demo)
            except SystemExit as end:
                code = int(end.code or 0)
        return Answer(code, *(_written(stream) for stream in (out, err)))

    @contextlib.contextmanager
    def _at_home(self, stdin: str) -> Iterator[None]:
        root, before = logging.getLogger(), dict(os.environ)
        kept = (root.level, list(root.handlers), logging.raiseExceptions, logging.lastResort)
        with pytest.MonkeyPatch.context() as patch, contextlib.chdir(self.home):
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            os.environ.clear()
            os.environ.update(self.environment)
            try:
                yield
            finally:
                os.environ.clear()
                os.environ.update(before)
                for handler in set(root.handlers) - set(kept[1]):
                    handler.close()
                level, root.handlers, logging.raiseExceptions, logging.lastResort = kept
                root.setLevel(level)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


def _no_demo(*_: object) -> int:
    raise AssertionError("no demo here")


@pytest.fixture(scope="session")
def signing_office(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> SigningOffice:
    return shared_office(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def flawed(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> FlawedTokens:
    return shared_flawed_tokens(pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def trinhky(signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return command_line(signing_office, tmp_path_factory.mktemp("home"), CommandLineHere)


def command_line(
    office: SigningOffice, home: Path, kind: type[CommandLine] = CommandLine
) -> CommandLine:
    """The command line of somebody whose home is this folder and whose tokens are this office's."""
    own = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "TRINHKY_LANG": "en",
        "TRINHKY_MODULES": office.module,
        "TRINHKY_TRUST": str(office.trust),
    }
    inherited = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("XDG_", "TRINHKY_", "SOFTHSM2_"))
    }
    return kind(home, inherited | own | office.environment)
