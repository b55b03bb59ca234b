"""Facts about what the commands print and read."""

from __future__ import annotations

import io
import json
import sys

import pytest

from app.cli.arguments import build_parser
from app.cli.terminal import Terminal, choose_language, harmless, read_secret
from app.errors import AppError


def test_a_files_own_words_cannot_move_the_cursor() -> None:
    assert "\x1b" not in harmless("\x1b[2J\x1b[Ha.pdf: HỢP LỆ")


def test_vietnamese_letters_and_line_breaks_are_printed_as_they_are() -> None:
    assert harmless("Số 05\nHợp lệ") == "Số 05\nHợp lệ"


def test_a_file_name_that_is_no_utf8_stays_readable_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Terminal("vi", as_json=True).result({"path": "a\udcff.pdf"})
    assert json.loads(capsys.readouterr().out) == {"path": "a\udcff.pdf"}


def test_an_empty_pin_is_refused_before_it_costs_a_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(AppError) as refused:
        read_secret("PIN: ")
    assert refused.value.code == "usage.no_secret"


def test_a_secret_is_one_line_without_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("12345678\r\nmore"))
    assert read_secret("PIN: ") == "12345678"


def test_a_language_that_nobody_speaks_here_becomes_vietnamese() -> None:
    assert choose_language("fr") == "vi"


@pytest.mark.parametrize(("typed", "drawn"), [("5", "05"), ("12", "12"), ("1234", "1234")])
def test_a_number_is_written_as_documents_write_it(typed: str, drawn: str) -> None:
    arguments = build_parser().parse_args(["sign", "a.pdf", "--kind", "seal", "--number", typed])
    assert arguments.number == drawn


@pytest.mark.parametrize("typed", ["0", "-1", "5a/", ""])
def test_what_is_no_number_of_a_register_is_wrong_usage(typed: str) -> None:
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args(["sign", "a.pdf", "--kind", "seal", f"--number={typed}"])
    assert left.value.code == 64


@pytest.mark.parametrize("typed", ["1", "0:1,2,3,4", "1:4,2,3,4", "1:1,2,3"])
def test_a_place_that_is_none_is_wrong_usage(typed: str) -> None:
    with pytest.raises(SystemExit) as left:
        build_parser().parse_args(["sign", "a.pdf", "--kind", "seal", "--box", typed])
    assert left.value.code == 64


def test_the_locale_chooses_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert choose_language(None) == "en"
