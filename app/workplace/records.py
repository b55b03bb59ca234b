"""What the workplace hands to whoever shows it: frozen, engine-free, quick to import."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import AppError
from pdf.errors import PdfError
from signing.errors import SigningError

if TYPE_CHECKING:
    # A record costs a millisecond to define, and the window's first picture shows none of these.
    from app.rules import CopyForm
    from app.workers.records import PagePicture
    from app.workflow.blanks import PlacedBlank
    from app.workflow.documents import Arrival, Document, FileRef
    from pdf.geometry import BoxMm, PageGeometry
    from signing.opinions import OpinionRoom
    from signing.report import FileReport
    from signing.terms import SignatureKind
    from signing.token.records import CertificateInfo, TokenInfo

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person is told: a message code with its parameters, no words."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def problem_of(error: BaseException) -> Problem:
    """Turn an error into what the person is told; one that nobody expected is logged and becomes `bug`."""
    if isinstance(error, AppError | SigningError | PdfError):
        return Problem(error.code, dict(error.params))
    _logger.error("program.bug", exc_info=error)
    return Problem("bug", {"kind": type(error).__name__})


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box on a page as a person sees it. `confidence` is 1 and `reason` empty where a person chose it."""

    kind: SignatureKind
    page_index: int
    box_mm: BoxMm
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file as it is shown: these bytes (`sha256`), and no others, are what a signature will cover."""

    ref: FileRef
    path: Path
    sha256: str
    pages: tuple[PageGeometry, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An open document of the office. `is_fresh` is false where it comes from this machine's store alone.

    Where the draft came as a Word file, `main` is the PDF made of it: `main.ref.converted_from` says of what, by whom
    and when (None while the server has not got it yet), and `notes` are message codes to be read before signing.
    `problems` name attachments that are still Word files: they stop the signature.
    """

    document: Document
    main: ShownFile
    is_fresh: bool = True
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class OpinionProposal:
    """What a person may say at their level of an internal form.

    `heading` is the rule profile's for the level. `box_mm` on the page is where the text will stand, None where the
    form has no room for a line: then the level signs without one. `lines` have room at the form's size; a text that
    needs more is set a little smaller, or refused. A level that is not `is_required` may sign without a text.
    """

    level: int
    heading: str
    page_index: int
    box_mm: BoxMm | None
    lines: int
    is_required: bool
    room: OpinionRoom | None


@dataclass(frozen=True, slots=True)
class OpinionPreview:
    """An opinion as it will stand in its field, transparent around it: so many `lines`, of letters of `size_pt`."""

    picture: PagePicture
    lines: int
    size_pt: float


@dataclass(frozen=True, slots=True)
class SigningProposal:
    """What a leader's signature, or a ký nháy, on an open draft will be.

    `box` is None where no place was found and the person must choose one. `blanks` are those of number and date that
    will become fields. `notes` are message codes that the person should read before agreeing. `signer` is the name in
    the signer's block, `size_mm` (width, height) what a signature measures by the office's rules.
    `is_signed`: somebody has signed it before, so nothing may lie over its words any more. `opinion` is None where the
    document asks me for none.
    """

    box: PlacedBox | None
    size_mm: tuple[float, float]
    blanks: tuple[PlacedBlank, ...] = ()
    notes: tuple[str, ...] = ()
    signer: str = ""
    is_signed: bool = False
    opinion: OpinionProposal | None = None


@dataclass(frozen=True, slots=True)
class SealedCorner:
    """An attachment in a file of its own, with the place of the agency's mark; `box` is None where none was found."""

    file: ShownFile
    box: PlacedBox | None


@dataclass(frozen=True, slots=True)
class IssueProposal:
    """What issuing an open document will do.

    `report` judges the main file as it is. `leader_problem` stops the issue (`workflow.leader_signature_...`);
    where its code is `workflow.leader_signature_undetermined` a reason given by the clerk lifts it. `number` is the
    document's own where it was taken before, else None: it is taken when the clerk issues. `seal` is None where no
    place was found; `size_mm` (width, height) is what it measures by the office's rules. `blanks` are where number and
    date will stand: filled in by the seal, or, where the document `is_numbered_apart` because other software signed it,
    shown by a signature of their own.
    """

    report: FileReport
    seal: PlacedBox | None
    size_mm: tuple[float, float]
    issue_date: date
    number: str | None = None
    leader_problem: Problem | None = None
    blanks: tuple[PlacedBox, ...] = ()
    attachments: tuple[SealedCorner, ...] = ()
    notes: tuple[str, ...] = ()
    is_numbered_apart: bool = False


@dataclass(frozen=True, slots=True)
class CopyProposal:
    """What calling an open document a copy (sao y, sao lục, trích sao) will put on it.

    `report` judges the main file as it is. `forms` are those of the office's rules, `form` the one proposed for.
    `box` is None where no place was found; `size_mm` (width, height) is what the line measures by the rules.
    `attachments` are the document's other files: each carries the line too. `notes` are message codes that the clerk
    should read before agreeing, `problem` stops the copy.
    """

    report: FileReport
    forms: tuple[CopyForm, ...]
    form: CopyForm
    box: PlacedBox | None
    size_mm: tuple[float, float]
    attachments: tuple[SealedCorner, ...] = ()
    notes: tuple[str, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A received file, judged: the report, its pages, and where each visible signature stands (by field)."""

    report: FileReport
    path: Path
    pages: tuple[PageGeometry, ...]
    boxes: Mapping[str, tuple[int, BoxMm]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Key:
    """A token and the certificate on it that is chosen to sign with.

    `notes` are message codes to be read before the PIN is given, say that its status could not be checked.
    """

    token: TokenInfo
    certificate: CertificateInfo
    notes: tuple[str, ...] = ()


class OrderKind(StrEnum):
    """What an order asks for."""

    SIGN = "sign"
    INITIAL = "initial"  # ký nháy, then on to the next of the chain
    ISSUE = "issue"
    INCOMING = "incoming"
    COPY = "copy"  # sao y, sao lục, trích sao


@dataclass(frozen=True, slots=True)
class Order:
    """One document to sign, issue, copy or register, as the person agreed to it; nothing of it is settled again later.

    `shown` are the SHA-256 of every file as it was shown, by file id. `box` is the personal signature's or the seal's
    place. `issue_date` and `reason` (why an undetermined leader's signature is accepted) belong to an issue; `blanks`
    to a signature, and to the issue of what other software signed: all of number and date, where the person placed any
    of them, else none. `opinion` is what the person says at the `level` that the proposal named; without a text the
    level agrees. `form` belongs to a copy, whose attachments are marked in their own corners.

    A file at `path` that came in is registered as `arrival`, and the agency's block put on it. It has no id at the
    server yet: its SHA-256 as it was judged stands for it, and for its one file.
    """

    kind: OrderKind
    document_id: str
    title: str
    shown: Mapping[str, str]
    box: PlacedBox | None
    signer: str = ""
    issue_date: date | None = None
    reason: str | None = None
    blanks: tuple[PlacedBlank, ...] = ()
    arrival: Arrival | None = None
    path: Path | None = None
    opinion: str = field(default="", repr=False)
    level: int | None = None
    form: CopyForm = "sao_y"


class Step(StrEnum):
    """How far an order has come. The last four end it."""

    WAITING = "waiting"
    SIGNING = "signing"
    JUDGING = "judging"
    NUMBERING = "numbering"
    SEALING = "sealing"
    ATTACHMENTS = "attachments"
    SENDING = "sending"
    DONE = "done"  # with the server
    KEPT = "kept"  # signed and kept here; it is sent when the server answers again
    FAILED = "failed"  # nothing was signed
    SKIPPED = "skipped"  # not tried, since the token or the PIN failed before


@dataclass(frozen=True, slots=True)
class Progress:
    """A step of one order. `detail` is the number that was taken, or the signature's level."""

    document_id: str
    step: Step
    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    detail: str | None = None


Told = Callable[[Progress], None]
"""Told of each order's steps, in the thread that carries them out."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A signature that is made and kept here and not yet with the server."""

    work_id: str
    document_id: str
    kind: str
    title: str | None
