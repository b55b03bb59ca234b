"""Composes the verification report (Phiếu kiểm tra): the verdict first, then each signature by the law's sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from app.messages import Language, message
from app.workflow.report_words import (
    active_names,
    change_texts,
    deciding_code,
    digest_text,
    has_remarks,
    holder,
    label,
    moment_text,
    remarks_of,
    size_text,
    status_text,
    validity_text,
    written,
)
from pdf.sheet import (
    Banner,
    Facts,
    Heading,
    NewPage,
    Part,
    Remark,
    Sheet,
    Sign,
    Table,
    Title,
)
from signing.report import FileReport, SignatureReport
from signing.roots import TrustedRoot
from signing.terms import WORST_FIRST, Coverage, SignatureKind, Verdict

_SHARES = (0.09, 0.27, 0.16, 0.22, 0.26)


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was judged. `name` is what a person calls it, `size_bytes` None where it cannot be read."""

    report: FileReport
    name: str
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one or more files, and what it rests on.

    `as_of` is the moment that certificates were judged at, None where that is `checked_at`. `program` names this
    program with its version.
    """

    files: tuple[CheckedFile, ...]
    checked_at: datetime
    roots: tuple[TrustedRoot, ...]
    program: str
    as_of: datetime | None = None
    is_online: bool = False


def report_sheet(check: Check, language: Language) -> Sheet:
    """Return the report on a check, in one language."""
    return _Report(check, language).sheet()


class _Report:
    def __init__(self, check: Check, language: Language) -> None:
        self._check = check
        self._language = language

    def sheet(self) -> Sheet:
        files, title = self._check.files, self._label("report.title")
        made = self._label(
            "report.made", program=self._check.program, time=moment_text(self._check.checked_at)
        )
        parts: list[Part] = [Title(title, made)]
        if len(files) == 1:
            parts += self._file(files[0])
        else:
            parts += self._summary()
        parts += self._basis()
        if len(files) > 1:
            for index, file in enumerate(files, start=1):
                name = self._label(
                    "report.file_of", index=index, total=len(files), name=written(file.name)
                )
                parts += [NewPage(), Heading(name, is_large=True), *self._file(file)]
        return Sheet(
            title=title,
            language=self._language,
            footer=f"{title} · {made}",
            page_of=self._label("report.page", page="{page}", pages="{pages}"),
            parts=tuple(parts),
        )

    def _summary(self) -> Iterator[Part]:
        files = self._check.files
        yield Heading(self._label("report.summary", count=len(files)), is_large=True)
        counts = Counter(file.report.verdict for file in files)
        yield Facts(
            tuple(
                (self._verdict(verdict), str(counts[verdict]))
                for verdict in WORST_FIRST
                if counts[verdict]
            )
        )
        heads = ("report.number", "report.name", "report.verdict", "report.signers", "report.why")
        yield Table(
            tuple(self._label(code) for code in heads),
            tuple(
                (
                    str(index),
                    written(file.name),
                    self._word(file.report),
                    ", ".join(signers_of(file.report, self._language)),
                    self._why(file.report),
                )
                for index, file in enumerate(files, start=1)
            ),
            _SHARES,
            tuple(_sign(file.report.verdict, has_remarks(file.report)) for file in files),
        )

    def _file(self, file: CheckedFile) -> Iterator[Part]:
        report = file.report
        told = message(deciding_code(report), self._language)
        yield Banner(
            _sign(report.verdict, has_remarks(report)),
            self._word(report),
            (self._decided(report), told.means, told.do),
        )
        for code in remarks_of(report):
            yield Remark(self._label(code))
        yield Heading(self._label("report.file"))
        yield Facts(self._rows(self._file_rows(file)))
        total = len(report.signatures)
        for index, item in enumerate(report.signatures, start=1):
            yield from self._signature(index, total, item)

    def _file_rows(self, file: CheckedFile) -> Iterable[tuple[str, str]]:
        report, path = file.report, PurePath(file.report.path)
        yield "report.name", written(file.name)
        if str(path.parent) != ".":
            yield "report.folder", written(str(path.parent))
        unknown = self._label("report.unknown")
        yield "SHA-256", digest_text(report.sha256) if report.sha256 else unknown
        yield "report.pages", str(report.pages) if report.pages is not None else unknown
        size = file.size_bytes
        yield "report.size", size_text(size, self._language) if size is not None else unknown
        yield "report.signatures", str(len(report.signatures))
        active = ", ".join(active_names(report.active_content, self._language))
        yield "report.active", active or self._label("report.none")
        yield "report.note", self._label("report.applies")

    def _signature(self, index: int, total: int, item: SignatureReport) -> Iterator[Part]:
        kind = self._label("kind." + item.kind.value)
        head = self._label("report.signature", index=index, total=total, kind=kind)
        name = holder(item, self._language)
        sign = _sign(item.verdict, bool(item.warnings))
        yield Heading(f"{head} · {name}" if name else head, is_large=True, sign=sign)
        rows = [("report.verdict", self._verdict(item.verdict))]
        if item.reason:
            told = message(item.reason, self._language)
            rows += [
                ("report.why", told.what),
                ("report.means", told.means),
                ("report.do", told.do),
            ]
        result = " / ".join(part for part in (item.indication.value, item.subindication) if part)
        rows.append(("report.result", result))
        yield Facts(self._rows(rows))
        for code in item.warnings:
            told = message(code, self._language)
            yield Remark(f"{told.what} {told.means}".strip())
        sections = (
            ("signature_info", item.signature_info.verdict, self._signer(item)),
            ("authentication", item.authentication.verdict, self._authentication(item)),
            ("timestamp", item.timestamp.verdict, self._stamp(item)),
        )
        for number, (name, verdict, facts) in enumerate(sections, start=1):
            title = f"{number}. {self._label('label.' + name)}: {self._verdict(verdict)}"
            yield Heading(title, sign=verdict.value)
            yield Facts(self._rows(facts))

    def _signer(self, item: SignatureReport) -> Iterable[tuple[str, str]]:
        info, proven = item.signature_info, item.verdict is Verdict.VALID
        for code, name in (("label.signer", item.signer), ("report.agency", item.organization)):
            shown = written(name)
            if shown and not proven:
                shown = self._label("report.unproven", name=shown)
            yield code, shown
        yield "report.uid", written(item.uid)
        yield "label.issuer", written(item.issuer)
        kind = self._label("kind." + item.kind.value)
        yield (
            "report.kind",
            self._label("report.kind_by_name", kind=kind, field=written(item.field)),
        )
        claimed = info.claimed_time
        yield "report.claimed_time", moment_text(claimed) if claimed else ""
        used = (info.algorithm, info.digest)
        yield "report.algorithm", ", ".join(written(part) for part in used if part)
        level = info.level.value if info.level else None
        yield "report.format", ", ".join(written(part) for part in (info.subfilter, level) if part)
        yield "label.validity", validity_text(item, self._language)
        sha256 = item.certificate_sha256
        yield "report.certificate", digest_text(sha256) if sha256 else ""

    def _authentication(self, item: SignatureReport) -> Iterable[tuple[str, str]]:
        found = item.authentication
        integrity = found.integrity or "unknown"
        yield "report.integrity", self._label("integrity." + integrity)
        yield "report.coverage", self._label("coverage." + found.coverage.value)
        yield "report.trust", self._label("trusted." + ("yes" if found.trusted else "no"))
        if found.anchor is not None:
            name, sha256 = written(found.anchor.name), digest_text(found.anchor.sha256)
            yield "label.trust_path", f"{name}; SHA-256 {sha256}"
        yield "report.revocation", self._label("revocation." + found.revocation)
        if found.status is not None:
            told = status_text(found.status, self._check.checked_at, self._language)
            yield "label.trust_status", told
        for text in change_texts(found.changes_after, self._language):
            yield "report.after", text
        if not found.changes_after:
            is_known = integrity == "intact" and found.coverage is not Coverage.PARTIAL
            yield (
                "report.after",
                self._label("report." + ("nothing_after" if is_known else "unknown")),
            )

    def _stamp(self, item: SignatureReport) -> Iterable[tuple[str, str]]:
        stamp = item.timestamp
        claim = self._label("timestamp.claim_only")
        yield "report.time", moment_text(stamp.time) if stamp.time else claim
        yield "report.authority", written(stamp.authority)

    def _basis(self) -> Iterator[Part]:
        check = self._check
        yield Heading(self._label("report.basis"), is_large=True)
        as_of = check.as_of or check.checked_at
        rows = [
            ("report.program", check.program),
            ("report.checked_at", moment_text(check.checked_at)),
            ("report.as_of", moment_text(as_of)),
            (
                "report.network",
                self._label("report." + ("online" if check.is_online else "offline")),
            ),
        ]
        if not check.roots:
            rows.append(("report.roots", self._label("report.no_roots")))
        told = list(self._rows(rows))
        for index, root in enumerate(check.roots, start=1):
            name = self._label("report.root", index=index, total=len(check.roots))
            told.append((name, f"{written(root.name)}; SHA-256 {digest_text(root.sha256)}"))
        yield Facts(tuple(told))

    def _word(self, report: FileReport) -> str:
        word = self._verdict(report.verdict)
        if report.verdict is Verdict.VALID and has_remarks(report):
            return self._label("report.with_remarks", verdict=word)
        return word

    def _decided(self, report: FileReport) -> str:
        """Say why, and by which of several signatures."""
        why, every = self._why(report), report.signatures
        decided = (
            (index, item)
            for index, item in enumerate(every, start=1)
            if item.verdict is report.verdict and item.reason == report.reason
        )
        index, item = next(decided, (0, None))
        if item is None or report.verdict is Verdict.VALID or len(every) == 1:
            return why
        parts = (self._label("kind." + item.kind.value), holder(item, self._language))
        which = ", ".join(part for part in parts if part)
        return self._label("report.decided_by", index=index, total=len(every), which=which, why=why)

    def _why(self, report: FileReport) -> str:
        return self._label(deciding_code(report))

    def _verdict(self, verdict: Verdict) -> str:
        return self._label("verdict." + verdict.value)

    def _label(self, code: str, **params: object) -> str:
        return label(code, self._language, **params)

    def _rows(self, rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """Put the rows' names into words, leaving out those that nothing is known of."""
        return tuple((self._label(code), value) for code, value in rows if value)


def signers_of(report: FileReport, language: Language) -> tuple[str, ...]:
    """Name who signed a file, each once; document time stamps are nobody's signature."""
    names = (
        holder(item, language)
        for item in report.signatures
        if item.kind is not SignatureKind.DOCUMENT_TIMESTAMP
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _sign(verdict: Verdict, has_remarks: bool) -> Sign:  # noqa: FBT001 - named where it is called
    """Return a verdict's shape: no warning stands below the mark of what holds without one."""
    return "remarks" if has_remarks and verdict is Verdict.VALID else verdict.value
