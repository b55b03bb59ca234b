"""What is said aloud to a person who does not see the window."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def say(widget: QWidget, text: str) -> None:
    """Have a screen reader say a text that just appeared in a widget."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
