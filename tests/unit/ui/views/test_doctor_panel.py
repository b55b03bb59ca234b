"""Facts about the doctor in the window: findings as they come, one's own drivers, a report seen before it is copied."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.diagnosis.records import Check, TriedModule
from app.errors import AppError
from app.workplace.records import Problem
from signing.token.records import ModuleInfo
from tests.fakes.bridge import FakeBridge
from tests.fakes.tokens import module, token
from tests.fakes.workplace import FakeDoctor, FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.doctor import DoctorVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.check_list import CheckRow
from ui.views.doctor_panel import DoctorPanel
from ui.views.driver_list import DriverRow

FONTS = Check("fonts", "ok", "doctor.fonts_ok", {"detail": "Tinos"})
SERVER = Check("server", "warning", "settings.no_server")
NO_MODULE = Check("modules", "error", "doctor.no_module")
TOKEN = Check("tokens", "ok", "doctor.token_ok", {"token": "AN", "serial": "T1"})
OWN = TriedModule(ModuleInfo("/home/an/own.so", found=True, bits=64, problem=None), "own")
FOUND = TriedModule(module(token()), "known")
BROKEN = TriedModule(
    ModuleInfo("/opt/old.so", found=True, bits=32, problem="token.module_bits"), "settings"
)
REPORT = "Trình Ký\n[ok] Fonts\n"


def telling(*checks: Check, answer: Any = None) -> Any:
    def tell(told: Any) -> Any:
        for check in checks:
            told(check)
        return answer

    return tell


@pytest.fixture
def doctor() -> FakeDoctor:
    return FakeDoctor(
        check_machine=telling(FONTS, SERVER),
        check_tokens=telling(NO_MODULE, TOKEN, answer=(FOUND, BROKEN, OWN)),
        write_report=REPORT,
    )


@pytest.fixture
def workplace(doctor: FakeDoctor) -> FakeWorkplace:
    return FakeWorkplace(doctor=doctor, tokens=())


@pytest.fixture
def bridge(workplace: FakeWorkplace) -> FakeBridge:
    return FakeBridge(workplace)


@pytest.fixture
def panel(bridge: FakeBridge, look: Look, qtbot: QtBot) -> DoctorPanel:
    made = DoctorPanel(DoctorVm(bridge, TokenVm(bridge)), look)
    qtbot.addWidget(made)
    return made


def held(layout: QVBoxLayout) -> list[QWidget | None]:
    items = (layout.itemAt(at) for at in range(layout.count()))
    return [item.widget() for item in items if item is not None]


def rows(panel: DoctorPanel) -> list[CheckRow]:
    return [row for row in held(panel.checks) if isinstance(row, CheckRow)]


def drivers(panel: DoctorPanel) -> dict[str, DriverRow]:
    return {it.driver.info.path: it for it in held(panel.drivers) if isinstance(it, DriverRow)}


def test_the_worst_stands_first(panel: DoctorPanel) -> None:
    panel.vm.look()
    assert [row.check for row in rows(panel)] == [NO_MODULE, SERVER, TOKEN, FONTS]


def test_a_state_is_said_by_a_word_and_not_by_colour_alone(panel: DoctorPanel) -> None:
    panel.vm.look()
    said = [row.accessibleName().split(".")[0] for row in rows(panel)]
    assert said == [
        *("PKCS#11 modules: Problem", "Document server: Note"),
        *("Token: Good", "Fonts: Good"),
    ]


def test_findings_come_one_by_one_while_the_rest_is_looked_at(
    workplace: FakeWorkplace, look: Look, qtbot: QtBot
) -> None:
    bridge = FakeBridge(workplace, is_held=True)
    panel = DoctorPanel(DoctorVm(bridge, TokenVm(bridge)), look)
    qtbot.addWidget(panel)
    panel.vm.look()
    bridge.step()
    while bridge.waiting and not rows(panel):
        bridge.step()
    assert panel.busy.isVisibleTo(panel)
    assert not panel.again.isEnabled()
    bridge.run()
    assert panel.again.isEnabled()
    assert len(rows(panel)) == 4


def test_what_needs_the_token_waits_in_its_lane_and_holds_up_nothing_else(
    bridge: FakeBridge, panel: DoctorPanel
) -> None:
    panel.vm.look()
    assert bridge.lanes[:2] == [Lane.DESK, Lane.TOKEN]


def test_looking_again_shows_nothing_of_the_time_before(
    doctor: FakeDoctor, panel: DoctorPanel
) -> None:
    panel.vm.look()
    doctor.answers |= {"check_machine": telling(FONTS), "check_tokens": telling(answer=())}
    panel.again.click()
    assert [row.check for row in rows(panel)] == [FONTS]
    assert panel.summary.text() == "Everything is ready."


def test_what_is_found_is_said_in_the_persons_language(panel: DoctorPanel, look: Look) -> None:
    panel.vm.look()
    look.words.choose("vi")
    panel.retranslate()
    panel.show_state()
    assert rows(panel)[-1].accessibleName().startswith("Phông chữ")


def test_drivers_say_who_named_them_their_bits_and_their_problem(panel: DoctorPanel) -> None:
    panel.vm.look()
    told = {path: row.accessibleName() for path, row in drivers(panel).items()}
    assert told["/m.so"] == "m.so: found by itself · 64 bits · answers · 1 token"
    assert told["/opt/old.so"].startswith("old.so: from the settings · 32 bits\nThe module old.so")


def test_only_a_driver_of_ones_own_can_be_removed(doctor: FakeDoctor, panel: DoctorPanel) -> None:
    panel.vm.look()
    removable = [row for row in drivers(panel).values() if row.remove.isVisibleTo(row)]
    assert [row.driver for row in removable] == [OWN]
    removable[0].remove.click()
    assert doctor.asked("remove_driver") == [(Path("/home/an/own.so"),)]


def test_a_driver_that_was_added_is_looked_for_tokens_at_once(
    doctor: FakeDoctor, panel: DoctorPanel
) -> None:
    panel.vm.add_driver(Path("/home/an/new.so"))
    assert doctor.asked("add_driver") == [(Path("/home/an/new.so"),)]
    assert len(doctor.asked("check_tokens")) == 1


def test_a_file_that_is_no_driver_is_refused_in_words(
    doctor: FakeDoctor, panel: DoctorPanel
) -> None:
    doctor.errors["add_driver"] = AppError("token.module_no_library", module="/a.txt")
    panel.vm.add_driver(Path("/a.txt"))
    assert panel.vm.state.problem == Problem("token.module_no_library", {"module": "/a.txt"})
    assert "/a.txt" in panel.problem.what.text()
    assert panel.add.isEnabled()


def test_a_check_that_breaks_is_told_and_the_others_stand(
    doctor: FakeDoctor, panel: DoctorPanel
) -> None:
    doctor.errors["check_tokens"] = AppError("worker.cancelled", worker="token")
    panel.vm.look()
    assert panel.problem.isVisibleTo(panel)
    assert [row.check for row in rows(panel)] == [SERVER, FONTS]
    assert not panel.vm.state.is_busy


def test_the_report_is_seen_before_it_is_copied_and_copied_as_it_is_seen(
    doctor: FakeDoctor, panel: DoctorPanel
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    panel.vm.look()
    panel.report.click()
    assert doctor.asked("write_report") == [(panel.vm.state.checks, "en")]
    assert panel.page.text.isVisibleTo(panel)
    assert panel.page.text.toPlainText() == REPORT
    assert clipboard.text() == "before"
    panel.page.copy.click()
    assert clipboard.text() == REPORT
    panel.page.back.click()
    assert panel.again.isVisibleTo(panel)


def test_the_bar_sees_what_the_doctor_saw(workplace: FakeWorkplace, panel: DoctorPanel) -> None:
    panel.vm.look()
    assert len(workplace.asked("tokens")) == 1
