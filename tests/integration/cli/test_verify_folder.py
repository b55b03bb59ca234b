"""Facts about `trinhky verify` on a folder, and the report and table that it writes."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from tests.integration.cli.conftest import CommandLine, CommandLineHere
from tests.integration.signing.office import told
from tests.unit.signing.verification_world import draft, leader, root, sign


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A machine that trusts one root and has a folder with a signed letter, a changed one, and no PDF."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "received"
    (folder / "more").mkdir(parents=True)
    letter = sign(draft(), "LanhDao", leader())
    changed = letter.replace(b"Quyet dinh", b"Quyen dinh", 1)
    assert changed != letter
    (folder / "letter.pdf").write_bytes(letter)
    (folder / "more" / "changed.pdf").write_bytes(changed)
    (folder / "notes.txt").write_text("not checked")
    (home / "root.pem").write_bytes(root().pem)
    own = {"HOME": str(home), "TRINHKY_TRUST": str(home / "root.pem"), "TRINHKY_LANG": "en"}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("TRINHKY_")}
    return CommandLineHere(home, {**inherited, **own})


def test_the_files_below_a_folder_are_checked_and_counted(machine: CommandLine) -> None:
    answer = machine.run("verify", "--json", "received")
    assert [Path(row["path"]).name for row in answer.rows] == ["letter.pdf", "changed.pdf"]
    assert "received: 2 PDF files." in answer.err
    assert answer.code == 1


def test_a_folder_without_a_pdf_is_wrong_usage(machine: CommandLine) -> None:
    (machine.home / "empty").mkdir(exist_ok=True)
    answer = machine.run("verify", "empty")
    assert (answer.code, "verify.no_files" in answer.err) == (64, True)


def test_report_and_table_are_written_and_never_over_another_without_a_yes(
    machine: CommandLine,
) -> None:
    report, table = machine.home / "report.pdf", machine.home / "table.csv"
    options = ("verify", "--lang", "vi", "received", "--report", report, "--summary", table)
    report.write_text("an old one")
    answer = machine.run(*options, "--yes")
    assert answer.code == 1, answer.err
    text = told("pdftotext", "-layout", report, "-")
    assert "PHIẾU KIỂM TRA CHỮ KÝ SỐ" in text
    assert "Tổng hợp 2 tệp" in text
    assert "Tổ chức chứng thực thử nghiệm; SHA-256" in text
    with table.open(encoding="utf-8-sig", newline="") as stream:
        assert [row["Kết luận"] for row in csv.DictReader(stream)][1] == "KHÔNG HỢP LỆ"
    before = report.read_bytes()
    again = machine.run(*options)
    assert (again.code, "usage.out_exists" in again.err) == (64, True)
    assert report.read_bytes() == before
    assert [path.name for path in machine.home.glob(".*.part")] == []


def test_a_report_that_cannot_be_written_is_told_before_anything_is_checked(
    machine: CommandLine,
) -> None:
    answer = machine.run("verify", "received", "--report", machine.home / "none" / "report.pdf")
    assert (answer.code, answer.out) == (64, "")
    assert "usage.out_not_writable" in answer.err
