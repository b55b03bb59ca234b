"""Facts about what is fetched ahead of the person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError
from app.settings import Settings
from app.store import Store, open_store
from app.workflow.documents import Document, Person, Queue, Secrecy, Task, Urgency
from app.workflow.office import Office
from app.workflow.ports import DocumentServer
from app.workplace.account import Account
from app.workplace.queues import PREFETCHED, Queues
from tests.fakes.desk import desk_of
from tests.fakes.engines import DRAFT
from tests.fakes.records import NOON, document
from tests.fakes.server import FakeServer


class CountingServer(FakeServer):
    """Refuses every document with `code`, and counts who asked."""

    def __init__(self, code: str) -> None:
        super().__init__(document(), DRAFT)
        self.code = code
        self.asked: list[str] = []

    def document(self, document_id: str) -> Document:
        self.asked.append(document_id)
        raise AppError(self.code)


class Session:
    """A session without a network."""

    not_kept = None

    def __init__(self, server: FakeServer) -> None:
        self.server: FakeServer = server
        self.person: Person = server.me()

    def sign_out(self) -> None:
        return


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store") as opened:
        yield opened


def queues(server: FakeServer, store: Store, folder: Path) -> Queues:
    bench = desk_of(folder).bench

    def furnish(person: Person, server: DocumentServer) -> Office:
        del person
        return Office(bench, server, store.files, store.journal)

    account = Account(Settings(data=folder), store.cache, furnish)
    account.take(Session(server))
    return Queues(account, store.cache)


def tasks(count: int, secrecy: Secrecy = Secrecy.NONE) -> tuple[Task, ...]:
    return tuple(
        Task(
            f"t{number}",
            Queue.TO_SIGN,
            f"d{number}",
            "Về việc kiểm tra",
            "Công văn",
            Urgency.NORMAL,
            secrecy,
            False,
            None,
            0,
            NOON,
        )
        for number in range(count)
    )


def test_what_concerns_one_document_does_not_end_it_and_forty_are_enough(
    store: Store, tmp_path: Path
) -> None:
    server = CountingServer("server.not_found")
    queues(server, store, tmp_path).prefetch(tasks(PREFETCHED + 10))
    assert server.asked == [f"d{number}" for number in range(PREFETCHED)]


@pytest.mark.parametrize("code", ["server.unreachable", "server.sign_in_again", "store.full"])
def test_what_concerns_all_ends_it(store: Store, tmp_path: Path, code: str) -> None:
    server = CountingServer(code)
    queues(server, store, tmp_path).prefetch(tasks(3))
    assert server.asked == ["d0"]


def test_nothing_is_asked_about_a_secret_document(store: Store, tmp_path: Path) -> None:
    server = CountingServer("server.not_found")
    queues(server, store, tmp_path).prefetch(tasks(3, Secrecy.CONFIDENTIAL))
    assert server.asked == []


def test_nothing_is_fetched_for_a_closed_window(store: Store, tmp_path: Path) -> None:
    server = CountingServer("server.not_found")
    fetching = queues(server, store, tmp_path)
    fetching.close()
    fetching.prefetch(tasks(3))
    assert server.asked == []
