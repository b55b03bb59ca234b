"""Long runs: programs that die at random, a network that breaks at random, a day of two hundred drafts."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.demo.office.faults import Fault, FaultKind
from app.errors import AppError
from tests.integration.workflow.killing import KilledError, Tripwire
from tests.integration.workflow.paper_world import PaperWorld, paper_world

SEED = 20261122
KILLS = 300
FAULTS = 300
DOCUMENTS = 40
DRAFTS = 200
KINDS = (
    Fault(FaultKind.DROP),
    Fault(FaultKind.LOSE_ANSWER),
    Fault(FaultKind.CUT, after_bytes=7),
    Fault(FaultKind.GARBAGE),
    Fault(FaultKind.CORRUPT),
    *(Fault(FaultKind.STATUS, status=status) for status in (401, 403, 429, 500, 502, 503)),
)

pytestmark = pytest.mark.soak


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[PaperWorld]:
    with paper_world(tmp_path) as opened:
        yield opened


def turns(papers: PaperWorld) -> tuple[Callable[[Tripwire], None], ...]:
    return papers.leaders_turn, papers.clerks_turn


def finish(papers: PaperWorld, documents: list[str]) -> None:
    for turn in turns(papers):
        turn(Tripwire())
    for document_id in documents:
        papers.check_issued(document_id)
    assert papers.numbers() == list(range(1, len(documents) + 1))


def test_three_hundred_deaths_lose_nothing_and_double_nothing(papers: PaperWorld) -> None:
    chance = random.Random(SEED)
    documents: list[str] = []
    deaths = 0
    for _ in range(10 * KILLS):
        if deaths == KILLS:
            break
        if len(documents) < DOCUMENTS or chance.random() < 0.3:
            documents.append(papers.draft(chance.randrange(3)))
        try:
            chance.choice(turns(papers))(Tripwire(chance.randint(1, 25)))
        except KilledError:
            deaths += 1
    assert deaths == KILLS
    finish(papers, documents)


def test_a_network_that_breaks_at_random_loses_nothing_and_doubles_nothing(
    papers: PaperWorld,
) -> None:
    chance = random.Random(SEED)
    documents: list[str] = []
    for _ in range(FAULTS):
        if len(documents) < DOCUMENTS or chance.random() < 0.1:
            documents.append(papers.draft(chance.randrange(2)))
        with suppress(AppError):
            fault = chance.choice(KINDS)
            with papers.broken(fault, chance.randint(1, 12)):
                chance.choice(turns(papers))(Tripwire())
    finish(papers, documents)


def test_a_day_of_two_hundred_drafts_ends_well(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "app", "demo", "--headless", "--json"),
            *("--out", str(tmp_path / "office"), "--drafts", str(DRAFTS)),
        ],
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(json.loads(done.stdout)["files"]) == DRAFTS + 11
