"""Facts about ký nháy before the leader's signature, on real tokens, processes and HTTP."""

from __future__ import annotations

import pytest

from app.demo.people import CHIEF, CLERK, HEAD, LEADER, Holder
from app.errors import AppError
from app.workflow.initial import plan_initial
from app.workflow.office import Office
from app.workflow.plan import WorkState
from app.workflow.routing import pass_on
from app.workflow.sign_draft import SignedDraft, open_draft, resume_draft, sign_draft
from pdf.placement import propose
from pdf.places import PlaceKind
from signing.fields import look
from signing.request import UserBox
from signing.terms import SignatureKind, Verdict
from tests.integration.signing.office import told
from tests.integration.workflow.world import World

DECREE = "nd30-2020"


def initial(world: World, desk: Office, document_id: str, holder: Holder) -> SignedDraft:
    certificate = world.certificate(holder.key)
    draft = open_draft(desk, document_id)
    plan, _ = plan_initial(desk, draft, certificate, desk.server.me())
    return sign_draft(desk, draft, plan)


def initialled(world: World, *holders: Holder) -> str:
    """Bring a new draft through its chain."""
    document_id = world.draft(initiallers=holders)
    for holder in holders:
        with world.desk(holder, profile_id=DECREE) as desk:
            initial(world, desk, document_id, holder)
    return document_id


def share(one: UserBox, other: UserBox) -> bool:
    return (
        one.left_pt < other.right_pt
        and other.left_pt < one.right_pt
        and one.bottom_pt < other.top_pt
        and other.bottom_pt < one.top_pt
    )


def test_two_initials_and_the_leader_stay_valid_under_number_and_seal(world: World) -> None:
    document_id = initialled(world, HEAD, CHIEF)
    with world.desk(profile_id=DECREE) as desk:
        assert world.sign(desk, document_id).document.state == "to_issue"
    with world.desk(CLERK, profile_id=DECREE) as desk:
        world.issue(desk, document_id)
        path = world.demo.store.content_path(document_id, "f1")
        report = desk.bench.judge.verify(path).result()
    assert [(item.field, item.verdict) for item in report.signatures] == [
        (name, Verdict.VALID) for name in ("KyNhay", "KyNhay_2", "LanhDao", "ConDau")
    ]
    assert told("pdfsig", "-nocert", path).count("Signature is Valid.") == 4
    assert "No syntax or stream encoding errors found" in told("qpdf", "--check", path)


def test_the_second_mark_does_not_stand_on_the_first(world: World) -> None:
    document_id = initialled(world, HEAD, CHIEF)
    first, second = look(world.demo.store.content_path(document_id, "f1")).signatures
    assert first.box is not None
    assert second.box is not None
    assert first.page_index == second.page_index
    assert not share(first.box, second.box)


def test_whoever_comes_first_prepares_number_and_date(world: World) -> None:
    document_id = initialled(world, HEAD)
    facts = look(world.demo.store.content_path(document_id, "f1"))
    assert facts.open_fields == ("VT_SO", "VT_NGAY", "VT_THANG")
    assert [item.name for item in facts.signatures] == ["KyNhay"]


def test_a_draft_goes_from_hand_to_hand_as_each_gives_the_mark(world: World) -> None:
    document_id = world.draft(initiallers=(HEAD, CHIEF))
    states = []
    for holder in (HEAD, CHIEF):
        with world.desk(holder, profile_id=DECREE) as desk:
            states.append(initial(world, desk, document_id, holder).document.state)
    assert states == ["to_initial", "to_sign"]


def test_an_office_without_initials_refuses_one_before_the_pin_and_passes_the_draft_on(
    world: World,
) -> None:
    document_id = world.draft(initiallers=(HEAD,))
    with world.desk(HEAD) as desk:
        with pytest.raises(AppError) as caught:
            initial(world, desk, document_id, HEAD)
        assert pass_on(desk, document_id).state == "to_sign"
    assert caught.value.code == "workflow.no_initials"
    assert world.main_revision(document_id) == 0


def test_nobody_gives_the_mark_with_another_persons_certificate(world: World) -> None:
    document_id = world.draft(initiallers=(HEAD,))
    with world.desk(HEAD, profile_id=DECREE) as desk:
        certificate = world.certificate(CHIEF.key)
        draft = open_draft(desk, document_id)
        with pytest.raises(AppError, match=r"workflow\.not_my_certificate"):
            plan_initial(desk, draft, certificate, desk.server.me())


def test_a_draft_that_waits_for_the_leader_gets_no_more_initials(world: World) -> None:
    document_id = world.draft()
    with world.desk(CHIEF, profile_id=DECREE) as desk, world.desk() as leader:
        draft = open_draft(leader, document_id)
        with pytest.raises(AppError, match=r"workflow\.nothing_to_initial"):
            plan_initial(desk, draft, world.certificate(CHIEF.key), desk.server.me())


@pytest.mark.parametrize("call", ["/revisions", "/forward"])
def test_a_mark_whose_answer_was_lost_goes_on_as_one_mark(world: World, call: str) -> None:
    document_id = world.draft(initiallers=(HEAD, CHIEF))
    with world.desk(HEAD, profile_id=DECREE) as desk:
        world.lose_answers(call)
        with pytest.raises(AppError, match=r"server\.unreachable"):
            initial(world, desk, document_id, HEAD)
        moved = resume_draft(desk, document_id, SignatureKind.INITIAL)
        (work,) = desk.journal.works_of(document_id)
    assert moved is not None
    assert work.state is WorkState.ACCEPTED
    names = [
        item.name for item in look(world.demo.store.content_path(document_id, "f1")).signatures
    ]
    assert names == ["KyNhay"]
    with world.desk(CHIEF, profile_id=DECREE) as desk:
        assert initial(world, desk, document_id, CHIEF).document.state == "to_sign"


def test_the_mark_stands_behind_the_last_words_of_the_body(world: World) -> None:
    document_id = world.draft(initiallers=(HEAD,))
    before = world.demo.folder / "drafts" / "cong-van" / "cong-van.pdf"
    with world.desk(HEAD, profile_id=DECREE) as desk:
        rules = desk.bench.profile.placement()
        found = propose(before, PlaceKind.INITIAL, rules, LEADER.common_name)[0]
        draft = open_draft(desk, document_id)
        certificate = world.certificate(HEAD.key)
        _, planned = plan_initial(desk, draft, certificate, desk.server.me())
    assert planned.place.box_mm == found.box_mm
    assert planned.place.reason == "after the last words of the body"
    assert (planned.place.box_mm.width_mm, planned.place.box_mm.height_mm) == pytest.approx((12, 6))
