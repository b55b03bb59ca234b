"""Facts about an initialler's workplace and a clerk's who makes copies, in an office whose rules have both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.bootstrap import Processes
from app.demo.office.store import OfficeStore
from app.demo.opening import DemoOffice
from app.demo.people import AGENCY_SEAL, CHIEF, CLERK, HEAD, LEADER, Holder
from app.errors import AppError
from app.rules import load_profile
from app.workplace.records import CopyProposal, Order, OrderKind, Paper, Progress, Step
from app.workplace.workplace import Workplace
from signing.fields import look
from signing.terms import SignatureKind, Verdict
from tests.integration.workflow.world import OpenOffice
from tests.integration.workplace.workplaces import (
    Workplaces,
    carried_out,
    endings,
    sign_order,
    to_sign,
)


@pytest.fixture(scope="module")
def demo(office: OpenOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    """The same people with their tokens and drafts, in an office with other rules and a server of its own."""
    kept, profile = office.demo.store.office, load_profile("nd30-2020")
    rules = replace(kept, rule_profile=profile.id)
    with OfficeStore(tmp_path_factory.mktemp("nd30"), rules) as store:
        yield replace(office.demo, profile=profile, store=store)


@pytest.fixture(scope="module")
def processes(demo: DemoOffice) -> Iterator[Processes]:
    settings = demo.settings_of(LEADER)
    with Processes.of(settings, environment=demo.token_environment) as started:
        yield started


def to_initial(workplace: Workplace, document_id: str) -> Order:
    """Open a draft, look at the ký nháy that is proposed, and agree to it."""
    paper = workplace.open(document_id)
    proposal = workplace.propose_initial(paper)
    return Order(
        OrderKind.INITIAL,
        document_id,
        paper.document.abstract,
        {paper.main.ref.file_id: paper.main.sha256},
        proposal.box,
        proposal.signer,
    )


def initial(
    places: Workplaces, workplace: Workplace, order: Order, holder: Holder
) -> list[Progress]:
    return carried_out(workplace, places.key(workplace, order, holder), order)


def copy_order(paper: Paper, proposal: CopyProposal) -> Order:
    files = (paper.main, *(corner.file for corner in proposal.attachments))
    return Order(
        OrderKind.COPY,
        paper.document.document_id,
        paper.document.abstract,
        {file.ref.file_id: file.sha256 for file in files},
        proposal.box,
        form=proposal.form,
    )


def test_a_draft_is_initialled_and_goes_on_to_the_next(places: Workplaces) -> None:
    document_id = places.world.draft(initiallers=(HEAD, CHIEF))
    with places.of(HEAD) as workplace:
        assert document_id in {task.document_id for task in workplace.sync()}
        told = initial(places, workplace, to_initial(workplace, document_id), HEAD)
    with places.of(CHIEF) as workplace:
        waits = {task.document_id for task in workplace.sync()}
    assert [item.step for item in told] == [Step.SIGNING, Step.JUDGING, Step.SENDING, Step.DONE]
    assert document_id in waits


def test_the_proposal_says_place_size_and_the_blanks_that_become_fields(places: Workplaces) -> None:
    document_id = places.world.draft(initiallers=(HEAD,))
    with places.of(HEAD) as workplace:
        proposal = workplace.propose_initial(workplace.open(document_id))
    assert proposal.box is not None
    assert (proposal.box.kind, proposal.size_mm) == (SignatureKind.INITIAL, (12.0, 6.0))
    assert {item.which for item in proposal.blanks} == {"number", "day", "month"}
    assert (proposal.signer, proposal.is_signed) == (HEAD.common_name, False)


def test_the_mark_can_be_looked_at_before_it_is_given(places: Workplaces) -> None:
    document_id = places.world.draft(initiallers=(HEAD,))
    with places.of(HEAD) as workplace:
        paper = workplace.open(document_id)
        box = workplace.propose_initial(paper).box
        assert box is not None
        picture = workplace.preview(paper, box, 254)
    assert (picture.width_px, picture.height_px) == pytest.approx((120, 60), abs=1)
    alphas = picture.pixels[3::4]
    assert 0 in alphas
    assert max(alphas) == 255


def test_nobody_gives_a_second_mark(places: Workplaces) -> None:
    document_id = places.world.draft(initiallers=(HEAD, CHIEF))
    with places.of(HEAD) as workplace:
        initial(places, workplace, to_initial(workplace, document_id), HEAD)
        with pytest.raises(AppError, match=r"workflow\.already_signed"):
            workplace.propose_initial(workplace.open(document_id))


def test_a_mark_given_offline_is_kept_and_goes_on_when_the_server_is_back(
    places: Workplaces,
) -> None:
    document_id = places.world.draft(initiallers=(HEAD,))
    with places.of(HEAD) as workplace:
        order = to_initial(workplace, document_id)
        key = places.key(workplace, order, HEAD)
        places.lose_the_server()
        told = carried_out(workplace, key, order)
        places.find_the_server()
        assert workplace.send_waiting() == ()
    assert endings(told)[0][0] is Step.KEPT
    assert places.world.demo.store.document(document_id).state == "to_sign"


def test_a_head_of_office_initials_what_the_head_also_signs(places: Workplaces) -> None:
    document_id = places.world.draft("cong-van-tl", signers=(CHIEF,), initiallers=(CHIEF,))
    with places.of(CHIEF) as workplace:
        initial(places, workplace, to_initial(workplace, document_id), CHIEF)
        order = to_sign(workplace, document_id)
        told = carried_out(workplace, places.key(workplace, order, CHIEF), order)
    path = places.world.demo.store.content_path(document_id, "f1")
    assert endings(told) == [(Step.DONE, None)]
    assert [item.name for item in look(path).signatures] == ["KyNhay", "LanhDao"]


def test_another_order_than_the_kind_of_the_queue_signs_nothing(places: Workplaces) -> None:
    document_id = places.world.draft(initiallers=(CHIEF,), signers=(LEADER,))
    with places.of(CHIEF) as workplace:
        paper = workplace.open(document_id)
        with pytest.raises(AppError, match=r"workflow\.wrong_signer"):
            sign_order(paper, workplace.propose_signing(paper))


def test_a_clerk_makes_a_copy_of_a_scan_and_it_goes_out(places: Workplaces) -> None:
    document_id = places.world.draft("sao-y", signers=())
    with places.of(CLERK) as workplace:
        paper = workplace.open(document_id)
        proposal = workplace.propose_copy(paper, "sao_luc")
        order = copy_order(paper, proposal)
        assert proposal.box is not None
        picture = workplace.preview(paper, proposal.box, 254, "sao_luc")
        told = carried_out(workplace, places.key(workplace, order, AGENCY_SEAL), order)
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    assert (proposal.problem, proposal.notes) == (None, ())
    assert endings(told) == [(Step.DONE, None)]
    assert max(picture.pixels[3::4]) == 255
    assert (review.report.verdict, list(review.boxes)) == (Verdict.VALID, ["SaoY"])
    assert places.world.demo.store.document(document_id).state == "published"


def test_a_copy_that_is_no_copy_is_told_before_the_pin(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        proposal = workplace.propose_copy(workplace.open(document_id))
    assert proposal.problem is not None
    assert proposal.problem.code == "workflow.copy_of_own_draft"
