"""Facts about a batch at one token: what goes side by side, and what a token in doubt ends."""

from __future__ import annotations

from threading import Barrier, Event, Lock

import pytest

from app.workflow.batch import NOT_OPEN, Left, work_through

SOON_S = 20.0


class Ended(dict[str, str]):
    """Takes down how each item ended."""

    def __call__(self, item: str, ending: str) -> None:
        assert item not in self
        self[item] = ending


def doubt(ending: str) -> str | None:
    return ending if ending.startswith("token.") else None


def test_items_are_worked_on_side_by_side() -> None:
    meet = Barrier(3, timeout=SOON_S)
    ended = Ended()

    def one(_: str) -> str:
        meet.wait()
        return "good"

    assert work_through("abc", one, doubt, ended, at_once=3) is None
    assert ended == dict.fromkeys("abc", "good")


def test_one_at_a_time_keeps_the_order() -> None:
    seen: list[str] = []

    def one(item: str) -> str:
        seen.append(item)
        return "good"

    work_through("dcab", one, doubt, Ended(), at_once=1)
    assert seen == list("dcab")


def test_a_token_in_doubt_leaves_what_waits() -> None:
    ended = Ended()
    left = work_through("abc", lambda _: "token.removed", doubt, ended, at_once=1)
    assert left == Left("token.removed", ("b", "c"))
    assert ended == {"a": "token.removed"}


def test_what_only_found_the_token_closed_is_left_with_the_first_ones_reason() -> None:
    closed = Event()
    lock, told = Lock(), iter(("token.removed", NOT_OPEN))

    def one(_: str) -> str:
        with lock:
            ending = next(told)
        if ending == NOT_OPEN:
            closed.set()
        else:
            # The one that closed it is the last to say so.
            assert closed.wait(SOON_S)
        return ending

    ended = Ended()
    left = work_through("ab", one, doubt, ended, at_once=2)
    assert left is not None
    assert (left.why, len(left.items), list(ended.values())) == ("token.removed", 1, [left.why])


def test_a_token_that_was_never_open_is_told_of_the_first() -> None:
    ended = Ended()
    left = work_through("abc", lambda _: NOT_OPEN, doubt, ended, at_once=1)
    assert left == Left(NOT_OPEN, ("b", "c"))
    assert ended == {"a": NOT_OPEN}


@pytest.mark.parametrize("at_once", [1, 2])
def test_an_accident_in_any_thread_ends_the_batch_where_it_was_begun(at_once: int) -> None:
    def one(item: str) -> str:
        raise ZeroDivisionError(item)

    with pytest.raises(ZeroDivisionError):
        work_through("abcd", one, doubt, Ended(), at_once=at_once)
