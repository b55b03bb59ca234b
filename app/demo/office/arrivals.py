"""The two calls that bring a file: a revision, an incoming document. Bodies are streamed to disk."""

from __future__ import annotations

import base64
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from app.demo.office.face import (
    REFUSALS,
    DocumentId,
    FileId,
    Hash,
    IfMatch,
    Key,
    Store,
    User,
    json_answer,
)
from app.demo.office.refused import RefusedError
from app.demo.office.shelf import Arrived
from app.demo.office.uploads import Upload
from app.server import wire
from app.server.problems import ProblemType
from signing.terms import SignatureKind

_FORM_MARGIN_BYTES = 64 * 2**10
_PDF_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_INCOMING_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["metadata", "file"],
                    "properties": {
                        "metadata": wire.IncomingRequest.model_json_schema(),
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}

router = APIRouter(prefix="/v1", responses=REFUSALS)


@router.post(
    "/documents/{document_id}/files/{file_id}/revisions",
    response_model=wire.UploadReceipt,
    status_code=201,
    openapi_extra=_PDF_BODY,
)
async def revisions(
    request: Request,
    *,
    user: User,
    store: Store,
    document_id: DocumentId,
    file_id: FileId,
    base_sha256: IfMatch,
    key: Key,
    signature_kind: Annotated[SignatureKind | None, Header(alias=wire.SIGNATURE_KIND)] = None,
    audit_head: Hash = None,
    converted_from: Hash = None,
    content_digest: Annotated[str | None, Header()] = None,
) -> Response:
    """Take a signed revision, or a converted base; exactly one of the two headers says which."""
    if (signature_kind is None) == (converted_from is None) or (
        converted_from not in {None, base_sha256}
    ):
        raise RefusedError(ProblemType.INVALID, f"{wire.SIGNATURE_KIND} / {wire.CONVERTED_FROM}")
    upload = Upload(document_id, file_id, base_sha256, signature_kind, converted_from, audit_head)
    limit_bytes = store.office.file_limit_bytes
    _check_length(request, limit_bytes, limit_bytes)
    await run_in_threadpool(store.check_upload, user, key, upload)
    with store.shelf.arriving(limit_bytes) as arriving:
        async for chunk in request.stream():
            await run_in_threadpool(arriving.add, chunk)
        arrived = await run_in_threadpool(arriving.finish)
    try:
        _check_digest(content_digest, arrived)
        return json_answer(await run_in_threadpool(store.upload, user, key, upload, arrived))
    finally:
        arrived.path.unlink(missing_ok=True)


@router.post(
    "/incoming",
    response_model=wire.IncomingAnswer,
    status_code=201,
    openapi_extra=_INCOMING_BODY,
)
async def incoming(
    request: Request,
    user: User,
    store: Store,
    key: Key,
    content_digest: Annotated[str | None, Header()] = None,
) -> Response:
    """Register an incoming document."""
    limit_bytes = store.office.file_limit_bytes
    _check_length(request, limit_bytes + _FORM_MARGIN_BYTES, limit_bytes)
    async with request.form(max_files=1, max_fields=1) as form:
        came, file = _incoming_parts(form.get("metadata"), form.get("file"))
        with store.shelf.arriving(limit_bytes) as arriving:
            while chunk := await file.read(2**20):
                await run_in_threadpool(arriving.add, chunk)
            arrived = await run_in_threadpool(arriving.finish)
    try:
        _check_digest(content_digest, arrived)
        name = f"{came.sender_number.replace('/', '-') or 'van-ban-den'}.pdf"
        return json_answer(
            await run_in_threadpool(store.register_incoming, user, key, came, arrived, name)
        )
    finally:
        arrived.path.unlink(missing_ok=True)


def _check_length(request: Request, most_bytes: int, limit_bytes: int) -> None:
    length = request.headers.get("Content-Length", "0")
    if length.isascii() and length.isdigit() and int(length) > most_bytes:
        raise RefusedError(ProblemType.TOO_LARGE, limit_bytes=limit_bytes)


def _check_digest(content_digest: str | None, arrived: Arrived) -> None:
    encoded = base64.b64encode(bytes.fromhex(arrived.sha256)).decode()
    if content_digest is not None and content_digest != f"sha-256=:{encoded}:":
        raise RefusedError(ProblemType.DIGEST)


def _incoming_parts(
    metadata: UploadFile | str | None, file: UploadFile | str | None
) -> tuple[wire.IncomingRequest, UploadFile]:
    if not isinstance(file, UploadFile) or not isinstance(metadata, str):
        raise RefusedError(ProblemType.INVALID, "metadata, file")
    try:
        return wire.IncomingRequest.model_validate_json(metadata), file
    except ValidationError as error:
        raise RefusedError(ProblemType.INVALID, "metadata") from error
