"""Facts about opening the window where there is none to open it on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.integration.cli.conftest import CommandLine, command_line
from tests.integration.signing.office import SigningOffice


@pytest.fixture(scope="module")
def trinhky(signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return command_line(signing_office, tmp_path_factory.mktemp("home"))


@pytest.fixture
def nowhere(trinhky: CommandLine) -> CommandLine:
    """Return the command line on a machine whose display does not answer."""
    environment = {"DISPLAY": ":4321", "QT_QPA_PLATFORM": "xcb"}
    return replace(trinhky, environment=dict(trinhky.environment) | environment)


def test_a_display_that_does_not_answer_is_told_in_words(nowhere: CommandLine) -> None:
    answer = nowhere.run()
    assert (answer.code, answer.out) == (1, "")
    assert ":4321" in answer.err
    assert answer.err.rstrip().endswith("[usage.no_window]")


def test_a_window_without_any_display_is_wrong_usage(trinhky: CommandLine) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: text for key, text in trinhky.environment.items() if key not in hidden}
    answer = replace(trinhky, environment=environment).run("open")
    assert (answer.code, answer.out) == (64, "")
    assert answer.err.rstrip().endswith("[usage.no_display]")
