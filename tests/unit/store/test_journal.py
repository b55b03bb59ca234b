"""Facts about the journal: it only moves forward."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import AppError
from app.store.journal import SqliteJournal
from app.store.journal_schema import MIGRATIONS
from app.workflow.documents import UploadReceipt
from app.workflow.plan import SigningPlan, Work, WorkState
from signing.request import SignatureRequest
from signing.terms import SignatureKind

BASE, CERTIFICATE, SIGNED, OTHER = "a" * 64, "b" * 64, "c" * 64, "d" * 64


class Ticking:
    """A clock that moves a second at each look."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    made = SqliteJournal(tmp_path / "journal.db", clock=Ticking())
    yield made
    made.close()


def plan(
    document_id: str = "d1", kind: SignatureKind = SignatureKind.PERSONAL, base: str = BASE
) -> SigningPlan:
    return SigningPlan(document_id, "f1", base, SignatureRequest(kind, base, CERTIFICATE))


def receipt(sha256: str = SIGNED) -> UploadReceipt:
    return UploadReceipt("f1", 2, sha256, datetime(2026, 11, 22, tzinfo=UTC))


def signed(journal: SqliteJournal) -> Work:
    work = journal.begin(plan())
    return journal.signed(work.work_id, signed_sha256=SIGNED, level="B-B")


def test_a_work_goes_from_planned_to_signed_to_accepted(journal: SqliteJournal) -> None:
    work = journal.begin(plan())
    assert (work.state, work.kind, work.base_sha256) == (WorkState.PLANNED, "personal", BASE)
    work = journal.signed(work.work_id, signed_sha256=SIGNED, level="B-T")
    assert (work.state, work.signed_sha256, work.level) == (WorkState.SIGNED, SIGNED, "B-T")
    work = journal.accepted(work.work_id, receipt())
    assert (work.state, work.server_revision) == (WorkState.ACCEPTED, 2)
    assert journal.work(work.work_id) == work


def test_the_same_plan_twice_is_one_work_in_every_state(journal: SqliteJournal) -> None:
    first = journal.begin(plan())
    assert journal.begin(plan()) == first
    in_hand = journal.signed(first.work_id, signed_sha256=SIGNED, level="B-B")
    assert journal.begin(plan()) == in_hand
    done = journal.accepted(first.work_id, receipt())
    assert journal.begin(plan()) == done


@pytest.mark.parametrize(
    "other",
    [plan(document_id="d2"), plan(kind=SignatureKind.SEAL), plan(base=OTHER)],
    ids=["document", "kind", "base"],
)
def test_another_plan_is_another_work(journal: SqliteJournal, other: SigningPlan) -> None:
    assert journal.begin(plan()).work_id != journal.begin(other).work_id


def test_a_dropped_plan_may_be_begun_anew_with_a_new_upload_key(journal: SqliteJournal) -> None:
    first = journal.begin(plan())
    assert journal.dropped(first.work_id, reason="withdrawn").reason == "withdrawn"
    second = journal.begin(plan())
    assert second.state is WorkState.PLANNED
    assert second.upload_key != first.upload_key
    assert [work.state for work in journal.works_of("d1")] == [
        WorkState.DROPPED,
        WorkState.PLANNED,
    ]


def test_the_same_step_twice_changes_nothing(journal: SqliteJournal) -> None:
    work = signed(journal)
    assert journal.signed(work.work_id, signed_sha256=SIGNED, level="B-B") == work
    work = journal.accepted(work.work_id, receipt())
    assert journal.accepted(work.work_id, receipt()) == work


def test_a_signed_work_takes_no_other_signed_file(journal: SqliteJournal) -> None:
    work = signed(journal)
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.signed(work.work_id, signed_sha256=OTHER, level="B-B")
    assert journal.work(work.work_id) == work


def test_a_receipt_for_another_file_is_refused_and_recorded_nowhere(
    journal: SqliteJournal,
) -> None:
    work = signed(journal)
    with pytest.raises(AppError) as caught:
        journal.accepted(work.work_id, receipt(OTHER))
    assert caught.value.code == "store.receipt_mismatch"
    assert journal.work(work.work_id).state is WorkState.SIGNED


def test_nothing_is_accepted_before_it_is_signed(journal: SqliteJournal) -> None:
    work = journal.begin(plan())
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.accepted(work.work_id, receipt())


def test_an_extended_work_is_the_file_that_is_sent(journal: SqliteJournal) -> None:
    work = signed(journal)
    work = journal.extended(work.work_id, extended_sha256=OTHER, level="B-LT")
    assert (work.state, work.signed_sha256, work.level) == (WorkState.EXTENDED, OTHER, "B-LT")
    assert journal.extended(work.work_id, extended_sha256=OTHER, level="B-LT") == work
    assert journal.unfinished() == (work,)
    with pytest.raises(AppError, match=r"store\.receipt_mismatch"):
        journal.accepted(work.work_id, receipt(SIGNED))
    assert journal.accepted(work.work_id, receipt(OTHER)).state is WorkState.ACCEPTED


def test_a_file_that_may_be_with_the_server_is_replaced_by_no_other(
    journal: SqliteJournal,
) -> None:
    work = journal.sending(signed(journal).work_id)
    assert (work.state, work.is_sending) == (WorkState.SIGNED, True)
    assert journal.sending(work.work_id) == work
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.extended(work.work_id, extended_sha256=OTHER, level="B-LT")
    assert journal.work(work.work_id).signed_sha256 == SIGNED


def test_nothing_is_extended_or_sent_before_it_is_signed(journal: SqliteJournal) -> None:
    work = journal.begin(plan())
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.extended(work.work_id, extended_sha256=OTHER, level="B-LT")
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.sending(work.work_id)


def test_an_extension_under_way_is_gone_on_with_by_whoever_began_it(
    journal: SqliteJournal,
) -> None:
    mine = journal.begin_extension("d1", "f1", BASE, by="u1")
    assert mine.kind == "document_timestamp"
    assert journal.begin_extension("d1", "f1", BASE, by="u1") == mine
    assert journal.begin_extension("d1", "f1", BASE, by="u2") != mine
    journal.dropped(mine.work_id, reason="server.conflict")
    assert journal.begin_extension("d1", "f1", BASE, by="u1").work_id != mine.work_id


def test_what_an_older_program_signed_and_may_have_sent_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(sqlite3.connect(path)) as older:
        older.executescript("".join(MIGRATIONS[:2]) + "PRAGMA user_version = 2;")
        for name in ("w1", "w2"):
            older.execute(
                "INSERT INTO works (work_id, document_id, file_id, kind, base_sha256, certificate_sha256,"
                " attempt, upload_key, at_utc, user_id) VALUES (?, ?, 'f1', 'personal', ?, ?, 1, ?, '', 'u1')",
                (name, name, BASE, CERTIFICATE, name),
            )
        steps = (
            *(("w1", "planned"), ("w1", "failed"), ("w1", "signed")),
            *(("w2", "planned"), ("w2", "signed"), ("w2", "accepted")),
        )
        for work_id, step in steps:
            older.execute(
                "INSERT INTO steps (work_id, step, at_utc, sha256, level) VALUES (?, ?, '', ?, 'B-B')",
                (work_id, step, SIGNED),
            )
        older.commit()
    with closing(SqliteJournal(path)) as journal:
        waiting, done = journal.work("w1"), journal.work("w2")
        assert (waiting.state, waiting.signed_sha256) == (WorkState.SIGNED, SIGNED)
        assert (waiting.is_sending, waiting.user_id) == (True, "u1")
        assert len(journal.failures_of("w1")) == 1
        assert (done.state, done.is_sending) == (WorkState.ACCEPTED, False)
        assert journal.accepted("w1", receipt()).state is WorkState.ACCEPTED


def test_an_accepted_work_is_never_dropped(journal: SqliteJournal) -> None:
    work = journal.accepted(signed(journal).work_id, receipt())
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.dropped(work.work_id, reason="discarded")
    assert journal.work(work.work_id).state is WorkState.ACCEPTED


def test_a_dropped_work_never_comes_back(journal: SqliteJournal) -> None:
    work = journal.dropped(journal.begin(plan()).work_id, reason="withdrawn")
    with pytest.raises(AppError, match=r"store\.wrong_step"):
        journal.signed(work.work_id, signed_sha256=SIGNED, level="B-B")
    assert journal.dropped(work.work_id, reason="again").reason == "withdrawn"


def test_a_failed_try_is_kept_and_leaves_the_state(journal: SqliteJournal) -> None:
    work = journal.begin(plan())
    for code in ("server.unreachable", "server.unreachable", "server.conflict"):
        journal.failed_once(work.work_id, code=code)
    assert journal.work(work.work_id) == work
    assert journal.failures_of(work.work_id)[-1] == "server.conflict"
    assert len(journal.failures_of(work.work_id)) == 3


def test_an_unknown_work_is_said_to_be_unknown(journal: SqliteJournal) -> None:
    with pytest.raises(AppError, match=r"store\.no_such_work"):
        journal.failed_once("nobody", code="server.conflict")


def test_unfinished_is_what_is_planned_or_signed_oldest_first(journal: SqliteJournal) -> None:
    works = [journal.begin(plan(document_id=f"d{number}")) for number in range(4)]
    journal.signed(works[0].work_id, signed_sha256=SIGNED, level="B-B")
    journal.accepted(works[0].work_id, receipt())
    journal.dropped(works[1].work_id, reason="withdrawn")
    journal.signed(works[3].work_id, signed_sha256=OTHER, level="B-B")
    assert [work.document_id for work in journal.unfinished()] == ["d2", "d3"]


def test_a_calls_key_stays_the_same_until_it_is_settled(journal: SqliteJournal) -> None:
    key = journal.key_for("take_number", "d1")
    assert journal.key_for("take_number", "d1") == key
    assert journal.key_for("take_number", "d2") != key
    assert journal.key_for("forward", "d1") != key
    journal.settle("take_number", "d1")
    journal.settle("take_number", "d1")
    assert journal.key_for("take_number", "d1") != key


def test_works_and_keys_outlive_the_program(tmp_path: Path) -> None:
    with closing(SqliteJournal(tmp_path / "journal.db")) as first:
        work, key = signed(first), first.key_for("forward", "d1")
    with closing(SqliteJournal(tmp_path / "journal.db")) as second:
        assert second.unfinished() == (work,)
        assert second.key_for("forward", "d1") == key


@pytest.mark.parametrize("table", ["works", "steps", "call_keys", "settled_keys", "deletions"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET at_utc = ''"])
def test_the_database_itself_refuses_to_rewrite_history(
    journal: SqliteJournal, tmp_path: Path, table: str, verb: str
) -> None:
    signed(journal)
    journal.key_for("forward", "d1")
    journal.settle("forward", "d1")
    journal.evidence_deleted(SIGNED, "d1")
    with (
        closing(sqlite3.connect(tmp_path / "journal.db")) as stranger,
        pytest.raises(sqlite3.IntegrityError, match="append only"),
    ):
        stranger.execute(verb.format(table))


def test_two_threads_that_begin_the_same_plan_get_one_work(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    # Two connections, as two copies of the program have them.
    with closing(SqliteJournal(path)) as first, closing(SqliteJournal(path)) as second:
        together = threading.Barrier(4)
        found: list[Work] = []

        def begin(journal: SqliteJournal) -> None:
            together.wait()
            found.append(journal.begin(plan()))

        threads = [
            threading.Thread(target=begin, args=(item,)) for item in (first, second, first, second)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert len(set(found)) == 1
        assert len(first.works_of("d1")) == 1


def test_times_come_from_the_clock_in_utc(journal: SqliteJournal, tmp_path: Path) -> None:
    journal.begin(plan())
    with closing(sqlite3.connect(tmp_path / "journal.db")) as stranger:
        (moment,) = stranger.execute("SELECT at_utc FROM steps").fetchone()
    assert moment == "2026-11-22T00:00:02.000000+00:00"
