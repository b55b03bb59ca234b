"""Breaks calls on purpose: for tests and soak runs, wrapped around the office's app, never part of it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class FaultKind(StrEnum):
    """What goes wrong."""

    DROP = "drop"  # the connection closes before any answer
    CUT = "cut"  # the answer's body ends after `after_bytes`, and the connection closes
    LOSE_ANSWER = "lose_answer"  # the call is carried out, then the connection closes
    STATUS = "status"  # a bare status, with `retry_after` where given
    GARBAGE = "garbage"  # 200 with a body that is not the contract
    REDIRECT = "redirect"  # to `location`
    DELAY = "delay"  # the call begins after `delay_s`
    CORRUPT = "corrupt"  # the body's first byte is another


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, for the next `times` calls whose path contains `path_part`."""

    kind: FaultKind
    path_part: str = ""
    method: str | None = None
    times: int = 1
    status: int = 500
    retry_after: str | None = None
    location: str = ""
    after_bytes: int = 0
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SeenCall:
    """A call as it arrived; header names are lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)


class Faults:
    """ASGI middleware: notes every call and breaks those that a fault waits for.

    DROP, CUT and LOSE_ANSWER need uvicorn, whose connection they close.
    """

    def __init__(self, app: ASGIApp, faults: Iterable[Fault] = ()) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._waiting = [fault for fault in faults for _ in range(fault.times)]
        self._seen: list[SeenCall] = []

    def add(self, fault: Fault) -> None:
        """Let something go wrong soon."""
        with self._lock:
            self._waiting.extend([fault] * fault.times)

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        with self._lock:
            self._waiting.clear()

    def seen(self, path_part: str = "", method: str | None = None) -> tuple[SeenCall, ...]:
        """Return the calls so far whose path contains a text."""
        with self._lock:
            return tuple(
                call
                for call in self._seen
                if path_part in call.path and method in {None, call.method}
            )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call, or break it."""
        fault = self._fault_for(scope) if scope["type"] == "http" else None
        if fault is None:
            await self._app(scope, receive, send)
            return
        match fault.kind:
            case FaultKind.DROP:
                await _hang_up(receive)
            case FaultKind.LOSE_ANSWER:
                await self._app(scope, receive, _nowhere)
                await _hang_up(receive)
            case FaultKind.CUT:
                await self._app(scope, receive, _Cut(fault.after_bytes, receive, send).send)
            case FaultKind.CORRUPT:
                await self._app(scope, receive, _Corrupt(send).send)
            case FaultKind.DELAY:
                await asyncio.sleep(fault.delay_s)
                await self._app(scope, receive, send)
            case FaultKind.GARBAGE:
                await _answer(send, 200, b'{"garbage": tru', "application/json")
            case FaultKind.REDIRECT:
                await _answer(send, 307, b"", "text/plain", {"location": fault.location})
            case FaultKind.STATUS:
                headers = {} if fault.retry_after is None else {"retry-after": fault.retry_after}
                body = json.dumps({"error": fault.status}).encode()
                await _answer(send, fault.status, body, "application/json", headers)

    def _fault_for(self, scope: Scope) -> Fault | None:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        call = SeenCall(scope["method"], scope["path"], headers)
        with self._lock:
            self._seen.append(call)
            for fault in self._waiting:
                if fault.path_part in call.path and fault.method in {None, call.method}:
                    self._waiting.remove(fault)
                    return fault
        return None


class _Cut:
    def __init__(self, after_bytes: int, receive: Receive, send: Send) -> None:
        self._left = after_bytes
        self._receive = receive
        self._send = send

    async def send(self, message: Message) -> None:
        if self._left < 0:
            return
        body = message.get("body", b"")
        if message["type"] == "http.response.body" and len(body) >= self._left:
            await self._send({**message, "body": body[: self._left], "more_body": True})
            self._left = -1
            await _hang_up(self._receive)
            return
        self._left -= len(body)
        await self._send(message)


class _Corrupt:
    def __init__(self, send: Send) -> None:
        self._send = send
        self._done = False

    async def send(self, message: Message) -> None:
        body = message.get("body", b"")
        if body and not self._done:
            self._done = True
            message = {**message, "body": bytes([body[0] ^ 0xFF]) + body[1:]}
        await self._send(message)


async def _hang_up(receive: Receive) -> None:
    """Close uvicorn's connection, after what was already sent, and wait until it is gone."""
    bound: Any = receive
    bound.__self__.transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _nowhere(message: Message) -> None:
    del message


async def _answer(
    send: Send, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None
) -> None:
    told = {"content-type": media_type, "content-length": str(len(body)), **(headers or {})}
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
