"""A bridge without threads: errands run in the test's own thread, at once or one by one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from app.workplace.records import problem_of
from ui.bridge import Answer, Bridge, Errand, Failed, Lane

if TYPE_CHECKING:
    from app.workplace.workplace import Workplace


class FakeBridge(Bridge):
    """Answers at once; where `is_held`, an errand waits until `step` or `run` lets it be worked on."""

    def __init__(self, workplace: object, *, is_held: bool = False) -> None:
        self.workplace = cast("Workplace", workplace)
        super().__init__(lambda: self.workplace)
        self.is_held = is_held
        self.lanes: list[Lane] = []
        self.waiting: list[Callable[[], None]] = []

    def ask(
        self,
        work: Callable[[Workplace], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
        lane: Lane = Lane.DESK,
    ) -> Errand:
        errand = Errand()
        self.lanes.append(lane)
        self._put(partial(self._work, errand, work, done, failed))
        return errand

    def follow(
        self, future: Future[Answer], done: Callable[[Answer], None], failed: Failed
    ) -> Errand:
        errand = Errand()

        def followed(answered: Future[Answer]) -> None:
            if not answered.cancelled():
                work = partial(self._work, errand, lambda _: answered.result(), done, failed)
                self._put(work)

        future.add_done_callback(followed)
        return errand

    def post(self, call: Callable[[], None]) -> None:
        self._put(call)

    def step(self, index: int = 0) -> None:
        """Work on one errand: the oldest, or another one."""
        self.waiting.pop(index)()

    def run(self) -> None:
        """Work on all errands, and on those that they bring about."""
        while self.waiting:
            self.step()

    def _put(self, call: Callable[[], None]) -> None:
        if self.is_held:
            self.waiting.append(call)
        else:
            call()

    def _work(
        self,
        errand: Errand,
        work: Callable[[Workplace], Any],
        done: Callable[[Any], None],
        failed: Failed,
    ) -> None:
        if errand.is_cancelled:
            return
        before = len(self.waiting)
        try:
            answer = work(self.workplace)
        except Exception as error:  # noqa: BLE001 - as the real bridge
            call = partial(failed, problem_of(error))
        else:
            call = partial(done, answer)
        if len(self.waiting) > before:  # the answer comes after what the errand posted
            self._put(partial(_deliver, errand, call))
        else:
            _deliver(errand, call)


def _deliver(errand: Errand, call: Callable[[], None]) -> None:
    if not errand.is_cancelled:
        call()
