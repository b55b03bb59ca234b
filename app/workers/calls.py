"""A call on its way to a child."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from app.workers import wire
from app.workers.child import STARTING

_request_ids = itertools.count(STARTING + 1)

Listener = Callable[[str, dict[str, object]], None]
Answerer = Callable[[Any], Future[Any]]
"""Gets what a running function asks for; returns at once."""


@dataclass(eq=False, slots=True)
class Request:
    """A call on its way. `payload` holds the arguments, a PIN among them perhaps, until they are sent."""

    request_id: int
    payload: bytes = field(repr=False)
    deadline_s: float
    on_event: Listener | None
    on_question: Answerer | None
    future: Future[Any]
    is_to_stop: bool = False


def prepare(
    function: str,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    *,
    deadline_s: float,
    on_event: Listener | None = None,
    on_question: Answerer | None = None,
) -> Request:
    """Pickle a call in the caller's thread, so that a wrong argument is told where it was given."""
    request_id = next(_request_ids)
    payload = wire.dump(wire.Run(request_id, function, args, kwargs))
    return Request(request_id, payload, deadline_s, on_event, on_question, Future())


def call_off(request: Request) -> None:
    """Take back a request that waits, and wake those who wait for it."""
    if request.future.cancel():
        request.future.set_running_or_notify_cancel()
