"""Facts about pages that look different since they were signed, as a recipient is told of them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from app.demo.people import CHIEF, LEADER
from app.workflow.checking import check_file
from app.workflow.office import Workbench
from signing.terms import Verdict
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice

OVER_THE_BODY = (100, 400, 500, 600)


@pytest.fixture
def signed(signing_office: SigningOffice, tmp_path: Path) -> Path:
    """A letter with a text field and a signature field over its body, both empty, signed by its leader."""
    base, letter = tmp_path / "base.pdf", tmp_path / "letter.pdf"
    writer = IncrementalPdfFileWriter(BytesIO(signing_office.draft.read_bytes()))
    fields.append_signature_field(writer, fields.SigFieldSpec("Y-kien", box=OVER_THE_BODY))
    page = writer.find_page_for_modification(0)[0]
    field = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Widget"),
            generic.pdf_name("/FT"): generic.pdf_name("/Tx"),
            generic.pdf_name("/T"): generic.pdf_string("GhiChu"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, OVER_THE_BODY)
            ),
            generic.pdf_name("/F"): generic.NumberObject(4),
            generic.pdf_name("/P"): page,
        }
    )
    reference = writer.add_object(field)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    writer.register_annotation(page, reference)
    with base.open("wb") as out:
        writer.write(out)
    leader = signing_office.pki.issue_with_key(LEADER)
    return sign_as_incumbent(base, letter, Mark("Signature1", leader, box=(380, 205, 480, 290)))


def _filled(letter: Path, drawing: bytes) -> Path:
    writer = IncrementalPdfFileWriter(BytesIO(letter.read_bytes()))
    field: Any = next(
        item.get_object()
        for item in writer.root["/AcroForm"]["/Fields"]
        if item.get_object()["/T"] == "GhiChu"
    )
    look = generic.StreamObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/XObject"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Form"),
            generic.pdf_name("/BBox"): generic.ArrayObject(
                map(generic.NumberObject, (0, 0, 400, 200))
            ),
        },
        stream_data=drawing,
    )
    field[generic.pdf_name("/V")] = generic.pdf_string("x")
    field[generic.pdf_name("/AP")] = generic.DictionaryObject(
        {generic.pdf_name("/N"): writer.add_object(look)}
    )
    writer.update_container(field)
    out = letter.with_name("filled.pdf")
    with out.open("wb") as stream:
        writer.write(stream)
    return out


def test_a_filled_field_that_paints_the_body_over_is_invalid(
    signed: Path, bench: Workbench
) -> None:
    """The shadow attack that engines call filling in a form."""
    report = check_file(bench.judge, bench.eyes, _filled(signed, b"1 g 0 0 400 200 re f"))
    assert report.verdict is Verdict.INVALID
    assert "text_covered" in {
        change.detail for change in report.signatures[0].authentication.changes_after
    }


def test_a_filled_field_that_leaves_the_body_to_be_read_is_valid(
    signed: Path, bench: Workbench
) -> None:
    report = check_file(bench.judge, bench.eyes, _filled(signed, b"0 0 1 RG 0 0 400 200 re S"))
    assert report.verdict is Verdict.VALID


def test_a_place_over_words_that_waited_to_be_signed_may_not_be_drawn_on(
    signed: Path, signing_office: SigningOffice, bench: Workbench
) -> None:
    """Nobody wrote there when the leader signed."""
    chief = signing_office.pki.issue_with_key(CHIEF)
    image = Mark("Y-kien", chief, box=OVER_THE_BODY, image=signing_office.seal_image)
    out = sign_as_incumbent(signed, signed.with_name("drawn.pdf"), image)
    assert check_file(bench.judge, bench.eyes, out).verdict is Verdict.INVALID
