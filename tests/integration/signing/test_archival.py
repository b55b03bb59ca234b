"""PDF/A files as LibreOffice exports them, signed and sealed: what a program without a PDF/A validator can check.

Read by `qpdf`, another program than the ones that write. No validator is free of Java and in Debian: what is held here
are the clauses of ISO 19005 that an added signature could break.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Pt

from app.demo.people import AGENCY_SEAL, LEADER
from app.rules import load_profile
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.issued import Issued, issue
from tests.integration.signing.office import SigningOffice, told

FILTER = "pdf:writer_pdf_Export:"
EXPORTS = {
    "PDF/A-1": {"SelectPdfVersion": {"type": "long", "value": "1"}},
    "PDF/A-2": {"SelectPdfVersion": {"type": "long", "value": "2"}},
    "PDF/A-3": {"SelectPdfVersion": {"type": "long", "value": "3"}},
    "PDF/UA": {
        "PDFUACompliance": {"type": "boolean", "value": "true"},
        "UseTaggedPDF": {"type": "boolean", "value": "true"},
    },
}
ARCHIVAL = ("PDF/A-1", "PDF/A-2", "PDF/A-3")


@dataclass(frozen=True)
class Objects:
    """A file's objects as `qpdf` reads them, streams with their dictionaries alone."""

    all: dict[str, Any]

    @classmethod
    def of(cls, path: Path) -> Objects:
        listed = json.loads(told("qpdf", "--json=2", path))["qpdf"][1]
        return cls(
            {
                name.removeprefix("obj:"): item["stream"]["dict"]
                if "stream" in item
                else item["value"]
                for name, item in listed.items()
            }
        )

    def get(self, value: Any) -> Any:
        return self.all[value] if isinstance(value, str) and value in self.all else value

    @property
    def catalog(self) -> Any:
        return self.get(self.all["trailer"]["/Root"])

    def of_type(self, kind: str, key: str = "/Type") -> Iterator[Any]:
        for item in self.all.values():
            if isinstance(item, dict) and item.get(key) == kind:
                yield item


def _letter(path: Path) -> None:
    letter = docx.Document()
    letter.styles["Normal"].font.name = "Liberation Serif"
    letter.styles["Normal"].font.size = Pt(13)
    head = letter.add_table(1, 2)
    head.cell(0, 0).text = "ỦY BAN NHÂN DÂN TỈNH\nVĂN PHÒNG\nSố:           /VP-TH"
    head.cell(0, 1).text = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Hà Nội, ngày        tháng        năm 2026"
    )
    letter.add_paragraph("Kính gửi: Các sở, ban, ngành.")
    letter.add_paragraph("Văn phòng đề nghị các đơn vị báo cáo trước ngày 25 hằng tháng. " * 6)
    foot = letter.add_table(1, 2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    foot.cell(0, 1).text = "CHÁNH VĂN PHÒNG\n\n\n\n\n\nNguyễn Văn An"
    letter.save(str(path))


@pytest.fixture(scope="module")
def exported(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[str], Issued]:
    """Gives an export, signed and sealed once."""
    folder = tmp_path_factory.mktemp("archival")
    _letter(folder / "letter.docx")

    @cache
    def made(export: str) -> Issued:
        out = folder / export.replace("/", "-")
        _export(folder / "letter.docx", out, EXPORTS[export])
        return issue(signing_office, bench, certificates, out / "letter.pdf")

    return made


def _export(source: Path, out: Path, options: dict[str, Any]) -> None:
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(out / 'profile').as_uri()}", "--headless"),
            *("--convert-to", FILTER + json.dumps(options), "--outdir", out),
            source,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


@pytest.fixture(params=EXPORTS)
def letter(request: pytest.FixtureRequest, exported: Callable[[str], Issued]) -> Issued:
    return exported(request.param)


@pytest.fixture(scope="module")
def marked(
    exported: Callable[[str], Issued],
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
) -> Callable[[str], Issued]:
    """Gives an export that was given ký nháy and then, as an attachment, the seal with a line of text."""

    @cache
    def made(export: str) -> Issued:
        base = exported(export).base
        lines = ("Số: 05/VP-TH; 22/11/2026; 14:05:06 +07:00",)
        wishes = (
            (Wish(SignatureKind.INITIAL, lines=("Cg",), font_size_pt=8), LEADER.key),
            (
                Wish(SignatureKind.ATTACHMENT, image=signing_office.seal_image, lines=lines),
                AGENCY_SEAL.key,
            ),
        )
        paths, desk = [base], replace(bench, profile=load_profile("nd30-2020"))
        for wish, holder in wishes:
            planned = plan_signature(desk, paths[-1], wish, certificates[holder])
            out = base.with_name(f"{wish.kind.value}.pdf")
            paths.append(make_signature(desk, paths[-1], out, planned.request).file.path)
        return Issued(*paths)

    return made


@pytest.fixture(params=[(export, name) for export in ARCHIVAL for name in ("exported", "marked")])
def archival(request: pytest.FixtureRequest) -> Issued:
    export, name = request.param
    made: Issued = request.getfixturevalue(name)(export)
    return made


@pytest.fixture
def first_part(exported: Callable[[str], Issued]) -> Issued:
    return exported("PDF/A-1")


def test_a_tagged_or_archival_file_is_valid_after_each_step(
    letter: Issued, bench: Workbench
) -> None:
    for path in (letter.approved, letter.issued):
        assert bench.judge.verify(path).result().verdict is Verdict.VALID
    assert told("pdfsig", "-nocert", letter.issued).count("Signature is Valid.") == 2
    assert "WARNING" not in told("qpdf", "--check", letter.issued)


def test_what_the_document_says_of_itself_is_as_it_was(letter: Issued) -> None:
    before, after = Objects.of(letter.base), Objects.of(letter.issued)
    for key in ("/Metadata", "/OutputIntents", "/MarkInfo", "/StructTreeRoot", "/Lang"):
        assert before.catalog.get(key) == after.catalog.get(key)
    assert before.get(before.all["trailer"]["/Info"]) == after.get(after.all["trailer"]["/Info"])
    added = letter.issued.read_bytes()[letter.base.stat().st_size :]
    assert b"/Metadata" not in added.replace(b"/Metadata %s" % _reference(before), b"")
    assert b"xpacket" not in added


def _reference(objects: Objects) -> bytes:
    return str(objects.catalog["/Metadata"]).encode()


def test_every_font_of_an_archival_file_is_embedded(archival: Issued) -> None:
    """ISO 19005-1, 6.3.4: those of the form's resources too."""
    objects = Objects.of(archival.issued)
    names = {
        item["/BaseFont"] for item in objects.of_type("/Font") if not _is_embedded(objects, item)
    }
    assert names == set()
    added = [item["/BaseFont"] for item in objects.of_type("/CIDFontType2", "/Subtype")]
    assert added
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in added), "subsets (6.3.5)"


def test_an_archival_file_stays_unencrypted_and_without_attached_files(archival: Issued) -> None:
    """ISO 19005-1, 6.1.3 and 6.1.11."""
    objects = Objects.of(archival.issued)
    assert "/Encrypt" not in objects.all["trailer"]
    assert "/EmbeddedFiles" not in (objects.get(objects.catalog.get("/Names")) or {})


def _is_embedded(objects: Objects, font: Any) -> bool:
    if font["/Subtype"] == "/Type0":
        return _is_embedded(objects, objects.get(objects.get(font["/DescendantFonts"])[0]))
    descriptor = objects.get(font["/FontDescriptor"]) if "/FontDescriptor" in font else {}
    return any(key.startswith("/FontFile") for key in descriptor)


def test_nothing_half_transparent_is_added_to_pdf_a_1(first_part: Issued) -> None:
    """ISO 19005-1, 6.4."""
    objects = Objects.of(first_part.issued)
    found = [
        item
        for item in objects.all.values()
        if isinstance(item, dict) and ("/SMask" in item or "/Group" in item or "/ca" in item)
    ]
    assert found == []


def test_a_subset_in_pdf_a_1_names_its_glyphs(first_part: Issued) -> None:
    """ISO 19005-1, 6.3.5."""
    objects = Objects.of(first_part.issued)
    subsets = list(objects.of_type("/CIDFontType2", "/Subtype"))
    assert subsets
    assert all("/CIDSet" in objects.get(item["/FontDescriptor"]) for item in subsets)


def test_colours_go_by_the_output_that_the_file_names(archival: Issued) -> None:
    """ISO 19005-1, 6.2.3.3: red, green and blue of a device only with such an output intent."""
    objects = Objects.of(archival.issued)
    intent = objects.get(objects.get(objects.catalog["/OutputIntents"])[0])
    assert objects.get(intent["/DestOutputProfile"])["/N"] == 3


def test_our_widgets_are_printed_have_one_look_and_do_nothing(archival: Issued) -> None:
    """ISO 19005-1, 6.5.3, 6.6 and 6.9."""
    objects = Objects.of(archival.issued)
    widgets = list(objects.of_type("/Widget", "/Subtype"))
    assert len(widgets) >= 2
    for widget in widgets:
        assert widget["/F"] & 0b100111 == 0b100, "printed; not invisible, hidden or kept from view"
        assert list(objects.get(widget["/AP"])) == ["/N"]
        assert not widget.keys() & {"/A", "/AA"}
    form = objects.get(objects.catalog["/AcroForm"])
    assert not form.keys() & {"/XFA", "/NeedAppearances"}


def test_what_is_added_is_written_as_pdf_a_asks(archival: Issued) -> None:
    """ISO 19005-1, 6.1.3, 6.1.4, 6.1.7 and 6.1.8."""
    data = archival.issued.read_bytes()
    added = data[archival.base.stat().st_size :]
    assert re.search(rb"%%EOF\r?\n?\Z", data)
    assert len(re.findall(rb"(?:^|\n)\d+ \d+ obj\n", added)) == added.count(b" obj\n")
    assert added.count(b"\nendobj\n") == added.count(b"endobj")
    assert added.count(b"\nendstream\n") == added.count(b"endstream")
    for table in re.findall(rb"\nxref.*?trailer", added, re.DOTALL):
        assert re.match(rb"\nxref\n\d+ \d+\n", table)
    trailers = re.findall(rb"/ID \[ <([0-9a-fA-F]+)>", added)
    assert len(set(trailers)) <= 1


def test_pdf_a_1_stays_in_the_pdf_version_that_it_came_in(first_part: Issued) -> None:
    assert "/Version" not in Objects.of(first_part.issued).catalog
    assert b"/ObjStm" not in first_part.issued.read_bytes()


@pytest.mark.parametrize("export", ["PDF/A-2", "PDF/A-3"])
def test_later_parts_stay_within_pdf_1_7(exported: Callable[[str], Issued], export: str) -> None:
    assert Objects.of(exported(export).issued).catalog.get("/Version") in {None, "/1.7"}


@pytest.mark.parametrize("export", ARCHIVAL)
def test_the_file_still_claims_what_it_claimed(
    exported: Callable[[str], Issued], export: str
) -> None:
    path = exported(export).issued
    inline = ("--json-stream-data=inline", "--decode-level=all")
    listed = json.loads(told("qpdf", "--json=2", *inline, path))["qpdf"][1]
    stream = listed["obj:" + Objects.of(path).catalog["/Metadata"]]["stream"]["data"]
    assert f"<pdfaid:part>{export[-1]}</pdfaid:part>" in base64.b64decode(stream).decode()
