"""Facts about attacks on the fields that a seal has filled and locked: each is caught, whatever it touches."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from app.workflow.checking import check_file
from app.workflow.office import Workbench
from signing.fields import look
from signing.request import Appearance
from signing.terms import SignatureKind, Verdict
from tests.integration.signing.conftest import Letter
from tests.integration.signing.office import SigningOffice, asked

Edit = Callable[[Any, Any], None]
"""Changes a locked field; takes the writer and the field."""


def _field(writer: Any, name: str) -> Any:
    fields = writer.root["/AcroForm"]["/Fields"]
    return next(item for item in (raw.get_object() for raw in fields) if item["/T"] == name)


def _attacked(letter: Letter, folder: Path, name: str, edit: Edit) -> Path:
    writer = IncrementalPdfFileWriter(BytesIO(letter.revisions[-1].read_bytes()))
    edit(writer, _field(writer, name))
    path = folder / "attacked.pdf"
    with path.open("wb") as out:
        writer.write(out)
    return path


def _entry(key: str, value: Any) -> Edit:
    def edit(writer: Any, field: Any) -> None:
        field[pdf_name(key)] = value
        writer.update_container(field)

    return edit


def _look(writer: Any) -> Any:
    box = generic.ArrayObject(map(generic.NumberObject, (0, 0, 40, 15)))
    entries = {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box}
    return writer.add_object(generic.StreamObject(entries, stream_data=b"/Tx BMC BT (9) Tj ET EMC"))


def _another_look(writer: Any, field: Any) -> None:
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): _look(writer)})
    writer.update_container(field)


def _look_in_place(writer: Any, field: Any) -> None:
    stream = field["/AP"]["/N"]
    stream._data, stream._encoded_data = b"/Tx BMC EMC", None
    writer.update_container(stream)


def _look_when_pressed(writer: Any, field: Any) -> None:
    field["/AP"][pdf_name("/D")] = _look(writer)
    writer.update_container(field["/AP"])


def _deleted(writer: Any, field: Any) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    kept = [raw for raw in fields if raw.get_object() is not field]
    writer.root["/AcroForm"][pdf_name("/Fields")] = generic.ArrayObject(kept)
    writer.update_container(writer.root["/AcroForm"])
    writer.update_root()


def _freed_from_its_page(writer: Any, field: Any) -> None:
    page = writer.find_page_for_modification(0)[0].get_object()
    reference = field.container_ref
    kept = [raw for raw in page["/Annots"] if raw.reference != reference]
    page[pdf_name("/Annots")] = generic.ArrayObject(kept)
    writer.update_container(page)


def _on_another_page(writer: Any, field: Any) -> None:
    elsewhere = writer.root_ref
    field[pdf_name("/P")] = generic.IndirectObject(elsewhere.idnum, elsewhere.generation, writer)
    writer.update_container(field)


def _another_field(writer: Any, field: Any) -> None:
    other = generic.DictionaryObject({key: field.raw_get(key) for key in field})
    other[pdf_name("/T")] = pdf_string("VT_THEM")
    reference = writer.add_object(other)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])
    writer.register_annotation(field.raw_get("/P"), reference)


def _viewers_redraw(writer: Any, field: Any) -> None:
    del field
    form = writer.root["/AcroForm"]
    form[pdf_name("/NeedAppearances")] = generic.BooleanObject(True)
    writer.update_container(form)


def _number(value: int) -> Any:
    return generic.NumberObject(value)


def _box(*sides: int) -> Any:
    return generic.ArrayObject(map(_number, sides))


ATTACKS: dict[str, Edit] = {
    "value": _entry("/V", pdf_string("99")),
    "value taken away": _entry("/V", pdf_string("")),
    "font and size": _entry("/DA", pdf_string("/TrinhKyRo 60 Tf 1 g")),
    "flags": _entry("/Ff", _number(1 << 12)),
    "annotation flags: hidden": _entry("/F", _number(2)),
    "another look": _another_look,
    "look written over": _look_in_place,
    "look when pressed": _look_when_pressed,
    "background": _entry("/MK", generic.DictionaryObject({pdf_name("/BG"): _box(1)})),
    "border": _entry("/BS", generic.DictionaryObject({pdf_name("/W"): _number(9)})),
    "action": _entry("/AA", generic.DictionaryObject()),
    "place": _entry("/Rect", _box(100, 400, 300, 420)),
    "alignment": _entry("/Q", _number(2)),
    "deleted": _deleted,
    "taken off its page": _freed_from_its_page,
    "renamed": _entry("/T", pdf_string("VT_KHAC")),
    "on another page": _on_another_page,
    "kind": _entry("/FT", pdf_name("/Btn")),
    "optional": _entry("/OC", generic.DictionaryObject({pdf_name("/Type"): pdf_name("/OCG")})),
    "another field": _another_field,
    "viewers redraw": _viewers_redraw,
}


@pytest.mark.parametrize("name", ["VT_SO", "VT_NGAY", "VT_THANG"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_field_that_the_seal_locked_cannot_be_touched(
    letter: Letter, bench: Workbench, tmp_path: Path, attack: str, name: str
) -> None:
    path = _attacked(letter, tmp_path, name, ATTACKS[attack])
    report = bench.judge.verify(path).result()
    seal = next(item for item in report.signatures if item.kind is SignatureKind.SEAL)
    assert (report.verdict, seal.verdict) == (Verdict.INVALID, Verdict.INVALID)


def test_a_signature_over_the_sealed_number_is_invalid(
    letter: Letter, bench: Workbench, signing_office: SigningOffice, tmp_path: Path
) -> None:
    sealed = letter.revisions[-1]
    number = next(item for item in look(sealed).filled_widgets if item.name == "VT_SO")
    wish = asked(
        sealed,
        signing_office.leader,
        kind=SignatureKind.INITIAL,
        page_index=number.page_index,
        box=number.box,
        appearance=Appearance(lines=("99",)),
    )
    out = tmp_path / "over.pdf"
    bench.token.sign(sealed, out, wish)
    assert bench.judge.verify(out).result().verdict is Verdict.VALID
    report = check_file(bench.judge, bench.eyes, out)
    assert report.verdict is Verdict.INVALID
