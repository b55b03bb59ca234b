"""The contract's calls over HTTP, each a thin face of `OfficeStore`; those with a file are in `arrivals`."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, StreamingResponse

from app.demo.office.bell import Changes
from app.demo.office.face import (
    REFUSALS,
    DocumentId,
    FileId,
    IfMatch,
    Key,
    Store,
    User,
    json_answer,
)
from app.demo.office.store import OfficeStore
from app.server import wire
from app.workflow.documents import Queue

_KEEP_ALIVE_S = 15.0
_BINARY: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {}}, "description": "The whole file"},
    206: {"content": {"application/pdf": {}}, "description": "The range asked for"},
    304: {"description": "Not modified"},
}
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/event-stream": {}},
        "description": "Event `queue` with a QueueEvent as data; comments keep the line alive",
    }
}

router = APIRouter(prefix="/v1", responses=REFUSALS)


@router.get("/me", response_model=wire.Me)
def me(user: User, store: Store) -> wire.Me:
    """Say who is signed in."""
    return wire.Me(
        user_id=user.user_id,
        name=user.name,
        office=store.office.name,
        roles=user.roles,
        certificate_sha256=user.certificate_sha256,
        agency_certificate_sha256=store.office.agency_certificate_sha256,
        rule_profile=store.office.rule_profile,
    )


@router.get("/tasks", response_model=wire.TaskPage)
def tasks(user: User, store: Store, queue: Queue, since: wire.Id | None = None) -> wire.TaskPage:
    """Give one page of a queue's changes since a cursor."""
    return store.tasks(user, queue, since)


@router.get("/documents/{document_id}", response_model=wire.Document)
def document(user: User, store: Store, document_id: DocumentId) -> Response:
    """Describe a document; its version is the ETag."""
    return json_answer(store.look(user, document_id))


@router.get(
    "/documents/{document_id}/files/{file_id}/content",
    response_class=FileResponse,
    responses=_BINARY,
)
def content(
    request: Request, user: User, store: Store, document_id: DocumentId, file_id: FileId
) -> Response:
    """Send the current revision; its ETag is its quoted SHA-256."""
    file = store.content(user, document_id, file_id)
    headers = {"ETag": f'"{file.sha256}"', "Cache-Control": "private, no-store"}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    path = store.shelf.path_of(file.sha256)
    return FileResponse(path, media_type=file.media_type, headers=headers)


@router.post("/documents/{document_id}/number", response_model=wire.Numbering)
def number(
    user: User, store: Store, document_id: DocumentId, key: Key, asked: wire.NumberRequest
) -> Response:
    """Take a number from the register."""
    return json_answer(store.number(user, key, document_id, asked))


@router.post("/documents/{document_id}/forward", response_model=wire.Document)
def forward(
    *,
    user: User,
    store: Store,
    document_id: DocumentId,
    etag: IfMatch,
    key: Key,
    asked: wire.ForwardRequest,
) -> Response:
    """Move a document on."""
    return json_answer(store.forward(user, key, document_id, etag, asked))


@router.post("/documents/{document_id}/return", response_model=wire.Document)
def send_back(
    *,
    user: User,
    store: Store,
    document_id: DocumentId,
    etag: IfMatch,
    key: Key,
    asked: wire.ReturnRequest,
) -> Response:
    """Return a document to its drafter."""
    return json_answer(store.send_back(user, key, document_id, etag, asked))


@router.get("/events", response_class=StreamingResponse, responses=_STREAM)
async def events(user: User, store: Store) -> StreamingResponse:
    """Tell of changes of the person's queues."""
    return StreamingResponse(
        _stream(store, user.user_id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def _stream(store: OfficeStore, user_id: str) -> AsyncIterator[str]:
    with store.bell.listen(user_id) as changes:
        yield ": listening\n\n"
        while True:
            yield await _next_event(changes)


async def _next_event(changes: Changes) -> str:
    with contextlib.suppress(TimeoutError):
        queue = await asyncio.wait_for(changes.get(), _KEEP_ALIVE_S)
        return f"event: queue\ndata: {wire.QueueEvent(queue=queue).model_dump_json()}\n\n"
    return ": still here\n\n"
