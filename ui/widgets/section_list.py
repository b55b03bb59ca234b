# ruff: noqa: N802 - most methods are Qt's own, overridden
"""A list of sections: headings of one height, rows of another. Where each stands is reckoned, never laid out.

Qt's own list asks the delegate for every row's height whenever the model changes, which takes a few frames for ten
thousand rows. It stays a `QListView`, so that whoever reads the screen aloud knows it as a list.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex
Move = QAbstractItemView.CursorAction


class SectionList(QListView):
    """Shows a model of one column. Its owner says which rows are headings, and keeps what is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_px = self._heading_px = 24
        self._headings: tuple[int, ...] = ()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def set_heights(self, row_px: int, heading_px: int) -> None:
        """Say how high rows and headings are."""
        self._row_px, self._heading_px = row_px, heading_px
        self.doItemsLayout()

    def set_headings(self, rows: Sequence[int]) -> None:
        """Say which rows of the model are headings, in order."""
        self._headings = tuple(rows)
        self.doItemsLayout()

    def row_height_px(self, row: int) -> int:
        """Return how high a row is."""
        return self._heading_px if self._is_heading(row) else self._row_px

    # Qt asks these

    def doItemsLayout(self) -> None:
        """Lay out nothing: places are reckoned."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """Fit the scroll bar to the rows."""
        bar, page_px = self.verticalScrollBar(), self.viewport().height()
        bar.setRange(0, max(0, self._top_px(self._count()) - page_px))
        bar.setPageStep(page_px)
        bar.setSingleStep(max(1, self._row_px // 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bar to the room."""
        QAbstractItemView.resizeEvent(self, event)
        self.updateGeometries()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn."""
        self.viewport().scroll(dx, dy)

    def horizontalOffset(self) -> int:
        """Return 0: rows are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Return False: no row is hidden."""
        del index
        return False

    def visualRect(self, index: Index) -> QRect:
        """Return where a row stands."""
        if not index.isValid():
            return QRect()
        row = index.row()
        top_px = self._top_px(row) - self.verticalOffset()
        return QRect(0, top_px, self.viewport().width(), self.row_height_px(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return what stands at a point."""
        y_px = point.y() + self.verticalOffset()
        if not 0 <= y_px < self._top_px(self._count()):
            return QModelIndex()
        return self.model().index(self._row_at(y_px), 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, with the heading above it where it has one."""
        del hint
        if not index.isValid():
            return
        row, bar = index.row(), self.verticalScrollBar()
        top_px = self._top_px(row - 1 if self._is_heading(row - 1) else row)
        below_px = self._top_px(row + 1) - self.viewport().height()
        bar.setValue(min(max(bar.value(), below_px), top_px))

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return where a key leads to; never to a heading."""
        del modifiers
        rows = range(self._count())
        page = max(1, self.viewport().height() // self._row_px - 1)
        now = self.currentIndex().row()
        steps = {
            Move.MoveUp: -1,
            Move.MovePrevious: -1,
            Move.MoveDown: 1,
            Move.MoveNext: 1,
            Move.MovePageUp: -page,
            Move.MovePageDown: page,
            Move.MoveHome: -len(rows),
            Move.MoveEnd: len(rows),
        }
        step = steps.get(action, 0)
        wanted = min(max(now + step, 0), len(rows) - 1)
        ways = (rows[wanted:], reversed(rows[: wanted + 1]))
        for way in ways if step > 0 or wanted == 0 else reversed(ways):
            for row in way:
                if not self._is_heading(row):
                    return self.model().index(row, 0)
        return QModelIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select nothing: the owner keeps what is selected."""

    def visualRegionForSelection(self, selection: object) -> QRegion:
        """Return nothing, for nothing is selected."""
        del selection
        return QRegion()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight."""
        count = self._count()
        if not count:
            return
        painter = QPainter(self.viewport())
        top_px = event.rect().top() + self.verticalOffset()
        bottom_px = event.rect().bottom() + self.verticalOffset()
        pointed = self.indexAt(self.viewport().mapFromGlobal(self.cursor().pos()))
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in range(self._row_at(top_px), min(self._row_at(bottom_px) + 1, count)):
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            option.state = QStyle.StateFlag.State_Enabled
            if self.viewport().underMouse() and row == pointed.row():
                option.state |= QStyle.StateFlag.State_MouseOver
            if self.hasFocus() and row == self.currentIndex().row():
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)

    def _count(self) -> int:
        return self.model().rowCount() if self.model() is not None else 0

    def _is_heading(self, row: int) -> bool:
        at = bisect.bisect_left(self._headings, row)
        return at < len(self._headings) and self._headings[at] == row

    def _top_px(self, row: int) -> int:
        headings = bisect.bisect_left(self._headings, row)
        return row * self._row_px + headings * (self._heading_px - self._row_px)

    def _row_at(self, y_px: int) -> int:
        return max(0, bisect.bisect_right(range(self._count()), y_px, key=self._top_px) - 1)
