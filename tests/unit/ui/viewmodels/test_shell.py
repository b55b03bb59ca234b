"""Facts about how the screens work together: what happens in one is seen in the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.errors import AppError
from app.workflow.documents import Queue, Role
from app.workplace.records import OrderKind, Problem, Progress, Step, Waiting
from pdf.geometry import BoxMm
from signing.errors import SigningError
from tests.fakes.papers import to_sign
from tests.fakes.records import BASE, file_ref
from tests.fakes.tasks import CLERK, task
from tests.unit.ui.viewmodels.office import ARRIVAL, FILE, Office
from ui.panels import Panel
from ui.viewmodels.account import AccountPhase
from ui.viewmodels.document_boxes import MOVABLE
from ui.viewmodels.incoming import IncomingPhase
from ui.viewmodels.review import ReviewPhase
from ui.viewmodels.shell_state import Result
from ui.viewmodels.signing import SigningPhase

ELSEWHERE = BoxMm(60, 100, 105, 122)
RECEIVING = replace(CLERK, roles=(Role.CLERK, Role.RECIPIENT))
RECEIVED = task("d9", queue=Queue.RECEIVED)
AWAY = AppError("server.unreachable", server="s")


def test_choosing_a_task_shows_its_document_and_its_pages(at_work: Office) -> None:
    at_work.choose("d1")
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d1")
    assert at_work.shell.pages.state.sha256 == BASE


def test_a_task_that_was_received_is_checked(office: Office) -> None:
    office.enter(RECEIVING, RECEIVED)
    office.choose("d9")
    assert office.panel is Panel.REVIEW
    assert office.shell.review.state.name == file_ref().name
    assert office.shell.pages.state.sha256 == BASE


def test_only_a_file_of_this_machine_is_offered_for_registration(office: Office) -> None:
    office.enter(RECEIVING, RECEIVED)
    office.choose("d9")
    assert office.shell.review.state.phase is ReviewPhase.DONE
    assert not office.shell.incoming.state.is_offered
    office.check()
    assert office.shell.incoming.state.is_offered


def test_choosing_a_task_puts_a_checked_file_away(at_work: Office) -> None:
    at_work.check()
    assert at_work.panel is Panel.REVIEW
    at_work.choose("d2")
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d2")
    assert at_work.shell.review.state.review is None


def test_whoever_is_not_known_signs_in_first(office: Office) -> None:
    office.workplace.errors["restore"] = AppError("server.sign_in_again")
    office.shell.start(None)
    office.bridge.run()
    assert (office.panel, office.shell.state.has_queue) == (Panel.SIGN_IN, False)


def test_a_file_can_be_checked_by_whoever_is_not_signed_in(office: Office) -> None:
    office.workplace.errors["restore"] = AppError("server.sign_in_again")
    office.shell.start(None)
    office.bridge.run()
    office.check()
    assert (office.panel, office.shell.state.has_queue) == (Panel.REVIEW, False)


def test_signing_out_closes_the_document_and_shows_the_sign_in(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.shell.account.sign_out()
    assert (at_work.panel, at_work.shown) == (Panel.SIGN_IN, None)
    assert not at_work.shell.state.has_queue
    assert at_work.shell.pages.state.path is None


def test_signing_out_forgets_what_was_agreed_to(at_work: Office) -> None:
    at_work.tick("d1")
    at_work.shell.account.sign_out()
    at_work.bridge.run()
    at_work.enter()
    at_work.shell.queue.reviewed("d1")
    at_work.shell.queue.tick("d1", True)
    at_work.shell.sign_ticked()
    assert at_work.shell.signing.state.phase is SigningPhase.IDLE


def test_signing_out_gives_up_a_pin_that_is_waited_for(at_work: Office) -> None:
    at_work.tick("d1")
    at_work.shell.sign_ticked()
    at_work.bridge.run()
    assert at_work.shell.signing.state.phase is SigningPhase.AWAITING_PIN
    at_work.shell.account.sign_out()
    assert at_work.panel is Panel.SIGN_IN


def test_after_a_signature_the_next_document_is_opened(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.DONE, detail="B-T"))
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d2")
    assert at_work.shell.queue.state.selected == "d2"


def test_what_was_done_last_can_still_be_read(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.DONE, detail="B-T"))
    done = Result(OrderKind.SIGN, "Về việc kiểm tra", Step.DONE, "B-T")
    assert at_work.shell.state.last == done


def test_when_nothing_is_left_no_document_is_shown(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.DONE))
    at_work.choose("d2")
    at_work.sign(Progress("d2", Step.DONE))
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, None)
    assert at_work.shell.queue.state.selected is None
    assert at_work.shell.pages.state.path is None


def test_a_signature_with_something_to_be_read_waits_until_it_is_put_away(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.DONE, notes=("workflow.chain_untrusted",)))
    assert (at_work.panel, at_work.shown) == (Panel.SIGNING, "d1")
    at_work.shell.signing.close()
    at_work.bridge.run()
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d2")


def test_a_document_that_was_not_signed_stays_open(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.FAILED, Problem("sign.image_unreadable")))
    assert at_work.panel is Panel.SIGNING
    at_work.shell.signing.close()
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d1")


def test_a_box_that_is_dragged_on_the_page_is_the_document_s(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.shell.pages.moved(MOVABLE, 0, ELSEWHERE)
    box = at_work.shell.document.state.box
    assert box is not None
    assert (box.page_index, box.box_mm) == (0, ELSEWHERE)


def test_a_place_that_is_chosen_on_the_page_is_that_of_what_waits_for_one(
    at_work: Office,
) -> None:
    missing = to_sign(notes=("workflow.number_blank_missing",))
    at_work.workplace.answers["propose_signing"] = missing
    at_work.choose("d1")
    at_work.shell.document.ask_blank("number")
    at_work.shell.pages.place(0, BoxMm(40, 40, 52, 45))
    state = at_work.shell.document.state
    assert (state.blank("number") is not None, state.box) == (True, missing.box)


def test_ticked_documents_are_signed_as_they_were_when_shown(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.shell.pages.moved(MOVABLE, 0, ELSEWHERE)
    at_work.bridge.run()
    at_work.shell.queue.tick("d1", True)
    at_work.tick("d2")
    at_work.sha256["d1"] = "c" * 64
    at_work.shell.sign_ticked()
    at_work.give_pin()
    first, second = at_work.carried_out
    assert first.box is not None
    assert (first.shown, first.box.box_mm) == ({"f1": BASE}, ELSEWHERE)
    assert second.shown == {"f1": "1" * 64}


def test_what_is_no_longer_agreed_to_is_not_signed(at_work: Office) -> None:
    at_work.tick("d1", "d2")
    at_work.workplace.errors["open"] = AppError("server.withdrawn")
    at_work.choose("d1")
    at_work.shell.sign_ticked()
    at_work.give_pin()
    assert [order.document_id for order in at_work.carried_out] == ["d2"]


def test_a_sign_in_that_the_server_takes_no_more_leads_to_another(at_work: Office) -> None:
    at_work.workplace.errors["sync"] = AppError("server.sign_in_again")
    at_work.shell.queue.sync()
    at_work.bridge.run()
    account = at_work.shell.account.state
    assert (at_work.panel, account.phase) == (Panel.SIGN_IN, AccountPhase.SIGNED_OUT)
    assert account.problem == Problem("server.sign_in_again")


def test_what_waits_is_sent_as_soon_as_the_server_answers(at_work: Office) -> None:
    kept = Waiting("w1", "d1", "personal", None)
    at_work.workplace.answers["waiting"] = (kept,)
    at_work.choose("d1")
    at_work.workplace.errors["sync"] = AWAY
    at_work.sign(Progress("d1", Step.KEPT, Problem("server.unreachable")))
    assert (at_work.shell.state.waiting, at_work.shell.account.state.is_online) == ((kept,), False)
    assert at_work.workplace.asked("send_waiting") == []
    del at_work.workplace.errors["sync"]
    at_work.shell.queue.sync()
    at_work.bridge.run()
    assert (at_work.shell.state.waiting, at_work.shell.account.state.is_online) == ((), True)
    assert len(at_work.workplace.asked("send_waiting")) == 1


def test_what_could_not_be_sent_is_told_with_its_reason(at_work: Office) -> None:
    at_work.workplace.errors["send_waiting"] = AWAY
    at_work.shell.send_waiting()
    at_work.bridge.run()
    assert at_work.shell.state.problem == Problem("server.unreachable", {"server": "s"})


@pytest.fixture
def clerk(office: Office) -> Office:
    """A clerk, who has agreed to put the incoming block on a file."""
    office.enter(CLERK, replace(RECEIVED, queue=Queue.INCOMING))
    office.register()
    return office


def test_the_incoming_block_asks_for_the_token_as_every_signature_does(clerk: Office) -> None:
    assert clerk.panel is Panel.SIGNING
    assert clerk.shell.signing.state.kind is OrderKind.INCOMING


def test_a_registered_file_stays_in_sight_with_its_number(clerk: Office) -> None:
    clerk.give_pin(Progress(BASE, Step.DONE, detail="12"))
    (order,) = clerk.carried_out
    assert (order.kind, order.path, order.arrival) == (OrderKind.INCOMING, FILE, ARRIVAL)
    assert clerk.panel is Panel.REVIEW
    state = clerk.shell.incoming.state
    assert (state.phase, state.number, state.is_sealed) == (IncomingPhase.DONE, "12", True)
    assert clerk.shell.state.last == Result(OrderKind.INCOMING, ARRIVAL.abstract, Step.DONE, "12")


def test_a_registration_that_failed_is_told_where_signatures_are(clerk: Office) -> None:
    clerk.give_pin(Progress(BASE, Step.FAILED, Problem("workflow.not_what_was_shown")))
    assert (clerk.panel, clerk.shell.signing.state.can_retry) == (Panel.SIGNING, True)
    clerk.shell.signing.close()
    assert clerk.panel is Panel.REVIEW
    assert clerk.shell.incoming.state.phase is IncomingPhase.FILLING


def test_without_a_token_the_clerk_goes_back_to_the_form(clerk: Office) -> None:
    clerk.shell.signing.cancel()
    clerk.workplace.errors["choose_key"] = SigningError("token.none")
    clerk.shell.incoming.register(ARRIVAL)
    clerk.bridge.run()
    assert clerk.shell.signing.state.problem == Problem("token.none")
    clerk.shell.signing.cancel()
    assert clerk.panel is Panel.REVIEW
    assert clerk.shell.incoming.state.phase is IncomingPhase.FILLING
