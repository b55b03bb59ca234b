"""Facts about returning a received document: a letter in plain words, saved with the report, sent by the person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.fakes import reviews
from tests.fakes.bridge import FakeBridge
from tests.fakes.records import NOON
from tests.fakes.workplace import FakeChecks, FakeWorkplace
from ui.viewmodels.incoming import IncomingVm
from ui.viewmodels.review import ReviewVm
from ui.views.base import Look
from ui.views.review_panel import ReviewPanel

FILE = Path("/tmp/412-UBND.pdf")
Check = Callable[[str], None]


@pytest.fixture
def checks() -> FakeChecks:
    return FakeChecks({})


@pytest.fixture
def workplace(checks: FakeChecks) -> FakeWorkplace:
    return FakeWorkplace(checks=checks, signs_incoming=False)


@pytest.fixture
def vm(workplace: FakeWorkplace, theme: object) -> ReviewVm:
    del theme
    return ReviewVm(FakeBridge(workplace), lambda: NOON)


@pytest.fixture
def panel(look: Look, vm: ReviewVm, workplace: FakeWorkplace, qtbot: QtBot) -> ReviewPanel:
    made = ReviewPanel(look, vm, IncomingVm(FakeBridge(workplace)))
    qtbot.addWidget(made)
    made.resize(400, 800)
    made.show()
    return made


@pytest.fixture
def check(vm: ReviewVm, workplace: FakeWorkplace) -> Check:
    """Check one of the samples."""

    def check(sample: str) -> None:
        workplace.answers["review"] = reviews.review(reviews.SAMPLES[sample]())
        vm.open(FILE)

    return check


def button(panel: ReviewPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert found is not None
    return found


def letter(panel: ReviewPanel) -> QPlainTextEdit:
    found = panel.findChild(QPlainTextEdit, "return_letter")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("sample", "is_offered"),
    [
        ("issued", False),
        ("with_remarks", False),
        ("changed_after", True),
        ("untrusted", True),
        ("unsigned", True),
        ("unreadable", True),
    ],
)
def test_what_is_not_valid_can_be_returned(
    panel: ReviewPanel, check: Check, sample: str, *, is_offered: bool
) -> None:
    check(sample)
    assert button(panel, "review_return_button").isVisible() is is_offered


def test_the_letter_names_the_file_and_says_why_in_plain_words(
    panel: ReviewPanel, check: Check
) -> None:
    check("changed_after")
    button(panel, "review_return_button").click()
    text = letter(panel).toPlainText()
    assert "412-UBND.pdf" in text
    assert "INVALID" in text
    assert "the file was changed in a way that is not permitted" in text
    assert not button(panel, "review_return_button").isVisible()


def test_what_the_person_wrote_is_what_is_copied(panel: ReviewPanel, check: Check) -> None:
    check("unsigned")
    button(panel, "review_return_button").click()
    letter(panel).setPlainText("Kính gửi anh Bình")
    button(panel, "return_copy_button").click()
    assert QGuiApplication.clipboard().text() == "Kính gửi anh Bình"


def test_letter_and_report_are_saved_together(
    panel: ReviewPanel, check: Check, checks: FakeChecks
) -> None:
    check("changed_after")
    button(panel, "review_return_button").click()
    panel.letter.save_to("/tmp/tra-lai.pdf")
    found, _, text, out, language, may_replace = checks.asked("write_return")[0]
    assert [file.path for file, _ in found] == [FILE]
    assert text == letter(panel).toPlainText()
    assert (out, language, may_replace) == (Path("/tmp/tra-lai.pdf"), "en", True)


def test_a_name_that_the_dialog_did_not_ask_about_replaces_nothing(
    panel: ReviewPanel, check: Check, checks: FakeChecks
) -> None:
    check("changed_after")
    button(panel, "review_return_button").click()
    panel.letter.save_to("/tmp/tra-lai")
    assert checks.asked("write_return")[0][3:] == (Path("/tmp/tra-lai.pdf"), "en", False)


def test_where_letter_and_report_lie_is_told(panel: ReviewPanel, check: Check) -> None:
    check("changed_after")
    button(panel, "review_return_button").click()
    panel.letter.save_to("/tmp/tra-lai.pdf")
    outcome = panel.letter.outcome
    assert outcome.isVisible()
    assert "tra-lai.pdf" in outcome.done.what.text().replace("\u200b", "")


def test_another_file_puts_the_letter_away(panel: ReviewPanel, check: Check) -> None:
    check("changed_after")
    button(panel, "review_return_button").click()
    check("issued")
    assert panel.letter.isHidden()


def test_the_report_of_a_file_is_saved_from_its_review(
    panel: ReviewPanel, check: Check, checks: FakeChecks
) -> None:
    check("issued")
    assert button(panel, "report_button").isVisible()
    panel.report.write_to("/tmp/phieu.pdf", "")
    found, checked_at, out, form, *_ = checks.asked("write")[0]
    assert ([file.name for file, _ in found], checked_at) == (["412-UBND.pdf"], NOON)
    assert (out, form) == (Path("/tmp/phieu.pdf"), "pdf")
