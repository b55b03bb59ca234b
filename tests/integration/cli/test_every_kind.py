"""Facts about every kind of signature at the command line, on a letter signed elsewhere and on one sealed here."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.demo.people import CHIEF
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.incumbent import certifying, sign_as_incumbent
from tests.integration.signing.office import SigningOffice, told

NUMBERED = ("--number", "12", "--symbol", "STP-VP")
ACCEPTED = {
    "attachment": ["signed", "signed"],
    "incoming": ["signed", "signed"],
    "copy": ["signed", "signed"],
    "personal": ["signed", "workflow.already_signed"],
}


@pytest.fixture(scope="module")
def letters(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """One that the incumbent tool certified with P = 2 and a ký nháy; the same with leader, number and seal."""
    folder = tmp_path_factory.mktemp("every-kind")
    chief = signing_office.pki.issue_with_key(CHIEF)
    mark = certifying("Signature1", chief, box=(250, 250, 290, 270))
    foreign = sign_as_incumbent(signing_office.draft, folder / "foreign.pdf", mark)
    sealed, approved = folder / "sealed.pdf", folder / "approved.pdf"
    pins = signing_office.leader.user_pin, signing_office.agency.user_pin
    personal = ("--kind", "personal", "--image", signing_office.signature_image)
    answer = trinhky.signs(*personal, foreign, "--out", approved, pin=pins[0])
    assert answer.code == 0, answer.err
    seal = ("--kind", "seal", "--number", "05", "--date", "2026-11-22")
    image = ("--image", signing_office.seal_image)
    answer = trinhky.signs(*seal, *image, approved, "--out", sealed, pin=pins[1])
    assert answer.code == 0, answer.err
    return foreign, sealed


@pytest.mark.parametrize("kind", ACCEPTED)
def test_each_kind_is_signed_soundly_or_refused_before_the_pin(
    trinhky: CommandLine,
    signing_office: SigningOffice,
    letters: tuple[Path, Path],
    tmp_path: Path,
    kind: str,
) -> None:
    files = [Path(shutil.copy(letter, tmp_path)) for letter in letters]
    token = signing_office.leader if kind == "personal" else signing_office.agency
    more = () if kind == "personal" else (*NUMBERED, "--image", signing_office.seal_image)

    answer = trinhky.signs("--batch", "--kind", kind, *more, *files, pin=token.user_pin)

    ends = [row["error"]["code"] if row["error"] else row["status"] for row in answer.rows]
    assert ends == ACCEPTED[kind]
    for row in (row for row in answer.rows if row["status"] == "signed"):
        count = {"foreign": 1, "sealed": 4}[Path(row["path"]).stem] + 1
        assert told("pdfsig", "-nocert", row["out"]).count("Signature is Valid.") == count
        assert "WARNING" not in told("qpdf", "--check", row["out"])
        assert "error:" not in told("mutool", "info", row["out"])


def test_a_ky_nhay_after_a_signature_is_refused_with_words(
    trinhky: CommandLine, letters: tuple[Path, Path]
) -> None:
    rules = ("--profile", "nd30-2020")
    initial = ("sign", "--json", "--dry-run", "--batch", "--kind", "initial", *rules)
    answer = trinhky.run(*initial, *letters)
    codes = [row["error"]["code"] for row in answer.rows]
    assert codes == ["workflow.initial_after_leader", "workflow.sealed_already"]
    assert all(row["plan"]["refused"]["message"] for row in answer.rows)
