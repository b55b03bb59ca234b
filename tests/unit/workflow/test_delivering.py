"""Facts about signing, keeping and sending: never twice, never lost, never stuck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.workflow.delivering import already_signed, deliver, deliver_unfinished, sign_and_keep
from app.workflow.evidence import Evidence
from app.workflow.flow import Flow, FlowState
from app.workflow.plan import SigningPlan, Work, WorkState
from app.workflow.sign_draft import OpenDraft, open_draft, plan_draft, resume_draft, sign_draft
from signing.errors import SigningError
from signing.terms import SignatureKind
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import DRAFT, FakeServices, sha256_of, signatures_in
from tests.fakes.records import certificate

ANOTHER_DRAFT = b"%PDF-1.7 what somebody else put there\n"


def opened(desk: Desk) -> tuple[OpenDraft, SigningPlan]:
    draft = open_draft(desk.office, "d1")
    return draft, plan_draft(desk.office, draft, certificate())[0]


def signed(desk: Desk) -> Work:
    return sign_and_keep(desk.office, opened(desk)[1])[0]


def replace_on_the_server(desk: Desk, content: bytes = ANOTHER_DRAFT) -> None:
    main = replace(desk.server.paper.main_file, sha256=sha256_of(content), size_bytes=len(content))
    desk.server.content = content
    desk.server.paper = replace(desk.server.paper, files=(main,), etag="v9")


def test_what_was_shown_is_what_is_signed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    draft, plan = opened(desk)
    sign_draft(desk.office, draft, plan)
    assert draft.path.read_bytes() == DRAFT
    assert draft.shown_sha256 == desk.token.made[0].base_sha256 == sha256_of(DRAFT)
    assert desk.server.content.startswith(DRAFT)


def test_calling_again_signs_nothing_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    _, plan = opened(desk)
    first, _ = sign_and_keep(desk.office, plan)
    second, notes = sign_and_keep(desk.office, plan)
    assert (second, notes) == (first, ())
    assert len(desk.token.made) == 1


def test_a_repeated_upload_has_the_same_key_and_makes_one_revision(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    work = signed(desk)
    first = deliver(desk.office, work)
    again = deliver(desk.office, work)
    assert first == again
    assert [item.key for item in desk.server.uploads] == [work.upload_key]


def test_accepted_work_is_not_sent_again(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    work = deliver(desk.office, signed(desk))
    desk.server.refuse("upload", "server.failed")
    assert deliver(desk.office, work) == work


def test_unsigned_work_cannot_be_sent(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    work = desk.journal.begin(opened(desk)[1])
    with pytest.raises(AppError, match=r"workflow\.not_signed"):
        deliver(desk.office, work)


def test_a_refusal_of_the_token_is_noted_and_the_draft_stays(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.token.refuse = SigningError("token.removed")
    with pytest.raises(SigningError):
        signed(desk)
    assert desk.journal.failures == ["token.removed"]
    assert [work.state for work in desk.journal.unfinished()] == [WorkState.PLANNED]
    assert desk.files.path_of(sha256_of(DRAFT)).read_bytes() == DRAFT


def test_the_server_being_away_keeps_the_signature_for_later(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    draft, plan = opened(desk)
    desk.server.refuse("upload", "server.unreachable")
    told: list[Flow] = []
    with pytest.raises(AppError, match=r"server\.unreachable"):
        sign_draft(desk.office, draft, plan, told.append)
    assert (told[-1].state, told[-1].code) == (FlowState.SIGNED, "server.unreachable")
    (done,) = deliver_unfinished(desk.office)
    assert done.state is WorkState.ACCEPTED
    assert len(desk.token.made) == 1


def test_the_flow_tells_every_state_in_its_order(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    draft, plan = opened(desk)
    told: list[Flow] = []
    sign_draft(desk.office, draft, plan, told.append)
    assert [flow.state.value for flow in told] == [
        "signing",
        "judging",
        "signed",
        "sending",
        "accepted",
    ]


def test_a_failure_before_the_signature_is_told_with_its_code(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    draft, plan = opened(desk)
    desk.token.refuse = SigningError("token.removed")
    told: list[Flow] = []
    with pytest.raises(SigningError):
        sign_draft(desk.office, draft, plan, told.append)
    assert (told[-1].state, told[-1].code) == (FlowState.FAILED, "token.removed")


def test_somebody_else_being_first_is_said_and_the_signed_file_is_kept(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    work = signed(desk)
    replace_on_the_server(desk)
    with pytest.raises(AppError, match=r"server\.conflict"):
        deliver(desk.office, work)
    assert desk.server.content == ANOTHER_DRAFT
    assert signatures_in(desk.files.path_of(work.signed_sha256 or "").read_bytes())


@pytest.mark.parametrize("code", ["server.conflict", "server.withdrawn", "server.signature_exists"])
def test_work_that_the_server_will_never_take_is_given_up_once(tmp_path: Path, code: str) -> None:
    desk = desk_of(tmp_path)
    work = signed(desk)
    desk.server.refuse("upload", code)
    with pytest.raises(AppError, match=code):
        deliver_unfinished(desk.office)
    assert deliver_unfinished(desk.office) == ()
    (given_up,) = desk.journal.works
    assert (given_up.state, given_up.reason) == (WorkState.DROPPED, code)
    assert desk.files.holds(work.signed_sha256 or "")


def test_after_somebody_else_was_first_the_new_draft_can_be_signed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    work = signed(desk)
    replace_on_the_server(desk)
    with pytest.raises(AppError, match=r"server\.conflict"):
        deliver(desk.office, work)
    assert resume_draft(desk.office, "d1") is None
    draft, plan = opened(desk)
    sign_draft(desk.office, draft, plan)
    assert desk.server.content.startswith(ANOTHER_DRAFT)
    assert len(signatures_in(desk.server.content)) == 1


@pytest.mark.parametrize("code", ["server.unreachable", "server.failed", "server.sign_in_again"])
def test_work_is_not_given_up_for_a_refusal_that_passes(tmp_path: Path, code: str) -> None:
    desk = desk_of(tmp_path)
    signed(desk)
    desk.server.refuse("upload", code)
    with pytest.raises(AppError, match=code):
        deliver_unfinished(desk.office)
    assert [work.state for work in deliver_unfinished(desk.office)] == [WorkState.ACCEPTED]


def test_one_refused_work_does_not_hold_up_the_others(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    first = signed(desk)
    replace_on_the_server(desk)
    second = signed(desk)
    with pytest.raises(AppError, match=r"server\.conflict"):
        deliver_unfinished(desk.office)
    states = {work.work_id: work.state for work in desk.journal.works}
    assert states == {first.work_id: WorkState.DROPPED, second.work_id: WorkState.ACCEPTED}


def test_a_file_that_i_signed_is_known_by_its_hash(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    before = desk.server.paper.main_file
    deliver(desk.office, signed(desk))
    after = desk.server.paper.main_file
    assert already_signed(desk.office, "d1", before, SignatureKind.PERSONAL) is None
    found = already_signed(desk.office, "d1", after, SignatureKind.PERSONAL)
    assert found is not None
    assert found.signed_sha256 == after.sha256
    assert already_signed(desk.office, "d1", after, SignatureKind.SEAL) is None


def test_what_is_signed_but_not_sent_is_sent_before_anything_is_signed_again(
    tmp_path: Path,
) -> None:
    desk = desk_of(tmp_path)
    signed(desk)
    found = already_signed(desk.office, "d1", desk.server.paper.main_file, SignatureKind.PERSONAL)
    assert found is not None
    assert found.state is WorkState.ACCEPTED
    assert len(desk.server.uploads) == 1


def test_a_draft_that_i_never_signed_is_not_resumed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    assert resume_draft(desk.office, "d1") is None
    desk.journal.begin(opened(desk)[1])
    assert resume_draft(desk.office, "d1") is None


def test_a_resumed_draft_is_sent_and_handed_on(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    signed(desk)
    assert resume_draft(desk.office, "d1") is not None
    assert resume_draft(desk.office, "d1") is not None
    assert len(desk.server.uploads) == 1
    assert {action for action, _ in desk.server.moves} == {"to_clerk"}


class Book:
    """Keeps evidence, or cannot."""

    def __init__(self, refuse: AppError | None = None) -> None:
        self.kept: list[Evidence] = []
        self.refuse = refuse

    def keep(self, evidence: Evidence) -> None:
        if self.refuse is not None:
            raise self.refuse
        self.kept.append(evidence)


def test_a_signature_leaves_its_evidence_with_the_status_that_was_found(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    _, plan = opened(desk)
    book, services = Book(), FakeServices()
    bench = replace(desk.bench, services=services)
    work, notes = sign_and_keep(replace(desk.office, bench=bench, evidence=book), plan)
    (evidence,) = book.kept
    assert (evidence.signed_sha256, evidence.document_id) == (work.signed_sha256, "d1")
    assert evidence.status == services.says
    assert evidence.certificate_sha256 == plan.request.certificate_sha256
    assert notes == ()


def test_evidence_that_cannot_be_kept_costs_no_signature_and_is_told(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    book = Book(AppError("store.full", file="signing-evidence.db", detail=""))
    work, notes = sign_and_keep(replace(desk.office, evidence=book), opened(desk)[1])
    assert (work.state, notes) == (WorkState.SIGNED, ("evidence.not_kept",))
