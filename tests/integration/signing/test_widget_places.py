"""Facts about signatures added later whose widget shows where the verifier would not look for it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.stamp import StaticStampStyle

from app.demo.people import CHIEF, LEADER
from app.workflow.checking import check_file
from app.workflow.office import Workbench
from signing.terms import Verdict
from tests.integration.signing.conftest import Letter
from tests.integration.signing.forging import sign_edited
from tests.integration.signing.incumbent import Mark, sign_as_incumbent
from tests.integration.signing.office import SigningOffice

EMPTY_PLACE = (310, 205, 350, 230)
OVER_THE_BODY = (100.0, 400.0, 500.0, 600.0)


def _forged(
    base: Path, office: SigningOffice, entries: dict[str, Any], *, is_prepared: bool = False
) -> bytes:
    """The letter with a signature that paints its box white; its widget has these entries."""
    writer = IncrementalPdfFileWriter(BytesIO(base.read_bytes()))
    spec = None if is_prepared else fields.SigFieldSpec("Signature9", on_page=0, box=EMPTY_PLACE)
    white = PdfImage(Image.new("RGB", (8, 8), "white"))
    look = StaticStampStyle(background=white, border_width=0, background_opacity=1.0)
    named = {pdf_name(key): value for key, value in entries.items()}
    chief = office.pki.issue_with_key(CHIEF)
    return sign_edited(
        writer, ("Signature9", spec), look, chief, lambda widget: widget.update(named)
    )


class _Verbatim(generic.PdfObject):
    """A rectangle written as no program writes it."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def write_to_stream(self, stream: Any, *_: Any, **__: Any) -> None:
        stream.write(self._text)


def _numbers(*numbers: float) -> generic.ArrayObject:
    return generic.ArrayObject(map(generic.FloatObject, numbers))


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ({}, Verdict.VALID),
        # Viewers take the first four numbers, and nought for what is missing or no number.
        ({"/Rect": _numbers(*OVER_THE_BODY, 1)}, Verdict.INVALID),
        ({"/Rect": _numbers(*OVER_THE_BODY[:3])}, Verdict.INVALID),
        (
            {"/Rect": generic.ArrayObject([*_numbers(*OVER_THE_BODY[:3]), pdf_name("/x")])},
            Verdict.INVALID,
        ),
        # MuPDF counts 2^64 as nought and draws this over the body; poppler draws it nowhere.
        ({"/Rect": _numbers(100, 2**64 + 400, 500, 2**64 + 600)}, Verdict.INVALID),
        # Drawn in one size whatever the zoom, or upright on a turned page: beyond its rectangle.
        ({"/F": generic.NumberObject(4 + 8)}, Verdict.INVALID),
        ({"/F": generic.NumberObject(4 + 16)}, Verdict.INVALID),
    ],
    ids=["honest", "five numbers", "three numbers", "a name", "far away", "no zoom", "no turn"],
)
def test_a_later_signature_shows_within_a_rectangle_of_four_numbers(
    entries: dict[str, Any],
    letter: Letter,
    bench: Workbench,
    signing_office: SigningOffice,
    tmp_path: Path,
    *,
    verdict: Verdict,
) -> None:
    path = tmp_path / "forged.pdf"
    path.write_bytes(_forged(letter.issued.file.path, signing_office, entries))
    assert check_file(bench.judge, bench.eyes, path).verdict is verdict


@pytest.mark.parametrize(
    ("flags", "verdict"), [(4, Verdict.VALID), (4 + 8, Verdict.INVALID)], ids=["plain", "no zoom"]
)
def test_a_field_that_the_draft_prepared_shows_within_its_rectangle(
    flags: int,
    verdict: Verdict,
    signing_office: SigningOffice,
    bench: Workbench,
    tmp_path: Path,
) -> None:
    """Signed by the leader while empty, filled by the author afterwards."""
    draft, letter, forged = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf"))
    writer = IncrementalPdfFileWriter(BytesIO(signing_office.draft.read_bytes()))
    fields.append_signature_field(
        writer, fields.SigFieldSpec("Signature9", on_page=0, box=EMPTY_PLACE)
    )
    widget = writer.root["/AcroForm"]["/Fields"][0]
    widget[pdf_name("/F")] = generic.NumberObject(flags)
    with draft.open("wb") as out:
        writer.write(out)
    leader = signing_office.pki.issue_with_key(LEADER)
    sign_as_incumbent(draft, letter, Mark("Signature1", leader, box=(380, 205, 480, 290)))
    forged.write_bytes(_forged(letter, signing_office, {}, is_prepared=True))
    assert check_file(bench.judge, bench.eyes, forged).verdict is verdict


@pytest.mark.parametrize(
    "sides",
    [
        b"[100 400 500 --600]",
        b"[1.0.0 400 500 600]",
        b"[1e2 400 500 600]",
        b"[0x64 400 500 600]",
        b"[100 400 500 6-00]",
        b"[100 400 500 6,00]",
        b"[100 400 500 600}]",
        b"[100 400 500 (600)]",
        b"[100 400 500 true]",
        b"[/x 400 500 600]",
        b"[100 400 500 99999999999999999999600]",
        b"[100 18446744073709552016 500 18446744073709552216]",
    ],
    ids=lambda sides: sides.decode(),
)
def test_a_rectangle_that_programs_read_differently_is_never_valid(
    sides: bytes, letter: Letter, bench: Workbench, signing_office: SigningOffice, tmp_path: Path
) -> None:
    path = tmp_path / "forged.pdf"
    entries = {"/Rect": _Verbatim(sides)}
    path.write_bytes(_forged(letter.issued.file.path, signing_office, entries))
    verdict = check_file(bench.judge, bench.eyes, path).verdict
    assert verdict in {Verdict.INVALID, Verdict.UNREADABLE}
