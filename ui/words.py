"""The person's language: what Qt's translators and the one catalogue of messages say in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from importlib import resources

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator, Signal

from app.clock import vietnam_time
from app.messages import Language, Message, message
from app.workplace.records import Problem

CATALOGUES: Mapping[Language, tuple[str, ...]] = {
    # Qt itself comes without Vietnamese: `qtbase_vi` is ours, for what a person meets here.
    "vi": ("qtbase_vi", "trinhky_vi"),
    # The sources are English: only their plural forms need a catalogue.
    "en": ("trinhky_en",),
}
_TERRITORIES: Mapping[Language, str] = {"vi": "vi_VN", "en": "en_GB"}


def number(value: float, digits: int = 1) -> str:
    """Write a number with the decimal mark of the language that the application speaks."""
    return QLocale().toString(float(value), "f", digits)


class Words(QObject):
    """Puts codes, dates and times into the person's language, and has Qt speak it.

    Signals:
        changed: the language is another one. Widgets learn of it by `QEvent.LanguageChange`.
    """

    changed = Signal()

    def __init__(self, language: Language = "vi") -> None:
        super().__init__()
        self.language: Language = language
        self._translators: list[QTranslator] = []
        self._speak()

    def choose(self, language: Language) -> None:
        """Speak another language from now on."""
        if language != self.language:
            self.language = language
            self._speak()
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
        return vietnam_time(moment).strftime("%d/%m/%Y %H:%M")

    def _speak(self) -> None:
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators.clear()
        QLocale.setDefault(QLocale(_TERRITORIES[self.language]))
        folder = resources.files("resources") / "i18n"
        for name in CATALOGUES[self.language]:
            translator = QTranslator(self)
            if translator.load(str(folder / f"{name}.qm")):
                QCoreApplication.installTranslator(translator)
                self._translators.append(translator)
