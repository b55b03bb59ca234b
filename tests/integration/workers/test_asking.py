"""Facts about a running function that asks its caller for something."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any

import pytest

from app.errors import AppError
from app.workers.process import SupervisedProcess
from signing.errors import SigningError

JOBS = "tests.integration.workers.jobs"
SOON_S = 30.0


@pytest.fixture(scope="module")
def process() -> Iterator[SupervisedProcess]:
    with SupervisedProcess("asking") as made:
        yield made


def answered(value: Any) -> Future[Any]:
    answer: Future[Any] = Future()
    if isinstance(value, BaseException):
        answer.set_exception(value)
    else:
        answer.set_result(value)
    return answer


def test_a_function_goes_on_with_the_answer(process: SupervisedProcess) -> None:
    future = process.submit(
        f"{JOBS}:ask_twice", deadline_s=SOON_S, on_question=lambda wanted: answered(wanted * 2)
    )
    assert future.result() == [2, 4]


def test_a_refusal_is_raised_where_it_was_asked(process: SupervisedProcess) -> None:
    refused = SigningError("token.removed", ckr="DeviceRemoved")
    future = process.submit(
        f"{JOBS}:ask_twice", deadline_s=SOON_S, on_question=lambda _: answered(refused)
    )
    with pytest.raises(SigningError, match=r"token\.removed") as told:
        future.result()
    assert told.value.params["ckr"] == "DeviceRemoved"


def test_an_answer_that_was_called_off_is_a_refusal(process: SupervisedProcess) -> None:
    def call_off(_: object) -> Future[Any]:
        answer: Future[Any] = Future()
        answer.cancel()
        return answer

    future = process.submit(f"{JOBS}:ask_twice", deadline_s=SOON_S, on_question=call_off)
    with pytest.raises(AppError, match=r"worker\.cancelled"):
        future.result()


def test_what_nobody_answers_is_a_bug_of_the_program(process: SupervisedProcess) -> None:
    with pytest.raises(AppError, match=r"worker\.bug"):
        process.call(f"{JOBS}:ask_twice", deadline_s=SOON_S)


def test_the_deadline_waits_while_the_answer_is_made(process: SupervisedProcess) -> None:
    late: Future[Any] = Future()
    asked = threading.Event()

    def answer_later(_: object) -> Future[Any]:
        asked.set()
        return late

    process.call(f"{JOBS}:pid", deadline_s=SOON_S)
    future = process.submit(f"{JOBS}:ask_once", deadline_s=0.5, on_question=answer_later)
    assert asked.wait(SOON_S)
    threading.Timer(1.0, late.set_result, (7,)).start()
    assert future.result() == 7


def test_a_late_answer_disturbs_nobody(process: SupervisedProcess) -> None:
    late: Future[Any] = Future()
    asked = threading.Event()

    def answer_later(_: object) -> Future[Any]:
        asked.set()
        return late

    future = process.submit(f"{JOBS}:ask_once", deadline_s=SOON_S, on_question=answer_later)
    assert asked.wait(SOON_S)
    process.cancel(future)
    with pytest.raises(AppError, match=r"worker\.cancelled"):
        future.result()
    late.set_result(7)
    assert process.call(f"{JOBS}:add", 2, right=3, deadline_s=SOON_S) == 5


def test_a_restart_gives_a_process_of_its_own(process: SupervisedProcess) -> None:
    before = process.call(f"{JOBS}:pid", deadline_s=SOON_S)
    process.restart()
    assert process.call(f"{JOBS}:pid", deadline_s=SOON_S) != before


def test_what_is_asked_after_a_restart_runs_in_the_new_process(process: SupervisedProcess) -> None:
    asked: SimpleQueue[Future[int]] = SimpleQueue()

    def at_once(_: Future[int]) -> None:
        process.restart()
        asked.put(process.submit(f"{JOBS}:pid", deadline_s=SOON_S))

    before = process.submit(f"{JOBS}:pid", deadline_s=SOON_S)
    before.add_done_callback(at_once)
    assert asked.get(timeout=SOON_S).result() != before.result()
