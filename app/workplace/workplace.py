"""What a person can do at this machine. Methods block: whoever shows a window calls them from a lane of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from pathlib import Path

from app.errors import AppError
from app.rules import CopyForm, RuleProfile
from app.store import Store
from app.workers.records import PagePicture
from app.workflow import routing
from app.workflow.documents import Arrival, Document, Person, Task
from app.workflow.dossiers import guidance_for
from app.workflow.incoming import Registered, register
from app.workflow.office import Workbench
from app.workflow.printing import PrintKind
from app.workplace.account import Account, SignedIn
from app.workplace.checks import Checks
from app.workplace.copies import Copies
from app.workplace.doctor import Doctor
from app.workplace.images import Images
from app.workplace.orders import Orders
from app.workplace.papers import Painter, Papers
from app.workplace.prints import print_paper
from app.workplace.proposals import Proposals
from app.workplace.queues import Queues
from app.workplace.records import (
    CopyProposal,
    IssueProposal,
    Key,
    OpinionPreview,
    OpinionProposal,
    Order,
    Paper,
    PlacedBox,
    Problem,
    Review,
    ShownFile,
    SigningProposal,
    Told,
    Waiting,
    problem_of,
)
from app.workplace.trust import TrustDesk
from signing.errors import SigningError
from signing.intake.records import TakenImage
from signing.terms import SignatureKind
from signing.token.pin import Pin
from signing.token.records import KeyFile, KeyFileInfo, ModuleInfo, OpenedKey


class Workplace:
    """One person's workplace. Errors are `AppError`, `SigningError`, `PdfError`. Safe to call from several threads.

    Until somebody is signed in, only files on this machine and what is stored here can be looked at; the rest
    raises `server.sign_in_again`.
    """

    def __init__(
        self,
        account: Account,
        store: Store,
        bench: Workbench,
        painter: Painter,
        end: Callable[[], None],
        *,
        doctor: Doctor,
        trust: TrustDesk,
    ) -> None:
        """Put it together; `app.bootstrap.open_workplace` does.

        Args:
            account: signs in and out.
            store: this machine's; stays the caller's to close.
            bench: what needs nobody signed in.
            painter: draws pages.
            end: ends the processes.
            doctor: looks whether this machine is ready to sign.
            trust: keeps whom this machine believes.
        """
        self._account = account
        self._store = store
        self._bench = bench
        self._doctor = doctor
        self._trust = trust
        self._end = end
        self._queues = Queues(account, store.cache)
        self._papers = Papers(account, store, bench, painter)
        self._proposals = Proposals(account, self._papers, store.signatories)
        self._images = Images(account, store, bench)
        self._copies = Copies(account, self._papers)
        self._orders = Orders(account, store)
        self._checks = Checks(self._bench_now)

    def close(self) -> None:
        """Give up what waits, stop listening, end the processes; harmless twice."""
        self._queues.close()
        self._account.close()
        self._end()

    # account

    def restore(self) -> Person:
        """Sign in with what the keyring holds. `server.sign_in_again`, `settings.no_server`, `server.unreachable`.

        Where the server is out of reach, whoever was signed in before can go on with what is stored here.
        """
        return self._account.restore()

    def sign_in(self, open_browser: Callable[[str], bool]) -> Person:
        """Sign in through the system browser. `server.no_browser` where there is none: `sign_in_with_code` then."""
        return self._account.sign_in(open_browser)

    def sign_in_with_code(self, show: Callable[[str, str], None]) -> Person:
        """Sign in on another device; `show` is told the URL and the code."""
        return self._account.sign_in_with_code(show)

    def cancel_sign_in(self) -> None:
        """Give up a sign-in that waits: it raises `server.sign_in_cancelled`. Does not block."""
        self._account.cancel()

    def use_session(self, session: SignedIn) -> Person:
        """Take somebody in who is signed in already, as a test or a script does."""
        return self._account.take(session)

    def not_kept(self) -> Problem | None:
        """Say why the next start will ask to sign in again; None where it will not."""
        seat = self._account.seat
        error = None if seat is None else seat.session.not_kept
        return None if error is None else problem_of(error)

    def sign_out(self) -> None:
        """Sign out, forget the tokens and the queue's copy; what is signed and not sent stays."""
        self._queues.stop()
        self._account.sign_out()
        # A token process that cannot answer has no open token either.
        with suppress(AppError, SigningError):
            self.lock()

    def leave(self) -> None:
        """Leave the seat: the server takes this sign-in no more. Store and keyring stay as they are; tokens lock."""
        self._queues.stop()
        self._account.leave()
        with suppress(AppError, SigningError):
            self.lock()

    # queues

    def cached_tasks(self) -> tuple[Task, ...]:
        """Return the local copy of my queues, the most urgent first; needs neither server nor sign-in."""
        return self._queues.cached()

    def sync(self) -> tuple[Task, ...]:
        """Bring the local copy of my queues up to date and return all tasks, the most urgent first.

        `server.unreachable` or `server.timeout`: offline, the copy is as it was (`cached_tasks`).
        """
        return self._queues.sync()

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` whenever a queue of mine changed, until the stream ends or the workplace is closed."""
        self._queues.listen(changed)

    def prefetch(self, tasks: Sequence[Task]) -> None:
        """Fetch what the first tasks need, so that they open at once; what fails is left for later."""
        self._queues.prefetch(tasks)

    # documents

    def stored(self, document_id: str) -> Paper | None:
        """Open a document from this machine's store alone, at once; None where it is not there whole."""
        return self._papers.stored(document_id)

    def open(self, document_id: str, converting: Callable[[str], None] | None = None) -> Paper:
        """Open a document as the server has it. Offline: as `stored`, else the server's error.

        A draft that came as a Word file is converted, which takes a second or more: `converting` is told the file's
        name before, in the caller's thread. `convert.missing` where this machine cannot; the draft can be returned.
        """
        return self._papers.open(document_id, converting)

    def mend(self, document_id: str) -> Paper:
        """Repair a damaged draft or flatten one with form fields of its own, because a person asked for it; open that.

        The answer to `sign.damaged` and `sign.own_form_fields` of a draft that is before me. The original is kept, the
        new base names its hash, and the paper's notes say so. `pdf.rewrite_…`, `workflow.mend_failed`.
        """
        return self._papers.mend(document_id)

    def attachment(self, paper: Paper, file_id: str) -> ShownFile:
        """Fetch another file of an open document, to be read. From the store where it lies there."""
        return self._papers.attachment(paper, file_id)

    def propose_signing(self, paper: Paper) -> SigningProposal:
        """Say what signing it would do. `workflow.wrong_signer`, `workflow.already_signed`."""
        return self._proposals.of_signing(paper)

    def propose_initial(self, paper: Paper) -> SigningProposal:
        """Say what my ký nháy on it would be: an order of the kind INITIAL carries it out, `pass_on` goes without one.

        `workflow.no_initials` (the office's rules have none), `workflow.nothing_to_initial`,
        `workflow.initial_after_leader`, `workflow.already_signed`.
        """
        return self._proposals.of_initial(paper)

    def propose_issue(self, paper: Paper) -> IssueProposal:
        """Judge the leader's signature and say what issuing it would do."""
        return self._proposals.of_issue(paper)

    def propose_copy(self, paper: Paper, form: CopyForm = "sao_y") -> CopyProposal:
        """Say what making a copy of it would do: a scan of paper that waits to go out, or what came in.

        An order of the kind COPY carries it out; what waited to go out is published then.
        """
        return self._copies.propose(paper, form)

    def warnings(self, file: ShownFile, box: PlacedBox) -> tuple[str, ...]:
        """Say what speaks against a place that a person chose: `workflow.covers_text`, `workflow.covers_signature`."""
        return self._papers.warnings(file, box)

    def preview(
        self, paper: Paper, box: PlacedBox, dpi: float, form: CopyForm = "sao_y"
    ) -> PagePicture:
        """Draw what will stand in a box, transparent around it, with the code that draws the signature itself.

        `form` is that of a copy.
        """
        return self._papers.preview(paper, box, dpi, form)

    def preview_opinion(
        self, paper: Paper, opinion: OpinionProposal, text: str, dpi: float
    ) -> OpinionPreview:
        """Draw my opinion as it will stand on the page, transparent around it, with the code that fills its field.

        `prepare.opinion_too_long`, `prepare.opinion_letters`, `workflow.opinion_no_room`: it cannot be signed so.
        """
        if opinion.room is None:
            raise AppError("workflow.opinion_no_room")
        unit = paper.main.pages[opinion.page_index].user_unit
        return self._papers.preview_opinion(text, opinion.room, dpi, unit)

    def page(self, path: Path, page_index: int, dpi: float) -> Future[PagePicture]:
        """Draw a page in the render process, the newest request first; returns at once."""
        return self._papers.page(path, page_index, dpi)

    def pass_on(self, document_id: str, comment: str | None = None) -> Document:
        """Pass a document on without signing (trình tiếp)."""
        return routing.pass_on(self._account.seated().office, document_id, comment)

    def send_back(self, document_id: str, reason: str) -> Document:
        """Return a document with a reason (trả lại)."""
        return routing.send_back(self._account.seated().office, document_id, reason)

    def guidance(self, document: Document) -> tuple[str, ...]:
        """Return texts kept ready for returning an incomplete dossier, to begin a reason with; else none."""
        return guidance_for(self.rules(), document)

    def print_paper(
        self,
        paper: Paper,
        out: Path,
        *,
        kind: PrintKind | None = None,
        issue_date: date | None = None,
    ) -> tuple[PrintKind, tuple[str, ...]]:
        """Write a PDF for the printer: "numbered" (signed and numbered, not sealed) or "issued".

        Which one the paper archive gets says `rules().publish.archive`; that one where `kind` is None. A document
        without a number takes it and keeps it for its seal. `workflow.print_not_issued`, `workflow.not_prepared`.
        Returns which print it is and message codes to tell.
        """
        office = self._account.seated().office
        return print_paper(office, paper, out, kind=kind, issue_date=issue_date)

    # pictures of signatures and seals

    def take_image(
        self, source: Path, kind: SignatureKind, width_mm: float | None = None
    ) -> TakenImage:
        """Take a photo or scan of my signature, my ký nháy or the seal in; the PNG at `path` is there to be looked at.

        `width_mm` is how wide the ink is in truth, where the picture does not say (`image.size_unknown` in the notes).
        `image.no_file`, `image.unreadable`, `image.too_large`, `image.too_small`, `image.empty`, `image.no_paper`,
        `image.wrong_ink`, `image.not_round`. Nothing changes before `keep_image`.
        """
        return self._images.take(source, kind, width_mm)

    def keep_image(self, taken: TakenImage, kind: SignatureKind) -> None:
        """Show a picture that was taken in from now on: mine for me, the seal for everybody at this machine."""
        self._images.keep(taken, kind)

    # key files

    def key_files(self) -> tuple[KeyFileInfo, ...]:
        """Say how each PKCS#12 file that was added at this machine is now."""
        return self._bench.token.key_files()

    def add_key_file(self, path: Path, password: Pin) -> KeyFile:
        """Look into a PKCS#12 file with its password, and let it sign as a token does from now on.

        `token.file_suffix`, `token.file_missing`, `token.file_too_large`, `token.file_unreadable`,
        `token.password_incorrect`, `token.file_no_key`, `token.file_no_certificate`,
        `certificate.…` where it can never sign.
        """
        added = self._bench.token.read_key_file(path, password)
        self._store.keys.keep(added)
        return added

    def remove_key_file(self, sha256: str) -> None:
        """Forget the file with this certificate; it stays where it lies."""
        self._store.keys.remove(sha256)

    # tokens and signatures

    def tokens(self, *, again: bool = False) -> tuple[ModuleInfo, ...]:
        """Try every PKCS#11 module, one that crashed or hung only `again`. Takes as long as the slowest driver."""
        if self._bench.services is not None:
            self._bench.services.start()
        return self._bench.token.survey(again=again)

    def has_token_news(self, *, afresh: bool = False) -> bool:
        """Tell whether other tokens are in than at the last look; `afresh` loads the drivers anew to see it."""
        return self._bench.token.has_news(afresh=afresh)

    def choose_key(self, modules: Sequence[ModuleInfo], order: Order) -> Key:
        """Choose the token and certificate for an order, and check its status: a few seconds at most without a network.

        `token.none`, `workflow.no_certificate`, `workflow.certificate_unusable`, `certificate.revoked`,
        `certificate.untrusted_forbidden`, `certificate.status_forbidden`.
        """
        return self._orders.choose_key(modules, order)

    def open_key(self, key: Key, pin: Pin, *, last_try: bool = False) -> OpenedKey:
        """Open a token with its PIN, tried exactly once. `token.pin_incorrect`, `token.pin_last_try`, ..."""
        token, certificate = key.token, key.certificate
        return self._bench.token.login(
            token.module, token.serial, certificate.sha256, pin, last_try=last_try
        )

    def is_open(self, key: Key) -> bool:
        """Say whether a key signs without its PIN: not where a driver crashed or hung since it was opened."""
        return self._bench.token.is_open(key.certificate.sha256)

    def carry_out(self, orders: Sequence[Order], key: Key, told: Told) -> None:
        """Sign or issue document after document with an open key, telling each one's steps; never raises for one."""
        self._orders.carry_out(orders, key, told)

    def skip_time_stamp(self) -> None:
        """Go on without the time stamp that an order waits for: the signature stands, and can get one later.

        Does not block; harmless where nothing waits. The order's notes say `timestamp.missing` then.
        """
        self._bench.token.skip_time_stamp()
        if self._bench.services is not None:
            self._bench.services.skip_time_stamp()

    def lock(self) -> None:
        """Forget every open token."""
        self._bench.token.logout()

    def signs_incoming(self) -> bool:
        """Say whether the office's rules put the agency's block on a document that comes in."""
        return self._account.seated().office.bench.profile.incoming.sign

    def register_incoming(self, path: Path, arrival: Arrival, shown_sha256: str) -> Registered:
        """Register a file that came in (văn bản đến) as it was judged; where `signs_incoming`, by an order instead.

        `workflow.not_what_was_shown` where it is another file by now.
        """
        office = self._account.seated().office
        return register(office, path, arrival, None, shown_sha256=shown_sha256)

    # the rest

    def doctor(self) -> Doctor:
        """Return who looks whether this machine is ready to sign, and keeps the drivers that a person adds."""
        return self._doctor

    def trust(self) -> TrustDesk:
        """Return who shows and changes the trust store of this machine."""
        return self._trust

    def rules(self) -> RuleProfile:
        """Return the rule profile in force: the office's where somebody is signed in, else this machine's.

        To be shown with its `title`, `notes` and `basis`.
        """
        return self._bench_now().profile

    def review(self, path: Path) -> Review:
        """Judge a file on this machine as a stranger would, offline."""
        return self._papers.review(path)

    def checks(self) -> Checks:
        """Return who checks many files at once, and writes reports; needs nobody signed in."""
        return self._checks

    def waiting(self) -> tuple[Waiting, ...]:
        """Return what is signed and not yet with the server."""
        return self._orders.waiting()

    def send_waiting(self) -> tuple[Waiting, ...]:
        """Send it, and hand its documents on; return what still waits.

        The first refusal is raised after all others had their turn; `server.unreachable` and `server.timeout` at once.
        """
        return self._orders.send_waiting()

    def _bench_now(self) -> Workbench:
        seat = self._account.seat
        return self._bench if seat is None else seat.office.bench
