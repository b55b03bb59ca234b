"""Facts about words from files and servers that look like markup: they are read letter by letter, and do nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtGui
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.workplace.records import Progress, Step
from tests.fakes.bridge import FakeBridge
from tests.fakes.papers import annex, paper, picture, shows_at_once, to_sign
from tests.fakes.records import certificate, file_ref
from tests.fakes.tasks import LEADING, task
from tests.fakes.tokens import key, module, token
from tests.fakes.workplace import FakeWorkplace
from ui.viewmodels.account import AccountVm
from ui.viewmodels.queue import QueueVm
from ui.viewmodels.shell import ShellVm
from ui.viewmodels.token import TokenVm
from ui.views.base import Look
from ui.views.document_panel import DocumentPanel
from ui.views.queue_view import QueueView
from ui.views.signing_panel import SigningPanel
from ui.views.signing_results import ResultRow
from ui.views.status_line import StatusLine
from ui.views.top_bar import TopBar

WORDS = "<img src=x><b>đã ký</b> &amp;"
HOSTILE_KEY = replace(key(label=WORDS), certificate=certificate(WORDS, organization=WORDS))


class Desk:
    """What a leader sees of a document, with such words wherever a server, a file or a token has some to say."""

    def __init__(self, look: Look, qtbot: QtBot) -> None:
        files = (file_ref(name=WORDS), annex(name=WORDS))
        self.workplace = FakeWorkplace(
            restore=replace(LEADING, name=WORDS, office=WORDS),
            sync=(task("d1", abstract=WORDS, kind_name=WORDS),),
            tokens=(module(token(label=WORDS)),),
            waiting=(),
            open=paper(files=files, abstract=WORDS, drafting_unit=WORDS, recipients=(WORDS,)),
            propose_signing=to_sign(signer=WORDS),
            preview=picture(),
            choose_key=HOSTILE_KEY,
        )
        self.bridge = FakeBridge(self.workplace, is_held=True)
        account = AccountVm(self.bridge, WORDS)
        queue, tokens = QueueVm(self.bridge), TokenVm(self.bridge)
        self.shell = shell = ShellVm(self.bridge, account, queue, tokens)
        shows_at_once(shell.document)
        self.queue = QueueView(queue, look)
        self.document = DocumentPanel(shell.document, look)
        self.signing = SigningPanel(shell.signing, look)
        self.status = StatusLine(shell, look)
        self.top_bar = TopBar(account, tokens, look)
        self.views: tuple[QWidget, ...] = (
            self.queue, self.document, self.signing, self.status, self.top_bar,
        )  # fmt: skip
        for view in self.views:
            qtbot.addWidget(view)
        shell.account.start(None)
        self.bridge.run()
        shell.queue.select("d1")
        self.bridge.run()

    def ask_pin(self) -> None:
        order = self.shell.document.order()
        assert order is not None
        self.shell.order(order)
        self.bridge.run()

    def sign(self) -> None:
        """Sign, with something to be read afterwards."""
        notes = ("workflow.chain_untrusted",)
        self.workplace.answers["carry_out"] = (Progress("d1", Step.DONE, notes=notes),)
        self.ask_pin()
        self.shell.signing.give_pin("48151623")
        self.bridge.run()


@pytest.fixture
def desk(look: Look, qtbot: QtBot) -> Desk:
    return Desk(look, qtbot)


def letters(text: str) -> str:
    """Return a label's or a button's text without the marks that let it break, or keep its ampersands."""
    return text.replace("\u200b", "").replace("&&", "&")


def read(tip: str) -> str:
    """Return what a person reads of a tool tip."""
    if not QtGui.mightBeRichText(tip):
        return tip
    page = QTextDocument()
    page.setHtml(tip)
    return page.toPlainText()


def test_the_queue_s_tool_tip_says_it(desk: Desk) -> None:
    tip = desk.queue.list.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert read(tip).startswith(f"{WORDS}: {WORDS}\n")


def test_the_document_s_header_says_it(desk: Desk) -> None:
    header = desk.document.header
    assert letters(header.abstract.text()) == letters(header.kind.text()) == WORDS


def test_the_signing_panel_says_it_before_the_pin_and_afterwards(desk: Desk) -> None:
    desk.ask_pin()
    assert letters(desk.signing.pin.documents.label.text()) == WORDS
    desk.shell.signing.cancel()
    desk.sign()
    (row,) = desk.signing.results.findChildren(ResultRow)
    assert letters(row.title.text()) == WORDS


def test_the_status_line_says_it(desk: Desk) -> None:
    desk.sign()
    assert desk.status.result.text() == f"Signed and accepted by the server: {WORDS}"


def test_no_label_takes_it_for_markup(desk: Desk) -> None:
    desk.sign()
    labels = [label for view in desk.views for label in view.findChildren(QLabel)]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    shown = [letters(label.text()) for label in labels]
    assert sum(WORDS in text for text in shown) >= 10


def test_no_tool_tip_takes_it_for_markup(desk: Desk) -> None:
    tips = [part.toolTip() for view in desk.views for part in view.findChildren(QWidget)]
    spoken = [tip for tip in tips if "src=x" in tip]
    assert len(spoken) >= 3
    assert [tip for tip in spoken if WORDS not in read(tip)] == []


def test_no_button_takes_an_ampersand_for_a_shortcut(desk: Desk) -> None:
    buttons = [part for view in desk.views for part in view.findChildren(QAbstractButton)]
    spoken = [letters(button.text()) for button in buttons if "src=x" in button.text()]
    assert len(spoken) >= 3
    assert [text for text in spoken if WORDS not in text] == []
