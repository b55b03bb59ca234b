"""Facts about cards in a reader, seen through OpenSC's module and the PC/SC service; tries are counted on the card."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from app.errors import AppError
from signing.errors import SigningError
from signing.terms import PinState
from tests.card.bench import ENVIRONMENT, Bench, opensc_module
from tests.card.piv import AUTHENTICATION, SIGNATURE, TRIES, PivCard
from tests.integration.cli.conftest import CommandLineHere
from tests.integration.token.conftest import PIN, WRONG
from tests.integration.token.desk import PATIENCE_S, Desk

LETTER = b"a letter"


def verify(
    card: PivCard, signature: bytes, data: bytes = LETTER, *, key: int = AUTHENTICATION
) -> None:
    """Raise where the signature is not of the card's certificate."""
    public = card.keys[key].certificate.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    else:
        assert isinstance(public, rsa.RSAPublicKey)
        public.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())


def refused(desk: Desk, card: PivCard, pin: str, **how: Any) -> SigningError:
    with pytest.raises(SigningError) as refusal:
        desk.login(card, pin, **how)
    return refusal.value


def test_a_card_is_shown_with_a_serial_number_of_its_own_and_its_certificates(
    card: PivCard, desk: Desk
) -> None:
    (token,) = desk.tokens()
    assert token.serial == card.serial
    shown = {item.sha256 for item in token.certificates}
    assert shown == {pair.sha256 for pair in card.keys.values()}


def test_looking_at_a_card_tries_no_pin(card: PivCard, desk: Desk) -> None:
    desk.tokens()
    assert (card.pins_tried, card.tries_left) == (0, TRIES)


def test_the_command_line_shows_a_card_and_no_more_after_it_was_pulled(
    bench: Bench, card: PivCard, tmp_path: Path
) -> None:
    own = {"HOME": str(tmp_path), "TRINHKY_MODULES": str(opensc_module())}
    trinhky = CommandLineHere(tmp_path, ENVIRONMENT | own)

    def shown() -> list[Any]:
        (row, *_) = trinhky.run("tokens", "--json").json["modules"]
        assert row["path"] == str(opensc_module())
        return [(token["serial"], token["pin_state"]) for token in row["tokens"]]

    assert shown() == [(card.serial, "ok")]
    bench.remove()
    assert shown() == []


def test_one_pin_makes_many_signatures(card: PivCard, desk: Desk) -> None:
    desk.login(card, PIN)
    for text in (LETTER, b"another letter", b"a third"):
        verify(card, desk.sign(card, text), text)
    assert card.pins_tried == 1


def test_a_key_that_wants_its_pin_each_time_makes_one_signature_of_it(
    card: PivCard, desk: Desk
) -> None:
    desk.login(card, PIN, key=SIGNATURE)
    verify(card, desk.sign(card, LETTER, key=SIGNATURE), key=SIGNATURE)
    with pytest.raises(SigningError, match=r"token\.pin_each_time"):
        desk.sign(card, LETTER, key=SIGNATURE)
    assert card.signatures_asked == 1


def test_two_cards_sign_each_with_its_own_key(
    bench: Bench, card: PivCard, agencys_card: PivCard, desk: Desk
) -> None:
    bench.insert(agencys_card, slot=1)
    assert {token.serial for token in desk.tokens()} == {card.serial, agencys_card.serial}
    for one in (card, agencys_card):
        desk.login(one, PIN)
    for one in (card, agencys_card):
        verify(one, desk.sign(one, LETTER))


def test_of_two_slots_with_one_serial_number_the_certificates_own_is_opened(
    bench: Bench, card: PivCard, agencys_card: PivCard, desk: Desk
) -> None:
    agencys_card.guid = card.guid
    bench.insert(agencys_card, slot=1)
    for one in (card, agencys_card):
        desk.login(one, PIN)
        verify(one, desk.sign(one, LETTER))
    assert refused(desk, agencys_card, WRONG).code == "token.pin_incorrect"
    assert (card.tries_left, agencys_card.tries_left) == (TRIES, TRIES - 1)


def test_a_wrong_pin_typed_once_costs_one_try(card: PivCard, desk: Desk) -> None:
    error = refused(desk, card, WRONG)
    assert error.code == "token.pin_incorrect"
    assert (card.pins_tried, card.tries_left) == (1, TRIES - 1)


@pytest.mark.parametrize(
    ("times", "state"), [(1, PinState.LOW), (2, PinState.FINAL), (3, PinState.LOCKED)]
)
def test_after_wrong_pins_the_state_is_told(
    card: PivCard, desk: Desk, times: int, state: PinState
) -> None:
    told = [refused(desk, card, WRONG, last_try=True).params["state"] for _ in range(times)]
    assert told[-1] == state


@pytest.mark.parametrize(
    ("tries_left", "state"),
    [
        (2, PinState.OK),  # of a PIV card OpenSC says nothing before the last try
        (1, PinState.FINAL),
        (0, PinState.LOCKED),
    ],
)
def test_the_state_of_the_pin_is_shown_before_it_is_asked_for(
    card: PivCard, desk: Desk, tries_left: int, state: PinState
) -> None:
    card.tries_left = tries_left
    (token,) = desk.tokens()
    assert (token.pin_state, card.pins_tried) == (state, 0)


def test_the_last_try_is_not_spent_without_a_yes(card: PivCard, desk: Desk) -> None:
    card.tries_left = 1
    assert refused(desk, card, PIN).code == "token.pin_last_try"
    assert (card.pins_tried, card.tries_left) == (0, 1)


def test_the_last_try_with_the_right_pin_opens_the_card(card: PivCard, desk: Desk) -> None:
    card.tries_left = 1
    desk.login(card, PIN, last_try=True)
    verify(card, desk.sign(card, LETTER))
    assert card.tries_left == TRIES


def test_a_locked_card_is_sent_no_pin(card: PivCard, desk: Desk) -> None:
    card.tries_left = 0
    assert refused(desk, card, PIN, last_try=True).code == "token.pin_locked"
    assert card.pins_tried == 0


@pytest.mark.parametrize("pin", ["123", "123456789"])
def test_a_pin_of_a_length_that_no_card_has_costs_no_try(
    card: PivCard, desk: Desk, pin: str
) -> None:
    assert refused(desk, card, pin).code == "token.pin_length"
    assert card.pins_tried == 0


def test_a_card_that_was_pulled_is_sent_no_pin(bench: Bench, card: PivCard, desk: Desk) -> None:
    desk.tokens()
    bench.remove()
    assert refused(desk, card, PIN).code == "token.none"
    assert card.pins_tried == 0


def test_a_card_in_anothers_place_is_not_sent_the_others_pin(
    bench: Bench, card: PivCard, agencys_card: PivCard, desk: Desk
) -> None:
    desk.tokens()
    bench.swap(agencys_card)
    assert refused(desk, card, PIN).code == "token.wrong_token"
    assert agencys_card.pins_tried == 0


def test_a_card_pulled_between_two_signatures_must_be_opened_again(
    bench: Bench, card: PivCard, desk: Desk
) -> None:
    desk.login(card, PIN)
    bench.remove()
    with pytest.raises(SigningError, match=r"token\.removed"):
        desk.sign(card, LETTER)
    bench.insert(card)
    with pytest.raises(SigningError, match=r"token\.not_open"):
        desk.sign(card, LETTER)
    desk.login(card, PIN)
    verify(card, desk.sign(card, LETTER))


def test_a_card_pulled_in_the_middle_of_a_signature_gives_none(
    bench: Bench, card: PivCard, desk: Desk
) -> None:
    desk.login(card, PIN)
    card.signing.delay_s = None
    with ThreadPoolExecutor(1) as person:
        signing = person.submit(desk.sign, card, LETTER)
        assert card.under_way.wait(PATIENCE_S)
        bench.pull()
        with pytest.raises(SigningError, match=r"token\.(removed|failed)"):
            signing.result()


@pytest.mark.parametrize("status", [0x6F00, 0x6985, 0x6581])
def test_a_card_that_fails_at_the_second_signature_has_made_the_first(
    card: PivCard, desk: Desk, status: int
) -> None:
    card.fail(status, after=1)
    desk.login(card, PIN)
    verify(card, desk.sign(card, LETTER))
    with pytest.raises(SigningError, match=r"token\.failed"):
        desk.sign(card, LETTER)


def test_a_signature_by_another_key_is_thrown_away(card: PivCard, desk: Desk) -> None:
    card.signing.is_lying = True
    desk.login(card, PIN)
    with pytest.raises(SigningError, match=r"token\.bad_signature"):
        desk.sign(card, LETTER)


def test_a_card_that_hangs_is_given_up_and_signs_when_it_was_put_back(
    bench: Bench, card: PivCard, desk: Desk
) -> None:
    desk.login(card, PIN)
    card.signing.delay_s = None
    with pytest.raises(AppError, match=r"worker\.deadline"):
        desk.sign(card, LETTER, deadline_s=0.5)
    card.signing.delay_s = 0
    bench.remove()
    bench.insert(card)
    desk.login(card, PIN)
    verify(card, desk.sign(card, LETTER))
