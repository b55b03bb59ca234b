"""The one table from PKCS#11 return codes to our codes. Only CKR_PIN_INCORRECT is "wrong PIN"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pkcs11.exceptions as ck

from signing.errors import SigningError

CODES: dict[type[ck.PKCS11Error], str] = {
    ck.PinIncorrect: "token.pin_incorrect",
    ck.PinLocked: "token.pin_locked",
    ck.PinLenRange: "token.pin_length",
    ck.PinInvalid: "token.pin_length",
    ck.PinExpired: "token.pin_expired",
    ck.UserPinNotInitialized: "token.pin_not_set",
    ck.DeviceRemoved: "token.removed",
    ck.TokenNotPresent: "token.removed",
    ck.SessionHandleInvalid: "token.removed",
    ck.TokenNotRecognised: "token.not_recognised",
    ck.SlotIDInvalid: "token.removed",
    ck.UserNotLoggedIn: "token.pin_each_time",
    ck.NoSuchKey: "token.key_missing",
    ck.MechanismInvalid: "token.mechanism_missing",
    ck.KeyTypeInconsistent: "token.mechanism_missing",
    ck.FunctionCancelled: "token.cancelled",
    ck.FunctionRejected: "token.cancelled",
}
"""python-pkcs11 class → code. What is not named is `token.failed` with the class, or a maker's number, as parameter."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever python-pkcs11 raises into a `SigningError`, from its cause."""
    try:
        yield
    except ck.PKCS11Error as error:
        code = CODES.get(type(error), "token.failed")
        # A maker's own number has no class; it ends what python-pkcs11 says.
        is_makers = type(error) is ck.PKCS11Error
        ckr = str(error).rpartition(" ")[2] if is_makers else type(error).__name__
        raise SigningError(code, ckr=ckr) from error
