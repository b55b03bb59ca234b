"""Facts about a pool: one file's misfortune is its own."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from concurrent.futures import as_completed, wait
from typing import Any

import pytest

from app.errors import AppError
from app.workers.pool import WorkerPool
from app.workers.process import SupervisedProcess

JOBS = "tests.integration.workers.jobs"
SOON_S = 30.0


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(lambda index: SupervisedProcess(f"pool-{index}"), 2) as made:
        yield made


class Told(queue.SimpleQueue[tuple[str, dict[str, Any]]]):
    def __call__(self, event: str, data: dict[str, object]) -> None:
        self.put((event, data))


def test_results_belong_to_their_calls(pool: WorkerPool) -> None:
    futures = {pool.submit(f"{JOBS}:add", n, deadline_s=SOON_S): n for n in range(20)}
    assert {futures[done]: done.result() for done in as_completed(futures, SOON_S)} == {
        n: n for n in range(20)
    }


def test_a_crash_and_a_deadline_touch_their_own_file_only(pool: WorkerPool) -> None:
    functions = ["add", "kill_itself", "add", "hang", "add", "touch_null", "add", "add"]
    futures = [
        pool.submit(f"{JOBS}:{name}", *([1] if name == "add" else []), deadline_s=0.5)
        for name in functions
    ]
    wait(futures, SOON_S)
    codes = [error.code if isinstance(error := f.exception(0), AppError) else None for f in futures]
    assert codes == [
        None,
        "worker.crashed",
        None,
        "worker.deadline",
        None,
        "worker.crashed",
        None,
        None,
    ]


def test_a_request_to_stop_what_runs_takes_nothing_back_that_waits(pool: WorkerPool) -> None:
    told = Told()
    running = [
        pool.submit(f"{JOBS}:work_until_stopped", deadline_s=SOON_S, on_event=told)
        for _ in range(2)
    ]
    waiting = pool.submit(f"{JOBS}:add", 1, deadline_s=SOON_S)
    for _ in running:
        told.get(timeout=SOON_S)
    for future in (waiting, *running):
        pool.ask_to_stop(future)
    assert waiting.result(SOON_S) == 1


def test_two_calls_run_side_by_side_in_two_processes(pool: WorkerPool) -> None:
    told = Told()
    futures = [
        pool.submit(f"{JOBS}:hang_after_telling", deadline_s=SOON_S, on_event=told)
        for _ in range(2)
    ]
    pids = {told.get(timeout=SOON_S)[1]["pid"] for _ in futures}
    assert len(pids) == 2
    for future in futures:
        pool.cancel(future)
    wait(futures, SOON_S)
    assert {str(future.exception(0))[:16] for future in futures} == {"worker.cancelled"}


def test_one_file_after_the_other_stays_with_the_warm_process() -> None:
    with WorkerPool(lambda index: SupervisedProcess(f"warm-{index}"), 2) as pool:
        pids = {pool.submit(f"{JOBS}:pid", deadline_s=SOON_S).result(SOON_S) for _ in range(3)}
    assert len(pids) == 1


def test_a_waiting_call_can_be_taken_back(pool: WorkerPool) -> None:
    told = Told()
    running = [
        pool.submit(f"{JOBS}:hang_after_telling", deadline_s=SOON_S, on_event=told)
        for _ in range(2)
    ]
    waiting = pool.submit(f"{JOBS}:add", 1, deadline_s=SOON_S)
    for _ in running:
        told.get(timeout=SOON_S)
    pool.cancel(waiting)
    assert waiting.cancelled()
    for future in running:
        pool.cancel(future)
    assert pool.submit(f"{JOBS}:add", 2, deadline_s=SOON_S).result(SOON_S) == 2


def test_closing_ends_what_waits_and_what_runs() -> None:
    told = Told()
    pool = WorkerPool(lambda index: SupervisedProcess(f"closed-{index}"), 1)
    running = pool.submit(f"{JOBS}:hang_after_telling", deadline_s=SOON_S, on_event=told)
    waiting = [pool.submit(f"{JOBS}:add", n, deadline_s=SOON_S) for n in range(3)]
    told.get(timeout=SOON_S)
    pool.close()
    done, _ = wait([running, *waiting], SOON_S)
    assert len(done) == 4
    assert all(future.cancelled() for future in waiting)
    late = pool.submit(f"{JOBS}:add", 1, deadline_s=SOON_S)
    assert late.cancelled()


def test_an_argument_that_cannot_be_sent_is_told_at_once(pool: WorkerPool) -> None:
    with pytest.raises((TypeError, AttributeError)):
        pool.submit(f"{JOBS}:add", lambda: 1, deadline_s=SOON_S)
    assert pool.submit(f"{JOBS}:add", 2, deadline_s=SOON_S).result(SOON_S) == 2
