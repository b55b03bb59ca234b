"""Checking a received file: the verdict first in one sentence, then the signatures, then the file itself."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import Review
from signing.report import FileReport, SignatureReport
from signing.terms import SignatureKind
from ui.icons import icon
from ui.theme import L_PX, M_PX, S_PX, XL_PX, mark
from ui.viewmodels.incoming import IncomingPhase, IncomingVm
from ui.viewmodels.review import ReviewPhase, ReviewVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.history_list import HistoryList
from ui.views.incoming_form import IncomingForm
from ui.views.report_row import ReportRow
from ui.views.return_card import ReturnCard
from ui.views.review_text import ReviewText
from ui.views.review_words import ReviewWords
from ui.views.signature_card import SignatureCard
from ui.views.verdict import VerdictWords
from ui.views.verdict_banner import VerdictBanner
from ui.widgets.busy_line import BusyLine
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty import Empty
from ui.widgets.fact_rows import Fact, FactRows
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel


class ReviewPanel(View):
    """Shows what was found of one file.

    `files` lists what else belongs to a document of the office.

    Signals:
        file_chosen: the person chose a file to be checked (`Path`).
        back_wanted: the person goes back to the list that the file was chosen from.
    """

    file_chosen = Signal(object)
    back_wanted = Signal()

    def __init__(
        self,
        look: Look,
        vm: ReviewVm,
        incoming: IncomingVm,
        files: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._vm = vm
        self._incoming = incoming
        self._shown: Review | None = None
        self._phase: ReviewPhase | None = None
        self.files = files or QWidget()
        self.cards: list[SignatureCard] = []
        self.name = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        mark(self.name, type="heading")
        self.banner = VerdictBanner(look.theme)
        self.form = IncomingForm(look, incoming)
        self.busy = BusyLine()
        self.empty = Empty(look.theme, "shield")
        self.open_button = self.empty.button
        self.open_button.setObjectName("review_open_button")
        mark(self.open_button, role="primary")
        self.another_button = _button("review_another_button")
        self.again_button = _button("review_again_button")
        self.copy_button = _button("review_copy_button")
        self.back_button = _button("review_back_button")
        self.back_button.setVisible(False)
        self.return_button = _button("review_return_button")
        self.report = ReportRow(vm.report, look, "phieu-kiem-tra")
        self.letter = ReturnCard(vm.returning, look)
        self.register_button = _button("review_register_button")
        self._lay_out()
        for button in (self.open_button, self.another_button):
            button.clicked.connect(self.choose_file)
        self.again_button.clicked.connect(vm.again)
        self.copy_button.clicked.connect(self.copy_report)
        self.register_button.clicked.connect(incoming.begin)
        self.back_button.clicked.connect(self.back_wanted)
        self.return_button.clicked.connect(self._begin_letter)
        self.letter.closed.connect(self._show_buttons)
        vm.returning.changed.connect(self._show_buttons)
        vm.changed.connect(self.show_state)
        incoming.changed.connect(self._show_incoming)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Speak the person's language."""
        self.empty.set_texts(
            self.tr("Drop a PDF here, or open one"),
            self.tr("Its signatures are checked on this machine. The file is sent nowhere."),
            self.tr("Open a file…"),
        )
        self.another_button.setText(self.tr("Open another file…"))
        self.again_button.setText(self.tr("Check again"))
        self.copy_button.setText(self.tr("Copy report"))
        self.register_button.setText(self.tr("Register as incoming…"))
        self.back_button.setText(self.tr("Back to the list"))
        self.return_button.setText(self.tr("Return to the sender…"))
        for button in (
            *(self.another_button, self.again_button, self.register_button),
            *(self.back_button, self.return_button),
        ):
            button.setAccessibleName(button.text())
        self.copy_button.setAccessibleName(self.tr("Copy the report as text"))
        self._shown = None

    def show_state(self) -> None:
        """Show the file that is checked, and what was found."""
        state = self._vm.state
        name = plain(state.name)
        self.name.setText(name)
        self.busy.set_text(self.tr("Checking the signatures of {file}…").format(file=name))
        pages: dict[ReviewPhase, QWidget] = {
            ReviewPhase.EMPTY: self.empty,
            ReviewPhase.CHECKING: self.checking,
        }
        self.stack.setCurrentWidget(pages.get(state.phase, self.scroll_area))
        if state.phase is ReviewPhase.DONE:
            self._show_review()
        elif state.problem is not None:
            self._clear()
            self.banner.show_verdict(VerdictWords(self.look.words).of_problem(state.problem))
        self._show_buttons()
        if state.phase is not self._phase:
            self._phase = state.phase
            self._announce()

    def offer_back(self, *, is_offered: bool) -> None:
        """Show the way back to a list of files, where there is one."""
        self.back_button.setVisible(is_offered)

    def choose_file(self) -> None:
        """Ask for a file; the window goes on meanwhile."""
        dialog = QFileDialog(self, self.tr("Open a PDF to check"))
        dialog.setObjectName("review_file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("PDF files (*.pdf)"), self.tr("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.file_chosen.emit(Path(path)))
        dialog.open()

    def copy_report(self) -> None:
        """Put the report on the clipboard as text."""
        QGuiApplication.clipboard().setText(ReviewText(self.look.words).of(self._vm.state))
        self.copy_button.setText(self.tr("Copied"))
        say(self.copy_button, self.copy_button.text())

    def _show_review(self) -> None:
        state = self._vm.state
        assert state.review is not None
        is_new = state.review is not self._shown
        if is_new:
            self._shown = state.review
            self._build(state.review.report)
            self.copy_button.setText(self.tr("Copy report"))
            self.scroll_area.verticalScrollBar().setValue(0)
        for card in self.cards:
            is_open = card.item.field == state.selected
            if is_open != card.is_open:
                card.set_open(is_open=is_open)
                if is_open and not is_new:
                    self._reveal(card)
        self._order_tabs()

    def _build(self, report: FileReport) -> None:
        self._clear()
        found = ReviewWords(self.look.words)
        self.banner.show_verdict(VerdictWords(self.look.words).of(report), found.remarks(report))
        every = report.signatures
        if every:
            self._add(_heading(self._carried(every)))
        for number, item in enumerate(every, start=1):
            card = SignatureCard(self.look, item, number)
            card.chosen.connect(self._vm.select)
            self.cards.append(card)
            self._add(card)
        if len(every) > 1:
            self._add(_heading(self.tr("History of the file")))
            self._add(HistoryList(self.look, report))
        self._add(_heading(self.tr("File")))
        self._add(self._file_facts(report, found))

    def _reveal(self, widget: QWidget) -> None:
        """Scroll to what has just opened, as soon as the layout knows its height."""
        show = partial(self.scroll_area.ensureWidgetVisible, widget, 0, M_PX)
        QTimer.singleShot(0, widget, show)

    def _order_tabs(self) -> None:
        """The cards come before the buttons below them, though they are made later."""
        stops: list[QWidget] = []
        for card in self.cards:
            inside = card.findChildren(QToolButton)
            stops += sorted(inside, key=lambda button: button is not card.button)
        stops += self.findChildren(QToolButton, "copy_fact_button")
        stops += [self.register_button, self.return_button, self.report.button]
        stops += [self.again_button, self.copy_button, self.another_button]
        for before, after in pairwise(dict.fromkeys(stops)):
            QWidget.setTabOrder(before, after)

    def _file_facts(self, report: FileReport, found: ReviewWords) -> FactRows:
        state = self._vm.state
        facts = [Fact(self.tr("Name"), plain(state.name))]
        if report.pages is not None:
            facts.append(Fact(self.tr("Pages"), str(report.pages)))
        if state.size_bytes is not None:
            facts.append(Fact(self.tr("Size"), found.size(state.size_bytes)))
        if state.checked_at is not None:
            when = self.tr("{time}, offline").format(time=self.look.words.moment(state.checked_at))
            facts.append(Fact(self.tr("Checked"), when))
        if report.sha256:
            facts.append(found.digest("SHA-256", report.sha256))
        rows = FactRows(self.look.theme)
        rows.set_facts(facts)
        return rows

    def _carried(self, every: tuple[SignatureReport, ...]) -> str:
        if all(item.kind is SignatureKind.DOCUMENT_TIMESTAMP for item in every):
            return self.tr("Time stamps")
        return self.tr("Signatures")

    def _add(self, widget: QWidget) -> None:
        self._found.addWidget(widget)

    def _clear(self) -> None:
        self.cards.clear()
        self._shown = self._vm.state.review
        while (item := self._found.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _begin_letter(self) -> None:
        self.letter.begin()
        self._show_buttons()
        self._reveal(self.letter)

    def _show_incoming(self) -> None:
        self._show_buttons()
        if self._incoming.state.phase in {IncomingPhase.FILLING, IncomingPhase.DONE}:
            self._reveal(self.form)

    def _show_buttons(self) -> None:
        phase, incoming = self._vm.state.phase, self._incoming.state
        self.another_button.setVisible(phase is not ReviewPhase.EMPTY)
        self.again_button.setVisible(phase is ReviewPhase.FAILED)
        self.copy_button.setVisible(phase is ReviewPhase.DONE)
        self.register_button.setVisible(
            phase is ReviewPhase.DONE
            and incoming.is_offered
            and incoming.phase is IncomingPhase.CLOSED
        )
        self.return_button.setVisible(self._vm.returning.state.can_write and self.letter.isHidden())
        self.report.name = f"{Path(self._vm.state.name).stem}-phieu-kiem-tra"
        self.footer.setVisible(phase is not ReviewPhase.EMPTY)

    def _announce(self) -> None:
        """Tell a screen reader what has just appeared."""
        phase = self._vm.state.phase
        if phase is ReviewPhase.CHECKING:
            said = self.busy.label.text()
        elif phase in {ReviewPhase.DONE, ReviewPhase.FAILED}:
            said = self.banner.accessibleName()
        else:
            return
        say(self, said)

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.open_button.setIcon(icon("folder-open", colours.on_accent))
        for button, name in (
            (self.another_button, "folder-open"),
            (self.again_button, "refresh"),
            (self.copy_button, "copy"),
            (self.register_button, "inbox"),
            (self.return_button, "return"),
            (self.back_button, "chevron-left"),
        ):
            button.setIcon(icon(name, colours.text))

    def _lay_out(self) -> None:
        self.checking = _padded(self.busy)
        contents = QWidget()
        mark(contents, role="scrolled")
        column = QVBoxLayout(contents)
        column.setContentsMargins(L_PX, L_PX, L_PX, L_PX)
        column.setSpacing(M_PX)
        self._found = QVBoxLayout()
        self._found.setSpacing(M_PX)
        for widget in (
            self.back_button,
            self.name,
            self.banner,
            self.form,
            self.letter,
            self.files,
        ):
            column.addWidget(widget)
        column.addLayout(self._found)
        column.addStretch()
        self.scroll_area = QScrollArea()
        self.scroll_area.setObjectName("review_scroll")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setWidget(contents)
        self.stack = QStackedWidget()
        for page in (self.empty, self.checking, self.scroll_area):
            self.stack.addWidget(page)
        self.footer = QFrame()
        mark(self.footer, role="footer")
        buttons = QVBoxLayout(self.footer)
        buttons.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        buttons.setSpacing(S_PX)
        for widget in (self.register_button, self.return_button, self.report):
            buttons.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(S_PX)
        for button in (self.again_button, self.copy_button, self.another_button):
            row.addWidget(button)
        buttons.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.footer)


def _button(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    return button


def _heading(text: str) -> PlainLabel:
    label = PlainLabel(text)
    mark(label, type="heading")
    return label


def _padded(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(XL_PX, XL_PX, XL_PX, XL_PX)
    column.addStretch()
    column.addWidget(widget)
    column.addStretch()
    return page
