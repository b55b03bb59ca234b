"""Facts about what is seen of a file since it was signed, whatever its structure says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.sign import fields

from pdf.errors import PdfError
from pdf.since import since_signed
from pdf.traces import Signed, SinceSigned
from tests.unit.signing.raw_updates import Numbers, stream, updated, written
from tests.unit.signing.verification_world import NAME, agency, draft, sign

FORGED = stream(b"BT /F1 12 Tf 72 700 Td (Quyet dinh khac) Tj ET")
SAME = stream(b"BT /F1 12 Tf 72 700 Td (Quyet dinh) Tj ET ")
LOOK = b"/Type /XObject /Subtype /Form /BBox [0 0 130 30]"


def _since(folder: Path, then: bytes, now: bytes, **later: Any) -> SinceSigned:
    path = folder / "van-ban.pdf"
    path.write_bytes(now)
    return since_signed(path, (Signed(len(then), **later),))[0]


def _over_the_words(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[NAME("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (70, 690, 200, 720)))
    writer.update_container(field)


def _filled(signed: bytes, drawing: bytes) -> bytes:
    of = Numbers(signed)
    field = of.root["/AcroForm"]["/Fields"][0]
    field[NAME("/V")] = generic.pdf_string("99")
    del field["/AP"]
    look = written(field, b"/AP << /N 90 0 R >>")
    return updated(signed, {of.field: look, 90: stream(drawing, LOOK)})


def test_another_signature_in_its_own_box_changes_nothing(tmp_path: Path) -> None:
    signed = sign(draft(), "LanhDao")
    now = sign(signed, "ConDau", agency(), box=(100, 300, 200, 350))
    assert _since(tmp_path, signed, now, signed=("ConDau",)) == SinceSigned()


def test_a_signature_that_nobody_told_of_is_a_changed_page(tmp_path: Path) -> None:
    signed = sign(draft(), "LanhDao")
    now = sign(signed, "ConDau", agency(), box=(100, 300, 200, 350))
    assert _since(tmp_path, signed, now).changed_pages == (0,)


@pytest.mark.parametrize(("contents", "pages"), [(FORGED, (0,)), (SAME, ())])
def test_a_page_is_changed_where_it_looks_different(
    tmp_path: Path, contents: bytes, pages: tuple[int, ...]
) -> None:
    signed = sign(draft(), "LanhDao")
    now = updated(signed, {Numbers(signed).contents: contents})
    assert _since(tmp_path, signed, now).changed_pages == pages


@pytest.mark.parametrize(
    ("drawing", "pages"),
    [(b"1 g 0 0 130 30 re f", (0,)), (b"0 0 1 RG 0 2 m 130 4 l S", ())],
    ids=["white", "a line below"],
)
def test_a_filled_field_may_not_hide_words(
    tmp_path: Path, drawing: bytes, pages: tuple[int, ...]
) -> None:
    signed = sign(draft(), "LanhDao", edit=_over_the_words)
    found = _since(tmp_path, signed, _filled(signed, drawing), filled=("SoVanBan",))
    assert (found.changed_pages, found.hidden_pages) == ((), pages)


def test_a_field_that_waited_to_be_signed_is_told(tmp_path: Path) -> None:
    def waiting(writer: Any) -> None:
        spec = fields.SigFieldSpec("ConDau", box=(100, 300, 200, 350))
        fields.append_signature_field(writer, spec)

    signed = sign(draft(), "LanhDao", edit=waiting)
    now = sign(signed, "ConDau", agency())
    assert _since(tmp_path, signed, now, signed=("ConDau",)).prepared == ("ConDau",)


def test_what_was_signed_and_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    signed = sign(draft(), "LanhDao")
    path = tmp_path / "van-ban.pdf"
    path.write_bytes(signed)
    with pytest.raises(PdfError):
        since_signed(path, (Signed(100),))


def test_what_was_signed_and_had_to_be_rebuilt_is_told(tmp_path: Path) -> None:
    signed = sign(draft(), "LanhDao")
    cut = signed[: signed.rindex(b"startxref")]
    with pymupdf.open(stream=cut) as rebuilt:
        assert rebuilt.is_repaired
    assert _since(tmp_path, cut, signed).is_repaired
