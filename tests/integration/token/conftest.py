"""A virtual reader for each module of tests, and cards of the demo authority to put into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.demo.people import AGENCY_SEAL, LEADER
from app.demo.pki import DemoPki, open_pki
from tests.card.bench import Bench, card_bench
from tests.card.keys import KeyPair, p256_pair, rsa_pair
from tests.card.piv import AUTHENTICATION, SIGNATURE, PivCard
from tests.integration.token.desk import Desk

PIN = "123456"
WRONG = "999999"


@pytest.fixture(scope="session")
def card_pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    """An authority that answers nobody: its certificates are read, not checked."""
    return open_pki(tmp_path_factory.mktemp("card-pki"), "http://127.0.0.1:1")


@pytest.fixture(scope="session")
def leaders_keys(card_pki: DemoPki) -> dict[int, KeyPair]:
    return {key: rsa_pair(card_pki, LEADER) for key in (AUTHENTICATION, SIGNATURE)}


@pytest.fixture(scope="session")
def agencys_keys(card_pki: DemoPki) -> dict[int, KeyPair]:
    return {AUTHENTICATION: p256_pair(card_pki, AGENCY_SEAL)}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with card_bench() as held:
        yield held


@pytest.fixture(scope="module")
def leaders_card(leaders_keys: dict[int, KeyPair]) -> PivCard:
    return PivCard(leaders_keys, PIN)


@pytest.fixture
def card(bench: Bench, leaders_card: PivCard) -> PivCard:
    """The leader's card, as new, in the first slot and alone."""
    leaders_card.renew()
    bench.hold(leaders_card)
    return leaders_card


@pytest.fixture
def agencys_card(agencys_keys: dict[int, KeyPair]) -> PivCard:
    """The agency's card, in no slot yet."""
    return PivCard(agencys_keys, PIN)


@pytest.fixture(scope="module")
def token_process() -> Iterator[Desk]:
    with Desk() as started:
        yield started


@pytest.fixture
def desk(token_process: Desk) -> Iterator[Desk]:
    """A token process with nothing open."""
    yield token_process
    token_process.logout()
