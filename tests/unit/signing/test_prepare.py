"""Facts about the empty fields over number and date: made before the first signature, filled by the seal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic

from signing.errors import SigningError
from signing.fields import look
from signing.opening import file_sha256
from signing.pades import sign_file
from signing.prepare import prepare_file
from signing.request import FieldValue
from signing.terms import SignatureKind
from tests.unit.signing.signing_world import (
    DAY,
    NUMBER,
    blank,
    leaders_key,
    numbered,
    own_field,
    request,
    signed,
    structure,
    turned,
)
from tests.unit.signing.verification_world import NAME


def _prepared(folder: Path, edit: Any = None) -> Path:
    path = blank(folder, edit=edit)
    prepare_file(path, (NUMBER, DAY))
    return path


def _field(path: Path, name: str) -> Any:
    fields = structure(path).root["/AcroForm"]["/Fields"]
    return next(item for item in map(_resolved, fields) if item["/T"] == name)


def _resolved(item: Any) -> Any:
    return item.get_object()


def _refused(path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(SigningError) as refusal:
        prepare_file(path, (NUMBER,))
    assert path.read_bytes() == before
    return refusal.value.code


def test_a_prepared_file_has_empty_text_fields_and_no_signature_field(tmp_path: Path) -> None:
    found = look(_prepared(tmp_path))
    assert found.open_fields == ("VT_SO", "VT_NGAY")
    assert (found.filled_fields, found.own_fields) == ((), ())
    assert (found.signatures, found.empty_signature_fields) == ((), ())


def test_preparing_adds_to_the_draft_and_changes_no_byte_of_it(tmp_path: Path) -> None:
    draft = blank(tmp_path).read_bytes()
    assert _prepared(tmp_path).read_bytes().startswith(draft)


def test_a_prepared_field_has_an_appearance_of_its_own_and_is_printed(tmp_path: Path) -> None:
    field = _field(_prepared(tmp_path), "VT_SO")
    assert field["/AP"]["/N"].data.split() == [b"/Tx", b"BMC", b"EMC"]
    assert field["/F"] == 4
    assert [float(side) for side in field["/Rect"]] == [100, 700, 150, 716]


def test_a_prepared_field_tells_people_what_it_is_for(tmp_path: Path) -> None:
    assert _field(_prepared(tmp_path), "VT_SO")["/TU"] == "Số văn bản"


def test_viewers_are_never_asked_to_redraw_the_fields(tmp_path: Path) -> None:
    assert "/NeedAppearances" not in structure(_prepared(tmp_path)).root["/AcroForm"]


def test_a_draft_that_asks_viewers_to_redraw_is_cured_of_it(tmp_path: Path) -> None:
    def ask(writer: Any) -> None:
        form = generic.DictionaryObject(
            {
                NAME("/Fields"): generic.ArrayObject(),
                NAME("/NeedAppearances"): generic.BooleanObject(value=True),
            }
        )
        writer.root[NAME("/AcroForm")] = writer.add_object(form)
        writer.update_root()

    form = structure(_prepared(tmp_path, ask)).root["/AcroForm"]
    assert "/NeedAppearances" not in form
    assert len(form["/Fields"]) == 2


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_field_on_a_page_shown_turned_knows_its_way_up(tmp_path: Path, rotation_deg: int) -> None:
    field = _field(_prepared(tmp_path, turned(rotation_deg)), "VT_SO")
    assert field["/MK"]["/R"] == rotation_deg


def test_preparing_twice_is_refused(tmp_path: Path) -> None:
    assert _refused(_prepared(tmp_path)) == "prepare.already_prepared"


def test_a_signed_file_is_not_prepared(tmp_path: Path) -> None:
    assert _refused(signed(blank(tmp_path)).path) == "prepare.already_signed"


def test_a_draft_with_form_fields_of_its_own_is_refused(tmp_path: Path) -> None:
    path = blank(tmp_path, edit=own_field("HoTen", ""))
    assert _refused(path) == "sign.own_form_fields"
    with pytest.raises(SigningError, match=r"sign\.own_form_fields"):
        signed(path)


@pytest.mark.parametrize("name", ["VT_SO", "VT_TIEN"])
def test_a_filled_field_of_the_drafts_own_does_not_pass_by_taking_our_name(
    tmp_path: Path, name: str
) -> None:
    path = blank(tmp_path, edit=own_field(name, "100 triệu đồng"))
    assert _refused(path) == "sign.own_form_fields"
    with pytest.raises(SigningError, match=r"sign\.own_form_fields"):
        signed(path)


def test_fields_may_be_prepared_in_the_update_that_signs(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER, DAY))
    found = look(file.path)
    assert found.open_fields == ("VT_SO", "VT_NGAY")
    assert [item.name for item in found.signatures] == ["LanhDao"]


def test_number_and_day_are_filled_and_locked_by_the_signature_that_seals(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER, DAY))
    sealed = numbered(file.path, VT_SO="05", VT_NGAY="22")
    lock = _field(sealed.path, "ConDau")["/Lock"]
    assert (lock["/Action"], list(lock["/Fields"])) == ("/Include", ["VT_SO", "VT_NGAY"])
    assert "/P" not in lock
    assert look(sealed.path).filled_fields == ("VT_SO", "VT_NGAY")


def test_the_lock_names_exactly_the_fields_that_were_filled(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER, DAY))
    sealed = numbered(file.path, VT_SO="05")
    assert list(_field(sealed.path, "ConDau")["/Lock"]["/Fields"]) == ["VT_SO"]
    assert look(sealed.path).open_fields == ("VT_NGAY",)


def test_a_signature_that_fills_nothing_locks_nothing(tmp_path: Path) -> None:
    assert "/Lock" not in _field(signed(blank(tmp_path), prepare=(NUMBER,)).path, "LanhDao")


def test_a_filled_field_keeps_place_name_and_way_up(tmp_path: Path) -> None:
    file = signed(blank(tmp_path, edit=turned(90)), prepare=(NUMBER,))
    before = _field(file.path, "VT_SO")
    after = _field(numbered(file.path, VT_SO="05").path, "VT_SO")
    changed = {key for key in {*before, *after} if str(before.get(key)) != str(after.get(key))}
    assert changed == {"/V", "/AP"}
    assert after["/V"] == "05"


def test_vietnamese_text_is_kept_as_the_fields_value(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    assert _field(numbered(file.path, VT_SO="Đồng ý").path, "VT_SO")["/V"] == "Đồng ý"


@pytest.mark.parametrize(
    ("fill", "code"),
    [
        ((FieldValue("VT_SO", "123456789"),), "prepare.text_too_wide"),
        ((FieldValue("VT_SO", "05"), FieldValue("VT_SO", "06")), "prepare.field_filled"),
        ((FieldValue("VT_NAM", "2026"),), "prepare.field_missing"),
    ],
)
def test_what_cannot_be_filled_is_refused_unsigned_and_nothing_is_left(
    tmp_path: Path, fill: tuple[FieldValue, ...], code: str
) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    out, key = tmp_path / "sealed.pdf", leaders_key()
    with pytest.raises(SigningError) as refusal:
        sign_file(file.path, out, request(file.path, kind=SignatureKind.SEAL, fill=fill), key)
    assert refusal.value.code == code
    assert not out.exists()
    assert key.count == 0


def test_a_number_that_stands_is_not_written_over(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    sealed = numbered(file.path, VT_SO="05")
    with pytest.raises(SigningError, match=r"prepare\.field_filled"):
        signed(
            sealed.path,
            "again.pdf",
            kind=SignatureKind.SEAL,
            fill=(FieldValue("VT_SO", "06"),),
        )


def test_the_file_that_was_prepared_can_be_named_by_its_hash(tmp_path: Path) -> None:
    path = _prepared(tmp_path)
    assert look(path).sha256 == file_sha256(path)
