"""Facts about a clerk's workplace: numbered, sealed and published as it was shown, once."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.clock import system_clock, vietnam_date
from app.demo.drafts import sample_incoming
from app.demo.people import AGENCY_SEAL, CLERK, LEADER
from app.errors import AppError
from app.store import open_signatories
from app.workflow.documents import Arrival
from app.workplace.records import Order, OrderKind, Step
from app.workplace.workplace import Workplace
from signing.terms import SignatureKind, Verdict
from tests.integration.workplace.workplaces import (
    Workplaces,
    carried_out,
    endings,
    issue_order,
    to_issue,
)

ARRIVAL = Arrival("Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18))


def test_a_document_is_proposed_numbered_sealed_and_published(places: Workplaces) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    store = places.world.demo.store
    with places.of(CLERK) as workplace:
        paper = workplace.open(document_id)
        proposal = workplace.propose_issue(paper)
        told = places.issue(workplace, issue_order(paper, proposal))
        main = workplace.review(store.content_path(document_id, "f1"))
        annex = workplace.review(store.content_path(document_id, "f2"))
    published = store.document(document_id)
    number = f"{published.number}/{published.symbol}"
    assert [(item.step, item.detail) for item in told] == [
        (Step.NUMBERING, None),
        (Step.SEALING, number),
        (Step.ATTACHMENTS, number),
        (Step.SENDING, number),
        (Step.DONE, number),
    ]
    assert published.state == "published"
    assert (proposal.leader_problem, proposal.number) == (None, None)
    assert proposal.issue_date == vietnam_date(system_clock())
    assert {main.report.verdict, annex.report.verdict} == {Verdict.VALID}
    assert proposal.seal is not None
    assert main.boxes["ConDau"][1].left_mm == pytest.approx(proposal.seal.box_mm.left_mm, abs=0.1)
    corner = proposal.attachments[0].box
    assert corner is not None
    assert annex.boxes["VanBanKemTheo"][1].top_mm == pytest.approx(corner.box_mm.top_mm, abs=0.1)


def test_the_proposal_shows_the_fields_that_will_be_filled(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        proposal = workplace.propose_issue(workplace.open(document_id))
    assert len(proposal.blanks) >= 3
    assert {blank.kind for blank in proposal.blanks} == {SignatureKind.NUMBER}


def test_the_seal_stands_where_the_clerk_dragged_it(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        assert order.box is not None
        dragged = replace(order.box, box_mm=order.box.box_mm.moved_by(-3, 1))
        places.issue(workplace, replace(order, box=dragged))
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    assert review.boxes["ConDau"][1].left_mm == pytest.approx(dragged.box_mm.left_mm, abs=0.1)


def test_a_document_without_its_leader_s_signature_says_so(places: Workplaces) -> None:
    unsigned = places.world.draft()
    with places.of() as workplace:
        paper = workplace.open(unsigned)
    with places.of(CLERK) as workplace:
        problem = workplace.propose_issue(paper).leader_problem
    assert problem is not None
    assert problem.code == "workflow.leader_signature_missing"


@pytest.mark.parametrize("file_id", ["f1", "f2"])
def test_no_number_is_taken_for_what_was_not_shown(places: Workplaces, file_id: str) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    with places.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        other = replace(order, shown={**order.shown, file_id: "0" * 64})
        told = places.issue(workplace, other)
    assert endings(told) == [(Step.FAILED, "workflow.not_what_was_shown")]
    assert places.world.demo.store.document(document_id).number is None


def test_no_number_is_taken_by_a_personal_certificate(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        wrong = workplace.choose_key(workplace.tokens(), replace(order, kind=OrderKind.SIGN))
        told = carried_out(workplace, wrong, order)
    assert endings(told) == [(Step.FAILED, "workflow.not_the_agency")]
    assert places.world.demo.store.document(document_id).number is None


def issued_once(places: Workplaces, document_id: str, number: str | None) -> bool:
    paper = places.world.demo.store.document(document_id)
    actions = [step.action for step in paper.history]
    return (
        (paper.state, paper.number) == ("published", number)
        and (actions.count("number"), actions.count("publish")) == (1, 1)
        and [file.revision for file in paper.files] == [2, *(1 for _ in paper.files[1:])]
    )


@pytest.mark.parametrize("call", ["/revisions", "/forward"])
def test_a_document_that_was_sealed_and_not_sent_is_published_later(
    places: Workplaces, call: str
) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        workplace.sync()
        order = to_issue(workplace, document_id)
        places.world.break_calls(call)
        told = places.issue(workplace, order)
        number = places.world.demo.store.document(document_id).number
        assert workplace.send_waiting() == ()
    assert endings(told) == [(Step.KEPT, "server.unreachable")]
    assert issued_once(places, document_id, number)


@pytest.mark.parametrize("call", ["/number", "/f1/revisions", "/f2/revisions", "/forward"])
def test_an_issue_whose_answer_was_lost_goes_on_when_it_is_ordered_again(
    places: Workplaces, call: str
) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    with places.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        places.world.lose_answers(call)
        places.issue(workplace, order)
        number = places.world.demo.store.document(document_id).number
        again = places.issue(workplace, order)
    assert endings(again) == [(Step.DONE, None)]
    assert issued_once(places, document_id, number)


def test_an_issue_that_was_broken_off_shows_its_seal_and_number_and_goes_on(
    places: Workplaces,
) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    with places.of(CLERK) as workplace:
        first = to_issue(workplace, document_id)
        places.world.break_calls("/f2/revisions")
        places.issue(workplace, first)
        number = places.world.demo.store.document(document_id).number
        paper = workplace.open(document_id)
        proposal = workplace.propose_issue(paper)
        told = places.issue(workplace, issue_order(paper, proposal))
    assert (proposal.number, proposal.leader_problem) == (number, None)
    assert first.box is not None
    assert proposal.seal is not None
    assert proposal.seal.box_mm.left_mm == pytest.approx(first.box.box_mm.left_mm, abs=0.1)
    assert endings(told) == [(Step.DONE, None)]
    assert issued_once(places, document_id, number)


def test_an_attachment_that_is_still_to_be_sealed_is_left_to_the_clerk(places: Workplaces) -> None:
    document_id = places.world.to_issue("cong-van-phu-luc")
    with places.of(CLERK) as workplace:
        order = to_issue(workplace, document_id)
        places.world.break_calls("/f1/revisions")
        places.issue(workplace, order)
        assert workplace.send_waiting() == ()
        assert places.world.main_revision(document_id) == 2
        assert places.world.demo.store.document(document_id).state == "to_issue"
        assert endings(places.issue(workplace, order)) == [(Step.DONE, None)]


def test_the_agency_s_key_is_chosen_by_what_the_server_knows(places: Workplaces) -> None:
    order = Order(OrderKind.ISSUE, "d1", "", {}, None)
    with places.of(CLERK) as workplace:
        key = workplace.choose_key(workplace.tokens(), order)
    assert key.certificate.sha256 == places.world.demo.tokens[AGENCY_SEAL.key].certificate_sha256


def test_a_document_is_returned_with_its_reason(places: Workplaces) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        with pytest.raises(AppError, match=r"workflow\.reason_missing"):
            workplace.send_back(document_id, " ")
        assert workplace.send_back(document_id, "Sai thể thức").state == "returned"


def came_in(places: Workplaces, name: str = "den.pdf") -> Path:
    path = places.world.folder / name
    sample_incoming()[0].file.build(path)
    return path


def to_register(workplace: Workplace, path: Path) -> Order:
    """Judge a file that came in, fill in the register's form, and agree to the block."""
    sha256 = workplace.review(path).report.sha256
    assert sha256 is not None
    return Order(
        OrderKind.INCOMING,
        sha256,
        ARRIVAL.abstract,
        {sha256: sha256},
        None,
        arrival=ARRIVAL,
        path=path,
    )


def test_what_came_in_is_registered_with_the_agency_s_block_and_passed_on(
    places: Workplaces,
) -> None:
    store = places.world.demo.store
    before = store.documents()
    with places.of(CLERK) as workplace:
        assert workplace.signs_incoming()
        told = places.issue(workplace, to_register(workplace, came_in(places)))
        (document_id,) = set(store.documents()) - set(before)
        review = workplace.review(store.content_path(document_id, "f1"))
        passed_on = workplace.pass_on(document_id, "Chuyển xử lý")
    number = store.document(document_id).number
    assert [(item.step, item.detail) for item in told] == [
        (Step.NUMBERING, None),
        (Step.SEALING, number),
        (Step.SENDING, number),
        (Step.DONE, number),
    ]
    assert review.report.verdict is Verdict.VALID
    block = review.report.signatures[-1]
    assert (block.kind, block.verdict) == (SignatureKind.INCOMING, Verdict.VALID)
    assert passed_on.state == "received"


def test_a_register_pressed_twice_takes_one_number(places: Workplaces) -> None:
    store = places.world.demo.store
    before = store.documents()
    with places.of(CLERK) as workplace:
        order = to_register(workplace, came_in(places))
        first = places.issue(workplace, order)
        again = places.issue(workplace, order)
    (document_id,) = set(store.documents()) - set(before)
    assert endings(first) == endings(again) == [(Step.DONE, None)]
    assert {first[-1].detail, again[-1].detail} == {store.document(document_id).number}
    assert places.world.main_revision(document_id) == 1


@pytest.mark.parametrize("call", ["/incoming", "/revisions"])
def test_a_registration_whose_answer_was_lost_goes_on_with_its_number(
    places: Workplaces, call: str
) -> None:
    store = places.world.demo.store
    before = store.documents()
    with places.of(CLERK) as workplace:
        order = to_register(workplace, came_in(places))
        places.world.lose_answers(call)
        places.issue(workplace, order)
        again = places.issue(workplace, order)
        assert workplace.waiting() == ()
    (document_id,) = set(store.documents()) - set(before)
    assert endings(again) == [(Step.DONE, None)]
    assert again[-1].detail == store.document(document_id).number
    assert places.world.main_revision(document_id) == 1


def test_a_block_that_could_not_be_sent_is_kept_and_sent_later(places: Workplaces) -> None:
    store = places.world.demo.store
    before = store.documents()
    with places.of(CLERK) as workplace:
        order = to_register(workplace, came_in(places))
        places.world.break_calls("/revisions")
        told = places.issue(workplace, order)
        assert [item.kind for item in workplace.waiting()] == ["incoming"]
        assert workplace.send_waiting() == ()
    (document_id,) = set(store.documents()) - set(before)
    assert endings(told) == [(Step.KEPT, "server.unreachable")]
    assert places.world.main_revision(document_id) == 1


def test_a_file_that_changed_since_it_was_judged_takes_no_number(places: Workplaces) -> None:
    path = came_in(places)
    with places.of(CLERK) as workplace:
        order = to_register(workplace, path)
        path.write_bytes(path.read_bytes() + b"\n")
        told = places.issue(workplace, order)
        with pytest.raises(AppError, match=r"workflow\.not_what_was_shown"):
            workplace.register_incoming(path, ARRIVAL, order.document_id)
    assert endings(told) == [(Step.FAILED, "workflow.not_what_was_shown")]
    assert places.world.faults.seen("/incoming") == ()


def test_no_incoming_block_is_put_by_a_personal_certificate(places: Workplaces) -> None:
    with places.of(CLERK) as workplace:
        order = to_register(workplace, came_in(places))
        wrong = workplace.choose_key(workplace.tokens(), replace(order, kind=OrderKind.SIGN))
        told = carried_out(workplace, wrong, order)
    assert endings(told) == [(Step.FAILED, "workflow.not_the_agency")]
    assert places.world.faults.seen("/incoming") == ()


def test_an_opened_document_puts_its_signers_and_the_agency_into_the_register(
    places: Workplaces,
) -> None:
    document_id = places.world.to_issue()
    with places.of(CLERK) as workplace:
        workplace.open(document_id)
    with closing(open_signatories(places.world.folder / CLERK.key)) as register:
        known = register.all()
    assert known[0].name == AGENCY_SEAL.common_name
    assert LEADER.common_name in {item.name for item in known if not item.is_agency}
