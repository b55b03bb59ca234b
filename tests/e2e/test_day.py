"""Facts about the office's whole day, played by the command that a newcomer runs, judged by other programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.demo.drafts import sample_drafts
from tests.e2e.measuring import blue_ink, page_picture

DEADLINE_S = 500
DPI = 150
pytestmark = pytest.mark.timeout(600)
SIGNATURES = {
    "cong-van/cong-van.pdf": 2,
    "quyet-dinh/quyet-dinh.pdf": 2,
    "cong-van-kt/cong-van-kt.pdf": 2,
    "cong-van-tl/cong-van-tl.pdf": 2,
    "ke-hoach-lien-tich/ke-hoach-lien-tich.pdf": 3,
    "cong-van-phu-luc/cong-van-phu-luc.pdf": 2,
    "cong-van-phu-luc/phu-luc-bieu-mau.pdf": 1,
    "phieu-trinh/phieu-trinh.pdf": 4,
    "ke-hoach-scan/ke-hoach-scan.pdf": 2,
    "cong-van-hoa-toc/cong-van-hoa-toc.pdf": 2,
    "cong-van-word/cong-van-word.pdf": 2,
    "cong-van-ky-nhay/cong-van-ky-nhay.pdf": 2,
    "sao-y/sao-y-412-ubnd-tp.pdf": 1,
    "van-ban-den/412-UBND-TP.pdf": 1,
}
"""Every published file and how many signatures it carries."""


@dataclass(frozen=True)
class Played:
    """A day that was played into a folder."""

    folder: Path
    exit_code: int
    told: dict[str, Any]
    noted: str


def play(folder: Path, *options: str) -> Played:
    done = subprocess.run(
        [
            *(sys.executable, "-W", "error", "-m", "app"),
            *("demo", "--headless", "--out", str(folder), "--json", "--lang", "en", *options),
        ],
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )
    return Played(folder, done.returncode, json.loads(done.stdout or "{}"), done.stderr)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return play(tmp_path_factory.mktemp("day") / "office")


@pytest.fixture(scope="module")
def checks(
    day: Played, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Let another program check copies of the issued files while the day is resumed: a long scan takes its time."""
    copies = shutil.copytree(day.folder / "issued", tmp_path_factory.mktemp("checks") / "issued")
    running = {
        name: subprocess.Popen(
            # As `--check` reads a file, but for the packing of every picture again: a quarter of a minute for the scan.
            [*("qpdf", "--decode-level=all", "--stream-data=uncompress"), str(copies / name), "-"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in SIGNATURES
    }
    yield running
    for process in running.values():
        if process.returncode is None:
            process.communicate()


@pytest.fixture(scope="module")
def resumed(
    day: Played, checks: dict[str, subprocess.Popen[str]]
) -> tuple[dict[str, bytes], Played]:
    """The issued files as they were, and the day resumed."""
    assert checks
    before = issued(day)
    return before, play(day.folder, "--resume")


def issued(day: Played) -> dict[str, bytes]:
    folder = day.folder / "issued"
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.pdf")
    }


def test_the_day_ends_well(day: Played) -> None:
    assert (day.exit_code, day.noted) == (0, "")
    assert (day.told["schema"], day.told["ended_well"]) == ("trinhky.demo/1", True)
    assert day.told["files"] == dict.fromkeys(day.told["files"], "valid")


def test_every_document_was_published_but_the_secret_one(day: Played) -> None:
    assert set(issued(day)) == set(day.told["files"]) == set(SIGNATURES)
    refused = [step for step in day.told["steps"] if step["code"]]
    assert {(step["document"], step["code"]) for step in refused} == {
        ("cong-van-mat", "workflow.secret")
    }


@pytest.mark.parametrize(("name", "count"), SIGNATURES.items())
def test_another_program_finds_every_signature_valid(day: Played, name: str, count: int) -> None:
    done = subprocess.run(
        ["pdfsig", "-nocert", str(day.folder / "issued" / name)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.findall(r"Signature Validation: (.*)", done.stdout) == ["Signature is Valid."] * count
    assert done.stdout.count("ETSI.CAdES.detached") == count
    *earlier, last = re.findall(r"(Total|Not total) document signed", done.stdout)
    assert (set(earlier) <= {"Not total"}, last) == (True, "Total")


def test_nothing_of_the_secret_document_is_on_anybodys_machine(day: Played) -> None:
    secret = (day.folder / "drafts" / "cong-van-mat" / "cong-van-mat.pdf").read_bytes()
    kept = [path for path in (day.folder / "stores").rglob("*") if path.is_file()]
    assert len(kept) > 20
    assert [path for path in kept if secret[100:400] in path.read_bytes()] == []
    assert not list((day.folder / "issued").rglob("*cong-van-mat*"))


def test_no_password_and_no_pin_is_logged(day: Played) -> None:
    logged = "".join(path.read_text(encoding="utf-8") for path in (day.folder / "logs").iterdir())
    assert logged
    for secret in ("12345678", "23456789", "87654321", "mat-khau"):
        assert secret not in logged


def test_every_issued_file_has_pictures_of_its_pages(day: Played) -> None:
    for name in SIGNATURES:
        path = day.folder / "issued" / name
        assert list(path.parent.glob(f"{path.stem}-*.png"))


def test_a_day_that_is_there_is_not_overwritten(day: Played) -> None:
    again = play(day.folder)
    assert again.exit_code == 64
    assert again.noted.rstrip().endswith("[usage.demo_exists]")


def test_a_resumed_day_ends_well_and_signs_nothing_again(
    resumed: tuple[dict[str, bytes], Played],
) -> None:
    before, again = resumed
    assert (again.exit_code, again.noted) == (0, "")
    assert again.told["ended_well"]
    assert {step["what"] for step in again.told["steps"]} <= {"refused", "registered", "valid"}
    assert issued(again) == before


@pytest.mark.parametrize("name", SIGNATURES)
def test_another_program_finds_no_fault_in_the_file(
    checks: dict[str, subprocess.Popen[str]], name: str
) -> None:
    _, complaints = checks[name].communicate(timeout=DEADLINE_S)
    assert (checks[name].returncode, complaints) == (0, "")


def test_a_signature_stands_in_the_place_that_the_server_sent(day: Played, tmp_path: Path) -> None:
    """The place is that of the template `cong-van-kt`; the blue ink is measured on the drawn page."""
    (given,) = next(draft for draft in sample_drafts() if draft.key == "cong-van-kt").places
    issued = day.folder / "issued" / "cong-van-kt" / "cong-van-kt.pdf"
    ink = blue_ink(page_picture(issued, given.page_index + 1, tmp_path, DPI), DPI)
    left_mm, top_mm, right_mm, bottom_mm = given.box_mm
    assert left_mm - 0.5 <= ink.left_mm < ink.right_mm <= right_mm + 0.5
    assert top_mm - 0.5 <= ink.top_mm < ink.bottom_mm <= bottom_mm + 0.5
    # The picture has margins of its own.
    assert max(ink.width_mm / (right_mm - left_mm), ink.height_mm / (bottom_mm - top_mm)) > 0.75
