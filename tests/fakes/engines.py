"""Token, judge and eyes without engines, on plain-text "documents" that grow by one line a signature."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from app.errors import AppError
from app.workers.records import Rewriting
from pdf.geometry import BoxMm, BoxPt, PageGeometry
from pdf.places import BlankName, OpinionPlace, PlaceKind, PlacementRules, Proposal, TypedDate
from pdf.sheet import Sheet
from pdf.traces import Signed, SinceSigned, Traces, Widget
from signing.errors import SigningError
from signing.extension import ExtendedFile, ExtensionRequest
from signing.facts import FileFacts, SignatureWidget
from signing.opinions import OPINION_NAMES, OpinionField, OpinionLayout, OpinionRoom
from signing.report import FileReport, Revision, SignatureReport
from signing.request import (
    Appearance,
    DrawnText,
    FieldValue,
    SignatureRequest,
    SignedFile,
    TextFieldSpec,
    UserBox,
)
from signing.roots import TrustedRoot
from signing.status import CertificateStatus
from signing.terms import FIELD_STEMS, Coverage, PadesLevel, Verdict
from signing.token.pin import Pin
from signing.token.records import CertificateInfo, KeyFile, KeyFileInfo, ModuleInfo, OpenedKey
from tests.fakes.records import NOON, page, signature

Value = TypeVar("Value")
DRAFT = b"%PDF-1.7 a draft in plain text\n"
_MARK = b"%signature "
_RAISED = b"%raised "

PLACES = {
    PlaceKind.PERSONAL: BoxMm(120, 200, 165, 222),
    PlaceKind.SEAL: BoxMm(100, 190, 136, 226),
    PlaceKind.ATTACHMENT: BoxMm(8, 5, 44, 41),
    PlaceKind.INCOMING: BoxMm(8, 4, 70, 20),
    PlaceKind.NUMBER: BoxMm(40, 40, 52, 45),
}


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def answered(value: Value) -> Future[Value]:
    future: Future[Value] = Future()
    future.set_result(value)
    return future


@dataclass(frozen=True)
class Look:
    """What the eyes say of a file."""

    pages: tuple[PageGeometry, ...]
    is_repaired: bool = False


class FakeEyes:
    """Sees one A4 page and the places in `places`."""

    def __init__(self) -> None:
        self.pages: tuple[PageGeometry, ...] = (page(),)
        self.places = dict(PLACES)
        self.confidence = 0.9
        self.is_over_text = False
        self.typed: TypedDate | None = TypedDate()
        self.asked: list[tuple[PlaceKind, str | None]] = []
        self.opinions: tuple[OpinionPlace, ...] = ()
        self.printed: list[tuple[bytes, tuple[str, ...], str]] = []

    def facts(self, path: Path) -> Future[Any]:
        path.stat()
        return answered(Look(self.pages))

    def propose(
        self, path: Path, kind: PlaceKind, rules: PlacementRules, signer: str | None = None
    ) -> Future[tuple[Proposal, ...]]:
        del path, rules
        self.asked.append((kind, signer))
        if kind is PlaceKind.DATE:
            return answered(self._date())
        box = self.places.get(kind)
        if box is None:
            return answered(())
        which: BlankName | None = "number" if kind is PlaceKind.NUMBER else None
        found = Proposal(kind, 0, box, self.confidence, "by the text", which=which)
        return answered((found,))

    def find_opinions(
        self, path: Path, headings: tuple[tuple[str, ...], ...], rules: PlacementRules
    ) -> Future[tuple[OpinionPlace, ...]]:
        del path, rules
        return answered(self.opinions if headings else ())

    def typefaces(self, path: Path) -> Future[tuple[tuple[str, ...], tuple[str, ...]]]:
        path.stat()
        return answered(((), ()))

    def rewrite(self, path: Path, out: Path, *, flatten: bool) -> Future[Any]:
        out.write_bytes(path.read_bytes())
        return answered(Rewriting(1, was_repaired=False, removed=("form_fields",) * flatten))

    def letters(self, path: Path) -> Future[str]:
        path.stat()
        return answered("")

    def read_symbol(self, path: Path) -> Future[str | None]:
        path.stat()
        return answered("STP-VP")

    def typed_date(self, path: Path) -> Future[TypedDate | None]:
        path.stat()
        return answered(self.typed)

    def covers_text(
        self, path: Path, boxes: tuple[tuple[int, BoxPt], ...]
    ) -> Future[tuple[bool, ...]]:
        del path
        return answered((self.is_over_text,) * len(boxes))

    def leaves_words(
        self, path: Path, field: str, page_index: int, box: BoxPt, glyphs: tuple[BoxPt, ...]
    ) -> Future[bool]:
        del path, field, page_index, box, glyphs
        return answered(True)

    def since_signed(
        self, path: Path, signed: tuple[Signed, ...]
    ) -> Future[tuple[SinceSigned, ...]]:
        del path
        return answered(tuple(SinceSigned() for _ in signed))

    def traces(self, path: Path, widgets: tuple[Widget, ...]) -> Future[tuple[Traces, ...]]:
        del path
        return answered(tuple(Traces() for _ in widgets))

    def compare(self, before: Path, after: Path) -> Future[Any]:
        raise NotImplementedError(before, after)

    def write_print(
        self, path: Path, out: Path, without: tuple[str, ...], subject: str
    ) -> Future[None]:
        self.printed.append((path.read_bytes(), without, subject))
        out.write_bytes(b"print")
        future: Future[None] = Future()
        future.set_result(None)
        return future

    def write_png(self, path: Path, page_index: int, dpi: float, out: Path) -> Future[None]:
        raise NotImplementedError(path, page_index, dpi, out)

    def _date(self) -> tuple[Proposal, ...]:
        if PlaceKind.NUMBER not in self.places:
            return ()
        box = BoxMm(140, 40, 147, 45)
        day = Proposal(PlaceKind.DATE, 0, box, self.confidence, "blank", which="day", italic=True)
        return (
            day,
            replace(day, box_mm=box.moved_by(20, 0), which="month"),
            replace(day, box_mm=box.moved_by(40, 0), which="year"),
        )


class FakeJudge:
    """Reads the lines that `FakeToken` wrote; `verdicts` changes what it says of a field, `trusted` of all chains."""

    def __init__(self) -> None:
        self.trusted = True
        self.verdicts: dict[str, Verdict] = {}
        self.own_fields: tuple[str, ...] = ()
        self.drawn: list[tuple[Appearance, float, float]] = []
        self.sheets: list[Sheet] = []

    def revisions(self, path: Path) -> Future[tuple[Revision, ...]]:
        del path
        return answered(())

    def list_content(self, path: Path) -> Future[tuple[str, ...]]:
        path.stat()
        return answered(())

    def read_strictly(self, path: Path) -> Future[None]:
        path.stat()
        return answered(None)

    def trusted_roots(self) -> Future[tuple[TrustedRoot, ...]]:
        return answered((TrustedRoot("CA thử nghiệm", "ab" * 32),))

    def write_sheet(self, sheet: Sheet, out: Path) -> Future[None]:
        self.sheets.append(sheet)
        out.write_bytes(DRAFT)
        return answered(None)

    def look(self, path: Path) -> Future[FileFacts]:
        content = path.read_bytes()
        lines = signatures_in(content)
        all_prepared = [name for line in lines for name in line["prepare"]]
        prepared = [name for name in all_prepared if name not in OPINION_NAMES]
        filled = {name for line in lines for name in line["fill"]}
        return answered(
            FileFacts(
                sha256=sha256_of(content),
                pages=1,
                signatures=tuple(_widget(line) for line in lines),
                empty_signature_fields=(),
                certified=None,
                open_fields=tuple(name for name in prepared if name not in filled),
                open_widgets=tuple(
                    SignatureWidget(name, 0, None) for name in prepared if name not in filled
                ),
                filled_fields=tuple(name for name in prepared if name in filled),
                own_fields=self.own_fields,
                opinions=tuple(
                    _opinion(name, lines) for name in all_prepared if name in OPINION_NAMES
                ),
            )
        )

    def drawn_texts(
        self, path: Path, fields: tuple[str, ...]
    ) -> Future[tuple[DrawnText | None, ...]]:
        path.stat()
        return answered(tuple(DrawnText(field, ()) for field in fields))

    def draw_appearance(
        self, appearance: Appearance, width_pt: float, height_pt: float, out: Path
    ) -> Future[None]:
        self.drawn.append((appearance, width_pt, height_pt))
        out.write_bytes(DRAFT)
        future: Future[None] = Future()
        future.set_result(None)
        return future

    def lay_out_opinion(self, text: str, room: OpinionRoom) -> Future[OpinionLayout]:
        lines = tuple(text.splitlines())
        if len(lines) > room.lines:
            raise SigningError("prepare.opinion_too_long", lines=len(lines), room=room.lines)
        return answered(OpinionLayout(lines, room.lines, room.size_pt))

    def draw_opinion(self, text: str, room: OpinionRoom, out: Path) -> Future[OpinionLayout]:
        out.write_bytes(DRAFT)
        return self.lay_out_opinion(text, room)

    def fill_copy(self, base: Path, out: Path, values: tuple[FieldValue, ...]) -> Future[None]:
        texts = " ".join(f"{value.name}={value.text}" for value in values)
        out.write_bytes(base.read_bytes() + f"%filled {texts}\n".encode())
        future: Future[None] = Future()
        future.set_result(None)
        return future

    def verify(self, path: Path) -> Future[FileReport]:
        content = path.read_bytes()
        lines = signatures_in(content)
        reports = tuple(
            self._judged(line, levels_in(content)[position - 1], is_last=position == len(lines))
            for position, line in enumerate(lines, 1)
        )
        verdicts = [item.verdict for item in reports]
        worst = next(
            (item for item in (Verdict.INVALID, Verdict.UNDETERMINED) if item in verdicts),
            Verdict.VALID if reports else Verdict.UNSIGNED,
        )
        return answered(FileReport(str(path), worst, None, sha256_of(content), 1, reports))

    def verify_each(
        self, paths: Sequence[Path], *, at: datetime | None = None, online: bool = False
    ) -> Iterator[tuple[int, FileReport]]:
        del at, online
        for index, path in enumerate(paths):
            yield index, self.verify(path).result()

    def _judged(self, line: dict[str, Any], level: PadesLevel, *, is_last: bool) -> SignatureReport:
        field = str(line["field"])
        made = signature(
            field,
            line["signer"],
            line["certificate"],
            self.verdicts.get(field, Verdict.VALID),
            organization=line["organization"],
            trusted=self.trusted,
            coverage=Coverage.ENTIRE_FILE if is_last else Coverage.ENTIRE_REVISION,
        )
        return replace(made, signature_info=replace(made.signature_info, level=level))


class FakeToken:
    """Signs by adding a line; `made` are the requests that it carried out, as its owner would count them."""

    def __init__(self, *certificates: CertificateInfo) -> None:
        self.certificates = {item.sha256: item for item in certificates}
        self.made: list[SignatureRequest] = []
        self.logins = 0
        self.refuse: SigningError | None = None

    def survey(self, *, again: bool = True) -> tuple[ModuleInfo, ...]:
        del again
        return ()

    def has_news(self, *, afresh: bool = False) -> bool:
        return afresh

    def key_files(self) -> tuple[KeyFileInfo, ...]:
        return ()

    def read_key_file(self, path: Path, password: Pin) -> KeyFile:
        raise NotImplementedError(path, password)

    def login(
        self, module: str, serial: str, certificate_sha256: str, pin: Pin, *, last_try: bool = False
    ) -> OpenedKey:
        del module, serial, last_try
        pin.take()
        self.logins += 1
        return OpenedKey(self.certificates[certificate_sha256].der)

    def is_open(self, certificate_sha256: str) -> bool:
        return certificate_sha256 in self.certificates

    def prepare(self, path: Path, specs: tuple[TextFieldSpec, ...]) -> None:
        raise NotImplementedError(path, specs)

    def sign(self, base: Path, out: Path, request: SignatureRequest) -> SignedFile:
        content = base.read_bytes()
        if sha256_of(content) != request.base_sha256:
            raise SigningError("sign.not_what_was_shown")
        if self.refuse is not None:
            raise self.refuse
        owner = self.certificates[request.certificate_sha256]
        stem = FIELD_STEMS[request.kind]
        taken = sum(line["field"].split("_")[0] == stem for line in signatures_in(content))
        field = f"{stem}_{taken + 1}" if taken else stem
        box = request.box
        line = {
            "field": field,
            "signer": owner.subject,
            "organization": owner.organization,
            "certificate": owner.sha256,
            "box": None if box is None else [box.left_pt, box.bottom_pt, box.right_pt, box.top_pt],
            "prepare": [spec.name for spec in request.prepare],
            "boxes": {
                spec.name: [
                    spec.box.left_pt,
                    spec.box.bottom_pt,
                    spec.box.right_pt,
                    spec.box.top_pt,
                ]
                for spec in request.prepare
            },
            "fill": {value.name: value.text for value in request.fill},
            "nonce": len(self.made),
        }
        out.write_bytes(content + _MARK + json.dumps(line).encode() + b"\n")
        self.made.append(request)
        return SignedFile(out, sha256_of(out.read_bytes()), field, PadesLevel.B_B)

    def skip_time_stamp(self) -> None:
        return

    def logout(self) -> None:
        return


class FakeServices:
    """Adds a line that says which level everything before it has now. `refuse` is raised as long as it is set."""

    def __init__(self) -> None:
        self.made: list[ExtensionRequest] = []
        self.refuse: SigningError | None = None
        self.gives: PadesLevel | None = None
        self.says: CertificateStatus | AppError = CertificateStatus(
            "good", trusted=True, checked_at=NOON
        )

    def start(self) -> None:
        return

    def status(self, certificate: bytes, authorities: tuple[bytes, ...]) -> CertificateStatus:
        del certificate, authorities
        if isinstance(self.says, AppError):
            raise self.says
        return self.says

    def known_status(self, certificate_sha256: str) -> CertificateStatus | None:
        del certificate_sha256
        return None if isinstance(self.says, AppError) else self.says

    def extend(self, base: Path, out: Path, request: ExtensionRequest) -> ExtendedFile:
        if sha256_of(base.read_bytes()) != request.base_sha256:
            raise SigningError("sign.not_what_was_shown")
        if self.refuse is not None:
            raise self.refuse
        self.made.append(request)
        line = _RAISED + (self.gives or request.level).value.encode() + b" %d\n" % len(self.made)
        out.write_bytes(base.read_bytes() + line)
        return ExtendedFile(out, sha256_of(out.read_bytes()), ("validation_data",))

    def skip_time_stamp(self) -> None:
        return


def levels_in(content: bytes) -> list[PadesLevel]:
    """Return the level of each signature: that of the last line of `FakeServices` behind it."""
    levels: list[PadesLevel] = []
    for line in content.splitlines():
        if line.startswith(_MARK):
            levels.append(PadesLevel.B_B)
        elif line.startswith(_RAISED):
            levels = [PadesLevel(line.split()[1].decode())] * len(levels)
    return levels


def signatures_in(content: bytes) -> list[dict[str, Any]]:
    """Read the signatures of a plain-text document, oldest first."""
    return [
        json.loads(line.removeprefix(_MARK))
        for line in content.splitlines()
        if line.startswith(_MARK)
    ]


def _opinion(name: str, lines: list[dict[str, Any]]) -> OpinionField:
    locking = [line for line in lines if name in line["fill"]]
    sides = next(line["boxes"][name] for line in lines if name in line["prepare"])
    return OpinionField(
        name,
        SignatureWidget(name, 0, UserBox(*sides)),
        any(line["fill"][name] for line in locking),
        tuple(line["field"] for line in locking),
        13.0,
    )


def _widget(line: dict[str, Any]) -> SignatureWidget:
    if line["box"] is None:
        return SignatureWidget(line["field"], None, None)
    return SignatureWidget(line["field"], 0, UserBox(*line["box"]))
