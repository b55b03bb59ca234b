"""What all views share: they say their words anew when the language changes, and show the state when it changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.words import Words


@dataclass(frozen=True, slots=True)
class Look:
    """What every view needs to show itself: the person's language and the theme."""

    words: Words
    theme: Theme


class View(QWidget):
    """A view of one view-model.

    It calls `retranslate` and `show_state` at the end of its own `__init__`; later they come when the language or the
    state changed.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def retranslate(self) -> None:
        """Set the texts that do not depend on the state."""

    def show_state(self) -> None:
        """Show the view-model's state."""

    def changeEvent(self, event: QEvent) -> None:
        """Speak the new language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.show_state()
        super().changeEvent(event)
