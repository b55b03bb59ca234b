"""Facts about the token process that need neither a driver nor a process."""

from __future__ import annotations

from typing import Any

import pytest

from app.workers.token import Deadlines, TokenProcess


def test_a_glance_may_take_as_long_as_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, float]] = []

    def call(function: str, *_: Any, deadline_s: float) -> tuple[()]:
        asked.append((function, deadline_s))
        return ()

    process = TokenProcess(deadlines=Deadlines(survey_s=77.0))
    monkeypatch.setattr(process._process, "call", call)
    process.has_news()
    assert asked == [("signing.desk:glance", 77.0)]


def test_what_makes_the_file_gets_ready_while_the_pin_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order: list[str] = []
    process = TokenProcess()
    monkeypatch.setattr(process._signers, "start", lambda: order.append("signing"))
    monkeypatch.setattr(process._process, "call", lambda *_, **__: order.append("login"))
    process.login("/m.so", "T1", "0" * 64, pin=None)  # type: ignore[arg-type]  # nobody takes it
    assert order == ["signing", "login"]
