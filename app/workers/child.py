"""Inside the child: one request after the other, all in the main thread, until the parent closes the pipe.

The main thread alone runs requests, so it owns whatever it loads: a PKCS#11 module needs exactly that.
"""

from __future__ import annotations

import errno
import gc
import importlib
import logging
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import PurePath
from types import TracebackType
from typing import Any, ClassVar, Self

from app.errors import AppError
from app.workers import family, limits, shared, wire
from pdf.errors import PdfError
from signing.errors import SigningError

STARTING = 0
"""The request id of what goes wrong before the first request."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a child is made to be before it loads anything.

    `environment` is all of it: a copy of another process would have that one's. `preload` are modules to import at the
    start. The memory limit is on the address space (RLIMIT_AS), where the system has one. A child `with_descendants`
    starts programs of its own, which never outlive it. One that is `is_afresh` is no copy: it is ready before the other
    engines are imported.
    """

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    preload: tuple[str, ...] = ()
    memory_limit_bytes: int | None = None
    with_descendants: bool = False
    is_afresh: bool = False


def emit(event: str, data: dict[str, object]) -> None:
    """Tell the parent's listener something from a running function; in no worker, nobody listens.

    Args:
        event: the event's name.
        data: plain values and records of modules without an engine.
    """
    if _Worker.serving is not None:
        _Worker.serving.tell(event, data)


def ask(wanted: object) -> Any:
    """Ask the caller for what the running function needs, and wait for it; the deadline waits too.

    Args:
        wanted: a plain value, or a record of a module without an engine.

    Raises:
        AppError, SigningError, PdfError: what the caller could not do.
        EOFError: the caller is gone.
    """
    assert _Worker.serving is not None
    return _Worker.serving.ask(wanted)


def stop_requested() -> bool:
    """Say whether the parent asked the running function to stop; to be asked between two pieces of work."""
    return _Worker.serving is not None and _Worker.serving.is_stopped()


def run(connection: Connection, setup: Setup, segment_name: str) -> None:
    """Be the child: the target of its process."""
    os.environ.clear()
    os.environ.update(setup.environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    _keep_stdout_clean()
    # What engines log would go to the person's terminal, and may quote the document.
    logging.getLogger().addHandler(logging.NullHandler())
    limits.limit(setup.memory_limit_bytes)
    if setup.with_descendants:
        family.begin()
    watch = threading.Thread(
        target=_die_with_parent, args=(setup.with_descendants,), name="parent-watch", daemon=True
    )
    watch.start()
    _Worker(connection, segment_name).serve(setup.preload)


class _Worker:
    serving: ClassVar[_Worker | None] = None

    def __init__(self, connection: Connection, segment_name: str) -> None:
        self._connection = connection
        self._segment_name = segment_name
        self._segment: SharedMemory | None = None
        self._running = STARTING
        self._stopped = False
        self._sending = threading.Lock()
        self._receiving = threading.Lock()

    def serve(self, preload: tuple[str, ...]) -> None:
        _Worker.serving = self
        with _Answer(STARTING) as start:
            for module in preload:
                importlib.import_module(module)
            gc.freeze()  # what was imported stays: it need not be searched for garbage
            start.payload = wire.dump(wire.Ready())
        self._send(start.payload)
        while True:
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                return
            if isinstance(message, wire.Run):
                self._answer(message)

    def tell(self, event: str, data: dict[str, object]) -> None:
        self._send(wire.dump(wire.Event(self._running, event, data)))

    def ask(self, wanted: object) -> Any:
        with self._receiving:
            self._send(wire.dump(wire.Question(self._running, wanted)))
            while not isinstance(message := self._connection.recv(), wire.Reply):
                self._stopped = self._stopped or message == wire.Stop(self._running)
        if message.error is not None:
            raise message.error
        return message.value

    def is_stopped(self) -> bool:
        with self._receiving:
            try:
                # Nothing but a stop can come while a request runs and asks nothing.
                while not self._stopped and self._connection.poll():
                    self._stopped = self._connection.recv() == wire.Stop(self._running)
            except (EOFError, OSError):
                self._stopped = True
        return self._stopped

    def _answer(self, request: wire.Run) -> None:
        self._running, self._stopped = request.request_id, False
        if self._segment is not None:
            self._segment.close()
            self._segment = None
        with _Answer(request.request_id) as answer:
            module, _, name = request.function.partition(":")
            function = getattr(importlib.import_module(module), name)
            answer.payload = self._packed(function(*request.args, **request.kwargs))
        self._send(answer.payload)

    def _packed(self, value: Any) -> bytes:
        if not isinstance(value, shared.Large):
            return wire.dump(wire.Result(self._running, value))
        data: bytes = getattr(value.record, value.field)
        if len(data) <= shared.SMALL_BYTES:
            return wire.dump(wire.Result(self._running, value.record))
        slim = replace(value.record, **{value.field: b""})
        payload = wire.dump(wire.Result(self._running, slim, value.field, len(data)))
        self._segment = shared.put(self._segment_name, data)
        return payload

    def _send(self, payload: bytes) -> None:
        # A program that was closed meanwhile waits for no answer.
        with self._sending, suppress(ConnectionError):
            self._connection.send_bytes(payload)


class _Answer:
    """Holds what will be sent; turns whatever the block raises into a message, system exits included."""

    def __init__(self, request_id: int) -> None:
        self._request_id = request_id
        self.payload = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            self.payload = wire.dump(_told(self._request_id, error))
        return True


def _told(request_id: int, error: BaseException) -> wire.FromChild:
    if isinstance(error, PdfError | SigningError | AppError):
        return wire.Failure(request_id, error)
    if isinstance(error, MemoryError) or (
        isinstance(error, OSError) and error.errno == errno.ENOMEM
    ):
        return wire.OutOfMemory(request_id)
    return wire.Bug(request_id, type(error).__name__, _frames(error))


def _frames(error: BaseException) -> tuple[str, ...]:
    """Name where it went wrong, outermost first: file, line and function, none of the values."""
    frames = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = PurePath(frame.f_code.co_filename)
        frames.append(f"{path.parent.name}/{path.name}:{line}:{frame.f_code.co_name}")
    return tuple(frames)


def _die_with_parent(with_descendants: bool) -> None:  # noqa: FBT001 - a thread's target
    """End the process when the parent is gone, also while the main thread hangs in a driver."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        if with_descendants:
            family.kill(os.getpid())
        os._exit(1)


def _keep_stdout_clean() -> None:
    """Give the child no standard output: drivers write there, and `--json` must print one document alone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
