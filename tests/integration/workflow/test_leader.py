"""Facts about the leader's step, on real tokens, processes and HTTP."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.office.faults import Fault, FaultKind
from app.demo.people import LEADER, PARTNER
from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.store import SqliteJournal
from app.workers.process import SupervisedProcess
from app.workflow.delivering import deliver_unfinished
from app.workflow.documents import Secrecy
from app.workflow.plan import WorkState
from app.workflow.sign_draft import open_draft, plan_draft, resume_draft, sign_draft
from signing.errors import SigningError
from signing.terms import Verdict
from tests.integration.workflow.world import World


def files_below(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def somebody_replaces(world: World, document_id: str, folder: Path) -> bytes:
    """Let the drafter's conversion arrive as a new base while the leader signs."""
    converted = folder / "converted.pdf"
    converted.write_bytes(world.content(document_id) + b"\n% converted\n")
    with world.desk(store=folder / "elsewhere") as elsewhere:
        assert isinstance(elsewhere.server, HttpDocumentServer)
        elsewhere.server.upload_base(
            document_id,
            "f1",
            converted=converted,
            original_sha256=elsewhere.server.document(document_id).main_file.sha256,
            idempotency_key=f"converted-{document_id}",
        )
    return converted.read_bytes()


def test_what_the_leader_read_is_what_the_server_then_holds_signed(world: World) -> None:
    document_id = world.draft()
    before = world.content(document_id)
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        signed = sign_draft(desk, draft, plan)
        report = desk.bench.judge.verify(world.demo.store.content_path(document_id, "f1")).result()
    after = world.content(document_id)
    assert hashlib.sha256(before).hexdigest() == draft.shown_sha256 == plan.request.base_sha256
    assert after.startswith(before)
    assert hashlib.sha256(after).hexdigest() == signed.signed_sha256
    assert [(item.field, item.verdict) for item in report.signatures] == [
        ("LanhDao", Verdict.VALID)
    ]
    assert signed.document.state == "to_issue"


def test_a_draft_changed_meanwhile_is_refused_and_the_signed_file_is_kept(
    world: World, tmp_path: Path
) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        replaced = somebody_replaces(world, document_id, tmp_path)
        with pytest.raises(AppError) as caught:
            sign_draft(desk, draft, plan)
        (work,) = desk.journal.works_of(document_id)
        kept = desk.files.path_of(work.signed_sha256 or "").read_bytes()
    assert caught.value.code == "server.conflict"
    assert caught.value.params["current_sha256"] == hashlib.sha256(replaced).hexdigest()
    assert world.content(document_id) == replaced
    assert kept.startswith(draft.path.read_bytes())


def test_after_a_draft_changed_the_new_one_can_be_signed(world: World, tmp_path: Path) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        replaced = somebody_replaces(world, document_id, tmp_path)
        with pytest.raises(AppError, match=r"server\.conflict"):
            sign_draft(desk, draft, plan)
        assert deliver_unfinished(desk) == ()
        assert world.sign_or_resume(desk, document_id).state == "to_issue"
    assert world.content(document_id).startswith(replaced)


def test_an_upload_whose_answer_was_lost_makes_one_revision(world: World) -> None:
    document_id = world.draft()
    world.lose_answers("/revisions")
    with world.desk() as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            world.sign(desk, document_id)
        assert resume_draft(desk, document_id) is not None
    keys = {call.headers["idempotency-key"] for call in world.faults.seen("/revisions", "POST")}
    assert len(world.faults.seen("/revisions", "POST")) == 2
    assert len(keys) == 1
    assert world.main_revision(document_id) == 1


def test_a_forward_whose_answer_was_lost_moves_the_document_once(world: World) -> None:
    document_id = world.draft()
    world.lose_answers("/forward")
    with world.desk() as desk:
        with pytest.raises(AppError, match=r"server\.unreachable"):
            world.sign(desk, document_id)
        document = resume_draft(desk, document_id)
    assert document is not None
    assert [step.action for step in document.history].count("to_clerk") == 1


@pytest.mark.parametrize(
    ("secrecy", "paper_only", "code"),
    [
        (Secrecy.CONFIDENTIAL, False, "workflow.secret"),
        (Secrecy.HIGHEST, True, "workflow.secret"),
        (Secrecy.NONE, True, "workflow.paper_only"),
    ],
)
def test_nothing_of_a_secret_or_paper_document_reaches_this_machine(
    world: World, tmp_path: Path, secrecy: Secrecy, paper_only: bool, code: str
) -> None:
    document_id = world.draft("cong-van-mat", secrecy=secrecy, paper_only=paper_only)
    content = world.content(document_id)
    with world.desk() as desk:
        with pytest.raises(AppError, match=code.replace(".", r"\.")):
            open_draft(desk, document_id)
        assert desk.journal.works_of(document_id) == ()
    assert not any(content[:200] in found for found in files_below(tmp_path))
    assert world.faults.seen("/content") == ()


def test_a_download_that_is_not_what_was_announced_is_refused(world: World, tmp_path: Path) -> None:
    document_id = world.draft()
    world.faults.add(Fault(FaultKind.CORRUPT, "/content", "GET"))
    with world.desk() as desk, pytest.raises(AppError, match=r"server\.hash_mismatch"):
        open_draft(desk, document_id)
    assert list((tmp_path / LEADER.key / "files").rglob("*.pdf")) == []
    with world.desk() as desk:
        assert open_draft(desk, document_id).path.read_bytes() == world.content(document_id)


@pytest.mark.parametrize("kind", [FaultKind.DROP, FaultKind.STATUS, FaultKind.GARBAGE])
def test_a_signature_made_while_the_server_is_away_is_sent_later(
    world: World, kind: FaultKind
) -> None:
    document_id = world.draft()
    world.faults.add(Fault(kind, "/revisions", "POST", status=502))
    with world.desk() as desk, pytest.raises(AppError):
        world.sign(desk, document_id)
    assert world.main_revision(document_id) == 0
    with world.desk() as desk:
        (done,) = deliver_unfinished(desk)
        assert done.state is WorkState.ACCEPTED
        assert hashlib.sha256(world.content(document_id)).hexdigest() == done.signed_sha256
        assert deliver_unfinished(desk) == ()


def test_a_joint_document_waits_for_its_second_signer(world: World) -> None:
    document_id = world.draft("ke-hoach-lien-tich", signers=(LEADER, PARTNER))
    with world.desk() as desk:
        first = world.sign(desk, document_id)
    with world.desk(PARTNER) as desk:
        certificate = world.certificate(PARTNER.key)
        draft = open_draft(desk, document_id)
        second = sign_draft(desk, draft, plan_draft(desk, draft, certificate)[0])
    assert (first.document.state, second.document.state) == ("to_sign", "to_issue")
    assert world.main_revision(document_id) == 2


def test_somebody_elses_token_is_refused_before_any_signature(world: World) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        draft = open_draft(desk, document_id)
        with pytest.raises(AppError, match=r"workflow\.wrong_signer"):
            plan_draft(desk, draft, world.certificate(PARTNER.key))
    assert world.main_revision(document_id) == 0


def test_a_token_process_killed_while_it_signs_is_told_and_asks_for_the_pin_again(
    world: World,
) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        kill_in_the_middle(world.processes.token._process)
        with pytest.raises(SigningError, match=r"token\.driver_crashed"):
            sign_draft(desk, draft, plan)
        with pytest.raises(SigningError, match=r"token\.not_open"):
            sign_draft(desk, draft, plan)
        world.open_token(LEADER.key)
        assert sign_draft(desk, draft, plan).document.state == "to_issue"
        (work,) = desk.journal.works_of(document_id)
        assert isinstance(desk.journal, SqliteJournal)
        assert desk.journal.failures_of(work.work_id) == ("token.driver_crashed", "token.not_open")
    assert world.main_revision(document_id) == 1


def test_a_render_process_killed_while_it_looks_is_told_and_comes_back(world: World) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        first, _ = plan_draft(desk, draft, certificate)
        kill_in_the_middle(world.processes.render._process)
        with pytest.raises(AppError, match=r"worker\.crashed"):
            plan_draft(desk, draft, certificate)
        again, _ = plan_draft(desk, draft, certificate)
    moment = first.request.signing_time
    assert replace(again.request, signing_time=moment) == first.request


def test_a_verify_process_killed_while_it_judges_is_told_and_nothing_was_signed(
    world: World,
) -> None:
    document_id = world.draft()
    with world.desk() as desk:
        certificate = world.certificate()
        draft = open_draft(desk, document_id)
        plan, _ = plan_draft(desk, draft, certificate)
        for worker in world.processes.verify._pool._workers:
            kill_in_the_middle(worker)
        with pytest.raises(AppError, match=r"worker\.crashed"):
            sign_draft(desk, draft, plan)
        (work,) = desk.journal.works_of(document_id)
        assert (work.state, work.signed_sha256) == (WorkState.PLANNED, None)
        assert sign_draft(desk, draft, plan).document.state == "to_issue"
    assert world.main_revision(document_id) == 1


def kill_in_the_middle(worker: SupervisedProcess) -> None:
    """Freeze a process, so that its next call cannot end, and kill it while that call waits."""
    if worker.pid is not None:
        os.kill(worker.pid, signal.SIGSTOP)
        threading.Timer(0.2, os.kill, (worker.pid, signal.SIGKILL)).start()
