"""For all tests: windows are drawn off screen, no smart card is seen, and soak runs start only when asked for."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.card.pcsc import SOCKET_VARIABLE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Neither the card of whoever runs the tests, nor the virtual one that another worker's tests have put in.
os.environ[SOCKET_VARIABLE] = "/nonexistent"


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """Start commands as a person does: what runs in the background of a shell, these tests maybe, is deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.option.markexpr:
        return
    soak = [item for item in items if item.get_closest_marker("soak") is not None]
    if soak:
        config.hook.pytest_deselected(items=soak)
        items[:] = [item for item in items if item not in soak]
