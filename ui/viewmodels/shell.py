"""How the screens work together: what happens in one is told to the others here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from ui.bridge import Bridge, Lane
from ui.panels import Panel
from ui.viewmodels.account import AccountPhase, AccountVm
from ui.viewmodels.base import ViewModel
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.incoming import IncomingVm
from ui.viewmodels.pages import PagesVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.review import ReviewPhase, ReviewVm
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.viewmodels.token import TokenVm


@dataclass(frozen=True, slots=True)
class Result:
    """How an order ended. `detail` is the number that was taken, or the signature's level."""

    kind: OrderKind
    title: str
    step: Step
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class ShellState:
    """`waiting` is signed here and not yet with the server; `problem` is why it could not be sent.

    `last` is what was done last, `has_queue` whether there is somebody whose queue can be shown.
    """

    panel: Panel = Panel.DOCUMENT
    has_queue: bool = True
    last: Result | None = None
    waiting: tuple[Waiting, ...] = ()
    problem: Problem | None = None


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
        self.account = account
        self.queue = queue
        self.token = token
        self.pages = PagesVm(bridge)
        self.document = DocumentVm(bridge)
        self.signing = SigningVm(bridge, token)
        self.review = ReviewVm(bridge)
        self.incoming = IncomingVm(bridge)
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
        self.signing.close()
        self.document.close()
        self.review.open(path)
        self._lay(Panel.REVIEW)

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
        self.pages.box_moved.connect(self.document.box_moved)
        self.pages.first_page_shown.connect(self._shown)
        self.pages.place_chosen.connect(self.document.place)
        self.pages.box_chosen.connect(self.review.select)
        self.signing.changed.connect(self._show_panel)
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
        self.queue.sync()
        self.queue.start_listening()
        self._look_what_waits()

    def _signed_out(self) -> None:
        self._orders.clear()
        self.signing.cancel()
        self.signing.close()
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
        if problem is not None and problem.code == "server.sign_in_again":
            self.account.expire(problem)

    def _chosen(self, task: Task) -> None:
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
        self.pages.set_boxes(self.document.page_boxes())
        self.pages.ask_place(self.document.placing())

    def _document_changed(self) -> None:
        if self._beneath is not Panel.DOCUMENT:
            return
        self._show_boxes()
        document_id, order = self.document.state.document_id, self.document.order()
        if document_id is None:
            return
        if self.document.state.is_refused:
            # What is no longer agreed to is not signed as it was agreed to before.
            self._orders.pop(document_id, None)
            self.queue.tick(document_id, is_ticked=False)
        elif order is not None and self._orders.get(document_id) != order:
            # What is ticked is signed later as it is shown now.
            self._orders[document_id] = order
            self.queue.reviewed(document_id)

    def _shown(self) -> None:
        if self._beneath is Panel.DOCUMENT:
            self.document.shown()

    def _moved_on(self, document_id: str) -> None:
        self._orders.pop(document_id, None)
        self._go_on()
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
            last = Result(order.kind, order.title, progress.step, progress.detail)
            self._move(replace(self._state, last=last))

    def _finished(self) -> None:
        self._look_what_waits()
        self.queue.sync()
        if self.signing.state.ended_well:
            self.signing.close()

    def _signing_closed(self) -> None:
        """Go to the next document where the open one is signed."""
        document_id = self.document.state.document_id
        if document_id is not None and self.queue.is_signed(document_id):
            self._go_on()

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

    def _look_what_waits(self) -> None:
        self._bridge.ask(lambda workplace: workplace.waiting(), self._sent, self._not_sent)

    def _sent(self, waiting: tuple[Waiting, ...]) -> None:
        self._move(replace(self._state, waiting=waiting, problem=None))

    def _not_sent(self, problem: Problem) -> None:
        self._move(replace(self._state, problem=problem))

    def _lay(self, panel: Panel) -> None:
        self._beneath = panel
        self._show_panel()

    def _show_panel(self) -> None:
        is_signing = self.signing.state.phase is not SigningPhase.IDLE
        is_in = self.account.state.phase is AccountPhase.SIGNED_IN
        panel = Panel.SIGNING if is_signing else self._beneath
        self._move(
            replace(self._state, panel=panel, has_queue=is_in or bool(self.queue.state.queues))
        )

    def _move(self, state: ShellState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()
