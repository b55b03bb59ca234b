"""Server-sent events of the contract: a queue of mine changed. Optional: without them the client polls."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self

import requests
from pydantic import ValidationError

from app.errors import AppError
from app.server import wire
from app.server.transport import told
from app.workflow.documents import Queue

_LINE_LIMIT_BYTES = 64 * 2**10


class QueueEvents:
    """An open stream; iterating gives each changed queue and ends when the server closes it."""

    def __init__(self, response: requests.Response) -> None:
        self._response = response
        self._lines = _lines(response)

    @classmethod
    def opened(cls, response: requests.Response) -> Self:
        """Return once the server has said that it listens: every later change will be told."""
        stream = cls(response)
        if next(stream._lines, None) is None:
            raise AppError("server.garbage", server=response.url)
        return stream

    def __iter__(self) -> Iterator[Queue]:
        name = ""
        for line in self._lines:
            field, _, value = line.partition(":")
            if field == "event":
                name = value.strip()
            elif field == "data" and name == "queue":
                yield _queue_of(value, self._response.url)
            elif not line:
                name = ""

    def stop(self) -> None:
        """End the stream from another thread, which `close` could not: it would wait for the one that reads."""
        # Already ended, or handed back to the pool.
        with suppress(OSError, ValueError, RuntimeError):
            self._response.raw.shutdown()

    def close(self) -> None:
        """Stop listening; harmless twice."""
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _queue_of(value: str, url: str) -> Queue:
    try:
        return wire.QueueEvent.model_validate_json(value).queue
    except ValidationError as error:
        raise AppError("server.garbage", server=url) from error


def _lines(response: requests.Response) -> Iterator[str]:
    pending = b""
    chunks = response.iter_content(1)
    while True:
        with told(response.url):
            chunk = next(chunks, b"")
        if not chunk:
            return
        *whole, pending = (pending + chunk).split(b"\n")
        if len(pending) > _LINE_LIMIT_BYTES:
            raise AppError("server.garbage", server=response.url)
        for line in whole:
            yield line.rstrip(b"\r").decode("utf-8", "replace")
