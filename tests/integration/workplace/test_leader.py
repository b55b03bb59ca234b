"""Facts about a leader's workplace, on real tokens, processes and HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.demo.people import LEADER, PARTNER
from app.errors import AppError
from app.server.client import HttpDocumentServer
from app.workflow.documents import Secrecy
from app.workplace.records import Step
from pdf.geometry import BoxMm
from signing.errors import SigningError
from signing.profile import VerificationProfile
from signing.terms import PadesLevel, SignatureKind, Verdict
from signing.token.pin import Pin
from tests.integration.workplace.workplaces import (
    Workplaces,
    carried_out,
    endings,
    sign_order,
    to_sign,
)

SCAN = "ke-hoach-scan"


def somebody_replaces(places: Workplaces, document_id: str) -> None:
    """Let the drafter's conversion arrive as a new base."""
    world = places.world
    converted = world.folder / f"{document_id}.pdf"
    converted.write_bytes(world.content(document_id) + b"\n% converted\n")
    with world.desk(store=world.folder / "elsewhere") as elsewhere:
        assert isinstance(elsewhere.server, HttpDocumentServer)
        elsewhere.server.upload_base(
            document_id,
            "f1",
            converted=converted,
            original_sha256=elsewhere.server.document(document_id).main_file.sha256,
            idempotency_key=f"converted-{document_id}",
        )


def test_a_draft_is_opened_proposed_signed_and_with_the_clerk(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        told = places.sign(workplace, order)
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    assert [item.step for item in told] == [Step.SIGNING, Step.JUDGING, Step.SENDING, Step.DONE]
    assert told[-1].detail == PadesLevel.B_T.value
    assert places.world.demo.store.document(document_id).state == "to_issue"
    assert review.report.verdict is Verdict.VALID
    page_index, box = review.boxes["LanhDao"]
    assert order.box is not None
    assert page_index == order.box.page_index
    assert box.left_mm == pytest.approx(order.box.box_mm.left_mm, abs=0.1)


def test_three_drafts_are_signed_with_one_pin(places: Workplaces) -> None:
    documents = [places.world.draft() for _ in range(3)]
    with places.of() as workplace:
        told = places.sign(workplace, *(to_sign(workplace, item) for item in documents))
    assert endings(told) == [(Step.DONE, None)] * 3
    states = {places.world.demo.store.document(item).state for item in documents}
    assert states == {"to_issue"}


def test_the_signature_stands_where_the_person_dragged_it(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        assert order.box is not None
        dragged = replace(order.box, box_mm=order.box.box_mm.moved_by(2.5, 1.5))
        places.sign(workplace, replace(order, box=dragged))
        review = workplace.review(places.world.demo.store.content_path(document_id, "f1"))
    _, box = review.boxes["LanhDao"]
    assert (box.left_mm, box.top_mm) == pytest.approx(
        (dragged.box_mm.left_mm, dragged.box_mm.top_mm), abs=0.1
    )


def test_what_was_not_shown_is_not_signed(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        somebody_replaces(places, document_id)
        told = places.sign(workplace, order)
        assert workplace.waiting() == ()
        again = places.sign(workplace, to_sign(workplace, document_id))
    assert endings(told) == [(Step.FAILED, "workflow.not_what_was_shown")]
    assert endings(again) == [(Step.DONE, None)]


def test_one_document_s_trouble_does_not_keep_the_next(places: Workplaces) -> None:
    first, second = places.world.draft(), places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, first)
        assert order.box is not None
        outside = replace(order.box, box_mm=BoxMm(200, 290, 245, 312))
        told = places.sign(workplace, replace(order, box=outside), to_sign(workplace, second))
    assert endings(told) == [(Step.FAILED, "workflow.outside_page"), (Step.DONE, None)]


def test_a_token_that_is_not_open_ends_the_batch(places: Workplaces) -> None:
    documents = [places.world.draft() for _ in range(2)]
    with places.of() as workplace:
        orders = [to_sign(workplace, item) for item in documents]
        key = places.key(workplace, orders[0])
        workplace.lock()
        told = carried_out(workplace, key, *orders)
    assert endings(told) == [(Step.FAILED, "token.not_open"), (Step.SKIPPED, "token.not_open")]


def test_a_wrong_pin_is_told_and_the_right_one_opens(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        key = workplace.choose_key(workplace.tokens(), order)
        with pytest.raises(SigningError, match=r"token\.pin_incorrect"):
            workplace.open_key(key, Pin("00000000"))
        assert endings(places.sign(workplace, order)) == [(Step.DONE, None)]


@pytest.mark.parametrize(
    ("secrecy", "paper_only", "code"),
    [(Secrecy.CONFIDENTIAL, False, "workflow.secret"), (Secrecy.NONE, True, "workflow.paper_only")],
)
def test_nothing_of_a_secret_or_paper_document_is_opened(
    places: Workplaces, secrecy: Secrecy, paper_only: bool, code: str
) -> None:
    document_id = places.world.draft("cong-van-mat", secrecy=secrecy, paper_only=paper_only)
    with places.of() as workplace:
        workplace.prefetch(workplace.sync())
        with pytest.raises(AppError, match=code.replace(".", r"\.")):
            workplace.open(document_id)
        assert workplace.stored(document_id) is None
    assert not [call for call in places.world.faults.seen("/content") if document_id in call.path]


def test_offline_a_stored_draft_is_signed_kept_and_sent_later(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        workplace.prefetch(workplace.sync())
        places.lose_the_server()
        paper = workplace.open(document_id)
        order = sign_order(paper, workplace.propose_signing(paper))
        told = places.sign(workplace, order)
        kept = workplace.waiting()
        with pytest.raises(AppError, match=r"server\.unreachable"):
            workplace.send_waiting()
        places.find_the_server()
        assert workplace.send_waiting() == ()
    assert not paper.is_fresh
    assert endings(told) == [(Step.KEPT, "server.unreachable")]
    assert [(item.document_id, item.kind, item.title) for item in kept] == [
        (document_id, "personal", "Về việc kiểm tra")
    ]
    assert places.world.demo.store.document(document_id).state == "to_issue"
    assert places.world.main_revision(document_id) == 1


def test_what_is_kept_is_not_proposed_again(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        places.world.break_calls("/revisions")
        assert endings(places.sign(workplace, order)) == [(Step.KEPT, "server.unreachable")]
        with pytest.raises(AppError, match=r"workflow\.already_signed"):
            to_sign(workplace, document_id)


@pytest.mark.parametrize("call", ["/revisions", "/forward"])
def test_an_order_whose_answer_was_lost_goes_on_when_it_is_given_again(
    places: Workplaces, call: str
) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        places.world.lose_answers(call)
        assert endings(places.sign(workplace, order)) == [(Step.KEPT, "server.unreachable")]
        assert endings(places.sign(workplace, order)) == [(Step.DONE, None)]
    assert places.world.main_revision(document_id) == 1
    history = places.world.demo.store.document(document_id).history
    assert [step.action for step in history].count("to_clerk") == 1


def test_a_document_that_was_not_handed_on_is_handed_on_later(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        workplace.sync()
        order = to_sign(workplace, document_id)
        places.world.break_calls("/forward")
        assert endings(places.sign(workplace, order)) == [(Step.KEPT, "server.unreachable")]
        assert workplace.waiting() == ()
        assert workplace.send_waiting() == ()
        assert workplace.send_waiting() == ()
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_a_refusal_is_told_once_and_the_rest_is_sent(places: Workplaces) -> None:
    refused, sent = places.world.draft(), places.world.draft()
    with places.of() as workplace:
        orders = [to_sign(workplace, item) for item in (refused, sent)]
        places.world.break_calls("/revisions", times=2)
        places.sign(workplace, *orders)
        places.world.demo.store.withdraw(refused)
        with pytest.raises(AppError, match=r"server\.withdrawn"):
            workplace.send_waiting()
        assert workplace.waiting() == workplace.send_waiting() == ()
    assert places.world.demo.store.document(sent).state == "to_issue"


def test_who_is_no_signer_is_told_before_any_pin(places: Workplaces) -> None:
    document_id = places.world.draft("ke-hoach-lien-tich", signers=(LEADER, PARTNER))
    with places.of() as workplace:
        paper = workplace.open(document_id)
    others = replace(paper, document=replace(paper.document, signers=paper.document.signers[1:]))
    with places.of() as workplace, pytest.raises(AppError, match=r"workflow\.wrong_signer"):
        workplace.propose_signing(others)


def test_both_signers_of_a_joint_document_sign_it(places: Workplaces) -> None:
    document_id = places.world.draft("ke-hoach-lien-tich", signers=(LEADER, PARTNER))
    with places.of() as workplace:
        assert endings(places.sign(workplace, to_sign(workplace, document_id))) == [
            (Step.DONE, None)
        ]
    with places.of(PARTNER) as workplace:
        order = to_sign(workplace, document_id)
        key = places.key(workplace, order, PARTNER)
        assert endings(carried_out(workplace, key, order)) == [(Step.DONE, None)]
        assert key.certificate.subject == PARTNER.common_name == order.signer
    assert places.world.demo.store.document(document_id).state == "to_issue"


def test_a_draft_shows_where_number_and_date_will_stand(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        proposal = workplace.propose_signing(workplace.open(document_id))
    assert len(proposal.blanks) >= 3
    assert {blank.page_index for blank in proposal.blanks} == {0}
    assert (proposal.notes, proposal.signer) == ((), LEADER.common_name)


def test_a_scan_says_what_it_lacks(places: Workplaces) -> None:
    document_id = places.world.draft(SCAN)
    with places.of() as workplace:
        proposal = workplace.propose_signing(workplace.open(document_id))
    assert proposal.blanks == ()
    # The demo's scan has a cross-reference table that only lenient readers take.
    assert proposal.notes == (
        "workflow.low_confidence",
        "workflow.number_blank_missing",
        "workflow.not_strict",
    )


def test_a_place_over_words_or_over_a_signature_is_warned_of(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        paper = workplace.open(document_id)
        box = workplace.propose_signing(paper).box
        assert box is not None
        assert workplace.warnings(paper.main, box) == ()
        over_words = replace(box, page_index=0, box_mm=BoxMm(30, 20, 190, 120))
        assert workplace.warnings(paper.main, over_words) == ("workflow.covers_text",)
        places.sign(workplace, sign_order(paper, workplace.propose_signing(paper)))
        signed = workplace.stored(document_id)
        assert signed is not None
        assert workplace.warnings(signed.main, box) == ("workflow.covers_signature",)
        seal = replace(box, kind=SignatureKind.SEAL)
        assert workplace.warnings(signed.main, seal) == ()


def test_the_preview_is_as_large_as_the_box_and_clear_around_the_image(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        paper = workplace.open(document_id)
        box = workplace.propose_signing(paper).box
        assert box is not None
        picture = workplace.preview(paper, box, 144)
        again = workplace.preview(paper, box, 144)
    assert picture == again
    assert picture.has_alpha
    assert picture.width_px == pytest.approx(box.box_mm.width_mm / 25.4 * 144, abs=1.5)
    assert picture.height_px == pytest.approx(box.box_mm.height_mm / 25.4 * 144, abs=1.5)
    alpha = picture.pixels[3::4]
    assert min(alpha) == 0
    assert max(alpha) > 200


def test_a_page_is_drawn(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        paper = workplace.open(document_id)
        picture = workplace.page(paper.main.path, 0, 72).result(20)
    assert (picture.width_px, picture.height_px) == pytest.approx((595, 842), abs=1)
    assert not picture.has_alpha


def test_nobody_signs_or_opens_before_they_are_signed_in(places: Workplaces) -> None:
    document_id = places.world.draft()
    with places.of() as workplace:
        order = to_sign(workplace, document_id)
        key = places.key(workplace, order)
    with places.of(signed_in=False) as workplace:
        paper = workplace.stored(document_id)
        assert paper is not None
        assert paper.main.pages
        with pytest.raises(AppError, match=r"server\.sign_in_again"):
            workplace.open(document_id)
        told = carried_out(workplace, key, order)
    assert endings(told) == [(Step.FAILED, "server.sign_in_again")]


def test_an_office_s_own_demands_decide_the_verdict(places: Workplaces) -> None:
    path = places.world.demo.store.content_path(places.world.to_issue(), "f1")
    judge = places.world.processes.verify
    strict = judge.judging_by(VerificationProfile(require_timestamp=True))
    verdicts = [item.verify(path).result(20).verdict for item in (judge, strict)]
    assert verdicts == [Verdict.VALID, Verdict.UNDETERMINED]
