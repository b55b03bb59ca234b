"""What stays on this machine: documents by hash, journal, a copy of the queues, who may sign, numbers, evidence."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from app.clock import Clock, system_clock
from app.store.cache import QueueCache
from app.store.evidence import EvidenceStore
from app.store.files import FileStore
from app.store.journal import SqliteJournal
from app.store.keys import KeyFolder
from app.store.numbers import NumberStore
from app.store.pictures import PictureStore
from app.store.signatories import SignatoryStore

__all__ = [
    "CACHE_FILE",
    "EvidenceStore",
    "FileStore",
    "KeyFolder",
    "NumberStore",
    "PictureStore",
    "QueueCache",
    "SignatoryStore",
    "SqliteJournal",
    "Store",
    "open_evidence",
    "open_numbers",
    "open_signatories",
    "open_store",
]

CACHE_FILE = "cache.db"
"""What may be opened by itself: the copy of the queues."""


@dataclass(frozen=True, slots=True)
class Store:
    """The local store; its parts may be used from any thread."""

    files: FileStore
    journal: SqliteJournal
    cache: QueueCache
    signatories: SignatoryStore
    numbers: NumberStore
    pictures: PictureStore
    evidence: EvidenceStore
    keys: KeyFolder

    def close(self) -> None:
        """Let go of databases and locks; harmless twice."""
        self.evidence.close()
        self.numbers.close()
        self.signatories.close()
        self.cache.close()
        self.journal.close()
        self.files.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_store(root: Path, *, clock: Clock = system_clock) -> Store:
    """Open the store in a folder, and make it where there is none; several programs may have it open.

    What a dead program left half written is removed. A damaged queue cache is replaced by an empty one, for the
    server has it all; a damaged journal is said and left as it is (`app.store.salvage.rebuild_journal`).

    Raises:
        AppError: `store.damaged`, `store.newer`, `store.full`, `store.read_only`, `store.busy`, `store.failed`.
    """
    with ExitStack() as opened:
        files = opened.enter_context(closing(FileStore(root)))
        journal = opened.enter_context(closing(SqliteJournal(root / "journal.db", clock=clock)))
        cache = opened.enter_context(closing(QueueCache(root / CACHE_FILE)))
        signatories = opened.enter_context(closing(open_signatories(root, clock=clock)))
        numbers = opened.enter_context(closing(open_numbers(root, clock=clock)))
        pictures, evidence = PictureStore(root), open_evidence(root)
        keys = KeyFolder(root)
        store = Store(files, journal, cache, signatories, numbers, pictures, evidence, keys)
        opened.pop_all()
    return store


def open_numbers(root: Path, *, clock: Clock = system_clock) -> NumberStore:
    """Open the book of numbers in use alone.

    Raises:
        AppError: as `open_store`.
    """
    return NumberStore(root / "numbers.db", clock=clock)


def open_evidence(root: Path) -> EvidenceStore:
    """Open the evidence of signatures alone.

    Raises:
        AppError: as `open_store`.
    """
    return EvidenceStore(root / "signing-evidence.db")


def open_signatories(root: Path, *, clock: Clock = system_clock) -> SignatoryStore:
    """Open the register of authorised signers alone.

    Raises:
        AppError: as `open_store`.
    """
    return SignatoryStore(root / "signatories.db", clock=clock)
