"""Facts about PINs and raw signatures, on a PKCS#11 module made of paper."""

from __future__ import annotations

from pathlib import Path

import pkcs11.exceptions as ck
import pytest
from pkcs11 import Mechanism, TokenFlag

from signing import desk
from signing.certificates import fingerprint
from signing.errors import SigningError
from signing.pades import sign_file
from signing.terms import PinState
from signing.token.driver import Driver, Session
from signing.token.pin import Pin
from signing.token.raw import verify_raw
from signing.token.records import RawRequest
from tests.unit.signing.signing_world import (
    NOT_RECOGNISED,
    PaperModule,
    PaperToken,
    blank,
    driver_of,
    raw_signature,
    request,
)
from tests.unit.signing.verification_world import (
    Person,
    authority,
    expired,
    leader,
    rsa_signer,
)

READY = TokenFlag.TOKEN_INITIALIZED | TokenFlag.USER_PIN_INITIALIZED


def _token(flags: TokenFlag = READY, **changes: object) -> PaperToken:
    token = PaperToken(rsa_signer(), rsa_signer(), flags)
    for name, value in changes.items():
        setattr(token, name, value)
    return token


def _login(
    driver: Driver, token: PaperToken, pin: str = "1234", *, last_try: bool = False
) -> Session:
    return driver.login(
        serial=token.serial.decode(),
        certificate_sha256=fingerprint(token.certificate.certificate),
        pin=Pin(pin),
        last_try=last_try,
    )


def _refusal(driver: Driver, token: PaperToken, *, last_try: bool = False) -> SigningError:
    with pytest.raises(SigningError) as refusal:
        _login(driver, token, last_try=last_try)
    return refusal.value


def test_a_right_pin_opens_the_token_and_is_tried_once() -> None:
    token = _token()
    _login(driver_of(token), token)
    assert token.pins == ["1234"]


def test_the_last_try_is_not_spent_unasked() -> None:
    token = _token(READY | TokenFlag.USER_PIN_FINAL_TRY)
    assert _refusal(driver_of(token), token).code == "token.pin_last_try"
    assert token.pins == []


def test_the_last_try_is_spent_when_asked_for() -> None:
    token = _token(READY | TokenFlag.USER_PIN_FINAL_TRY)
    _login(driver_of(token), token, last_try=True)
    assert token.pins == ["1234"]


def test_a_locked_token_is_not_asked_even_for_the_last_try() -> None:
    token = _token(READY | TokenFlag.USER_PIN_LOCKED)
    assert _refusal(driver_of(token), token, last_try=True).code == "token.pin_locked"
    assert token.pins == []


@pytest.mark.parametrize(
    ("flags", "state"),
    [
        (READY, PinState.OK),
        (READY | TokenFlag.USER_PIN_COUNT_LOW, PinState.LOW),
        (READY | TokenFlag.USER_PIN_COUNT_LOW | TokenFlag.USER_PIN_FINAL_TRY, PinState.FINAL),
        (READY | TokenFlag.USER_PIN_FINAL_TRY | TokenFlag.USER_PIN_LOCKED, PinState.LOCKED),
        (TokenFlag.TOKEN_INITIALIZED, PinState.UNKNOWN),
    ],
)
def test_the_flags_tell_the_state_of_the_pin(flags: TokenFlag, state: PinState) -> None:
    (found,) = driver_of(_token(flags)).tokens()
    assert found.pin_state is state


def test_a_wrong_pin_is_tried_once_and_told_with_the_state_it_leaves() -> None:
    token = _token(refuse=ck.PinIncorrect())
    refusal = _refusal(driver_of(token), token)
    assert (refusal.code, refusal.params["state"]) == ("token.pin_incorrect", "low")
    assert token.pins == ["1234"]


@pytest.mark.parametrize("broken", [ck.GeneralError(), ck.TokenNotPresent()])
def test_a_wrong_pin_is_told_as_such_even_where_the_token_answers_no_more(
    broken: Exception,
) -> None:
    token = _token(refuse=ck.PinIncorrect())
    refusal = _refusal(driver_of(token, broken=broken), token)
    assert (refusal.code, refusal.params["state"]) == ("token.pin_incorrect", "unknown")


def test_a_token_that_was_exchanged_gets_no_pin() -> None:
    token, other = _token(), _token(serial=b"fedcba9876543210")
    assert _refusal(driver_of(other), token).code == "token.wrong_token"
    assert other.pins == []


def test_the_same_token_with_another_certificate_gets_no_pin() -> None:
    token, other = _token(), _token(certificate=leader())
    assert _refusal(driver_of(other), token).code == "token.wrong_token"
    assert other.pins == []


def test_no_token_at_all_is_told_apart() -> None:
    assert _refusal(driver_of(), _token()).code == "token.none"


def test_a_certificate_that_may_not_sign_costs_no_pin_try() -> None:
    token = _token(certificate=expired(), key=expired())
    assert _refusal(driver_of(token), token).code == "certificate.expired"
    assert token.pins == []


def test_a_certificate_without_its_key_is_told_after_the_login() -> None:
    token = _token(key=None)
    assert _refusal(driver_of(token), token).code == "token.key_missing"
    assert token.sessions[-1].closed


def test_a_key_that_wants_its_pin_each_time_gets_the_one_that_was_typed_for_one_signature() -> None:
    token = _token(always_authenticate=True)
    session = _login(driver_of(token), token)
    assert session.opened_key().wants_pin_each_time
    session.sign(b"data", "sha256")
    assert token.pins == ["1234", "1234"]


def test_a_second_signature_of_such_a_key_waits_for_the_person() -> None:
    token = _token(always_authenticate=True)
    session = _login(driver_of(token), token)
    session.sign(b"data", "sha256")
    with pytest.raises(SigningError, match=r"token\.pin_each_time"):
        session.sign(b"data", "sha256")
    assert token.pins == ["1234", "1234"]


def test_such_a_key_behind_a_pin_pad_is_refused_in_words() -> None:
    token = _token(READY | TokenFlag.PROTECTED_AUTHENTICATION_PATH, always_authenticate=True)
    assert _refusal(driver_of(token), token).code == "token.pin_pad_each_time"


def test_slots_with_unreadable_or_empty_tokens_are_passed_over() -> None:
    class Empty(PaperToken):
        def get_token(self) -> PaperToken:
            raise NOT_RECOGNISED

    token = _token()
    fresh = _token(TokenFlag(0))
    empty = Empty(rsa_signer(), rsa_signer())
    (found,) = driver_of(empty, fresh, token).tokens()
    assert found.serial == "0123456789abcdef"
    assert [item.subject for item in found.certificates] == ["Lê Văn C"]


def test_a_wrong_pin_leaks_no_session() -> None:
    token = _token(refuse=ck.PinIncorrect())
    driver = driver_of(token)
    _refusal(driver, token)
    assert isinstance(driver._lib, PaperModule)
    assert driver._lib.renewed == 1


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("person", [leader(), rsa_signer()], ids=["ecdsa", "rsa"])
def test_a_good_raw_signature_passes(person: Person, digest: str) -> None:
    raw = raw_signature(person, b"data", digest)
    verify_raw(person.certificate, raw, b"data", digest)
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        verify_raw(person.certificate, raw, b"other", digest)


@pytest.mark.parametrize("raw", [b"", b"\x00" * 256, b"\x30\x00", b"\xff" * 9])
@pytest.mark.parametrize("person", [leader(), rsa_signer()], ids=["ecdsa", "rsa"])
def test_rubbish_is_no_signature(person: Person, raw: bytes) -> None:
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        verify_raw(person.certificate, raw, b"data", "sha256")


def test_a_module_without_hashing_mechanisms_signs_the_hash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[bytes, Mechanism]] = []
    token = _token()
    monkeypatch.setattr(PaperToken, "get_mechanisms", lambda _: {Mechanism.RSA_PKCS})
    session = _login(driver_of(token), token)

    def sign(data: bytes, mechanism: Mechanism, **_: object) -> bytes:
        asked.append((data, mechanism))
        return raw_signature(rsa_signer(), b"data", "sha256")

    monkeypatch.setattr(session._key, "sign", sign)
    session.sign(b"data", "sha256")
    ((sent, mechanism),) = asked
    assert mechanism is Mechanism.RSA_PKCS
    assert len(sent) == 19 + 32


@pytest.fixture
def swapped() -> Session:
    """A session that shows one certificate and signs with another key, as a swapped card does."""
    token = _token(key=authority())
    return _login(driver_of(token), token)


def test_a_signature_by_another_key_never_reaches_the_file(
    tmp_path: Path, swapped: Session
) -> None:
    base, out = blank(tmp_path), tmp_path / "out.pdf"
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        sign_file(base, out, request(base), swapped)
    assert not out.exists()


def test_a_token_that_signed_wrongly_is_closed(
    swapped: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha256 = fingerprint(swapped.certificate)
    monkeypatch.setattr(desk, "_open", {sha256: swapped})
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        desk.sign_raw(sha256, RawRequest(b"data", "sha256"))
    with pytest.raises(SigningError, match=r"token\.not_open"):
        desk.sign_raw(sha256, RawRequest(b"data", "sha256"))


def test_an_empty_pin_is_not_sent() -> None:
    token = _token()
    with pytest.raises(SigningError, match=r"token\.pin_empty"):
        _login(driver_of(token), token, "")
    assert token.pins == []


def test_a_token_says_which_of_its_mechanisms_sign_here(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {Mechanism.AES_CBC, Mechanism.SHA256_RSA_PKCS, Mechanism.RSA_PKCS, Mechanism.SHA_1}
    monkeypatch.setattr(PaperToken, "get_mechanisms", lambda _: listed)
    (seen,) = driver_of(_token()).tokens()
    assert seen.mechanisms == ("RSA_PKCS", "SHA256_RSA_PKCS")
    assert seen.can_sign_with(seen.certificates[0])


def test_a_token_without_a_mechanism_for_its_key_cannot_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(PaperToken, "get_mechanisms", lambda _: {Mechanism.ECDSA})
    (seen,) = driver_of(_token()).tokens()
    assert not seen.can_sign_with(seen.certificates[0])
