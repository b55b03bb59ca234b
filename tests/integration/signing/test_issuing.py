"""Facts about a letter that was signed, numbered, dated and sealed: told by other programs first."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import tsp, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.workflow.office import Workbench
from signing.fields import look
from signing.prepare import prepare_file
from signing.report import FileReport
from signing.request import TextFieldSpec, UserBox
from signing.terms import ChangeKind, PadesLevel, Verdict
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice, told


def _read(path: Path) -> PdfFileReader:
    return PdfFileReader(BytesIO(path.read_bytes()))


def _signatures(path: Path) -> list[Any]:
    return list(_read(path).embedded_regular_signatures)


@pytest.fixture(scope="module")
def report(letter: Letter, bench: Workbench) -> FileReport:
    found: FileReport = bench.judge.verify(letter.revisions[-1]).result()
    return found


def test_each_revision_begins_with_the_bytes_of_the_one_before(letter: Letter) -> None:
    draft, approved, issued = (path.read_bytes() for path in letter.revisions)
    assert approved.startswith(draft)
    assert issued.startswith(approved)


def test_each_step_is_one_incremental_update(letter: Letter) -> None:
    counts = [path.read_bytes().count(b"startxref") for path in letter.revisions]
    assert counts == [1, 2, 3]


def test_pdfsig_finds_both_signatures_valid(letter: Letter) -> None:
    said = told("pdfsig", "-nocert", letter.revisions[-1])
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert said.count("Signature Type: ETSI.CAdES.detached") == 2
    assert said.count("Total document signed") == 1
    assert said.count("Signing Hash Algorithm: SHA-256") == 2


def test_pdfsig_lists_nothing_in_a_prepared_draft(letter: Letter, tmp_path: Path) -> None:
    path = tmp_path / "prepared.pdf"
    path.write_bytes(letter.draft.read_bytes())
    prepare_file(path, (TextFieldSpec("VT_SO", 0, UserBox(100, 700, 150, 716), 13),))
    assert look(path).open_fields == ("VT_SO",)
    assert "does not contain any signatures" in told("pdfsig", path, codes=(0, 2))


def test_qpdf_finds_no_fault_in_any_revision(letter: Letter) -> None:
    for path in letter.revisions:
        said = told("qpdf", "--check", path)
        assert "No syntax or stream encoding errors found" in said
        assert "WARNING" not in said


@pytest.mark.parametrize("index", [0, 1])
def test_openssl_accepts_the_cms_over_the_byte_range(
    letter: Letter, signing_office: SigningOffice, tmp_path: Path, index: int
) -> None:
    data = letter.revisions[-1].read_bytes()
    signature = _signatures(letter.revisions[-1])[index].sig_object
    first, length, second, rest = (int(item) for item in signature["/ByteRange"])
    content, cms, root = tmp_path / "content", tmp_path / "cms.der", tmp_path / "root.pem"
    content.write_bytes(data[first : first + length] + data[second : second + rest])
    cms.write_bytes(signature["/Contents"])
    root.write_bytes(signing_office.pki.root.certificate.public_bytes(Encoding.PEM))
    detached = ("-inform", "DER", "-in", cms, "-content", content, "-binary")
    judged = ("-cades", "-CAfile", root, "-purpose", "any", "-out", tmp_path / "out")
    assert "successful" in told("openssl", "cms", "-verify", *detached, *judged)


def test_pyhanko_says_that_only_a_form_was_filled_after_the_leader(
    letter: Letter, signing_office: SigningOffice
) -> None:
    trust = [
        x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in signing_office.pki.chain
    ]
    context = ValidationContext(trust_roots=trust, allow_fetching=False)
    status = validate_pdf_signature(_signatures(letter.revisions[-1])[0], context)
    assert status.modification_level is ModificationLevel.FORM_FILLING
    assert status.valid
    assert status.intact
    seal = validate_pdf_signature(_signatures(letter.revisions[-1])[1], context)
    assert (seal.modification_level, seal.valid) == (ModificationLevel.NONE, True)


def test_our_own_judgement_is_valid_and_names_the_steps(report: FileReport) -> None:
    leader, seal = report.signatures
    assert (report.verdict, leader.verdict, seal.verdict) == (Verdict.VALID,) * 3
    steps = [(change.what, change.detail) for change in leader.authentication.changes_after]
    filled = ChangeKind.FORM_FILLED
    assert steps == [
        (filled, "VT_SO"),
        (filled, "VT_NGAY"),
        (filled, "VT_THANG"),
        (ChangeKind.SIGNATURE_ADDED, "ConDau"),
    ]
    assert all(change.allowed for change in leader.authentication.changes_after)


def test_both_signatures_carry_a_time_stamp(letter: Letter, report: FileReport) -> None:
    levels = [item.signature_info.level for item in report.signatures]
    assert levels == [PadesLevel.B_T, PadesLevel.B_T]
    assert (letter.approved.file.level, letter.issued.file.level) == (PadesLevel.B_T,) * 2


def test_the_leader_certifies_nothing(letter: Letter) -> None:
    file = _read(letter.revisions[1])
    assert "/Perms" not in file.root
    assert "/Reference" not in _signatures(letter.revisions[1])[0].sig_object


def test_viewers_are_never_asked_to_redraw(letter: Letter) -> None:
    assert "/AcroForm" not in _read(letter.draft).root
    for path in letter.revisions[1:]:
        assert "/NeedAppearances" not in _read(path).root["/AcroForm"]


@pytest.mark.parametrize("index", [0, 1])
def test_each_signature_names_its_certificate_by_sha256(
    letter: Letter, signing_office: SigningOffice, index: int
) -> None:
    signature = _signatures(letter.revisions[-1])[index]
    (value,) = (
        item["values"][0]
        for item in signature.signer_info["signed_attrs"]
        if item["type"].native == "signing_certificate_v2"
    )
    assert isinstance(value, tsp.SigningCertificateV2)
    token = (signing_office.leader, signing_office.agency)[index]
    assert value["certs"][0]["cert_hash"].native.hex() == token.certificate_sha256


def test_the_seal_locks_exactly_what_it_filled(letter: Letter) -> None:
    fields = (raw.get_object() for raw in _read(letter.revisions[-1]).root["/AcroForm"]["/Fields"])
    seal = next(item for item in fields if item["/T"] == "ConDau")
    assert list(seal["/Lock"]["/Fields"]) == ["VT_SO", "VT_NGAY", "VT_THANG"]
    assert "/P" not in seal["/Lock"]
