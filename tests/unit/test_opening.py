"""Facts about what is loaded behind the window: it is closed with it, whichever ends first."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from app.errors import AppError
from app.opening import Loaded


def test_what_was_loaded_is_closed_with_the_window() -> None:
    closed: list[str] = []
    loaded = Loaded()
    with ExitStack() as opened:
        opened.callback(closed.append, "workplace")
        loaded.keep(opened)
    assert closed == []
    loaded.close()
    assert closed == ["workplace"]


def test_what_is_loaded_after_the_window_is_gone_is_closed_at_once() -> None:
    closed: list[str] = []
    loaded = Loaded()
    loaded.close()
    with ExitStack() as opened:
        opened.callback(closed.append, "workplace")
        with pytest.raises(AppError, match=r"worker\.cancelled"):
            loaded.keep(opened)
    assert closed == ["workplace"]
