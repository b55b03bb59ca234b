"""The thread behind a supervised process: it alone owns the child, hands it requests and keeps the time."""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from typing import Any

from app.errors import AppError
from app.workers import wire
from app.workers.calls import Request, call_off
from app.workers.child import STARTING, Setup
from app.workers.launch import CONTEXT, Child

_logger = logging.getLogger(__name__)

_AT_ONCE = 64  # messages read before the clock is looked at again
_MAX_BYTES = 64 * 1024 * 1024


class Supervisor:
    """Runs requests in a child, one at a time; starts the child when it is needed and not there.

    A deadline counts from the moment the child gets the request: waiting in the queue and starting the process
    are not the function's fault. Results and events are told in this thread, so listeners must be short.
    """

    def __init__(self, setup: Setup, *, newest_first: bool, start_deadline_s: float) -> None:
        self._setup = setup
        self._newest_first = newest_first
        self._start_deadline_s = start_deadline_s
        self._waiting: deque[Request] = deque()
        self._orders: deque[Callable[[], None]] = deque()
        self._running: Request | None = None
        self._child: Child | None = None
        self._due: float | None = None
        self._closing = False
        self._lock = threading.Lock()
        self._is_woken = False
        self._is_ended = False
        self._bell, self._rope = CONTEXT.Pipe(duplex=False)
        self._thread = threading.Thread(
            target=self._serve, name=f"supervisor-{setup.name}", daemon=True
        )
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The child's process id while there is one."""
        child = self._child
        return None if child is None else child.pid

    def add(self, request: Request) -> None:
        """Queue a request; after the end it is cancelled at once."""
        with self._lock:
            if not self._is_ended:
                self._waiting.append(request)
        if self._is_ended:
            call_off(request)
        self._wake()

    def warm_up(self) -> None:
        """Start the child now."""
        self._order(self._start)

    def restart(self) -> None:
        """Put a new child in the place of one that has run something and now runs nothing."""
        self._order(self._restart)

    def cancel(self, future: Future[Any]) -> None:
        """Kill the child if it runs the request of this future."""
        self._order(lambda: self._cancel(future))

    def ask_to_stop(self, future: Future[Any]) -> None:
        """Tell the child to stop at the next good place if it runs the request of this future."""
        self._order(lambda: self._ask_to_stop(future))

    def close(self) -> None:
        """End the child, cancel what waits and runs, and return when all is gone; harmless twice."""
        self._order(self._begin_closing)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.append(order)
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            if not self._is_woken and not self._is_ended:
                self._is_woken = True
                self._rope.send_bytes(b"!")

    def _serve(self) -> None:
        while not self._closing:
            try:
                self._step()
            except Exception as error:
                # Whatever a child sent to cause it: nobody may wait for ever.
                _logger.exception("worker.supervisor_failed", extra={"worker": self._setup.name})
                self._kill("worker.bug")
                self._fail(self._error("worker.bug", kind=type(error).__name__))
        self._end()

    def _step(self) -> None:
        self._wait()
        while self._orders:
            self._orders.popleft()()
        self._listen()
        self._keep_time()
        self._dispatch()

    def _wait(self) -> None:
        sources: list[Any] = [self._bell]
        if self._child is not None:
            sources += [self._child.connection, self._child.sentinel]
        left_s = None if self._due is None else max(0.0, self._due - time.monotonic())
        if self._bell in wait(sources, left_s):
            with self._lock:
                self._bell.recv_bytes()
                self._is_woken = False

    def _listen(self) -> None:
        try:
            for _ in range(_AT_ONCE):
                if self._child is None or not self._child.connection.poll():
                    break
                self._take(wire.load_checked(self._child.connection.recv_bytes(_MAX_BYTES)))
        except (EOFError, OSError):
            self._bury()
            return
        except pickle.UnpicklingError as error:
            _logger.error(
                "worker.answer_refused", extra={"worker": self._setup.name, "kind": str(error)}
            )
            self._kill("worker.answer_refused")
            self._fail(self._error("worker.bug", kind=type(error).__name__))
            return
        if self._child is not None and wait([self._child.sentinel], 0):
            self._bury()

    def _take(self, message: wire.FromChild) -> None:
        if isinstance(message, wire.Ready):
            self._greet()
        elif message.request_id == STARTING and not isinstance(message, wire.Event | wire.Question):
            self._kill("worker.not_started")
            self._fail(self._explain(message))
        elif self._running is None or message.request_id != self._running.request_id:
            return
        elif isinstance(message, wire.Event):
            self._tell(self._running, message)
        elif isinstance(message, wire.Question):
            self._ask(self._running, message)
        elif isinstance(message, wire.Result):
            self._finish(message)
        else:
            if isinstance(message, wire.OutOfMemory):
                # What is left of its memory is in pieces.
                self._kill("worker.out_of_memory")
            self._fail(self._explain(message))

    def _greet(self) -> None:
        if self._child is None or self._child.ready:
            return
        self._child.ready = True
        self._due = None
        if self._running is not None:
            self._send(self._running)

    def _explain(self, message: wire.FromChild) -> Exception:
        if isinstance(message, wire.Failure):
            return message.error
        if isinstance(message, wire.OutOfMemory):
            return self._error("worker.out_of_memory")
        kind, frames = (
            (message.kind, message.frames) if isinstance(message, wire.Bug) else ("Garbled", ())
        )
        _logger.error(
            "worker.bug",
            extra={"worker": self._setup.name, "kind": kind, "frames": " ".join(frames)},
        )
        return self._error("worker.bug", kind=kind)

    def _tell(self, request: Request, event: wire.Event) -> None:
        if request.on_event is not None:
            try:
                request.on_event(event.name, event.data)
            except Exception:
                _logger.exception("worker.listener_failed", extra={"worker": self._setup.name})

    def _ask(self, request: Request, question: wire.Question) -> None:
        """Get what the function asks for; the time that others take is not its own."""
        self._due = None
        if request.on_question is None:
            answer: Future[Any] = Future()
            answer.set_exception(self._error("worker.bug", kind="Unasked"))
        else:
            answer = request.on_question(question.wanted)
        answer.add_done_callback(lambda done: self._order(partial(self._reply, request, done)))

    def _reply(self, request: Request, answer: Future[Any]) -> None:
        if self._running is not request or self._child is None:
            return
        error: BaseException | None = self._error("worker.cancelled")
        if not answer.cancelled():
            error = answer.exception()
        told = (
            error
            if error is None or isinstance(error, wire.ERRORS)
            else self._error("worker.bug", kind=type(error).__name__)
        )
        self._due = time.monotonic() + request.deadline_s
        value = None if told is not None else answer.result()
        try:
            self._child.connection.send_bytes(
                wire.dump(wire.Reply(request.request_id, value, told))
            )
        except OSError:
            self._due = None  # it died; the closed pipe is found next

    def _finish(self, result: wire.Result) -> None:
        value = result.value
        if result.field is not None and self._child is not None:
            try:
                data = self._child.take(result.size_bytes)
            except (OSError, ValueError) as error:
                self._fail(self._error("worker.bug", kind=type(error).__name__))
                return
            value = replace(value, **{result.field: data})
        request = self._let_go()
        if request is not None:
            request.future.set_result(value)

    def _fail(self, error: Exception) -> None:
        request = self._let_go()
        if request is not None:
            request.future.set_exception(error)

    def _let_go(self) -> Request | None:
        request, self._running, self._due = self._running, None, None
        return request

    def _error(self, code: str, **params: str | int | float | None) -> AppError:
        return AppError(code, worker=self._setup.name, **params)

    def _keep_time(self) -> None:
        if self._due is None or time.monotonic() < self._due or self._child is None:
            return
        running = self._running if self._child.ready else None
        seconds = self._start_deadline_s if running is None else running.deadline_s
        self._kill("worker.deadline")
        self._fail(self._error("worker.deadline", seconds=seconds))

    def _dispatch(self) -> None:
        # What was ordered meanwhile came before the request: a restart, say.
        while self._running is None and self._waiting and not self._orders and not self._closing:
            request = self._waiting.pop() if self._newest_first else self._waiting.popleft()
            if not request.future.set_running_or_notify_cancel():
                continue
            self._running = request
            self._start()
            if self._child is not None and self._child.ready:
                self._send(request)

    def _start(self) -> None:
        if self._child is not None:
            return
        try:
            self._child = Child(self._setup)
        except OSError as error:
            _logger.warning(
                "worker.not_started", extra={"worker": self._setup.name, "errno": error.errno}
            )
            self._fail(self._error("worker.not_started", errno=error.errno))
            return
        self._due = time.monotonic() + self._start_deadline_s
        _logger.info("worker.started", extra={"worker": self._setup.name, "pid": self._child.pid})

    def _restart(self) -> None:
        if self._child is not None and self._child.has_served and self._running is None:
            child, self._child = self._child, None
            child.say_goodbye()
        self._start()

    def _send(self, request: Request) -> None:
        assert self._child is not None
        self._child.has_served = True
        self._due = time.monotonic() + request.deadline_s
        try:
            self._child.connection.send_bytes(request.payload)
        except OSError:
            # It died while idle; the closed pipe is found next.
            self._due = None
        request.payload = b""
        if request.is_to_stop:  # that was asked while the child started
            self._send_stop(self._child, request)

    def _cancel(self, future: Future[Any]) -> None:
        if self._running is not None and self._running.future is future:
            self._kill("worker.cancelled")
            self._fail(self._error("worker.cancelled"))

    def _ask_to_stop(self, future: Future[Any]) -> None:
        running = self._running
        if running is None or running.future is not future or self._child is None:
            return
        running.is_to_stop = True
        if self._child.ready:
            self._send_stop(self._child, running)

    def _send_stop(self, child: Child, request: Request) -> None:
        with suppress(OSError):  # it died; the closed pipe is found next
            child.connection.send_bytes(wire.dump(wire.Stop(request.request_id)))

    def _bury(self) -> None:
        child, self._child = self._child, None
        assert child is not None
        exit_code = child.bury()
        _logger.warning(
            "worker.crashed",
            extra={"worker": self._setup.name, "pid": child.pid, "exit_code": exit_code},
        )
        self._fail(self._error("worker.crashed", exit_code=exit_code))

    def _kill(self, why: str) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            _logger.warning(
                "worker.killed",
                extra={"worker": self._setup.name, "pid": child.pid, "code": why},
            )

    def _begin_closing(self) -> None:
        self._closing = True

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None and self._running is not None:
            child.kill()
        elif child is not None:
            child.say_goodbye()
        self._fail(self._error("worker.cancelled"))
        with self._lock:
            self._is_ended = True
            self._rope.close()
            self._bell.close()
        while self._waiting:
            call_off(self._waiting.pop())
