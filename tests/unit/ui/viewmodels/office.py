"""One window's view-models over a workplace that answers what a test tells it to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.workflow.documents import Arrival, Person, Task
from app.workplace.records import Order, Paper, Progress
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.engines import answered
from tests.fakes.papers import paper, picture, to_sign
from tests.fakes.tasks import LEADING, tasks
from tests.fakes.tokens import key, module, token
from tests.fakes.workplace import FakeWorkplace
from ui.panels import Panel
from ui.sheets import Wish
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.token import TokenVm

FILE = Path("/tmp/412-UBND.pdf")
ARRIVAL = Arrival("Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18))


class Office:
    """One window's view-models, and the workplace behind them. `open` documents have these bytes."""

    def __init__(self) -> None:
        self.sha256 = {
            name: digit * 64 for name, digit in zip(("d1", "d2", "d9"), "a12", strict=True)
        }
        self.workplace = FakeWorkplace(
            sync=tasks("d1", "d2"),
            tokens=(module(token()),),
            waiting=(),
            send_waiting=(),
            open=self._paper,
            propose_signing=to_sign(),
            warnings=(),
            preview=picture(),
            page=lambda *_: answered(picture()),
            choose_key=key(),
            review=reviews.review(reviews.issued(), FILE),
            signs_incoming=True,
        )
        self.bridge = FakeBridge(self.workplace, is_held=True)
        parts = AccountVm(self.bridge), QueueVm(self.bridge), TokenVm(self.bridge)
        self.shell = ShellVm(self.bridge, *parts)

    def enter(self, person: Person = LEADING, *there: Task) -> None:
        """Sign somebody in, before whom these tasks lie."""
        self.workplace.answers["restore"] = person
        if there:
            self.workplace.answers["sync"] = there
        self.shell.start(person)
        self.bridge.run()

    def choose(self, document_id: str) -> None:
        """Choose a document and read it."""
        self.shell.queue.select(document_id)
        self.bridge.run()
        self.shell.pages.want([Wish(0, 96)])
        self.bridge.run()
        self.shell.pages.painted()
        self.shell.document.guarded()
        self.bridge.run()

    def tick(self, *document_ids: str) -> None:
        """Read documents and take them into the batch."""
        for document_id in document_ids:
            self.choose(document_id)
            self.shell.queue.tick(document_id, True)

    def sign(self, *told: Progress) -> None:
        """Sign what is open; the workplace tells these steps."""
        order = self.shell.document.order()
        assert order is not None
        self.shell.order(order)
        self.give_pin(*told)

    def give_pin(self, *told: Progress) -> None:
        self.workplace.answers["carry_out"] = told
        self.bridge.run()
        self.shell.signing.give_pin("48151623")
        self.bridge.run()

    def check(self, path: Path = FILE) -> None:
        """Open a file from this machine."""
        self.shell.open_file(path)
        self.bridge.run()

    def register(self) -> None:
        """Check a file, and agree to put the incoming block on it."""
        self.check()
        self.shell.incoming.begin()
        self.bridge.run()
        self.shell.incoming.register(ARRIVAL)
        self.bridge.run()

    @property
    def panel(self) -> Panel:
        return self.shell.state.panel

    @property
    def shown(self) -> str | None:
        return self.shell.document.state.document_id

    @property
    def carried_out(self) -> list[Order]:
        return [order for orders, _ in self.workplace.asked("carry_out") for order in orders]

    def _paper(self, document_id: str, _converting: object = None) -> Paper:
        return paper(self.sha256[document_id], document_id=document_id)
