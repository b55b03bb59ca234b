"""What a verification report says of its parts, in a person's language; what a file says of itself made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from app.clock import vietnam_time
from app.messages import Language, catalogue, message
from signing.report import Change, FileReport, SignatureReport, StatusData
from signing.terms import ChangeKind, Verdict

LONGEST = 1000
"""Letters of one name. The longest that an honest certificate holds is a fraction of it (RFC 5280, annex A)."""
LONGEST_HEADING = 120
"""Where a name stands in a heading or a table; the whole of it stands in its own row."""
_QUOTES = str.maketrans(dict.fromkeys('“”„«»"', "'"))
_BETWEEN = frozenset(("Cc", "Zl", "Zp"))
_NAME_FIELDS = (ChangeKind.SIGNATURE_ADDED, ChangeKind.FORM_FILLED)
"""Changes whose detail is a field's name."""


def deciding_code(report: FileReport) -> str:
    """Return the message code that says why a file's verdict is what it is."""
    if report.verdict is Verdict.VALID:
        return "verify.valid_with_remarks" if has_remarks(report) else "verify.valid"
    return report.reason or "verdict." + report.verdict.value


def has_remarks(report: FileReport) -> bool:
    """Tell whether anything is to be said about a file beside its verdict."""
    return bool(report.active_content) or bool(remarks_of(report))


def remarks_of(report: FileReport) -> tuple[str, ...]:
    """Return the codes of what is to be said beside the verdict, each once."""
    return tuple(dict.fromkeys(code for item in report.signatures for code in item.warnings))


def label(code: str, language: Language, **params: object) -> str:
    """Return a short text of the catalogue."""
    return message(code, language, params).what


def written(text: str | None, longest: int = LONGEST) -> str:
    """Return what a file says of itself on one line, read from left to right, with nothing that steers the reading."""
    shown = "".join(
        " " if kind in _BETWEEN else "�" if kind == "Cs" else letter
        for letter in (text or "")[: 2 * longest]
        if (kind := unicodedata.category(letter)) != "Cf"
    )
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def moment_text(moment: datetime) -> str:
    """Write a moment in Vietnam's time, to the second."""
    shown = vietnam_time(moment)
    return f"{shown:%d/%m}/{shown.year:04d} {shown:%H:%M:%S} +07:00"


def validity_text(item: SignatureReport, language: Language) -> str:
    """Say how long a signature's certificate is valid; nothing where that is not known."""
    if item.valid_from is None or item.valid_until is None:
        return ""
    start, end = moment_text(item.valid_from), moment_text(item.valid_until)
    return label("report.from_until", language, start=start, end=end)


def status_text(status: StatusData, checked_at: datetime, language: Language) -> str:
    """Say which data a revocation rests on, whence it comes and how old it was at the check."""
    days = max(0, (checked_at - status.issued).days)
    age = label("label.trust_age", language, moment=moment_text(status.issued), days=days)
    origin = label("status." + status.origin, language)
    told = f"{status.kind.upper()} {origin}, {age}"
    if is_late(status, checked_at):
        told = f"{told}, {label('label.trust_late', language)}"
    return told


def is_late(status: StatusData, checked_at: datetime) -> bool:
    """Tell whether newer data should have been there at the check."""
    return status.usable_until is not None and status.usable_until < checked_at


def size_text(size_bytes: int, language: Language) -> str:
    """Write a file's size in bytes."""
    size = f"{size_bytes:,}"
    return label(
        "report.bytes", language, size=size.replace(",", ".") if language == "vi" else size
    )


def digest_text(sha256: str) -> str:
    """Write a hash in groups of four, to be compared by eye."""
    return " ".join(sha256[at : at + 4] for at in range(0, len(sha256), 4)).upper()


def holder(item: SignatureReport, language: Language) -> str:
    """Name whose signature it is; one that is not proven merely bears a name."""
    name = written(item.signer or item.organization, LONGEST_HEADING)
    if not name or item.verdict is Verdict.VALID:
        return name
    # The marks say where the claim ends, so it cannot bring its own.
    return label("report.claimed", language, name=name.translate(_QUOTES))


def change_detail(change: Change, language: Language) -> str:
    """Say what exactly a change was; a field's own name, or a code that has no words, is told as it is."""
    detail = change.detail or ""
    if change.what in _NAME_FIELDS:
        return written(detail)
    code = "detail." + detail.partition(":")[0]
    if code in catalogue():
        return label(code, language)
    return "" if detail in ("dss", "content") else written(detail)


def change_texts(changes: Iterable[Change], language: Language) -> tuple[str, ...]:
    """Say each change with what, page and whether it is allowed; the same thing several times in one text."""
    texts: dict[str, int] = {}
    for change in changes:
        told = label("change." + change.what.value, language)
        if detail := change_detail(change, language):
            told = f"{told}, {detail}"
        if change.page is not None:
            told = label("report.on_page", language, change=told, page=change.page)
        verdict = label("change." + ("allowed" if change.allowed else "not_allowed"), language)
        text = f"{told}: {verdict}"
        texts[text] = texts.get(text, 0) + 1
    return tuple(
        text if count == 1 else label("report.times", language, change=text, count=count)
        for text, count in texts.items()
    )


def active_names(codes: Iterable[str], language: Language) -> tuple[str, ...]:
    """Name what in a file could act or reach out."""
    return tuple(
        label("active." + code, language) if "active." + code in catalogue() else written(code)
        for code in codes
    )
