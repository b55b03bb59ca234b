"""Runs an ASGI app on loopback in a thread of this process: ready on return, silent, stopped cleanly."""

from __future__ import annotations

import asyncio
import socket
import threading
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
_READY_S = 15.0
_STOP_S = 15.0
_GRACE_S = 0.3
_ACCEPTING_TURNS = 3
"""How many turns of its loop asyncio takes to make a connection of what it accepted, and to say so."""


def claim_port(preferred: int = 0) -> socket.socket:
    """Bind a loopback port without serving on it yet, so that its number can go into certificates.

    Args:
        preferred: the port wanted again; a free one is taken where it is 0 or in use.
    """
    try:
        return _bind(preferred)
    except OSError:
        return _bind(0)


def serve(app: ASGIApp, port: int = 0, *, claimed: socket.socket | None = None) -> Served:
    """Serve on 127.0.0.1 and return once the app answers.

    Args:
        app: any ASGI app; its lifespan runs in the server's thread.
        port: 0 takes a free one; a port in use raises `OSError`.
        claimed: a socket of `claim_port`, served instead of `port` and closed on stop.
    """
    return Served(app, claimed if claimed is not None else _bind(port))


class Served:
    """A running server; a context manager that stops it."""

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        self.port: int = listener.getsockname()[1]
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._listener = listener
        self._ready: Future[None] = Future()
        self._server = _Server(app, self._ready)
        self._thread = threading.Thread(
            target=self._run, name=f"demo-http-{self.port}", daemon=True
        )
        self._thread.start()
        self._ready.result(_READY_S)

    def stop(self) -> None:
        """Finish short requests, drop long ones (event streams), and close the port; harmless twice."""
        self._server.ask_to_stop()
        self._thread.join(_STOP_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        with self._listener:
            try:
                asyncio.run(self._server.serve(sockets=[self._listener]))
            except SystemExit:
                # How uvicorn says that the app refused to start.
                pass
            finally:
                if not self._ready.done():
                    self._ready.set_exception(RuntimeError("the app did not start"))


class _Server(uvicorn.Server):
    """Tells when it listens, stops as soon as it is asked to, and leaves no request behind."""

    def __init__(self, app: ASGIApp, ready: Future[None]) -> None:
        config = uvicorn.Config(
            self._answer,
            interface="asgi3",
            loop="asyncio",
            ws="none",
            proxy_headers=False,
            log_config=None,
            log_level="error",
            access_log=False,
        )
        super().__init__(config)
        self._app = app
        self._ready = ready
        self._asked = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def ask_to_stop(self) -> None:
        """End the server, from any thread; harmless twice."""
        self.should_exit = True
        if self._loop is not None:
            # A loop that is closed has no server left.
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._asked.set)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if self.started:
            self._ready.set_result(None)

    async def main_loop(self) -> None:
        # Its turns keep the date in the answers; it looks only at each whether it is to end.
        turns = asyncio.create_task(super().main_loop())
        await self._asked.wait()
        turns.cancel()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Not uvicorn's own way, which sleeps a tenth of a second whether anything is left or not.
        del sockets
        # What was just accepted becomes a connection first: asyncio forgets it half made where the listener is gone.
        for _ in range(_ACCEPTING_TURNS):
            await asyncio.sleep(0)
        for listening in self.servers:
            listening.close()
        if self.server_state.tasks:
            await asyncio.wait(set(self.server_state.tasks), timeout=_GRACE_S)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        left = set(self.server_state.tasks)
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
        while self.server_state.connections:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0)
        await self.lifespan.shutdown()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            if not self.should_exit:
                raise


def _bind(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only on sockets that say they are TCP: 0.5 s became 0.1 s for a leader's turn.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A day that is resumed at once finds its old port in TIME_WAIT.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener
