"""Facts about what of a document's date its author typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pdf.places import TypedDate
from pdf.typed_date import typed_date
from tests.unit.pdf.drafts import Draft


def _read(folder: Path, line: str, *, nfd: bool = False) -> TypedDate | None:
    draft = Draft(nfd=nfd)
    draft.header(date=line)
    draft.body(80, text="Căn cứ Quyết định số 19/2018/QĐ-UBND ngày 20 tháng 12 năm 2018,")
    return typed_date(draft.save(folder / "a.pdf"))


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("Hậu Giang, ngày      tháng 02 năm 2025", TypedDate(None, 2, 2025)),
        ("Hậu Giang, ngày      tháng      năm 2025", TypedDate(None, None, 2025)),
        ("….., ngày ..... tháng ..... năm .......", TypedDate()),
        ("Tuyên Quang, ngày 18 tháng 02 năm 2019", TypedDate(18, 2, 2019)),
    ],
)
@pytest.mark.parametrize("nfd", [False, True])
def test_what_is_typed_of_the_date_is_read(
    tmp_path: Path, line: str, typed: TypedDate, nfd: bool
) -> None:
    assert _read(tmp_path, line, nfd=nfd) == typed


def test_a_date_in_the_text_is_not_the_documents(tmp_path: Path) -> None:
    assert _read(tmp_path, "Thành phố Hà Nội") is None


@pytest.mark.parametrize(
    ("typed", "differs"),
    [
        (TypedDate(), False),
        (TypedDate(None, 2, 2025), False),
        (TypedDate(None, 3, 2025), True),
        (TypedDate(None, 2, 2024), True),
        (TypedDate(19, None, None), True),
        (TypedDate(None, 2, 25), False),
        (TypedDate(None, 2, 24), True),
    ],
)
def test_a_typed_part_is_held_against_the_chosen_day(typed: TypedDate, differs: bool) -> None:
    assert typed.differs_from(date(2025, 2, 18)) is differs
