"""Number and date that a person places on the page themselves, say on a scan that has no text to go by."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import SMALL_PX, icon
from ui.theme import L_PX, M_PX, S_PX, Tone, mark
from ui.viewmodels.document import DocumentVm
from ui.viewmodels.document_state import BLANKS
from ui.views.aloud import say
from ui.views.base import Look, View
from ui.widgets.icon_label import IconLabel
from ui.widgets.plain_label import PlainLabel


class BlanksCard(View):
    """Lists what has to be placed; hidden where nothing has."""

    def __init__(self, vm: DocumentVm, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.setObjectName("blanks_card")
        self._asked: str | None = None
        self.heading = PlainLabel()
        mark(self.heading, type="heading")
        self.hint = PlainLabel()
        self.hint.setWordWrap(True)
        mark(self.hint, type="caption")
        self.rows = {which: BlankRow(which, vm, look) for which in BLANKS}
        card = QFrame()
        mark(card, role="card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(L_PX, M_PX, L_PX, M_PX)
        inside.setSpacing(S_PX)
        inside.addWidget(self.heading)
        inside.addWidget(self.hint)
        for row in self.rows.values():
            inside.addWidget(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        vm.changed.connect(self.show_state)
        self.retranslate()
        self.show_state()

    def retranslate(self) -> None:
        """Say what to do."""
        self.heading.setText(self.tr("Place the blanks"))
        self.hint.setText(
            self.tr(
                "Press Place, then click the page where the clerk shall fill it in. Drag it, or move it with the"
                " arrow keys. Day and month only where the draft leaves them open."
            )
        )

    def show_state(self) -> None:
        """Show what is to be placed, and say aloud what to do next."""
        state = self.vm.state
        for which, row in self.rows.items():
            row.setVisible(which in state.blanks_to_place)
        self.setVisible(bool(state.blanks_to_place))
        if state.asked_blank not in (None, self._asked):
            say(self, self.tr("Click the page, or go to the page area and press Enter."))
        self._asked = state.asked_blank


class BlankRow(View):
    """One blank: whether it is placed and where, with what places it and takes it away."""

    def __init__(
        self, which: str, vm: DocumentVm, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self.vm = vm
        self.which = which
        self.sign = IconLabel(look.theme)
        self.label = PlainLabel()
        self.label.setObjectName(f"blank_{which}")
        self.label.setWordWrap(True)
        self.place = QPushButton()
        self.place.setObjectName(f"blank_{which}_button")
        self.place.setCheckable(True)
        self.place.clicked.connect(self._ask)
        self.remove = QToolButton()
        self.remove.setObjectName(f"blank_{which}_remove")
        self.remove.setIconSize(QSize(SMALL_PX, SMALL_PX))
        mark(self.remove, role="quiet")
        self.remove.clicked.connect(partial(vm.remove_blank, which))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S_PX)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.label, 1)
        row.addWidget(self.remove)
        row.addWidget(self.place)
        vm.changed.connect(self.show_state)
        look.theme.changed.connect(self._tint)
        self.retranslate()
        self.show_state()
        self._tint()

    def retranslate(self) -> None:
        """Name the buttons."""
        blank = self.look.words.label("blank." + self.which)
        self.place.setAccessibleName(self.tr("Place: {blank}").format(blank=blank))
        removes = self.tr("Remove: {blank}").format(blank=blank)
        self.remove.setAccessibleName(removes)
        self.remove.setToolTip(removes)

    def show_state(self) -> None:
        """Show where the blank is."""
        state, blank = self.vm.state, self.vm.state.blank(self.which)
        name = self.look.words.label("blank." + self.which)
        if blank is not None:
            where = self.tr("{blank}: on page {page}")
            self.label.setText(where.format(blank=name, page=blank.page_index + 1))
            self.sign.set_icon("check-circle", Tone.GOOD)
        elif self.which == "number":
            self.label.setText(self.tr("{blank} (required)").format(blank=name))
            self.sign.set_icon("question-circle", Tone.WARN)
        else:
            self.label.setText(name)
            self.sign.set_icon("question-circle", Tone.MUTED)
        is_asked = state.asked_blank == self.which
        self.place.setChecked(is_asked)
        self.place.setText(
            self.tr("Click the page…")
            if is_asked
            else self.tr("Place again")
            if blank is not None
            else self.tr("Place")
        )
        self.place.setEnabled(not state.is_busy)
        self.remove.setVisible(blank is not None)
        self.remove.setEnabled(not state.is_busy)

    def _ask(self, is_asked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.vm.ask_blank(self.which if is_asked else None)
        # A press that led to nothing leaves the button as it was.
        self.show_state()

    def _tint(self) -> None:
        self.remove.setIcon(icon("close", self.look.theme.colours.text))
