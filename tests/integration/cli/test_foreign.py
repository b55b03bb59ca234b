"""Facts about `trinhky sign` on a letter that other software signed: one command, one PIN, number, date and seal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyhanko.sign.fields import MDPPerm

from app.demo.people import LEADER
from tests.integration.cli.conftest import Answer, CommandLine
from tests.integration.signing.incumbent import Mark, certifying, sign_as_incumbent
from tests.integration.signing.office import SigningOffice, told

OVER_THE_NAME = (300, 200, 480, 290)
NUMBERED_SEAL = ("--kind", "seal", "--number", "05", "--date", "2026-11-22")


@pytest.fixture(scope="session")
def foreign(signing_office: SigningOffice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter that the incumbent tool certified with P = 2 when the leader signed it."""
    leader = signing_office.pki.issue_with_key(LEADER)
    image = signing_office.signature_image
    out = tmp_path_factory.mktemp("foreign") / "letter.pdf"
    mark = certifying("Signature1", leader, box=OVER_THE_NAME, image=image)
    return sign_as_incumbent(signing_office.draft, out, mark)


@pytest.fixture(scope="session")
def issued(
    trinhky: CommandLine, signing_office: SigningOffice, foreign: Path
) -> tuple[Answer, Path]:
    out = foreign.with_name("issued.pdf")
    answer = trinhky.signs(
        *NUMBERED_SEAL,
        *("--image", signing_office.seal_image, foreign, "--out", out),
        pin=signing_office.agency.user_pin,
    )
    return answer, out


@pytest.fixture(scope="session")
def dry_run(trinhky: CommandLine, signing_office: SigningOffice, foreign: Path) -> Answer:
    image = ("--image", signing_office.seal_image)
    return trinhky.run("sign", "--dry-run", "--json", *NUMBERED_SEAL, *image, foreign)


def test_number_and_seal_are_signed_under_one_pin(issued: tuple[Answer, Path]) -> None:
    answer, out = issued
    assert (answer.code, answer.rows[0]["status"]) == (0, "signed")
    seen = told("pdfsig", "-nocert", out)
    assert seen.count("Signature is Valid.") == 3
    names = re.findall(r"Signature Field Name: (\w+)", seen)
    assert names == ["Signature1", "SoVanBan", "ConDau"]


def test_number_and_date_stand_in_their_blanks(issued: tuple[Answer, Path]) -> None:
    text = told("mutool", "draw", "-q", "-F", "text", issued[1], "1")
    assert "05" in text
    assert "22" in text
    told("qpdf", "--check", issued[1])


def test_nothing_but_the_result_is_left(issued: tuple[Answer, Path]) -> None:
    there = issued[1].parent.iterdir()
    assert sorted(path.name for path in there) == ["issued.pdf", "letter.pdf"]


def test_the_issued_letter_convinces_verify(
    trinhky: CommandLine, issued: tuple[Answer, Path]
) -> None:
    answer = trinhky.run("verify", "--json", issued[1])
    assert answer.code == 0
    kinds = [item["kind"] for item in answer.rows[0]["signatures"]]
    assert kinds[1:] == ["number", "seal"]


def test_a_dry_run_tells_both_signatures_in_their_order(dry_run: Answer) -> None:
    assert dry_run.code == 0
    plan = dry_run.rows[0]["plan"]
    assert plan["path"] == "foreign"
    assert [(item["kind"], item["field"]) for item in plan["signatures"]] == [
        ("number", "SoVanBan"),
        ("seal", "ConDau"),
    ]
    assert plan["signatures"][0]["fills"]["VT_SO"] == "05"
    assert plan["box_mm"] == plan["signatures"][1]["box_mm"]


def test_the_boxes_are_those_that_the_dry_run_told(
    dry_run: Answer, issued: tuple[Answer, Path]
) -> None:
    """Another program measures where the two widgets lie: in points from below, on A4."""
    told_mm = [item["box_mm"] for item in dry_run.rows[0]["plan"]["signatures"]]
    there = {name: _rectangle_mm(issued[1], name) for name in ("SoVanBan", "ConDau")}
    assert there["SoVanBan"] == pytest.approx(told_mm[0], abs=0.1)
    assert there["ConDau"] == pytest.approx(told_mm[1], abs=0.1)


def test_a_dry_run_shows_what_the_file_brings_along(dry_run: Answer) -> None:
    plan = dry_run.rows[0]["plan"]
    assert plan["found"]["certified"] == 2
    assert plan["found"]["signatures"] == ["Signature1"]
    assert "workflow.certified_note" in plan["warnings"]
    assert plan["refused"] is None


def test_what_was_certified_against_any_change_is_refused_with_its_plan(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    leader = signing_office.pki.issue_with_key(LEADER)
    mark = Mark("Signature1", leader, OVER_THE_NAME, permission=MDPPerm.NO_CHANGES)
    sealed_off = sign_as_incumbent(signing_office.draft, tmp_path / "p1.pdf", mark)
    answer = trinhky.run("sign", "--dry-run", "--json", *NUMBERED_SEAL, sealed_off)
    assert answer.code == 1
    plan = answer.rows[0]["plan"]
    assert plan["refused"]["code"] == "sign.certified_no_changes"
    assert (plan["signatures"], plan["found"]["certified"]) == ([], 1)


def test_the_number_alone_can_be_signed_and_the_seal_follows(
    trinhky: CommandLine, signing_office: SigningOffice, foreign: Path, tmp_path: Path
) -> None:
    numbered, sealed = tmp_path / "numbered.pdf", tmp_path / "sealed.pdf"
    pin = signing_office.agency.user_pin
    number = ("--kind", "number", "--number", "7", "--date", "2026-11-22")
    assert trinhky.signs(*number, foreign, "--out", numbered, pin=pin).code == 0
    again = trinhky.run("sign", "--dry-run", "--json", *NUMBERED_SEAL, numbered)
    assert again.rows[0]["error"]["code"] == "workflow.already_numbered"
    image = ("--image", signing_office.seal_image)
    assert trinhky.signs("--kind", "seal", *image, numbered, "--out", sealed, pin=pin).code == 0
    assert told("pdfsig", "-nocert", sealed).count("Signature is Valid.") == 3


def test_a_letter_with_fields_takes_no_number_signature(
    trinhky: CommandLine, signing_office: SigningOffice, tmp_path: Path
) -> None:
    approved = tmp_path / "approved.pdf"
    signed = trinhky.signs(
        "--kind",
        "personal",
        signing_office.draft,
        "--out",
        approved,
        pin=signing_office.leader.user_pin,
    )
    assert signed.code == 0
    number = ("--kind", "number", "--number", "7", "--date", "2026-11-22")
    answer = trinhky.run("sign", "--dry-run", "--json", *number, approved)
    assert answer.rows[0]["error"]["code"] == "workflow.number_by_seal"


def _rectangle_mm(path: Path, name: str) -> list[float]:
    """Left, top, right, bottom of a field's widget in mm, read by mutool on an A4 page."""
    listed = told("mutool", "show", path, "grep")
    line = next(line for line in listed.splitlines() if f"/T({name})" in line and "/Rect" in line)
    sides = re.search(r"/Rect\[([-\d. ]+)\]", line)
    assert sides is not None
    left, bottom, right, top = (float(side) for side in sides[1].split())
    height = 841.89
    return [side * 25.4 / 72 for side in (left, height - top, right, height - bottom)]
