"""Where a person takes in the picture of a signature or seal: choose, look, keep."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QPushButton,
    QWidget,
)

from app.workplace.records import Problem
from signing.terms import SignatureKind
from ui.icons import icon
from ui.theme import S_PX, Tone, mark
from ui.viewmodels.pictures import MOST_MM, PicturesVm
from ui.views.base import Look, View
from ui.views.note_card import NoteCard
from ui.views.note_list import NoteList
from ui.widgets.busy_line import BusyLine
from ui.widgets.calm import keep_calm
from ui.widgets.checkered import Checkered
from ui.widgets.plain_label import wrapped
from ui.widgets.side_column import lay_out_column
from ui.words import number

SUFFIXES = (".png", ".jpg", ".jpeg")


class PicturesPanel(View):
    """Stands in the document panel's place while a picture is taken in.

    Signals:
        closed: the person is done.
    """

    closed = Signal()

    def __init__(self, vm: PicturesVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("pictures_panel")
        mark(self, role="panel")
        self.setAcceptDrops(True)
        self.title = wrapped("title")
        self.hint = wrapped("caption")
        self.kind_label = wrapped("caption")
        self.kind = QComboBox()
        keep_calm(self.kind)
        self.kind.setObjectName("picture_kind")
        self.kind.activated.connect(lambda index: vm.choose(self.kind.itemData(index)))
        self.choose = QPushButton()
        self.choose.setObjectName("picture_choose")
        self.choose.clicked.connect(self._choose)
        self.busy = BusyLine()
        self.picture = Checkered()
        self.facts = wrapped("body")
        self.facts.setObjectName("picture_facts")
        self.ink_width_label = wrapped("caption")
        self.ink_width = QDoubleSpinBox()
        keep_calm(self.ink_width)
        self.ink_width.setObjectName("picture_width")
        self.ink_width.setRange(0.0, MOST_MM)
        self.ink_width.setSingleStep(0.5)
        self.ink_width.setDecimals(1)
        self.ink_width.setSuffix(" mm")
        self.ink_width.setKeyboardTracking(False)
        self.ink_width.lineEdit().setTextMargins(S_PX, 0, 0, 0)
        self.ink_width.valueChanged.connect(vm.set_width)
        self.ink_width_label.setBuddy(self.ink_width)
        self.notes = NoteList(look)
        self.problem = NoteCard(look.theme)
        self.keep = QPushButton()
        self.keep.setObjectName("picture_keep")
        mark(self.keep, role="primary")
        self.keep.clicked.connect(vm.keep)
        self.back = QPushButton()
        self.back.setObjectName("picture_close")
        self.back.clicked.connect(self.closed)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the part and its fields."""
        self.setAccessibleName(self.tr("Picture of a signature or seal"))
        self.title.setText(self.tr("Picture of a signature or seal"))
        self.hint.setText(
            self.tr(
                "Sign or seal on white paper, then scan it or take a photo. The paper is taken away, the colour of the "
                "ink is checked, and the picture is cropped. You can drop the file here."
            )
        )
        self.kind_label.setText(self.tr("Picture of"))
        self.kind.setAccessibleName(self.kind_label.text())
        self.choose.setText(self.tr("Choose a picture…"))
        self.ink_width_label.setText(self.tr("How wide the ink is on paper"))
        self.ink_width.setAccessibleName(self.tr("How wide the ink is on paper, in millimetres"))
        self.ink_width.setSpecialValueText(self.tr("as the picture says"))
        self.ink_width.setLocale(QLocale())
        self.keep.setText(self.tr("Use it from now on"))
        self.back.setText(self.tr("Back"))

    def show_state(self) -> None:
        """Show the picture and what is known of it."""
        state, taken = self.vm.state, self.vm.state.taken
        with QSignalBlocker(self.kind):
            self.kind.clear()
            for kind in state.kinds:
                self.kind.addItem(self.look.words.label("kind." + kind.value), kind)
            self.kind.setCurrentIndex(state.kinds.index(state.kind))
        self.kind.setEnabled(len(state.kinds) > 1 and not state.is_busy)
        self.choose.setEnabled(not state.is_busy)
        self.busy.setVisible(state.is_busy)
        self.busy.set_text(self.tr("Looking at the picture…") if state.is_busy else "")
        self.picture.show_file(None if taken is None else taken.path)
        self.facts.setVisible(taken is not None)
        for part in (self.ink_width_label, self.ink_width):
            part.setVisible(state.source is not None)
            part.setEnabled(not state.is_busy)
        with QSignalBlocker(self.ink_width):
            self.ink_width.setValue(state.width_mm or 0.0)
        if taken is not None:
            self.facts.setText(self._facts())
        self._show_notes()
        message = None if state.problem is None else self.look.words.message(state.problem)
        self.problem.set_message(message, Tone.BAD)
        self.keep.setEnabled(state.can_keep)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a picture."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it in."""
        source = _dropped(event)
        if source is not None:
            event.acceptProposedAction()
            self.vm.take(source)

    def _facts(self) -> str:
        state, taken = self.vm.state, self.vm.state.taken
        assert taken is not None
        share = round(taken.ink_share * 100)
        if state.kind is SignatureKind.SEAL and taken.diameter_mm is not None:
            size = self.tr("Diameter {size} mm").format(size=number(taken.diameter_mm))
        else:
            size = self.tr("{width} × {height} mm").format(
                width=number(taken.width_mm), height=number(taken.height_mm)
            )
        return self.tr("{size} · {share} % of the ink has the right colour").format(
            size=size, share=share
        )

    def _show_notes(self) -> None:
        taken = self.vm.state.taken
        kept = [(Problem("image.kept"), Tone.GOOD)] if self.vm.state.is_kept else []
        codes = () if taken is None else taken.notes
        self.notes.show_notes([*kept, *((Problem(code), Tone.WARN) for code in codes)])

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a picture"), "", self.tr("Pictures (*.png *.jpg *.jpeg)")
        )
        if chosen:
            self.vm.take(Path(chosen))

    def _tint(self) -> None:
        colours = self.look.theme.colours
        self.choose.setIcon(icon("folder-open", colours.text))

    def _lay_out(self) -> None:
        kind = (self.kind_label, self.kind, self.choose)
        shown = (self.busy, self.picture, self.facts, self.ink_width_label, self.ink_width)
        parts = (self.title, self.hint, *kind, *shown, self.problem, self.notes)
        lay_out_column(self, parts, (self.keep, self.back))


def _dropped(event: QDropEvent) -> Path | None:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((path for path in paths if path.suffix.lower() in SUFFIXES), None)
