"""What a person can do at this machine. Methods block: whoever shows a window calls them from a lane of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from app.workers.records import PagePicture
from app.workflow.documents import Document, Person, Task
from app.workflow.incoming import Arrival, Registered
from app.workplace.records import (
    IssueProposal,
    Key,
    Order,
    Paper,
    PlacedBox,
    Review,
    ShownFile,
    SigningProposal,
    Told,
    Waiting,
)
from signing.token.pin import Pin
from signing.token.records import ModuleInfo


class Workplace:
    """One person's workplace. Errors are `AppError`, `SigningError`, `PdfError`. Safe to call from several threads.

    Until somebody is signed in, only files on this machine can be reviewed.
    """

    # account

    def restore(self) -> Person:
        """Sign in with what the keyring holds. `server.sign_in_again`, `settings.no_server`, `server.unreachable`."""

    def sign_in(self, open_browser: Callable[[str], bool]) -> Person:
        """Sign in through the system browser. `server.no_browser` where there is none: `sign_in_with_code` then."""

    def sign_in_with_code(self, show: Callable[[str, str], None]) -> Person:
        """Sign in on another device; `show` is told the URL and the code."""

    def cancel_sign_in(self) -> None:
        """Give up a sign-in that waits: it raises `server.sign_in_cancelled`."""

    def sign_out(self) -> None:
        """Sign out, forget the tokens and the queue's copy; what is signed and not sent stays."""

    # queues

    def sync(self) -> tuple[Task, ...]:
        """Bring the local copy of my queues up to date and return all tasks.

        `server.unreachable` or `server.timeout`: offline, the copy is as it was (`cached_tasks`).
        """

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever a queue of mine changed, until the stream ends or the workplace is closed."""

    def prefetch(self, tasks: Sequence[Task]) -> None:
        """Fetch what the first tasks need, so that they open at once; what fails is left for later."""

    # documents

    def stored(self, document_id: str) -> Paper | None:
        """Open a document from this machine's store alone, at once; None where it is not there whole."""

    def open(self, document_id: str) -> Paper:
        """Open a document as the server has it. Offline: as `stored`, else the server's error."""

    def propose_signing(self, paper: Paper) -> SigningProposal:
        """Say what signing it would do."""

    def propose_issue(self, paper: Paper) -> IssueProposal:
        """Judge the leader's signature and say what issuing it would do."""

    def warnings(self, file: ShownFile, box: PlacedBox) -> tuple[str, ...]:
        """Say what speaks against a place that a person chose: `workflow.covers_text`, `workflow.covers_signature`."""

    def preview(self, paper: Paper, box: PlacedBox, dpi: float) -> PagePicture:
        """Draw what will stand in a box, transparent around it, with the code that draws the signature itself."""

    def page(self, path: Path, page_index: int, dpi: float) -> Future[PagePicture]:
        """Draw a page in the render process, the newest request first; returns at once."""

    def pass_on(self, document_id: str, comment: str | None = None) -> Document:
        """Pass a document on without signing (trình tiếp)."""

    def send_back(self, document_id: str, reason: str) -> Document:
        """Return a document with a reason (trả lại)."""

    # tokens and signatures

    def tokens(self) -> tuple[ModuleInfo, ...]:
        """Try every PKCS#11 module and say what is in it. Takes as long as the slowest driver."""

    def choose_key(self, modules: Sequence[ModuleInfo], order: Order) -> Key:
        """Choose the token and certificate for an order. `workflow.no_certificate`, `workflow.certificate_unusable`."""

    def open_key(self, key: Key, pin: Pin, *, last_try: bool = False) -> None:
        """Open a token with its PIN, tried exactly once. `token.pin_incorrect`, `token.last_try`, ..."""

    def carry_out(self, orders: Sequence[Order], key: Key, told: Told) -> None:
        """Sign or issue document after document with an open key, telling each one's steps; never raises for one."""

    def lock(self) -> None:
        """Forget every open token."""

    def register_incoming(
        self, path: Path, arrival: Arrival, key: Key | None, *, arrival_id: str
    ) -> Registered:
        """Register a file that came in (văn bản đến); `key` is open where the rules ask for the incoming block."""

    # the rest

    def review(self, path: Path) -> Review:
        """Judge a file on this machine as a stranger would, offline."""

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what is signed and not yet with the server."""

    def send_waiting(self) -> tuple[Waiting, ...]:
        """Send it, and hand its documents on; return what still waits."""
