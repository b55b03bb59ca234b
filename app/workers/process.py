"""A child process that runs functions by name, so that the parent never imports an engine."""

from __future__ import annotations

import atexit
import threading
import weakref
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future
from types import TracebackType
from typing import Any, Self

from app.errors import AppError
from app.workers.calls import Answerer, Listener, Request, call_off, prepare
from app.workers.child import Setup
from app.workers.supervisor import Supervisor


class SupervisedProcess:
    """Runs functions in a child process, one at a time, under a deadline and a memory limit.

    The child starts at the first call, or by `start`, and again after it died. What comes back are plain values,
    records and the rooms' errors; anything else that the function raises is `worker.bug`. Arguments are pickled
    and small: a document goes by its path. They are never logged, so a PIN may be one.
    """

    def __init__(
        self,
        name: str,
        *,
        environment: Mapping[str, str] | None = None,
        preload: tuple[str, ...] = (),
        memory_limit_bytes: int | None = None,
        newest_first: bool = False,
        start_deadline_s: float = 60.0,
        with_descendants: bool = False,
        is_afresh: bool = False,
    ) -> None:
        """Prepare it; nothing runs yet.

        Args:
            name: stands in errors as `worker`.
            environment: set in the child before it loads anything.
            preload: modules that the child imports before it takes requests.
            memory_limit_bytes: of the child's address space, on systems that can.
            newest_first: the last call is served first, as a person who scrolls on wants it.
            start_deadline_s: how long start and preload may take.
            with_descendants: it starts programs of its own, which are killed with it.
            is_afresh: it waits for no engine but its own.
        """
        self.name = name
        self._setup = Setup(
            name, dict(environment or {}), preload, memory_limit_bytes, with_descendants, is_afresh
        )
        self._newest_first = newest_first
        self._start_deadline_s = start_deadline_s
        self._lock = threading.Lock()
        self._supervisor: Supervisor | None = None
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        supervisor = self._supervisor
        return None if supervisor is None else supervisor.pid

    def start(self) -> None:
        """Start the child before it is needed; returns at once."""
        supervisor = self._supervise()
        if supervisor is not None:
            supervisor.warm_up()

    def restart(self) -> None:
        """Put a new child in the place of one that has run something and now runs nothing; returns at once."""
        supervisor = self._supervise()
        if supervisor is not None:
            supervisor.restart()

    def submit(
        self,
        function: str,
        *args: Any,
        deadline_s: float,
        on_event: Listener | None = None,
        on_question: Answerer | None = None,
        **kwargs: Any,
    ) -> Future[Any]:
        """Ask for `function(*args, **kwargs)`, named as `"package.module:function"`.

        Args:
            function: what to run; its module is imported in the child.
            args: picklable.
            deadline_s: from the moment the child takes it up; then the child is killed.
            on_event: told what the function emits, in order, in the supervisor's thread: it must be short.
            on_question: gets what the function asks for; called in the same thread. The deadline waits meanwhile.
            kwargs: picklable.

        Returns:
            A future. Its errors: what the function raised, if of a room; else `worker.bug`, `worker.crashed`,
            `worker.deadline`, `worker.out_of_memory`, `worker.not_started`, `worker.cancelled`.
            Its own `cancel` takes a call back that still waits.
        """
        request = prepare(
            function,
            args,
            kwargs,
            deadline_s=deadline_s,
            on_event=on_event,
            on_question=on_question,
        )
        self.hand(request)
        return request.future

    def hand(self, request: Request) -> None:
        """Queue a request that was prepared already; after `close` it is cancelled at once."""
        supervisor = self._supervise()
        if supervisor is None:
            call_off(request)
        else:
            supervisor.add(request)

    def call(
        self,
        function: str,
        *args: Any,
        deadline_s: float,
        on_event: Listener | None = None,
        **kwargs: Any,
    ) -> Any:
        """Run a function and wait for it; arguments and errors as `submit`. Not for listeners and callbacks."""
        return self.result_of(
            self.submit(function, *args, deadline_s=deadline_s, on_event=on_event, **kwargs)
        )

    def result_of(self, future: Future[Any]) -> Any:
        """Wait for a call; errors as `call`."""
        try:
            return future.result()
        except CancelledError as error:
            raise AppError("worker.cancelled", worker=self.name) from error
        except KeyboardInterrupt:
            self.cancel(future)
            raise

    def cancel(self, future: Future[Any]) -> None:
        """Give a call up: taken back while it waits; while it runs, the child is killed (`worker.cancelled`)."""
        supervisor = self._supervisor
        if not future.cancel() and supervisor is not None:
            supervisor.cancel(future)

    def ask_to_stop(self, future: Future[Any]) -> None:
        """Ask a running function to end at its next good place, where it asks `child.stop_requested`.

        One that waits its turn hears nothing of it.
        """
        supervisor = self._supervisor
        if supervisor is not None:
            supervisor.ask_to_stop(future)

    def close(self) -> None:
        """End the child and cancel what waits or runs; harmless twice."""
        with self._lock:
            self._is_closed = True
            supervisor = self._supervisor
        if supervisor is not None:
            supervisor.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _supervise(self) -> Supervisor | None:
        with self._lock:
            if self._supervisor is None and not self._is_closed:
                self._supervisor = Supervisor(
                    self._setup,
                    newest_first=self._newest_first,
                    start_deadline_s=self._start_deadline_s,
                )
                _open.add(self)
            return self._supervisor


_open: weakref.WeakSet[SupervisedProcess] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    """End the children before `multiprocessing` does, so that nobody takes their end for a crash."""
    for process in tuple(_open):
        process.close()
