"""Facts about the register's form: what is missing is marked, what came of it is said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from app.clock import system_clock, vietnam_date
from app.errors import AppError
from app.workflow.documents import Arrival, Numbering, Person, Role
from app.workflow.incoming import Registered
from app.workplace.records import Problem, Progress, Step
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import BASE, document
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.incoming import IncomingVm
from ui.views.base import Look
from ui.views.incoming_form import IncomingForm

CLERK = Person("v", "Trần Thị Bình", "Sở", (Role.CLERK,), (), (), "nd30-2020")
NUMBERING = Numbering(12, "12", "", date(2026, 11, 22))


@pytest.fixture
def workplace() -> FakeWorkplace:
    made = Registered(document(), NUMBERING, BASE, ())
    return FakeWorkplace(register_incoming=made, signs_incoming=False)


@pytest.fixture
def bridge(workplace: FakeWorkplace, theme: object) -> FakeBridge:
    del theme
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> IncomingVm:
    made = IncomingVm(bridge)
    made.serve(CLERK)
    made.look_at(reviews.review(reviews.issued()))
    return made


@pytest.fixture
def form(look: Look, vm: IncomingVm, qtbot: QtBot) -> IncomingForm:
    made = IncomingForm(look, vm)
    qtbot.addWidget(made)
    vm.begin()
    return made


def fill(form: IncomingForm) -> None:
    form.abstract_line.setText(" Về việc góp ý ")
    form.sender_line.setText("UBND tỉnh")
    form.number_line.setText("412/UBND-TP")
    form.date_edit.setDate(QDate(2026, 11, 18))


def test_the_form_is_hidden_until_it_is_wanted(
    look: Look, bridge: FakeBridge, qtbot: QtBot
) -> None:
    made = IncomingForm(look, IncomingVm(bridge))
    qtbot.addWidget(made)
    assert made.isHidden()


def test_what_is_missing_is_marked_and_said(form: IncomingForm) -> None:
    form.sender_line.setText("UBND tỉnh")
    form.register_button.click()
    assert form.abstract_line.property("tone") == "bad"
    assert form.sender_line.property("tone") == ""
    assert not form.missing.isHidden()


def test_what_was_typed_is_registered(form: IncomingForm, workplace: FakeWorkplace) -> None:
    fill(form)
    form.register_button.click()
    assert workplace.asked("register_incoming")[0][1] == Arrival(
        "Về việc góp ý", "UBND tỉnh", "412/UBND-TP", date(2026, 11, 18)
    )


def test_the_number_is_told_and_that_the_file_is_as_it_came(form: IncomingForm) -> None:
    fill(form)
    form.register_button.click()
    assert form.form.isHidden()
    assert form.result.text() == "Incoming number 12: Về việc góp ý"
    assert form.sealed.text().startswith("The file was stored as it came, without")


@pytest.fixture
def ordered(look: Look, vm: IncomingVm, workplace: FakeWorkplace, qtbot: QtBot) -> IncomingForm:
    """The office's rules want the block, and the clerk has agreed to it."""
    workplace.answers["signs_incoming"] = True
    made = IncomingForm(look, vm)
    qtbot.addWidget(made)
    vm.begin()
    fill(made)
    made.register_button.click()
    return made


def test_the_button_and_the_hint_say_that_the_block_is_put_on_the_file(
    ordered: IncomingForm,
) -> None:
    assert ordered.register_button.text() == "Register and put the block"
    assert "agency's token" in ordered.hint_text.text()
    assert not ordered.hint.isHidden()


def test_without_a_block_the_button_promises_none(form: IncomingForm) -> None:
    assert form.register_button.text() == "Register"
    assert form.hint.isHidden()


def test_the_number_is_told_with_the_block_and_what_is_to_be_said_of_it(
    ordered: IncomingForm, vm: IncomingVm
) -> None:
    vm.report(Progress(BASE, Step.DONE, notes=("workflow.covers_text",), detail="12"))
    assert ordered.form.isHidden()
    assert ordered.result.text() == "Incoming number 12: Về việc góp ý"
    assert ordered.sealed.text().startswith(
        "The registered file carries the agency's incoming block.\n"
    )


def test_a_block_that_is_still_to_be_sent_is_told_as_that(
    ordered: IncomingForm, vm: IncomingVm
) -> None:
    vm.report(Progress(BASE, Step.SEALING, detail="12"))
    vm.report(Progress(BASE, Step.KEPT, Problem("server.unreachable")))
    assert ordered.result.text().startswith("Incoming number 12: ")
    assert "sent when the server answers" in ordered.sealed.text()


def test_a_number_that_was_taken_without_its_block_is_told(
    ordered: IncomingForm, vm: IncomingVm
) -> None:
    vm.report(Progress(BASE, Step.SEALING, detail="12"))
    vm.report(Progress(BASE, Step.FAILED, Problem("token.removed")))
    assert ordered.hint_text.text().startswith("Incoming number 12 is taken")
    assert ordered.sender_line.text() == "UBND tỉnh"


def test_while_it_is_registered_nothing_can_be_typed(
    form: IncomingForm, bridge: FakeBridge
) -> None:
    fill(form)
    bridge.is_held = True
    form.register_button.click()
    assert not form.form.isEnabled()
    assert not form.busy.isHidden()


def test_a_refusal_is_told_and_what_was_typed_stays(
    form: IncomingForm, workplace: FakeWorkplace
) -> None:
    workplace.errors["register_incoming"] = AppError("workflow.incoming_invalid", reason="x")
    fill(form)
    form.register_button.click()
    assert "did not pass the check" in form.notice.what.text()
    assert form.sender_line.text() == "UBND tỉnh"


def test_the_form_is_empty_for_the_next_file(form: IncomingForm, vm: IncomingVm) -> None:
    fill(form)
    form.cancel_button.click()
    assert form.isHidden()
    vm.begin()
    assert form.sender_line.text() == ""


def test_a_letter_cannot_be_from_tomorrow(form: IncomingForm) -> None:
    today = vietnam_date(system_clock())
    form.date_edit.setDate(QDate(today.year, today.month, today.day).addDays(3))
    assert form.date_edit.date().toPython() == today
