"""Facts about programs that die while levels are raised: one signature, one revision, at the level that was wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.issue import finish_issue
from signing.errors import SigningError
from signing.terms import PadesLevel
from tests.fakes.engines import FakeServices, levels_in
from tests.integration.workflow.killing import Tripwire
from tests.integration.workflow.paper_world import PaperWorld, paper_world
from tests.integration.workflow.test_kills import killed

RAISED = [
    "journal.signed",
    "services.extend",
    "files.adopt",
    "journal.extended",
    "journal.sending",
    "server.upload",
    "journal.accepted",
]
PUBLISHED = [
    "journal.begin_extension",
    "services.extend",
    "files.adopt",
    "journal.signed",
    "journal.sending",
    "server.upload",
    "journal.accepted",
    "journal.key_for",
    "server.forward",
    "journal.settle",
]
AWAY = SigningError("extend.no_services", reason="timestamp.unreachable")


@pytest.fixture
def services() -> FakeServices:
    return FakeServices()


@pytest.fixture
def papers(tmp_path: Path, services: FakeServices) -> Iterator[PaperWorld]:
    with paper_world(tmp_path) as opened:
        opened.services, opened.level = services, "B-LT"
        yield opened


@pytest.mark.parametrize("step", range(6, 6 + len(RAISED)))
def test_a_leaders_program_may_die_after_any_step_of_raising(papers: PaperWorld, step: int) -> None:
    document_id = papers.draft()
    before = len(papers.token.made)
    done = killed(papers.leaders_turn, step)
    assert done[5:] == RAISED[: step - 5]
    papers.leaders_turn(Tripwire())
    assert len(papers.token.made) == before + 1
    paper = papers.store.document(document_id)
    assert (paper.state, paper.files[0].revision) == ("to_issue", 1)
    assert levels_in(papers.content(document_id)) == [PadesLevel.B_LT]


@pytest.fixture
def sealed_below(papers: PaperWorld, services: FakeServices) -> str:
    """A document that was sealed while the services were away: kept, and not published."""
    document_id = papers.draft()
    papers.leaders_turn(Tripwire())
    services.refuse = AWAY
    with pytest.raises(AppError, match=r"workflow\.level_missing"):
        papers.clerks_turn(Tripwire())
    services.refuse = None
    assert papers.store.document(document_id).state == "to_issue"
    return document_id


def finish(papers: PaperWorld, document_id: str, wire: Tripwire) -> None:
    with papers.desk("clerk", wire) as desk:
        finish_issue(desk, document_id)


@pytest.mark.parametrize("step", range(1, len(PUBLISHED) + 1))
def test_a_clerks_program_may_die_after_any_step_of_publishing_later(
    papers: PaperWorld, sealed_below: str, step: int
) -> None:
    before = len(papers.token.made)
    done = killed(lambda wire: finish(papers, sealed_below, wire), step)
    assert done == PUBLISHED[:step]
    papers.clerks_turn(Tripwire())
    paper = papers.store.document(sealed_below)
    assert (paper.state, paper.files[0].revision) == ("published", 3)
    assert len(papers.token.made) == before
    assert levels_in(papers.content(sealed_below)) == [PadesLevel.B_LT] * 2
    assert [item.action for item in paper.history].count("publish") == 1
