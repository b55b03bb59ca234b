"""Facts about fields that somebody scrolls past."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from ui.widgets.calm import keep_calm


def turn_the_wheel(field: QSpinBox) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        field.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def field(qtbot: QtBot) -> QSpinBox:
    made = QSpinBox()
    qtbot.addWidget(made)
    made.setValue(50)
    keep_calm(made)
    made.show()
    return made


def test_the_wheel_changes_no_field_that_is_only_scrolled_past(qtbot: QtBot) -> None:
    passed = field(qtbot)
    passed.clearFocus()
    turn_the_wheel(passed)
    assert passed.value() == 50


def test_the_wheel_changes_the_field_that_somebody_works_in(qtbot: QtBot) -> None:
    used = field(qtbot)
    used.activateWindow()
    used.setFocus()
    qtbot.waitUntil(used.hasFocus)
    turn_the_wheel(used)
    assert used.value() == 49
