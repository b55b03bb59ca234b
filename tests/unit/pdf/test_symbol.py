"""Facts about reading a document's symbol beside the blank of its number."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdf.symbol import read_symbol
from tests.unit.pdf.drafts import Draft


@pytest.mark.parametrize(
    ("line", "symbol"),
    [
        ("Số:        /STP-VP", "STP-VP"),
        ("Số:…… /QĐ-STP", "QĐ-STP"),
        ("Số:         /2026/QĐ-UBND", "2026/QĐ-UBND"),
        ("Số:        -CV/TU", "CV/TU"),
        ("Số: 218/SNN-VP", None),
    ],
)
def test_the_symbol_is_what_follows_the_blank(
    tmp_path: Path, line: str, symbol: str | None
) -> None:
    draft = Draft()
    draft.header(number=line)
    assert read_symbol(draft.save(tmp_path / "a.pdf")) == symbol
