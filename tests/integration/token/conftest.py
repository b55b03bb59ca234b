"""A virtual reader for each module of tests, and cards of the demo authority to put into it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.demo.people import AGENCY_SEAL, LEADER
from app.demo.pki import DemoPki, open_pki
from tests.card.bench import Bench, card_bench
from tests.card.keys import KeyPair, p256_pair, rsa_pair
from tests.card.piv import AUTHENTICATION, SIGNATURE, PivCard

PIN = "123456"


@pytest.fixture(scope="session")
def card_pki(tmp_path_factory: pytest.TempPathFactory) -> DemoPki:
    """An authority that answers nobody: its certificates are read, not checked."""
    return open_pki(tmp_path_factory.mktemp("card-pki"), "http://127.0.0.1:1")


@pytest.fixture(scope="session")
def leaders_keys(card_pki: DemoPki) -> dict[int, KeyPair]:
    return {key: rsa_pair(card_pki, LEADER) for key in (AUTHENTICATION, SIGNATURE)}


@pytest.fixture(scope="session")
def agencys_keys(card_pki: DemoPki) -> dict[int, KeyPair]:
    return {key: p256_pair(card_pki, AGENCY_SEAL) for key in (AUTHENTICATION, SIGNATURE)}


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with card_bench() as held:
        yield held


@pytest.fixture
def card(bench: Bench, leaders_keys: dict[int, KeyPair]) -> Iterator[PivCard]:
    """The leader's card, fresh and in the first slot."""
    made = PivCard(leaders_keys, PIN)
    bench.insert(made)
    yield made
    bench.clear()
