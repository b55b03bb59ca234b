"""The one raw signature that a signing process may ask for: the document that it reads may be hostile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from app.errors import AppError
from signing.token.records import RawRequest


@dataclass
class OneQuestion:
    """Answers the first question by `answer`, and refuses every other: one document, one signature."""

    answer: Callable[[RawRequest], Future[Any]]
    is_open: bool = True

    def __call__(self, wanted: object) -> Future[Any]:
        """Return the raw signature to come; `worker.bug` for what is no first request for one."""
        if self.is_open and isinstance(wanted, RawRequest):
            self.is_open = False
            return self.answer(wanted)
        refused: Future[Any] = Future()
        refused.set_exception(AppError("worker.bug", worker="signing", kind="Unasked"))
        return refused
