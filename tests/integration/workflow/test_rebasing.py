"""Facts about new unsigned bases: made once, sent once, never in place of somebody else's, never lost."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from app.demo.office.faults import Fault, FaultKind
from app.demo.people import CLERK, LEADER
from app.errors import AppError
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Document, Secrecy
from app.workflow.office import Office
from app.workflow.plan import BASE, WorkState
from app.workflow.rebasing import Rebased, rebase
from app.workflow.sign_draft import fetch_draft, plan_draft, sign_draft
from tests.integration.workflow.killing import KilledError, Tripwire
from tests.integration.workflow.test_leader import files_below, somebody_replaces
from tests.integration.workflow.world import World


class Rewriting:
    """Makes another base each time, as a converter that writes the moment into its result does."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, original: Path, out: Path) -> None:
        self.times += 1
        out.write_bytes(original.read_bytes() + b"\n%% rewritten %d\n" % self.times)


def rebased(desk: Office, document_id: str, rewrite: Rewriting) -> Rebased:
    document = desk.server.document(document_id)
    if document.main_file.converted_from is not None:
        return Rebased(document)
    return rebase(desk, document, document.main_file, rewrite)


def sign(world: World, desk: Office, document: Document) -> None:
    draft = fetch_draft(desk, document)
    sign_draft(desk, draft, plan_draft(desk, draft, world.certificate())[0])


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_new_base_is_what_the_server_then_holds_and_it_names_its_original(world: World) -> None:
    document_id = world.draft()
    before = world.content(document_id)
    with world.desk() as desk:
        found = rebased(desk, document_id, Rewriting())
        file = found.document.main_file
        kept = desk.files.path_of(sha256_of(before)).read_bytes()
    assert not found.waits
    assert file.sha256 == sha256_of(world.content(document_id)) != sha256_of(before)
    was = file.converted_from
    assert was is not None
    assert (was.sha256, was.by) == (sha256_of(before), LEADER.common_name)
    assert kept == before


def test_the_new_base_is_signed_and_not_the_original(world: World) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        found = rebased(desk, document_id, Rewriting())
        base = desk.files.path_of(found.document.main_file.sha256).read_bytes()
        sign(world, desk, found.document)
    assert world.content(document_id).startswith(base)
    assert world.main_revision(document_id) == 2


def test_asking_again_with_an_old_description_makes_no_second_base(world: World) -> None:
    document_id, rewrite = world.draft(), Rewriting()
    with world.desk() as desk:
        old = desk.server.document(document_id)
        first = rebase(desk, old, old.main_file, rewrite)
        again = rebase(desk, old, old.main_file, rewrite)
    assert rewrite.times == 1
    assert again.document.main_file == first.document.main_file
    assert world.main_revision(document_id) == 1


def test_an_upload_of_a_base_whose_answer_was_lost_makes_one_revision(world: World) -> None:
    document_id, rewrite = world.draft(), Rewriting()
    world.lose_answers("/revisions")
    with world.desk() as desk:
        first = rebased(desk, document_id, rewrite)
        assert first.waits
        assert len(deliver_unfinished(desk)) == 1
        now = desk.server.document(document_id)
    assert rewrite.times == 1
    assert now.main_file.sha256 == first.document.main_file.sha256
    assert world.main_revision(document_id) == 1


def test_a_base_made_offline_goes_to_the_server_before_the_signature_on_it(world: World) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        world.break_calls("/revisions", times=2)
        found = rebased(desk, document_id, Rewriting())
        with pytest.raises(AppError, match=r"server\.unreachable"):
            sign(world, desk, found.document)
        assert world.main_revision(document_id) == 0
        kinds = [work.kind for work in deliver_unfinished(desk)]
    assert found.waits
    assert kinds[0] == BASE
    assert world.main_revision(document_id) == 2
    file = world.demo.store.document(document_id).files[0]
    assert file.converted_from is not None


def test_where_somebody_else_was_first_theirs_is_taken(world: World, tmp_path: Path) -> None:
    document_id, rewrite = world.draft(), Rewriting()
    with world.desk() as desk:
        old = desk.server.document(document_id)
        fetch_draft(desk, old)
        theirs = somebody_replaces(world, document_id, tmp_path)
        found = rebase(desk, old, old.main_file, rewrite)
        (work,) = desk.journal.works_of(document_id)
    assert found.document.main_file.sha256 == sha256_of(theirs)
    assert world.content(document_id) == theirs
    assert work.state is WorkState.DROPPED


def test_two_who_rewrite_at_once_leave_one_base(world: World, tmp_path: Path) -> None:
    document_id = world.draft()
    found: list[str] = []

    def one(name: str) -> None:
        with world.desk(store=tmp_path / name) as desk:
            found.append(rebased(desk, document_id, Rewriting()).document.main_file.sha256)

    threads = [threading.Thread(target=one, args=(name,)) for name in ("here", "there")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {sha256_of(world.content(document_id))}
    assert world.main_revision(document_id) == 1


def test_a_rewriting_that_fails_leaves_everything_as_it_was(world: World, tmp_path: Path) -> None:
    document_id = world.draft()
    before = world.content(document_id)

    def fail(original: Path, out: Path) -> None:
        out.write_bytes(original.read_bytes()[:100])
        raise AppError("convert.failed")

    with world.desk() as desk:
        document = desk.server.document(document_id)
        with pytest.raises(AppError, match=r"convert\.failed"):
            rebase(desk, document, document.main_file, fail)
        assert desk.journal.unfinished()[0].state is WorkState.PLANNED
        assert deliver_unfinished(desk) == ()
    assert world.content(document_id) == before
    assert not list((tmp_path / LEADER.key / "aside").rglob("*.pdf"))


@pytest.mark.parametrize("step", range(1, 8))
def test_a_crash_after_any_step_repeats_nothing_and_loses_nothing(world: World, step: int) -> None:
    document_id, rewrite = world.draft(), Rewriting()
    with world.desk() as desk:
        wire = Tripwire(step)
        try:
            rebased(wire.around(desk), document_id, rewrite)
        except KilledError:
            pass
        else:
            pytest.fail(f"there are {len(wire.trace)} steps")
    with world.desk() as desk:
        found = rebased(desk, document_id, rewrite)
        keys = {call.headers["idempotency-key"] for call in world.faults.seen("/revisions", "POST")}
        sign(world, desk, found.document)
        assert desk.journal.unfinished() == ()
    assert rewrite.times == (2 if step == 4 else 1)  # it died between making the base and noting it
    assert len(keys) == 1
    assert world.main_revision(document_id) == 2


def test_a_new_base_takes_these_steps(world: World) -> None:
    document_id, wire = world.draft(), Tripwire()
    with world.desk() as desk:
        rebased(wire.around(desk), document_id, Rewriting())
    assert wire.trace == [
        "server.download",
        "files.adopt",
        "journal.begin_base",
        "files.adopt",
        "journal.signed",
        "server.upload_base",
        "journal.accepted",
    ]


def test_nothing_of_a_secret_document_is_rewritten(world: World, tmp_path: Path) -> None:
    document_id = world.draft("cong-van-mat", secrecy=Secrecy.CONFIDENTIAL)
    content, rewrite = world.content(document_id), Rewriting()
    with world.desk() as desk:
        with pytest.raises(AppError, match=r"workflow\.secret"):
            rebased(desk, document_id, rewrite)
        assert desk.journal.works_of(document_id) == ()
    assert rewrite.times == 0
    assert not any(content[:200] in found for found in files_below(tmp_path))


def test_a_document_before_the_clerk_takes_no_new_base(world: World) -> None:
    document_id, rewrite = world.to_issue(), Rewriting()
    with world.desk(CLERK) as desk, pytest.raises(AppError, match=r"workflow\.base_not_taken"):
        rebased(desk, document_id, rewrite)
    assert rewrite.times == 0


def test_a_base_that_the_server_refuses_for_good_is_not_sent_again(world: World) -> None:
    document_id = world.draft()

    def too_strange(original: Path, out: Path) -> None:
        out.write_bytes(b"no PDF " + original.read_bytes())

    with world.desk() as desk:
        document = desk.server.document(document_id)
        with pytest.raises(AppError, match=r"server\.invalid"):
            rebase(desk, document, document.main_file, too_strange)
        assert desk.journal.unfinished() == ()


def test_a_drafter_who_sends_the_same_original_again_gets_a_new_base(world: World) -> None:
    document_id, rewrite = world.draft(), Rewriting()
    with world.desk() as desk:
        old = desk.server.document(document_id)
        original = desk.files.path_of(fetch_draft(desk, old).shown_sha256)
        first = rebase(desk, old, old.main_file, rewrite).document.main_file
        desk.server.upload_base(
            document_id,
            "f1",
            converted=original,
            original_sha256=first.sha256,
            idempotency_key="again",
        )
        again = desk.server.document(document_id)
        found = rebase(desk, again, again.main_file, rewrite)
    assert rewrite.times == 1
    assert found.document.main_file.sha256 == first.sha256
    assert world.main_revision(document_id) == 3


def test_a_server_that_is_away_keeps_the_base_here(world: World) -> None:
    document_id = world.draft()
    world.faults.add(Fault(FaultKind.DROP, "/revisions", "POST"))
    with world.desk() as desk:
        found = rebased(desk, document_id, Rewriting())
        assert found.waits
        assert desk.files.holds(found.document.main_file.sha256)
    assert world.main_revision(document_id) == 0
