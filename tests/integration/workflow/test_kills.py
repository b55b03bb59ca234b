"""Facts about programs that die: after any step, the next run goes on, signs once and takes one number."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.demo.office.grants import Grants
from app.demo.people import LEADER
from app.workflow.delivering import deliver_unfinished
from signing.terms import SignatureKind, Verdict
from tests.integration.workflow.killing import KilledError, Tripwire
from tests.integration.workflow.paper_world import PaperWorld, paper_world
from tests.integration.workflow.world import World

PROGRAM = "tests.integration.workflow.leaders_program"
LEADERS_STEPS = [
    "server.download",
    "files.adopt",
    "journal.begin",
    "token.sign",
    "files.adopt",
    "journal.signed",
    "journal.sending",
    "server.upload",
    "journal.accepted",
    "journal.key_for",
    "server.forward",
    "journal.settle",
]


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[PaperWorld]:
    with paper_world(tmp_path) as opened:
        yield opened


def killed(turn: Callable[[Tripwire], None], step: int) -> list[str]:
    """Let a turn die after a step; return what was done, all of it where it has fewer steps."""
    wire = Tripwire(step)
    with suppress(KilledError):
        turn(wire)
    return wire.trace


def test_the_leaders_steps_are_those_that_are_killed_here(papers: PaperWorld) -> None:
    papers.draft()
    assert killed(papers.leaders_turn, 1000) == LEADERS_STEPS


@pytest.mark.parametrize("step", range(1, len(LEADERS_STEPS) + 1))
def test_a_leaders_program_may_die_after_any_step(papers: PaperWorld, step: int) -> None:
    document_id = papers.draft()
    done = killed(papers.leaders_turn, step)
    assert len(done) == step
    papers.leaders_turn(Tripwire())
    paper = papers.store.document(document_id)
    assert (paper.state, paper.files[0].revision) == ("to_issue", 1)
    assert [item.action for item in paper.history].count("to_clerk") == 1
    # Between the token and the journal lies the one moment in which a signature is not yet known.
    lost = done[-1] == "token.sign" or done[3:] == ["token.sign", "files.adopt"]
    assert len(papers.token.made) == (2 if lost else 1)


def test_a_clerks_program_may_die_after_any_step(papers: PaperWorld) -> None:
    step, documents = 0, 0
    while True:
        step += 1
        documents += 1
        document_id = papers.draft(attachments=1)
        papers.leaders_turn(Tripwire())
        before = len(papers.token.made)
        done = killed(papers.clerks_turn, step)
        if len(done) < step:
            break
        papers.clerks_turn(Tripwire())
        papers.check_issued(document_id)
        lost = "journal.signed" not in done[-2:] and "token.sign" in done[-2:]
        made = [request.kind for request in papers.token.made[before:]]
        assert sorted(set(made)) == [SignatureKind.ATTACHMENT, SignatureKind.SEAL]
        assert len(made) == (3 if lost else 2), done
    assert step > 20
    assert papers.numbers() == list(range(1, documents + 1))


def test_a_program_may_die_again_and_again(papers: PaperWorld) -> None:
    document_id = papers.draft(attachments=1)
    for turn in (papers.leaders_turn, papers.clerks_turn):
        for step in range(1, 30):
            killed(turn, step)
    papers.check_issued(document_id)
    assert papers.numbers() == [1]


@pytest.mark.parametrize("step", [4, 6, 8], ids=lambda step: LEADERS_STEPS[step - 1])
def test_a_leaders_program_that_is_killed_goes_on_at_its_next_start(
    world: World, step: int
) -> None:
    close_other_tasks(world)
    document_id = world.draft()
    store = world.folder / "store"
    assert run_program(world, store, step) == -signal.SIGKILL
    wire = Tripwire()
    with world.desk(store=store) as desk:
        deliver_unfinished(wire.around(desk))
        world.sign_or_resume(wire.around(desk), document_id)
        report = desk.bench.judge.verify(world.demo.store.content_path(document_id, "f1")).result()
    assert [(item.field, item.verdict) for item in report.signatures] == [
        ("LanhDao", Verdict.VALID)
    ]
    paper = world.demo.store.document(document_id)
    assert (paper.state, world.main_revision(document_id)) == ("to_issue", 1)
    was_known = step > LEADERS_STEPS.index("journal.signed")
    assert ("token.sign" in wire.trace) != was_known


def run_program(world: World, store: Path, step: int) -> int:
    refresh_token = Grants(world.demo.store).grant(LEADER.key).refresh_token
    arguments = (str(world.demo.folder), world.url, str(store), str(step))
    done = subprocess.run(
        [sys.executable, "-m", PROGRAM, *arguments],
        input=f"{refresh_token}\n{LEADER.pin}\n",
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode


def close_other_tasks(world: World) -> None:
    """Leave nothing before the leader but what a test puts there."""
    for document_id in world.demo.store.documents():
        if world.demo.store.document(document_id).state == "to_sign":
            world.demo.store.withdraw(document_id)
