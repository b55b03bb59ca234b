"""Facts about the signing panel: where the PIN goes, what the keys do, how results come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QStackedWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workplace.records import OrderKind, Problem, Progress, Step
from signing.errors import SigningError
from signing.terms import PinState
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import key, order, steps
from tests.fakes.workplace import FakeWorkplace
from ui.theme import Tone
from ui.viewmodels.signing import SigningPhase, SigningVm
from ui.views.base import Look
from ui.views.signing_panel import SigningPanel
from ui.views.signing_results import ResultRow

PIN = "48151623"
WRONG = SigningError("token.pin_incorrect", state="low", token="Nguyen Van An")


@pytest.fixture
def panel(vm: SigningVm, look: Look, qtbot: QtBot) -> SigningPanel:
    panel = SigningPanel(vm, look)
    qtbot.addWidget(panel)
    panel.resize(380, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def rows(panel: SigningPanel) -> list[tuple[str, str]]:
    found = panel.results.findChildren(ResultRow)
    return [(row.title.text(), row.step.text()) for row in found if not row.isHidden()]


def test_the_pin_can_be_typed_at_once(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    assert panel.pin.field.hasFocus()


def test_a_key_file_is_named_and_asks_for_its_password(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["choose_key"] = key(is_file=True, module="/vt/an.p12")
    vm.begin([order()])
    assert panel.pin.field.accessibleName() == panel.pin.pin_label.text() == "Password of the file"
    assert "/vt/an.p12" in [label.text() for label in panel.pin.facts.findChildren(QLabel)]
    workplace.answers["choose_key"] = key()
    vm.cancel()
    vm.begin([order()])
    assert panel.pin.pin_label.text() == "Token PIN"


def test_what_cannot_be_checked_of_the_certificate_is_said_beside_the_pin(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace, look: Look
) -> None:
    code = "certificate.status_unknown"
    workplace.answers["choose_key"] = replace(key(), notes=(code,))
    vm.begin([order()])
    first, second = panel.pin.doubts
    assert not first.isHidden()
    assert second.isHidden()
    assert look.words.message(Problem(code)).what in [
        label.text() for label in first.findChildren(QLabel)
    ]
    assert vm.state.can_give_pin


def test_a_key_without_doubts_has_no_notice(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    assert all(doubt.isHidden() for doubt in panel.pin.doubts)


def test_a_panel_that_is_shown_late_takes_the_keyboard_too(
    vm: SigningVm, look: Look, qtbot: QtBot
) -> None:
    panels = QStackedWidget()
    before, panel = QPushButton(), SigningPanel(vm, look)
    panels.addWidget(before)
    panels.addWidget(panel)
    qtbot.addWidget(panels)
    panels.show()
    panels.activateWindow()
    qtbot.waitUntil(panels.isActiveWindow)
    before.setFocus()
    vm.begin([order()])
    panels.setCurrentWidget(panel)
    assert panel.pin.field.hasFocus()


def test_enter_signs(panel: SigningPanel, vm: SigningVm, taken: list[str]) -> None:
    vm.begin([order()])
    QTest.keyClicks(panel.pin.field, PIN)
    QTest.keyClick(panel.pin.field, Qt.Key.Key_Return)
    assert taken == [PIN]
    assert vm.state.phase is SigningPhase.DONE


def test_the_button_signs(panel: SigningPanel, vm: SigningVm, taken: list[str]) -> None:
    vm.begin([order()])
    QTest.keyClicks(panel.pin.field, PIN)
    QTest.mouseClick(panel.pin.sign, Qt.MouseButton.LeftButton)
    assert taken == [PIN]


def test_the_field_is_empty_while_the_pin_is_tried(
    panel: SigningPanel, vm: SigningVm, bridge: FakeBridge
) -> None:
    vm.begin([order()])
    bridge.is_held = True
    QTest.keyClicks(panel.pin.field, PIN)
    QTest.keyClick(panel.pin.field, Qt.Key.Key_Return)
    assert (panel.pin.field.text(), panel.pin.field.isReadOnly()) == ("", True)


def test_a_pin_that_was_used_cannot_be_brought_back(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    QTest.keyClicks(panel.pin.field, PIN)
    QTest.keyClick(panel.pin.field, Qt.Key.Key_Return)
    panel.pin.field.undo()
    panel.pin.field.redo()
    assert panel.pin.field.text() == ""


def test_after_a_wrong_pin_the_next_can_be_typed_at_once(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    QTest.keyClick(panel.pin.field, Qt.Key.Key_1)
    QTest.keyClick(panel.pin.field, Qt.Key.Key_Return)
    assert panel.pin.field.hasFocus()
    assert panel.pin.notice.code.text() == "token.pin_incorrect"


def test_escape_cancels_and_leaves_no_pin(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    QTest.keyClicks(panel.pin.field, PIN)
    QTest.keyClick(panel.pin.field, Qt.Key.Key_Escape)
    assert vm.state.phase is SigningPhase.IDLE
    assert panel.pin.field.text() == ""


def test_escape_cancels_while_the_token_is_looked_for(
    panel: SigningPanel, vm: SigningVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.begin([order()])
    QTest.keyClick(panel.choosing, Qt.Key.Key_Escape)
    assert vm.state.phase is SigningPhase.IDLE


def test_a_hidden_panel_keeps_no_pin(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    QTest.keyClicks(panel.pin.field, PIN)
    panel.hide()
    assert panel.pin.field.text() == ""


def test_the_pin_is_never_shown_completed_or_learned(panel: SigningPanel) -> None:
    field = panel.pin.field
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.completer() is None
    assert field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_the_button_says_what_it_does_and_to_how_many(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    assert panel.pin.sign.text() == "Sign"
    vm.cancel()
    vm.begin([order("d1", OrderKind.ISSUE)])
    assert panel.pin.sign.text() == "Number, seal and publish"
    vm.cancel()
    vm.begin([order("d1", OrderKind.INCOMING)])
    assert panel.pin.sign.text() == "Register and put the incoming block"
    assert panel.pin.kind.text() == "Incoming block"
    vm.cancel()
    vm.begin([order("d1"), order("d2")])
    assert "2" in panel.pin.sign.text()


def test_documents_and_certificate_are_named_before_the_pin(
    panel: SigningPanel, vm: SigningVm
) -> None:
    vm.begin([order("d1"), order("d2")])
    assert panel.pin.documents.label.text() == "1. Công văn d1\n2. Công văn d2"
    assert panel.pin.kind.text() == "Personal signature"
    shown = [fact.value for fact in panel.pin._facts]
    assert shown[0] == "Nguyễn Văn An"
    assert shown[-1] == "Nguyen Van An, serial T1"


def test_many_documents_are_scrolled_and_leave_the_field_in_sight(
    panel: SigningPanel, vm: SigningVm
) -> None:
    vm.begin([order(f"d{number}") for number in range(40)])
    assert panel.pin.documents.height() < 300
    assert panel.pin.documents.focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert not panel.pin.field.visibleRegion().isEmpty()


def test_the_last_try_is_agreed_to_before_a_pin_can_be_typed(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["choose_key"] = key(pin_state=PinState.FINAL)
    vm.begin([order()])
    assert not panel.pin.field.isVisible()
    assert panel.pin.cancel.hasFocus()
    QTest.mouseClick(panel.pin.agree, Qt.MouseButton.LeftButton)
    assert panel.pin.field.hasFocus()


def test_a_locked_token_offers_no_field(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["choose_key"] = key(pin_state=PinState.LOCKED)
    vm.begin([order()])
    assert not panel.pin.field.isVisible()
    assert not panel.pin.sign.isVisible()
    assert panel.pin.notice.code.text() == "token.pin_locked"


def test_a_pin_pad_has_no_field_and_its_pin_is_entered_at_the_reader(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace, taken: list[str]
) -> None:
    workplace.answers["choose_key"] = key(pin_pad=True)
    vm.begin([order()])
    assert (panel.pin.field.isVisible(), panel.pin.hint.isVisible()) == (False, True)
    QTest.mouseClick(panel.pin.sign, Qt.MouseButton.LeftButton)
    assert taken == [""]


def test_where_no_key_is_found_it_can_be_looked_again(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["choose_key"] = AppError("workflow.no_certificate", wanted=None)
    vm.begin([order()])
    assert panel.choosing.notice.code.text() == "workflow.no_certificate"
    assert panel.choosing.notice.action.hasFocus()
    del workplace.errors["choose_key"]
    QTest.mouseClick(panel.choosing.notice.action, Qt.MouseButton.LeftButton)
    assert vm.state.phase is SigningPhase.AWAITING_PIN


def test_a_token_that_does_not_answer_is_told_while_it_is_opened(
    panel: SigningPanel, vm: SigningVm, bridge: FakeBridge
) -> None:
    vm.begin([order()])
    bridge.is_held = True
    vm.give_pin(PIN)
    for _ in range(20):
        vm.tick()
    assert panel.pin.slow.code.text() == "token.slow"
    assert "20" in panel.pin.busy.label.text()
    assert not panel.pin.cancel.isEnabled()


def test_results_are_shown_one_by_one(
    panel: SigningPanel, vm: SigningVm, bridge: FakeBridge, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (
        Progress("d1", Step.DONE, detail="B-T"),
        Progress("d2", Step.SKIPPED),
    )
    vm.begin([order("d1"), order("d2")])
    bridge.is_held = True
    vm.give_pin(PIN)
    bridge.step()
    bridge.step()
    assert [step for _, step in rows(panel)] == ["Waiting its turn", "Waiting its turn"]
    bridge.step()
    assert [step for _, step in rows(panel)] == ["Signed, level B-T", "Waiting its turn"]
    assert panel.results.bar.value() == 1


def test_a_failed_document_says_what_happened_and_what_to_do(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (Progress("d1", Step.FAILED, Problem("token.removed")),)
    vm.begin([order()])
    vm.give_pin(PIN)
    (row,) = panel.results.findChildren(ResultRow)
    assert row.notice.what.text() == "The token was taken out or lost its connection."
    assert row.notice.do.text() == "Plug it in again, enter the PIN and go on."


def test_a_document_that_is_kept_says_why_and_that_it_is_sent_later(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    kept = Problem("server.unreachable", {"host": "van-ban.example"})
    workplace.answers["carry_out"] = (Progress("d1", Step.KEPT, kept),)
    vm.begin([order()])
    vm.give_pin(PIN)
    (row,) = panel.results.findChildren(ResultRow)
    assert "kept here" in row.step.text()
    assert row.notes.isVisible()
    assert panel.results.title.text() == "Signed, not sent yet"


def test_the_end_is_summed_up_and_only_the_failed_are_tried_again(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (
        *steps("d1", Step.DONE),
        Progress("d2", Step.FAILED, Problem("workflow.wrong_signer")),
    )
    vm.begin([order("d1"), order("d2")])
    vm.give_pin(PIN)
    assert panel.results.summary.text() == "1 signed, 1 failed."
    workplace.answers["carry_out"] = steps("d2", Step.DONE)
    QTest.mouseClick(panel.results.retry, Qt.MouseButton.LeftButton)
    assert rows(panel) == [("Công văn d2", "Signed")]
    assert not panel.results.retry.isVisible()


def test_a_document_that_waits_for_nothing_more_is_no_failure(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    already = Problem("workflow.already_signed")
    workplace.answers["carry_out"] = (Progress("d1", Step.FAILED, already),)
    vm.begin([order()])
    vm.give_pin(PIN)
    (row,) = panel.results.findChildren(ResultRow)
    assert row.notice.property("tone") == Tone.INFO
    assert row.step.text() == "No longer waiting for you"
    assert panel.results.summary.text() == "1 no longer waiting."
    assert not panel.results.retry.isVisible()


def test_enter_goes_on_when_all_is_over(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    vm.give_pin(PIN)
    assert panel.results.go_on.hasFocus()
    QTest.keyClick(panel.results.go_on, Qt.Key.Key_Return)
    assert vm.state.phase is SigningPhase.IDLE


def test_results_and_problems_are_said_aloud(
    panel: SigningPanel,
    vm: SigningVm,
    workplace: FakeWorkplace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        assert isinstance(event, QAccessibleAnnouncementEvent)
        said.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    assert panel.isVisible()
    workplace.errors["open_key"] = WRONG
    vm.begin([order()])
    vm.give_pin(PIN)
    assert said[-1].startswith("The PIN is wrong")
    del workplace.errors["open_key"]
    vm.give_pin(PIN)
    assert said[-2:] == ["Công văn d1: Signed", "All done. 1 signed."]


def test_every_control_has_a_name(panel: SigningPanel, vm: SigningVm) -> None:
    vm.begin([order()])
    controls = [*panel.findChildren(QPushButton), *panel.findChildren(QLineEdit)]
    unnamed = [
        item.objectName() for item in controls if not (item.accessibleName() or item.isHidden())
    ]
    assert (len(controls) > 8, unnamed) == (True, [])


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (Step.DONE, "Registered with incoming number 12"),
        (Step.FAILED, "Incoming number 12 is taken; the block is not on the file"),
    ],
)
def test_what_became_of_a_registration_is_told_with_its_number(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace, step: Step, told: str
) -> None:
    problem = Problem("token.removed") if step is Step.FAILED else None
    workplace.answers["carry_out"] = (
        Progress("d1", Step.SEALING, detail="12"),
        Progress("d1", step, problem),
    )
    vm.begin([order("d1", OrderKind.INCOMING)])
    vm.give_pin(PIN)
    assert rows(panel) == [("Công văn d1", told)]


def test_registered_files_are_counted_as_such(
    panel: SigningPanel, vm: SigningVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["carry_out"] = (Progress("d1", Step.DONE, detail="12"),)
    vm.begin([order("d1", OrderKind.INCOMING)])
    vm.give_pin(PIN)
    assert panel.results.summary.text() == "1 registered."
