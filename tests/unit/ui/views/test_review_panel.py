"""Facts about the panel of a checked file: verdict first, cards that open, buttons that belong to the state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workflow.documents import Person, Role
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import LEADER, LEADERS, NOON
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.incoming import IncomingPhase, IncomingVm
from ui.viewmodels.review import ReviewVm
from ui.views.base import Look
from ui.views.review_panel import ReviewPanel

FILE = Path("/tmp/412-UBND.pdf")
CLERK = Person("v", "Trần Thị Bình", "Sở", (Role.CLERK,), (), (), "nd30-2020")
Shown = Callable[[str], ReviewPanel]


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(signs_incoming=False)


@pytest.fixture
def bridge(workplace: FakeWorkplace, theme: object) -> FakeBridge:
    del theme
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> ReviewVm:
    return ReviewVm(bridge, lambda: NOON)


@pytest.fixture
def incoming(bridge: FakeBridge, vm: ReviewVm) -> IncomingVm:
    made = IncomingVm(bridge)
    vm.opened.connect(made.look_at)
    return made


@pytest.fixture
def panel(look: Look, vm: ReviewVm, incoming: IncomingVm, qtbot: QtBot) -> ReviewPanel:
    made = ReviewPanel(look, vm, incoming)
    qtbot.addWidget(made)
    made.resize(400, 800)
    made.show()
    return made


@pytest.fixture
def shown(panel: ReviewPanel, vm: ReviewVm, workplace: FakeWorkplace) -> Shown:
    def show(name: str) -> ReviewPanel:
        workplace.answers["review"] = reviews.review(reviews.SAMPLES[name]())
        vm.open(FILE)
        return panel

    return show


def button(panel: QWidget, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def texts(panel: QWidget) -> str:
    QApplication.sendPostedEvents()  # layouts show what was put into them
    labels = [label for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
    return "\n".join(label.text().replace("\u200b", "") for label in labels)


def test_without_a_file_the_panel_asks_for_one(panel: ReviewPanel) -> None:
    assert "Drop a PDF here, or open one" in texts(panel)
    assert button(panel, "review_open_button").isVisible()
    assert not button(panel, "review_copy_button").isVisible()


def test_a_file_that_is_checked_is_named(
    panel: ReviewPanel, vm: ReviewVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.open(FILE)
    assert "Checking the signatures of 412-UBND.pdf…" in texts(panel)
    assert not panel.banner.isVisible()


def test_the_verdict_comes_first(shown: Shown) -> None:
    panel = shown("issued")
    assert panel.banner.word.text() == "VALID"
    assert panel.banner.sentence.text().startswith(f"Signed by {LEADER} and sealed by")
    assert panel.banner.accessibleName().startswith("VALID: Signed by")
    assert panel.scroll_area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("name", reviews.SAMPLES)
def test_every_verdict_is_shown_with_a_card_for_each_signature(name: str, shown: Shown) -> None:
    panel = shown(name)
    report = reviews.SAMPLES[name]()
    assert panel.banner.isVisible()
    assert [card.item for card in panel.cards] == list(report.signatures)


@pytest.mark.parametrize("name", reviews.SAMPLES)
def test_nothing_in_a_file_is_shown_as_markup(name: str, shown: Shown) -> None:
    panel = shown(name)
    labels = panel.scroll_area.findChildren(QLabel)
    risky = [
        label.text()
        for label in labels
        if label.textFormat() is not Qt.TextFormat.PlainText and "<" in label.text()
    ]
    assert risky == []


@pytest.mark.parametrize("name", reviews.SAMPLES)
def test_no_name_makes_the_panel_wider(name: str, shown: Shown) -> None:
    panel = shown(name)
    contents = panel.scroll_area.widget()
    assert contents is not None
    assert contents.minimumSizeHint().width() <= 400


def test_the_signature_that_decided_is_open(shown: Shown) -> None:
    panel = shown("changed_after")
    assert [card.is_open for card in panel.cards] == [True, False]
    assert "the page looks different, page 2 (NOT allowed)" in texts(panel.cards[0])


def test_a_card_that_is_opened_chooses_its_mark_on_the_page(shown: Shown, vm: ReviewVm) -> None:
    panel = shown("issued")
    panel.cards[1].button.click()
    assert vm.state.selected == "ConDau"
    assert panel.cards[1].is_open


def test_the_whole_head_of_a_card_opens_and_closes_it(
    shown: Shown, vm: ReviewVm, qtbot: QtBot
) -> None:
    panel = shown("issued")
    qtbot.waitUntil(panel.cards[0].isVisible)
    for selected in ("LanhDao", None):
        qtbot.mouseClick(panel.cards[0], Qt.MouseButton.LeftButton, pos=QPoint(60, 20))  # type: ignore[no-untyped-call]
        assert vm.state.selected == selected


def test_a_mark_that_is_chosen_on_the_page_opens_its_card(shown: Shown, vm: ReviewVm) -> None:
    panel = shown("issued")
    vm.select("LanhDao")
    assert [card.is_open for card in panel.cards] == [True, False]


def test_details_are_there_for_whoever_asks(shown: Shown) -> None:
    panel = shown("leader_only")
    details = panel.cards[0].findChild(QToolButton, "signature_details_button")
    assert details is not None
    assert "ETSI.CAdES.detached" not in texts(panel)
    details.click()
    assert "ETSI.CAdES.detached" in texts(panel)


def test_a_certificate_s_hash_can_be_copied(shown: Shown) -> None:
    panel = shown("leader_only")
    copy = panel.cards[0].findChild(QToolButton, "copy_fact_button")
    assert copy is not None
    copy.click()
    assert QGuiApplication.clipboard().text() == LEADERS


def test_several_signatures_have_a_history(shown: Shown) -> None:
    panel = shown("issued")
    history = panel.findChild(QWidget, "history_list")
    assert history is not None
    assert "Afterwards: field filled: SoVanBan, page 1 (allowed)" in texts(history)


def test_one_signature_needs_no_history(shown: Shown) -> None:
    assert shown("leader_only").findChild(QWidget, "history_list") is None


def test_time_stamps_alone_are_not_called_signatures(shown: Shown) -> None:
    told = texts(shown("only_timestamps")).split("\n")
    assert "Time stamps" in told
    assert "Signatures" not in told


def test_remarks_stand_by_the_verdict(shown: Shown) -> None:
    assert "which was not run: JavaScript, embedded files." in texts(shown("with_remarks").banner)


def test_the_report_is_copied_as_text(shown: Shown) -> None:
    panel = shown("untrusted")
    button(panel, "review_copy_button").click()
    assert QGuiApplication.clipboard().text().startswith("UNDETERMINED: Personal signature")
    assert button(panel, "review_copy_button").text() == "Copied"


def test_a_file_that_could_not_be_checked_can_be_tried_again(
    shown: Shown, panel: ReviewPanel, vm: ReviewVm, workplace: FakeWorkplace
) -> None:
    shown("issued")
    workplace.errors["review"] = AppError("worker.deadline", seconds=60, worker="verify")
    vm.open(FILE)
    assert panel.banner.word.text() == "COULD NOT BE CHECKED"
    assert (panel.cards, button(panel, "review_copy_button").isVisible()) == ([], False)
    workplace.errors.clear()
    button(panel, "review_again_button").click()
    assert panel.banner.word.text() == "VALID"


def test_another_file_is_asked_for_without_stopping_the_window(
    panel: ReviewPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    wanted = tmp_path / "a.pdf"
    wanted.write_bytes(b"%PDF-1.7")
    button(panel, "review_open_button").click()
    dialog = panel.findChild(QFileDialog, "review_file_dialog")
    assert dialog is not None
    with qtbot.waitSignal(panel.file_chosen) as told:
        dialog.fileSelected.emit(str(wanted))
    assert told.args == [wanted]
    dialog.close()


def test_a_clerk_registers_in_the_same_place(shown: Shown, incoming: IncomingVm) -> None:
    incoming.serve(CLERK)
    panel = shown("issued")
    register = button(panel, "review_register_button")
    assert register.isVisible()
    register.click()
    assert incoming.state.phase is IncomingPhase.FILLING
    assert panel.form.isVisible()
    assert not register.isVisible()


def test_nobody_else_is_offered_to_register(shown: Shown) -> None:
    assert not button(shown("issued"), "review_register_button").isVisible()


def test_another_language_says_everything_anew(shown: Shown, look: Look, qtbot: QtBot) -> None:
    panel = shown("changed_after")
    look.words.choose("vi")
    qtbot.waitUntil(lambda: "KHÔNG được phép" in texts(panel))
    assert panel.banner.word.text() == "KHÔNG HỢP LỆ"
    assert [card.is_open for card in panel.cards] == [True, False]


def test_every_button_has_a_name_for_a_screen_reader(shown: Shown, incoming: IncomingVm) -> None:
    incoming.serve(CLERK)
    panel = shown("changed_after")
    nameless = [
        item.objectName()
        for kind in (QPushButton, QToolButton)
        for item in panel.findChildren(kind)
        if item.isVisible() and not (item.accessibleName() or item.text())
    ]
    assert nameless == []


def test_the_cards_come_before_the_buttons_below_them(shown: Shown) -> None:
    panel = shown("issued")
    first, second = (card.button for card in panel.cards)
    last = button(panel, "review_copy_button")
    order: list[QWidget] = [first]
    while len(order) < 60 and order[-1] is not last:
        after = order[-1].nextInFocusChain()
        assert after is not None
        order.append(after)
    assert second in order
    assert order[-1] is last
