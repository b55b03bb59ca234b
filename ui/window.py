"""One window with all that belongs to it: the view-models, their views, and how they hang together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.workflow.documents import Person, Task
from ui.application import Application
from ui.main_window import MainWindow
from ui.panels import Panel
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.token import TokenVm
from ui.views.queue_view import QueueView
from ui.views.sign_in import SignInView
from ui.views.top_bar import TopBar

if TYPE_CHECKING:
    from ui.side_panels import SidePanels
    from ui.viewmodels.shell import ShellVm
    from ui.views.document_panel import DocumentPanel
    from ui.views.page_area import PageArea
    from ui.views.review_panel import ReviewPanel
    from ui.views.signing_panel import SigningPanel


@dataclass(frozen=True, slots=True)
class Seat:
    """Another place where the person may sit down: what the menu says, and how to go there."""

    label: str
    open: Callable[[], object]


class Window(QObject):
    """Builds a window and connects what its views wish with what its view-models do.

    Page and panels are made after the first paint: the queue can be read before.

    Args:
        application: its language, theme and bridge.
        server: the document server's address, told where somebody signs in.
        seats: offered in a menu of their own, in the demo office.
    """

    def __init__(
        self, application: Application, server: str | None = None, seats: Sequence[Seat] = ()
    ) -> None:
        super().__init__()
        look = application.look
        self._application = application
        self.account_vm = AccountVm(application.bridge, server)
        self.queue_vm = QueueVm(application.bridge)
        self.token_vm = TokenVm(application.bridge)
        self.shell: ShellVm | None = None
        self._person: Person | None = None
        self._files: tuple[Path, ...] = ()
        self.top_bar = TopBar(self.account_vm, self.token_vm, look)
        self.sign_in = SignInView(self.account_vm, look)
        self.queue = QueueView(self.queue_vm, look)
        self.pages: PageArea | None = None
        self.document: DocumentPanel | None = None
        self.review: ReviewPanel | None = None
        self.sides: SidePanels | None = None
        self.signing: SigningPanel | None = None
        self.window = MainWindow(look, top_bar=self.top_bar, sign_in=self.sign_in, queue=self.queue)
        self.top_bar.file_wanted.connect(self._choose_file)
        self.sign_in.file_wanted.connect(self._choose_file)
        self.window.files_dropped.connect(self._open_files)
        self.window.painted.connect(self._furnish)
        self.window.statusBar().setSizeGripEnabled(False)
        application.failed.connect(self.window.show_problem)
        if seats:
            self._offer(seats)

    def open(
        self, person: Person | None, tasks: Sequence[Task], files: Sequence[Path] = ()
    ) -> None:
        """Show the window with what this machine remembers, and check a file in it where one is given."""
        self._person, self._files = person, tuple(files)
        if person is None:
            self.window.show_sign_in()
        else:
            self.queue_vm.show_person(person)
            self.queue_vm.show_tasks(tasks)
            self.window.show_panel(Panel.DOCUMENT)
        self.window.show()

    def show_state(self) -> None:
        """Show the panel and what waits to be sent."""
        if self.shell is None:
            return
        state = self.shell.state
        if state.panel is Panel.SIGN_IN:
            self.window.show_sign_in()
        else:
            self.window.show_panel(state.panel, has_queue=state.has_queue)
        self.top_bar.show_waiting(len(state.waiting), state.problem)
        self._show_tick()

    def _furnish(self) -> None:
        """Make the rest, and ask the network."""
        # Their import takes as long as everything before the first paint.
        from ui.side_panels import SidePanels  # noqa: PLC0415
        from ui.viewmodels.shell import ShellVm  # noqa: PLC0415
        from ui.views.document_panel import DocumentPanel  # noqa: PLC0415
        from ui.views.file_list import FileList  # noqa: PLC0415
        from ui.views.page_area import PageArea  # noqa: PLC0415
        from ui.views.pictures_panel import PicturesPanel  # noqa: PLC0415
        from ui.views.review_panel import ReviewPanel  # noqa: PLC0415
        from ui.views.rules_panel import RulesPanel  # noqa: PLC0415
        from ui.views.signing_panel import SigningPanel  # noqa: PLC0415
        from ui.views.status_line import StatusLine  # noqa: PLC0415

        look = self._application.look
        self.shell = shell = ShellVm(
            self._application.bridge, self.account_vm, self.queue_vm, self.token_vm
        )
        self.pages = PageArea(look, shell.pages)
        self.document = document = DocumentPanel(shell.document, look)
        files = FileList(shell.document, look)
        files.setObjectName("review_files")
        self.review = review = ReviewPanel(look, shell.review, shell.incoming, files)
        self.signing = SigningPanel(shell.signing, look)
        shell.changed.connect(self.show_state)
        shell.signing.changed.connect(lambda: self.window.hold(is_held=shell.signing.is_working))
        self.top_bar.sending_wanted.connect(shell.send_waiting)
        self.queue.sign_ticked.connect(shell.sign_ticked)
        document.order_wanted.connect(shell.order)
        document.tick_wanted.connect(shell.queue.tick)
        review.file_chosen.connect(shell.open_file)
        shell.queue.ticked_changed.connect(self._show_tick)
        shell.document.opened.connect(self._show_tick)
        self.window.set_pages(self.pages)
        self.window.add_panel(Panel.DOCUMENT, document)
        self.window.add_panel(Panel.REVIEW, review)
        self.window.add_panel(Panel.SIGNING, self.signing)
        rules = RulesPanel(shell.rules, look)
        rules.closed.connect(lambda: shell.read_rules(wanted=False))
        self.top_bar.rules_wanted.connect(shell.read_rules)
        self.window.add_panel(Panel.RULES, rules)
        pictures = PicturesPanel(shell.pictures, look)
        pictures.closed.connect(lambda: shell.take_picture(wanted=False))
        self.top_bar.pictures_wanted.connect(shell.take_picture)
        self.window.add_panel(Panel.PICTURES, pictures)
        self.sides = SidePanels(self._application, self.window, shell, self.top_bar, review)
        self.window.statusBar().addWidget(StatusLine(shell, look), 1)
        shell.start(self._person)
        self._open_files(self._files)

    def _choose_file(self) -> None:
        if self.review is not None:
            self.review.choose_file()

    def _open_files(self, files: Sequence[Path]) -> None:
        """Show one file's review; check several, or a folder, in a list."""
        if self.shell is None or self.sides is None or not files:
            return
        if len(files) == 1 and not files[0].is_dir():
            self.shell.open_file(files[0])
        else:
            self.sides.check_files(files)

    def _offer(self, seats: Sequence[Seat]) -> None:
        menu = self.window.menuBar().addMenu("")

        def name() -> None:
            menu.setTitle(self.tr("Demo: sit down as…"))

        self._application.look.words.changed.connect(name)
        name()
        for seat in seats:
            menu.addAction(seat.label).triggered.connect(seat.open)

    def _show_tick(self) -> None:
        if self.document is not None and self.shell is not None:
            document_id = self.shell.document.state.document_id
            self.document.show_tick(is_ticked=document_id in self.queue_vm.state.ticked)
