"""Facts about the levels of an internal form: who speaks where, what is prepared, filled and locked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import AppError
from app.rules import load_profile
from app.workflow.documents import Document, Signer
from app.workflow.opinion import Form, Said
from app.workflow.opinions import (
    as_the_form_asks,
    check_levels,
    covers_opinion,
    find_form,
    level_of_signer,
)
from app.workflow.planning import Planned, plan_signature
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from pdf.places import OpinionPlace, PlaceKind
from signing.errors import SigningError
from signing.request import FieldValue, UserBox
from signing.terms import SignatureKind
from tests.fakes.desk import Desk, desk_of
from tests.fakes.engines import DRAFT
from tests.fakes.records import (
    AGENCY_CERTIFICATE,
    LEADER,
    LEADERS,
    PARTNER,
    PARTNERS,
    certificate,
    document,
    report,
    signature,
)

SPECIALIST = Signer(PARTNER, "Chuyên viên", PARTNERS)
HEAD = Signer("Lê Hoàng Cường", "Chánh Văn phòng", "4" * 64)
DEPUTY = Signer("Trần Thị Bình", "Phó Giám đốc", "5" * 64)
DIRECTOR = Signer(LEADER, "Giám đốc", LEADERS)
ALL = (SPECIALIST, HEAD, DEPUTY, DIRECTOR)


def _place(level: int, *, has_room: bool = True) -> OpinionPlace:
    top = 30 + 50 * level
    text = BoxMm(30, top, 190, top + 18)
    box = BoxMm(145, top + 20, 190, top + 42)
    return OpinionPlace(level, 0, text if has_room else None, box, 13.0, 0.95, "below")


def _form(*levels: int) -> Form:
    rule = load_profile("bhxh-599-2018").form_of("Phiếu trình")
    assert rule is not None
    return Form(rule, tuple(_place(level) for level in levels or (1, 2, 3, 4)))


def _slip(*signers: Signer) -> Document:
    return document(*(signers or ALL), kind_name="Phiếu trình")


def _desk(folder: Path, *levels: int) -> Desk:
    desk = desk_of(folder)
    desk.eyes.opinions = _form(*levels).places
    # A form of Annex 02 has no signer's block.
    del desk.eyes.places[PlaceKind.PERSONAL]
    return desk


def _plan(
    desk: Desk,
    base: Path,
    paper: Document,
    signer: Signer,
    said: str = "",
    *,
    box: BoxMm | None = None,
) -> Planned:
    page_index = None if box is None else 0
    wish = Wish(SignatureKind.PERSONAL, signer=signer.name, page_index=page_index, box=box)
    wish = as_the_form_asks(desk.bench, base, paper, signer, wish, opinion=said)
    owner = certificate(signer.name, signer.certificate_sha256 or "")
    desk.token.certificates[owner.sha256] = owner
    return plan_signature(desk.bench, base, wish, owner)


def _draft(desk: Desk) -> Path:
    return desk.files.path_of(desk.files.put(DRAFT))


def _signed(desk: Desk, base: Path, planned: Planned) -> Path:
    out = desk.files.aside()
    desk.token.sign(base, out, planned.request)
    return out


def test_as_many_signers_as_levels_sign_in_their_order() -> None:
    assert [level_of_signer(_form(), ALL, signer) for signer in ALL] == [1, 2, 3, 4]


def test_fewer_signers_sign_where_their_titles_say() -> None:
    signers = (SPECIALIST, DIRECTOR)
    assert [level_of_signer(_form(), signers, signer) for signer in signers] == [1, 4]


def test_a_deputy_is_no_director() -> None:
    assert level_of_signer(_form(), (DEPUTY, HEAD), DEPUTY) == 3


def test_a_title_that_names_no_level_has_none() -> None:
    stranger = Signer("Phạm Văn Lạ", "Kế toán trưởng")
    assert level_of_signer(_form(), (stranger, DIRECTOR), stranger) is None


def test_a_level_that_the_form_leaves_out_is_nobodys() -> None:
    assert level_of_signer(_form(1, 2), (SPECIALIST, HEAD, DEPUTY), DEPUTY) is None


def test_the_document_s_kind_says_whether_it_has_levels(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    bench, base = desk.bench, _draft(desk)
    assert find_form(bench.eyes, base, bench.profile, "phiếu  TRÌNH") is not None
    assert find_form(bench.eyes, base, bench.profile, "Công văn") is None
    assert find_form(bench.eyes, base, bench.profile, "Phiếu đề nghị") is None


def test_where_nobody_says_the_kind_several_headings_tell_the_form(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    assert find_form(desk.bench.eyes, base, desk.bench.profile, None) is not None
    desk.eyes.opinions = desk.eyes.opinions[:1]
    assert find_form(desk.bench.eyes, base, desk.bench.profile, None) is None


def test_the_first_level_prepares_all_levels_and_fills_and_locks_its_own(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    planned = _plan(desk, _draft(desk), _slip(), SPECIALIST, "Kính trình.")
    assert [spec.name for spec in planned.request.prepare] == ["YK_1", "YK_2", "YK_3", "YK_4"]
    assert all(spec.is_multiline for spec in planned.request.prepare)
    assert planned.request.fill == (FieldValue("YK_1", "Kính trình."),)
    assert (planned.level, planned.place.box_mm) == (1, _place(1).signature_mm)


def test_a_form_that_is_not_numbered_gets_no_blanks_and_no_note_of_them(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    planned = _plan(desk, _draft(desk), _slip(), SPECIALIST)
    assert not [spec for spec in planned.request.prepare if spec.name.startswith("VT_")]
    assert planned.notes == ()


def test_a_level_that_nobody_signs_gets_no_field(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    planned = _plan(desk, _draft(desk), _slip(SPECIALIST, DIRECTOR), SPECIALIST, "A")
    assert [spec.name for spec in planned.request.prepare] == ["YK_1", "YK_4"]


def test_a_field_that_was_prepared_for_a_level_without_a_signer_is_locked_empty(
    tmp_path: Path,
) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    wish = Wish(SignatureKind.PERSONAL, said=Said(_form(), 1, "A"), is_numbered=False)
    partner = certificate(PARTNER, PARTNERS)
    desk.token.certificates[PARTNERS] = partner
    first = _signed(desk, base, plan_signature(desk.bench, base, wish, partner))
    planned = _plan(desk, first, _slip(SPECIALIST, DIRECTOR), DIRECTOR, "B")
    assert planned.request.fill == (
        FieldValue("YK_4", "B"),
        FieldValue("YK_2", ""),
        FieldValue("YK_3", ""),
    )


def test_a_level_that_agrees_without_a_word_locks_its_field_empty(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    planned = _plan(desk, _draft(desk), _slip(), SPECIALIST, "  \n ")
    assert planned.request.fill == (FieldValue("YK_1", ""),)


def test_the_next_level_prepares_nothing_and_fills_its_own(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    first = _signed(desk, base, _plan(desk, base, _slip(), SPECIALIST, "A"))
    planned = _plan(desk, first, _slip(), HEAD, "B")
    assert planned.request.prepare == ()
    assert planned.request.fill == (FieldValue("YK_2", "B"),)


def test_a_text_that_does_not_fit_is_refused_before_any_pin(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    with pytest.raises(SigningError, match=r"prepare\.opinion_too_long"):
        _plan(desk, _draft(desk), _slip(), SPECIALIST, "dòng\n" * 20)
    assert desk.token.logins == 0


def test_a_level_without_room_signs_without_a_text_or_not(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    desk.eyes.opinions = (_place(1, has_room=False), *_form(2, 3, 4).places)
    base = _draft(desk)
    assert _plan(desk, base, _slip(), SPECIALIST).request.fill == ()
    with pytest.raises(AppError, match=r"workflow\.opinion_no_room"):
        _plan(desk, base, _slip(), SPECIALIST, "A")


@pytest.mark.parametrize("kind_name", ["Công văn", "Phiếu đề nghị"])
def test_an_opinion_on_a_document_without_levels_is_refused(tmp_path: Path, kind_name: str) -> None:
    desk = desk_of(tmp_path)
    paper = document(DIRECTOR, kind_name=kind_name)
    with pytest.raises(AppError, match=r"workflow\.no_opinion_here"):
        _plan(desk, _draft(desk), paper, DIRECTOR, "Đồng ý")


def test_a_level_that_must_speak_does_not_sign_in_silence(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    profile = desk.bench.profile
    rule = _form().rule
    level = rule.opinions[0].model_copy(update={"required": True})
    rule = rule.model_copy(update={"opinions": (level, *rule.opinions[1:])})
    bench = replace(desk.bench, profile=profile.model_copy(update={"forms": (rule,)}))
    wish = Wish(SignatureKind.PERSONAL)
    with pytest.raises(AppError, match=r"workflow\.opinion_missing"):
        as_the_form_asks(bench, _draft(desk), _slip(), SPECIALIST, wish)


def test_an_opinion_under_another_persons_lock_is_refused_by_the_next_level(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    first = _signed(desk, base, _plan(desk, base, _slip(), SPECIALIST, "A"))
    facts = desk.judge.look(first).result()
    own = report(signature("LanhDao", PARTNER, PARTNERS))
    check_levels(_slip(), own, facts, _form())
    for another in (report(signature("LanhDao", LEADER, LEADERS)), report()):
        with pytest.raises(AppError, match=r"workflow\.opinion_of_another"):
            check_levels(_slip(), another, facts, _form())


def test_an_opinion_of_a_level_that_nobody_was_to_sign_is_refused(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    facts = desk.judge.look(
        _signed(desk, base, _plan(desk, base, _slip(), SPECIALIST, "A"))
    ).result()
    signed = report(signature("LanhDao", PARTNER, PARTNERS))
    with pytest.raises(AppError, match=r"workflow\.opinion_of_another"):
        check_levels(_slip(HEAD, DIRECTOR), signed, facts, _form())


def test_no_signature_goes_over_an_opinion_that_is_given(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    first = _signed(desk, base, _plan(desk, base, _slip(), SPECIALIST, "A"))
    facts = desk.judge.look(first).result()
    box = facts.opinions[0].widget.box
    assert box is not None
    assert covers_opinion(facts, 0, box)
    assert not covers_opinion(facts, 1, box)
    assert not covers_opinion(facts, 0, UserBox(0, 0, 5, 5))
    with pytest.raises(AppError, match=r"workflow\.covers_text"):
        _plan(desk, first, _slip(), HEAD, "B", box=_place(1).text_mm)


def test_a_seal_locks_what_no_level_said(tmp_path: Path) -> None:
    desk = _desk(tmp_path)
    base = _draft(desk)
    wish = Wish(SignatureKind.PERSONAL, said=Said(_form(), 1, "A"))
    first = _signed(desk, base, plan_signature(desk.bench, base, wish, certificate()))
    seal = Wish(SignatureKind.SEAL, number="05", page_index=0, box=BoxMm(10, 10, 46, 46))
    day = desk.bench.clock().date()
    planned = plan_signature(desk.bench, first, replace(seal, issue_date=day), AGENCY_CERTIFICATE)
    locked = [value.name for value in planned.request.fill]
    assert locked[-3:] == ["YK_2", "YK_3", "YK_4"]
    assert "YK_1" not in locked
