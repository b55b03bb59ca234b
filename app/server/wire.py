"""The document server contract v1 as typed models: the demo office publishes them, the client parses with them.

Times are RFC 3339 with offset, dates ISO 8601, sizes bytes, hashes lower-case hex SHA-256. Answers may carry members
that this version does not know; requests may not.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from app.workflow.documents import DeadlineState, Queue, Role, Secrecy, Urgency

IDEMPOTENCY_KEY = "Idempotency-Key"
SIGNATURE_KIND = "Signature-Kind"
"""Request header of an upload: the kind of the one signature that the revision adds (`signing.terms.SignatureKind`).

Time stamps and validation data may come behind that signature, in the same upload. The kind `document_timestamp` says
that the revision adds nothing but these, to a file that is sealed already; a clerk sends it.
"""
AUDIT_HEAD = "Audit-Head"
"""Request header of an upload: hash of the newest entry of the client's audit log."""
CONVERTED_FROM = "Converted-From"
"""Request header of a new unsigned base: hash of the original that had to be converted, flattened or repaired."""
CONTENT_DIGEST = "Content-Digest"
"""Request header of an upload: `sha-256=:<base64>:` (RFC 9530)."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:-]{1,128}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Line = Annotated[str, StringConstraints(max_length=500)]
Text = Annotated[str, StringConstraints(max_length=10_000)]
Symbol = Annotated[str, StringConstraints(max_length=100)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=50)]
Comment = Annotated[str, StringConstraints(max_length=4_000)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
SideMm = Annotated[float, Field(ge=0, le=20_000, allow_inf_nan=False)]
"""One side of a box on a page as shown."""
SizeBytes = Annotated[int, Field(ge=0, le=2**40)]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Me(_Answer):
    """Who is signed in. The fingerprints are of certificates that the server knows as this person's or the agency's."""

    user_id: Id
    name: Line
    office: Line
    roles: Annotated[tuple[Role, ...], Field(max_length=16)]
    certificate_sha256: Annotated[tuple[Sha256, ...], Field(max_length=32)] = ()
    agency_certificate_sha256: Annotated[tuple[Sha256, ...], Field(max_length=32)] = ()
    rule_profile: Id


class Task(_Answer):
    """One line of a queue."""

    task_id: Id
    queue: Queue
    document_id: Id
    abstract: Text
    kind_name: Line
    urgency: Urgency
    secrecy: Secrecy
    paper_only: bool
    deadline: AwareDatetime | None = None
    attachments: Annotated[int, Field(ge=0)]
    updated_at: AwareDatetime
    returned: bool = False
    dossier_code: Line | None = None
    deadline_state: DeadlineState | None = None


class TaskPage(_Answer):
    """One page, at most 500 changes, of a queue since a cursor; `gone` are ids of tasks that left it."""

    changed: Annotated[tuple[Task, ...], Field(max_length=500)]
    gone: Annotated[tuple[Id, ...], Field(max_length=500)]
    cursor: Id
    more: bool


class Signer(_Answer):
    """Người ký: whose personal signature is expected, by certificate fingerprint or UID."""

    name: Line
    title: Line
    certificate_sha256: Sha256 | None = None
    uid: Line | None = None


class Original(_Answer):
    """What a file was before somebody converted, flattened or repaired it into a new unsigned base."""

    sha256: Sha256
    name: Line
    media_type: Line
    by: Line
    at: AwareDatetime


class FileRef(_Answer):
    """A file at its current revision.

    A new unsigned base is a PDF: it has the media type `application/pdf` and the original's name with the suffix
    `.pdf`, and `converted_from` tells what it was made of. The server keeps the original.
    """

    file_id: Id
    name: Line
    role: Literal["main", "attachment"]
    media_type: Line
    size_bytes: SizeBytes
    sha256: Sha256
    revision: Annotated[int, Field(ge=0)]
    converted_from: Original | None = None


class PageMark(_Asked):
    """A place on a page; `box_mm` is left, top, right, bottom from the page's top-left corner as shown."""

    file_id: Id
    page_index: Annotated[int, Field(ge=0, le=100_000)]
    note: Comment
    box_mm: tuple[float, float, float, float] | None = None


class GivenPlace(_Answer):
    """A place that the client proposes before any that it finds itself, and checks like those.

    `kind` is a signature's, or the blank of number, day, month or year. `box_mm` is left, top, right, bottom from the
    page's top-left corner as shown. `signer` is the name in the signer's block; it is left out where only one person
    signs.
    """

    file_id: Id
    kind: Literal[
        "personal",
        "initial",
        "seal",
        "attachment",
        "copy",
        "number",
        "day",
        "month",
        "year",
    ]
    page_index: Annotated[int, Field(ge=0, le=100_000)]
    box_mm: tuple[SideMm, SideMm, SideMm, SideMm]
    signer: Line | None = None

    @model_validator(mode="after")
    def _is_a_box(self) -> Self:
        left_mm, top_mm, right_mm, bottom_mm = self.box_mm
        if left_mm >= right_mm or top_mm >= bottom_mm:
            raise ValueError("a box is left, top, right, bottom")
        return self


class RoutingStep(_Answer):
    """One line of the routing history."""

    at: AwareDatetime
    actor: Line
    action: Line
    comment: Comment | None = None
    marks: Annotated[tuple[PageMark, ...], Field(max_length=200)] = ()


class Document(_Answer):
    """A document's description. Its version is the `ETag` of the answer that carries it."""

    document_id: Id
    abstract: Text
    kind_name: Line
    symbol: Symbol
    number: Number | None = None
    issue_date: date | None = None
    recipients: Annotated[tuple[Line, ...], Field(max_length=500)]
    signers: Annotated[tuple[Signer, ...], Field(max_length=16)]
    urgency: Urgency
    secrecy: Secrecy
    paper_only: bool
    deadline: AwareDatetime | None = None
    dossier_code: Line | None = None
    receipt_number: Line | None = None
    deadline_state: DeadlineState | None = None
    drafting_unit: Line
    state: Line
    files: Annotated[tuple[FileRef, ...], Field(min_length=1, max_length=200)]
    history: Annotated[tuple[RoutingStep, ...], Field(max_length=2_000)] = ()
    places: Annotated[tuple[GivenPlace, ...], Field(max_length=1_000)] = ()

    @model_validator(mode="after")
    def _one_main_file(self) -> Self:
        if [item.role for item in self.files].count("main") != 1:
            raise ValueError("a document has exactly one main file")
        if len({item.file_id for item in self.files}) != len(self.files):
            raise ValueError("two files of a document have the same id")
        return self


class UploadReceipt(_Answer):
    """The server's word that it holds a revision; `sha256` is what the server computed."""

    file_id: Id
    revision: Annotated[int, Field(ge=0)]
    sha256: Sha256
    received_at: AwareDatetime


class NumberRequest(_Asked):
    """Asks for the next number of the register."""

    symbol: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
    issue_date: date


class Numbering(_Answer):
    """A number taken from the register: its value and the text as it is drawn ("05")."""

    value: Annotated[int, Field(ge=1)]
    text: Number
    symbol: Symbol
    issue_date: date


class ForwardRequest(_Asked):
    """Moves a document on."""

    action: Literal["approve", "pass_on", "to_clerk", "publish"]
    comment: Comment | None = None


class ReturnRequest(_Asked):
    """Returns a document (trả lại); the reason is required."""

    reason: Reason
    marks: Annotated[tuple[PageMark, ...], Field(max_length=200)] = ()


class IncomingRequest(_Asked):
    """What is known of an incoming document; the part `metadata` beside the part `file`."""

    abstract: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    sender: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    sender_number: Symbol
    sender_date: date


class IncomingAnswer(_Answer):
    """A registered incoming document and its số đến; the numbering's date is the day of arrival."""

    document: Document
    numbering: Numbering


class QueueEvent(_Answer):
    """Data of the server-sent event `queue`: this queue of the listening person changed."""

    queue: Queue
