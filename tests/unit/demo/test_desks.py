"""Facts about the windows of the demo office's people."""

from __future__ import annotations

import multiprocessing
import signal
from types import SimpleNamespace
from typing import Any

import pytest

from app.demo.desks import sit_down


class _Window:
    """A window's process that Ctrl-C has reached first."""

    exitcode = -signal.SIGINT

    def __init__(self, **_: Any) -> None:
        return

    def start(self) -> None:
        return

    def join(self) -> None:
        return

    def terminate(self) -> None:
        return


def test_ctrl_c_that_reaches_the_window_first_ends_the_demo_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: SimpleNamespace(Process=_Window))
    with pytest.raises(KeyboardInterrupt):
        sit_down((), "en")
