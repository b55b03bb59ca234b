from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator

import pytest
import requests
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.demo.serving import claim_port, serve


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})
    else:
        raise NotImplementedError(scope["type"])


def test_the_app_answers_as_soon_as_serve_returns() -> None:
    with serve(_hello) as served:
        assert requests.get(served.url, timeout=5).text == "hello"


def test_the_port_is_free_again_after_stop() -> None:
    with serve(_hello) as first:
        requests.get(first.url, timeout=5)
    with serve(_hello, first.port) as second:
        assert requests.get(second.url, timeout=5).text == "hello"


def test_a_port_in_use_is_an_error() -> None:
    with serve(_hello) as served, pytest.raises(OSError, match="in use"):
        serve(_hello, served.port)


def test_a_claimed_port_is_the_one_that_is_served() -> None:
    claimed = claim_port()
    port = claimed.getsockname()[1]
    with serve(_hello, claimed=claimed) as served:
        assert served.port == port
        assert requests.get(f"http://127.0.0.1:{port}", timeout=5).text == "hello"


def test_a_wanted_port_in_use_gives_another() -> None:
    with claim_port() as taken:
        taken.listen()
        with claim_port(taken.getsockname()[1]) as other:
            assert other.getsockname()[1] != taken.getsockname()[1]


def test_nothing_outside_this_machine_reaches_the_server() -> None:
    with serve(_hello) as served, socket.create_connection(("127.0.0.1", served.port)) as client:
        assert client.getpeername()[0] == "127.0.0.1"
        assert served.url.startswith("http://127.0.0.1:")


def test_an_open_event_stream_does_not_hold_up_the_stop() -> None:
    app = FastAPI()

    @app.get("/events")
    async def events() -> StreamingResponse:
        async def endless() -> AsyncIterator[bytes]:
            yield b"data: first\n\n"
            await asyncio.Event().wait()

        return StreamingResponse(endless(), media_type="text/event-stream")

    served = serve(app)
    with requests.get(f"{served.url}/events", stream=True, timeout=5) as answer:
        assert next(answer.iter_content(None)) == b"data: first\n\n"
        served.stop()
        served.stop()
    assert not [one for one in threading.enumerate() if one.name == f"demo-http-{served.port}"]


def test_an_app_that_refuses_to_start_is_told(caplog: pytest.LogCaptureFixture) -> None:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        assert scope["type"] == "lifespan"
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(RuntimeError, match="did not start"):
        serve(refuse)
    assert "no database" in caplog.text
