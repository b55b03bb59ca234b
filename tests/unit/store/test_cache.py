"""Facts about the copy of the queues."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import AppError
from app.store.cache import MIGRATIONS, QueueCache
from app.store.database import Database
from app.workflow.documents import (
    DeadlineState,
    Document,
    FileRef,
    Person,
    Queue,
    Role,
    RoutingStep,
    Secrecy,
    Signer,
    Task,
    TaskPage,
    Urgency,
)

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
DOCUMENT = Document(
    document_id="d1",
    etag='"7"',
    abstract="Về việc bổ nhiệm",
    kind_name="Quyết định",
    symbol="QĐ-STP",
    number="05",
    issue_date=date(2026, 11, 22),
    recipients=("Như Điều 3", "Lưu: VT"),
    signers=(Signer("Nguyễn Văn A", "GIÁM ĐỐC", "ab" * 32),),
    urgency=Urgency.EXPRESS,
    secrecy=Secrecy.NONE,
    paper_only=False,
    deadline=NOON,
    dossier_code=None,
    drafting_unit="Văn phòng",
    state="to_sign",
    files=(FileRef("f1", "quyet-dinh.pdf", "main", "application/pdf", 12, "cd" * 32, 1),),
    history=(RoutingStep(NOON, "Trần Thị B", "approve", "Đồng ý"), RoutingStep(NOON, "C", "x")),
)

PERSON = Person(
    "u1",
    "Nguyễn Văn An",
    "Sở Tư pháp",
    (Role.LEADER, Role.CLERK),
    ("ab" * 32,),
    (),
    "bhxh-599-2018",
)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[QueueCache]:
    made = QueueCache(tmp_path / "cache.db")
    yield made
    made.close()


def task(number: int, queue: Queue = Queue.TO_SIGN) -> Task:
    return Task(
        task_id=f"t{number}",
        queue=queue,
        document_id=f"d{number}",
        abstract="Về việc bổ nhiệm",
        kind_name="Quyết định",
        urgency=Urgency.NORMAL,
        secrecy=Secrecy.CONFIDENTIAL,
        paper_only=True,
        deadline=NOON if number % 2 else None,
        dossier_code=f"HS-{number}" if number % 2 else None,
        deadline_state=DeadlineState.OVERDUE if number % 2 else None,
        attachments=number,
        updated_at=NOON.replace(minute=number),
        returned=bool(number % 2),
    )


def page(*numbers: int, gone: tuple[str, ...] = (), cursor: str = "c1") -> TaskPage:
    return TaskPage(tuple(task(number) for number in numbers), gone, cursor, more=False)


def test_tasks_come_back_as_they_were_the_last_changed_first(cache: QueueCache) -> None:
    cache.apply(Queue.TO_SIGN, page(1, 2, 3), since=None)
    assert cache.tasks(Queue.TO_SIGN) == (task(3), task(2), task(1))
    assert cache.cursor(Queue.TO_SIGN) == "c1"


def test_changes_replace_and_remove_and_move_the_cursor(cache: QueueCache) -> None:
    cache.apply(Queue.TO_SIGN, page(1, 2), since=None)
    changed = replace(task(2), abstract="Sửa đổi")
    cache.apply(Queue.TO_SIGN, TaskPage((changed,), ("t1",), "c2", more=False), since="c1")
    assert cache.tasks(Queue.TO_SIGN) == (changed,)
    assert cache.cursor(Queue.TO_SIGN) == "c2"


def test_a_first_page_replaces_what_was_there(cache: QueueCache) -> None:
    cache.apply(Queue.TO_SIGN, page(1, 2), since=None)
    cache.apply(Queue.TO_SIGN, page(3), since=None)
    assert cache.tasks(Queue.TO_SIGN) == (task(3),)


def test_queues_do_not_mix(cache: QueueCache) -> None:
    cache.apply(Queue.TO_SIGN, page(1), since=None)
    cache.apply(Queue.TO_ISSUE, TaskPage((), ("t1",), "x", more=False), since=None)
    assert cache.tasks(Queue.TO_SIGN) == (task(1),)
    assert cache.tasks(Queue.TO_ISSUE) == ()
    assert cache.cursor(Queue.INCOMING) is None


def test_a_page_is_taken_over_whole_or_not_at_all(cache: QueueCache) -> None:
    cache.apply(Queue.TO_SIGN, page(1), since=None)
    broken = replace(task(2), attachments=object())  # type: ignore[arg-type] # what cannot be stored
    with pytest.raises(AppError, match=r"store\.failed"):
        cache.apply(Queue.TO_SIGN, TaskPage((broken,), ("t1",), "c2", more=False), since="c1")
    assert cache.tasks(Queue.TO_SIGN) == (task(1),)
    assert cache.cursor(Queue.TO_SIGN) == "c1"


@pytest.mark.parametrize(
    "document",
    [DOCUMENT, replace(DOCUMENT, number=None, issue_date=None, deadline=None, history=())],
    ids=["full", "sparse"],
)
def test_a_description_comes_back_as_it_was(cache: QueueCache, document: Document) -> None:
    cache.remember(document)
    assert cache.document("d1") == document


def test_a_newer_description_takes_the_place_of_the_older(cache: QueueCache) -> None:
    cache.remember(DOCUMENT)
    cache.remember(replace(DOCUMENT, etag='"8"'))
    found = cache.document("d1")
    assert found is not None
    assert found.etag == '"8"'


def test_a_forgotten_description_is_gone(cache: QueueCache) -> None:
    cache.remember(DOCUMENT)
    cache.forget(["d1", "never there"])
    assert cache.document("d1") is None


def test_a_description_of_another_program_version_is_as_good_as_none(cache: QueueCache) -> None:
    with cache._database.writing() as connection:
        connection.execute("""INSERT INTO documents VALUES ('d1', '{"document_id": "d1"}')""")
    assert cache.document("d1") is None


def test_who_was_signed_in_is_remembered_with_their_queues(cache: QueueCache) -> None:
    cache.remember_person(PERSON)
    cache.apply(Queue.TO_SIGN, page(1), since=None)
    renamed = replace(PERSON, name="Nguyễn Văn Ân")
    cache.remember_person(renamed)
    assert cache.person() == renamed
    assert cache.tasks(Queue.TO_SIGN) == (task(1),)


@pytest.mark.parametrize("before", [None, replace(PERSON, user_id="u2")])
def test_another_person_finds_nothing(cache: QueueCache, before: Person | None) -> None:
    if before is not None:
        cache.remember_person(before)
    cache.apply(Queue.TO_SIGN, page(1), since=None)
    cache.remember(DOCUMENT)
    cache.remember_person(PERSON)
    assert cache.tasks(Queue.TO_SIGN) == ()
    assert cache.cursor(Queue.TO_SIGN) is None
    assert cache.document("d1") is None
    assert cache.person() == PERSON


def test_who_signs_out_leaves_nothing(cache: QueueCache) -> None:
    cache.remember_person(PERSON)
    cache.apply(Queue.TO_SIGN, page(1), since=None)
    cache.remember(DOCUMENT)
    cache.clear()
    assert (cache.person(), cache.tasks(Queue.TO_SIGN), cache.document("d1")) == (None, (), None)


def test_a_cache_from_before_there_were_persons_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with closing(Database(path, MIGRATIONS[:1])) as old, old.writing() as connection:
        connection.execute("INSERT INTO cursors VALUES ('to_sign', 'c1')")
    with closing(QueueCache(path)) as cache:
        assert cache.person() is None
        assert cache.cursor(Queue.TO_SIGN) == "c1"


def test_a_damaged_cache_is_replaced_by_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "cache.db"
    with closing(QueueCache(path)) as first:
        first.apply(Queue.TO_SIGN, page(1), since=None)
    path.write_bytes(b"garbage" * 1000)
    with closing(QueueCache(path)) as second:
        assert second.tasks(Queue.TO_SIGN) == ()
        second.apply(Queue.TO_SIGN, page(2), since=None)
        assert second.tasks(Queue.TO_SIGN) == (task(2),)
