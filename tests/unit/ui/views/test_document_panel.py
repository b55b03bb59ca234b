"""Facts about the panel of an open document: the one clear button, the ways on, what is shown when."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import Queue, RoutingStep, Secrecy, Urgency
from app.workplace.records import Order
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import annex, corner, paper, shows_at_once, task, to_issue, to_sign
from tests.fakes.records import LEADER, NOON, file_ref
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_modes import DocumentMode, DocumentPhase
from ui.viewmodels.document_pages import GUARD_MS
from ui.views.base import Look
from ui.views.document_panel import DocumentPanel
from ui.views.move_card import Move, MoveCard

Found = TypeVar("Found", bound=QObject)
STEPS = (
    RoutingStep(NOON - timedelta(days=1), LEADER, "return", "Thiếu căn cứ"),
    RoutingStep(NOON, "Văn phòng", "submit"),
)


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(
        open=paper(), propose_signing=to_sign(), propose_issue=to_issue(), warnings=()
    )


@pytest.fixture
def vm(workplace: FakeWorkplace) -> DocumentVm:
    vm = DocumentVm(FakeBridge(workplace), clock=lambda: NOON)
    shows_at_once(vm)
    return vm


@pytest.fixture
def panel(vm: DocumentVm, look: Look, qtbot: QtBot) -> DocumentPanel:
    panel = DocumentPanel(vm, look)
    qtbot.addWidget(panel)
    panel.resize(400, 900)
    panel.show()
    panel.activateWindow()
    return panel


@pytest.fixture
def orders(panel: DocumentPanel) -> list[Order]:
    wanted: list[Order] = []
    panel.order_wanted.connect(wanted.append)
    return wanted


def child(panel: QWidget, kind: type[Found], name: str) -> Found:
    found = panel.findChild(kind, name)
    assert found is not None
    return found


def button(panel: QWidget, name: str) -> QPushButton:
    return child(panel, QPushButton, name)


def says(panel: QWidget, name: str) -> str:
    return child(panel, QLabel, name).text()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_signing_takes_one_press(vm: DocumentVm, panel: DocumentPanel, orders: list[Order]) -> None:
    vm.open(task())
    primary = button(panel, "primary_button")
    assert primary.text() == "Sign"
    QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert orders == [vm.order()]


def test_a_double_click_that_opened_it_does_not_sign_it(
    panel: DocumentPanel, orders: list[Order], workplace: FakeWorkplace, look: Look, qtbot: QtBot
) -> None:
    vm = DocumentVm(FakeBridge(workplace), clock=lambda: NOON)
    panel = DocumentPanel(vm, look)
    qtbot.addWidget(panel)
    panel.order_wanted.connect(orders.append)
    panel.show()
    vm.open(task())
    primary = button(panel, "primary_button")
    QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (orders, primary.isEnabled()) == ([], False)
    assert says(panel, "why_not") == "The document was just opened and its page is being shown."
    vm.shown()
    vm.guarded()
    QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert len(orders) == 1


def test_issuing_takes_one_press(vm: DocumentVm, panel: DocumentPanel, orders: list[Order]) -> None:
    vm.open(task(Queue.TO_ISSUE))
    primary = button(panel, "primary_button")
    assert primary.text() == "Number, seal and publish"
    QTest.mouseClick(primary, Qt.MouseButton.LeftButton)
    assert orders == [vm.order()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_does_what_the_button_says(
    vm: DocumentVm, panel: DocumentPanel, orders: list[Order], key: Qt.Key
) -> None:
    vm.open(task())
    QTest.keyClick(panel, key, Qt.KeyboardModifier.ControlModifier)
    assert orders == [vm.order()]


def test_a_key_that_is_held_down_keeps_the_next_document_from_being_signed(
    look: Look, qtbot: QtBot, workplace: FakeWorkplace
) -> None:
    vm = DocumentVm(FakeBridge(workplace))
    held = DocumentPanel(vm, look)
    qtbot.addWidget(held)
    held.show()
    held.activateWindow()
    qtbot.waitUntil(held.isActiveWindow)
    vm.open(task())
    vm.shown()
    vm._guard.start(GUARD_MS // 2)
    QTest.keyClick(held, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert vm._guard.interval() == GUARD_MS


def test_ctrl_enter_signs_nothing_that_cannot_be_signed(
    vm: DocumentVm, panel: DocumentPanel, orders: list[Order], workplace: FakeWorkplace
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None)
    vm.open(task())
    QTest.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert orders == []
    assert not button(panel, "primary_button").isEnabled()
    assert says(panel, "why_not") == "It has no place yet."


def test_ctrl_enter_while_a_reason_is_written_signs_nothing(
    vm: DocumentVm, panel: DocumentPanel, orders: list[Order], workplace: FakeWorkplace
) -> None:
    vm.open(task())
    button(panel, "return_button").click()
    text = child(panel, QPlainTextEdit, "move_text")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (orders, workplace.asked("send_back")) == ([], [])
    text.setPlainText("Thiếu căn cứ")
    QTest.keyClick(text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (orders, workplace.asked("send_back")) == ([], [("d1", "Thiếu căn cứ")])


def test_ctrl_z_takes_the_last_move_of_the_box_back(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task())
    vm.place_box(0)
    QTest.keyClick(panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not vm.state.is_box_moved


def test_a_return_needs_a_reason(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    button(panel, "return_button").click()
    confirm = button(panel, "move_confirm")
    assert not confirm.isEnabled()
    button(panel, "move_suggestion_1").click()
    assert confirm.isEnabled()
    confirm.click()
    assert workplace.asked("send_back") == [("d1", "The content needs correcting.")]
    assert vm.state.phase is DocumentPhase.EMPTY


def test_passing_on_needs_no_comment(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    button(panel, "pass_on_button").click()
    button(panel, "move_confirm").click()
    assert workplace.asked("pass_on") == [("d1", None)]


def test_escape_leaves_the_card_and_the_document_stays(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace
) -> None:
    vm.open(task())
    button(panel, "return_button").click()
    text = child(panel, QPlainTextEdit, "move_text")
    QTest.keyClick(text, Qt.Key.Key_Escape)
    assert not text.isVisible()
    assert button(panel, "primary_button").isVisible()
    assert not workplace.asked("send_back")


def test_a_reason_begun_for_one_document_is_not_sent_with_another(
    vm: DocumentVm, panel: DocumentPanel
) -> None:
    vm.open(task())
    button(panel, "return_button").click()
    vm.open(task(document_id="d2"))
    assert not child(panel, QPlainTextEdit, "move_text").isVisible()


def test_a_move_that_failed_keeps_the_words(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace
) -> None:
    workplace.errors["send_back"] = AppError("server.unreachable", server="x")
    vm.open(task())
    button(panel, "return_button").click()
    text = child(panel, QPlainTextEdit, "move_text")
    text.setPlainText("Thiếu căn cứ")
    button(panel, "move_confirm").click()
    assert (text.isVisible(), text.toPlainText()) == (True, "Thiếu căn cứ")
    assert panel.problem.isVisible()


def test_an_initialler_passes_on(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task(Queue.TO_INITIAL))
    primary = button(panel, "primary_button")
    assert (primary.text(), primary.isEnabled()) == ("Pass on", True)
    primary.click()
    assert child(panel, QPlainTextEdit, "move_text").isVisible()


def test_what_is_only_read_has_no_button(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task(Queue.RECEIVED))
    assert not panel.footer.isVisible()


def test_a_reviewed_draft_can_be_ticked(vm: DocumentVm, panel: DocumentPanel) -> None:
    ticks: list[tuple[str, bool]] = []
    panel.tick_wanted.connect(lambda document_id, is_ticked: ticks.append((document_id, is_ticked)))
    vm.open(task())
    child(panel, QCheckBox, "tick_box").click()
    panel.show_tick(is_ticked=False)
    assert ticks == [("d1", True)]
    assert not child(panel, QCheckBox, "tick_box").isChecked()


def test_a_clerk_ticks_nothing(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task(Queue.TO_ISSUE))
    assert not child(panel, QCheckBox, "tick_box").isVisible()


def test_a_secret_document_shows_why_and_no_button(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task(secrecy=Secrecy.HIGHEST))
    assert panel.problem.what.text() == "The document is classified."
    assert not button(panel.problem, "notice_action").isVisible()
    assert not panel.footer.isVisible()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("propose_signing", "workflow.already_signed"),
        ("open", "server.withdrawn"),
        ("open", "server.signature_exists"),
    ],
)
def test_what_waits_for_nothing_more_of_me_is_no_error(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace, call: str, code: str
) -> None:
    workplace.errors[call] = AppError(code)
    vm.open(task())
    assert panel.problem.isVisible()
    assert panel.problem.word.text() == "Information"
    assert not button(panel.problem, "notice_action").isVisible()
    assert not panel.problem.code.isVisible()
    assert not button(panel, "primary_button").isEnabled()


def test_what_could_not_be_opened_can_be_tried_again(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace
) -> None:
    workplace.errors["open"] = AppError("server.unreachable", server="x")
    vm.open(task())
    workplace.errors.clear()
    button(panel.problem, "notice_action").click()
    assert vm.state.phase is DocumentPhase.READY
    assert not panel.problem.isVisible()


def test_why_a_draft_was_returned_stands_before_everything_else(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["open"] = paper(history=STEPS)
    vm.open(task(returned=True))
    qtbot.waitUntil(lambda: "The reason: Thiếu căn cứ" in texts(panel))


def test_the_history_is_folded_and_has_the_newest_first(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["open"] = paper(history=STEPS)
    vm.open(task())
    fold = panel.routing.fold
    assert not fold.body.isVisible()
    fold.button.click()
    qtbot.waitUntil(lambda: texts(fold.body)[:1] == ["Văn phòng: submitted"])
    assert "«Thiếu căn cứ»" in texts(fold.body)


def test_the_header_says_what_the_document_is(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["open"] = paper(deadline=NOON, dossier_code="HS-1", recipients=("A", "B"))
    vm.open(task(urgency=Urgency.EXPRESS))
    said = {
        "Công văn",
        "EXPRESS",
        "Về việc kiểm tra",
        "22/11/2026 12:00",
        "…/STP-VP",
        f"GIÁM ĐỐC {LEADER}",
        "A; B",
        "HS-1",
    }
    qtbot.waitUntil(lambda: said <= set(texts(panel.header)))


def test_a_text_of_the_server_is_shown_as_it_is_written(
    vm: DocumentVm, panel: DocumentPanel
) -> None:
    vm.open(task(abstract="<b>Về</b> việc"))
    label = child(panel, QLabel, "document_abstract")
    assert (label.text(), label.textFormat()) == ("<b>Về</b> việc", Qt.TextFormat.PlainText)


def test_a_press_on_an_attachment_shows_it(
    vm: DocumentVm, panel: DocumentPanel, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["open"] = paper(files=(file_ref(), annex()))
    workplace.answers["propose_issue"] = to_issue(attachments=(corner(),))
    vm.open(task(Queue.TO_ISSUE))
    row = button(panel, "file_f2")
    row.click()
    row.click()
    assert vm.state.shown_file == corner().file
    assert (row.isChecked(), button(panel, "file_f1").isChecked()) == (True, False)
    said = "Attachment; its seal: top left corner of page 1."
    qtbot.waitUntil(lambda: said in texts(panel.files))


def test_one_file_alone_needs_no_list(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task())
    assert not panel.files.isVisible()


def test_the_language_changes_while_a_document_is_open(
    vm: DocumentVm, panel: DocumentPanel, look: Look, workplace: FakeWorkplace, qtbot: QtBot
) -> None:
    workplace.answers["propose_signing"] = to_sign(box=None)
    vm.open(task())
    look.words.choose("vi")
    qtbot.waitUntil(lambda: says(panel, "why_not") == "Chưa có chỗ đặt.")


def test_everything_that_can_be_used_has_a_name(vm: DocumentVm, panel: DocumentPanel) -> None:
    vm.open(task(Queue.TO_ISSUE))
    used = [
        widget
        for widget in panel.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(used) > 5
    parts = ("qt_", "document_scroll")
    nameless = [
        (type(widget).__name__, widget.objectName())
        for widget in used
        if not widget.accessibleName() and not widget.objectName().startswith(parts)
    ]
    assert nameless == []


def test_the_offices_texts_stand_ready_for_a_return(look: Look, qtbot: QtBot) -> None:
    text = "Hồ sơ chưa đủ thành phần theo quy định. Đề nghị bổ sung những giấy tờ sau đây: …"
    card = MoveCard(look)
    qtbot.addWidget(card)
    card.ask(Move.RETURN, DocumentMode.SIGN, (text,))
    card.chips[0].click()
    assert card.text.toPlainText() == text
    assert [chip.isVisibleTo(card) for chip in card.chips[:2]] == [True, False]
