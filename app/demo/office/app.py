"""Puts the office on HTTP: the contract, signing in, refusals as problem details, the published OpenAPI."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from app.demo.office import arrivals, calls, oauth
from app.demo.office.grants import Grants
from app.demo.office.refused import RefusedError
from app.demo.office.store import OfficeStore
from app.server.problems import MEDIA_TYPE, Problem, ProblemType


def office_app(store: OfficeStore) -> FastAPI:
    """Build the app on an open store, which stays the caller's to close after the server has stopped."""
    app = _Office(
        title="Trình Ký – máy chủ văn bản",
        version="1",
        description="The document server contract, as the demo office fills it.",
        docs_url=None,
        redoc_url=None,
    )
    app.state.store = store
    app.state.grants = Grants(store)
    app.include_router(calls.router)
    app.include_router(arrivals.router)
    app.include_router(oauth.router)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(ClientDisconnect, _nobody_there)
    app.add_exception_handler(Exception, _failed)
    return app


class _Office(FastAPI):
    """Publishes refusals under the media type that they are sent with."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            described = super().openapi()
            for calls_of_path in described["paths"].values():
                for call in calls_of_path.values():
                    for status in ("4XX", "5XX"):
                        content = call["responses"][status]["content"]
                        content[MEDIA_TYPE] = content.popitem()[1]
        return super().openapi()


def _refused(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, RefusedError)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    return JSONResponse(
        error.problem.model_dump(exclude_none=True),
        error.status,
        headers | {"Cache-Control": "no-store"},
        MEDIA_TYPE,
    )


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    places = sorted({".".join(str(part) for part in item["loc"]) for item in error.errors()})
    return _refused(request, RefusedError(ProblemType.INVALID, ", ".join(places)[:2_000]))


def _by_status(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return _refused(request, RefusedError(ProblemType.NOT_FOUND))
    words = HTTPStatus(error.status_code).phrase
    problem = Problem(status=error.status_code, title=words, title_en=words)
    return JSONResponse(
        problem.model_dump(exclude_none=True), error.status_code, error.headers, MEDIA_TYPE
    )


def _nobody_there(request: Request, error: Exception) -> JSONResponse:
    """Answer an upload that was cut off: nothing was kept, and nobody hears this."""
    del error
    return _refused(request, RefusedError(ProblemType.INVALID))


def _failed(request: Request, error: Exception) -> JSONResponse:
    del error
    return _refused(request, RefusedError(ProblemType.FAILED))
