"""How the screens work together: what happens in one is told to the others here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.workflow.documents import Person, Queue, Task
from app.workplace.records import (
    Order,
    OrderKind,
    Paper,
    Problem,
    Progress,
    Review,
    ShownFile,
    Step,
    Waiting,
)
from pdf.geometry import BoxMm
from ui.bridge import Bridge, Lane
from ui.panels import Panel
from ui.viewmodels.account import AccountPhase, AccountVm
from ui.viewmodels.base import ViewModel
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode
from ui.viewmodels.document_state import DONE as SETTLED
from ui.viewmodels.incoming import IncomingVm
from ui.viewmodels.pages import PagesVm
from ui.viewmodels.pictures import PicturesVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.review import ReviewPhase, ReviewVm
from ui.viewmodels.rules import RulesVm
from ui.viewmodels.shell_state import Result, ShellState
from ui.viewmodels.signing import Item, SigningPhase, SigningVm
from ui.viewmodels.token import TokenVm

_NOT_SEATED = "server.sign_in_again"
"""Nobody is signed in as far as the server, or the workplace, knows."""
_CHANGED_SINCE = "workflow.not_what_was_shown"


class ShellVm(ViewModel):
    """Holds all view-models of one window and lets them know of each other.

    Account, queue and token are there before the rest: the window's first picture shows them.
    """

    def __init__(self, bridge: Bridge, account: AccountVm, queue: QueueVm, token: TokenVm) -> None:
        super().__init__()
        self._state = ShellState()
        self._bridge = bridge
        self._orders: dict[str, Order] = {}
        self._beneath = Panel.DOCUMENT
        self._wish: Callable[[], None] | None = None
        self.account = account
        self.queue = queue
        self.token = token
        self.pages = PagesVm(bridge)
        self.document = DocumentVm(bridge)
        self.signing = SigningVm(bridge, token)
        self.review = ReviewVm(bridge)
        self.incoming = IncomingVm(bridge)
        self.rules = RulesVm(bridge)
        self.pictures = PicturesVm(bridge)
        self._aside: Panel | None = None
        self._connect()

    @property
    def state(self) -> ShellState:
        """Which panel is shown, and what waits."""
        return self._state

    # what the person does

    def start(self, person: Person | None) -> None:
        """Take up the last sign-in; `person` is whom this machine remembers, and whose queue is shown."""
        if person is None:
            self._lay(Panel.SIGN_IN)
        self.account.start(person)

    def open_file(self, path: Path) -> None:
        """Check a received file and show it."""
        if self._must_wait(partial(self.open_file, path)):
            return
        self.queue.deselect()
        self.document.close()
        self.review.open(path)
        self._lay(Panel.REVIEW)

    def read_rules(self, *, wanted: bool = True) -> None:
        """Show the office's rules beside the page, or go back to what was there."""
        if wanted:
            self.rules.look()
        self.lay_aside(Panel.RULES if wanted else None)

    def take_picture(self, *, wanted: bool = True) -> None:
        """Take in the picture of a signature or seal beside the page, or go back to what was there."""
        if wanted:
            self.pictures.begin(self.account.state.person)
        self.lay_aside(Panel.PICTURES if wanted else None)

    def lay_aside(self, panel: Panel | None) -> None:
        """Show a panel beside the page until it is closed, or go back to what was there."""
        self._aside = panel
        self._show_panel()

    def order(self, order: Order) -> None:
        """Sign, issue or register one document."""
        self.signing.begin((order,))

    def sign_ticked(self) -> None:
        """Sign all documents that were reviewed and ticked, as they were shown."""
        ticked = [self._orders[key] for key in self.queue.state.ticked if key in self._orders]
        if ticked:
            self.signing.begin(tuple(ticked))

    def send_waiting(self) -> None:
        """Try to send what was signed and is still here."""
        self._bridge.ask(
            lambda workplace: workplace.send_waiting(), self._sent, self._not_sent, Lane.SYNC
        )

    # how the screens work together

    def _connect(self) -> None:
        self.account.signed_in.connect(self._signed_in)
        self.account.seated.connect(self._seated)
        self.account.signed_out.connect(self._signed_out)
        self.account.changed.connect(self._account_changed)
        self.queue.chosen.connect(self._chosen)
        self.queue.synced.connect(self._synced)
        self.queue.changed.connect(self._queue_changed)
        self.document.opened.connect(self._opened)
        self.document.changed.connect(self._document_changed)
        self.document.file_shown.connect(self._file_shown)
        self.document.moved_on.connect(self._moved_on)
        self.pages.box_moved.connect(self._box_moved)
        self.pages.first_page_shown.connect(self.document.shown)
        self.pages.place_chosen.connect(self._place_chosen)
        self.pages.box_chosen.connect(self.review.select)
        self.signing.changed.connect(self._signing_changed)
        self.signing.progressed.connect(self._progressed)
        self.signing.finished.connect(self._finished)
        self.signing.closed.connect(self._signing_closed)
        self.review.opened.connect(self._reviewed)
        self.review.closed.connect(lambda: self.incoming.look_at(None))
        self.review.changed.connect(self._review_changed)
        self.incoming.order_wanted.connect(self.order)
        self.incoming.registered.connect(self.queue.sync)

    def _signed_in(self, person: Person) -> None:
        self.queue.show_person(person)
        self.incoming.serve(person)
        if self._beneath is Panel.SIGN_IN:
            self._lay(Panel.DOCUMENT)
        self._show_panel()

    def _seated(self) -> None:
        self.token.look()
        self.token.watch()
        self.queue.sync()
        self.queue.start_listening()
        self._look_what_waits()
        problem = self.document.state.problem
        if problem is not None and problem.code == _NOT_SEATED:
            self.document.retry()

    def _signed_out(self) -> None:
        self._orders.clear()
        self._wish = None
        self.signing.abandon()
        self.document.close()
        self.review.close()
        self.queue.show_person(None)
        self.incoming.serve(None)
        self.token.lock()
        self._move(replace(self._state, last=None, waiting=(), problem=None))
        self._lay(Panel.SIGN_IN)

    def _account_changed(self) -> None:
        nobody = self.account.state.phase is not AccountPhase.SIGNED_IN
        if nobody and self._beneath is Panel.DOCUMENT:
            self._lay(Panel.SIGN_IN)

    def _queue_changed(self) -> None:
        problem = self.queue.state.problem
        if problem is not None and problem.code == _NOT_SEATED:
            self.account.expire(problem)

    def _chosen(self, task: Task) -> None:
        if self._must_wait(partial(self._chosen, task)):
            return
        self.review.close()
        self._lay(Panel.DOCUMENT)
        self.document.open(task)

    def _opened(self, paper: Paper) -> None:
        del paper
        if self._is_received():
            self._lay(Panel.REVIEW)

    def _file_shown(self, file: ShownFile | None) -> None:
        self.pages.show(file)
        self._show_boxes()
        if file is not None and self._is_received():
            self.review.open(file.path, file.ref.name)

    def _is_received(self) -> bool:
        task = self.document.state.task
        return task is not None and task.queue is Queue.RECEIVED

    def _show_boxes(self) -> None:
        """Show the document's boxes; what is being signed stays where it was agreed to."""
        boxes, placing = self.document.page_boxes(), self.document.placing()
        if self._is_signing:
            boxes, placing = tuple(replace(box, is_movable=False) for box in boxes), None
        self.pages.set_boxes(boxes)
        self.pages.ask_place(placing)

    def _box_moved(self, key: str, page_index: int, box_mm: BoxMm) -> None:
        if self._is_signing:
            self._show_boxes()
        else:
            self.document.box_moved(key, page_index, box_mm)

    def _place_chosen(self, page_index: int, box_mm: BoxMm) -> None:
        if not self._is_signing:
            self.document.place(page_index, box_mm)

    def _document_changed(self) -> None:
        state = self.document.state
        if state.document_id is not None and state.is_shown and self._is_only_read():
            self.queue.reviewed(state.document_id)
        if self._beneath is Panel.DOCUMENT:
            self._show_boxes()
            self._keep_order()

    def _is_only_read(self) -> bool:
        state = self.document.state
        return state.mode is DocumentMode.READ or state.passes_on_only

    def _keep_order(self) -> None:
        document_id, order = self.document.state.document_id, self.document.order()
        if document_id is None:
            return
        if self.document.state.is_refused:
            # What is no longer agreed to is not signed as it was agreed to before.
            self._orders.pop(document_id, None)
            self.queue.tick(document_id, is_ticked=False)
        elif order is not None:
            # What is ticked is signed later as it is shown now.
            self._orders[document_id] = order
            self.queue.reviewed(document_id)

    def _moved_on(self, document_id: str) -> None:
        self._orders.pop(document_id, None)
        rows = self.queue.state.rows()
        row = next((row for row in rows if row.task.document_id == document_id), None)
        if row is not None:
            last = Result(OrderKind.SIGN, row.task.abstract, Step.DONE, is_settled=True)
            self._move(replace(self._state, last=last))
        # The answer may come when another document is read, or a file, or nobody is there any more.
        if self.queue.state.selected == document_id and not self._is_signing:
            self._go_on()
        self._sync()

    def _sync(self) -> None:
        if self.account.state.phase is AccountPhase.SIGNED_IN:
            self.queue.sync()

    def _progressed(self, progress: Progress) -> None:
        self.queue.report(progress)
        self.incoming.report(progress)
        if progress.step in (Step.DONE, Step.KEPT, Step.FAILED):
            self._take_down(progress)
        if progress.step in (Step.DONE, Step.KEPT):
            self._orders.pop(progress.document_id, None)

    def _take_down(self, progress: Progress) -> None:
        orders = (item.order for item in self.signing.state.items)
        order = next((it for it in orders if it.document_id == progress.document_id), None)
        if order is not None:
            is_settled = progress.problem is not None and progress.problem.code in SETTLED
            last = Result(order.kind, order.title, progress.step, progress.detail, is_settled)
            self._move(replace(self._state, last=last))

    def _finished(self) -> None:
        self._look_what_waits()
        self._sync()
        if self.signing.state.ended_well:
            self.signing.close()

    def _signing_changed(self) -> None:
        self._show_panel()
        if self._beneath is Panel.DOCUMENT:
            self._show_boxes()
        wish = self._wish
        if wish is not None and not self._is_signing:
            self._wish = None
            wish()
        else:
            self._look_anew()

    def _must_wait(self, wish: Callable[[], None]) -> bool:
        """Let go of what is signed, for the page is to show something else; once the token works, the wish waits.

        A PIN is never asked for beside another document than its own.
        """
        self._wish = None
        self.signing.cancel()
        if self.signing.state.phase is SigningPhase.DONE:
            self.document.close()  # nothing is gone on to
            self.signing.close()
        self._wish = wish if self._is_signing else None
        return self._is_signing

    def _signing_closed(self, items: tuple[Item, ...]) -> None:
        """Go to the next document where the open one is signed; fetch it again where it has changed."""
        document_id = self.document.state.document_id
        if document_id is None:
            return
        problems = [item.problem for item in items if item.order.document_id == document_id]
        if self.queue.is_signed(document_id):
            self._go_on()
        elif any(problem is not None and problem.code == _CHANGED_SINCE for problem in problems):
            self.document.retry()

    def _look_anew(self) -> None:
        """Open the document as it is with the server now, where that is another than when it was opened."""
        state, rows = self.document.state, self.queue.state.rows()
        if state.task is None or state.is_busy or self._is_signing:
            return
        task = next((row.task for row in rows if row.task.document_id == state.document_id), None)
        if task is None or task == state.task:
            return
        if task.queue is state.task.queue:
            self.document.open(task)
        else:
            self._chosen(task)

    def _go_on(self) -> None:
        if not self.queue.select_next():
            self.queue.deselect()
            self.document.close()

    def _reviewed(self, review: Review) -> None:
        # What the server sent is in a register already; only a file from this machine can be new to it.
        is_from_disk = self.document.state.document_id is None
        self.incoming.look_at(review if is_from_disk else None)
        if self._beneath is Panel.REVIEW:
            self.pages.show_file(review.path, review.report.sha256 or "", review.pages)
            self.pages.set_boxes(self.review.page_boxes())

    def _review_changed(self) -> None:
        if self._beneath is not Panel.REVIEW:
            return
        if self.review.state.phase is ReviewPhase.FAILED:
            self.pages.show(None)
        selected = self.review.state.selected
        if selected is not None and self.review.state.review is not None:
            self.pages.reveal(selected)

    def _synced(self, is_online: object) -> None:
        self.account.went_online(bool(is_online))
        if is_online and self._state.waiting:
            self.send_waiting()
        self._look_anew()

    def _look_what_waits(self) -> None:
        self._bridge.ask(lambda workplace: workplace.waiting(), self._sent, self._not_sent)

    def _sent(self, waiting: tuple[Waiting, ...]) -> None:
        self._move(replace(self._state, waiting=waiting, problem=None))

    def _not_sent(self, problem: Problem) -> None:
        self._move(replace(self._state, problem=problem))

    @property
    def _is_signing(self) -> bool:
        return self.signing.state.phase is not SigningPhase.IDLE

    def _lay(self, panel: Panel) -> None:
        self._beneath = panel
        self.lay_aside(None)

    def _show_panel(self) -> None:
        is_in = self.account.state.phase is AccountPhase.SIGNED_IN
        panel = self._aside or self._beneath
        panel = Panel.SIGNING if self._is_signing else panel
        self._move(
            replace(self._state, panel=panel, has_queue=is_in or bool(self.queue.state.queues))
        )

    def _move(self, state: ShellState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
