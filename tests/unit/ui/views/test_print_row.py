"""Facts about what is told of a print for paper."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.workflow.documents import Queue
from app.workplace.records import Problem
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import paper, picture, shows_at_once, task, to_issue
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look
from ui.views.note_card import NoteCard
from ui.views.print_row import PrintRow

NOTE = "workflow.typed_date_differs"


def test_what_should_be_known_of_a_print_is_told_in_words(look: Look, qtbot: QtBot) -> None:
    printed = ("numbered", (NOTE,))
    answers = {"open": paper(), "propose_issue": to_issue(), "preview": picture()}
    vm = DocumentVm(FakeBridge(FakeWorkplace(**answers, print_paper=printed)))
    shows_at_once(vm)
    row = PrintRow(vm.prints, look)
    qtbot.addWidget(row)
    vm.open(task(Queue.TO_ISSUE))
    vm.prints.print_to(Path("/home/vt/in.pdf"))
    told = [card.what.text() for card in row.findChildren(NoteCard) if card is not row.problem]
    assert told == [look.words.message(Problem(NOTE)).what]
