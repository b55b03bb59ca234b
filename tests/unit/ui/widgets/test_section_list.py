"""Facts about the list of sections: every row where it belongs, nothing laid out, no heading under the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, QStringListModel, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from ui.widgets.section_list import SectionList

ROW_PX, HEADING_PX = 40, 20
HEADINGS = (0, 3)
"""Rows 0 and 3 of six are headings: their tops lie at 0, 20, 60, 100, 120, 160."""
TOPS = (0, 20, 60, 100, 120, 160)


class Painted(QStyledItemDelegate):
    """Remembers what was drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[int] = []
        self.sized = 0

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        del painter, option
        self.rows.append(index.row())

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        self.sized += 1
        return super().sizeHint(option, index)


class Room:
    """A list of six rows in a window of 100 pixels."""

    def __init__(self, qtbot: QtBot, count: int = 6) -> None:
        self.list = SectionList()
        qtbot.addWidget(self.list)
        self.model = QStringListModel([str(row) for row in range(count)])
        self.painted = Painted()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.painted)
        self.list.set_heights(ROW_PX, HEADING_PX)
        self.list.set_headings(HEADINGS)
        self.list.setFrameShape(SectionList.Shape.NoFrame)
        self.list.resize(200, 100)
        self.list.show()
        qtbot.waitExposed(self.list)

    def at(self, row: int) -> QModelIndex:
        return self.model.index(row, 0)

    def press(self, key: Qt.Key) -> int:
        QTest.keyClick(self.list, key)
        return self.list.currentIndex().row()


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


@pytest.mark.parametrize("row", range(6))
def test_a_row_stands_below_those_before_it(room: Room, row: int) -> None:
    assert room.list.visualRect(room.at(row)).top() == TOPS[row]


@pytest.mark.parametrize("row", range(6))
def test_what_stands_at_a_point_is_found(room: Room, row: int) -> None:
    for y_px in (TOPS[row], TOPS[row] + room.list.row_height_px(row) - 1):
        assert room.list.indexAt(QPoint(5, y_px)).row() == row


def test_below_the_last_row_there_is_nothing(room: Room) -> None:
    assert not room.list.indexAt(QPoint(5, 200)).isValid()


def test_the_scroll_bar_reaches_the_last_row(room: Room) -> None:
    bar = room.list.verticalScrollBar()
    assert bar.maximum() == 200 - room.list.viewport().height()


def test_a_row_is_scrolled_into_sight_with_its_heading(room: Room) -> None:
    room.list.scrollTo(room.at(5))
    assert room.list.visualRect(room.at(5)).bottom() < 100
    room.list.scrollTo(room.at(1))
    assert room.list.verticalScrollBar().value() == 0


def test_the_keyboard_passes_over_headings(room: Room) -> None:
    room.list.setCurrentIndex(room.at(1))
    keys = [Qt.Key.Key_Down] * 4 + [Qt.Key.Key_Up] * 4
    assert [room.press(key) for key in keys] == [2, 4, 5, 5, 4, 2, 1, 1]


def test_home_and_end_lead_to_the_first_and_the_last_row(room: Room) -> None:
    assert room.press(Qt.Key.Key_End) == 5
    assert room.press(Qt.Key.Key_Home) == 1


def test_an_empty_list_leads_nowhere(qtbot: QtBot) -> None:
    room = Room(qtbot, 0)
    room.list.set_headings(())
    assert room.press(Qt.Key.Key_Down) == -1


def test_only_what_is_in_sight_is_drawn_and_nothing_is_laid_out(qtbot: QtBot) -> None:
    room = Room(qtbot, 10_000)
    room.painted.rows.clear()
    room.model.setStringList([str(row) for row in range(10_000)])
    room.list.grab()
    assert max(room.painted.rows) < 5
    assert room.painted.sized == 0


def test_whoever_reads_the_screen_aloud_knows_it_as_a_list_with_its_rows(room: Room) -> None:
    read = QAccessible.queryAccessibleInterface(room.list)
    assert read.role() in {QAccessible.Role.List, QAccessible.Role.Table}
    assert read.childCount() == 6
