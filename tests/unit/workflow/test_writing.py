"""Facts about how numbers, dates and times are written on a document."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.rules import DateRule
from app.workflow.writing import (
    BlockText,
    date_text,
    day_text,
    field_texts,
    month_text,
    number_text,
    time_text,
)


@pytest.mark.parametrize(
    ("value", "text"), [(1, "01"), (9, "09"), (10, "10"), (99, "99"), (100, "100"), (1234, "1234")]
)
def test_a_number_below_ten_has_a_leading_zero(value: int, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(("day", "text"), [(1, "01"), (9, "09"), (10, "10"), (31, "31")])
def test_a_day_below_ten_has_a_leading_zero(day: int, text: str) -> None:
    assert day_text(date(2026, 12, day)) == text


@pytest.mark.parametrize(
    ("month", "text"), [(1, "01"), (2, "02"), (3, "3"), (9, "9"), (10, "10"), (12, "12")]
)
def test_only_january_and_february_have_a_leading_zero(month: int, text: str) -> None:
    assert month_text(date(2026, month, 5)) == text


def test_number_and_date_go_to_the_fields_of_their_names() -> None:
    assert field_texts("05", date(2026, 3, 9)) == {
        "VT_SO": "05",
        "VT_NGAY": "09",
        "VT_THANG": "3",
        "VT_NAM": "2026",
    }


def test_what_is_not_known_fills_no_field() -> None:
    assert field_texts(None, None) == {}
    assert set(field_texts("05", None)) == {"VT_SO"}
    assert "VT_SO" not in field_texts(None, date(2026, 3, 9))


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC), "21/11/2026", "23:59:59 +07:00"),
        (datetime(2026, 11, 21, 17, 0, 0, tzinfo=UTC), "22/11/2026", "00:00:00 +07:00"),
        (datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC), "01/01/2027", "00:00:00 +07:00"),
    ],
)
def test_a_moment_is_written_in_vietnams_time(moment: datetime, day: str, time: str) -> None:
    assert (date_text(moment), time_text(moment)) == (day, time)


def test_a_corner_block_is_filled_from_its_templates() -> None:
    templates = ("{agency}", "Số: {number}/{symbol}; {date}; {time}")
    block = BlockText(templates, "Sở {Tư pháp}", number="05", symbol="STP-VP")
    lines = block.lines(datetime(2026, 11, 22, 2, 15, tzinfo=UTC))
    assert lines == ("Sở {Tư pháp}", "Số: 05/STP-VP; 22/11/2026; 09:15:00 +07:00")


def test_an_office_may_write_its_numbers_and_days_otherwise() -> None:
    rule = DateRule(day_digits=1, two_digit_months=())
    assert number_text(5, 3) == "005"
    assert (day_text(date(2026, 1, 9), rule), month_text(date(2026, 1, 9), rule)) == ("9", "1")
