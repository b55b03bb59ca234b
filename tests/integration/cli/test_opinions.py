"""Facts about `trinhky sign --opinion`: the text from a file or standard input, the level by its number."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from app.demo.drafts.slip import SLIP
from signing.fields import look
from tests.integration.cli.conftest import Answer, CommandLine
from tests.integration.signing.office import SigningOffice

TEXT = "Văn phòng thống nhất.\nKính trình Giám đốc."


@pytest.fixture
def slip(tmp_path: Path) -> Path:
    path = tmp_path / "phieu-trinh.pdf"
    SLIP.build(path)
    return path


@pytest.fixture
def opinion(tmp_path: Path) -> Path:
    path = tmp_path / "opinion.txt"
    path.write_text("\ufeff" + TEXT + "\n", encoding="utf-8")
    return path


def _sign(trinhky: CommandLine, office: SigningOffice, slip: Path, *options: str | Path) -> Answer:
    return trinhky.signs(
        *("--kind", "personal", slip, "--out", slip.with_name("signed.pdf"), *options),
        pin=office.leader.user_pin,
    )


def _code(answer: Answer) -> str:
    return str(answer.rows[0]["error"]["code"])


def test_a_level_says_what_stands_in_a_file(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path, opinion: Path
) -> None:
    options = ("--opinion", opinion, "--opinion-level", "2")
    answer = _sign(trinhky, signing_office, slip, *options)
    assert (answer.code, answer.err) == (0, "")
    signed = slip.with_name("signed.pdf")
    fields = {item.name: (item.is_filled, item.locked_by) for item in look(signed).opinions}
    assert fields["YK_2"] == (True, ("LanhDao",))
    assert list(fields) == ["YK_1", "YK_2", "YK_3", "YK_4"]
    shown = subprocess.run(
        ["pdftotext", "-layout", str(signed), "-"], capture_output=True, text=True, check=True
    )
    assert all(line in shown.stdout for line in TEXT.splitlines())
    assert TEXT.split("\n", maxsplit=1)[0] not in trinhky.left_behind


def test_a_level_agrees_without_a_word(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path
) -> None:
    assert _sign(trinhky, signing_office, slip, "--opinion-level", "1").code == 0
    first = look(slip.with_name("signed.pdf")).opinions[0]
    assert (first.is_filled, first.locked_by) == (False, ("LanhDao",))


def test_opinion_and_pin_do_not_both_come_on_standard_input(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path
) -> None:
    answer = _sign(trinhky, signing_office, slip, "--opinion", "-", "--opinion-level", "1")
    assert (answer.code, _code(answer)) == (1, "usage.opinion_and_pin")
    assert not slip.with_name("signed.pdf").exists()


def test_a_dry_run_reads_the_opinion_from_standard_input_and_says_whether_it_fits(
    trinhky: CommandLine, slip: Path
) -> None:
    options = ("sign", "--json", "--dry-run", "--kind", "personal", slip, "--opinion", "-")
    answer = trinhky.run(*options, "--opinion-level", "1", stdin=TEXT)
    assert (answer.code, answer.rows[0]["error"]) == (0, None)
    long = trinhky.run(*options, "--opinion-level", "1", stdin="dòng\n" * 40)
    assert (long.code, _code(long)) == (1, "prepare.opinion_too_long")


def test_an_opinion_without_its_level_is_asked_about(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path, opinion: Path
) -> None:
    answer = _sign(trinhky, signing_office, slip, "--opinion", opinion)
    assert _code(answer) == "usage.opinion_level"
    assert "4 «Ý kiến của Tổng Giám đốc»" in answer.err


def test_a_letter_takes_no_opinion(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path, opinion: Path
) -> None:
    letter = tmp_path / "cong-van.pdf"
    letter.write_bytes(signing_office.draft.read_bytes())
    options = ("--opinion", opinion, "--opinion-level", "1")
    assert _code(_sign(trinhky, signing_office, letter, *options)) == "workflow.no_opinion_here"


def test_a_file_that_is_no_text_is_no_opinion(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path
) -> None:
    options = ("--opinion", signing_office.signature_image, "--opinion-level", "1")
    assert _code(_sign(trinhky, signing_office, slip, *options)) == "usage.opinion_unreadable"


def test_preparing_a_form_adds_the_fields_of_its_levels_for_the_first_one_to_fill(
    trinhky: CommandLine, signing_office: SigningOffice, slip: Path, opinion: Path
) -> None:
    out = slip.with_name("prepared.pdf")
    answer = trinhky.run("prepare", "--json", slip, "--out", out)
    assert answer.json["fields"] == ["YK_1", "YK_2", "YK_3", "YK_4"]
    assert [item.is_filled for item in look(out).opinions] == [False] * 4
    options = ("--opinion", opinion, "--opinion-level", "1")
    assert _sign(trinhky, signing_office, out, *options).code == 0
    filled = [item.is_filled for item in look(slip.with_name("signed.pdf")).opinions]
    assert filled == [True, False, False, False]
