"""Facts about checking a file in the window: the newest wish counts, and nothing a file holds is ever raised."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.errors import AppError
from app.workplace.records import Problem
from pdf.geometry import BoxMm
from signing.report import FileReport
from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.workplace import FakeWorkplace
from ui.bridge import Lane
from ui.viewmodels.review import ReviewPhase, ReviewState, ReviewVm, deciding_field

FILE = Path("/tmp/412-UBND.pdf")


@pytest.fixture
def workplace() -> FakeWorkplace:
    return FakeWorkplace(review=lambda path: reviews.review(reviews.issued(), path))


@pytest.fixture
def bridge(workplace: FakeWorkplace, qapp: QCoreApplication) -> FakeBridge:
    del qapp
    return FakeBridge(workplace)


@pytest.fixture
def vm(bridge: FakeBridge) -> ReviewVm:
    return ReviewVm(bridge, lambda: NOON)


def test_nothing_is_shown_at_first(vm: ReviewVm) -> None:
    assert vm.state == ReviewState()
    assert vm.page_boxes() == ()


def test_a_file_is_checked_off_the_window_s_thread(vm: ReviewVm, bridge: FakeBridge) -> None:
    bridge.is_held = True
    vm.open(FILE)
    assert (vm.state.phase, vm.state.name) == (ReviewPhase.CHECKING, "412-UBND.pdf")
    assert bridge.lanes == [Lane.DESK]


def test_a_checked_file_is_shown_with_the_moment_of_the_check(vm: ReviewVm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(vm.opened) as told:
        vm.open(FILE)
    assert vm.state.phase is ReviewPhase.DONE
    assert vm.state.checked_at == NOON
    assert told.args == [vm.state.review]


def test_the_file_s_size_is_told_where_it_is_known(vm: ReviewVm, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x" * 1234)
    vm.open(path)
    assert vm.state.size_bytes == 1234


def test_a_file_that_went_meanwhile_has_no_size(vm: ReviewVm, tmp_path: Path) -> None:
    vm.open(tmp_path / "gone.pdf")
    assert vm.state.phase is ReviewPhase.DONE
    assert vm.state.size_bytes is None


def test_a_file_that_is_kept_under_another_name_is_called_by_its_own(vm: ReviewVm) -> None:
    vm.open(Path("/store/0badcafe"), "cong-van.pdf")
    assert vm.state.name == "cong-van.pdf"
    vm.again()
    assert vm.state.name == "cong-van.pdf"


def test_a_newer_file_takes_the_place_of_one_that_is_still_checked(
    vm: ReviewVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.open(Path("/tmp/slow.pdf"))
    vm.open(FILE)
    bridge.run()
    assert vm.state.review is not None
    assert vm.state.review.path == FILE


def test_a_late_answer_for_a_file_that_was_put_away_changes_nothing(
    vm: ReviewVm, bridge: FakeBridge
) -> None:
    bridge.is_held = True
    vm.open(FILE)
    vm.close()
    bridge.run()
    assert vm.state == ReviewState()


def test_a_file_that_cannot_be_checked_says_why(vm: ReviewVm, workplace: FakeWorkplace) -> None:
    workplace.errors["review"] = AppError("worker.deadline", seconds=60, worker="verify")
    vm.open(FILE)
    assert vm.state.phase is ReviewPhase.FAILED
    assert vm.state.problem == Problem("worker.deadline", {"seconds": 60, "worker": "verify"})
    assert vm.page_boxes() == ()


def test_a_file_that_could_not_be_checked_is_checked_again(
    vm: ReviewVm, workplace: FakeWorkplace
) -> None:
    workplace.errors["review"] = AppError("worker.crashed", worker="verify", exit_code=1)
    vm.open(FILE)
    workplace.errors.clear()
    vm.again()
    assert (vm.state.phase, vm.state.problem) == (ReviewPhase.DONE, None)


def test_a_bug_is_told_and_not_raised(vm: ReviewVm, workplace: FakeWorkplace) -> None:
    workplace.errors["review"] = ValueError("no")
    vm.open(FILE)
    assert vm.state.problem == Problem("bug", {"kind": "ValueError"})


@pytest.mark.parametrize("reason", ["verify.file_not_readable", "verify.not_a_pdf"])
def test_a_file_that_is_gone_or_no_pdf_has_a_verdict_with_its_reason(
    reason: str, vm: ReviewVm, workplace: FakeWorkplace
) -> None:
    workplace.answers["review"] = reviews.review(reviews.unreadable(reason))
    vm.open(FILE)
    assert vm.state.review is not None
    assert vm.state.review.report.reason == reason


def test_each_visible_signature_has_a_mark_with_its_verdict(vm: ReviewVm) -> None:
    vm.open(FILE)
    assert [(box.key, box.look, box.label, box.is_movable) for box in vm.page_boxes()] == [
        ("LanhDao", "mark", "verdict.valid", False),
        ("ConDau", "mark", "verdict.valid", False),
    ]
    assert vm.page_boxes()[0].box_mm == BoxMm(110, 200, 180, 215)


def test_an_invisible_signature_has_no_mark(vm: ReviewVm, workplace: FakeWorkplace) -> None:
    workplace.answers["review"] = reviews.review(reviews.only_timestamps())
    vm.open(FILE)
    assert vm.page_boxes() == ()


def test_a_signature_is_chosen_by_its_field(vm: ReviewVm) -> None:
    vm.open(FILE)
    vm.select("ConDau")
    assert vm.state.selected == "ConDau"
    vm.select(None)
    assert vm.state.selected is None


def test_a_field_that_is_no_signature_chooses_none(vm: ReviewVm) -> None:
    vm.open(FILE)
    vm.select("SoVanBan")
    assert vm.state.selected is None


def test_choosing_without_a_file_changes_nothing(vm: ReviewVm) -> None:
    vm.select("LanhDao")
    assert vm.state == ReviewState()


def test_putting_the_file_away_is_told_once(vm: ReviewVm, qtbot: QtBot) -> None:
    vm.open(FILE)
    with qtbot.waitSignal(vm.closed):
        vm.close()
    with qtbot.assertNotEmitted(vm.closed):
        vm.close()


def test_a_new_file_puts_the_old_one_away(vm: ReviewVm, qtbot: QtBot) -> None:
    vm.open(FILE)
    with qtbot.waitSignal(vm.closed):
        vm.open(Path("/tmp/other.pdf"))


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (reviews.issued(), None),
        (reviews.leader_only(), "LanhDao"),
        (reviews.changed_after(), "LanhDao"),
        (reviews.untrusted(), "LanhDao"),
        (reviews.unsigned(), None),
    ],
)
def test_the_signature_that_decided_is_looked_at_first(
    report: FileReport, field: str | None
) -> None:
    assert deciding_field(report) == field
