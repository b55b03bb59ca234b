"""Facts about a PIN in memory."""

from __future__ import annotations

import pickle

import pytest

from signing.errors import SigningError
from signing.token.pin import Pin


def test_a_pin_can_be_taken_once() -> None:
    pin = Pin("12345678")
    assert pin.take() == "12345678"
    with pytest.raises(SigningError, match=r"token\.pin_used"):
        pin.take()


def test_a_pin_does_not_show_itself() -> None:
    pin = Pin("12345678")
    assert "12345678" not in f"{pin!r} {pin}"


def test_a_pin_that_was_sent_to_another_process_is_gone_here() -> None:
    pin = Pin("12345678")
    there = pickle.loads(pickle.dumps(pin))  # noqa: S301 - our own bytes
    assert there.take() == "12345678"
    with pytest.raises(SigningError, match=r"token\.pin_used"):
        pin.take()
