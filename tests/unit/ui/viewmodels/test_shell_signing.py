"""Facts about a signature under way: the page shows what is signed, and nobody else is shown it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.workflow.documents import Queue
from app.workplace.records import OrderKind, Problem, Progress, Step
from pdf.geometry import BoxMm
from signing.errors import SigningError
from tests.fakes.records import BASE
from tests.fakes.tasks import CLERK, tasks
from tests.unit.ui.viewmodels.office import FILE, Office
from ui.panels import Panel
from ui.viewmodels.account import AccountPhase
from ui.viewmodels.document_boxes import MOVABLE
from ui.viewmodels.shell_state import Result
from ui.viewmodels.signing import SigningPhase

ELSEWHERE = BoxMm(60, 100, 105, 122)
DONE = Progress("d1", Step.DONE, detail="B-T")
CHANGED = Progress("d1", Step.FAILED, Problem("workflow.not_what_was_shown"))


@pytest.fixture
def asked(at_work: Office) -> Office:
    """A leader who is asked for the PIN to sign d1."""
    at_work.choose("d1")
    order = at_work.shell.document.order()
    assert order is not None
    at_work.shell.order(order)
    at_work.bridge.run()
    assert at_work.shell.signing.state.phase is SigningPhase.AWAITING_PIN
    return at_work


@pytest.fixture
def opening(asked: Office) -> Office:
    """The token takes its time over the PIN."""
    asked.workplace.answers["carry_out"] = (DONE,)
    asked.shell.signing.give_pin("48151623")
    return asked


@pytest.fixture
def running(opening: Office) -> Office:
    """The token signs."""
    while opening.shell.signing.state.phase is not SigningPhase.RUNNING:
        opening.bridge.step()
    return opening


def shown_sha256(office: Office) -> str:
    return office.shell.pages.state.sha256


# the page shows what is signed


def test_while_a_pin_is_waited_for_no_box_can_be_moved(asked: Office) -> None:
    assert not any(box.is_movable for box in asked.shell.pages.state.boxes)
    asked.shell.signing.cancel()
    assert any(box.is_movable for box in asked.shell.pages.state.boxes)


def test_a_box_that_was_being_dragged_stands_again_where_it_is_signed(asked: Office) -> None:
    asked.shell.pages.moved(MOVABLE, 0, ELSEWHERE)
    asked.bridge.run()
    shown = asked.shell.pages.state.boxes[-1].box_mm
    asked.give_pin()
    (order,) = asked.carried_out
    assert order.box is not None
    assert order.box.box_mm == shown != ELSEWHERE


def test_while_a_pin_is_waited_for_no_place_can_be_chosen(asked: Office) -> None:
    box = asked.shell.document.state.box
    asked.shell.pages.place(0, ELSEWHERE)
    assert asked.shell.pages.state.placing is None
    assert asked.shell.document.state.box == box


def test_choosing_another_document_gives_up_the_pin(asked: Office) -> None:
    asked.choose("d2")
    assert (asked.panel, asked.shown) == (Panel.DOCUMENT, "d2")
    asked.shell.signing.give_pin("48151623")
    asked.bridge.run()
    assert asked.carried_out == []


def test_opening_a_file_gives_up_the_pin(asked: Office) -> None:
    asked.check()
    assert asked.panel is Panel.REVIEW
    assert asked.shell.signing.state.phase is SigningPhase.IDLE


def test_a_document_chosen_while_the_token_works_waits_for_its_end(opening: Office) -> None:
    opening.shell.queue.select("d2")
    assert (opening.panel, opening.shown, shown_sha256(opening)) == (Panel.SIGNING, "d1", BASE)
    opening.bridge.run()
    assert (opening.panel, opening.shown) == (Panel.DOCUMENT, "d2")


def test_a_refused_pin_is_asked_for_again_beside_its_own_document(opening: Office) -> None:
    opening.workplace.errors["open_key"] = SigningError("token.pin_incorrect")
    opening.shell.queue.select("d2")
    opening.bridge.run()
    assert (opening.panel, opening.shown, shown_sha256(opening)) == (Panel.SIGNING, "d1", BASE)
    opening.shell.signing.cancel()
    opening.bridge.run()
    assert (opening.panel, opening.shown) == (Panel.DOCUMENT, "d2")


def test_a_file_opened_while_the_token_works_waits_for_its_end(running: Office) -> None:
    running.shell.open_file(FILE)
    assert (running.panel, running.shown) == (Panel.SIGNING, "d1")
    running.bridge.run()
    assert (running.panel, running.shown) == (Panel.REVIEW, None)


def test_a_document_chosen_beside_results_puts_them_away(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.FAILED, Problem("sign.image_unreadable")))
    at_work.choose("d2")
    assert (at_work.panel, at_work.shown) == (Panel.DOCUMENT, "d2")


def test_a_new_batch_waits_until_the_results_are_put_away(at_work: Office) -> None:
    at_work.tick("d1", "d2")
    at_work.shell.sign_ticked()
    at_work.give_pin(CHANGED, Progress("d2", Step.SKIPPED, CHANGED.problem))
    at_work.shell.sign_ticked()
    assert at_work.shell.signing.state.phase is SigningPhase.DONE


# nobody else is shown it


def test_signing_out_while_a_key_opens_signs_nothing_and_locks_the_token(opening: Office) -> None:
    opening.shell.account.sign_out()
    opening.bridge.run()
    assert opening.carried_out == []
    assert opening.shell.token.state.open_key is None
    calls = [call[0] for call in opening.workplace.calls]
    assert calls.index("lock") > calls.index("open_key")
    assert opening.panel is Panel.SIGN_IN


def test_signing_out_while_the_token_signs_lets_it_end_and_locks_it(running: Office) -> None:
    running.shell.account.sign_out()
    assert (running.panel, running.shell.signing.state.items) == (Panel.SIGN_IN, ())
    running.bridge.run()
    assert [order.document_id for order in running.carried_out] == ["d1"]
    calls = [call[0] for call in running.workplace.calls]
    assert calls.index("lock") > calls.index("carry_out")
    assert (running.panel, running.shell.state.last) == (Panel.SIGN_IN, None)


def test_the_token_works_until_what_was_abandoned_has_ended(running: Office) -> None:
    signing, told = running.shell.signing, list[bool]()
    running.shell.account.sign_out()
    signing.changed.connect(lambda: told.append(signing.is_working))
    assert signing.is_working
    running.bridge.run()
    assert told == [False]


def test_whoever_sits_down_next_is_told_nothing_of_the_signature_before(running: Office) -> None:
    work = running.bridge.waiting[:]
    running.bridge.waiting.clear()
    running.shell.account.sign_out()
    running.workplace.answers["sign_in"] = CLERK
    running.workplace.answers["sync"] = tasks("d1", queue=Queue.TO_ISSUE)
    running.shell.account.sign_in()
    running.bridge.run()
    running.bridge.waiting.extend(work)
    running.bridge.run()
    assert running.shell.account.state.phase is AccountPhase.SIGNED_IN
    assert (running.panel, running.shell.state.last) == (Panel.DOCUMENT, None)
    (row,) = running.shell.queue.state.rows()
    assert row.status.value == "unread"


def test_signing_out_beside_results_opens_no_other_document(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(replace(DONE, notes=("workflow.chain_untrusted",)))
    before = len(at_work.workplace.asked("open"))
    at_work.shell.account.sign_out()
    at_work.bridge.run()
    assert len(at_work.workplace.asked("open")) == before
    assert at_work.panel is Panel.SIGN_IN


# what it came to


def test_a_document_that_changed_is_fetched_again_once_its_result_was_read(
    at_work: Office,
) -> None:
    at_work.choose("d1")
    at_work.sha256["d1"] = "c" * 64
    at_work.sign(CHANGED)
    at_work.shell.signing.close()
    at_work.bridge.run()
    assert (at_work.shown, shown_sha256(at_work)) == ("d1", "c" * 64)


def test_what_waits_no_more_is_no_failure(at_work: Office) -> None:
    at_work.choose("d1")
    at_work.sign(Progress("d1", Step.FAILED, Problem("server.signature_exists")))
    title = "Về việc kiểm tra"
    settled = Result(OrderKind.SIGN, title, Step.FAILED, is_settled=True)
    assert at_work.shell.state.last == settled
