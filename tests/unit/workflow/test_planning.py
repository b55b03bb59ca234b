"""Facts about what is settled, and refused, before any PIN is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pytest

from app.errors import AppError
from app.rules import load_profile
from app.workflow.blanks import PlacedBlank
from app.workflow.plan import SigningPlan
from app.workflow.planning import Planned, at_this_moment, plan_signature, texts_to_fill
from app.workflow.showing import appearance_of, corner_wish
from app.workflow.wish import Wish
from pdf.geometry import BoxMm
from pdf.places import PlaceKind
from signing.errors import SigningError
from signing.terms import SignatureKind
from tests.fakes.desk import Desk, desk_of, profile
from tests.fakes.engines import DRAFT
from tests.fakes.records import AGENCY_CERTIFICATE, LEADERS, PARTNER, PARTNERS, certificate

TODAY = date(2026, 11, 22)
LAST_SECOND = datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 17, 0, 0, tzinfo=UTC)
PERSONAL = Wish(SignatureKind.PERSONAL)


def stored(desk: Desk, content: bytes = DRAFT) -> Path:
    return desk.files.path_of(desk.files.put(content))


def signed(desk: Desk, wish: Wish = PERSONAL) -> Path:
    """A draft that the leader has signed, with its fields for number and date prepared."""
    base = stored(desk)
    planned = plan_signature(desk.bench, base, wish, certificate())
    out = desk.files.aside()
    desk.token.sign(base, out, planned.request)
    return out


def sealing(desk: Desk, number: str | None, day: date | None) -> Planned:
    wish = Wish(SignatureKind.SEAL, number=number, issue_date=day)
    return plan_signature(desk.bench, signed(desk), wish, AGENCY_CERTIFICATE)


def test_the_first_signature_prepares_the_fields_of_number_and_date(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    planned = plan_signature(desk.bench, stored(desk), PERSONAL, certificate())
    assert [spec.name for spec in planned.request.prepare] == [
        "VT_SO",
        "VT_NGAY",
        "VT_THANG",
        "VT_NAM",
    ]
    assert planned.request.fill == ()
    assert planned.request.certificate_sha256 == LEADERS
    assert planned.notes == ()


def test_a_second_leader_prepares_nothing_more(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    partner = certificate(PARTNER, PARTNERS)
    planned = plan_signature(desk.bench, signed(desk), PERSONAL, partner)
    assert planned.request.prepare == ()


def test_nobody_signs_the_same_file_twice(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    with pytest.raises(AppError, match=r"workflow\.already_signed"):
        plan_signature(desk.bench, signed(desk), PERSONAL, certificate())


def test_blanks_that_a_person_placed_win_over_those_found(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    wish = Wish(SignatureKind.PERSONAL, blanks=(PlacedBlank("number", 0, BoxMm(50, 36, 60, 42)),))
    planned = plan_signature(desk.bench, stored(desk), wish, certificate())
    assert [spec.name for spec in planned.request.prepare] == ["VT_SO"]


def test_the_seal_fills_number_and_date(tmp_path: Path) -> None:
    planned = sealing(desk_of(tmp_path), "05", TODAY)
    assert {value.name: value.text for value in planned.request.fill} == {
        "VT_SO": "05",
        "VT_NGAY": "22",
        "VT_THANG": "11",
        "VT_NAM": "2026",
    }


@pytest.mark.parametrize(
    ("number", "day", "fields"),
    [("05", None, "VT_NGAY, VT_THANG, VT_NAM"), (None, TODAY, "VT_SO")],
)
def test_a_seal_that_would_leave_a_field_open_is_refused(
    tmp_path: Path, number: str | None, day: date | None, fields: str
) -> None:
    with pytest.raises(AppError) as caught:
        sealing(desk_of(tmp_path), number, day)
    assert caught.value.code == "workflow.number_missing"
    assert caught.value.params == {"fields": fields}


def test_a_number_cannot_go_where_no_field_was_prepared(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    del desk.eyes.places[PlaceKind.NUMBER]
    with pytest.raises(AppError) as caught:
        sealing(desk, "05", TODAY)
    assert caught.value.code == "workflow.not_prepared"


def test_a_document_that_has_its_number_gets_no_other(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    base = signed(desk)
    wish = Wish(SignatureKind.SEAL, number="05", issue_date=TODAY)
    sealed = desk.files.aside()
    desk.token.sign(
        base, sealed, plan_signature(desk.bench, base, wish, AGENCY_CERTIFICATE).request
    )
    with pytest.raises(AppError) as caught:
        plan_signature(desk.bench, sealed, wish, certificate("Sở khác", "4" * 64))
    assert caught.value.code == "workflow.sealed_already"


def test_a_number_that_somebody_filled_in_without_a_seal_is_never_sealed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    facts = desk.judge.look(signed(desk)).result()
    filled = replace(facts, open_fields=(), filled_fields=facts.open_fields)
    with pytest.raises(AppError, match=r"workflow\.already_numbered"):
        texts_to_fill(desk.bench, filled, Wish(SignatureKind.SEAL, number="05", issue_date=TODAY))


@pytest.mark.parametrize(
    ("now", "day", "is_today"),
    [
        (LAST_SECOND, date(2026, 11, 21), True),
        (LAST_SECOND, date(2026, 11, 22), False),
        (MIDNIGHT, date(2026, 11, 21), False),
        (MIDNIGHT, date(2026, 11, 22), True),
    ],
)
def test_a_strict_office_takes_only_today_in_vietnam(
    tmp_path: Path, now: datetime, day: date, is_today: bool
) -> None:
    desk = desk_of(tmp_path, rules=profile("strict"), now=now)
    if is_today:
        assert sealing(desk, "05", day).notes == ()
        return
    with pytest.raises(AppError) as caught:
        sealing(desk, "05", day)
    assert caught.value.code == "workflow.date_differs"
    assert caught.value.params["date"] == day.isoformat()


@pytest.mark.parametrize(("rule", "notes"), [("warn", ("workflow.date_differs",)), ("off", ())])
def test_other_offices_warn_of_another_day_or_do_not_mind(
    tmp_path: Path, rule: Literal["warn", "off"], notes: tuple[str, ...]
) -> None:
    desk = desk_of(tmp_path, rules=profile(rule), now=MIDNIGHT)
    assert sealing(desk, "05", date(2026, 11, 21)).notes == notes
    assert sealing(desk, "05", date(2026, 11, 22)).notes == ()


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_a_file_above_the_limit_stays_on_paper(tmp_path: Path, more: int, fits: bool) -> None:
    desk = desk_of(tmp_path, rules=profile(file_bytes=1000))
    base = stored(desk, DRAFT.ljust(1000 + more))
    if fits:
        assert plan_signature(desk.bench, base, PERSONAL, certificate()).notes == ()
        return
    with pytest.raises(AppError) as caught:
        plan_signature(desk.bench, base, PERSONAL, certificate())
    assert caught.value.params == {"bytes": 1001, "limit": 1000}


def test_an_uncertain_place_is_said(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.eyes.confidence = 0.3
    planned = plan_signature(desk.bench, stored(desk), PERSONAL, certificate())
    assert planned.notes == ("workflow.low_confidence",)


def test_a_place_that_a_person_chose_is_certain(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.eyes.confidence = 0.3
    wish = Wish(SignatureKind.PERSONAL, page_index=0, box=BoxMm(20, 30, 65, 52))
    assert plan_signature(desk.bench, stored(desk), wish, certificate()).notes == ()


def test_a_first_signature_over_the_text_is_said(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.eyes.is_over_text = True
    planned = plan_signature(desk.bench, stored(desk), PERSONAL, certificate())
    assert planned.notes == ("workflow.covers_text",)


def test_a_later_signature_over_the_text_is_refused(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    base = signed(desk)
    desk.eyes.is_over_text = True
    with pytest.raises(AppError, match=r"workflow\.covers_text"):
        plan_signature(desk.bench, base, PERSONAL, certificate(PARTNER, PARTNERS))


def test_a_file_that_is_no_longer_the_one_shown_is_refused(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    with pytest.raises(SigningError) as caught:
        plan_signature(desk.bench, stored(desk), PERSONAL, certificate(), shown_sha256="f" * 64)
    assert caught.value.code == "sign.not_what_was_shown"


def test_a_draft_with_fields_of_its_own_is_refused(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    desk.judge.own_fields = ("HoTen",)
    with pytest.raises(SigningError) as caught:
        plan_signature(desk.bench, stored(desk), PERSONAL, certificate())
    assert caught.value.code == "sign.own_form_fields"


def test_a_plan_for_other_bytes_than_were_shown_cannot_be_made(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    request = plan_signature(desk.bench, stored(desk), PERSONAL, certificate()).request
    with pytest.raises(ValueError, match="what was shown"):
        SigningPlan("d1", "f1", "f" * 64, request)


def test_without_an_image_the_signature_shows_name_and_time_of_vietnam(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, now=MIDNIGHT)
    shown = plan_signature(desk.bench, stored(desk), PERSONAL, certificate()).request.appearance
    assert shown.lines == (
        "Ký bởi: Nguyễn Văn An",
        "Thời gian ký: 22/11/2026 00:00:00 +07:00",
    )


def test_with_an_image_nothing_is_written_on_it(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    wish = Wish(SignatureKind.PERSONAL, image=tmp_path / "image.png")
    planned = plan_signature(desk.bench, stored(desk), wish, certificate())
    assert planned.request.appearance.lines == ()


def test_planning_asks_no_token(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    plan_signature(desk.bench, stored(desk), PERSONAL, certificate())
    assert (desk.token.made, desk.token.logins) == ([], 0)


def test_a_leaders_look_is_the_offices_image_text_or_both(tmp_path: Path) -> None:
    image = tmp_path / "chu-ky.png"
    for shows_image, lines, told in (
        (True, (), (image, ())),
        (True, ("{signer}",), (image, ("Nguyễn Văn An",))),
        (False, ("{signer}; {date}",), (None, ("Nguyễn Văn An; 22/11/2026",))),
    ):
        rules = profile()
        look = rules.personal.model_copy(update={"image": shows_image, "lines": lines})
        desk = desk_of(tmp_path, rules=rules.model_copy(update={"personal": look}))
        wish = Wish(SignatureKind.PERSONAL, image=image)
        moment = desk.bench.clock()
        shown = appearance_of(desk.bench, wish, "Nguyễn Văn An", moment)
        assert (shown.image, shown.lines) == told


def test_what_is_signed_after_a_pin_says_and_claims_the_moment_it_is_signed(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, rules=load_profile("nd30-2020"))
    wish = corner_wish(
        desk.bench, SignatureKind.ATTACHMENT, "Sở Tư pháp", image=None, number="05", symbol="QĐ-ABC"
    )
    before = replace(desk.bench, clock=lambda: LAST_SECOND)
    planned = plan_signature(before, stored(desk), wish, AGENCY_CERTIFICATE)
    request = at_this_moment(replace(desk.bench, clock=lambda: MIDNIGHT), planned)
    assert planned.request.appearance.lines == ("Số: 05/QĐ-ABC; 21/11/2026; 23:59:59 +07:00",)
    assert request.appearance.lines == ("Số: 05/QĐ-ABC; 22/11/2026; 00:00:00 +07:00",)
    assert (planned.request.signing_time, request.signing_time) == (LAST_SECOND, MIDNIGHT)


def test_no_persons_certificate_stands_for_the_agency_in_a_corner(tmp_path: Path) -> None:
    desk = desk_of(tmp_path)
    for kind in (SignatureKind.ATTACHMENT, SignatureKind.INCOMING, SignatureKind.COPY):
        wish = corner_wish(desk.bench, kind, "Sở Tư pháp", image=None, number="05")
        with pytest.raises(AppError, match=r"workflow\.person_for_agency"):
            plan_signature(desk.bench, stored(desk), wish, certificate())
