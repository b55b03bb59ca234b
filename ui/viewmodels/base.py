"""What all view-models share."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ViewModel(QObject):
    """Holds one frozen `state`; a person's wishes are its methods, named by verbs.

    Signals:
        changed: the state is another one.
    """

    changed = Signal()
