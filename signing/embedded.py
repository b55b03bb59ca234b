"""Finds a file's signatures one by one, each in its own guard, and measures what of the file each one covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from signing.file_bytes import FileBytes
from signing.form import FormField, walk_fields
from signing.pdf_objects import UNREADABLE, entry
from signing.terms import Coverage, SignatureKind, kind_of_field

CHECKED_SUBFILTERS = frozenset(
    {"adbe.pkcs7.detached", "ETSI.CAdES.detached", "ETSI.RFC3161", "PBAD.PAdES"}
)
TIMESTAMP_SUBFILTER = "ETSI.RFC3161"

_COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: Coverage.ENTIRE_FILE,
    SignatureCoverageLevel.ENTIRE_REVISION: Coverage.ENTIRE_REVISION,
}
_NEW_OBJECT = re.compile(
    rb"stream\r?\n.*?endstream|(?<![0-9])([0-9]+)[ \t\r\n]+[0-9]+[ \t\r\n]+obj\b", re.DOTALL
)
_HASHED = frozenset({"sha1", "sha256", "sha384", "sha512"})
_BLANK = b"\r\n\t\x00\x0c "


@dataclass(frozen=True, slots=True)
class Found:
    """A filled signature field. `signature` is None where it cannot be read, `problem` then says why by code."""

    field: str
    subfilter: str | None
    kind: SignatureKind
    signature: Any | None
    problem: str | None = None


def find_signatures(reader: Any) -> list[Found]:
    """Every filled signature field, oldest first; unreadable ones last."""
    found = [_read(reader, field) for field in walk_fields(reader) if _is_filled(field)]
    last = int(reader.total_revisions)
    return sorted(found, key=lambda f: last if f.signature is None else f.signature.signed_revision)


def _is_filled(field: FormField) -> bool:
    try:
        return field.is_signature and entry(field.dictionary, "/V") is not None
    except UNREADABLE:
        return True


def _read(reader: Any, field: FormField) -> Found:
    subfilter: str | None = None
    signature: Any = None
    problem: str | None = None
    kind = kind_of_field(field.name)
    try:
        value = field.dictionary["/V"]
        raw = entry(value, "/SubFilter")
        subfilter = str(raw).removeprefix("/") if raw is not None else None
        # By SubFilter, not by /Type: Estonian files carry time stamps of type /Sig (libraries.md, fact 10).
        if subfilter == TIMESTAMP_SUBFILTER:
            kind = SignatureKind.DOCUMENT_TIMESTAMP
        signature = EmbeddedPdfSignature(reader, field.dictionary, field.name)
        # asn1crypto parses lazily: what is broken must break here, in this signature's guard.
        _ = signature.signer_info["signature"].native
    except UNREADABLE:
        signature = None
        problem = "verify.signature_malformed"
    if subfilter is not None and subfilter not in CHECKED_SUBFILTERS:
        problem = "verify.unsupported_kind"
    return Found(field.name, subfilter, kind, signature, problem)


@dataclass(frozen=True, slots=True)
class CoverageFinding:
    """`fault` is a short code where the covered bytes do not make up a whole revision, None where they do."""

    coverage: Coverage
    fault: str | None
    rewritten: bool = False


class CoverageReader:
    """Measures coverage against the raw bytes of one file."""

    def __init__(self, reader: Any, source: FileBytes) -> None:
        self._reader = reader
        self._source = source
        self._offsets = _known_offsets(reader)

    def measure(self, signature: Any) -> CoverageFinding:
        """How much one signature covers, and whether bytes were hidden before, within or after it.

        `rewritten` tells a file that was saved anew after signing from a manipulated one: the gap in the ByteRange
        is no longer where /Contents stands.
        """
        try:
            numbers = [int(number) for number in signature.byte_range]
        except (TypeError, ValueError):
            return CoverageFinding(Coverage.PARTIAL, "byte_range")
        if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
            return CoverageFinding(Coverage.PARTIAL, "byte_range")
        _, first_length, second_start, second_length = numbers
        end = second_start + second_length
        if end > self._source.size_bytes or not self._gap_is_contents(
            signature, first_length, second_start
        ):
            return CoverageFinding(Coverage.PARTIAL, "byte_range", rewritten=True)
        try:
            level = signature.evaluate_signature_coverage()
        except UNREADABLE:
            return CoverageFinding(Coverage.PARTIAL, "not_covered")
        coverage = _COVERAGE.get(level, Coverage.PARTIAL)
        if coverage is Coverage.PARTIAL:
            return CoverageFinding(coverage, "not_covered")
        return CoverageFinding(coverage, self._fault_behind(signature.signed_revision, end))

    def _gap_is_contents(self, signature: Any, start: int, end: int) -> bool:
        gap = self._source.part(start, end)
        if gap[:1] != b"<" or gap[-1:] != b">":
            return False
        try:
            return bytes.fromhex(gap[1:-1].decode("ascii")) == bytes(signature.pkcs7_content)
        except ValueError:
            return False

    def _fault_behind(self, signed_revision: int, end: int) -> str | None:
        """ISA: what stands behind a signature must belong to a revision that the cross-references know."""
        tail = self._source.part(end, self._source.size_bytes)
        if not tail.strip(_BLANK):
            return None
        if signed_revision >= self._reader.total_revisions - 1:
            return "bytes_after_last_revision"
        for match in _NEW_OBJECT.finditer(tail):
            if match.group(1) is not None and end + match.start() not in self._offsets:
                return "objects_outside_revisions"
        return None


def digest_covered(found: list[Found], source: FileBytes) -> None:
    """Hash the file and what each of its signatures covers in one reading; pyHanko would read it for each anew.

    A ByteRange of another form is left to pyHanko, and to `CoverageReader` to refuse.
    """
    ranges: list[tuple[str, int, int, int]] = []
    signatures: list[Any] = []
    for signature in (item.signature for item in found if item.signature is not None):
        try:
            start, first, second, length = (int(number) for number in signature.byte_range)
        except (TypeError, ValueError):
            continue
        name, end = signature.external_md_algorithm, second + length
        if name in _HASHED and start == 0 <= first <= second <= end <= source.size_bytes:
            ranges.append((name, first, second, end))
            signatures.append(signature)
    digests = source.digest_all(tuple(ranges))
    for signature, item, digest in zip(signatures, ranges, digests, strict=True):
        signature.external_digests[item[0]] = digest


def _known_offsets(reader: Any) -> set[int]:
    offsets: set[int] = set()
    history = reader.xrefs
    for revision in range(reader.total_revisions):
        sections = [(history.get_xref_data(revision), history.get_xref_container_info(revision))]
        hybrid = sections[0][0].hybrid
        if hybrid is not None:
            sections.append((hybrid.xref_data, hybrid.meta_info))
        for data, container in sections:
            offsets.update(offset for _, offset in data.standard_xrefs.values())
            offsets.update((container.start_location, container.declared_startxref))
    return offsets
