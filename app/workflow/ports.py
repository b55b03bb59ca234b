"""What the use cases need from outside. Adapters raise nothing but `AppError`, `SigningError` and `PdfError`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from app.workflow.documents import (
    Document,
    FileRef,
    Numbering,
    Person,
    Queue,
    TaskPage,
    UploadReceipt,
)
from app.workflow.looking import Revisions, SignedPages
from app.workflow.plan import SigningPlan, Work
from pdf.geometry import BoxMm, BoxPt, PageGeometry
from pdf.places import OpinionPlace, PlaceKind, PlacementRules, Proposal, TypedDate
from pdf.sheet import Sheet
from signing.extension import ExtendedFile, ExtensionRequest
from signing.facts import FileFacts
from signing.intake.records import InkRule, TakenImage
from signing.opinions import OpinionLayout, OpinionRoom
from signing.report import FileReport
from signing.request import (
    Appearance,
    DrawnText,
    FieldValue,
    SignatureRequest,
    SignedFile,
    TextFieldSpec,
)
from signing.roots import TrustedRoot
from signing.status import CertificateStatus
from signing.token.pin import Pin
from signing.token.records import KeyFile, KeyFileInfo, ModuleInfo, OpenedKey


class DocumentServer(Protocol):
    """The document server contract v1, as one signed-in person."""

    def me(self) -> Person:
        """Say who is signed in."""

    def clock_skew_s(self) -> float | None:
        """Return by how much the server's clock was ahead of this machine's at its last answer; None before one."""

    def tasks(self, queue: Queue, since: str | None = None) -> TaskPage:
        """Return one page of a queue's changes since a cursor; the first page of all without one."""

    def document(self, document_id: str) -> Document:
        """Return a document's description with its ETag."""

    def download(self, document_id: str, file: FileRef, into: Path) -> Path:
        """Fetch a file's current revision to `into`, resuming a partial one, and return the path.

        Raises:
            AppError: `server.hash_mismatch` when size or SHA-256 differ from `file`; nothing is left at `into`.
        """

    def upload(
        self,
        document_id: str,
        file_id: str,
        *,
        signed: Path,
        kind: str,
        base_sha256: str,
        idempotency_key: str,
        audit_head_sha256: str | None = None,
    ) -> UploadReceipt:
        """Send a revision that adds one signature of `kind`. `server.conflict` when somebody else was first (412)."""

    def upload_base(
        self,
        document_id: str,
        file_id: str,
        *,
        converted: Path,
        original_sha256: str,
        idempotency_key: str,
    ) -> UploadReceipt:
        """Send a new unsigned base made of an original; taken from whoever holds it, before any signature."""

    def take_number(
        self, document_id: str, *, symbol: str, issue_date: date, idempotency_key: str
    ) -> Numbering:
        """Take the next number of the register; the same key gives the same number."""

    def forward(
        self,
        document_id: str,
        *,
        action: str,
        etag: str,
        idempotency_key: str,
        comment: str | None = None,
    ) -> Document:
        """Move a document on: `approve`, `pass_on`, `to_clerk` or `publish`."""

    def send_back(
        self, document_id: str, *, reason: str, etag: str, idempotency_key: str
    ) -> Document:
        """Return a document (trả lại) with a reason."""

    def register_incoming(
        self,
        file: Path,
        *,
        abstract: str,
        sender: str,
        sender_number: str,
        sender_date: date,
        idempotency_key: str,
    ) -> tuple[Document, Numbering]:
        """Register an incoming document and take its số đến."""


class Files(Protocol):
    """Content-addressed files of the local store, readable by the user alone."""

    def aside(self, suffix: str = ".pdf") -> Path:
        """Return a new path in the store's own folder for a file still being written."""

    def adopt(self, path: Path) -> str:
        """Move a finished file into the store, durable on disk, and return its SHA-256."""

    def path_of(self, sha256: str) -> Path:
        """Return where a stored file lies. `store.missing` when it is not there or its bytes differ."""

    def holds(self, sha256: str) -> bool:
        """Say whether a file is stored."""


class Journal(Protocol):
    """Durable record of every step: written before its effect and after, never rewritten, only added to."""

    def begin(self, plan: SigningPlan, by: str | None = None) -> Work:
        """Record a plan, by whose id. The same document, file, kind, base and certificate give the work that stands."""

    def begin_base(
        self, document_id: str, file_id: str, original_sha256: str, by: str | None = None
    ) -> Work:
        """Record that a new unsigned base is to be made of an original; gives the work that is under way."""

    def begin_extension(
        self, document_id: str, file_id: str, base_sha256: str, by: str | None = None
    ) -> Work:
        """Record that a file at the server is to be extended; gives the work that is under way."""

    def signed(self, work_id: str, *, signed_sha256: str, level: str) -> Work:
        """Record that the verified signed file, the new base or the extended file is in the store."""

    def extended(self, work_id: str, *, extended_sha256: str, level: str) -> Work:
        """Record that the signed file is in the store with time stamps and validation data behind it."""

    def sending(self, work_id: str) -> Work:
        """Record that the work's file goes to the server now, and no other from now on."""

    def accepted(self, work_id: str, receipt: UploadReceipt) -> Work:
        """Record the server's receipt. `store.receipt_mismatch` when it names another SHA-256."""

    def dropped(self, work_id: str, *, reason: str) -> Work:
        """Record that the work is given up; its files stay."""

    def failed_once(self, work_id: str, *, code: str) -> None:
        """Record a failed try; the state stays as it was."""

    def unfinished(self) -> tuple[Work, ...]:
        """Return what is planned or signed and not yet accepted, oldest first."""

    def works_of(self, document_id: str) -> tuple[Work, ...]:
        """Return all work on a document, oldest first."""

    def key_for(self, purpose: str, document_id: str) -> str:
        """Return the Idempotency-Key of a call: one per purpose and document until settled."""

    def settle(self, purpose: str, document_id: str) -> None:
        """Record that the call of `key_for` was answered; the next one gets a new key."""


class DocumentLook(Protocol):
    """What the render process says of a file; `app.workers.records.DocumentFacts` is one."""

    @property
    def pages(self) -> tuple[PageGeometry, ...]:
        """The pages as they are shown."""

    @property
    def is_repaired(self) -> bool:
        """Whether the file's tables had to be rebuilt to show it."""


class VisibleChange(Protocol):
    """A part of a page that looks different between two files."""

    @property
    def page_index(self) -> int:
        """The page."""

    @property
    def box_mm(self) -> BoxMm:
        """The part, as shown."""


class Rewriting(Protocol):
    """What a rewriting did."""

    @property
    def was_repaired(self) -> bool:
        """Whether the original's tables had to be rebuilt."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Short codes of what the original held and the new file does not."""


class Eyes(SignedPages, Protocol):
    """The render process: pages, places, differences. Futures, so that a window can wait without stalling."""

    def facts(self, path: Path) -> Future[Any]:
        """Describe a file's pages: a `DocumentLook`."""

    def propose(
        self, path: Path, kind: PlaceKind, rules: PlacementRules, signer: str | None = None
    ) -> Future[tuple[Proposal, ...]]:
        """Propose places for one kind of signature or blank, best first."""

    def find_opinions(
        self, path: Path, headings: tuple[tuple[str, ...], ...], rules: PlacementRules
    ) -> Future[tuple[OpinionPlace, ...]]:
        """Find where each level of an internal form writes and signs; none where it is another form."""

    def read_symbol(self, path: Path) -> Future[str | None]:
        """Return the ký hiệu beside the blank of the number; None where there is no such blank."""

    def typed_date(self, path: Path) -> Future[TypedDate | None]:
        """Return what of a document's date its author typed; None where there is no date line."""

    def covers_text(
        self, path: Path, boxes: tuple[tuple[int, BoxPt], ...]
    ) -> Future[tuple[bool, ...]]:
        """Say for each (page index, box) whether it lies over the author's words."""

    def leaves_words(
        self, path: Path, field: str, page_index: int, box: BoxPt, glyphs: tuple[BoxPt, ...]
    ) -> Future[bool]:
        """Say whether a field that draws these glyphs over words leaves every word as it was."""

    def typefaces(self, path: Path) -> Future[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return a file's font families, and those of them that are not in it."""

    def letters(self, path: Path) -> Future[str]:
        """Return every letter of a file's text once."""

    def compare(self, before: Path, after: Path) -> Future[Any]:
        """Return the `VisibleChange`s between two files, page by page."""

    def write_print(
        self, path: Path, out: Path, without: tuple[str, ...], subject: str
    ) -> Future[None]:
        """Write what a person sees of a file into a PDF for the printer, without some fields."""

    def rewrite(self, path: Path, out: Path, *, flatten: bool) -> Future[Any]:
        """Write what an unsigned file shows into a new one that looks the same; a `Rewriting`."""

    def write_png(self, path: Path, page_index: int, dpi: float, out: Path) -> Future[None]:
        """Write a picture of a page."""


class Judge(Revisions, Protocol):
    """The verify process: what a file holds, and what its signatures are worth to a stranger."""

    def look(self, path: Path) -> Future[FileFacts]:
        """Describe a file's signatures and fields."""

    def drawn_texts(
        self, path: Path, fields: tuple[str, ...]
    ) -> Future[tuple[DrawnText | None, ...]]:
        """Say for each signature field where its text stands; None where it may draw anything else."""

    def trusted_roots(self) -> Future[tuple[TrustedRoot, ...]]:
        """Name the trust anchors that verdicts rest on."""

    def write_sheet(self, sheet: Sheet, out: Path) -> Future[None]:
        """Lay a sheet out for the printer and write it as a PDF."""

    def list_content(self, path: Path) -> Future[tuple[str, ...]]:
        """Name by short codes what of a file others may show differently, or what acts."""

    def read_strictly(self, path: Path) -> Future[None]:
        """Read a file, forgiving nothing. `sign.damaged`."""

    def draw_appearance(
        self, appearance: Appearance, width_pt: float, height_pt: float, out: Path
    ) -> Future[None]:
        """Write a PDF whose one page is what a signature will show, drawn as the signature itself."""

    def lay_out_opinion(self, text: str, room: OpinionRoom) -> Future[OpinionLayout]:
        """Say how an opinion will stand in its field, or why it cannot."""

    def draw_opinion(self, text: str, room: OpinionRoom, out: Path) -> Future[OpinionLayout]:
        """Write a PDF whose one page is the filled field, drawn as the field itself."""

    def fill_copy(self, base: Path, out: Path, values: tuple[FieldValue, ...]) -> Future[None]:
        """Write a copy of a file with number and date in their fields, to be drawn and thrown away."""

    def verify(self, path: Path) -> Future[FileReport]:
        """Judge a file's signatures against the trust store, offline."""

    def verify_each(
        self, paths: Sequence[Path], *, at: datetime | None = None, online: bool = False
    ) -> Iterator[tuple[int, FileReport]]:
        """Judge many files in parallel, as they are done; one that cannot be judged has a report that says so."""


class Services(Protocol):
    """The services process: time stamping and certification authorities, over the network."""

    def start(self) -> None:
        """Start the process before it is needed; returns at once."""

    def status(self, certificate: bytes, authorities: tuple[bytes, ...]) -> CertificateStatus:
        """Say what is known of a certificate (DER); `authorities` are CA certificates that came with it."""

    def known_status(self, certificate_sha256: str) -> CertificateStatus | None:
        """Return what was said of a certificate a while ago, as long as it holds; asks nobody."""

    def extend(self, base: Path, out: Path, request: ExtensionRequest) -> ExtendedFile:
        """Extend a signed file into a new one, as far as the services answer."""

    def skip_time_stamp(self) -> None:
        """Wait no more for time stamps."""


class Token(Protocol):
    """The token process: PKCS#11 modules, their tokens, key files, signatures."""

    def survey(self, *, again: bool = True) -> tuple[ModuleInfo, ...]:
        """Try every module and say what each one holds; one that crashed or hung before only where a person asks.

        A key file is told as a module with one token.
        """

    def has_news(self, *, afresh: bool = False) -> bool:
        """Tell whether other tokens are in than at the last survey; `afresh` loads the drivers anew to see it."""

    def key_files(self) -> tuple[KeyFileInfo, ...]:
        """Say how each key file that was added is now."""

    def read_key_file(self, path: Path, password: Pin) -> KeyFile:
        """Open a PKCS#12 file once and say what to keep of it."""

    def login(
        self, module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
    ) -> OpenedKey:
        """Open a token or key file for signing, trying the PIN once."""

    def is_open(self, certificate_sha256: str) -> bool:
        """Say whether a key signs without its PIN. Does not block."""

    def prepare(self, path: Path, specs: tuple[TextFieldSpec, ...]) -> None:
        """Add empty fields to an unsigned file, in place."""

    def sign(self, base: Path, out: Path, request: SignatureRequest) -> SignedFile:
        """Sign a file with an open token into a new file."""

    def skip_time_stamp(self) -> None:
        """Wait no more for the time stamp of the signature that is being made."""

    def logout(self) -> None:
        """Forget all open tokens."""


class Converter(Protocol):
    """The convert process: a Word file in, a PDF out."""

    def convert(self, original: Path, out: Path) -> Future[None]:
        """Convert a Word file into a new PDF. `convert.missing` at once where nothing is installed that could."""

    def notes_on(
        self, original: Path, families: tuple[str, ...], letters: str
    ) -> Future[tuple[str, ...]]:
        """Say what a reader of the PDF, with these fonts and letters, should know of the original: message codes."""


class ImageTaker(Protocol):
    """The process that opens what people pick: a photo or a scan in, a picture of the ink alone out."""

    def take(
        self, source: Path, out: Path, rule: InkRule, width_mm: float | None = None
    ) -> Future[TakenImage]:
        """Take a picture in."""
