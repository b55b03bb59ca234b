"""Notes one under the other, each a card; shown anew only where they changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.messages import Message
from app.workplace.records import Problem
from ui.theme import S_PX, Tone
from ui.views.base import Look
from ui.views.note_card import NoteCard


class NoteList(QVBoxLayout):
    """Cards of messages of the catalogue."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setSpacing(S_PX)
        self._look = look
        self._shown: list[tuple[Message, Tone]] = []

    def show_notes(self, notes: Sequence[tuple[Problem, Tone]]) -> None:
        """Show these notes, in this order, in the language of now."""
        wanted = [(self._look.words.message(problem), tone) for problem, tone in notes]
        if wanted == self._shown:
            return
        self._shown = wanted
        while (item := self.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        for message, tone in wanted:
            card = NoteCard(self._look.theme)
            card.set_message(message, tone)
            self.addWidget(card)
