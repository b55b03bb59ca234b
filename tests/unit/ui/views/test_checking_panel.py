"""Facts about the panel of a check of many files: words beside icons, one filter, the way to each file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import LEADER, NOON
from tests.fakes.workplace import FakeChecks, FakeWorkplace
from ui.theme import Scheme
from ui.viewmodels.checking import CheckingVm
from ui.views.base import Look
from ui.views.checking_panel import CheckingPanel

FOLDER = (Path("/tmp/received"),)
REPORTS = {"a.pdf": reviews.leader_only(), "b.pdf": reviews.changed_after()}


@pytest.fixture
def checks() -> FakeChecks:
    return FakeChecks(REPORTS)


@pytest.fixture
def bridge(checks: FakeChecks, theme: object) -> FakeBridge:
    del theme
    return FakeBridge(FakeWorkplace(checks=checks))


@pytest.fixture
def panel(look: Look, bridge: FakeBridge, qtbot: QtBot) -> CheckingPanel:
    made = CheckingPanel(CheckingVm(bridge, lambda: NOON), look)
    qtbot.addWidget(made)
    made.resize(400, 800)
    made.show()
    return made


def rows(panel: CheckingPanel) -> list[str]:
    model = panel.model
    return [str(model.data(model.index(at, 0))) for at in range(model.rowCount())]


def text(panel: CheckingPanel, name: str) -> str:
    found = panel.findChild(QLabel, name)
    assert found is not None
    return found.text()


def button(panel: CheckingPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def test_each_file_says_name_verdict_signers_and_reason(panel: CheckingPanel) -> None:
    panel.vm.check(FOLDER)
    first, second = (row.split("\n") for row in rows(panel))
    assert first == ["a.pdf", f"VALID · {LEADER}", "Every signature in the document is valid."]
    assert second[1].startswith("INVALID · bearing the name")
    assert second[2].startswith("After signing, the file was changed")


def test_how_far_it_is_and_how_many_of_each_are_told(
    panel: CheckingPanel, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    panel.vm.check(FOLDER)
    assert text(panel, "checking_progress") == "Looking for PDF files…"
    bridge.step()
    assert text(panel, "checking_progress") == "Checking: 0 of 2"
    assert button(panel, "checking_stop").isVisible()
    bridge.run()
    assert text(panel, "checking_progress") == "2 files checked."
    assert text(panel, "checking_counts") == "INVALID: 1 · VALID: 1"
    assert not button(panel, "checking_stop").isVisible()


def test_the_filter_shows_what_is_not_valid(panel: CheckingPanel) -> None:
    panel.vm.check(FOLDER)
    box = panel.findChild(QCheckBox, "checking_filter")
    assert box is not None
    box.toggle()
    assert [row.split("\n")[0] for row in rows(panel)] == ["b.pdf"]


def test_a_press_on_a_file_asks_for_its_review(panel: CheckingPanel, qtbot: QtBot) -> None:
    panel.vm.check(FOLDER)
    place = panel.list.visualRect(panel.model.index(1, 0)).center()
    with qtbot.waitSignal(panel.file_chosen) as told:
        QTest.mouseClick(
            panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
        )
    assert told.args == [Path("/tmp/b.pdf")]


def test_the_return_key_asks_for_a_review_too(panel: CheckingPanel, qtbot: QtBot) -> None:
    panel.vm.check(FOLDER)
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    with qtbot.waitSignal(panel.file_chosen) as told:
        QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert told.args == [Path("/tmp/a.pdf")]


def test_stopping_says_how_many_are_done(panel: CheckingPanel, bridge: FakeBridge) -> None:
    bridge.is_held = True
    panel.vm.check(FOLDER)
    bridge.step()
    button(panel, "checking_stop").click()
    assert text(panel, "checking_progress") == "Stopped: 0 of 2 files were checked."


def test_rows_are_said_in_the_language_that_is_chosen(panel: CheckingPanel) -> None:
    panel.vm.check(FOLDER)
    panel.look.words.choose("vi")
    QApplication.sendPostedEvents()
    assert "HỢP LỆ" in rows(panel)[0]


def test_a_row_s_icon_is_drawn_in_the_themes_colour(panel: CheckingPanel) -> None:
    panel.vm.check(FOLDER)
    model, role = panel.model, Qt.ItemDataRole.DecorationRole
    light = model.data(model.index(0, 0), role)
    panel.look.theme.choose(Scheme.DARK)
    dark = model.data(model.index(0, 0), role)
    panel.look.theme.choose(Scheme.LIGHT)
    assert light is not dark


def test_rows_that_come_later_leave_the_chosen_one_chosen(panel: CheckingPanel) -> None:
    panel.vm.check(FOLDER)
    shown = panel.vm.state.rows
    panel.model.show_rows(shown[:1])
    panel.list.setCurrentIndex(panel.model.index(0, 0))
    panel.model.show_rows(shown)
    assert panel.list.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("chosen", "filter_at", "written"),
    [
        ("/tmp/r.pdf", 0, (Path("/tmp/r.pdf"), "pdf", "en", True)),
        ("/tmp/r.CSV", 0, (Path("/tmp/r.CSV"), "csv", "en", True)),
        ("/tmp/r", 2, (Path("/tmp/r.json"), "json", "en", False)),
        ("/tmp/r.v2", 0, (Path("/tmp/r.v2.pdf"), "pdf", "en", False)),
    ],
)
def test_the_suffix_says_what_is_written_and_one_that_is_added_replaces_nothing(
    panel: CheckingPanel, checks: FakeChecks, chosen: str, filter_at: int, written: object
) -> None:
    filters = (
        "Report for the printer (*.pdf)",
        "Table for a spreadsheet (*.csv)",
        "Everything, for programs (*.json)",
    )
    panel.vm.check(FOLDER)
    panel.report.write_to(chosen, filters[filter_at])
    assert checks.asked("write")[0][2:] == written
