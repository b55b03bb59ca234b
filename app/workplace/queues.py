"""My queues: the local copy, the server's word that something changed, and what is fetched ahead."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from app.errors import AppError
from app.server.events import QueueEvents
from app.store import QueueCache
from app.workflow.documents import Secrecy, Task
from app.workflow.fetching import fetch
from app.workflow.queues import queues_of
from app.workflow.syncing import sync_queue, tasks_in
from app.workplace.account import Account

PREFETCHED = 40
"""As many as somebody signs between two meetings."""
OF_ONE_DOCUMENT = (
    "server.not_found",
    "server.denied",
    "server.withdrawn",
    "server.conflict",
    "server.secret_refused",
    "server.paper_only",
    "server.hash_mismatch",
)
"""Refusals that say nothing about the next document."""


class Queues:
    """The queues of whoever is signed in."""

    def __init__(self, account: Account, cache: QueueCache) -> None:
        self._account = account
        self._cache = cache
        self._fetched: dict[str, datetime] = {}
        self._stream: QueueEvents | None = None
        self._is_closed = False
        self._lock = threading.Lock()

    def cached(self) -> tuple[Task, ...]:
        """Return the copy of my queues, the most urgent first; offline too."""
        person = self._cache.person()
        return () if person is None else tasks_in(self._cache, queues_of(person.roles))

    def sync(self) -> tuple[Task, ...]:
        """Ask for what changed. Errors as `sync_queue`."""
        seat = self._account.seated()
        queues = queues_of(seat.person.roles)
        for queue in queues:
            sync_queue(seat.session.server, self._cache, queue)
        return tasks_in(self._cache, queues)

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` for each change until the stream ends or `close`. Raises what broke the stream."""
        with self._account.seated().session.server.events() as stream:
            with self._lock:
                if self._is_closed:
                    return
                self._stream = stream
            try:
                for _ in stream:
                    changed()
            except AppError:
                # What `stop` ended looks like a lost connection.
                if self._stream is stream:
                    raise

    def prefetch(self, tasks: Sequence[Task]) -> None:
        """Fetch the first tasks' descriptions and main files; the first sign that the server is away ends it."""
        wanted = [task for task in tasks if task.secrecy is Secrecy.NONE and not task.paper_only]
        for task in wanted[:PREFETCHED]:
            if self._is_closed:
                return
            if self._is_fetched(task):
                continue
            try:
                self._fetch(task)
            except AppError as error:
                if error.code.startswith("workflow.") or error.code in OF_ONE_DOCUMENT:
                    continue
                return

    def stop(self) -> None:
        """End listening; whoever listens returns."""
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.stop()

    def close(self) -> None:
        """End listening and fetching for good."""
        self._is_closed = True
        self.stop()

    def _is_fetched(self, task: Task) -> bool:
        is_same = self._fetched.get(task.document_id) == task.updated_at
        return is_same and self._cache.document(task.document_id) is not None

    def _fetch(self, task: Task) -> None:
        office = self._account.seated().office
        document = office.server.document(task.document_id)
        fetch(office, document, document.main_file)
        self._cache.remember(document)
        self._fetched[task.document_id] = task.updated_at
