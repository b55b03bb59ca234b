"""What was found of each signature, as facts to show or to copy: the law's three sections, then the details."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject

from app.workflow.report_words import (
    active_names,
    change_detail,
    is_late,
    status_text,
    validity_text,
)
from app.workplace.records import Problem
from signing.report import Anchor, Change, FileReport, SignatureReport, StatusData
from signing.terms import ChangeKind, Coverage, SignatureKind, Verdict
from ui.theme import Tone
from ui.widgets.fact_rows import Fact
from ui.widgets.plain import plain
from ui.words import Words, number


@dataclass(frozen=True, slots=True)
class Section:
    """One of the law's three sections with its own verdict; None where the rows are details."""

    title: str
    verdict: Verdict | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One signature in the order of time. `changes` are what was done to the file after it."""

    when: str
    is_proven: bool
    index: int
    changes: tuple[Fact, ...]


_TONES = {
    Verdict.VALID: Tone.GOOD,
    Verdict.INVALID: Tone.BAD,
    Verdict.UNDETERMINED: Tone.WARN,
}


class ReviewWords(QObject):
    """Puts a report's signatures into words."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def sections(self, item: SignatureReport) -> tuple[Section, ...]:
        """Return the three sections of seed 004, Article 6."""
        label = self._words.label
        return (
            Section(
                label("label.signature_info"),
                item.signature_info.verdict,
                tuple(self._signer(item)),
            ),
            Section(
                label("label.authentication"),
                item.authentication.verdict,
                (*self._authentication(item), *self.changes(item)),
            ),
            Section(label("label.timestamp"), item.timestamp.verdict, tuple(self._stamp(item))),
        )

    def details(self, item: SignatureReport) -> Section:
        """Return what a technician asks for."""
        info = item.signature_info
        result = item.indication.value
        if item.subindication:
            result += " / " + item.subindication
        said = (
            (self.tr("Algorithm"), info.algorithm),
            (self.tr("Digest"), info.digest),
            (self.tr("Format"), plain(info.subfilter)),
            (self.tr("Level"), info.level.value if info.level else None),
            (self.tr("Field"), plain(item.field)),
            (self.tr("Holder's ID"), plain(item.uid)),
            (self.tr("Result"), result),
        )
        rows = [Fact(name, value) for name, value in said if value]
        if item.certificate_sha256:
            rows.insert(4, self.digest(self.tr("Certificate SHA-256"), item.certificate_sha256))
        return Section(self.tr("Technical details"), None, tuple(rows))

    def digest(self, name: str, sha256: str) -> Fact:
        """Return a hash in groups of four, to be compared by eye."""
        groups = " ".join(sha256[at : at + 4] for at in range(0, len(sha256), 4))
        return Fact(name, groups.upper(), copies=sha256)

    def history(self, report: FileReport) -> tuple[HistoryEntry, ...]:
        """Return the signatures in order, with what came after each; a signer's claim is told as one."""
        return tuple(
            HistoryEntry(*self._when(item), index, self.changes(item))
            for index, item in enumerate(report.signatures)
        )

    def changes(self, item: SignatureReport) -> tuple[Fact, ...]:
        """Return what was done after a signature; the same thing done several times stands in one row."""
        groups: dict[tuple[ChangeKind, bool], list[str]] = {}
        for change in item.authentication.changes_after:
            groups.setdefault((change.what, change.allowed), []).append(self._where(change))
        label = self._words.label
        rows = []
        for (what, is_allowed), places in groups.items():
            where = "; ".join(dict.fromkeys(place for place in places if place))
            told = label("change." + what.value)
            told = self.tr("{change}: {where}").format(change=told, where=where) if where else told
            verdict = label("change." + ("allowed" if is_allowed else "not_allowed"))
            text = self.tr("{change} ({verdict})").format(change=told, verdict=verdict)
            rows.append(Fact(label("label.change"), text, Tone.GOOD if is_allowed else Tone.BAD))
        return tuple(rows) or (self._no_changes(item),)

    def remarks(self, report: FileReport) -> tuple[str, ...]:
        """Return what is to be said beside the verdict, each thing once."""
        codes = dict.fromkeys(code for item in report.signatures for code in item.warnings)
        told = [self._words.message(Problem(code)).what for code in codes]
        if report.active_content:
            told.append(
                self.tr("The file holds active content, which was not run: {what}.").format(
                    what=", ".join(self.active(report))
                )
            )
        return tuple(told)

    def active(self, report: FileReport) -> Iterable[str]:
        """Name what in the file could act or reach out."""
        return active_names(report.active_content, self._words.language)

    def size(self, size_bytes: int) -> str:
        """Write a file's size."""
        if size_bytes < 1_000_000:
            return self.tr("{size} kB").format(size=max(1, round(size_bytes / 1000)))
        return self.tr("{size} MB").format(size=number(size_bytes / 1_000_000))

    def _signer(self, item: SignatureReport) -> Iterable[Fact]:
        name, agency = plain(item.signer), plain(item.organization)
        found = item.authentication
        if not found.trusted or found.integrity != "intact":
            doubt = self.tr("{name} (says the certificate; not proven)")
            name, agency = (doubt.format(name=text) if text else "" for text in (name, agency))
        claimed = item.signature_info.claimed_time
        said = (
            (self._words.label("label.signer"), name or self.tr("not known")),
            (self.tr("Agency"), agency),
            (self._words.label("label.issuer"), plain(item.issuer)),
            (self._words.label("label.validity"), validity_text(item, self._words.language)),
            (self.tr("Kind"), self._kind(item)),
            (self.tr("Claimed time"), self._words.moment(claimed) if claimed else ""),
        )
        return (Fact(label, value) for label, value in said if value)

    def _kind(self, item: SignatureReport) -> str:
        kind = self._words.label("kind." + item.kind.value)
        if item.kind in {SignatureKind.UNKNOWN, SignatureKind.DOCUMENT_TIMESTAMP}:
            return kind
        return self.tr("{kind} (by its field's name)").format(kind=kind)

    def _authentication(self, item: SignatureReport) -> Iterable[Fact]:
        found, label = item.authentication, self._words.label
        integrity = {"intact": Tone.GOOD, "broken": Tone.BAD}.get(found.integrity or "", Tone.WARN)
        revocation = {"good": Tone.GOOD, "revoked": Tone.BAD}.get(found.revocation, Tone.WARN)
        yield Fact(
            self.tr("Signed content"),
            label("integrity." + (found.integrity or "unknown")),
            integrity,
        )
        is_partial = found.coverage is Coverage.PARTIAL
        yield Fact(
            self.tr("Coverage"),
            label("coverage." + found.coverage.value),
            Tone.BAD if is_partial else Tone.GOOD,
        )
        yield Fact(
            self.tr("Certificate"),
            label("trusted." + ("yes" if found.trusted else "no")),
            Tone.GOOD if found.trusted else Tone.WARN,
        )
        if found.anchor is not None:
            yield Fact(label("label.trust_path"), self._anchor(found.anchor))
        yield Fact(self.tr("Revocation"), label("revocation." + found.revocation), revocation)
        if found.status is not None:
            yield self._status(found.status)

    def _anchor(self, anchor: Anchor) -> str:
        is_added = anchor.file is not None and Path(anchor.file).stem == anchor.sha256
        origin = self._words.label("trust.origin.added" if is_added else "trust.origin.settings")
        params = {"name": plain(anchor.name), "origin": origin}
        return self._words.label("label.trust_reached", params)

    def _status(self, status: StatusData) -> Fact:
        now = datetime.now(UTC)
        told = status_text(status, now, self._words.language)
        tone = Tone.WARN if is_late(status, now) else None
        return Fact(self._words.label("label.trust_status"), told, tone)

    def _no_changes(self, item: SignatureReport) -> Fact:
        """An empty list says something only where the file could be compared with what was signed."""
        found, after = item.authentication, self._words.label("label.change")
        if found.integrity == "intact" and found.coverage is not Coverage.PARTIAL:
            return Fact(after, self.tr("nothing was added or changed"), Tone.GOOD)
        return Fact(after, self.tr("not known"), Tone.WARN)

    def _stamp(self, item: SignatureReport) -> Iterable[Fact]:
        stamp = item.timestamp
        tone = _TONES.get(stamp.verdict)
        told = self._words.label("timestamp.claim_only")
        yield Fact(self.tr("Time"), self._words.moment(stamp.time) if stamp.time else told, tone)
        if stamp.authority:
            yield Fact(self.tr("Authority"), plain(stamp.authority))

    def _when(self, item: SignatureReport) -> tuple[str, bool]:
        stamp, claimed = item.timestamp, item.signature_info.claimed_time
        if stamp.time and stamp.verdict is Verdict.VALID:
            text = self.tr("{time}, time stamp confirmed")
            return text.format(time=self._words.moment(stamp.time)), True
        if stamp.time:
            text = self.tr("{time}, time stamp not confirmed")
            return text.format(time=self._words.moment(stamp.time)), False
        if claimed:
            return self.tr("{time}, the signer's claim").format(
                time=self._words.moment(claimed)
            ), False
        return self.tr("Time not known"), False

    def _where(self, change: Change) -> str:
        what = change_detail(change, self._words.language)
        if change.page is None:
            return what
        page = self.tr("page {number}").format(number=change.page)
        return self.tr("{what}, {page}").format(what=what, page=page) if what else page
