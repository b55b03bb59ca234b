"""A checked file's verdict in words: one sentence that never says more than the report does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.messages import Message
from app.workflow.report_words import deciding_code, has_remarks
from app.workplace.records import Problem
from signing.report import FileReport, SignatureReport
from signing.terms import ChangeKind, SignatureKind, Verdict
from ui.theme import Tone
from ui.widgets.plain import plain
from ui.words import Words

_LOOKS: dict[Verdict, tuple[str, Tone]] = {
    Verdict.VALID: ("check-circle", Tone.GOOD),
    Verdict.INVALID: ("cross-circle", Tone.BAD),
    Verdict.UNDETERMINED: ("question-circle", Tone.WARN),
    Verdict.UNSIGNED: ("document", Tone.MUTED),
    Verdict.UNREADABLE: ("document-failed", Tone.BAD),
}
_QUOTES = str.maketrans(dict.fromkeys('“”„«»"', "'"))
_NAMED = 4
"""So many signatures are named in the sentence; the cards name all."""


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """What a person reads first: the verdict's word, a sentence, what it means, what to do."""

    word: str
    icon: str
    tone: Tone
    sentence: str
    means: str = ""
    do: str = ""

    def __str__(self) -> str:
        return f"{self.word}: {self.sentence}"


def verdict_look(verdict: Verdict, *, has_remarks: bool = False) -> tuple[str, Tone]:
    """Return a verdict's icon and tone. Nothing that is said against a file stands below a green tick."""
    name, tone = _LOOKS[verdict]
    return name, Tone.WARN if verdict is Verdict.VALID and has_remarks else tone


class VerdictWords(QObject):
    """Puts a whole file's verdict into words."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def of(self, report: FileReport) -> ToldVerdict:
        """Say what the whole file is worth."""
        remarks = has_remarks(report)
        word = self._words.label("verdict." + report.verdict.value)
        icon, tone = verdict_look(report.verdict, has_remarks=remarks)
        if report.verdict is Verdict.VALID:
            told = self._message(deciding_code(report))
            if remarks:
                word = self.tr("{verdict}, with remarks").format(verdict=word)
            return ToldVerdict(word, icon, tone, self._valid(report), told.means, told.do)
        if report.reason is None:
            return ToldVerdict(word, icon, tone, self.tr("The check gave no reason."))
        told = self._message(report.reason)
        return ToldVerdict(word, icon, tone, self._why(report, told.what), told.means, told.do)

    def of_problem(self, problem: Problem) -> ToldVerdict:
        """Say why a file could not be checked at all."""
        told = self._words.message(problem)
        word = self.tr("COULD NOT BE CHECKED")
        return ToldVerdict(word, "warning", Tone.WARN, told.what, told.means, told.do)

    def holder(self, item: SignatureReport) -> str:
        """Name whose signature it is: only one that holds is somebody's, any other merely bears a name."""
        name = plain(item.signer or item.organization)
        if item.verdict is Verdict.VALID:
            return name or self.tr("a signer without a name")
        # The marks say where the claim ends, so it cannot bring its own.
        claimed = name.translate(_QUOTES)
        return self.tr("bearing the name “{name}”").format(name=claimed) if name else ""

    def _valid(self, report: FileReport) -> str:
        deeds = [
            self._deed(item)
            for item in report.signatures
            if item.kind is not SignatureKind.DOCUMENT_TIMESTAMP
        ]
        left = len(deeds) - _NAMED
        if left > 0:
            deeds[_NAMED:] = [self.tr("%n more signature(s)", "", left)]
        done = ", ".join(deeds[:-1])
        done = self.tr("{all} and {last}").format(all=done, last=deeds[-1]) if done else deeds[-1]
        whats = {
            change.what
            for item in report.signatures
            for change in item.authentication.changes_after
        }
        if whats - {ChangeKind.SIGNATURE_ADDED, ChangeKind.VALIDATION_DATA}:
            text = self.tr(
                "{done}; only form fields were filled in since, as the signatures permit."
            )
        else:
            text = self.tr("{done}; the content was not changed since.")
        told = text.format(done=done)
        return told[:1].upper() + told[1:]

    def _deed(self, item: SignatureReport) -> str:
        deeds = {
            SignatureKind.PERSONAL: self.tr("signed by {name}"),
            SignatureKind.INITIAL: self.tr("initialled by {name}"),
            SignatureKind.SEAL: self.tr("sealed by {name}"),
            SignatureKind.ATTACHMENT: self.tr("sealed as an attachment by {name}"),
            SignatureKind.INCOMING: self.tr("given the incoming block by {name}"),
            SignatureKind.COPY: self.tr("marked as a copy by {name}"),
            SignatureKind.NUMBER: self.tr("numbered by {name}"),
        }
        return deeds.get(item.kind, self.tr("signed by {name}")).format(name=self.holder(item))

    def _why(self, report: FileReport, why: str) -> str:
        """Name the signature that decided, where one did."""
        every = report.signatures
        bad = next(
            (
                (index, item)
                for index, item in enumerate(every, start=1)
                if item.verdict is report.verdict and item.reason == report.reason
            ),
            None,
        )
        if bad is None:
            return why
        index, item = bad
        parts = [self._words.label("kind." + item.kind.value), self.holder(item)]
        which = ", ".join(part for part in parts if part)
        if len(every) > 1:
            text = self.tr("Signature {index} of {total} ({which}): {why}")
            return text.format(index=index, total=len(every), which=which, why=why)
        return self.tr("{which}: {why}").format(which=which, why=why)

    def _message(self, code: str) -> Message:
        return self._words.message(Problem(code))
