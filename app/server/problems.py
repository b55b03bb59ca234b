"""Problem details (RFC 9457) of the contract: stable types with status, titles and the client's code."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MEDIA_TYPE = "application/problem+json"
_URN = "urn:trinhky:problem:"

_Words = Annotated[str, StringConstraints(max_length=2_000)]


class Problem(BaseModel):
    """The body of every refusal. `title` is Vietnamese, `title_en` the same in English."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: Annotated[str, StringConstraints(max_length=200)] = "about:blank"
    status: Annotated[int, Field(ge=400, le=599)]
    title: _Words
    title_en: _Words
    detail: _Words | None = None
    current_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    limit_bytes: Annotated[int, Field(ge=0)] | None = None


class ProblemType(StrEnum):
    """Every `type` that a server of the contract answers with."""

    SIGN_IN = _URN + "sign-in"
    DENIED = _URN + "denied"
    NOT_FOUND = _URN + "not-found"
    BASE_CHANGED = _URN + "base-changed"
    DOCUMENT_CHANGED = _URN + "document-changed"
    MOVED_ON = _URN + "moved-on"
    WITHDRAWN = _URN + "withdrawn"
    SECRET = _URN + "secret"
    PAPER_ONLY = _URN + "paper-only"
    PREFIX = _URN + "not-an-increment"
    DIGEST = _URN + "digest-mismatch"
    EXTENSION = _URN + "not-an-extension"
    SIGNATURE_EXISTS = _URN + "signature-exists"
    SIGNATURE_MISSING = _URN + "signature-missing"
    KIND_REFUSED = _URN + "kind-refused"
    BASE_SIGNED = _URN + "base-signed"
    NUMBER_DUPLICATE = _URN + "number-duplicate"
    ACTION_REFUSED = _URN + "action-refused"
    KEY_REUSED = _URN + "key-reused"
    INVALID = _URN + "invalid"
    TOO_LARGE = _URN + "too-large"
    CURSOR_GONE = _URN + "cursor-gone"
    BUSY = _URN + "busy"
    FAILED = _URN + "failed"


class Kind(NamedTuple):
    """What a type always comes with. `code` is the `AppError` that the client makes of it."""

    status: int
    title: str
    title_en: str
    code: str


KINDS: dict[ProblemType, Kind] = {
    ProblemType.SIGN_IN: Kind(401, "Cần đăng nhập lại", "Sign in again", "server.sign_in_again"),
    ProblemType.DENIED: Kind(403, "Không được phép", "Not allowed", "server.denied"),
    ProblemType.NOT_FOUND: Kind(404, "Không tìm thấy", "Not found", "server.not_found"),
    ProblemType.BASE_CHANGED: Kind(
        412, "Đã có bản mới hơn của tệp", "The file has a newer revision", "server.conflict"
    ),
    ProblemType.DOCUMENT_CHANGED: Kind(
        412, "Văn bản đã thay đổi", "The document has changed", "server.conflict"
    ),
    ProblemType.MOVED_ON: Kind(
        409, "Văn bản không còn ở bước này", "The document has moved on", "server.conflict"
    ),
    ProblemType.WITHDRAWN: Kind(
        410,
        "Văn bản đã được rút hoặc trả lại",
        "The document was withdrawn or returned",
        "server.withdrawn",
    ),
    ProblemType.SECRET: Kind(
        403,
        "Văn bản mật không được xử lý điện tử",
        "A secret document is not handled electronically",
        "server.secret_refused",
    ),
    ProblemType.PAPER_ONLY: Kind(
        403,
        "Văn bản chỉ được ký trên giấy",
        "This document is signed on paper only",
        "server.paper_only",
    ),
    ProblemType.PREFIX: Kind(
        422,
        "Tệp không bắt đầu bằng bản trước",
        "The file does not begin with the base revision",
        "server.prefix_refused",
    ),
    ProblemType.DIGEST: Kind(
        422,
        "Tệp bị hỏng trên đường truyền",
        "The file was damaged on the way",
        "server.upload_damaged",
    ),
    ProblemType.EXTENSION: Kind(
        422,
        "Bản bổ sung không chỉ gồm dấu thời gian và dữ liệu kiểm tra",
        "The revision adds more than time stamps and validation data",
        "server.extension_refused",
    ),
    ProblemType.SIGNATURE_EXISTS: Kind(
        409,
        "Tệp đã có chữ ký loại này",
        "The file already has this kind of signature",
        "server.signature_exists",
    ),
    ProblemType.SIGNATURE_MISSING: Kind(
        409,
        "Còn thiếu chữ ký bắt buộc",
        "A required signature is missing",
        "server.signature_missing",
    ),
    ProblemType.KIND_REFUSED: Kind(
        409,
        "Loại chữ ký không hợp với bước này",
        "This kind of signature does not belong to this step",
        "server.kind_refused",
    ),
    ProblemType.BASE_SIGNED: Kind(
        409,
        "Tệp đã ký, không thay bản gốc được",
        "The file is signed; its base cannot be replaced",
        "server.base_signed",
    ),
    ProblemType.NUMBER_DUPLICATE: Kind(
        409,
        "Số và ký hiệu đã được dùng",
        "Number and symbol are already in use",
        "server.number_duplicate",
    ),
    ProblemType.ACTION_REFUSED: Kind(
        409,
        "Không làm được việc này ở bước hiện tại",
        "This cannot be done at the present step",
        "server.action_refused",
    ),
    ProblemType.KEY_REUSED: Kind(
        422,
        "Khóa chống lặp đã dùng cho yêu cầu khác",
        "The idempotency key was used for another request",
        "server.key_reused",
    ),
    ProblemType.INVALID: Kind(
        422, "Yêu cầu không hợp lệ", "The request is not valid", "server.invalid"
    ),
    ProblemType.TOO_LARGE: Kind(413, "Tệp quá lớn", "The file is too large", "server.too_large"),
    ProblemType.CURSOR_GONE: Kind(
        410,
        "Mốc đồng bộ không còn dùng được",
        "The cursor is no longer known",
        "server.cursor_gone",
    ),
    ProblemType.BUSY: Kind(503, "Máy chủ đang bận", "The server is busy", "server.busy"),
    ProblemType.FAILED: Kind(500, "Máy chủ gặp lỗi", "The server failed", "server.failed"),
}
"""What each type means, in one place for server and client."""
