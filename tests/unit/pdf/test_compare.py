from __future__ import annotations

from pathlib import Path

import pytest

from pdf.compare import compare
from tests.unit.pdf.drafts import Draft, letter


def test_the_same_letter_twice_shows_no_change(tmp_path: Path) -> None:
    one, other = letter().save(tmp_path / "a.pdf"), letter().save(tmp_path / "b.pdf")
    assert compare(one, other) == ()


def test_an_added_word_is_found_where_it_stands(tmp_path: Path) -> None:
    before = letter().save(tmp_path / "a.pdf")
    draft = letter()
    draft.text(60, 200, "218")
    (change,) = compare(before, draft.save(tmp_path / "b.pdf"))
    assert change.page_index == 0
    assert change.kind == "changed"
    assert change.box_mm.left_mm == pytest.approx(60, abs=3)
    assert change.box_mm.bottom_mm == pytest.approx(200, abs=3)
    assert change.box_mm.width_mm < 15


def test_two_changes_far_apart_are_two(tmp_path: Path) -> None:
    before = letter().save(tmp_path / "a.pdf")
    draft = letter()
    draft.text(60, 200, "218")
    draft.text(60, 250, "219")
    assert len(compare(before, draft.save(tmp_path / "b.pdf"))) == 2


def test_a_page_that_came_or_went_is_a_change(tmp_path: Path) -> None:
    one = letter().save(tmp_path / "a.pdf")
    longer = letter()
    longer.add_page()
    other = longer.save(tmp_path / "b.pdf")
    assert [(c.page_index, c.kind) for c in compare(one, other)] == [(1, "page_added")]
    assert [(c.page_index, c.kind) for c in compare(other, one)] == [(1, "page_removed")]


def test_a_page_of_another_size_is_a_change(tmp_path: Path) -> None:
    one = Draft(210, 297).save(tmp_path / "a.pdf")
    other = Draft(297, 210).save(tmp_path / "b.pdf")
    (change,) = compare(one, other)
    assert change.kind == "page_resized"


def test_very_many_changes_become_one(tmp_path: Path) -> None:
    before = Draft().save(tmp_path / "a.pdf")
    draft = Draft()
    for row in range(20):
        for column in range(12):
            draft.text(15 + 15 * column, 20 + 13 * row, "x")
    assert len(compare(before, draft.save(tmp_path / "b.pdf"))) == 1
