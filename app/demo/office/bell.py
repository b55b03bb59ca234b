"""Tells open event streams that a queue changed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.workflow.documents import Queue

Changes = asyncio.Queue[Queue]


class Bell:
    """Rung from any thread, heard in the event loops of those who listen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: set[tuple[str, asyncio.AbstractEventLoop, Changes]] = set()

    def ring(self, touched: set[tuple[str, Queue]]) -> None:
        """Tell each listener of these people and queues."""
        with self._lock:
            listeners = tuple(self._listeners)
        for user_id, loop, changes in listeners:
            for queue in sorted(queue for whose, queue in touched if whose == user_id):
                with suppress(RuntimeError):  # a loop that has just closed hears nothing
                    loop.call_soon_threadsafe(changes.put_nowait, queue)

    @contextmanager
    def listen(self, user_id: str) -> Iterator[Changes]:
        """Listen in the running event loop."""
        listener = (user_id, asyncio.get_running_loop(), Changes())
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener[2]
        finally:
            with self._lock:
                self._listeners.discard(listener)
