"""Facts about drafts that cannot be signed as they came, at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from app.demo.drafts import sample_drafts
from app.demo.people import LEADER
from signing.fields import look
from tests.integration.cli.conftest import CommandLine
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice, told
from tests.unit.signing.signing_world import own_field
from tests.unit.signing.verification_world import update


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    sample_drafts()[0].files[0].build(path)
    return path


@pytest.fixture
def broken(letter: Path) -> Path:
    data = letter.read_bytes()
    letter.write_bytes(data[: data.rindex(b"startxref")])
    return letter


def test_a_damaged_draft_is_repaired_only_where_it_is_asked_for(
    trinhky: CommandLine, broken: Path
) -> None:
    out = broken.with_name("out.pdf")

    answer = trinhky.run("prepare", broken, "--out", out, "--json")
    assert answer.json["error"]["code"] == "sign.damaged"
    assert "--repair" in answer.json["error"]["message"]
    assert not out.exists()

    answer = trinhky.run("prepare", broken, "--out", out, "--repair", "--json")
    assert (answer.code, answer.json["mended"]) == (0, ["repair"])
    assert look(out).open_fields == ("VT_SO", "VT_NGAY", "VT_THANG")


def test_a_drafts_own_fields_are_flattened_only_where_it_is_asked_for(
    trinhky: CommandLine, letter: Path
) -> None:
    letter.write_bytes(update(letter.read_bytes(), own_field("HoTen", "")))
    out = letter.with_name("out.pdf")

    answer = trinhky.run("prepare", letter, "--out", out, "--repair", "--json")
    assert answer.json["error"]["code"] == "sign.own_form_fields"
    assert not out.exists()

    answer = trinhky.run("prepare", letter, "--out", out, "--flatten", "--lang", "en", "--json")
    assert (answer.json["mended"], answer.json["removed"]) == (["flatten"], ["form_fields"])
    assert "made part of its pages" in answer.err
    assert look(out).own_fields == ()


def test_the_dry_run_says_what_of_a_file_acts(trinhky: CommandLine, letter: Path) -> None:
    def act(writer: Any) -> None:
        action = {"/S": generic.pdf_name("/JavaScript"), "/JS": generic.pdf_string("x")}
        writer.root["/OpenAction"] = generic.DictionaryObject(action)
        writer.update_root()

    letter.write_bytes(update(letter.read_bytes(), act))

    answer = trinhky.run("sign", "--kind", "personal", "--dry-run", letter, "--lang", "en")

    assert "active content" in answer.err


def test_sign_repairs_and_flattens_only_where_it_is_asked_for(
    trinhky: CommandLine, letter: Path, signing_office: SigningOffice
) -> None:
    letter.write_bytes(update(letter.read_bytes(), own_field("HoTen", "")))
    out, pin = letter.with_name("out.pdf"), signing_office.leader.user_pin
    sign = ("--kind", "personal", letter, "--out", out)

    answer = trinhky.run("sign", "--json", "--dry-run", "--repair", *sign)
    assert answer.rows[0]["plan"]["refused"]["code"] == "sign.own_form_fields"

    answer = trinhky.signs("--flatten", "--lang", "en", *sign, pin=pin)
    (row,) = answer.rows
    assert (row["status"], row["mended"], row["removed"]) == (
        "signed",
        ["flatten"],
        ["form_fields"],
    )
    assert "made part of its pages" in answer.err
    assert look(out).own_fields == ()
    assert told("pdfsig", "-nocert", out).count("Signature is Valid.") == 1
    told("qpdf", "--check", out)


def test_sign_repairs_a_damaged_draft_and_the_result_is_sound(
    trinhky: CommandLine, broken: Path, signing_office: SigningOffice
) -> None:
    out, pin = broken.with_name("out.pdf"), signing_office.leader.user_pin
    answer = trinhky.signs("--repair", "--kind", "personal", broken, "--out", out, pin=pin)
    assert (answer.code, answer.rows[0]["mended"]) == (0, ["repair"])
    assert trinhky.run("verify", "--json", out).code == 0
    assert "WARNING" not in told("qpdf", "--check", out)


def test_a_damaged_file_with_a_signature_is_never_rewritten(
    trinhky: CommandLine, letter: Path, signing_office: SigningOffice
) -> None:
    who = signing_office.pki.issue_with_key(LEADER)
    signed = sign_as_incumbent(letter, letter.with_name("signed.pdf"), Mark("Signature1", who))
    data = signed.read_bytes()
    signed.write_bytes(data[: data.rindex(b"startxref")])

    mending = ("--repair", "--flatten")
    answer = trinhky.run("sign", "--json", "--dry-run", *mending, "--kind", "personal", signed)

    (row,) = answer.rows
    assert (answer.code, row["status"], row["plan"]["signatures"]) == (1, "failed", [])
    assert row["error"]["code"] == "pdf.rewrite_signed"
