"""A letter in every shape that PDF files come in: signed and sealed, with all judges of one mind after each step."""

from __future__ import annotations

from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.workflow.checking import check_file
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.wish import Wish
from signing.errors import SigningError
from signing.fields import look
from signing.opening import members
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.issued import Issued, issue
from tests.integration.signing.office import SigningOffice, told
from tests.integration.signing.variants import DAMAGED, LOCKED, SOUND
from tests.unit.signing.verification_world import NAME

LIKE_OTHERS = ("version 1.5", "version 1.6", "version 1.7", "object streams 2.0", "RC4 40")
"""Differ from another shape in their header's number or the length of their key alone."""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(shape, marks=pytest.mark.soak if shape in LIKE_OTHERS else ())
        for shape in (*SOUND, *LOCKED)
    ],
)
def letter_of(
    request: pytest.FixtureRequest,
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path_factory: pytest.TempPathFactory,
) -> Issued:
    base = tmp_path_factory.mktemp("variant") / "letter.pdf"
    (SOUND | LOCKED)[request.param](signing_office.draft, base)
    return issue(signing_office, bench, certificates, base)


def _opened(path: Path) -> PdfFileReader:
    reader = PdfFileReader(path.open("rb"), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    return reader


def test_each_step_is_valid_and_nothing_but_allowed_changes_follow(
    letter_of: Issued, bench: Workbench
) -> None:
    for path in (letter_of.approved, letter_of.issued):
        report = check_file(bench.judge, bench.eyes, path)
        assert (path, report.verdict) == (path, Verdict.VALID)


def test_pyhankos_own_difference_analysis_sees_a_filled_form(
    letter_of: Issued, signing_office: SigningOffice
) -> None:
    chain = signing_office.pki.chain
    trust = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain]
    reader = _opened(letter_of.issued)
    with reader.stream:
        statuses = [
            validate_pdf_signature(one, ValidationContext(trust_roots=trust, allow_fetching=False))
            for one in reader.embedded_regular_signatures
        ]

    assert [one.intact and one.valid for one in statuses] == [True, True]
    assert [one.modification_level for one in statuses] == [
        ModificationLevel.FORM_FILLING,
        ModificationLevel.NONE,
    ]


def test_pdfsig_qpdf_and_mupdf_find_no_fault_in_either_step(letter_of: Issued) -> None:
    for count, path in enumerate((letter_of.approved, letter_of.issued), start=1):
        assert told("pdfsig", "-nocert", path).count("Signature is Valid.") == count
        assert "WARNING" not in told("qpdf", "--check", path)
        said = told("mutool", "info", path)
        assert "warning:" not in said
        assert "error:" not in said


def test_number_date_and_month_stand_in_their_fields(letter_of: Issued) -> None:
    assert look(letter_of.issued).filled_fields == ("VT_SO", "VT_NGAY", "VT_THANG")


@pytest.mark.parametrize("variant", DAMAGED)
def test_a_damaged_file_is_refused_before_any_pin(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
    variant: str,
) -> None:
    base = tmp_path / "letter.pdf"
    DAMAGED[variant](signing_office.draft, base)

    with pytest.raises(SigningError, match=r"sign\.damaged"):
        plan_signature(bench, base, Wish(SignatureKind.PERSONAL), certificates["leader"])


def test_a_list_of_annotations_that_two_pages_share_shows_the_signature_on_one(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
) -> None:
    base = tmp_path / "letter.pdf"
    SOUND["annotations shared"](signing_office.draft, base)
    issued = issue(signing_office, bench, certificates, base)

    reader = _opened(issued.issued)
    with reader.stream:
        lists = [len(page["/Annots"]) for page in members(reader.root["/Pages"]["/Kids"])]

    assert sorted(lists) == [1, 6]


def test_the_number_of_an_encrypted_letter_cannot_be_changed_after_the_seal(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
) -> None:
    base = tmp_path / "letter.pdf"
    LOCKED["AES 256"](signing_office.draft, base)
    path = issue(signing_office, bench, certificates, base).issued
    with path.open("r+b") as stream:
        writer = IncrementalPdfFileWriter(stream)
        writer.encrypt("")
        for field in members(writer.root["/AcroForm"]["/Fields"]):
            if field["/T"] == "VT_SO":
                field[NAME("/V")] = pdf_string("06")
                writer.update_container(field)
        writer.write_in_place()

    report = bench.judge.verify(path).result()

    assert report.verdict is Verdict.INVALID
    assert [item.verdict for item in report.signatures] == [Verdict.VALID, Verdict.INVALID]
