"""Fields that a turn of the mouse wheel does not change while somebody only scrolls past them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class _Calm(QObject):
    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        """Leave the wheel to what scrolls, unless the person works in the field."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(field, QWidget)
            and not field.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(field, event)


def keep_calm(field: QWidget) -> None:
    """Let the wheel change a field only once it was clicked or reached by the keyboard."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_Calm(field))
