"""Facts about what strangers and later hands do to an issued letter."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import crl, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from app.demo.authority import build_crl
from app.workflow.making import make_signature
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.report import FileReport
from signing.terms import ChangeKind, SignatureKind, Verdict
from signing.token.records import CertificateInfo
from signing.trust import TrustAnchors
from signing.verification import verify_file
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice, told


def _edited(letter: Letter, folder: Path, edit: Any) -> Path:
    writer = IncrementalPdfFileWriter(BytesIO(letter.revisions[-1].read_bytes()))
    edit(writer)
    path = folder / "edited.pdf"
    with path.open("wb") as out:
        writer.write(out)
    return path


def _field(writer: Any, name: str) -> Any:
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(item for item in (raw.get_object() for raw in fields) if item["/T"] == name)


def _first_page(writer: Any) -> Any:
    return writer.find_page_for_modification(0)[0].get_object()


def _stream(writer: Any, content: bytes) -> Any:
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 60, 15)))
    entries = {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box}
    return writer.add_object(generic.StreamObject(entries, stream_data=content))


def _another_number(writer: Any) -> None:
    field = _field(writer, "VT_SO")
    field[pdf_name("/V")] = generic.pdf_string("99")
    look = _stream(writer, b"/Tx BMC BT (99) Tj ET EMC")
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): look})
    writer.update_container(field)


def _another_look_of_the_number(writer: Any) -> None:
    field = _field(writer, "VT_SO")
    look = _stream(writer, b"/Tx BMC BT (99) Tj ET EMC")
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): look})
    writer.update_container(field)


def _free_text(writer: Any) -> None:
    page = _first_page(writer)
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 700, 160, 715))),
            pdf_name("/Contents"): generic.pdf_string("99"),
            pdf_name("/AP"): generic.DictionaryObject(
                {pdf_name("/N"): _stream(writer, b"BT (99) Tj ET")}
            ),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


def _page_content(writer: Any) -> None:
    page = _first_page(writer)
    more = writer.add_object(generic.StreamObject(stream_data=b"0 0 200 200 re f"))
    page[pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), more])
    writer.update_container(page)


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (_another_number, ChangeKind.FORM_FILLED),
        (_another_look_of_the_number, ChangeKind.ANNOTATION),
        (_free_text, ChangeKind.ANNOTATION),
        (_page_content, ChangeKind.PAGE_CONTENT),
    ],
    ids=["number", "look-of-number", "free-text", "page-content"],
)
def test_what_is_changed_after_the_seal_is_a_disallowed_change(
    letter: Letter, anchors: TrustAnchors, tmp_path: Path, edit: Any, kind: ChangeKind
) -> None:
    report = verify_file(_edited(letter, tmp_path, edit), anchors)
    seal = report.signatures[1]
    assert (report.verdict, seal.verdict) == (Verdict.INVALID, Verdict.INVALID)
    assert seal.reason == "verify.changed_after_signing"
    assert kind in [item.what for item in seal.authentication.changes_after if not item.allowed]


def test_changing_the_number_after_the_seal_names_the_field(
    letter: Letter, anchors: TrustAnchors, tmp_path: Path
) -> None:
    report = verify_file(_edited(letter, tmp_path, _another_number), anchors)
    (change,) = report.signatures[1].authentication.changes_after
    assert (change.detail, change.page, change.allowed) == ("VT_SO", 1, False)


def test_a_changed_byte_breaks_the_signatures_for_everybody(
    letter: Letter, anchors: TrustAnchors, tmp_path: Path
) -> None:
    data = bytearray(letter.revisions[-1].read_bytes())
    data[len(letter.draft.read_bytes()) // 2] ^= 1
    path = tmp_path / "changed.pdf"
    path.write_bytes(data)
    assert verify_file(path, anchors).verdict is Verdict.INVALID
    assert "Digest Mismatch" in told("pdfsig", "-nocert", path)


def _all_valid(path: Path, anchors: TrustAnchors, count: int) -> FileReport:
    report = verify_file(path, anchors)
    assert [item.verdict for item in report.signatures] == [Verdict.VALID] * count
    assert report.verdict is Verdict.VALID
    said = told("pdfsig", "-nocert", path)
    assert said.count("Signature is Valid.") >= 2
    return report


def _time_stamped(path: Path, tsa_url: str | None, out: Path) -> Path:
    writer = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
    stamper = PdfTimeStamper(HTTPTimeStamper(tsa_url), field_name="DauThoiGian")
    stamped: Any = asyncio.run(stamper.async_timestamp_pdf(writer, "sha256"))
    out.write_bytes(stamped.getvalue())
    return out


def _with_validation_data(path: Path, office: SigningOffice, out: Path) -> Path:
    writer = IncrementalPdfFileWriter(BytesIO(path.read_bytes()))
    certificates = [
        x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in office.pki.chain
    ]
    lists = [
        crl.CertificateList.load(build_crl(office.pki, one))
        for one in (office.pki.root, office.pki.issuing)
    ]
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=certificates, crls=lists)
    with out.open("wb") as stream:
        writer.write(stream)
    return out


def test_a_later_document_time_stamp_leaves_everything_valid(
    letter: Letter, bench: Workbench, anchors: TrustAnchors, tmp_path: Path
) -> None:
    stamped = _time_stamped(letter.revisions[-1], bench.tsa_urls[0], tmp_path / "stamped.pdf")
    _all_valid(stamped, anchors, 3)


def test_validation_data_with_an_archive_time_stamp_leaves_everything_valid(
    letter: Letter, signing_office: SigningOffice, anchors: TrustAnchors, tmp_path: Path
) -> None:
    data = _with_validation_data(letter.revisions[-1], signing_office, tmp_path / "lt.pdf")
    _all_valid(data, anchors, 2)
    archived = _time_stamped(data, signing_office.pki.tsa_url, tmp_path / "lta.pdf")
    report = _all_valid(archived, anchors, 3)
    levels = {str(item.signature_info.level) for item in report.signatures[:2]}
    assert levels == {"B-LTA"}


def test_a_receivers_incoming_seal_leaves_everything_valid(
    letter: Letter,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    anchors: TrustAnchors,
    tmp_path: Path,
) -> None:
    base = letter.revisions[-1]
    wish = Wish(SignatureKind.INCOMING, lines=("Số đến: 12", "Ngày đến: 22/11/2026"))
    planned = plan_signature(bench, base, wish, certificates["agency"])
    made = make_signature(bench, base, tmp_path / "incoming.pdf", planned.request)
    assert made.file.field_name == "VanBanDen"
    assert made.file.path.read_bytes().startswith(base.read_bytes())
    _all_valid(made.file.path, anchors, 3)


def test_a_copy_and_an_archive_after_the_incoming_seal_still_leave_everything_valid(
    letter: Letter,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    anchors: TrustAnchors,
    tmp_path: Path,
) -> None:
    stamped = _time_stamped(letter.revisions[-1], bench.tsa_urls[0], tmp_path / "stamped.pdf")
    wish = Wish(SignatureKind.COPY, lines=("SAO Y; Sở Tư pháp tỉnh Thử Nghiệm; 22/11/2026",))
    planned = plan_signature(bench, stamped, wish, certificates["agency"])
    made = make_signature(bench, stamped, tmp_path / "copy.pdf", planned.request)
    _all_valid(made.file.path, anchors, 4)
