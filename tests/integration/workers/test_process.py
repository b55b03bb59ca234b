"""Facts about a supervised process: what survives what."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, wait
from multiprocessing.connection import wait as wait_for_handles
from pathlib import Path
from typing import Any

import pytest

from app.errors import AppError
from app.workers.process import SupervisedProcess
from app.workers.records import PagePicture
from pdf.errors import PdfError
from signing.errors import SigningError

JOBS = "tests.integration.workers.jobs"
SOON_S = 30.0
SEGMENTS = Path("/dev/shm")


@pytest.fixture(scope="module")
def process() -> Iterator[SupervisedProcess]:
    with SupervisedProcess("test") as made:
        yield made


class Told(queue.SimpleQueue[tuple[str, dict[str, Any]]]):
    """Takes down what a running function emits."""

    def __call__(self, event: str, data: dict[str, object]) -> None:
        self.put((event, data))


def segments() -> set[str]:
    return {path.name for path in SEGMENTS.glob("tk*")}


def has_ended(pid: int) -> bool:
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(wait_for_handles([descriptor], SOON_S))
    finally:
        os.close(descriptor)


def test_a_function_named_by_string_runs_elsewhere(process: SupervisedProcess) -> None:
    assert process.call(f"{JOBS}:add", 2, right=3, deadline_s=SOON_S) == 5
    assert process.call(f"{JOBS}:pid", deadline_s=SOON_S) == process.pid != os.getpid()


def test_requests_run_in_the_childs_main_thread(process: SupervisedProcess) -> None:
    assert process.call(f"{JOBS}:thread_name", deadline_s=SOON_S) == "MainThread"


def test_a_hung_child_is_killed_at_its_deadline_and_the_next_call_works(
    process: SupervisedProcess,
) -> None:
    told = Told()
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:hang_in_c", deadline_s=0.2, on_event=told)
    assert caught.value.code == "worker.deadline"
    assert caught.value.params == {"worker": "test", "seconds": 0.2}
    assert has_ended(told.get(timeout=SOON_S)[1]["pid"])
    assert process.call(f"{JOBS}:add", 1, deadline_s=SOON_S) == 1


@pytest.mark.parametrize(
    ("function", "exit_code"),
    [("kill_itself", -signal.SIGKILL), ("touch_null", -signal.SIGSEGV)],
)
def test_a_child_that_dies_is_told_as_crashed_and_the_next_call_works(
    process: SupervisedProcess, function: str, exit_code: int
) -> None:
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:{function}", deadline_s=SOON_S)
    assert caught.value.code == "worker.crashed"
    assert caught.value.params == {"worker": "test", "exit_code": exit_code}
    assert process.call(f"{JOBS}:add", 1, deadline_s=SOON_S) == 1


def test_a_child_killed_while_idle_is_replaced_unnoticed(process: SupervisedProcess) -> None:
    pid = process.call(f"{JOBS}:pid", deadline_s=SOON_S)
    os.kill(pid, signal.SIGKILL)
    assert has_ended(pid)
    assert process.call(f"{JOBS}:pid", deadline_s=SOON_S) != pid


def test_a_function_over_the_memory_limit_is_out_of_memory_and_the_next_call_works() -> None:
    with SupervisedProcess("small", memory_limit_bytes=1024**3) as small:
        with pytest.raises(AppError) as caught:
            small.call(f"{JOBS}:eat", 2 * 1024**3, deadline_s=SOON_S)
        assert caught.value.code == "worker.out_of_memory"
        assert small.call(f"{JOBS}:eat", 1024, deadline_s=SOON_S) == 1024


def test_events_arrive_in_order_and_before_the_result(process: SupervisedProcess) -> None:
    numbers: list[object] = []
    result = process.call(
        f"{JOBS}:count",
        500,
        deadline_s=SOON_S,
        on_event=lambda _, data: numbers.append(data["number"]),
    )
    assert result == 500
    assert numbers == list(range(500))


def test_a_listener_that_fails_harms_nobody(process: SupervisedProcess) -> None:
    def listener(event: str, data: dict[str, object]) -> None:
        raise RuntimeError(event, data)

    assert process.call(f"{JOBS}:count", 2, deadline_s=SOON_S, on_event=listener) == 2


@pytest.mark.parametrize(
    ("room", "error"),
    [
        ("pdf", PdfError("pdf.no_such_page", page=7)),
        ("signing", SigningError("token.pin_incorrect", tries=2)),
        ("app", AppError("server.conflict", document="d1")),
    ],
)
def test_the_rooms_errors_come_back_as_themselves(
    process: SupervisedProcess, room: str, error: AppError | PdfError | SigningError
) -> None:
    with pytest.raises(type(error)) as caught:
        process.call(f"{JOBS}:fail", room, deadline_s=SOON_S)
    assert isinstance(caught.value, AppError | PdfError | SigningError)
    assert (caught.value.code, caught.value.params) == (error.code, error.params)


def test_any_other_error_is_a_bug_and_its_text_stays_in_the_child(
    process: SupervisedProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:stumble_over", "PIN-24680", deadline_s=SOON_S)
    assert caught.value.code == "worker.bug"
    assert caught.value.params == {"worker": "test", "kind": "KeyError"}
    told = [record for record in caplog.records if record.message == "worker.bug"]
    assert "jobs.py" in str(vars(told[0])["frames"])
    assert not any("24680" in str(vars(record)) for record in caplog.records)


@pytest.mark.parametrize("function", ["leave", "no_such_function", "unknown_record"])
def test_what_cannot_be_answered_is_a_bug_and_the_next_call_works(
    process: SupervisedProcess, function: str
) -> None:
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:{function}", deadline_s=SOON_S)
    assert caught.value.code == "worker.bug"
    assert process.call(f"{JOBS}:add", 1, deadline_s=SOON_S) == 1


def test_the_log_names_the_record_that_was_refused(
    process: SupervisedProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(AppError, match=r"worker\.bug"):
        process.call(f"{JOBS}:unknown_record", deadline_s=SOON_S)
    refused = next(item for item in caplog.records if item.message == "worker.answer_refused")
    assert vars(refused)["kind"] == f"{JOBS}:NotForParents"


def test_an_answer_that_would_run_something_in_the_parent_is_refused(
    process: SupervisedProcess, tmp_path: Path
) -> None:
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:trap", tmp_path / "sprung", deadline_s=SOON_S)
    assert caught.value.code == "worker.bug"
    assert not (tmp_path / "sprung").exists()


def test_cancelling_a_running_call_kills_it_and_the_next_call_works(
    process: SupervisedProcess,
) -> None:
    told = Told()
    future = process.submit(f"{JOBS}:hang_after_telling", deadline_s=SOON_S, on_event=told)
    pid = told.get(timeout=SOON_S)[1]["pid"]
    process.cancel(future)
    with pytest.raises(AppError) as caught:
        future.result(SOON_S)
    assert caught.value.code == "worker.cancelled"
    assert has_ended(pid)
    assert process.call(f"{JOBS}:add", 1, deadline_s=SOON_S) == 1


def test_a_cancelled_call_that_waits_never_runs(process: SupervisedProcess) -> None:
    told, never = Told(), Told()
    first = process.submit(f"{JOBS}:work_until_stopped", deadline_s=SOON_S, on_event=told)
    second = process.submit(f"{JOBS}:count", 1, deadline_s=SOON_S, on_event=never)
    third = process.submit(f"{JOBS}:add", 1, deadline_s=SOON_S)
    told.get(timeout=SOON_S)
    process.cancel(second)
    process.ask_to_stop(first)
    assert third.result(SOON_S) == 1
    assert second.cancelled()
    assert never.empty()


def test_a_function_that_is_asked_to_stop_ends_with_what_it_has(
    process: SupervisedProcess,
) -> None:
    told = Told()
    pid = process.call(f"{JOBS}:pid", deadline_s=SOON_S)
    future = process.submit(f"{JOBS}:work_until_stopped", deadline_s=SOON_S, on_event=told)
    told.get(timeout=SOON_S)
    process.ask_to_stop(future)
    assert future.result(SOON_S) >= 0
    assert process.call(f"{JOBS}:pid", deadline_s=SOON_S) == pid


def test_a_function_that_is_asked_to_stop_while_its_process_starts_ends_with_what_it_has() -> None:
    with SupervisedProcess("slow-to-start", is_afresh=True) as process:
        future = process.submit(f"{JOBS}:work_until_stopped", deadline_s=SOON_S)
        until_s = time.monotonic() + SOON_S
        while process.pid is None:
            assert time.monotonic() < until_s
            os.sched_yield()
        process.ask_to_stop(future)
        assert future.result(SOON_S) >= 0


def test_the_newest_request_goes_first_where_that_is_asked_for() -> None:
    told = Told()
    done: list[int] = []
    with SupervisedProcess("newest", newest_first=True) as process:
        first = process.submit(f"{JOBS}:work_until_stopped", deadline_s=SOON_S, on_event=told)
        told.get(timeout=SOON_S)
        futures: list[Future[Any]] = []
        for number in range(4):
            future = process.submit(f"{JOBS}:add", number, deadline_s=SOON_S)
            future.add_done_callback(lambda done_future: done.append(done_future.result()))
            futures.append(future)
        process.ask_to_stop(first)
        wait(futures, SOON_S)
    assert done == [3, 2, 1, 0]


def test_the_environment_is_in_place_in_the_child_and_nowhere_else() -> None:
    with SupervisedProcess("env", environment={"SOFTHSM2_CONF": "/a/conf"}) as process:
        assert process.call(f"{JOBS}:environment", "SOFTHSM2_CONF", deadline_s=SOON_S) == "/a/conf"
    assert os.environ.get("SOFTHSM2_CONF") != "/a/conf"


def test_a_child_has_the_environment_that_its_program_has_now(
    process: SupervisedProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.call(f"{JOBS}:pid", deadline_s=SOON_S)
    monkeypatch.setenv("SOFTHSM2_CONF", "/a/newer/conf")
    with SupervisedProcess("later") as later:
        told = later.call(f"{JOBS}:environment", "SOFTHSM2_CONF", deadline_s=SOON_S)
    assert told == "/a/newer/conf"


def test_what_a_child_has_imported_is_never_searched_for_garbage(
    process: SupervisedProcess,
) -> None:
    assert process.call(f"{JOBS}:frozen", deadline_s=SOON_S) > 10_000


def test_modules_to_preload_are_there_before_the_first_request() -> None:
    with SupervisedProcess("preload", preload=("wave",)) as process:
        process.start()
        assert process.call(f"{JOBS}:loaded", "wave", deadline_s=SOON_S)


def test_a_module_that_cannot_be_preloaded_is_told_to_each_call_and_hangs_none() -> None:
    with SupervisedProcess("broken", preload=("no_such_module_here",)) as process:
        for _ in range(2):
            with pytest.raises(AppError) as caught:
                process.call(f"{JOBS}:add", 1, deadline_s=SOON_S)
            assert caught.value.params == {"worker": "broken", "kind": "ModuleNotFoundError"}


def test_a_start_that_hangs_ends_at_the_start_deadline() -> None:
    preload = ("tests.integration.workers.endless",)
    with SupervisedProcess("slow", preload=preload, start_deadline_s=0.5) as process:
        with pytest.raises(AppError) as caught:
            process.call(f"{JOBS}:add", 1, deadline_s=SOON_S)
        assert caught.value.code == "worker.deadline"
        assert caught.value.params["seconds"] == 0.5


def test_a_child_may_not_leave_a_core_file(process: SupervisedProcess) -> None:
    assert process.call(f"{JOBS}:core_limit", deadline_s=SOON_S) == (0, 0)


def test_a_drivers_chatter_does_not_reach_standard_output(
    process: SupervisedProcess, capfd: pytest.CaptureFixture[str]
) -> None:
    assert process.call(f"{JOBS}:print_something", deadline_s=SOON_S) == "printed"
    assert capfd.readouterr().out == ""


def test_a_big_picture_comes_back_whole_and_leaves_no_segment() -> None:
    before = segments()
    with SupervisedProcess("pictures") as process:
        small = process.call(f"{JOBS}:picture", 10, 10, deadline_s=SOON_S)
        big = process.call(f"{JOBS}:picture", 1200, 1700, deadline_s=SOON_S)
        assert segments() == before
    assert isinstance(big, PagePicture)
    assert len(small.pixels) == 300
    assert len(big.pixels) == 1200 * 1700 * 3
    assert big.pixels[:512] == bytes(range(256)) * 2


def test_a_child_killed_with_a_segment_in_its_hands_leaves_none(
    process: SupervisedProcess,
) -> None:
    before = segments()
    with pytest.raises(AppError) as caught:
        process.call(f"{JOBS}:half_a_segment_then_die", 1_000_000, deadline_s=SOON_S)
    assert caught.value.code == "worker.crashed"
    assert segments() == before


def test_closing_cancels_what_runs_and_what_waits() -> None:
    told = Told()
    process = SupervisedProcess("closing")
    running = process.submit(f"{JOBS}:hang_after_telling", deadline_s=SOON_S, on_event=told)
    waiting = process.submit(f"{JOBS}:add", 1, deadline_s=SOON_S)
    pid = told.get(timeout=SOON_S)[1]["pid"]
    process.close()
    assert has_ended(pid)
    with pytest.raises(AppError, match=r"worker\.cancelled"):
        running.result(0)
    with pytest.raises(CancelledError):
        waiting.result(0)
    with pytest.raises(AppError, match=r"worker\.cancelled"):
        process.call(f"{JOBS}:add", 1, deadline_s=SOON_S)
    process.close()


def test_many_threads_may_call_at_once(process: SupervisedProcess) -> None:
    results: list[int] = []

    def ask(number: int) -> None:
        results.append(process.call(f"{JOBS}:add", number, deadline_s=SOON_S))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON_S)
    assert sorted(results) == list(range(16))


ORPHANS = """
from app.workers.process import SupervisedProcess
process = SupervisedProcess("orphan")
process.submit("tests.integration.workers.jobs:{function}", deadline_s=600,
               on_event=lambda event, data: print(data["pid"], flush=True))
import threading; threading.Event().wait()
"""


@pytest.mark.parametrize("function", ["hang_after_telling", "hang_in_c"])
def test_a_child_dies_with_its_parent_even_while_a_driver_hangs(function: str) -> None:
    script = ORPHANS.format(function=function)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert has_ended(pid)


LEAVES = """
from app.workers.process import SupervisedProcess
process = SupervisedProcess("left")
print(process.call("tests.integration.workers.jobs:pid", deadline_s=60), flush=True)
process.submit("tests.integration.workers.jobs:hang", deadline_s=600)
"""


def test_a_program_that_forgets_to_close_ends_quietly_and_takes_the_child_along() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LEAVES], capture_output=True, text=True, timeout=60, check=True
    )
    assert has_ended(int(done.stdout))
    assert done.stderr == ""


CLOSES_EARLY = """
from app.workers.process import SupervisedProcess
process = SupervisedProcess("early", preload=("pyhanko.sign",))
process.start()
process.close()
"""


def test_a_program_that_is_closed_while_a_child_starts_ends_quietly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSES_EARLY], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr == ""


NO_ENGINES = """
import sys
import app.workers.render, app.workers.verify, app.workers.pool, app.store, app.workflow.ports
loaded = {"pymupdf", "fitz", "pyhanko", "pkcs11", "asn1crypto", "PySide6"} & set(sys.modules)
assert not loaded, loaded
"""


def test_the_parent_loads_no_engine() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_ENGINES], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
