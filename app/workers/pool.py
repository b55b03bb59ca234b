"""A few supervised processes side by side: one file's crash or deadline touches that file alone."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from types import TracebackType
from typing import Any, Self

from app.errors import AppError
from app.workers.calls import Answerer, Listener, Request, call_off, prepare
from app.workers.process import SupervisedProcess


class WorkerPool:
    """Gives each call to a free process, a warm one first; the rest waits its turn.

    Futures come back in the order of the calls and are done in any order (`concurrent.futures.as_completed`).
    """

    def __init__(self, make: Callable[[int], SupervisedProcess], size: int) -> None:
        """Prepare the processes; none runs yet.

        Args:
            make: makes the process of an index.
            size: how many files are worked on at once.
        """
        self._workers = tuple(make(index) for index in range(size))
        self._idle = list(reversed(self._workers))
        self._waiting: deque[Request] = deque()
        self._busy: dict[Future[Any], SupervisedProcess] = {}
        self._is_closed = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the first process before it is needed; returns at once."""
        self._workers[0].start()

    def submit(
        self,
        function: str,
        *args: Any,
        deadline_s: float,
        on_event: Listener | None = None,
        on_question: Answerer | None = None,
        **kwargs: Any,
    ) -> Future[Any]:
        """Ask for a call; arguments, errors and deadline as `SupervisedProcess.submit`."""
        request = prepare(
            function,
            args,
            kwargs,
            deadline_s=deadline_s,
            on_event=on_event,
            on_question=on_question,
        )
        with self._lock:
            self._waiting.append(request)
            is_closed = self._is_closed
        if is_closed:
            call_off(request)
        self._dispatch()
        return request.future

    def cancel(self, future: Future[Any]) -> None:
        """Give a call up: taken back while it waits; while it runs, its process is killed."""
        with self._lock:
            worker = self._busy.get(future)
        if worker is not None:
            worker.cancel(future)
        else:
            future.cancel()

    def result_of(self, future: Future[Any]) -> Any:
        """Wait for a call; errors as `SupervisedProcess.call`."""
        try:
            return future.result()
        except CancelledError as error:
            raise AppError("worker.cancelled", worker=self._workers[0].name) from error
        except KeyboardInterrupt:
            self.cancel(future)
            raise

    def ask_to_stop(self, future: Future[Any]) -> None:
        """Ask a running function to end at its next good place; one that waits its turn hears nothing of it."""
        with self._lock:
            worker = self._busy.get(future)
        if worker is not None:
            worker.ask_to_stop(future)

    def close(self) -> None:
        """End all processes and cancel what waits or runs; harmless twice."""
        with self._lock:
            self._is_closed = True
            waiting, self._waiting = self._waiting, deque()
        for request in waiting:
            call_off(request)
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _dispatch(self) -> None:
        while (pair := self._next_pair()) is not None:
            worker, request = pair
            worker.hand(request)
            request.future.add_done_callback(partial(self._free, worker))

    def _next_pair(self) -> tuple[SupervisedProcess, Request] | None:
        with self._lock:
            while self._waiting and self._idle and not self._is_closed:
                request = self._waiting.popleft()
                if request.future.cancelled():
                    call_off(request)
                    continue
                # The one that worked last is the warm one.
                worker = self._busy[request.future] = self._idle.pop()
                return worker, request
        return None

    def _free(self, worker: SupervisedProcess, future: Future[Any]) -> None:
        with self._lock:
            del self._busy[future]
            self._idle.append(worker)
        self._dispatch()
