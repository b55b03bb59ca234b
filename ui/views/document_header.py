"""What an open document is: its kind and abstract first, then the facts that its reader asks for."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.workflow.documents import Document, Secrecy, Task, Urgency
from ui.theme import S_PX, XS_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look, View
from ui.widgets.badge import Badge
from ui.widgets.fact_rows import Fact, FactRows
from ui.widgets.plain import breakable, plain
from ui.widgets.plain_label import PlainLabel

_URGENCY: dict[Urgency, tuple[str, Tone]] = {
    Urgency.URGENT: ("urgent-1", Tone.WARN),
    Urgency.VERY_URGENT: ("urgent-2", Tone.WARN),
    Urgency.EXPRESS: ("urgent-3", Tone.BAD),
}
_LONGEST = 500
"""An abstract may have so many letters (Decree 30/2020, Annex VI)."""


class DocumentHeader(View):
    """Shows kind, trích yếu, symbol, drafting unit, urgency, deadline, signers, nơi nhận, dossier code."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("document_header")
        self.kind = PlainLabel()
        self.kind.setObjectName("document_kind")
        mark(self.kind, type="caption")
        self.urgency = Badge(look.theme)
        self.secrecy = Badge(look.theme)
        self.returned = Badge(look.theme)
        self.abstract = PlainLabel()
        self.abstract.setObjectName("document_abstract")
        self.abstract.setWordWrap(True)
        mark(self.abstract, type="heading")
        self.facts = FactRows(look.theme)
        top = QHBoxLayout()
        top.setSpacing(XS_PX)
        top.addWidget(self.kind)
        top.addStretch()
        for badge in (self.returned, self.secrecy, self.urgency):
            top.addWidget(badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addLayout(top)
        column.addWidget(self.abstract)
        column.addWidget(self.facts)
        self._shown: object = None
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Have the labels said anew."""
        self._shown = None

    def show_state(self) -> None:
        """Show the document, or what its line in the queue says of it until it is here."""
        task, paper = self.vm.state.task, self.vm.state.paper
        document = paper.document if paper is not None else None
        if task is None or (task, document) == self._shown:
            return
        self._shown = (task, document)
        self.kind.setText(plain(task.kind_name))
        self.abstract.setText(breakable(plain(task.abstract, _LONGEST)))
        self._show_badges(task)
        self.facts.set_facts(
            self._facts_of_task(task) if document is None else self._facts(document)
        )

    def _show_badges(self, task: Task) -> None:
        label = self.look.words.label
        name, tone = _URGENCY.get(task.urgency, ("", Tone.MUTED))
        self.urgency.set(label("urgency." + task.urgency.value), name, tone)
        self.urgency.setVisible(task.urgency is not Urgency.NORMAL)
        self.secrecy.setVisible(task.secrecy is not Secrecy.NONE)
        if task.secrecy is not Secrecy.NONE:
            self.secrecy.set(label("secrecy." + task.secrecy.value), "lock", Tone.BAD)
        self.returned.set(self.tr("Returned"), "return", Tone.WARN)
        self.returned.setVisible(task.returned)

    def _facts_of_task(self, task: Task) -> tuple[Fact, ...]:
        if task.deadline is None:
            return ()
        return (Fact(self.tr("Deadline"), self.look.words.moment(task.deadline)),)

    def _facts(self, document: Document) -> tuple[Fact, ...]:
        number, signers = document.number or "…", document.signers
        rows = [
            (self.tr("Number, symbol"), _text(f"{number}/{document.symbol}")),
            (self.tr("Drafted by"), _text(document.drafting_unit)),
            (self.tr("Signer"), "\n".join(_text(f"{it.title} {it.name}") for it in signers)),
            (self.tr("Recipients"), "; ".join(map(_text, document.recipients))),
        ]
        if document.deadline is not None:
            deadline = self.look.words.moment(document.deadline)
            rows.insert(0, (self.tr("Deadline"), deadline))
        if document.dossier_code:
            rows.append((self.tr("Dossier code"), _text(document.dossier_code)))
        if document.receipt_number:
            rows.append((self.tr("Receipt"), _text(document.receipt_number)))
        original = document.main_file.converted_from
        if original is not None:
            rows.append((self.tr("Converted from"), _text(original.name)))
        return tuple(Fact(label, value) for label, value in rows if value)


def _text(text: str) -> str:
    return breakable(plain(text))
