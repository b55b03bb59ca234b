"""Facts about drafts that cannot be signed as they came, at the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from app.demo.drafts import sample_drafts
from signing.fields import look
from tests.integration.cli.conftest import CommandLine
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
