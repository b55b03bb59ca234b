"""The routing history of a document (quá trình xử lý), the newest first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.workflow.documents import RoutingStep
from ui.theme import S_PX, mark
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look, View
from ui.widgets.disclosure import Disclosure
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

_LONGEST = 2000


class RoutingList(View):
    """Shows who did what, when, and what was said; folded at first."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("routing_list")
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(S_PX, 0, 0, 0)
        self._rows.setSpacing(S_PX)
        self.fold = Disclosure(look.theme, body)
        self._shown: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.fold)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Have the steps said anew."""
        self._shown = None

    def show_state(self) -> None:
        """Show the document's steps."""
        paper = self.vm.state.paper
        steps = paper.document.history if paper is not None else ()
        self.setVisible(bool(steps))
        if steps == self._shown:
            return
        self._shown = steps
        self.fold.set_title(self.tr("History: %n step(s)", "", len(steps)))
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for step in reversed(steps):
            self._rows.addWidget(self._row(step))

    def _row(self, step: RoutingStep) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        who = f"{plain(step.actor)}: {self._deed(step.action)}"
        column.addWidget(_text("body", who))
        column.addWidget(_text("caption", self.look.words.moment(step.at)))
        said = (step.comment or "", *(it.note for it in step.marks))
        for words in said:
            if words.strip():
                column.addWidget(_text("body", f"«{plain(words, _LONGEST)}»"))
        return row

    def _deed(self, action: str) -> str:
        deeds = {
            "submit": self.tr("submitted"),
            "approve": self.tr("approved"),
            "pass_on": self.tr("passed on"),
            "to_clerk": self.tr("sent to the clerk"),
            "publish": self.tr("published"),
            "return": self.tr("returned"),
            "withdraw": self.tr("withdrawn"),
            "number": self.tr("took the number"),
            "register": self.tr("registered"),
            "convert": self.tr("converted the file"),
            "sign:personal": self.tr("signed"),
            "sign:initial": self.tr("initialled"),
            "sign:seal": self.tr("sealed"),
            "sign:attachment": self.tr("sealed an attachment"),
            "sign:incoming": self.tr("put the incoming block"),
            "sign:number": self.tr("put number and date"),
            "sign:copy": self.tr("marked as a copy"),
            "sign:document_timestamp": self.tr("put a time stamp"),
        }
        return deeds.get(action, plain(action))


def _text(look: str, text: str) -> PlainLabel:
    label = PlainLabel(breakable(text))
    label.setWordWrap(True)
    mark(label, type=look)
    return label
