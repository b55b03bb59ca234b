"""Facts about how commands may be written."""

from __future__ import annotations

import pytest

from app.cli.arguments import build_parser


@pytest.mark.parametrize(
    "words",
    [
        ["trust", "add", "--yes", "root.cer"],
        ["trust", "add", "root.cer", "--yes"],
        ["trust", "--yes", "add", "root.cer"],
    ],
)
def test_options_may_stand_before_or_after_what_is_named(words: list[str]) -> None:
    found = build_parser().parse_args(words)
    assert (found.action, str(found.what), found.yes) == ("add", "root.cer", True)


def test_what_is_named_may_be_left_out() -> None:
    found = build_parser().parse_args(["trust", "list", "--json"])
    assert (found.action, found.what, found.json) == ("list", None, True)


@pytest.mark.parametrize("words", [["trust"], ["trust", "burn"], ["evidence", "list", "a", "b"]])
def test_wrong_usage_ends_with_64(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 64
    assert capsys.readouterr().err.startswith("usage: trinhky")
