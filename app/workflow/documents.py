"""The records of the office's work: who I am, my tasks, a document, its files. Frozen, engine-free."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What the document server lets a person do."""

    INITIALLER = "initialler"  # gives ký nháy or passes on
    LEADER = "leader"
    CLERK = "clerk"  # văn thư
    RECIPIENT = "recipient"


class Queue(StrEnum):
    """The queues of the document server."""

    TO_INITIAL = "to_initial"
    TO_SIGN = "to_sign"
    TO_ISSUE = "to_issue"
    INCOMING = "incoming"
    RECEIVED = "received"


class Urgency(StrEnum):
    """Độ khẩn (Decree 30/2020, Article 8.2 and Annex I)."""

    NORMAL = "normal"
    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very_urgent"  # thượng khẩn
    EXPRESS = "express"  # hỏa tốc


class Secrecy(StrEnum):
    """Độ mật. Anything but `none` is never signed electronically."""

    NONE = "none"
    CONFIDENTIAL = "mat"  # mật
    HIGH = "toi_mat"  # tối mật
    HIGHEST = "tuyet_mat"  # tuyệt mật


class DeadlineState(StrEnum):
    """How a dossier stands against its deadline, as the server reports it (seed 002, Article 5.2 a)."""

    EARLY = "early"  # trước hạn
    ON_TIME = "on_time"  # đúng hạn
    OVERDUE = "overdue"  # quá hạn


@dataclass(frozen=True, slots=True)
class Person:
    """Answer to "who am I". `certificate_sha256` are the fingerprints that the server knows as mine."""

    user_id: str
    name: str
    office: str
    roles: tuple[Role, ...]
    certificate_sha256: tuple[str, ...]
    agency_certificate_sha256: tuple[str, ...]
    rule_profile: str


@dataclass(frozen=True, slots=True)
class Signer:
    """Người ký: the person whose personal signature a document expects."""

    name: str
    title: str
    certificate_sha256: str | None = None
    uid: str | None = None


def same_name(one: str | None, other: str | None) -> bool:
    """Say whether two names are the same text: in any case, and however their Vietnamese marks are encoded."""
    return _folded(one or "") == _folded(other or "")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@dataclass(frozen=True, slots=True)
class Original:
    """What a file was before it was converted, flattened or repaired for signing; its bytes stay with the server.

    `by` and `at` are None while the server has not taken the new base yet.
    """

    sha256: str
    name: str
    media_type: str
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file of a document at its current revision. `role` is "main" or "attachment".

    Where it is not the file that the drafter sent, `converted_from` says what that was.
    """

    file_id: str
    name: str
    role: str
    media_type: str
    size_bytes: int
    sha256: str
    revision: int
    converted_from: Original | None = None


@dataclass(frozen=True, slots=True)
class PageMark:
    """A place on a page that somebody who returned a document pointed at.

    `box_mm` is left, top, right, bottom in millimetres from the top-left corner of the page as shown.
    """

    file_id: str
    page_index: int
    note: str
    box_mm: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place that the server sends with a document, say from the agency's own template.

    `kind` is a signature's kind, or the blank "number", "day", "month" or "year"; `signer` is the name of whose place
    it is, None where only one can be meant. `box_mm` is as in `PageMark`. Of several the first that can be used counts.
    """

    file_id: str
    kind: str
    page_index: int
    box_mm: tuple[float, float, float, float]
    signer: str | None = None


@dataclass(frozen=True, slots=True)
class RoutingStep:
    """One line of the routing history. `marks` come with a return."""

    at: datetime
    actor: str
    action: str
    comment: str | None = None
    marks: tuple[PageMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the server describes it.

    Office terms: `abstract` is trích yếu, `kind_name` loại văn bản, `symbol` ký hiệu (the part after
    the slash), `number` số, `recipients` nơi nhận.
    A result of a one-stop dossier (hồ sơ một cửa) has the dossier's code, the number of its receipt (biên nhận) and
    how it stands against its deadline; other documents have none of the three.
    """

    document_id: str
    etag: str
    abstract: str
    kind_name: str
    symbol: str
    number: str | None
    issue_date: date | None
    recipients: tuple[str, ...]
    signers: tuple[Signer, ...]
    urgency: Urgency
    secrecy: Secrecy
    paper_only: bool
    deadline: datetime | None
    dossier_code: str | None
    drafting_unit: str
    state: str
    files: tuple[FileRef, ...]
    history: tuple[RoutingStep, ...] = ()
    receipt_number: str | None = None
    deadline_state: DeadlineState | None = None
    places: tuple[GivenPlace, ...] = ()

    @property
    def main_file(self) -> FileRef:
        """The file that carries the leader's signature and the seal."""
        return next(item for item in self.files if item.role == "main")

    @property
    def attachments(self) -> tuple[FileRef, ...]:
        """Văn bản kèm theo in files of their own."""
        return tuple(item for item in self.files if item.role != "main")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of a queue."""

    task_id: str
    queue: Queue
    document_id: str
    abstract: str
    kind_name: str
    urgency: Urgency
    secrecy: Secrecy
    paper_only: bool
    deadline: datetime | None
    attachments: int
    updated_at: datetime
    returned: bool = False
    dossier_code: str | None = None
    deadline_state: DeadlineState | None = None


@dataclass(frozen=True, slots=True)
class TaskPage:
    """One page of a queue's changes since a cursor. `gone` are ids of tasks that left the queue."""

    changed: tuple[Task, ...]
    gone: tuple[str, ...]
    cursor: str
    more: bool


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number taken from the register: `text` as it is drawn ("05"), its sequence value, the document's date."""

    value: int
    text: str
    symbol: str
    issue_date: date


@dataclass(frozen=True, slots=True)
class UploadReceipt:
    """The server's word that it holds a revision. `sha256` is what the server computed."""

    file_id: str
    revision: int
    sha256: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of a document that came in: trích yếu, who sent it, its own number and date."""

    abstract: str
    sender: str
    sender_number: str
    sender_date: date
