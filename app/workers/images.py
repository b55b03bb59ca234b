"""The process that takes pictures of ink in: what a person picks may be made to break whoever opens it."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self

from app.workers.process import SupervisedProcess
from signing.intake.records import InkRule, TakenImage

MEMORY_LIMIT_BYTES = 3 * 2**29
"""Of address space: the largest picture that is let in, decoded, and what is made of it."""
DEADLINE_S = 60.0
_JOB = "signing.intake.taking:take_image"


class ImageClient:
    """Fills `app.workflow.ports.ImageTaker`. Nothing is started before the first picture."""

    def __init__(
        self, *, deadline_s: float = DEADLINE_S, memory_limit_bytes: int = MEMORY_LIMIT_BYTES
    ) -> None:
        """Prepare it.

        Args:
            deadline_s: of one picture; then the process is killed.
            memory_limit_bytes: of the process, on systems that can.
        """
        self._deadline_s = deadline_s
        self._process = SupervisedProcess("images", memory_limit_bytes=memory_limit_bytes)

    def take(
        self, source: Path, out: Path, rule: InkRule, width_mm: float | None = None
    ) -> Future[TakenImage]:
        """Take a picture in. Errors as `signing.intake.taking.take_image`, and the worker's."""
        future: Future[TakenImage] = self._process.submit(
            _JOB, source, out, rule, width_mm=width_mm, deadline_s=self._deadline_s
        )
        return future

    def close(self) -> None:
        """End the process; harmless twice."""
        self._process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
