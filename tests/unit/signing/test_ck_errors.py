"""Facts about what PKCS#11 return codes mean to a person."""

from __future__ import annotations

import pkcs11.exceptions as ck
import pytest

from signing.errors import SigningError
from signing.token.ck_errors import CODES, translated


def _told(error: type[ck.PKCS11Error]) -> SigningError:
    with pytest.raises(SigningError) as told, translated():
        raise error
    return told.value


def test_only_pin_incorrect_is_a_wrong_pin() -> None:
    wrong = [error for error, code in CODES.items() if code == "token.pin_incorrect"]
    assert wrong == [ck.PinIncorrect]


@pytest.mark.parametrize("error", [ck.GeneralError, ck.FunctionFailed, ck.DeviceError])
def test_what_nobody_knows_is_a_failed_token_and_no_wrong_pin(error: type[ck.PKCS11Error]) -> None:
    told = _told(error)
    assert (told.code, told.params) == ("token.failed", {"ckr": error.__name__})


@pytest.mark.parametrize("error", [ck.DeviceRemoved, ck.TokenNotPresent, ck.SessionHandleInvalid])
def test_a_pulled_token_is_told_as_such(error: type[ck.PKCS11Error]) -> None:
    assert _told(error).code == "token.removed"


def test_a_locked_pin_is_no_wrong_pin() -> None:
    assert _told(ck.PinLocked).code == "token.pin_locked"


def test_the_cause_is_kept() -> None:
    assert isinstance(_told(ck.PinExpired).__cause__, ck.PinExpired)


def test_other_errors_pass_untouched() -> None:
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError
