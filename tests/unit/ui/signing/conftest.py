"""The world of a signature in the window: tokens and a workplace that answer what a test tells them to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication

from app.workplace.records import Key, Step
from signing.token.pin import Pin
from signing.token.records import OpenedKey
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, module, steps, token
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.signing import SigningVm
from ui.viewmodels.token import TokenVm


@pytest.fixture
def taken() -> list[str]:
    """The PINs that a token was tried with."""
    return []


@pytest.fixture
def workplace(taken: list[str]) -> FakeWorkplace:
    def open_key(key: Key, pin: Pin, *, last_try: bool = False) -> OpenedKey:
        del key, last_try
        taken.append(pin.take())
        return OpenedKey(b"")

    return FakeWorkplace(
        tokens=(module(token()),),
        choose_key=key(),
        open_key=open_key,
        carry_out=steps("d1", Step.SIGNING, Step.DONE),
    )


@pytest.fixture
def bridge(workplace: FakeWorkplace, qapp: QCoreApplication) -> FakeBridge:
    del qapp
    return FakeBridge(workplace)


@pytest.fixture
def tokens(bridge: FakeBridge) -> TokenVm:
    return TokenVm(bridge)


@pytest.fixture
def vm(bridge: FakeBridge, tokens: TokenVm) -> SigningVm:
    return SigningVm(bridge, tokens)
