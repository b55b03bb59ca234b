"""Facts about fetching certificate status: what a hostile address may cost is bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
import requests
from fastapi import FastAPI, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from app.demo.serving import Served, serve
from signing import fetching
from signing.fetching import bounded_fetchers

CRL = ("application/pkix-crl",)


def _app() -> FastAPI:
    app = FastAPI(openapi_url=None)

    @app.get("/good")
    async def good() -> Response:
        return Response(b"list", media_type=CRL[0])

    @app.get("/here")
    async def here() -> RedirectResponse:
        return RedirectResponse("/good")

    @app.get("/round")
    async def around() -> RedirectResponse:
        return RedirectResponse("/round")

    @app.get("/elsewhere")
    async def elsewhere() -> RedirectResponse:
        return RedirectResponse("http://localhost.invalid/list")

    @app.get("/file")
    async def file() -> RedirectResponse:
        return RedirectResponse("file:///etc/passwd")

    @app.get("/endless")
    async def endless() -> StreamingResponse:
        def blocks() -> Iterator[bytes]:
            while True:
                yield bytes(65_536)

        return StreamingResponse(blocks(), media_type=CRL[0])

    @app.get("/dripping")
    async def dripping() -> StreamingResponse:
        async def drops() -> Any:
            while True:
                yield bytes(fetching.BLOCK_BYTES)
                await asyncio.sleep(0.05)

        return StreamingResponse(drops(), media_type=CRL[0])

    return app


@pytest.fixture(scope="module")
def web() -> Iterator[Served]:
    with serve(_app()) as served:
        yield served


def _get(url: str, *, within_s: float = 20.0, per_request_s: float = 10.0) -> bytes:
    fetcher: Any = bounded_fetchers(within_s, per_request_s).crl_fetcher

    async def ask() -> bytes:
        answer = await fetcher._get(url, acceptable_content_types=CRL)
        return bytes(answer.content)

    return asyncio.run(ask())


@pytest.mark.parametrize("path", ["good", "here"])
def test_an_answer_comes_also_by_a_way_on_the_same_host(web: Served, path: str) -> None:
    assert _get(f"{web.url}/{path}") == b"list"


@pytest.mark.parametrize("path", ["elsewhere", "file", "round", "nowhere"])
def test_no_way_leads_to_another_host_or_round_and_round(web: Served, path: str) -> None:
    with pytest.raises(requests.RequestException):
        _get(f"{web.url}/{path}")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "ldap://x/y", "x", ""])
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(requests.RequestException, match="no address of the web"):
        _get(url)


def test_an_answer_without_end_is_cut_off(web: Served) -> None:
    with pytest.raises(requests.RequestException, match="too large"):
        _get(f"{web.url}/endless")


def test_an_answer_that_drips_ends_with_its_time(web: Served) -> None:
    began_s = monotonic()
    with pytest.raises(requests.Timeout):
        _get(f"{web.url}/dripping", per_request_s=0.3)
    assert monotonic() - began_s < 5


def test_no_request_begins_after_the_time_for_all(web: Served) -> None:
    with pytest.raises(requests.Timeout, match="no time left"):
        _get(f"{web.url}/good", within_s=0.0)
