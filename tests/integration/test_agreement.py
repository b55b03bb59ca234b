"""Facts about where this program and two others differ over the research corpus: each difference is explained."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.integration.agreement import ROOT, said_by_pdfsig, said_by_pyhanko, said_by_us

CORPUS = ROOT.parent / "shared" / "corpora" / "validation"

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the research corpora are not beside the checkout (../shared)"
)

Row = tuple[str, str, str]
"""This program, pyHanko, pdfsig."""


def _manifest() -> list[dict[str, Any]]:
    files: list[dict[str, Any]] = json.loads((CORPUS / "manifest.json").read_text("utf-8"))["files"]
    return files


@pytest.fixture(scope="module")
def table() -> dict[str, Row]:
    names = [str(item["file"]) for item in _manifest()]
    paths = [CORPUS / name for name in names]
    others = said_by_pyhanko(paths), [said_by_pdfsig(path) for path in paths]
    return dict(zip(names, zip(said_by_us(paths), *others, strict=True), strict=True))


@pytest.fixture(scope="module")
def explained() -> dict[str, Row]:
    text = Path(__file__).with_name("agreement.toml").read_text("utf-8")
    return {
        name: tuple(row)
        for group in tomllib.loads(text).values()
        for name, row in group.items()
        if name != "why"
    }


@pytest.mark.timeout(600)
def test_each_disagreement_is_explained_and_nothing_else_is(
    table: dict[str, Row], explained: dict[str, Row]
) -> None:
    differing = {name: row for name, row in table.items() if len(set(row)) > 1}
    assert differing == explained


@pytest.mark.timeout(600)
def test_no_attack_is_shown_as_valid(table: dict[str, Row]) -> None:
    attacks = [item["file"] for item in _manifest() if item["category"].startswith("attack-")]
    assert [name for name in attacks if table[name][0] == "valid"] == []


@pytest.mark.timeout(600)
def test_what_its_source_calls_valid_is_shown_as_it_says(table: dict[str, Row]) -> None:
    """But for files that their sources themselves leave open, and one whose forged part the design does not forgive."""
    certain = [
        item["file"]
        for item in _manifest()
        if item["expected"] == "valid"
        and not {"invalid", "modified-after-signing"} & {*item["also_ok"]}
    ]
    called = [name for name in certain if table[name][0] != "valid"]
    assert called == [
        "sig-dss/dss--pades-two-sig-copied-tst.pdf",
        "sig-real/testarea-itext5--TestMGomez.pdf",
    ]
