"""Facts about texts that come out of files: they are read, and do nothing else."""

from __future__ import annotations

import pytest

from ui.widgets.plain import breakable, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (None, ""),
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("một\ndòng\tthôi\u2028nhé\x00", "một dòng thôi nhé"),
        ("an\u202egnấud\u202c", "angnấud"),
        ("\ufeffSở\u200b Tư pháp", "Sở Tư pháp"),
        ("nửa \ud800 chữ", "nửa chữ"),
    ],
)
def test_a_text_is_one_line_of_letters(text: str | None, shown: str) -> None:
    assert plain(text) == shown


def test_a_long_text_is_cut_where_it_is_seen() -> None:
    assert plain("x" * 500) == "x" * 159 + "…"
    assert plain("x" * 500, 10) == "x" * 9 + "…"


def test_a_long_word_may_go_on_in_the_next_line() -> None:
    assert breakable("a " + "x" * 26) == "a " + "\u200b".join(("x" * 12, "x" * 12, "xx"))


def test_words_of_a_sane_length_stay_as_they_are() -> None:
    assert breakable("Sở Tư pháp") == "Sở Tư pháp"
