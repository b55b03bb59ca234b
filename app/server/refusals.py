"""Turns a server's refusal into the error that a person is told."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import urlsplit

import requests
from pydantic import BaseModel, ValidationError

from app.errors import AppError
from app.server.problems import KINDS, MEDIA_TYPE, Problem, ProblemType
from app.server.transport import read_bounded

Model = TypeVar("Model", bound=BaseModel)

_PROBLEM_LIMIT_BYTES = 64 * 2**10
_LONGEST_WAIT_S = 3_600
_BY_STATUS = {
    401: "server.sign_in_again",
    403: "server.denied",
    404: "server.not_found",
    409: "server.conflict",
    410: "server.withdrawn",
    412: "server.conflict",
    413: "server.too_large",
    429: "server.busy",
    503: "server.busy",
}


def refusal(response: requests.Response) -> AppError:
    """Read a refusal, close its answer, and return the error to raise.

    Codes come from the problem's type; from the status where a gateway answered in the server's place.
    """
    status = response.status_code
    problem = _problem_of(response)
    params: dict[str, str | int | float | None] = {
        "server": urlsplit(response.url).netloc,
        "status": status,
    }
    code = _BY_STATUS.get(status, "server.failed" if status >= 500 else "server.garbage")
    if problem is not None:
        params["detail"] = problem.detail or ""
        params["title"] = problem.title
        params["title_en"] = problem.title_en
        code = _code_of(problem, code)
        if problem.current_sha256 is not None:
            params["current_sha256"] = problem.current_sha256
        if problem.limit_bytes is not None:
            params["limit_mb"] = problem.limit_bytes // 2**20
    if code == "server.busy":
        params["retry_after_s"] = _retry_after_s(response)
    if code == "server.too_large":
        params.setdefault("limit_mb", "?")
    return AppError(code, **params)


def parse(response: requests.Response, model: type[Model]) -> Model:
    """Read a small JSON answer of the contract and close it.

    Raises:
        AppError: `server.garbage` when it is not what the contract says.
    """
    content = read_bounded(response)
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise AppError("server.garbage", server=urlsplit(response.url).netloc) from error


def _problem_of(response: requests.Response) -> Problem | None:
    media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if media_type != MEDIA_TYPE:
        response.close()
        return None
    try:
        return Problem.model_validate_json(read_bounded(response, _PROBLEM_LIMIT_BYTES))
    except (ValidationError, AppError):
        return None


def _code_of(problem: Problem, otherwise: str) -> str:
    try:
        return KINDS[ProblemType(problem.type)].code
    except ValueError:
        return otherwise


def _retry_after_s(response: requests.Response) -> int:
    """Read `Retry-After` (RFC 9110, 10.2.3): seconds or a date; 30 s where there is none."""
    value = response.headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), _LONGEST_WAIT_S)
    try:
        wait = (parsedate_to_datetime(value).astimezone(UTC) - datetime.now(UTC)).total_seconds()
    except ValueError:
        return 30
    return max(0, min(int(wait), _LONGEST_WAIT_S))
