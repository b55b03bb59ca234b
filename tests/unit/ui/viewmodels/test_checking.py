"""Facts about checking many files in the window: results come in pieces, stopping keeps what is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from app.errors import AppError
from app.workplace.records import Problem
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.workplace import FakeChecks, FakeWorkplace
from ui.viewmodels.checking import CheckingPhase, CheckingState, CheckingVm

REPORTS = {
    "a.pdf": reviews.issued(),
    "b.pdf": reviews.changed_after(),
    "sub/c.pdf": reviews.unsigned(),
}
FOLDER = (Path("/tmp/received"),)


@pytest.fixture
def checks() -> FakeChecks:
    return FakeChecks(REPORTS)


@pytest.fixture
def bridge(checks: FakeChecks, qapp: QCoreApplication) -> FakeBridge:
    del qapp
    return FakeBridge(FakeWorkplace(checks=checks))


@pytest.fixture
def vm(bridge: FakeBridge) -> CheckingVm:
    return CheckingVm(bridge, lambda: NOON)


def names(state: CheckingState) -> list[str]:
    return [row.file.name for row in state.shown()]


def test_nothing_is_shown_at_first(vm: CheckingVm) -> None:
    assert vm.state == CheckingState()
    assert not vm.report.state.can_write


def test_every_file_below_a_folder_is_checked(vm: CheckingVm, checks: FakeChecks) -> None:
    vm.check(FOLDER)
    assert checks.asked("find") == [(FOLDER,)]
    assert (vm.state.phase, vm.state.total) == (CheckingPhase.DONE, 3)
    assert names(vm.state) == list(REPORTS)


def test_progress_is_told_while_files_are_checked(vm: CheckingVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    seen = []
    vm.changed.connect(lambda: seen.append((vm.state.phase, len(vm.state.rows), vm.state.total)))
    vm.check(FOLDER)
    bridge.run()
    assert seen == [
        (CheckingPhase.LOOKING, 0, 0),
        (CheckingPhase.CHECKING, 0, 3),
        (CheckingPhase.CHECKING, 3, 3),
        (CheckingPhase.DONE, 3, 3),
    ]


def test_reports_that_came_together_are_shown_in_one_piece(
    vm: CheckingVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.check(FOLDER)
    bridge.step()
    bridge.step()
    assert len(bridge.waiting) == 2  # one piece, and the end
    bridge.step()
    assert len(vm.state.rows) == 3


def test_what_is_not_valid_can_be_shown_alone(vm: CheckingVm) -> None:
    vm.check(FOLDER)
    vm.show_only_doubtful(wanted=True)
    assert names(vm.state) == ["b.pdf", "sub/c.pdf"]
    vm.show_only_doubtful(wanted=False)
    assert len(names(vm.state)) == 3


def test_stopping_keeps_what_is_done_and_takes_nothing_more(
    vm: CheckingVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.check(FOLDER)
    bridge.step()
    bridge.step()  # all are judged, none is shown yet
    vm.stop()
    assert (vm.state.phase, vm.state.is_stopped) == (CheckingPhase.DONE, True)
    assert len(vm.state.rows) == 3
    bridge.run()
    assert len(vm.state.rows) == 3


def test_a_check_that_was_stopped_before_it_began_judges_nothing(
    vm: CheckingVm, bridge: FakeBridge, checks: FakeChecks
) -> None:
    bridge.is_held = True
    vm.check(FOLDER)
    bridge.step()
    vm.stop()
    bridge.run()
    assert checks.asked("check") == []
    assert vm.state.rows == ()


def test_a_newer_folder_ends_the_check_before_it(vm: CheckingVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    vm.check(FOLDER)
    bridge.step()
    bridge.step()
    vm.check((Path("/tmp/other"),))
    bridge.run()
    assert len(vm.state.rows) == 3
    assert not vm.state.is_stopped


def test_a_folder_without_a_pdf_is_told(vm: CheckingVm, checks: FakeChecks) -> None:
    checks.answers["find"] = ()
    vm.check(FOLDER)
    assert vm.state.problem == Problem("verify.no_files", {"path": "/tmp/received"})


def test_a_report_can_be_written_once_the_check_has_ended(
    vm: CheckingVm, bridge: FakeBridge, checks: FakeChecks
) -> None:
    bridge.is_held = True
    vm.check(FOLDER)
    bridge.step()
    assert not vm.report.state.can_write
    bridge.run()
    vm.report.write(Path("/tmp/out.csv"), "csv", "vi", may_replace=True)
    bridge.run()
    found, checked_at, out, form, language, may_replace = checks.asked("write")[0]
    assert [file.name for file, _ in found] == list(REPORTS)
    assert (checked_at, out, form, language) == (NOON, Path("/tmp/out.csv"), "csv", "vi")
    assert may_replace
    assert vm.report.state.written == Path("/tmp/out.csv")


def test_why_a_report_was_not_written_is_told(vm: CheckingVm, checks: FakeChecks) -> None:
    vm.check(FOLDER)
    checks.errors["write"] = AppError("usage.out_exists", path="/tmp/out.pdf")
    vm.report.write(Path("/tmp/out.pdf"), "pdf", "vi", may_replace=False)
    assert vm.report.state.problem == Problem("usage.out_exists", {"path": "/tmp/out.pdf"})
    assert vm.report.state.can_write


def test_what_was_told_of_a_report_falls_with_the_next_check(vm: CheckingVm) -> None:
    vm.check(FOLDER)
    vm.report.write(Path("/tmp/out.pdf"), "pdf", "vi", may_replace=False)
    vm.check(FOLDER)
    assert vm.report.state.written is None
