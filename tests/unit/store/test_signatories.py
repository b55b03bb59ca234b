"""Facts about the register of authorised signers and agencies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.store.signatories import SignatoryStore
from app.workflow.signatories import Signatory

MORNING = datetime(2026, 11, 27, 1, tzinfo=UTC)
LEADER = Signatory("ab" * 32, "Nguyễn Văn An", is_agency=False, title="Giám đốc")
AGENCY = Signatory("cd" * 32, "Sở Tư pháp", is_agency=True)


class _Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    return _Clock()


@pytest.fixture
def register(tmp_path: Path, clock: _Clock) -> Iterator[SignatoryStore]:
    with closing(SignatoryStore(tmp_path / "signatories.db", clock=clock)) as store:
        yield store


def test_agencies_come_before_persons(register: SignatoryStore) -> None:
    register.remember((LEADER, AGENCY))
    assert [item.name for item in register.all()] == ["Sở Tư pháp", "Nguyễn Văn An"]


def test_who_is_seen_again_keeps_the_day_of_the_first_time(
    register: SignatoryStore, clock: _Clock
) -> None:
    register.remember((LEADER,))
    clock.now += timedelta(days=1)
    register.remember((LEADER,))
    (known,) = register.all()
    assert (known.first_seen, known.last_seen) == (MORNING, MORNING + timedelta(days=1))


def test_a_title_stays_where_a_later_source_tells_none(register: SignatoryStore) -> None:
    register.remember((LEADER,))
    register.remember((Signatory(LEADER.certificate_sha256, LEADER.name, is_agency=False),))
    assert register.all()[0].title == "Giám đốc"


def test_a_removed_entry_is_gone(register: SignatoryStore) -> None:
    register.remember((LEADER, AGENCY))
    assert register.remove(LEADER.certificate_sha256)
    assert [item.name for item in register.all()] == ["Sở Tư pháp"]


def test_removing_what_is_not_there_says_so(register: SignatoryStore) -> None:
    assert not register.remove("ef" * 32)


def test_the_register_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "signatories.db"
    with closing(SignatoryStore(path)) as before:
        before.remember((LEADER,))
    with closing(SignatoryStore(path)) as after:
        assert after.all()[0].name == "Nguyễn Văn An"
