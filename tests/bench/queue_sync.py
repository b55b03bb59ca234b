"""The local copy of a queue: ten changes come in, in a queue of 10,000 and in one of 100."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from app.settings import DEFAULT_PROFILE
from app.store import QueueCache, open_store
from app.workflow.documents import Person, Queue, Role, Secrecy, Task, TaskPage, Urgency
from tests.bench.measure import Line, interleaved
from tests.bench.scene import Scene

ROUNDS = 25
CHANGES = 10
SMALL, LARGE = 100, 10_000
START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)

_LEADER = Person("leader", "Nguyễn Văn An", "Sở", (Role.LEADER,), (), (), DEFAULT_PROFILE)


def run(scene: Scene) -> Iterator[Line]:
    with (
        open_store(filled_store(scene.folder / "sync-small", SMALL)) as small,
        open_store(filled_store(scene.folder / "sync-large", LARGE)) as large,
    ):
        cursors = count(1)

        def sync(cache: QueueCache, size: int) -> None:
            number = next(cursors)
            changed = tuple(_task(number * 37 * index % size, number) for index in range(CHANGES))
            page = TaskPage(changed, (), f"cursor-{number}", more=False)
            cache.apply(Queue.TO_SIGN, page, since=cache.cursor(Queue.TO_SIGN))

        yield interleaved(
            lambda: sync(large.cache, LARGE), lambda: sync(small.cache, SMALL), ROUNDS
        ).at_most(f"queue, {CHANGES} changes taken over among {LARGE:,} / among {SMALL}", 1.5)
        yield interleaved(
            lambda: large.cache.tasks(Queue.TO_SIGN),
            lambda: small.cache.tasks(Queue.TO_SIGN),
            ROUNDS // 5,
        ).shown(f"queue, all {LARGE:,} tasks read / {SMALL}")


def filled_store(root: Path, size: int) -> Path:
    with open_store(root) as store:
        tasks = tuple(_task(index, 0) for index in range(size))
        store.cache.remember_person(_LEADER)
        store.cache.apply(Queue.TO_SIGN, TaskPage(tasks, (), "cursor-0", more=False), since=None)
    return root


def _task(index: int, change: int) -> Task:
    return Task(
        task_id=f"task-{index:06}",
        queue=Queue.TO_SIGN,
        document_id=f"document-{index:06}",
        abstract=f"Về việc rà soát văn bản quy phạm pháp luật đợt {index}",
        kind_name="Công văn",
        urgency=Urgency.NORMAL,
        secrecy=Secrecy.NONE,
        paper_only=False,
        deadline=START + timedelta(days=index % 30),
        attachments=index % 3,
        updated_at=START + timedelta(seconds=index, minutes=change),
    )
