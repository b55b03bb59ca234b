"""Facts about signatures where none should be: over words, in fields that a draft brings, twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.demo.people import LEADER
from app.errors import AppError
from app.workflow.checking import check_file
from app.workflow.leaders import check_signed_by_leader
from app.workflow.office import Workbench
from app.workflow.planning import plan_signature
from app.workflow.showing import corner_wish
from app.workflow.wish import Wish
from pdf.document import inspect
from pdf.geometry import BoxMm, box_to_user_space
from pdf.text import read_page
from signing.errors import SigningError
from signing.filled_copy import fill_copy
from signing.request import Appearance, FieldValue, UserBox
from signing.terms import SignatureKind, Verdict
from signing.token.records import CertificateInfo
from tests.integration.signing.conftest import DAY, Letter
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice, asked

OVER_THE_BODY = UserBox(100, 400, 500, 600)


def test_a_signature_painted_over_the_sealed_words_is_invalid(
    letter: Letter, bench: Workbench, signing_office: SigningOffice, tmp_path: Path
) -> None:
    wish = asked(
        letter.issued.file.path,
        signing_office.leader,
        kind=SignatureKind.INITIAL,
        page_index=0,
        box=OVER_THE_BODY,
        appearance=Appearance(lines=("THAY THẾ: 999 tỷ đồng",)),
    )
    out = tmp_path / "over.pdf"
    bench.token.sign(letter.issued.file.path, out, wish)
    assert check_file(bench.judge, bench.eyes, out).verdict is Verdict.INVALID


def test_a_signature_over_half_a_digit_of_the_sealed_words_is_invalid(
    letter: Letter, bench: Workbench, signing_office: SigningOffice, tmp_path: Path
) -> None:
    """Half an 8 under white is a 3."""
    sealed = letter.issued.file.path
    digit = next(
        char
        for line in read_page(sealed, 0).lines
        if line.text.startswith("2.")
        for char in line.chars
        if char.char == "2"
    )
    half = replace(digit.box_mm, right_mm=digit.box_mm.left_mm + digit.box_mm.width_mm * 0.45)
    box = box_to_user_space(half, inspect(sealed).pages[0])
    wish = asked(
        sealed,
        signing_office.leader,
        kind=SignatureKind.INITIAL,
        page_index=0,
        box=UserBox(box.left_pt, box.bottom_pt, box.right_pt, box.top_pt),
        appearance=Appearance(image=signing_office.signature_image),
    )
    out = tmp_path / "half.pdf"
    bench.token.sign(sealed, out, wish)
    assert check_file(bench.judge, bench.eyes, out).verdict is Verdict.INVALID


def test_a_signature_over_signed_words_is_refused_before_the_pin(
    letter: Letter, bench: Workbench, certificates: dict[str, CertificateInfo]
) -> None:
    wish = Wish(
        SignatureKind.INCOMING, lines=("Đã đến",), page_index=0, box=BoxMm(40, 90, 180, 130)
    )
    with pytest.raises(AppError) as refused:
        plan_signature(bench, letter.issued.file.path, wish, certificates["agency"])
    assert refused.value.code == "workflow.covers_text"


def _with_field(path: Path, out: Path, **more: Any) -> Path:
    """A draft that brings an empty text field under our name, over its body."""
    with path.open("rb") as stream:
        writer = IncrementalPdfFileWriter(stream)
        page = writer.find_page_for_modification(0)[0]
        field = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Widget"),
                pdf_name("/FT"): pdf_name("/Tx"),
                pdf_name("/T"): pdf_string("VT_SO"),
                pdf_name("/Rect"): generic.ArrayObject(
                    map(generic.NumberObject, (100, 400, 500, 600))
                ),
                pdf_name("/P"): page,
                **{pdf_name("/" + key): value for key, value in more.items()},
            }
        )
        reference = writer.add_object(field)
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([reference])})
        writer.root[pdf_name("/AcroForm")] = writer.add_object(form)
        writer.update_root()
        writer.register_annotation(page, reference)
        with out.open("wb") as target:
            writer.write(target)
    return out


@pytest.mark.parametrize(
    "more",
    [
        dict,
        lambda: {"AA": generic.DictionaryObject()},
        lambda: {"MK": generic.DictionaryObject({pdf_name("/BG"): generic.ArrayObject()})},
    ],
    ids=["over the body", "with an action", "with a background"],
)
def test_a_draft_that_brings_our_field_elsewhere_is_refused(
    more: Callable[[], dict[str, Any]],
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
) -> None:
    draft = _with_field(signing_office.draft, tmp_path / "draft.pdf", **more())
    with pytest.raises(SigningError) as refused:
        plan_signature(bench, draft, Wish(SignatureKind.PERSONAL), certificates["leader"])
    assert refused.value.code == "sign.own_form_fields"


def test_a_prepared_draft_is_signed_with_the_fields_it_has(
    signing_office: SigningOffice,
    bench: Workbench,
    certificates: dict[str, CertificateInfo],
    tmp_path: Path,
) -> None:
    first = plan_signature(
        bench, signing_office.draft, Wish(SignatureKind.PERSONAL), certificates["leader"]
    )
    prepared = tmp_path / "prepared.pdf"
    prepared.write_bytes(signing_office.draft.read_bytes())
    bench.token.prepare(prepared, first.request.prepare)
    again = plan_signature(bench, prepared, Wish(SignatureKind.PERSONAL), certificates["leader"])
    assert again.request.prepare == ()


@pytest.fixture
def shown_twice(signing_office: SigningOffice, bench: Workbench, tmp_path: Path) -> Path:
    """A prepared draft of two pages; the blank of the number is listed on both."""
    single, prepared = tmp_path / "two-pages.pdf", tmp_path / "prepared.pdf"
    with pymupdf.open(signing_office.draft) as document:
        page: Any = document.new_page()
        page.insert_text((80, 150), "Trang hai")
        document.save(single)
    wanted = plan_signature(
        bench, signing_office.draft, Wish(SignatureKind.PERSONAL), _leader(bench, signing_office)
    )
    bench.token.prepare(single, wanted.request.prepare)
    with single.open("rb") as stream:
        writer = IncrementalPdfFileWriter(stream)
        number = next(
            field
            for field in writer.root["/AcroForm"]["/Fields"]
            if field.get_object()["/T"] == "VT_SO"
        )
        second = writer.find_page_for_modification(1)[0]
        writer.register_annotation(second, number)
        with prepared.open("wb") as out:
            writer.write(out)
    return prepared


def _leader(bench: Workbench, office: SigningOffice) -> CertificateInfo:
    return next(
        item
        for module in bench.token.survey()
        for token in module.tokens
        for item in token.certificates
        if item.sha256 == office.leader.certificate_sha256
    )


def test_a_prepared_draft_whose_number_shows_on_two_pages_is_refused(
    shown_twice: Path, bench: Workbench, certificates: dict[str, CertificateInfo]
) -> None:
    with pytest.raises(SigningError) as refused:
        plan_signature(bench, shown_twice, Wish(SignatureKind.PERSONAL), certificates["leader"])
    assert refused.value.code == "sign.own_form_fields"


def test_a_number_filled_in_on_two_pages_is_a_disallowed_change(
    shown_twice: Path, signing_office: SigningOffice, bench: Workbench, tmp_path: Path
) -> None:
    signed, filled = tmp_path / "signed.pdf", tmp_path / "filled.pdf"
    leader = signing_office.pki.issue_with_key(LEADER)
    sign_as_incumbent(shown_twice, signed, Mark("Signature1", leader, box=(380, 205, 480, 290)))
    fill_copy(signed, filled, (FieldValue("VT_SO", "05"),))
    assert check_file(bench.judge, bench.eyes, signed).verdict is Verdict.VALID
    assert check_file(bench.judge, bench.eyes, filled).verdict is Verdict.INVALID


def test_the_same_person_does_not_sign_twice(
    letter: Letter, bench: Workbench, certificates: dict[str, CertificateInfo]
) -> None:
    with pytest.raises(AppError) as refused:
        plan_signature(
            bench,
            letter.approved.file.path,
            Wish(SignatureKind.PERSONAL),
            certificates["leader"],
        )
    assert refused.value.code == "workflow.already_signed"


def test_a_document_is_not_sealed_twice(
    letter: Letter, bench: Workbench, certificates: dict[str, CertificateInfo]
) -> None:
    wish = Wish(SignatureKind.SEAL, number="06", issue_date=DAY)
    with pytest.raises(AppError) as refused:
        plan_signature(bench, letter.issued.file.path, wish, certificates["agency"])
    assert refused.value.code == "workflow.already_signed"


def test_nothing_is_sealed_that_no_person_has_signed(
    bench: Workbench, signing_office: SigningOffice
) -> None:
    with pytest.raises(AppError) as refused:
        check_signed_by_leader(
            bench.profile, check_file(bench.judge, bench.eyes, signing_office.draft)
        )
    assert refused.value.code == "workflow.leader_signature_missing"


def test_a_letter_that_the_leader_signed_may_be_sealed(letter: Letter, bench: Workbench) -> None:
    report = check_file(bench.judge, bench.eyes, letter.approved.file.path)
    assert check_signed_by_leader(bench.profile, report) == ()


def test_an_incoming_block_without_its_number_is_refused(bench: Workbench) -> None:
    with pytest.raises(AppError) as refused:
        corner_wish(bench, SignatureKind.INCOMING, "Sở Tư pháp", image=None)
    assert refused.value.code == "workflow.number_missing"


def test_a_number_signature_without_a_number_is_refused(
    signing_office: SigningOffice, bench: Workbench, certificates: dict[str, CertificateInfo]
) -> None:
    wish = Wish(SignatureKind.NUMBER)
    with pytest.raises(AppError) as refused:
        plan_signature(bench, signing_office.draft, wish, certificates["agency"])
    assert refused.value.code == "workflow.number_missing"
