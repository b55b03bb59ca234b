"""The letter to whoever sent a document that is not accepted: why, in plain words, and what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from app.messages import Language, message
from app.workflow.report_words import holder, label, moment_text, written
from signing.report import FileReport
from signing.terms import Verdict


def is_returnable(report: FileReport) -> bool:
    """Tell whether a file's verdict is a ground for sending it back."""
    return report.verdict is not Verdict.VALID


def letter(report: FileReport, name: str, checked_at: datetime, language: Language) -> str:
    """Return the letter on a file that is not valid; nothing in it is known to be wrong that the report does not say.

    Source: seed 004 (Decision 599/QĐ-BHXH), Article 8.1 a: what does not hold is returned to the sender.
    """

    def say(code: str, **params: object) -> str:
        return label(code, language, **params)

    verdict = say("verdict." + report.verdict.value)
    file = [say("return.file", name=written(name))]
    if report.sha256:
        file.append(f"SHA-256: {report.sha256}")
    file.append(say("return.result", verdict=verdict, time=moment_text(checked_at)))
    reasons = list(_reasons(report, language))
    paragraphs = (
        say("return.greeting"),
        say("return.received"),
        "\n".join(file),
        "\n".join(reasons),
        say("return." + report.verdict.value),
        say("return.attached"),
        say("return.regards"),
    )
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def _reasons(report: FileReport, language: Language) -> Iterator[str]:
    """Say of each signature that is as bad as the file why it is."""
    every = report.signatures
    bad = [
        (index, item)
        for index, item in enumerate(every, start=1)
        if item.verdict is report.verdict and item.reason
    ]
    if not bad and report.reason:
        yield label("return.reason", language, why=_why(report.reason, language))
    for index, item in bad:
        kind = label("kind." + item.kind.value, language)
        which = ", ".join(part for part in (kind, holder(item, language)) if part)
        why = _why(item.reason or "", language)
        yield label(
            "return.signature", language, index=index, total=len(every), which=which, why=why
        )


def _why(code: str, language: Language) -> str:
    told = message(code, language)
    return f"{told.what} {told.means}".strip()
