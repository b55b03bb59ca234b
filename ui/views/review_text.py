"""A report as plain text, to be sent on: the same words as on the screen, in the same order."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject

from signing.report import FileReport, SignatureReport
from ui.viewmodels.review import ReviewState
from ui.views.review_words import ReviewWords, Section
from ui.views.verdict import VerdictWords
from ui.widgets.plain import plain
from ui.words import Words


class ReviewText(QObject):
    """Writes down what was found."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._verdicts = VerdictWords(words)
        self._found = ReviewWords(words)

    def of(self, state: ReviewState) -> str:
        """Return the report on the file that was checked; nothing where there is none."""
        if state.review is None:
            return ""
        report = state.review.report
        told = self._verdicts.of(report)
        lines = [str(told), told.means, told.do]
        lines += ["! " + text for text in self._found.remarks(report)]
        lines += ["", *self._file(state, report)]
        for number, item in enumerate(report.signatures, start=1):
            lines += ["", *self._signature(number, item)]
        return "\n".join(lines) + "\n"

    def _file(self, state: ReviewState, report: FileReport) -> Iterable[str]:
        yield self.tr("File: {name}").format(name=plain(state.name))
        if state.size_bytes is not None:
            yield self.tr("Size: {size}").format(size=self._found.size(state.size_bytes))
        if report.pages is not None:
            yield self.tr("Pages: {count}").format(count=report.pages)
        if report.sha256:
            yield f"SHA-256: {report.sha256}"
        if state.checked_at is not None:
            yield self.tr("Checked on this machine, offline, with Trình Ký: {time}").format(
                time=self._words.moment(state.checked_at)
            )

    def _signature(self, number: int, item: SignatureReport) -> Iterable[str]:
        label = self._words.label
        parts = [label("kind." + item.kind.value), self._verdicts.holder(item)]
        who = ", ".join(part for part in parts if part)
        yield f"{number}. {who}: {label('verdict.' + item.verdict.value)}"
        for code in dict.fromkeys((item.reason, *item.warnings)):
            if code:
                yield "   ! " + label(code)
        for section in (*self._found.sections(item), self._found.details(item)):
            yield from self._section(section)

    def _section(self, section: Section) -> Iterable[str]:
        title = section.title
        if section.verdict is not None:
            title += ": " + self._words.label("verdict." + section.verdict.value)
        yield "   " + title
        for fact in section.facts:
            yield f"      {fact.label}: {fact.copies or fact.value}"
