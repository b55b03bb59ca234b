"""What was done to a signed file afterwards: told by kind, and allowed or not."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
)

from signing.changes import Limits
from signing.profile import VerificationProfile
from signing.report import Change, SignatureReport
from signing.terms import ChangeKind, Verdict
from tests.unit.signing.verification_world import (
    NAME,
    NOW,
    add_document_timestamp,
    agency,
    appearance,
    draft,
    fill,
    judge,
    leader,
    sign,
    update,
)


def _first(folder: Path, data: bytes) -> SignatureReport:
    return judge(folder, data).signatures[0]


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def test_a_second_signature_does_not_harm_the_first(tmp_path: Path) -> None:
    signature = _first(tmp_path, sign(sign(draft(), "LanhDao"), "ConDau", agency()))

    assert signature.verdict is Verdict.VALID
    assert signature.authentication.changes_after == (
        Change(ChangeKind.SIGNATURE_ADDED, allowed=True, page=1, detail="ConDau"),
    )


def test_filling_an_open_field_is_told_and_allowed(tmp_path: Path) -> None:
    signature = _first(tmp_path, update(sign(draft(), "LanhDao"), fill("05")))

    assert signature.verdict is Verdict.VALID
    assert signature.authentication.changes_after == (
        Change(ChangeKind.FORM_FILLED, allowed=True, page=1, detail="SoVanBan"),
    )


def _issued() -> bytes:
    """A leader signs, the clerk fills the number, locks it and seals in one update."""
    return sign(sign(draft(), "LanhDao"), "ConDau", agency(), lock=("SoVanBan",), edit=fill("05"))


def test_the_whole_way_of_a_document_stays_valid(tmp_path: Path) -> None:
    report = judge(tmp_path, add_document_timestamp(_issued(), NOW))

    assert report.verdict is Verdict.VALID


def test_changing_the_number_after_the_seal_is_a_disallowed_change(tmp_path: Path) -> None:
    report = judge(tmp_path, update(_issued(), fill("06")))

    seal = report.signatures[1]
    assert report.verdict is Verdict.INVALID
    assert seal.reason == "verify.changed_after_signing"
    assert seal.authentication.changes_after == (
        Change(ChangeKind.FORM_FILLED, allowed=False, page=1, detail="SoVanBan"),
    )


def test_a_document_time_stamp_is_a_signature_added_and_allowed(tmp_path: Path) -> None:
    signature = _first(tmp_path, add_document_timestamp(sign(draft(), "LanhDao"), NOW))

    (change,) = signature.authentication.changes_after
    assert (change.what, change.allowed) == (ChangeKind.SIGNATURE_ADDED, True)


def test_signing_further_after_a_certification_is_told_apart_and_not_invalid(
    tmp_path: Path,
) -> None:
    certified = sign(draft(), "LanhDao", certify=MDPPerm.FILL_FORMS)

    signature = _first(tmp_path, sign(certified, "ConDau", agency()))

    assert signature.verdict is Verdict.VALID
    assert "verify.signed_after_certification" in signature.warnings


def test_a_strict_profile_refuses_signing_further_after_a_certification(tmp_path: Path) -> None:
    certified = sign(draft(), "LanhDao", certify=MDPPerm.FILL_FORMS)
    profile = VerificationProfile(allow_signing_after_certification=False)

    report = judge(tmp_path, sign(certified, "ConDau", agency()), profile=profile)

    assert (report.verdict, report.reason) == (
        Verdict.INVALID,
        "verify.signed_after_certification",
    )


def test_a_certification_without_changes_forbids_even_filling(tmp_path: Path) -> None:
    certified = sign(draft(), "LanhDao", certify=MDPPerm.NO_CHANGES)

    signature = _first(tmp_path, update(certified, fill("05")))

    assert signature.verdict is Verdict.INVALID


def test_a_certification_without_changes_survives_a_time_stamp(tmp_path: Path) -> None:
    certified = sign(draft(), "LanhDao", certify=MDPPerm.NO_CHANGES)

    assert _first(tmp_path, add_document_timestamp(certified, NOW)).verdict is Verdict.VALID


def _draw(writer: Any) -> None:
    page = _page(writer)
    old = page.raw_get("/Contents")
    more = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 12 Tf 99 99 Td (0) Tj ET"))
    page[NAME("/Contents")] = generic.ArrayObject([old, more])
    writer.update_container(page)


def _redraw(writer: Any) -> None:
    ref = _page(writer).raw_get("/Contents").reference
    writer.objects[(0, ref.idnum)] = generic.StreamObject(
        stream_data=b"BT /F1 12 Tf 72 700 Td (Quyet dinh khac) Tj ET"
    )


def _replace_font(writer: Any) -> None:
    font = _page(writer)["/Resources"]["/Font"]["/F1"]
    font[NAME("/BaseFont")] = NAME("/Symbol")
    writer.update_container(font)


def _turn(writer: Any) -> None:
    page = _page(writer)
    page[NAME("/Rotate")] = generic.NumberObject(90)
    writer.update_container(page)


def _annotate(writer: Any) -> None:
    _hang_on_page(writer, {NAME("/Subtype"): NAME("/FreeText")})


def _hang_on_page(writer: Any, entries: dict[Any, Any]) -> None:
    page = _page(writer)
    annotation = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Annot"),
            NAME("/Rect"): generic.ArrayObject(map(generic.NumberObject, (70, 690, 200, 720))),
            NAME("/AP"): generic.DictionaryObject({NAME("/N"): appearance(writer, b"khac")}),
            **entries,
        }
    )
    page["/Annots"].append(writer.add_object(annotation))
    writer.update_container(page)


def _remove_annotation(writer: Any) -> None:
    page = _page(writer)
    page["/Annots"].clear()
    writer.update_container(page)


def _loose_widget(writer: Any) -> None:
    _hang_on_page(writer, {NAME("/Subtype"): NAME("/Widget")})


def _new_text_field(writer: Any) -> None:
    _new_field(writer, "/Tx")


def _new_field(writer: Any, kind: str) -> Any:
    _hang_on_page(
        writer,
        {
            NAME("/Subtype"): NAME("/Widget"),
            NAME("/FT"): NAME(kind),
            NAME("/T"): generic.pdf_string("Moi"),
        },
    )
    fields = writer.root["/AcroForm"]["/Fields"]
    fields.append(_page(writer)["/Annots"].raw_get(-1))
    writer.update_container(writer.root["/AcroForm"])


def _unsigned_field_with_a_picture(writer: Any) -> None:
    _new_field(writer, "/Sig")


def _other_look_same_value(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): appearance(writer, b"99")})
    writer.update_container(field)


def _moved_field(writer: Any) -> None:
    field = writer.root["/AcroForm"]["/Fields"][0]
    field[NAME("/Rect")] = generic.ArrayObject(map(generic.NumberObject, (70, 690, 200, 720)))
    writer.update_container(field)


def _removed_field(writer: Any) -> None:
    writer.root["/AcroForm"]["/Fields"].pop(0)
    writer.update_container(writer.root["/AcroForm"])


def _redraw_by_viewer(writer: Any) -> None:
    writer.root["/AcroForm"][NAME("/NeedAppearances")] = generic.BooleanObject(value=True)
    writer.update_container(writer.root["/AcroForm"])


def _run_script(writer: Any) -> None:
    action = {NAME("/S"): NAME("/JavaScript"), NAME("/JS"): generic.pdf_string("app.alert(1)")}
    writer.root[NAME("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


def _second_page(writer: Any) -> None:
    page = generic.DictionaryObject(
        {
            NAME("/Type"): NAME("/Page"),
            NAME("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
        }
    )
    writer.insert_page(page)


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (_draw, ChangeKind.PAGE_CONTENT),
        (_redraw, ChangeKind.PAGE_CONTENT),
        (_turn, ChangeKind.PAGE_CONTENT),
        (_annotate, ChangeKind.ANNOTATION),
        (_remove_annotation, ChangeKind.ANNOTATION),
        (_other_look_same_value, ChangeKind.ANNOTATION),
        (_replace_font, ChangeKind.OTHER),
        (_loose_widget, ChangeKind.OTHER),
        (_new_text_field, ChangeKind.OTHER),
        (_unsigned_field_with_a_picture, ChangeKind.OTHER),
        (_moved_field, ChangeKind.OTHER),
        (_removed_field, ChangeKind.OTHER),
        (_redraw_by_viewer, ChangeKind.OTHER),
        (_run_script, ChangeKind.OTHER),
        (_second_page, ChangeKind.PAGE_CONTENT),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)).strip("_"),
)
def test_what_is_done_to_what_is_shown_is_a_disallowed_change(
    tmp_path: Path, edit: Any, kind: ChangeKind
) -> None:
    report = judge(tmp_path, update(sign(draft(), "LanhDao"), edit))

    changes = report.signatures[0].authentication.changes_after
    assert (report.verdict, report.reason) == (Verdict.INVALID, "verify.changed_after_signing")
    assert any(change.what is kind and not change.allowed for change in changes)


def test_a_change_names_its_page(tmp_path: Path) -> None:
    signature = _first(tmp_path, update(sign(draft(), "LanhDao"), _annotate))

    pages = {change.page for change in signature.authentication.changes_after}
    assert 1 in pages


def test_a_second_signer_does_not_launder_a_change_made_before_him(tmp_path: Path) -> None:
    changed = update(sign(draft(), "LanhDao"), _draw)

    report = judge(tmp_path, sign(changed, "ConDau", agency()))

    assert [item.verdict for item in report.signatures] == [Verdict.INVALID, Verdict.VALID]
    assert report.verdict is Verdict.INVALID


def test_a_change_smuggled_into_the_update_that_signs_is_found(tmp_path: Path) -> None:
    data = sign(sign(draft(), "LanhDao"), "ConDau", agency(), edit=_draw)

    assert _first(tmp_path, data).verdict is Verdict.INVALID


def test_a_picture_hidden_among_validation_data_is_found(tmp_path: Path) -> None:
    def prepare(writer: Any) -> None:
        """The page points at an object that is yet to come."""
        page = _page(writer)
        page[NAME("/Contents")] = generic.ArrayObject(
            [page.raw_get("/Contents"), generic.IndirectObject(_COMING, 0, writer)]
        )
        writer.update_container(page)

    def deliver(writer: Any) -> None:
        ref = generic.Reference(_COMING, 0, writer)
        writer.objects[(0, _COMING)] = generic.StreamObject(
            stream_data=b"BT /F1 12 Tf 72 600 Td (them) Tj ET"
        )
        certs = generic.ArrayObject([generic.IndirectObject(ref.idnum, 0, writer)])
        writer.root[NAME("/DSS")] = generic.DictionaryObject({NAME("/Certs"): certs})
        writer.update_root()

    signed = sign(draft(), "LanhDao", edit=prepare)

    assert _first(tmp_path, update(signed, deliver)).verdict is Verdict.INVALID


_COMING = 60


@pytest.mark.parametrize("junk", [b"\n% hello\n", b"\n7 0 obj\n<< /A 1 >>\nendobj\n"])
def test_bytes_behind_the_last_revision_make_the_signature_invalid(
    tmp_path: Path, junk: bytes
) -> None:
    data = sign(draft(), "LanhDao")
    start = data[data.rindex(b"startxref") :]

    report = judge(tmp_path, data + junk + start)

    assert report.verdict is Verdict.INVALID


def test_objects_that_no_revision_knows_are_found_between_revisions(tmp_path: Path) -> None:
    data = sign(draft(), "LanhDao")
    hidden = data + b"\n4 0 obj\n<< /Length 0 >>\nendobj\n"
    # A reader that repairs the file would show the hidden object; one that follows the tables would not.
    out = BytesIO(hidden + data[data.rindex(b"startxref") :])
    writer = IncrementalPdfFileWriter(out)
    fill("05")(writer)
    writer.write_in_place()

    signature = _first(tmp_path, out.getvalue())

    assert signature.verdict is Verdict.INVALID


def test_blank_lines_behind_the_end_do_not_harm(tmp_path: Path) -> None:
    assert _first(tmp_path, sign(draft(), "LanhDao") + b"\r\n").verdict is Verdict.VALID


def test_an_empty_invisible_signature_field_does_not_harm(tmp_path: Path) -> None:
    def add(writer: Any) -> None:
        append_signature_field(writer, SigFieldSpec("VanBanDen"))

    signature = _first(tmp_path, update(sign(draft(), "LanhDao"), add))

    assert signature.verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("earlier", "later", "widens"),
    [
        (MDPPerm.FILL_FORMS, MDPPerm.ANNOTATE, True),
        (MDPPerm.FILL_FORMS, MDPPerm.NO_CHANGES, False),
        (MDPPerm.FILL_FORMS, None, False),
        (None, MDPPerm.ANNOTATE, False),
    ],
)
def test_a_later_signature_may_not_permit_more_than_an_earlier_one(
    earlier: MDPPerm | None, later: MDPPerm | None, widens: bool
) -> None:
    assert Limits(later).widens(Limits(earlier)) is widens


def test_two_signatures_of_one_person_are_both_listed_oldest_first(tmp_path: Path) -> None:
    data = sign(sign(draft(), "LanhDao"), "LanhDao_2", leader())

    fields = [item.field for item in judge(tmp_path, data).signatures]

    assert fields == ["LanhDao", "LanhDao_2"]
