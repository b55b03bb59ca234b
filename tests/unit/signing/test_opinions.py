"""Facts about opinions: one prepared field a level, filled, locked and signed by that level in one update."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from signing.errors import SigningError
from signing.facts import FileFacts
from signing.fields import look
from signing.opinions import LEAST_SIZE_PT, OpinionRoom, lines_that_fit
from signing.preview import opinion_layout, opinion_page
from signing.report import FileReport
from signing.request import FieldValue, SignedFile, TextFieldSpec, UserBox
from signing.terms import SignatureKind, Verdict
from tests.unit.signing.signing_world import (
    NUMBER,
    blank,
    numbered,
    own_field,
    shown,
    signed,
    structure,
    turned,
)
from tests.unit.signing.verification_world import (
    NAME,
    NOW,
    agency,
    appearance,
    judge,
    root,
    sign,
    update,
)

FIRST = "Kính trình Lãnh đạo Sở xem xét, ký ban hành."
SECOND = "Thống nhất với đề xuất của chuyên viên."


def _level(level: int, *, size_pt: float = 13.0, leading_pt: float | None = None) -> TextFieldSpec:
    top = 650.0 - 150 * (level - 1)
    box = UserBox(85.0, top - 60, 540.0, top)
    return TextFieldSpec(f"YK_{level}", 0, box, size_pt, is_multiline=True, leading_pt=leading_pt)


def _give(base: Path, level: int, text: str, name: str = "", **wanted: Any) -> SignedFile:
    box = UserBox(400.0, 525.0 - 150 * (level - 1), 527.6, 587.0 - 150 * (level - 1))
    fill = (FieldValue(f"YK_{level}", text),)
    return signed(
        base, name or f"level-{level}.pdf", fill=fill, **shown(None, "Ký", box=box), **wanted
    )


def _form(folder: Path, text: str = FIRST) -> Path:
    """A form whose first level has given its opinion."""
    return _give(blank(folder), 1, text, prepare=(_level(1), _level(2))).path


def _field(path: Path, name: str) -> Any:
    fields = structure(path).root["/AcroForm"]["/Fields"]
    return next(item for item in (raw.get_object() for raw in fields) if item["/T"] == name)


def _edit(name: str, value: str) -> Any:
    """An edit by a stranger's hand: another opinion, appearance included."""

    def edit(writer: Any) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = next(item for item in (raw.get_object() for raw in fields) if item["/T"] == name)
        field[NAME("/V")] = generic.pdf_string(value)
        look = appearance(writer, value.encode("latin-1", "replace"))
        field[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): look})
        writer.update_container(field)

    return edit


def _judged(folder: Path, path: Path, edit: Any = None) -> FileReport:
    data = path.read_bytes()
    return judge(folder, update(data, edit) if edit else data)


def _refusal(folder: Path, text: str) -> str:
    with pytest.raises(SigningError) as refusal:
        _form(folder, text)
    return refusal.value.code


def test_each_level_has_a_field_of_its_own_and_the_first_is_filled_in_the_update_that_makes_it(
    tmp_path: Path,
) -> None:
    first, second = look(_form(tmp_path)).opinions
    assert (first.name, first.is_filled, first.locked_by) == ("YK_1", True, ("LanhDao",))
    assert (second.name, second.is_filled, second.locked_by) == ("YK_2", False, ())
    assert (first.level, second.level) == (1, 2)


def test_an_opinion_stands_in_the_file_as_it_was_written(tmp_path: Path) -> None:
    field = _field(_form(tmp_path, "Đồng ý.\r\nGiao Văn phòng thực hiện."), "YK_1")
    assert field["/V"] == "Đồng ý.\nGiao Văn phòng thực hiện."


def test_letters_that_come_decomposed_are_signed_composed(tmp_path: Path) -> None:
    assert _field(_form(tmp_path, "Đồng ý"), "YK_1")["/V"] == "Đồng ý"


def test_a_level_locks_exactly_its_own_field(tmp_path: Path) -> None:
    path = _give(_form(tmp_path), 2, SECOND).path
    locks = [_field(path, name)["/Lock"] for name in ("LanhDao", "LanhDao_2")]
    assert [(lock["/Action"], list(lock["/Fields"])) for lock in locks] == [
        ("/Include", ["YK_1"]),
        ("/Include", ["YK_2"]),
    ]


def test_every_level_stays_valid_when_the_next_one_gives_its_opinion(tmp_path: Path) -> None:
    report = _judged(tmp_path, _give(_form(tmp_path), 2, SECOND).path)
    assert [item.verdict for item in report.signatures] == [Verdict.VALID, Verdict.VALID]


def test_number_and_seal_come_after_the_opinions_and_break_none(tmp_path: Path) -> None:
    prepare = (NUMBER, _level(1), _level(2))
    first = _give(blank(tmp_path), 1, FIRST, prepare=prepare).path
    sealed = numbered(_give(first, 2, SECOND).path, VT_SO="05").path
    assert _judged(tmp_path, sealed).verdict is Verdict.VALID
    found = look(sealed)
    assert (found.filled_fields, found.open_fields) == (("VT_SO",), ())


def test_a_level_that_agrees_without_a_word_locks_its_empty_field(tmp_path: Path) -> None:
    path = _form(tmp_path, "")
    field = look(path).opinions[0]
    assert (field.is_filled, field.locked_by) == (False, ("LanhDao",))
    assert "/V" not in _field(path, "YK_1")


def test_words_put_later_into_the_mouth_of_a_level_that_gave_none_are_invalid(
    tmp_path: Path,
) -> None:
    assert (
        _judged(tmp_path, _form(tmp_path, ""), _edit("YK_1", "Dong y")).verdict is Verdict.INVALID
    )


@pytest.mark.parametrize("silent", [1, 2, 3])
def test_a_level_that_agreed_without_a_word_stays_valid_whoever_speaks_after_it(
    tmp_path: Path, silent: int
) -> None:
    path = blank(tmp_path)
    for level in (1, 2, 3):
        prepare = tuple(_level(one) for one in (1, 2, 3)) if level == 1 else ()
        text = "" if level == silent else f"Cấp {level} đồng ý."
        path = _give(path, level, text, prepare=prepare).path
    assert [item.verdict for item in _judged(tmp_path, path).signatures] == [Verdict.VALID] * 3
    reader = structure(path)
    for signature in reader.embedded_signatures:
        status = validate_pdf_signature(
            signature, ValidationContext(trust_roots=[root().asn1], moment=NOW)
        )
        assert status.bottom_line
        assert status.modification_level in (
            None,
            ModificationLevel.NONE,
            ModificationLevel.LTA_UPDATES,
            ModificationLevel.FORM_FILLING,
        )


def test_another_look_put_on_a_field_that_was_locked_empty_is_invalid(tmp_path: Path) -> None:
    def paint(writer: Any) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = next(item for item in (raw.get_object() for raw in fields) if item["/T"] == "YK_1")
        field[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): appearance(writer, b"Dong y")})
        writer.update_container(field)

    assert _judged(tmp_path, _form(tmp_path, ""), paint).verdict is Verdict.INVALID


def test_another_look_put_on_a_field_that_is_still_empty_is_invalid(tmp_path: Path) -> None:
    def paint(writer: Any) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = next(item for item in (raw.get_object() for raw in fields) if item["/T"] == "YK_2")
        field[NAME("/AP")] = generic.DictionaryObject({NAME("/N"): appearance(writer, b"Dong y")})
        writer.update_container(field)

    data = sign(_form(tmp_path).read_bytes(), "LanhDao_2", agency(), edit=paint, lock=("YK_2",))
    assert judge(tmp_path, data).verdict is Verdict.INVALID


def test_an_opinion_that_is_changed_after_its_lock_is_invalid(tmp_path: Path) -> None:
    path = _give(_form(tmp_path), 2, SECOND).path
    report = _judged(tmp_path, path, _edit("YK_1", "Khong dong y"))
    assert report.signatures[0].verdict is Verdict.INVALID


def test_an_opinion_changed_by_a_later_level_with_its_own_signature_is_invalid(
    tmp_path: Path,
) -> None:
    data = _form(tmp_path).read_bytes()
    attack = sign(data, "LanhDao_2", agency(), edit=_edit("YK_1", "Khong dong y"), lock=("YK_2",))
    assert judge(tmp_path, attack).signatures[0].verdict is Verdict.INVALID


def test_a_later_levels_opinion_filled_without_a_signature_is_invalid(tmp_path: Path) -> None:
    report = _judged(tmp_path, _form(tmp_path), _edit("YK_2", "Dong y"))
    assert report.verdict is Verdict.INVALID
    changes = report.signatures[0].authentication.changes_after
    assert "unsigned_opinion" in [item.detail for item in changes if not item.allowed]


def test_a_signature_that_comes_after_an_unsigned_opinion_does_not_cure_it(tmp_path: Path) -> None:
    data = update(_form(tmp_path).read_bytes(), _edit("YK_2", "Dong y"))
    report = judge(tmp_path, sign(data, "LanhDao_2", agency(), lock=("YK_2",)))
    assert report.verdict is Verdict.INVALID


def test_an_opinion_given_by_a_signature_that_does_not_lock_it_is_invalid(tmp_path: Path) -> None:
    data = _form(tmp_path).read_bytes()
    assert (
        judge(tmp_path, sign(data, "X", agency(), edit=_edit("YK_2", "Y"))).verdict
        is Verdict.INVALID
    )


def test_one_signature_that_gives_the_opinions_of_two_levels_is_invalid(tmp_path: Path) -> None:
    data = _give(
        blank(tmp_path), 1, FIRST, prepare=(_level(1), _level(2), _level(3))
    ).path.read_bytes()

    def both(writer: Any) -> None:
        _edit("YK_2", "A")(writer)
        _edit("YK_3", "B")(writer)

    report = judge(tmp_path, sign(data, "LanhDao_2", agency(), edit=both, lock=("YK_2", "YK_3")))
    assert report.signatures[1].verdict is Verdict.INVALID
    (change,) = report.signatures[1].authentication.changes_after
    assert change.detail == "opinions_of_others"


def test_an_earlier_signer_cannot_ask_to_fill_a_later_level_as_well(tmp_path: Path) -> None:
    fill = (FieldValue("YK_1", FIRST), FieldValue("YK_2", SECOND))
    with pytest.raises(SigningError, match=r"prepare\.one_opinion"):
        signed(blank(tmp_path), prepare=(_level(1), _level(2)), fill=fill)


def test_a_seal_gives_no_opinion(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"prepare\.one_opinion"):
        signed(_form(tmp_path), "x.pdf", kind=SignatureKind.SEAL, fill=(FieldValue("YK_2", "Y"),))


@pytest.mark.parametrize("text", [FIRST, ""])
def test_a_level_speaks_once(tmp_path: Path, text: str) -> None:
    with pytest.raises(SigningError, match=r"prepare\.field_filled"):
        _give(_form(tmp_path, text), 1, SECOND, "again.pdf")


def test_a_level_without_a_field_gives_no_opinion(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match=r"prepare\.field_missing"):
        _give(_form(tmp_path), 3, SECOND)


@pytest.mark.parametrize("value", ["", "Đồng ý"])
def test_a_draft_that_brings_a_field_under_an_opinions_name_is_refused(
    tmp_path: Path, value: str
) -> None:
    path = blank(tmp_path, edit=own_field("YK_1", value))
    found: FileFacts = look(path)
    assert (found.opinions, found.own_fields) == ((), ("YK_1",))
    with pytest.raises(SigningError, match=r"sign\.own_form_fields"):
        signed(path)


def test_a_text_that_does_not_fit_is_refused_with_how_much_there_is_room_for(
    tmp_path: Path,
) -> None:
    with pytest.raises(SigningError) as refusal:
        _form(tmp_path, FIRST * 20)
    assert refusal.value.code == "prepare.opinion_too_long"
    lines, room = (int(str(refusal.value.params[name])) for name in ("lines", "room"))
    assert lines > room == 4


def test_an_opinion_is_never_smaller_than_can_be_read() -> None:
    long = " ".join([FIRST] * 7)
    layout = opinion_layout(long, OpinionRoom(455, 60, 14.0, None))
    assert LEAST_SIZE_PT <= layout.size_pt < 14
    with pytest.raises(SigningError, match=r"prepare\.opinion_too_long"):
        opinion_layout(f"{long} {long}", OpinionRoom(455, 60, 14.0, None))


@pytest.mark.parametrize("text", ["Đồng ý \U0001f44d", "Không\u202e đồng ý", "a\x00b"])
def test_letters_that_readers_would_not_see_are_refused(tmp_path: Path, text: str) -> None:
    assert _refusal(tmp_path, text) == "prepare.opinion_letters"


def test_lines_break_at_words_and_where_the_writer_broke_them() -> None:
    layout = opinion_layout("Đồng ý.\n" + FIRST, OpinionRoom(150, 100, 13.0, None))
    assert layout.lines == ("Đồng ý.", "Kính trình Lãnh đạo Sở xem", "xét, ký ban hành.")


def test_a_word_wider_than_the_field_is_cut_and_nothing_of_it_is_lost() -> None:
    word = "https://vanban.thunghiem.gov.vn/van-ban/2026/11/22/0001"
    layout = opinion_layout(word, OpinionRoom(150, 100, 13.0, None))
    assert len(layout.lines) > 1
    assert "".join(layout.lines) == word


def test_a_form_with_lines_of_its_own_is_written_on_them() -> None:
    assert opinion_layout("a\nb", OpinionRoom(450, 60, 13.0, 20.0)).room == 1 + int(
        (60 - 1.15 * 13) // 20
    )
    assert lines_that_fit(14.0, 13.0) == 0
    assert lines_that_fit(15.0, 13.0) == 1


def test_the_leading_of_a_forms_own_lines_is_kept_in_the_field(tmp_path: Path) -> None:
    level = _level(1, leading_pt=20.25)
    path = _give(blank(tmp_path), 1, "Một\nHai", prepare=(level,)).path
    stream = bytes(_field(path, "YK_1")["/AP"]["/N"].data)
    tops = [float(top) for top in re.findall(rb"Tf 0 ([\d.]+) Td", stream)]
    assert tops == pytest.approx([60 - 0.9 * 13, 60 - 0.9 * 13 - 20.25])


def test_the_preview_is_drawn_by_the_code_that_fills(tmp_path: Path) -> None:
    filled = _give(blank(tmp_path), 1, FIRST, prepare=(_level(1),)).path
    opinion_page(FIRST, OpinionRoom(455, 60, 13.0), tmp_path / "preview.pdf")
    page = structure(tmp_path / "preview.pdf").root["/Pages"]["/Kids"][0]
    drawn = page["/Resources"]["/XObject"]["/Box"].data
    assert drawn == _field(filled, "YK_1")["/AP"]["/N"].data


@pytest.mark.parametrize("rotation_deg", [90, 270])
def test_on_a_page_shown_turned_the_lines_run_as_the_page_is_read(
    tmp_path: Path, rotation_deg: int
) -> None:
    base = blank(tmp_path, edit=turned(rotation_deg))
    box = UserBox(100.0, 200.0, 160.0, 655.0)
    level = TextFieldSpec("YK_1", 0, box, 13.0, is_multiline=True)
    path = signed(base, prepare=(level,), fill=(FieldValue("YK_1", FIRST * 4),)).path
    stream = bytes(_field(path, "YK_1")["/AP"]["/N"].data)
    assert (
        len(re.findall(rb"Tf 0 [\d.]+ Td", stream))
        == len(opinion_layout(FIRST * 4, OpinionRoom(455, 60, 13.0, None)).lines)
        == 3
    )
