"""The one seam between the window's thread and the lanes where the workplace's blocking methods run.

A lane is a thread, or a few, that takes its errands in order. Nothing in the window's thread ever waits: an answer
comes back as a call in the window's own event loop.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import AppError
from app.workplace.records import Problem, problem_of

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace

Answer = TypeVar("Answer")
Failed = Callable[[Problem], None]


class Lane(StrEnum):
    """Which thread an errand runs in."""

    LOCAL = "local"  # what never asks the network: the store, previews; so none of it waits for a silent server
    DESK = "desk"  # opening, proposing, judging: a few threads
    TOKEN = "token"  # noqa: S105 - drivers and signatures, one after the other
    PAGES = "pages"  # hands page pictures to the render process: never waits, so a page never waits for a desk
    SYNC = "sync"  # queues, prefetching, the outbox
    LISTEN = "listen"  # waits for the server's events for as long as there are any
    ACCOUNT = "account"  # waits for a person in a browser


THREADS = {Lane.LOCAL: 2, Lane.DESK: 3}


class Errand:
    """Something asked of the workplace. After `cancel` its answer reaches nobody, though it may still be worked on."""

    def __init__(self) -> None:
        self.is_cancelled = False

    def cancel(self) -> None:
        """Take no answer any more."""
        self.is_cancelled = True


class Bridge(QObject):
    """Runs errands and brings their answers to the window's thread.

    The workplace is loaded in a lane too, by the first errand: until then the window shows what it has.
    """

    _arrived = Signal(object)

    def __init__(self, load: Callable[[], Workplace]) -> None:
        super().__init__()
        self._load = load
        self._workplace: Future[Workplace] = Future()
        self._loading = threading.Lock()
        self._is_stopped = False
        self._lanes: dict[Lane, queue.SimpleQueue[Callable[[], None]]] = {}
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        work: Callable[[Workplace], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        lane: Lane = Lane.DESK,
    ) -> Errand:
        """Run `work` in a lane; call `done` or `failed` in the window's thread."""
        errand = Errand()
        self._lane(lane).put(partial(self._run, errand, work, done, failed))
        return errand

    def follow(
        self, future: Future[Answer], done: Callable[[Answer], None], failed: Failed
    ) -> Errand:
        """Call `done` or `failed` in the window's thread when a worker process has answered; silent if cancelled."""
        errand = Errand()
        future.add_done_callback(partial(self._followed, errand, done, failed))
        return errand

    def post(self, call: Callable[[], None]) -> None:
        """Call something in the window's thread, from any thread; nothing any more after `stop`."""
        if not self._is_stopped:
            self._arrived.emit(call)

    def stop(self) -> None:
        """Have no answer arrive any more, and begin no errand; the window is gone."""
        self._is_stopped = True

    def _followed(
        self, errand: Errand, done: Callable[[Any], None], failed: Failed, future: Future[Any]
    ) -> None:
        try:
            answer = future.result()
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 - told to the person as a problem, a bug included
            self._deliver(errand, partial(failed, problem_of(error)))
        else:
            self._deliver(errand, partial(done, answer))

    def _run(
        self,
        errand: Errand,
        work: Callable[[Workplace], Any],
        done: Callable[[Any], None],
        failed: Failed,
    ) -> None:
        if errand.is_cancelled or self._is_stopped:
            return
        try:
            answer = work(self._loaded())
        except Exception as error:  # noqa: BLE001 - told to the person as a problem, a bug included
            self._deliver(errand, partial(failed, problem_of(error)))
        else:
            self._deliver(errand, partial(done, answer))

    def _deliver(self, errand: Errand, call: Callable[[], None]) -> None:
        def unless_cancelled() -> None:
            if not errand.is_cancelled:
                call()

        self.post(unless_cancelled)

    def _loaded(self) -> Workplace:
        with self._loading:
            if self._is_stopped:
                raise AppError("worker.cancelled", worker="workplace")
            if not self._workplace.done():
                self._workplace.set_result(self._load())
        return self._workplace.result()

    def _lane(self, lane: Lane) -> queue.SimpleQueue[Callable[[], None]]:
        if lane not in self._lanes:
            errands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
            self._lanes[lane] = errands
            for number in range(THREADS.get(lane, 1)):
                threading.Thread(
                    target=_work_off, args=(errands,), name=f"{lane}-{number + 1}", daemon=True
                ).start()
        return self._lanes[lane]

    def _call(self, call: Callable[[], None]) -> None:
        if not self._is_stopped:
            call()


def _work_off(errands: queue.SimpleQueue[Callable[[], None]]) -> None:
    while True:
        errands.get()()
