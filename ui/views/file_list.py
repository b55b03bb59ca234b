"""The files of an open document: a press shows one in the page area."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.workflow.documents import FileRef
from app.workplace.records import PlacedBox, Problem
from ui.icons import icon
from ui.theme import S_PX, XS_PX, mark
from ui.viewmodels.document import DocumentVm
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.views.place_words import why_there
from ui.widgets.busy_line import BusyLine
from ui.widgets.elided_label import tip
from ui.widgets.notice import NoticeCard
from ui.widgets.plain import plain
from ui.widgets.plain_label import PlainLabel

_LONGEST = 44


class FileList(View):
    """Lists the main file and the attachments (văn bản kèm theo), each seal's corner with it."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("file_list")
        self.heading = PlainLabel()
        mark(self.heading, type="heading")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S_PX)
        self._buttons: dict[str, QPushButton] = {}
        self._abouts: dict[str, PlainLabel] = {}
        self._busy: dict[str, BusyLine] = {}
        self._shown: object = None
        self._told: Problem | None = None
        self.problem = NoticeCard(look.theme)
        self.problem.setObjectName("file_problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        column.addWidget(self.problem)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Have the rows said anew."""
        self.heading.setText(self.tr("Files"))
        self._shown = None

    def show_state(self) -> None:
        """Show the files; one file alone needs no list."""
        state = self.vm.state
        files = state.paper.document.files if state.paper is not None else ()
        self.setVisible(len(files) > 1)
        if files != self._shown:
            self._shown = files
            self._fill(files)
        corners = state.issue.attachments if state.issue is not None else ()
        boxes = {corner.file.ref.file_id: corner.box for corner in corners}
        shown_id = state.shown_file.ref.file_id if state.shown_file is not None else None
        for file in files:
            self._buttons[file.file_id].setChecked(file.file_id == shown_id)
            self._abouts[file.file_id].setText(self._about(file, boxes))
            self._busy[file.file_id].setVisible(file.file_id == state.awaited_file)
        self._show_problem(state.file_problem)

    def _show_problem(self, problem: Problem | None) -> None:
        told = None if problem is None else self.look.words.message(problem)
        self.problem.set_message(told)
        if told is not None and problem != self._told:
            say(self, str(told))
        self._told = problem

    def _fill(self, files: tuple[FileRef, ...]) -> None:
        self._buttons.clear()
        self._abouts.clear()
        self._busy.clear()
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for file in files:
            self._rows.addWidget(self._row(file))
        self._tint()

    def _row(self, file: FileRef) -> QWidget:
        name = plain(file.name)
        button = QPushButton(plain(file.name, _LONGEST).replace("&", "&&"))
        button.setObjectName(f"file_{file.file_id}")
        button.setCheckable(True)
        # A long name must not keep the panel from being narrow; it stands whole in the tool tip.
        button.setMinimumWidth(1)
        button.setToolTip(tip(name))
        button.setAccessibleName(self.tr("Show {name}").format(name=name))
        mark(button, role="file")
        button.clicked.connect(partial(self._show, file.file_id))
        button.setProperty("file_role", file.role)
        about = PlainLabel()
        about.setWordWrap(True)
        about.setContentsMargins(S_PX, 0, 0, 0)
        mark(about, type="caption")
        self._buttons[file.file_id] = button
        self._abouts[file.file_id] = about
        self._busy[file.file_id] = busy = BusyLine(self.tr("Fetching the file…"))
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(XS_PX)
        column.addWidget(button)
        column.addWidget(about)
        column.addWidget(busy)
        return row

    def _about(self, file: FileRef, boxes: dict[str, PlacedBox | None]) -> str:
        if file.role == "main":
            return self.tr("Main document")
        if file.file_id not in boxes:
            return self.tr("Attachment")
        box = boxes[file.file_id]
        if box is None:
            return self.tr("Attachment; no place for its seal was found")
        where = why_there(box.reason, self.look.words)
        return self.tr("Attachment; its seal: {where}").format(where=where[:1].lower() + where[1:])

    def _show(self, file_id: str) -> None:
        self.vm.show_file(file_id)
        # A second press on the file that is shown leaves it shown.
        self.show_state()

    def _tint(self) -> None:
        colour = self.look.theme.colours.text
        for button in self._buttons.values():
            name = "document" if button.property("file_role") == "main" else "attachment"
            button.setIcon(icon(name, colour))
