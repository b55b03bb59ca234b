"""A card in a reader, as the product sees it through OpenSC's module and the PC/SC service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.workers.process import SupervisedProcess
from signing.token.pin import Pin
from signing.token.records import TokenInfo
from tests.card.bench import ENVIRONMENT, opensc_module
from tests.card.piv import AUTHENTICATION, PivCard
from tests.integration.token.conftest import PIN

DEADLINE_S = 60.0


@pytest.fixture(scope="module")
def process() -> Iterator[SupervisedProcess]:
    with SupervisedProcess("token", environment=ENVIRONMENT) as process:
        yield process


def seen(process: SupervisedProcess) -> tuple[TokenInfo, ...]:
    found: tuple[TokenInfo, ...] = process.call(
        "signing.token.driver:survey", opensc_module(), deadline_s=DEADLINE_S
    ).tokens
    return found


def test_each_card_has_a_serial_number_of_its_own_and_both_certificates(
    card: PivCard, process: SupervisedProcess
) -> None:
    (token,) = seen(process)
    assert token.serial == card.serial
    assert {item.sha256 for item in token.certificates} == {
        pair.sha256 for pair in card.keys.values()
    }


def test_one_pin_makes_many_signatures_with_the_key_for_authentication(
    card: PivCard, process: SupervisedProcess
) -> None:
    pair = card.keys[AUTHENTICATION]
    texts = (b"a letter", b"another letter")
    made = process.call(
        "tests.integration.token.jobs:sign",
        *(opensc_module(), card.serial, pair.sha256, Pin(PIN), texts),
        deadline_s=DEADLINE_S,
    )
    public = pair.certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    for text, signature in zip(texts, made, strict=True):
        public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())
    assert card.pins_tried == 1
