"""Facts about the numbers in use on this machine: none is given to two documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import AppError
from app.store.numbers import NumberStore
from app.workflow.documents import Numbering
from app.workflow.numbers import NumberInUse, claim_number

FIVE = NumberInUse("Sở Tư pháp", 2026, "STP-VP", "05", "d1")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[NumberStore]:
    with closing(NumberStore(tmp_path / "numbers.db")) as store:
        yield store


def test_a_number_is_the_first_documents_however_often_it_is_asked_for(book: NumberStore) -> None:
    assert [book.claim(FIVE), book.claim(FIVE)] == ["d1", "d1"]
    assert book.claim(replace(FIVE, holder="d2")) == "d1"
    assert book.holder_of(FIVE) == "d1"


@pytest.mark.parametrize(
    "change",
    [
        {"agency": "Sở Nội vụ"},
        {"year": 2027},
        {"symbol": "QĐ-STP"},
        {"number": "06"},
    ],
)
def test_another_agency_year_symbol_or_number_is_another(
    book: NumberStore, change: dict[str, object]
) -> None:
    book.claim(FIVE)
    other = replace(FIVE, holder="d2", **change)  # type: ignore[arg-type]
    assert book.claim(other) == "d2"


def test_the_same_words_otherwise_encoded_are_the_same_number(book: NumberStore) -> None:
    book.claim(FIVE)
    agency = unicodedata.normalize("NFD", "SỞ  TƯ PHÁP")
    assert book.claim(replace(FIVE, agency=agency, symbol="stp-vp", holder="d2")) == "d1"


def test_what_was_noted_is_known_after_a_restart(tmp_path: Path) -> None:
    for holder in ("d1", "d2"):
        with closing(NumberStore(tmp_path / "numbers.db")) as store:
            assert store.claim(replace(FIVE, holder=holder)) == "d1"


def test_a_number_that_the_register_gave_twice_is_not_sealed_twice(book: NumberStore) -> None:
    numbering = Numbering(5, "05", "STP-VP", date(2026, 11, 22))
    claim_number(book, numbering, "Sở Tư pháp", "d1")
    claim_number(book, numbering, "Sở Tư pháp", "d1")
    with pytest.raises(AppError) as caught:
        claim_number(book, numbering, "Sở Tư pháp", "d2")
    assert caught.value.code == "workflow.number_duplicate"
    assert caught.value.params == {"number": "05/STP-VP", "year": 2026}
