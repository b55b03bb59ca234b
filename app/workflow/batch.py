"""A batch at one token: documents side by side, so that the token need not wait while others are got ready or sent."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
Ending = TypeVar("Ending")

AT_ONCE = 3
"""One is got ready, one is at the token, one is judged and sent."""

NOT_OPEN = "token.not_open"


def in_doubt(code: str, params: Mapping[str, object]) -> str | None:
    """Return the code of an error that puts the token in doubt, None where it is its file's misfortune alone."""
    is_of_token = code.startswith("worker.") and params.get("worker") == "token"
    return code if is_of_token or code.startswith("token.") else None


@dataclass(frozen=True, slots=True)
class Left(Generic[Item, Ending]):
    """What a batch left because the token is in doubt: how the one ended that showed it, and the others."""

    why: Ending
    items: tuple[Item, ...]


def work_through(
    items: Sequence[Item],
    one: Callable[[Item], Ending],
    doubt: Callable[[Ending], str | None],
    ended: Callable[[Item, Ending], None],
    *,
    at_once: int = AT_ONCE,
) -> Left[Item, Ending] | None:
    """Work through items, so many at once, until the token is in doubt; then what is under way ends by itself.

    Args:
        items: of the batch.
        one: does one item and says how it ended; called by several threads. What it raises ends the batch.
        doubt: the code of what puts the token in doubt, None where an ending does not.
        ended: told of each item that was tried, by one thread at a time.
        at_once: how many items are worked on at a time.

    Returns:
        What is left, None where all was tried. Where one item closed the token, those that only found it closed are
        left too.
    """
    batch = _Batch(deque(items), one, doubt, ended)
    helpers = [
        Thread(target=batch.help, name=f"batch-{index}", daemon=True)
        for index in range(min(at_once, len(items)) - 1)
    ]
    for helper in helpers:
        helper.start()
    batch.work()
    for helper in helpers:
        helper.join()
    if batch.failure is not None:
        raise batch.failure
    return batch.left()


@dataclass
class _Batch(Generic[Item, Ending]):
    waiting: deque[Item]
    one: Callable[[Item], Ending]
    doubt: Callable[[Ending], str | None]
    ended: Callable[[Item, Ending], None]
    why: Ending | None = None
    failure: BaseException | None = None
    closed: list[tuple[Item, Ending]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def work(self) -> None:
        try:
            while (item := self._next()) is not None:
                ending = self.one(item)
                with self.lock:
                    self._end(item, ending)
        except BaseException:
            with self.lock:
                self.waiting.clear()
            raise

    def help(self) -> None:
        try:
            self.work()
        except BaseException as error:  # noqa: BLE001 - raised where the batch was begun
            self.failure = self.failure or error

    def left(self) -> Left[Item, Ending] | None:
        closed = [item for item, _ in self.closed]
        if self.why is None and self.closed:
            # Nobody closed it: it was never open.
            (first, self.why), closed = self.closed[0], closed[1:]
            self.ended(first, self.why)
        return None if self.why is None else Left(self.why, (*closed, *self.waiting))

    def _next(self) -> Item | None:
        with self.lock:
            is_in_doubt = self.why is not None or self.closed
            return None if is_in_doubt or not self.waiting else self.waiting.popleft()

    def _end(self, item: Item, ending: Ending) -> None:
        code = self.doubt(ending)
        if code == NOT_OPEN:
            self.closed.append((item, ending))
            return
        if code is not None and self.why is None:
            self.why = ending
        self.ended(item, ending)
