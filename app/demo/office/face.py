"""What every call over HTTP shares: who asks, which headers, how an answer leaves."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request, Response
from fastapi.security import OAuth2AuthorizationCodeBearer

from app.demo.office.answers import Answer
from app.demo.office.grants import Grants
from app.demo.office.records import OfficeUser
from app.demo.office.refused import RefusedError
from app.demo.office.store import OfficeStore
from app.server import wire
from app.server.problems import Problem, ProblemType

REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "Refused (RFC 9457)"},
    "5XX": {"model": Problem, "description": "Failed (RFC 9457)"},
}
_bearer = OAuth2AuthorizationCodeBearer(
    authorizationUrl="/oauth/authorize", tokenUrl="/oauth/token", auto_error=False
)


def _store(request: Request) -> OfficeStore:
    store: OfficeStore = request.app.state.store
    return store


def _user(request: Request, token: Annotated[str | None, Depends(_bearer)]) -> OfficeUser:
    grants: Grants = request.app.state.grants
    user_id = None if token is None else grants.user_of(token)
    if user_id is None:
        raise RefusedError(ProblemType.SIGN_IN)
    return _store(request).person(user_id)


def _unquoted(if_match: Annotated[str, Header(pattern=r'^"[^"]{1,128}"$')]) -> str:
    return if_match[1:-1]


Store = Annotated[OfficeStore, Depends(_store)]
User = Annotated[OfficeUser, Depends(_user)]
Key = Annotated[str, Header(alias=wire.IDEMPOTENCY_KEY, min_length=1, max_length=255)]
IfMatch = Annotated[str, Depends(_unquoted)]
DocumentId = Annotated[wire.Id, Path()]
FileId = Annotated[wire.Id, Path()]
Hash = Annotated[str | None, Header(pattern=r"^[0-9a-f]{64}$")]


def json_answer(answer: Answer) -> Response:
    """Send an answer of the store with its ETag."""
    headers = {"Cache-Control": "no-store"}
    if answer.etag is not None:
        headers["ETag"] = f'"{answer.etag}"'
    return Response(answer.body, answer.status, headers, "application/json")
