"""The page area: a slim bar of zoom and page, and the pages under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.icons import MEDIUM_PX, SMALL_PX, icon
from ui.theme import L_PX, M_PX, S_PX, XS_PX, mark
from ui.viewmodels.pages import PagesVm
from ui.views.base import Look, View
from ui.widgets.calm import keep_calm
from ui.widgets.page_canvas import PageCanvas
from ui.widgets.page_layout import ZoomMode
from ui.widgets.plain_label import PlainLabel

LEVELS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Offered in the list of zooms."""


class PageArea(View):
    """Shows the pages of a `PagesVm`."""

    def __init__(self, look: Look, pages: PagesVm, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._vm = pages
        self._shown: object = None
        self.canvas = PageCanvas(look.theme)
        self.canvas.setObjectName("page_canvas")
        self._buttons: dict[QToolButton, str] = {}
        self.zoom_out = self._button("zoom_out_button", "zoom-out", self.canvas.zoom_out)
        self.zoom_value = self._button("zoom_button", "chevron-down")
        self.zoom_in = self._button("zoom_in_button", "zoom-in", self.canvas.zoom_in)
        self.fit_width = self._button(
            "fit_width_button", "fit-width", lambda: self.canvas.set_mode(ZoomMode.FIT_WIDTH)
        )
        self.fit_page = self._button(
            "fit_page_button", "fit-page", lambda: self.canvas.set_mode(ZoomMode.FIT_PAGE)
        )
        self.real_size = self._button(
            "real_size_button", "real-size", lambda: self.canvas.set_zoom(1.0)
        )
        self.page_number = QSpinBox()
        keep_calm(self.page_number)
        self.page_number.setObjectName("page_number")
        self.page_number.setKeyboardTracking(False)
        self.page_number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page_count = PlainLabel()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._tint()
        self.show_state()

    def retranslate(self) -> None:
        """Set the texts that do not depend on the state."""
        self.canvas.setAccessibleName(self.tr("Pages of the document"))
        self.canvas.set_empty_text(
            self.tr("No document is open. Choose one in the queue, or check a received file.")
        )
        self.canvas.retranslate()
        for button, name, keys in (
            (self.zoom_out, self.tr("Zoom out"), "Ctrl+-"),
            (self.zoom_in, self.tr("Zoom in"), "Ctrl++"),
            (self.fit_width, self.tr("Fit the width"), ""),
            (self.fit_page, self.tr("Fit the whole page"), ""),
            (self.real_size, self.tr("Real size"), "Ctrl+0"),
        ):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})" if keys else name)
        self.page_number.setAccessibleName(self.tr("Page number"))
        self.page_number.setToolTip(self.tr("Go to a page"))
        self._show_zoom()

    def show_state(self) -> None:
        """Show the file, its boxes, and what could not be drawn."""
        state = self._vm.state
        file = state.sha256 or state.path
        if file != self._shown:
            self._shown = file
            self._show_count(len(state.pages))
            self.canvas.set_pages(state.pages)
        label = self.look.words.label
        self.canvas.set_boxes(
            [
                replace(box, label=label(box.label) if box.label else "")
                for box in self._vm.state.boxes
            ]
        )
        self.canvas.set_placing(state.placing)
        for page_index, problem in self._vm.state.problems.items():
            self.canvas.show_failure(page_index, self.look.words.message(problem))
        self._show_count(len(state.pages))

    def _show_count(self, pages: int) -> None:
        for button in self._buttons:
            button.setEnabled(pages > 0)
        for part in (self.page_number, self.page_count):
            part.setVisible(pages > 0)
        with QSignalBlocker(self.page_number):
            self.page_number.setRange(1, max(pages, 1))
        self.page_count.setText(self.tr("of {pages}").format(pages=pages))

    def _show_page(self, page_index: int) -> None:
        with QSignalBlocker(self.page_number):
            self.page_number.setValue(page_index + 1)

    def _show_zoom(self) -> None:
        percent = self.tr("{percent} %")
        shown = percent.format(percent=round(self.canvas.zoom * 100))
        self.zoom_value.setText(shown)
        self.zoom_value.setToolTip(self.tr("Zoom against the real size"))
        self.zoom_value.setAccessibleName(self.tr("Zoom: {zoom}").format(zoom=shown))
        for action, level in zip(self.zoom_value.menu().actions(), LEVELS, strict=True):
            action.setText(percent.format(percent=round(level * 100)))
        mode = self.canvas.mode
        self.fit_width.setChecked(mode is ZoomMode.FIT_WIDTH)
        self.fit_page.setChecked(mode is ZoomMode.FIT_PAGE)
        self.real_size.setChecked(mode is ZoomMode.FREE and abs(self.canvas.zoom - 1) < 0.001)

    def _tint(self) -> None:
        colours = self.look.theme.colours
        for button, name in self._buttons.items():
            button.setIcon(icon(name, colours.text, colours.surface))

    def _button(
        self, name: str, picture: str, act: Callable[[], None] | None = None
    ) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIconSize(QSize(MEDIUM_PX, MEDIUM_PX))
        mark(button, role="quiet")
        if act is not None:
            button.clicked.connect(act)
            # One that was pressed in already sprang out.
            button.clicked.connect(self._show_zoom)
        self._buttons[button] = picture
        return button

    def _lay_out(self) -> None:
        bar = QFrame()
        mark(bar, role="bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(M_PX, XS_PX, M_PX, XS_PX)
        row.setSpacing(XS_PX)
        for part in (self.zoom_out, self.zoom_value, self.zoom_in):
            row.addWidget(part)
        row.addSpacing(L_PX)
        for part in (self.fit_width, self.fit_page, self.real_size):
            part.setCheckable(True)
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.page_number)
        row.addSpacing(S_PX)
        row.addWidget(self.page_count)
        menu = QMenu(self.zoom_value)
        for level in LEVELS:
            menu.addAction("").triggered.connect(
                lambda _checked=False, level=level: self.canvas.set_zoom(level)
            )
        self.zoom_value.setMenu(menu)
        # The arrow stands behind the number.
        self.zoom_value.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.zoom_value.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.zoom_value.setIconSize(QSize(SMALL_PX, SMALL_PX))
        self.zoom_value.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.canvas, 1)

    def _connect(self) -> None:
        vm, canvas = self._vm, self.canvas
        vm.changed.connect(self.show_state)
        vm.picture_ready.connect(canvas.show_picture)
        vm.revealed.connect(canvas.reveal)
        canvas.pictures_wanted.connect(vm.want)
        # Whoever hears of it shall not work while the page is being painted.
        canvas.painted.connect(vm.painted, Qt.ConnectionType.QueuedConnection)
        canvas.box_moved.connect(vm.moved)
        canvas.box_chosen.connect(vm.choose)
        canvas.place_chosen.connect(vm.place)
        canvas.current_page_changed.connect(self._show_page)
        canvas.zoom_changed.connect(self._show_zoom)
        self.page_number.valueChanged.connect(lambda number: canvas.go_to(number - 1))
        self.look.theme.changed.connect(self._tint)
        for keys, act in (
            (QKeySequence.keyBindings(QKeySequence.StandardKey.ZoomIn), canvas.zoom_in),
            ([QKeySequence("Ctrl+=")], canvas.zoom_in),
            (QKeySequence.keyBindings(QKeySequence.StandardKey.ZoomOut), canvas.zoom_out),
            ([QKeySequence("Ctrl+0")], self.real_size.click),
        ):
            for key in keys:
                QShortcut(key, self).activated.connect(act)
