"""Facts about opening the window from the command line: where it cannot open, that is said in words."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

import pytest

from app.cli.arguments import build_parser
from app.cli.main import run
from app.cli.window import DISPLAYS, has_display


def no_demo(arguments: Namespace, terminal: object) -> int:
    raise NotImplementedError(arguments, terminal)


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("TRINHKY_SETTINGS", str(tmp_path / "settings.toml"))
    (tmp_path / "settings.toml").write_text('logs = "logs"\ndata = "data"\n', encoding="utf-8")
    for name in DISPLAYS:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", DISPLAYS)
def test_a_window_opens_wherever_a_variable_names_a_display(name: str) -> None:
    assert has_display({name: "x"}, "linux")


def test_an_empty_variable_names_no_display() -> None:
    assert not has_display(dict.fromkeys(DISPLAYS, ""), "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_only_linux_runs_without_a_display(platform: str) -> None:
    assert has_display({}, platform)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("argv", [[], ["open"], ["open", "letter.pdf"]])
def test_without_a_display_the_window_is_wrong_usage(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(argv, demo=no_demo) == 64
    assert capsys.readouterr().err.rstrip().endswith("[usage.no_display]")


@pytest.mark.usefixtures("nowhere")
def test_a_file_that_is_not_there_is_said_before_any_window_opens(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    assert run(["open", "no-such.pdf"], demo=no_demo) == 1
    assert capsys.readouterr().err.rstrip().endswith("[usage.no_file]")


@pytest.mark.usefixtures("nowhere")
def test_a_machine_without_qts_libraries_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    monkeypatch.setitem(sys.modules, "ui.application", None)
    assert run([], demo=no_demo) == 1
    told = capsys.readouterr().err
    assert told.rstrip().endswith("[usage.no_window]")
    assert "libegl1" in told


def test_the_file_to_open_may_be_left_out() -> None:
    assert build_parser().parse_args(["open"]).file is None
