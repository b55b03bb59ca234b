"""Facts about Word files at the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.drafts import word_draft
from signing.fields import look
from tests.integration.cli.conftest import CommandLine


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    word_draft().files[0].build(path)
    return path


def test_prepare_makes_a_pdf_with_the_fields_of_number_and_date(
    trinhky: CommandLine, draft: Path
) -> None:
    out = draft.with_name("prepared.pdf")
    answer = trinhky.run("prepare", draft, "--out", out, "--lang", "en")
    assert answer.code == 0
    assert "lines and pages may break elsewhere" in answer.err
    assert look(out).open_fields == ("VT_SO", "VT_NGAY", "VT_THANG")
    assert sorted(path.name for path in draft.parent.iterdir()) == ["draft.docx", "prepared.pdf"]


def test_sign_wants_the_pdf_to_be_read_first(trinhky: CommandLine, draft: Path) -> None:
    answer = trinhky.run("sign", "--kind", "personal", "--dry-run", draft, "--json")
    assert answer.code == 1
    assert answer.rows[0]["error"]["code"] == "usage.word_file"
    assert "trinhky prepare" in answer.rows[0]["error"]["message"]
    assert list(draft.parent.iterdir()) == [draft]


def test_without_libreoffice_prepare_says_what_to_do(trinhky: CommandLine, draft: Path) -> None:
    bare = replace(
        trinhky, environment=dict(trinhky.environment) | {"TRINHKY_CONVERTER": "/nowhere/soffice"}
    )
    answer = bare.run("prepare", draft, "--out", draft.with_name("out.pdf"), "--json")
    assert answer.code == 1
    assert answer.json["error"]["code"] == "convert.missing"
    assert list(draft.parent.iterdir()) == [draft]


def test_the_doctor_tells_what_converts_and_its_version(trinhky: CommandLine) -> None:
    checks = {item["name"]: item for item in trinhky.run("doctor", "--json").json["checks"]}
    assert checks["converter"]["state"] == "ok"
    assert "LibreOffice" in checks["converter"]["detail"]
