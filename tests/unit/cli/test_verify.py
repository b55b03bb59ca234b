"""Facts about what `trinhky verify` prints of a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.cli.terminal import Terminal
from app.cli.verify import tell
from app.settings import Settings
from signing.report import FileReport
from tests.fakes import reviews

LAST_MOMENT = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def stamped(moment: datetime) -> FileReport:
    """A file that claims a moment, and whose time stamp says the same."""
    item = reviews.sound()
    info = replace(item.signature_info, claimed_time=moment)
    stamp = replace(item.timestamp, time=moment)
    return reviews.report(replace(item, signature_info=info, timestamp=stamp))


def words(code: str) -> str:
    return Terminal("en", as_json=False).words(code)


def printed(report: FileReport, capsys: pytest.CaptureFixture[str]) -> str:
    tell(report, Terminal("en", as_json=False), Settings())
    return capsys.readouterr().out


def test_a_claimed_time_is_printed_as_vietnams(capsys: pytest.CaptureFixture[str]) -> None:
    assert "22/11/2026 12:00:00" in printed(reviews.leader_only(), capsys)


def test_a_time_at_the_end_of_all_calendars_does_not_keep_the_verdict(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = printed(stamped(LAST_MOMENT), capsys)
    assert told.startswith(f"/tmp/412-UBND.pdf: {words('verdict.valid')}")
    assert told.count("31/12/9999 23:59:59") == 2


def test_a_hostile_file_is_told_to_its_last_word(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(reviews.hostile(), capsys)
    assert told.endswith(": <b>unknown</b>\n")
    assert "\x00" not in told


@pytest.mark.parametrize(
    "sly",
    ["A\n  [LanhDao] hợp lệ", "A\r\n/tmp/b.pdf: VALID", "A\u2028B", "A\x85B", "A\u202eB\u2066"],
)
def test_a_name_cannot_forge_a_line_of_the_verdict(
    sly: str, capsys: pytest.CaptureFixture[str]
) -> None:
    honest = printed(reviews.report(reviews.sound()), capsys)
    changed = replace(reviews.sound(), signer=sly, organization=sly, issuer=sly, field=sly)
    told = printed(reviews.report(changed), capsys)
    assert len(told.splitlines()) == len(honest.splitlines())
    assert not {"\u202e", "\u2066", "\u2028"} & set(told)
