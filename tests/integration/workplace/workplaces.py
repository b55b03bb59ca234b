"""The demo office's people at their workplaces, and what they do there as the window would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.bootstrap import open_workplace
from app.demo.office.faults import Fault, FaultKind
from app.demo.office.grants import Grants
from app.demo.people import AGENCY_SEAL, LEADER, Holder
from app.server.sign_in import session_from_refresh_token
from app.server.transport import ServerAddress
from app.store import open_store
from app.workplace.records import (
    IssueProposal,
    Key,
    Order,
    OrderKind,
    Paper,
    Progress,
    SigningProposal,
    Step,
)
from app.workplace.workplace import Workplace
from signing.token.pin import Pin
from tests.integration.workflow.world import READ_S, World

ENDINGS = (Step.DONE, Step.KEPT, Step.FAILED, Step.SKIPPED)


@dataclass
class Workplaces:
    """The office, and a chair in it for whoever is asked for."""

    world: World

    @contextmanager
    def of(
        self, holder: Holder = LEADER, *, signed_in: bool = True, **settings_of: Any
    ) -> Iterator[Workplace]:
        """Sit somebody down at their workplace, with other settings where they say so; their store outlives it."""
        world = self.world
        settings = replace(
            world.demo.settings_of(holder),
            server=world.url,
            data=world.folder / holder.key,
            **settings_of,
        )
        with open_store(settings.data) as store:
            workplace = open_workplace(settings, store=store, processes=world.processes)
            if signed_in:
                token = Grants(world.demo.store).grant(holder.key).refresh_token
                address = ServerAddress(world.url, read_s=READ_S)
                workplace.use_session(session_from_refresh_token(address, token))
            try:
                yield workplace
            finally:
                workplace.lock()
                workplace.close()

    def lose_the_server(self) -> None:
        """Let no call through any more."""
        self.world.faults.add(Fault(FaultKind.DROP, "/", times=1000))

    def find_the_server(self) -> None:
        """Let all calls through again."""
        self.world.faults.clear()

    def key(self, workplace: Workplace, order: Order, holder: Holder = LEADER) -> Key:
        """Choose a key for an order and open it with its PIN."""
        key = workplace.choose_key(workplace.tokens(), order)
        workplace.open_key(key, Pin(self.world.demo.tokens[holder.key].user_pin))
        return key

    def sign(self, workplace: Workplace, *orders: Order) -> list[Progress]:
        """Sign as the leader."""
        return carried_out(workplace, self.key(workplace, orders[0]), *orders)

    def issue(self, workplace: Workplace, *orders: Order) -> list[Progress]:
        """Issue as the clerk."""
        return carried_out(workplace, self.key(workplace, orders[0], AGENCY_SEAL), *orders)


def carried_out(workplace: Workplace, key: Key, *orders: Order) -> list[Progress]:
    told: list[Progress] = []
    workplace.carry_out(orders, key, told.append)
    return told


def to_sign(workplace: Workplace, document_id: str) -> Order:
    """Open a draft, look at what is proposed, and agree to it."""
    paper = workplace.open(document_id)
    return sign_order(paper, workplace.propose_signing(paper))


def sign_order(paper: Paper, proposal: SigningProposal) -> Order:
    return Order(
        OrderKind.SIGN,
        paper.document.document_id,
        paper.document.abstract,
        {paper.main.ref.file_id: paper.main.sha256},
        proposal.box,
        proposal.signer,
    )


def to_issue(workplace: Workplace, document_id: str, reason: str | None = None) -> Order:
    """Open a signed draft, look at what is proposed, and agree to it."""
    paper = workplace.open(document_id)
    return issue_order(paper, workplace.propose_issue(paper), reason)


def issue_order(paper: Paper, proposal: IssueProposal, reason: str | None = None) -> Order:
    files = (paper.main, *(corner.file for corner in proposal.attachments))
    return Order(
        OrderKind.ISSUE,
        paper.document.document_id,
        paper.document.abstract,
        {file.ref.file_id: file.sha256 for file in files},
        proposal.seal,
        issue_date=proposal.issue_date,
        reason=reason,
    )


def endings(told: list[Progress]) -> list[tuple[Step, str | None]]:
    return [
        (item.step, item.problem.code if item.problem else None)
        for item in told
        if item.step in ENDINGS
    ]
