"""Facts about a file before a PIN is asked for, and what is refused on their ground."""

from __future__ import annotations

import random
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.writer import PdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field

from signing.errors import SigningError
from signing.facts import FileFacts, check_request, refuse_unsignable
from signing.fields import look
from signing.request import FieldValue, SignatureRequest, UserBox
from signing.terms import SignatureKind
from tests.unit.signing.signing_world import (
    BOX,
    NUMBER,
    blank,
    numbered,
    own_field,
    shown,
    signed,
)
from tests.unit.signing.verification_world import NAME, draft, sign, update

PLAIN = FileFacts(
    sha256="a" * 64,
    pages=2,
    signatures=(),
    empty_signature_fields=(),
    certified=None,
    open_fields=(),
    open_widgets=(),
    filled_fields=(),
    own_fields=(),
)
WISH = SignatureRequest(SignatureKind.PERSONAL, "a" * 64, "b" * 64)


def _code(found: FileFacts, wish: SignatureRequest) -> str | None:
    try:
        check_request(found, wish)
    except SigningError as error:
        return error.code
    return None


def _look_at(folder: Path, data: bytes) -> FileFacts:
    path = folder / "found.pdf"
    path.write_bytes(data)
    return look(path)


@pytest.mark.parametrize(
    ("found", "wish", "code"),
    [
        ({}, {}, None),
        ({}, {"base_sha256": "c" * 64}, "sign.not_what_was_shown"),
        ({}, {"digest": "sha1"}, "sign.weak_digest"),
        ({}, {"digest": "md5"}, "sign.weak_digest"),
        ({}, {"digest": "sha512"}, None),
        ({"certified": 1}, {}, "sign.certified_no_changes"),
        ({"certified": 2}, {}, None),
        ({"certified": 3}, {}, None),
        ({"own_fields": ("HoTen",)}, {}, "sign.own_form_fields"),
        ({"filled_fields": ("VT_SO",)}, {}, "sign.own_form_fields"),
        ({}, {"page_index": 1}, None),
        ({}, {"page_index": 2}, "sign.no_such_page"),
        ({}, {"page_index": -1}, "sign.no_such_page"),
        ({"open_fields": ("VT_SO",)}, {"fill": (FieldValue("VT_SO", "05"),)}, None),
        ({}, {"fill": (FieldValue("VT_SO", "05"),)}, "prepare.field_missing"),
    ],
)
def test_what_cannot_work_is_said_beforehand(
    found: dict[str, Any], wish: dict[str, Any], code: str | None
) -> None:
    assert _code(replace(PLAIN, **found), replace(WISH, **wish)) == code


def test_a_signed_file_takes_further_signatures_but_no_new_fields(tmp_path: Path) -> None:
    found = look(signed(blank(tmp_path)).path)
    wish = replace(WISH, base_sha256=found.sha256)
    assert _code(found, wish) is None
    assert _code(found, replace(wish, prepare=(NUMBER,))) == "prepare.already_signed"


def test_form_fields_that_others_signed_over_do_not_stop_the_next_signature(tmp_path: Path) -> None:
    data = sign(update(draft(number_field=False), own_field("HoTen", "An")), "LanhDao")
    found = _look_at(tmp_path, data)
    assert (found.own_fields, found.signed) == (("HoTen",), True)
    refuse_unsignable(found)


def test_a_filled_number_is_told_from_an_open_one(tmp_path: Path) -> None:
    file = signed(blank(tmp_path), prepare=(NUMBER,))
    assert look(file.path).open_fields == ("VT_SO",)
    found = look(numbered(file.path, VT_SO="05").path)
    assert (found.open_fields, found.filled_fields) == ((), ("VT_SO",))


def test_signatures_are_found_with_page_and_box(tmp_path: Path) -> None:
    (widget,) = look(signed(blank(tmp_path), **shown(None, "Ký")).path).signatures
    assert (widget.name, widget.page_index, widget.box) == ("LanhDao", 0, BOX)


def test_an_invisible_signature_has_no_box(tmp_path: Path) -> None:
    (widget,) = look(signed(blank(tmp_path)).path).signatures
    assert (widget.page_index, widget.box) == (None, None)


def test_corners_given_the_other_way_round_are_put_right(tmp_path: Path) -> None:
    def turn(writer: Any) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        field[NAME("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (400, 150, 300, 100)))
        writer.update_container(field)

    data = update(sign(draft(number_field=False), "LanhDao"), turn)
    (widget,) = _look_at(tmp_path, data).signatures
    assert widget.box == UserBox(300, 100, 400, 150)


def test_an_empty_signature_field_is_listed_apart(tmp_path: Path) -> None:
    def add(writer: Any) -> None:
        append_signature_field(writer, SigFieldSpec("LanhDao"))

    found = _look_at(tmp_path, update(draft(number_field=False), add))
    assert (found.empty_signature_fields, found.signatures) == (("LanhDao",), ())


@pytest.mark.parametrize("level", list(MDPPerm))
def test_a_certification_is_told_with_its_level(tmp_path: Path, level: MDPPerm) -> None:
    assert _look_at(tmp_path, sign(draft(), "LanhDao", certify=level)).certified == level.value


def test_an_approval_signature_is_no_certification(tmp_path: Path) -> None:
    assert _look_at(tmp_path, sign(draft(), "LanhDao")).certified is None


def test_fields_in_groups_go_by_their_full_name(tmp_path: Path) -> None:
    def group(writer: Any) -> None:
        own_field("So", "")(writer)
        form = writer.root["/AcroForm"]
        kid = form["/Fields"].raw_get(0)
        parent = generic.DictionaryObject(
            {NAME("/T"): generic.pdf_string("Phieu"), NAME("/Kids"): generic.ArrayObject([kid])}
        )
        form["/Fields"] = generic.ArrayObject([writer.add_object(parent)])
        writer.update_container(form)

    assert _look_at(tmp_path, update(draft(number_field=False), group)).own_fields == ("Phieu.So",)


def test_fields_that_contain_themselves_are_damage(tmp_path: Path) -> None:
    def loop(writer: Any) -> None:
        own_field("So", "")(writer)
        form = writer.root["/AcroForm"]
        item = form["/Fields"].raw_get(0)
        item.get_object()[NAME("/Kids")] = generic.ArrayObject([item])
        writer.update_container(item.get_object())

    found = _look_at(tmp_path, update(draft(number_field=False), loop))

    with pytest.raises(SigningError, match=r"sign\.damaged"):
        refuse_unsignable(found)


def _in_place(writer: Any) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    fields[0] = generic.DictionaryObject(fields[0])
    writer.update_container(fields)


def test_a_signature_field_written_into_the_list_itself_is_a_signature(tmp_path: Path) -> None:
    found = _look_at(tmp_path, update(sign(draft(number_field=False), "LanhDao"), _in_place))

    assert [item.name for item in found.signatures] == ["LanhDao"]
    with pytest.raises(SigningError, match=r"sign\.damaged"):
        refuse_unsignable(found)


def test_pages_that_are_counted_differently_are_damage(tmp_path: Path) -> None:
    def miscount(writer: Any) -> None:
        writer.root["/Pages"][NAME("/Count")] = generic.NumberObject(5)
        writer.update_container(writer.root["/Pages"])

    found = _look_at(tmp_path, update(draft(number_field=False), miscount))

    assert found.faults == ("page_tree",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sign.not_a_pdf"),
        (b"PK\x03\x04 a text document", "sign.not_a_pdf"),
        (b"%PDF-1.7", "sign.damaged"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "sign.damaged"),
        (draft()[:-200], "sign.damaged"),
        (draft()[: len(draft()) // 2], "sign.damaged"),
    ],
)
def test_what_is_no_whole_pdf_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(SigningError) as refusal:
        _look_at(tmp_path, data)
    assert refusal.value.code == code


def test_junk_before_the_header_is_taken_as_readers_take_it(tmp_path: Path) -> None:
    data = draft(number_field=False)
    with pytest.raises(SigningError, match=r"sign\.not_a_pdf"):
        _look_at(tmp_path, b"\n" * 1024 + data)


def _compressed_draft() -> bytes:
    """A draft whose tables and objects are deflated, as Word writes them."""
    writer = PdfFileWriter(stream_xrefs=True)
    page = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Page"),
            NAME("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
            NAME("/Contents"): writer.add_object(generic.StreamObject(stream_data=b"q Q")),
        }
    )
    writer.insert_page(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_whatever_is_broken_in_a_file_is_told_as_damage(tmp_path: Path) -> None:
    dice = random.Random(30)
    whole = _compressed_draft()
    codes = set()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 9))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        try:
            _look_at(tmp_path, bytes(data))
        except SigningError as error:
            codes.add(error.code)
    assert "sign.damaged" in codes
    assert codes <= {"sign.damaged", "sign.not_a_pdf", "sign.password_required"}
