"""A note that a person should read before agreeing: as a notice, without what only somebody who helps asks for."""

from __future__ import annotations

from app.messages import Message
from ui.theme import Theme, Tone
from ui.widgets.notice import NoticeCard


class NoteCard(NoticeCard):
    """Shows a message of the catalogue, without its code and without a button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setObjectName("document_note")

    def set_message(
        self, message: Message | None, tone: str = Tone.WARN, action: str | None = None
    ) -> None:
        """Show a message; hide where there is none."""
        super().set_message(message, tone, action)
        self.code.setVisible(False)
        self.copy.setVisible(False)
