"""Facts about a card as the program uses it: watched while it goes in and out, and asked for each PIN that it wants."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.workers.token import TokenProcess
from signing.token import modules
from tests.card.bench import ENVIRONMENT, Bench, opensc_module
from tests.card.piv import SIGNATURE, TRIES, PivCard
from tests.integration.cli.conftest import Answer, CommandLineHere
from tests.integration.signing.office import SigningOffice, shared_office, told
from tests.integration.token.conftest import PIN, WRONG

PLACE = ("--box", "1:120,180,165,202")


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[TokenProcess]:
    monkeypatch.setattr(modules, "known", lambda _: ())
    with TokenProcess((str(opensc_module()),), ENVIRONMENT) as process:
        yield process


def serials(process: TokenProcess) -> set[str]:
    return {token.serial for module in process.survey() for token in module.tokens}


@pytest.mark.usefixtures("card")
def test_nothing_is_news_while_the_card_stays_where_it_is(watched: TokenProcess) -> None:
    watched.survey()
    assert not watched.has_news()


def test_a_card_that_goes_out_and_comes_back_is_noticed(
    bench: Bench, card: PivCard, watched: TokenProcess
) -> None:
    assert serials(watched) == {card.serial}
    bench.remove()
    assert watched.has_news()
    assert serials(watched) == set()
    bench.insert(card)
    assert watched.has_news()
    assert serials(watched) == {card.serial}


def test_a_card_in_anothers_place_is_noticed(
    bench: Bench, card: PivCard, agencys_card: PivCard, watched: TokenProcess
) -> None:
    assert serials(watched) == {card.serial}
    bench.swap(agencys_card)
    assert watched.has_news()
    assert serials(watched) == {agencys_card.serial}


def test_two_cards_are_there_at_once(
    bench: Bench, card: PivCard, agencys_card: PivCard, watched: TokenProcess
) -> None:
    assert serials(watched) == {card.serial}
    bench.insert(agencys_card, slot=1)
    assert watched.has_news()
    assert serials(watched) == {card.serial, agencys_card.serial}


class Batch:
    """Two drafts, signed on the command line with the card's key that wants its PIN each time."""

    def __init__(self, folder: Path, office: SigningOffice, card: PivCard) -> None:
        self.out = folder / "out"
        self.out.mkdir()
        self._card = card
        self._drafts = [folder / name for name in ("a.pdf", "b.pdf")]
        for path in self._drafts:
            shutil.copy(office.draft, path)
        own = {"HOME": str(folder), "TRINHKY_MODULES": str(opensc_module())}
        self._trinhky = CommandLineHere(folder, own | ENVIRONMENT)

    def sign(self, *pins: str) -> Answer:
        certificate = self._card.keys[SIGNATURE].sha256
        chosen = ("--certificate", certificate, "--kind", "personal", *PLACE)
        options = ("--lang", "en", "--batch", "--json", "--out-dir", self.out, *chosen)
        return self._trinhky.run(
            "sign", *options, *self._drafts, stdin="".join(f"{pin}\n" for pin in pins)
        )


@pytest.fixture
def batch(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    card: PivCard,
) -> Batch:
    return Batch(tmp_path, shared_office(pytestconfig, tmp_path_factory), card)


def statuses(answer: Answer) -> list[tuple[str, str | None]]:
    rows = json.loads(answer.out)["files"]
    return [(row["status"], row["error"] and row["error"]["code"]) for row in rows]


def test_each_document_takes_a_pin_of_its_own(batch: Batch, card: PivCard) -> None:
    answer = batch.sign(PIN, PIN)
    assert statuses(answer) == [("signed", None), ("signed", None)], answer.err
    for path in batch.out.iterdir():
        assert "Signature is Valid." in told("pdfsig", "-nocert", path)
    assert card.tries_left == TRIES


def test_before_the_batch_it_is_told_how_often_the_pin_is_asked_for(batch: Batch) -> None:
    assert "0 of 2 documents are done" in batch.sign(PIN, PIN).err


def test_one_pin_signs_one_document_and_is_not_used_for_another(
    batch: Batch, card: PivCard
) -> None:
    answer = batch.sign(PIN)
    assert statuses(answer) == [("signed", None), ("failed", "usage.no_secret")]
    assert len(list(batch.out.iterdir())) == 1
    assert card.signatures_asked == 1


def test_a_wrong_second_pin_costs_one_try_and_keeps_the_first_document(
    batch: Batch, card: PivCard
) -> None:
    answer = batch.sign(PIN, WRONG)
    assert statuses(answer) == [("signed", None), ("failed", "token.pin_incorrect")]
    assert card.tries_left == TRIES - 1
