"""The person's language: what Qt's translators and the one catalogue of messages say in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from app.clock import VIETNAM
from app.messages import Language, Message, message
from app.workplace.records import Problem


class Words(QObject):
    """Puts codes, dates and times into the person's language.

    Signals:
        changed: the language is another one.
    """

    changed = Signal()

    def __init__(self, language: Language = "vi") -> None:
        super().__init__()
        self.language: Language = language

    def choose(self, language: Language) -> None:
        """Speak another language from now on."""
        if language != self.language:
            self.language = language
            self.changed.emit()

    def message(self, problem: Problem) -> Message:
        """Return what happened, what it means for the document, what to do."""
        return message(problem.code, self.language, problem.params)

    def label(self, code: str, params: Mapping[str, object] | None = None) -> str:
        """Return a short text of the catalogue, say `urgency.express`."""
        return message(code, self.language, params).what

    def day(self, day: date) -> str:
        """Write a day as dd/MM/yyyy."""
        return day.strftime("%d/%m/%Y")

    def moment(self, moment: datetime) -> str:
        """Write a moment in Vietnam's time."""
        return moment.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")
