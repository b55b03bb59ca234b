"""Facts about what a signing process may ask of the token: one raw signature for its one document."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any

import pytest

from app.errors import AppError
from app.workers.one_question import OneQuestion
from signing.token.records import RawRequest

WANTED = RawRequest(b"attributes", "sha256")


def signed(wanted: RawRequest) -> Future[Any]:
    answer: Future[Any] = Future()
    answer.set_result(wanted.data + b" signed")
    return answer


def test_the_first_question_is_answered() -> None:
    assert OneQuestion(signed)(WANTED).result() == b"attributes signed"


def test_a_second_signature_is_refused() -> None:
    ask = OneQuestion(signed)
    ask(WANTED)
    with pytest.raises(AppError, match=r"worker\.bug"):
        ask(WANTED).result()


def test_what_is_no_request_for_a_signature_is_refused() -> None:
    with pytest.raises(AppError, match=r"worker\.bug"):
        OneQuestion(signed)("attributes").result()
