"""Where a signature or a seal stands, in exact millimetres, and why it is proposed there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.workplace.records import PlacedBox
from pdf.geometry import BoxMm, PageGeometry
from signing.terms import SignatureKind
from ui.icons import icon
from ui.theme import S_PX, XS_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.views.base import Look, View
from ui.views.place_words import why_there
from ui.widgets.calm import keep_calm
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel
from ui.words import number

STEP_MM = 0.5
LEAST_PX = 96
SURE, FAIR = 0.8, 0.5
"""From these shares of confidence on a place is sure, or fairly so; below a person should look."""
_SIDES = ("left", "top", "width", "height")


class PlaceFields(View):
    """Shows the one box of a document and lets a person set it by numbers."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("place_fields")
        self._document_id: str | None = None
        self.heading = PlainLabel()
        mark(self.heading, type="heading")
        self.sign = IconLabel(look.theme)
        self.reason = _wrapped("place_reason")
        self.confidence = _wrapped("place_confidence")
        mark(self.confidence, type="caption")
        self.page = QSpinBox()
        keep_calm(self.page)
        self.page.setObjectName("place_page")
        self.page.setKeyboardTracking(False)
        _indent(self.page)
        self.page.valueChanged.connect(self._page_changed)
        self.sides = {side: self._field(side) for side in _SIDES}
        self.labels = {name: PlainLabel() for name in ("page", *_SIDES)}
        self.real_size = _wrapped("place_size")
        mark(self.real_size, type="caption")
        self.place = QPushButton()
        self.place.setObjectName("place_button")
        self.place.clicked.connect(self._place)
        self.reset = _quiet("place_reset")
        self.reset.clicked.connect(vm.reset_box)
        self.undo = _quiet("place_undo")
        self.undo.clicked.connect(vm.undo)
        self._lay_out()
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the fields."""
        names = {
            "page": self.tr("Page"),
            "left": self.tr("From the left"),
            "top": self.tr("From the top"),
            "width": self.tr("Width"),
            "height": self.tr("Height"),
        }
        for name, text in names.items():
            self.labels[name].setText(text)
        millimetres = self.tr("{what} in millimetres")
        for side, field in self.sides.items():
            field.setSuffix(self.tr(" mm"))
            field.setAccessibleName(millimetres.format(what=names[side]))
            field.setLocale(QLocale(self.look.words.language))
        self.page.setAccessibleName(self.tr("Page of the box"))
        self.place.setText(self.tr("Put the box on this page"))
        self.reset.setText(self.tr("Back to the proposed place"))
        self.undo.setText(self.tr("Undo"))
        self.undo.setToolTip(self.tr("Undo the last move (Ctrl+Z)"))
        for button in (self.place, self.reset, self.undo):
            button.setAccessibleName(button.text())

    def show_state(self) -> None:
        """Show the box as it stands."""
        state = self.vm.state
        is_seal = state.kind is SignatureKind.SEAL
        self.heading.setText(
            self.tr("Place of the seal") if is_seal else self.tr("Place of the signature")
        )
        pages = state.paper.main.pages if state.paper is not None else ()
        self._show_reason(state.box, is_proposing=state.is_proposing)
        self._show_numbers(state.box, pages)
        has_box = state.box is not None
        for side in _SIDES:
            is_shown = has_box and not (is_seal and side in {"width", "height"})
            self.labels[side].setVisible(is_shown)
            self.sides[side].setVisible(is_shown)
        self.real_size.setVisible(has_box and is_seal)
        self.place.setVisible(not has_box)
        can_place = not state.is_busy and state.proposal is not None
        for field in (self.page, *self.sides.values(), self.place):
            field.setEnabled(can_place)
        has_proposal = state.proposed_box is not None
        self.reset.setVisible(has_box and has_proposal)
        self.reset.setEnabled(can_place and state.is_box_moved)
        self.undo.setVisible(has_box or state.can_undo)
        self.undo.setEnabled(can_place and state.can_undo)

    def _show_reason(self, box: PlacedBox | None, *, is_proposing: bool) -> None:
        if box is None:
            name, tone = ("clock", Tone.MUTED) if is_proposing else ("question-circle", Tone.WARN)
            self.reason.setText(
                self.tr("Looking for the place…")
                if is_proposing
                else self.tr("No fitting place was found. Put the box where it belongs.")
            )
            self.confidence.setText("")
        elif not box.reason:
            name, tone = "person", Tone.MUTED
            self.reason.setText(why_there("", self.look.words))
            self.confidence.setText("")
        else:
            self.reason.setText(why_there(box.reason, self.look.words))
            name, tone, sure = self._how_sure(box.confidence)
            self.confidence.setText(sure)
        self.sign.set_icon(name, tone)
        self.confidence.setVisible(bool(self.confidence.text()))

    def _how_sure(self, confidence: float) -> tuple[str, Tone, str]:
        if confidence >= SURE:
            return "check-circle", Tone.GOOD, self.tr("The proposal is sure.")
        if confidence >= FAIR:
            return "info", Tone.INFO, self.tr("The proposal is fairly sure.")
        return "warning", Tone.WARN, self.tr("The proposal is uncertain: look at the page.")

    def _show_numbers(self, box: PlacedBox | None, pages: tuple[PageGeometry, ...]) -> None:
        with QSignalBlocker(self.page):
            self.page.setRange(1, max(len(pages), 1))
            self.page.setSuffix(self.tr(" of {pages}").format(pages=len(pages)))
            if box is not None:
                self.page.setValue(box.page_index + 1)
            elif pages and self._document_id != self.vm.state.document_id:
                self.page.setValue(len(pages))
                self._document_id = self.vm.state.document_id
        if box is None or not pages:
            return
        page, mm = pages[box.page_index], box.box_mm
        values = {
            "left": (mm.left_mm, page.width_mm),
            "top": (mm.top_mm, page.height_mm),
            "width": (mm.width_mm, page.width_mm),
            "height": (mm.height_mm, page.height_mm),
        }
        for side, (value_mm, most_mm) in values.items():
            field = self.sides[side]
            with QSignalBlocker(field):
                field.setRange(0.0, most_mm)
                field.setValue(value_mm)
        size = self.tr("{width} × {height} mm, the seal's real size")
        self.real_size.setText(size.format(width=number(mm.width_mm), height=number(mm.height_mm)))

    def _side_changed(self, side: str, value_mm: float) -> None:
        box = self.vm.state.box
        if box is None:
            return
        # The other sides keep what they are, to the last digit that the field does not show.
        mm = box.box_mm
        moved = {
            "left": mm.moved_by(value_mm - mm.left_mm, 0),
            "top": mm.moved_by(0, value_mm - mm.top_mm),
            "width": replace(mm, right_mm=mm.left_mm + value_mm),
            "height": replace(mm, bottom_mm=mm.top_mm + value_mm),
        }
        self._move(box.page_index, moved[side])

    def _page_changed(self, page: int) -> None:
        box = self.vm.state.box
        if box is not None:
            self._move(page - 1, box.box_mm)

    def _move(self, page_index: int, box_mm: BoxMm) -> None:
        self.vm.move_box(page_index, box_mm)
        # What was asked for may not fit on the page: the fields show what it became.
        self.show_state()

    def _place(self) -> None:
        self.vm.place_box(self.page.value() - 1)

    def _field(self, side: str) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        keep_calm(field)
        field.setObjectName(f"place_{side}")
        field.setDecimals(1)
        field.setSingleStep(STEP_MM)
        field.setKeyboardTracking(False)
        _indent(field)
        field.valueChanged.connect(partial(self._side_changed, side))
        return field

    def _tint(self) -> None:
        self.undo.setIcon(icon("undo", self.look.theme.colours.text))

    def _lay_out(self) -> None:
        why = QHBoxLayout()
        why.setSpacing(S_PX)
        why.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(XS_PX)
        texts.addWidget(self.reason)
        texts.addWidget(self.confidence)
        why.addLayout(texts, 1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(S_PX)
        grid.setVerticalSpacing(XS_PX)
        for index, name in enumerate(("page", *_SIDES)):
            mark(self.labels[name], type="caption")
            field = self.page if name == "page" else self.sides[name]
            self.labels[name].setBuddy(field)
            # The page stands alone in its row; the sides come in pairs.
            row, side = (0, 0) if index == 0 else (2 * ((index + 1) // 2), (index + 1) % 2)
            grid.addWidget(self.labels[name], row, side)
            grid.addWidget(field, row + 1, side)
        grid.addWidget(self.undo, 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S_PX)
        column.addWidget(self.heading)
        column.addLayout(why)
        column.addLayout(grid)
        column.addWidget(self.real_size)
        column.addWidget(self.place)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignLeft)


def _wrapped(name: str) -> PlainLabel:
    label = PlainLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    return label


def _quiet(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    mark(button, role="quiet")
    return button


def _indent(field: QAbstractSpinBox) -> None:
    """Give the number the room at its left that a style sheet's padding does not reach."""
    field.lineEdit().setTextMargins(S_PX, 0, 0, 0)
    # The longest number that could be typed must not keep the panel from being narrow.
    field.setMinimumWidth(LEAST_PX)
